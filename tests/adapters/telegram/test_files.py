"""Files are told by their kind when they arrive; they are fetched for the CRM only, in bounds."""

import pytest

from dialogs.errors import ChatRefused
from dialogs.events import Shared
from tests.adapters.telegram.conftest import Desk
from tests.standins.telegram.people import Person
from tests.standins.telegram.standin import TelegramStandin

FILES = {
    "offer.pdf": b"MZ\x90\x00 this program is no PDF",
    "bomb.zip": b"PK\x03\x04" + b"\x00" * 1000,
    "logo.svg": b"<svg><script>alert(1)</script></svg>",
    "large.bin": b"x" * 3_000_000,
}


@pytest.mark.parametrize("name", FILES)
async def test_e16_a_file_is_named_and_not_fetched(
    name: str, telegram: TelegramStandin, desk: Desk, sam: Person
) -> None:
    async with desk.receiving() as inbox:
        await sam.sends_document(name, FILES[name])
        (shared,) = await inbox.holds(1)
        await telegram.settled()
    assert isinstance(shared, Shared)
    told = [(one.channel, one.name, one.size) for one in shared.files]
    assert (shared.kind, told) == ("file", [("telegram", name, len(FILES[name]))])
    assert "getFile" not in {call.method for call in telegram.calls}


async def test_e16_a_file_is_fetched_once_its_record_goes_out_and_no_more_of_it_than_allowed(
    desk: Desk, sam: Person
) -> None:
    async with desk.receiving() as inbox:
        await sam.sends_document("offer.pdf", b"%PDF-1.7 offer", "the offer")
        (shared,) = await inbox.holds(1)
        assert isinstance(shared, Shared)
        assert shared.caption == "the offer"
        (file,) = shared.files
        assert await desk.channel.fetch(file.ref, 100) == b"%PDF-1.7 offer"
        with pytest.raises(ChatRefused, match="larger"):
            await desk.channel.fetch(file.ref, 5)
        with pytest.raises(ChatRefused):
            await desk.channel.fetch("nothing", 100)
