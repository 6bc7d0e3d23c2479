"""Files are told by their kind and never fetched: whatever is in them, it does not come near us."""

import pytest

from dialogs.events import Shared

pytestmark = pytest.mark.usefixtures("channel")

BOMB = b"PK\x03\x04" + b"\x00" * 1000
FILES = {
    "offer.pdf": b"MZ\x90\x00 this program is no PDF",
    "bomb.zip": BOMB,
    "logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "large.bin": b"x" * 3_000_000,
}


@pytest.mark.parametrize("name", FILES)
async def test_e16_a_file_is_named_and_not_fetched(slack, sam, inbox, name):
    await sam.shares(name, FILES[name])
    arrival = await inbox.gets()
    assert isinstance(arrival.event, Shared)
    asked = {method for method, _ in slack.calls}
    assert not any(method.startswith("files.") for method in asked)
