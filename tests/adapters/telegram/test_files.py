"""Files are told by their kind and never fetched: whatever is in them, it does not come near us."""

import pytest

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
        assert await inbox.holds(1) == [Shared("file")]
        await telegram.settled()
    assert "getFile" not in {call.method for call in telegram.calls}
