"""What looks like a secret is recognised, what is not is left alone; help names the key."""

import pytest

from dialogs.credentials import unkept
from dialogs.events import Pressed, Said, Shared, Submitted
from dialogs.turns import Conversation, Facts, OwnKey
from tests.dialogs.office import colleague
from tests.dialogs.walking import DESK
from tests.transcripts.clock import START

KEY = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        KEY.upper(),
        f"my key: {KEY}.",
        "xoxb-123456789012-abcdefghijkl",
        "xapp-1-A012345-67890-abcdef",
        "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcX",
    ],
)
def test_a_message_with_a_secret_is_not_kept(text):
    assert unkept(Said(text)) == Shared("key")
    assert unkept(Said("record", quote=f"see {text}")) == Shared("key")
    assert unkept(Submitted("t", {"note": ("fine", text)})) == Shared("key")


@pytest.mark.parametrize(
    "text",
    ["", "Müller GmbH", "key", KEY[:-1], f"{KEY}0", "+49 351 1234567890", "12:30", "a" * 4000],
)
def test_other_messages_are_what_they_were(text):
    for event in (Said(text), Submitted("t", {"note": (text,)}), Pressed(KEY)):
        assert unkept(event) is event


@pytest.mark.parametrize(
    ("own", "told"),
    [(OwnKey(), True), (OwnKey("crm"), False), (OwnKey("master_key"), False), (None, False)],
    ids=["in use", "with the ledger", "without a master key", "unknown"],
)
@pytest.mark.parametrize("event", [Said("help"), Pressed("sam.-.word.help")], ids=["typed", "word"])
def test_help_names_the_key_where_one_can_be_given(event, own, told):
    sam = colleague("sam", "sales")
    talk = Conversation("sam")
    assert DESK.wants(talk, event).own_key
    facts = Facts("e1", START, sam.addresses[0], sam, own_key=own)
    (say,) = DESK.decide(talk, event, facts).says
    assert (", key." in say.show.text) is told
