"""What a page sends becomes an event, once; what it hears back is true."""

from dialogs.events import Pressed, Said, Submitted
from dialogs.limits import FILE, FILES
from dialogs.people import Address
from dialogs.shows import FormClosed, FormErrors, FormField, FormPage
from tests.adapters.web.house import MIA, SAM, House, account_of

PAGE = FormPage("Record", "page1", "Next", "Close", (FormField("who", "Who?", "text"),))


async def test_a_page_learns_whose_it_is(house: House) -> None:
    async with house.visited(MIA) as page:
        assert page.you == {
            "type": "you",
            "name": "Mia",
            "role": "management",
            "language": "de",
            "languages": [["en", "English"], ["de", "Deutsch"], ["fr", "Français"]],
            "words": {},
            "zone": "Europe/Berlin",
            "files": {"most": FILES, "bytes": FILE},
            "menu": [["record", "Mia records"]],
        }
        assert page.history == []


async def test_what_is_typed_is_shown_kept_and_confirmed(house: House) -> None:
    async with house.visited() as page:
        await page.sends({"type": "say", "id": "n1", "text": "Müller"})
        shown = await page.hears("message")
        assert (shown["ref"], shown["from"], shown["text"]) == ("pn1", "person", "Müller")
        assert await page.hears("kept") == {"type": "kept", "id": "n1", "new": True}
    account = account_of(SAM)
    (arrival,) = house.arrivals
    assert arrival.event == Said("Müller")
    assert arrival.address == Address("web", account, account)
    assert arrival.source_key == f"web:{account}:n1"


async def test_a_slash_makes_a_command(house: House) -> None:
    async with house.visited() as page:
        await page.sends({"type": "say", "id": "n1", "text": "/record"})
        assert (await page.hears("message"))["text"] == "/record"
        await page.hears("kept")
    assert house.arrivals[0].event == Said("record", command=True)


async def test_a_press_and_a_page_are_events_without_a_message(house: House) -> None:
    async with house.visited() as page:
        await page.sends({"type": "press", "id": "n1", "token": "c:1"})
        await page.hears("kept")
        values = {"who": ["Ada"], "chances": ["a", "b"], "note": [], "one": "text", "none": None}
        await page.sends({"type": "submit", "id": "n2", "token": "page1", "values": values})
        await page.hears("kept")
    given = {"who": ("Ada",), "chances": ("a", "b"), "note": (), "one": ("text",), "none": ()}
    assert [one.event for one in house.arrivals] == [Pressed("c:1"), Submitted("page1", given)]
    assert house.messages == {}


async def test_the_same_id_again_is_one_event_and_one_message(house: House) -> None:
    async with house.visited() as page:
        assert (await page.says("Müller"))["new"] is True
        assert (await page.says("Müller"))["new"] is False
    assert len(house.arrivals) == 1
    async with house.visited() as page:
        assert [one["text"] for one in page.history] == ["Müller"]


async def test_two_people_may_use_the_same_id(house: House) -> None:
    for token in (SAM, MIA):
        async with house.visited(token) as page:
            assert (await page.says("hello"))["new"] is True
    assert len(house.arrivals) == 2


async def test_a_store_that_is_away_asks_for_the_same_again(house: House) -> None:
    async with house.visited() as page:
        house.shut = 1
        await page.sends({"type": "say", "id": "n1", "text": "Müller"})
        assert await page.hears() == {"type": "error", "why": "store", "id": "n1"}
        assert house.arrivals == []
        assert (await page.says("Müller"))["new"] is True
    assert len(house.arrivals) == 1


async def test_a_store_that_goes_away_after_the_message_still_says_it_kept_nothing(
    house: House,
) -> None:
    async with house.visited() as page:
        keep = house.keep

        async def keep_and_lose(chat: str, ref: str, body: str) -> None:
            await keep(chat, ref, body)
            house.shut = 1

        house.chat._album = type(house.chat._album)(keep_and_lose, house.last)
        assert (await page.says("Müller"))["why"] == "store"
        assert (await page.says("Müller"))["why"] == "store"
        house.chat._album = type(house.chat._album)(keep, house.last)
        assert (await page.says("Müller"))["new"] is True
    assert len(house.arrivals) == 1
    async with house.visited() as page:
        assert len(page.history) == 1


async def test_a_form_page_comes_with_the_confirmation(house: House) -> None:
    house.replies |= {"form": PAGE, "page1": FormErrors((("who", "Who?"),)), "page2": FormClosed()}
    async with house.visited() as page:
        await page.sends({"type": "press", "id": "n1", "token": "form"})
        reply = (await page.hears("kept"))["reply"]
        assert (reply["type"], reply["token"], reply["fields"][0]["id"]) == (
            "form_page",
            "page1",
            "who",
        )
        await page.sends({"type": "submit", "id": "n2", "token": "page1", "values": {}})
        assert (await page.hears("kept"))["reply"]["errors"] == [["who", "Who?"]]
        await page.sends({"type": "submit", "id": "n3", "token": "page2", "values": {}})
        assert (await page.hears("kept"))["reply"] == {"type": "form_closed"}


async def test_the_page_hears_when_its_person_changes(house: House) -> None:
    async with house.visited() as page, house.visited() as other:
        house.speaks(SAM, "de")
        await page.says("/deutsch")
        assert (await page.hears("you"))["language"] == "de"
        await other.hears("message")
        assert (await other.hears("you"))["language"] == "de"


async def test_the_page_learns_its_sentences_in_a_further_language(house: House) -> None:
    async with house.visited() as page:
        house.speaks(SAM, "fr")
        await page.says("/français")
        assert (await page.hears("you"))["words"] == {"send": "Envoyer"}
