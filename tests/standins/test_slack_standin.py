"""People in front of the stand-in, a real Bolt app behind it: talk, buttons, modals, commands."""

import re
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx
import pytest

from tests.standins.slack import SlackStandin
from tests.standins.slack.bolting import bolt, by_http, by_socket, web_client

pytest_plugins = ["tests.standins.slack.fixtures"]

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(name: str) -> Json:
    return {"text": plain(name), "value": name.lower()}


def asks(label: str, element: Json, **more: Any) -> Json:
    named = {"block_id": label.lower(), "label": plain(label)}
    return {"type": "input", **named, "element": {"action_id": "value", **element}, **more}


def modal(*blocks: Json, title: str = "Form", **more: Any) -> Json:
    head = {"type": "modal", "callback_id": "form", "title": plain(title), "submit": plain("Save")}
    return {**head, "blocks": list(blocks), **more}


NAME = asks("Name", {"type": "plain_text_input", "min_length": 2, "max_length": 40})
STARS = asks("Stars", {"type": "static_select", "options": [option("One"), option("Two")]})
BUTTONS = {
    "type": "actions",
    "block_id": "row",
    "elements": [
        {"type": "button", "action_id": "open", "text": plain("Open"), "value": "42"},
        {"type": "button", "action_id": "deny", "text": plain("Deny"), "style": "danger"},
        {"type": "datepicker", "action_id": "day", "placeholder": plain("Day")},
    ],
}
CARD = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Decide* now"}}, BUTTONS]


class Desk:
    """A small app: a card with buttons, and a form in answer to them."""

    def __init__(self, slack: SlackStandin, view: Json | None = None) -> None:
        self.slack = slack
        self.app = bolt(slack)
        self.view = view or modal(NAME, STARS)
        self.answer: Json = {}
        self.bodies: list[Json] = []
        self.app.message("card")(self.cards)
        self.app.event("message")(nothing)
        self.app.action("open")(self.opens)
        self.app.action({"block_id": "row"})(self.takes)
        self.app.view("form")(self.submitted)
        self.app.view_closed("form")(self.takes)
        self.app.command("/dealdesk")(self.commanded)
        self.app.shortcut("record_appointment")(self.opens)
        self.app.options("value")(self.finds)
        self.app.event("app_home_opened")(self.shows_home)

    def at(self, door: str) -> AbstractAsyncContextManager[Any]:
        return (by_socket if door == "socket" else by_http)(self.slack, self.app)

    async def cards(self, say):
        await say(text="Decide", blocks=CARD)

    async def opens(self, ack, body, client):
        await ack()
        self.bodies.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=self.view)

    async def takes(self, ack, body):
        await ack()
        self.bodies.append(body)

    async def submitted(self, ack, body, client):
        await ack(**self.answer)
        self.bodies.append(body)
        if not self.answer:
            values = body["view"]["state"]["values"]
            said = f"Saved {values['name']['value']['value']}"
            await client.chat_postMessage(channel=body["user"]["id"], text=said)

    async def commanded(self, ack, body):
        await ack(text=f"You said {body['text']}")

    async def finds(self, ack, payload):
        await ack(options=[option(f"{payload['value']} GmbH"), option("Other AG")])

    async def shows_home(self, event, client):
        view = {"type": "home", "blocks": CARD}
        await client.views_publish(user_id=event["user"], view=view)


async def nothing():
    """A listener that takes an event and does nothing."""


@pytest.fixture
def desk(slack):
    return Desk(slack)


@pytest.fixture
def sam(slack):
    return slack.person("U1", "Sam Sales")


@pytest.mark.parametrize("door", ["socket", "http"])
async def test_a_conversation_with_a_card_a_form_and_its_result(slack, desk, sam, door):
    async with desk.at(door):
        await sam.says("card, please")
        card = await sam.hears("Decide now")
        assert card.buttons == ("Open", "Deny")
        assert card.text == "Decide now\n[Open] [Deny] <Day>"

        assert (await sam.presses("Open")).accepted
        form = await sam.gets_modal("Form")
        assert form.fields == ("Name", "Stars")

        assert (await sam.submits(form, {"Name": "Müller", "stars": "Two"})).accepted
        assert sam.modal is None
        assert (await sam.hears("Saved")).said == "Saved Müller"


async def test_each_message_is_heard_once_and_in_order(slack, sam):
    client = web_client(slack)
    first = await client.chat_postMessage(channel="U1", text="one")
    await client.chat_postMessage(channel="U1", text="two")
    await client.chat_update(channel=first["channel"], ts=first["ts"], text="three")
    assert (await sam.hears("one")).edited is False
    assert (await sam.hears(re.compile("^t"))).text == "two"
    assert (await sam.hears(lambda seen: seen.edited)).text == "three"
    with pytest.raises(AssertionError, match="never heard ''"):
        await sam.hears(timeout=0.01)


async def test_guests_and_other_bots_are_told_apart_in_events(slack):
    guest = slack.person("U7", "Gus", team="T9")
    robot = slack.person("U8", "Bot", is_bot=True)
    slack.channel("C1", members=[guest, robot])
    await guest.says("hello", "C1")
    await robot.says("beep", "C1")
    events = [delivery.payload["event"] for delivery in slack.courier.sent]
    assert [(e["team"], e.get("user_team"), e.get("bot_id")) for e in events] == [
        ("T9", "T9", None),
        ("T1", None, "BU8"),
    ]


async def test_the_app_hears_only_what_it_subscribed_to(slack, sam):
    slack.subscriptions = frozenset({"message.im"})
    slack.channel("C1", members=[sam])
    await sam.says("in a channel", "C1")
    await sam.says("directly")
    assert [d.payload["event"]["channel_type"] for d in slack.courier.sent] == ["im"]


async def test_a_press_arrives_in_its_real_shape(slack, desk, sam):
    async with desk.at("socket"):
        await sam.says("card")
        card = await sam.hears("Decide now")
        await sam.presses("Open")
        await sam.gets_modal()
    (body,) = desk.bodies
    assert body["container"] == {
        "type": "message",
        "message_ts": card.ts,
        "channel_id": sam.dm,
        "is_ephemeral": False,
    }
    (action,) = body["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("open", "row", "42")
    assert body["message"]["ts"] == card.ts
    assert body["state"]["values"]["row"]["day"]["selected_date"] is None
    assert body["user"] == {
        "id": "U1",
        "username": "sam.sales",
        "name": "sam.sales",
        "team_id": "T1",
    }
    assert body["response_url"].startswith(slack.url)


async def test_a_date_chosen_in_a_message_is_told_at_once(slack, desk, sam):
    async with desk.at("socket"):
        await sam.says("card")
        await sam.hears("Decide now")
        await sam.selects("Day", "2026-12-24")
        assert desk.bodies[0]["actions"][0]["selected_date"] == "2026-12-24"
        assert desk.bodies[0]["state"]["values"]["row"]["day"]["selected_date"] == "2026-12-24"
        with pytest.raises(AssertionError, match="cannot hold"):
            await sam.selects("Day", "tomorrow")


async def test_nobody_presses_what_is_not_there(slack, desk, sam):
    with pytest.raises(AssertionError, match="sees no button 'Approve'"):
        await sam.presses("Approve")
    with pytest.raises(AssertionError, match="no modal open"):
        await sam.submits()
    with pytest.raises(AssertionError, match="never heard"):
        await sam.hears("anything", timeout=0.01)


async def test_a_forged_press_reaches_the_app(slack, desk, sam):
    async with desk.at("socket"):
        action = {"type": "button", "action_id": "deny", "block_id": "row", "value": "stolen"}
        assert (await sam.forge({"actions": [action]})).accepted
    assert desk.bodies[0]["actions"][0]["value"] == "stolen"
    assert desk.bodies[0]["user"]["id"] == "U1"


async def test_the_client_itself_asks_for_required_fields(slack, desk, sam):
    async with desk.at("socket"):
        await sam.uses_shortcut("Record as appointment", await sam.says("met them"))
        form = await sam.gets_modal()
        result = await sam.submits(form, {"Name": "M"})
        assert result.errors == {
            "name": "Please enter at least 2 characters.",
            "stars": "Please complete this required field.",
        }
        assert (result.sent, sam.modal.errors) == (False, result.errors)
        with pytest.raises(AssertionError, match="stops at 40"):
            await sam.submits(form, {"Name": "M" * 41})
        with pytest.raises(AssertionError, match="offers"):
            await sam.submits(form, {"Stars": "Nine"})
    assert desk.bodies[0]["type"] == "message_action"
    assert desk.bodies[0]["message"]["text"] == "met them"


FILLED = {"Name": "Müller", "Stars": "One"}


async def filled(sam) -> None:
    await sam.uses_shortcut("Record as appointment", await sam.says("met them"))
    await sam.gets_modal()


async def test_the_app_can_answer_a_form_with_errors(slack, desk, sam):
    desk.answer = {"response_action": "errors", "errors": {"name": "Unknown customer"}}
    async with desk.at("http"):
        await filled(sam)
        result = await sam.submits(values=FILLED)
        assert (result.sent, result.errors) == (True, {"name": "Unknown customer"})
        assert sam.modal.values["name"]["value"]["value"] == "Müller"


async def test_errors_for_unknown_blocks_are_noted(slack, desk, sam):
    desk.answer = {"response_action": "errors", "errors": {"nowhere": "?"}}
    async with desk.at("socket"):
        await filled(sam)
        with slack.violations.expected("bad_answer"):
            await sam.submits(values=FILLED)
        assert sam.notices == ["We had some trouble connecting. Try again?"]


async def test_the_app_can_update_push_and_clear(slack, desk, sam):
    async with desk.at("socket"):
        await filled(sam)
        desk.answer = {"response_action": "update", "view": modal(NAME, title="Second")}
        await sam.submits(values=FILLED)
        assert (len(sam.modals), sam.modal.title) == (1, "Second")
        assert sam.modal.values["name"]["value"]["value"] == "Müller"
        desk.answer = {"response_action": "push", "view": modal(NAME, title="Third")}
        await sam.submits()
        assert [each.title for each in sam.modals] == ["Second", "Third"]
        desk.answer = {"response_action": "clear"}
        await sam.submits(values={"Name": "Meier"})
        assert sam.modals == []


async def test_a_view_that_slack_would_refuse_is_no_answer(slack, desk, sam):
    desk.answer = {"response_action": "update", "view": modal(NAME, title="x" * 25)}
    async with desk.at("socket"):
        await filled(sam)
        with slack.violations.expected("bad_answer"):
            await sam.submits(values=FILLED)


async def test_a_closed_modal_is_told_only_if_wanted(slack, desk, sam):
    async with desk.at("socket"):
        await filled(sam)
        await sam.closes()
        assert [body["type"] for body in desk.bodies] == ["message_action"]
        desk.view = modal(NAME, notify_on_close=True)
        await filled(sam)
        await sam.closes(everything=True)
    assert (desk.bodies[-1]["type"], desk.bodies[-1]["is_cleared"]) == ("view_closed", True)


async def test_a_command_is_answered_to_the_person_alone(slack, desk, sam):
    mia = slack.person("U2", "Mia")
    slack.channel("C1", "sales", members=[sam, mia])
    for door in ("socket", "http"):
        async with desk.at(door):
            await sam.commands("/dealdesk record now", "C1")
            assert (await sam.hears("You said record now")).ephemeral
    assert mia.chat("C1") == []
    with pytest.raises(AssertionError, match="is no command"):
        await sam.commands("/weather")


async def test_a_command_to_an_absent_app_fails_visibly(slack, sam):
    assert not (await sam.commands("/dealdesk record")).accepted
    assert sam.notices == ['/dealdesk failed with the error "dispatch_failed"']


async def test_a_select_asks_the_app_while_typing(slack, desk, sam):
    field = {"type": "external_select", "min_query_length": 2}
    desk.view = modal(NAME, asks("Customer", field))
    async with desk.at("socket"):
        await filled(sam)
        assert await sam.searches("Customer", "Mül") == ["Mül GmbH", "Other AG"]
        with pytest.raises(AssertionError, match="from 2 letters on"):
            await sam.searches("Customer", "M")
        await sam.submits(values={"Name": "Sam", "Customer": "Other AG"})
        await sam.hears("Saved Sam")
    chosen = desk.bodies[-1]["view"]["state"]["values"]["customer"]["value"]["selected_option"]
    assert chosen == option("Other AG")


async def test_every_kind_of_input_can_be_filled_in(slack, desk, sam):
    both = [option("One"), option("Two")]
    desk.view = modal(
        NAME,
        asks("Many", {"type": "multi_static_select", "options": both}),
        asks("Radio", {"type": "radio_buttons", "options": both}),
        asks("Boxes", {"type": "checkboxes", "options": both}),
        asks("Day", {"type": "datepicker"}),
        asks("Hour", {"type": "timepicker"}),
        asks("Who", {"type": "users_select"}),
        asks("Worth", {"type": "number_input", "is_decimal_allowed": False, "min_value": "5"}),
        asks("Mail", {"type": "email_text_input"}),
        asks("Free", {"type": "plain_text_input"}, optional=True),
        asks("Spec", {"type": "file_input"}),
    )
    answers = {"Name": "Sam", "Many": ["One", "Two"], "Radio": "Two", "Boxes": ["One"]}
    answers |= {"Day": "2026-12-24", "Hour": "14:00", "Who": "U1", "Mail": "a@example.com"}
    answers |= {"Spec": [("spec.pdf", b"%PDF")]}
    async with desk.at("socket"):
        await filled(sam)
        assert (await sam.submits(values={**answers, "Worth": "3"})).errors == {
            "worth": "Please enter a number of at least 5."
        }
        assert (await sam.submits(values={"Worth": "7"})).accepted
        await sam.hears("Saved Sam")
    values = {k: v["value"] for k, v in desk.bodies[-1]["view"]["state"]["values"].items()}
    assert values["many"]["selected_options"] == both
    assert values["radio"]["selected_option"] == option("Two")
    assert (values["day"]["selected_date"], values["hour"]["selected_time"]) == (
        "2026-12-24",
        "14:00",
    )
    assert values["who"]["selected_user"] == "U1"
    assert values["spec"]["files"][0]["name"] == "spec.pdf"
    assert values["free"] == {"type": "plain_text_input", "value": None}


async def test_the_home_tab_is_published_and_pressed(slack, desk, sam):
    async with desk.at("socket"):
        await sam.opens_home()
        home = await sam.gets_home("Decide")
        await sam.presses("Deny", view=home)
    assert desk.bodies[0]["container"] == {"type": "view", "view_id": home.id}


async def test_a_file_from_a_person_can_be_fetched_with_the_token(slack, sam):
    await sam.shares("spec.pdf", b"%PDF-1.7", "the specification")
    event = slack.courier.sent[0].payload["event"]
    bearer = {"Authorization": f"Bearer {slack.tokens.bot}"}
    async with httpx.AsyncClient(headers=bearer) as client:
        got = await client.get(event["files"][0]["url_private_download"])
    assert (event["subtype"], got.content) == ("file_share", b"%PDF-1.7")
