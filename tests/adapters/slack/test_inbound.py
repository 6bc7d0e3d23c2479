"""What Slack delivers becomes an event with a key that a redelivery repeats."""

import pytest

from adapters.slack.inbound import MALFORMED, Incoming, read
from adapters.slack.modal import page_view
from dialogs.events import Pressed, Said, Shared, Submitted
from dialogs.files import Attached
from dialogs.shows import FormField, FormPage
from tests.adapters.slack import payloads

NOW = 1_700_000_009_000
PAGE = FormPage(
    "Appointment", "page-token", "Send", "Close", (FormField("topic", "Topic", "text"),)
)


def test_a_direct_message_is_what_the_person_said():
    assert read(payloads.event(payloads.message("ask <mailto:a@b.de|a@b.de>")), NOW) == Incoming(
        key="sl:T1:Ev1",
        account="T1:U1",
        user="U1",
        chat="D1",
        at=1_700_000_000_000,
        event=Said("ask a@b.de"),
        installed="T1",
    )


def test_a_redelivery_has_the_same_key_and_the_next_message_another():
    first = read(payloads.event(payloads.message()), NOW)
    again = read(payloads.event(payloads.message()), NOW + 300_000)
    other = read(payloads.event(payloads.message(), event_id="Ev2"), NOW)
    assert first.key == again.key != other.key


@pytest.mark.parametrize(
    "inside",
    [
        payloads.message(bot_id="B1"),
        payloads.message(subtype="bot_message", bot_id="B1", user=None),
        payloads.message(subtype="message_deleted", previous_message=payloads.message()),
        payloads.message(subtype="channel_join"),
        payloads.message(user=None),
        payloads.message(text=""),
        payloads.message(channel_type="channel", channel="C1"),
        payloads.message(channel_type="mpim", channel="G1"),
        {"type": "app_mention", "user": "U1", "channel": "C1", "text": "<@UBOT> hi"},
        {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"},
        {"type": "some_future_event", "new_field": {"a": 1}},
    ],
)
def test_b20_e3_what_no_person_said_to_us_is_nothing(inside):
    assert read(payloads.event(inside), NOW) is None


def test_e2_an_edit_is_noticed_but_a_preview_of_a_link_is_not():
    edited = payloads.message("new", edited={"user": "U1", "ts": "1700000005.000000"})
    change = payloads.message(
        subtype="message_changed", user=None, message=edited, previous_message=payloads.message()
    )
    found = read(payloads.event(change), NOW)
    assert (found.event, found.account) == (Shared("edit"), "T1:U1")
    previewed = {**change, "message": payloads.message("hello", attachments=[{}])}
    assert read(payloads.event(previewed), NOW) is None


def test_b20_our_own_changed_messages_are_nothing():
    ours = payloads.message("b", bot_id="B1", edited={"user": "UBOT"})
    change = payloads.message(subtype="message_changed", message=ours, previous_message={})
    assert read(payloads.event(change), NOW) is None


@pytest.mark.parametrize(
    ("mimetype", "kind"),
    [("audio/mp4", "voice"), ("image/png", "photo"), ("application/pdf", "file"), ("", "file")],
)
def test_e1_a_file_is_told_by_its_kind(mimetype, kind):
    inside = payloads.message("", subtype="file_share", files=[{"mimetype": mimetype}])
    assert read(payloads.event(inside), NOW).event == Shared(kind)


def test_files_arrive_with_their_words_and_where_they_can_be_had():
    files = [
        {"id": "F1", "name": "../a\u202egnp.exe", "mimetype": "image/png", "size": 12},
        {"id": "F2", "name": "b.pdf", "mimetype": "application/pdf"},
        {"id": "F3", "mode": "tombstone"},
    ]
    inside = payloads.message("the offer", subtype="file_share", files=files)
    there = (Attached("slack", "F1", "a_gnp.exe", 12), Attached("slack", "F2", "b.pdf", 0))
    assert read(payloads.event(inside), NOW).event == Shared("photo", there, "the offer")


def test_d8_somebody_of_another_company_has_their_own_team_in_the_account():
    inside = payloads.message(team="T9", user_team="T9", user="U9")
    assert read(payloads.event(inside, is_ext_shared_channel=True), NOW).account == "T9:U9"


def test_the_organisation_of_enterprise_grid_stands_for_our_workspace():
    inside = payloads.message(team="E1")
    assert read(payloads.event(inside, enterprise_id="E1"), NOW).account == "T1:U1"


def test_a_press_carries_its_token_and_the_chat_it_happened_in():
    found = read(payloads.pressed(payloads.button("tok")), NOW)
    assert (found.event, found.chat, found.trigger) == (Pressed("tok"), "C1", "")
    assert found.key == "sl:T1:1700000001.234567:U1:press:choice0"
    assert found.at == 1_700_000_001_234


def test_a_press_on_a_form_button_brings_the_right_to_open_one():
    found = read(payloads.pressed(payloads.button("tok", "form:control0")), NOW)
    assert (found.event, found.trigger) == (Pressed("tok"), "11.22.abc")


def test_a_choice_from_a_list_is_a_press():
    picked = {"action_id": "pick:choice", "selected_option": {"value": "tok"}}
    assert read(payloads.pressed(picked), NOW).event == Pressed("tok")


def test_a_button_of_the_home_tab_says_its_word_in_the_direct_message():
    payload = payloads.pressed(payloads.button("record", "word:record"))
    payload.pop("channel")
    found = read(payload, NOW)
    assert (found.event, found.chat) == (Said("record", command=True), None)


def test_a_press_on_what_is_none_of_ours_is_nothing():
    assert read(payloads.pressed(payloads.button("x", "open_link")), NOW) is None


def test_an_organisation_wide_installation_names_the_team_with_the_user():
    payload = {**payloads.pressed(payloads.button()), "team": None}
    found = read(payload, NOW)
    assert found.account == "T1:U1"
    assert found.key.startswith("sl:T1:")


def test_a_command_is_said_as_one_and_goes_on_in_the_direct_message():
    found = read(payloads.command("  record R&amp;D "), NOW)
    assert found.event == Said("record R&D", command=True)
    assert (found.chat, found.spoken_in, found.key) == (None, "C1", "sl:T1:11.33.abc")


def test_a_command_without_a_word_asks_for_help():
    assert read(payloads.command(""), NOW).event == Said("help", command=True)


def test_the_shortcut_quotes_the_message():
    payload = payloads.interaction(
        "message_action",
        callback_id="record_appointment",
        action_ts="1700000002.5",
        channel={"id": "C1"},
        message={"text": "met <mailto:a@b.de|a@b.de>", "user": "U2", "ts": "1"},
    )
    found = read(payload, NOW)
    assert found.event == Said("record", command=True, quote="met a@b.de")
    assert (found.chat, found.at) == (None, 1_700_000_002_500)
    assert read({**payload, "callback_id": "other"}, NOW) is None


def test_a_form_page_brings_its_values_and_the_chat_it_was_opened_from():
    values = {"topic": {"answer": {"type": "plain_text_input", "value": "Series"}}}
    found = read(payloads.submitted(page_view(PAGE, "C1"), values), NOW)
    assert found.event == Submitted("page-token", {"topic": ("Series",)})
    assert (found.chat, found.at) == ("C1", NOW)


def test_each_submission_of_a_page_has_a_key_of_its_own():
    """A page keeps its hash when it is sent back with errors."""
    view = page_view(PAGE, None)

    def key(text, trigger):
        values = {"topic": {"answer": {"type": "plain_text_input", "value": text}}}
        return read(payloads.submitted(view, values, trigger_id=trigger), NOW).key

    assert key("a", "1.1") == key("a", "1.1")
    assert len({key("a", "1.1"), key("b", "1.1"), key("a", "1.2")}) == 3


@pytest.mark.parametrize("kind", ["view_closed", "shortcut", "block_suggestion", "future"])
def test_b17_other_payloads_are_nothing(kind):
    assert read(payloads.interaction(kind, view={}), NOW) is None


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "event_callback"},
        {"type": "event_callback", "event": "text"},
        {"type": "block_actions", "actions": []},
        {"type": "view_submission", "view": {"callback_id": "form", "private_metadata": "{"}},
        {"type": "message_action", "callback_id": "record_appointment", "message": None},
        {"command": "/dealdesk"},
        payloads.event(payloads.message(event_ts="yesterday")),
    ],
)
def test_b17_a_payload_of_no_known_shape_is_malformed(payload):
    with pytest.raises(MALFORMED):
        read(payload, NOW)
