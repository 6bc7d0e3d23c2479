"""A form opens in time, is filled when the inbox has answered, and hands its values on."""

import asyncio

import pytest

from dialogs.events import Pressed, Submitted
from dialogs.people import Address
from dialogs.shows import Ask, Button, FormClosed, FormErrors, FormField, FormPage, Say

FIELDS = (
    FormField("topic", "Topic", "text", hint="In a few words"),
    FormField("likely", "Likelihood", "choice", options=(("l", "Low"), ("h", "High"))),
    FormField("when", "When", "date"),
)
PAGE = FormPage("Appointment", "page-1", "Send", "Close", FIELDS)
FILLED = {"Topic": "Series & more", "Likelihood": "High", "When": "2026-12-24"}
SENT = Submitted("page-1", {"topic": ("Series & more",), "likely": ("h",), "when": ("2026-12-24",)})
ASK = Ask("T", "P", controls=(Button("Fill in", "open-form", opens_form=True),))


@pytest.fixture
async def asked(channel, sam):
    address = Address("slack", "T1:USAM", sam.dm)
    return await channel.show(Say(address, "question", ASK), None)


async def opened(sam, inbox):
    inbox.replies = [PAGE, *inbox.replies]
    await sam.presses("Fill in")
    await inbox.gets()
    return await sam.gets_modal("Appointment")


@pytest.mark.usefixtures("asked")
class TestAFormThatIsPressed:
    async def test_opens_at_once_and_is_filled_when_the_inbox_has_answered(self, sam, inbox):
        inbox.gate.clear()
        inbox.replies = [PAGE]
        pressing = asyncio.create_task(sam.presses("Fill in"))
        waiting = await sam.gets_modal("dealdesk")
        assert not pressing.done()
        inbox.gate.set()
        page = await sam.gets_modal("Appointment")
        assert page.id == waiting.id
        assert page.fields == ("Topic", "Likelihood", "When")
        assert (await pressing).accepted
        assert inbox.events == [Pressed("open-form")]

    async def test_says_that_the_chat_goes_on_when_there_is_no_page(self, sam, inbox):
        inbox.replies = [FormClosed()]
        await sam.presses("Fill in")
        assert (await sam.gets_modal("We go on in the chat.")).submit == ""

    @pytest.mark.parametrize("error", ["expired_trigger_id", "exchanged_trigger_id", "503"])
    async def test_c10_does_no_harm_where_it_can_not_be_opened(self, slack, sam, inbox, error):
        slack.fail("views.open", error)
        inbox.replies = [PAGE]
        assert (await sam.presses("Fill in")).accepted
        assert (await inbox.gets()).event == Pressed("open-form")
        assert sam.modal is None
        assert (await sam.hears("Press its button again")).ephemeral
        assert (await sam.presses("Fill in")).accepted

    async def test_may_be_closed_before_it_is_filled(self, slack, channel, sam, inbox):
        inbox.gate.clear()
        inbox.replies = [PAGE]
        pressing = asyncio.create_task(sam.presses("Fill in"))
        await sam.gets_modal("dealdesk")
        await sam.closes()
        inbox.gate.set()
        assert (await pressing).accepted
        await channel.close()  # waits for what is under way
        assert "views.update" in dict(slack.calls)
        assert sam.modal is None


@pytest.mark.usefixtures("asked")
class TestAPageThatIsSent:
    async def test_arrives_with_its_values_by_question_and_is_closed(self, sam, inbox):
        await opened(sam, inbox)
        await sam.submits(values=FILLED)
        arrival = await inbox.gets()
        assert (arrival.event, arrival.address.chat) == (SENT, sam.dm)
        assert sam.modal is None

    async def test_shows_the_errors_at_their_questions_and_keeps_what_was_typed(self, sam, inbox):
        inbox.replies = [FormErrors((("when", "That day has passed."),))]
        await opened(sam, inbox)
        await sam.submits(values=FILLED)
        assert sam.modal.errors == {"when": "That day has passed."}
        await sam.submits(values={"When": "2026-12-28"})
        assert sam.modal is None
        assert inbox.events[-1].values == {**SENT.values, "when": ("2026-12-28",)}

    async def test_may_be_sent_again_unchanged_after_errors(self, sam, inbox):
        inbox.replies = [FormErrors((("when", "Sure?"),))]
        await opened(sam, inbox)
        await sam.submits(values=FILLED)
        await sam.submits()
        assert inbox.events == [Pressed("open-form"), SENT, SENT]

    async def test_is_followed_by_the_next_one(self, sam, inbox):
        more = (FormField("note", "Note", "long_text", optional=True),)
        inbox.replies = [FormPage("Second page", "page-2", "Send", "Close", more)]
        await opened(sam, inbox)
        await sam.submits(values=FILLED)
        await sam.gets_modal("Second page")
        await sam.submits()
        arrival = inbox.arrivals[-1]
        assert (arrival.event, arrival.address.chat) == (Submitted("page-2", {"note": ()}), sam.dm)

    async def test_c12_may_be_closed_without_a_word(self, sam, inbox):
        await opened(sam, inbox)
        await sam.closes()
        assert inbox.events == [Pressed("open-form")]
        # The question stands in the chat as before, and its button opens the form once more.
        await opened(sam, inbox)


async def test_a_form_opened_in_a_channel_goes_on_there(slack, channel, sam, inbox):
    room = slack.channel("C1", "deals", members=[sam])
    await channel.show(Say(Address("slack", "T1:USAM", room.id), "card", ASK), None)
    await opened(sam, inbox)
    await sam.submits(values=FILLED)
    assert inbox.arrivals[-1].address == Address("slack", "T1:USAM", "C1", shared=True)
