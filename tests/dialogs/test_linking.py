"""A chat account becomes somebody's by a one-time code: in private, confirmed, once."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import linkcodes
from dialogs.linkcodes import BYTES, LENGTH, LIFETIME_MS, TRIES, code, code_in, digest, email_in
from dialogs.people import Address
from dialogs.phrases import say
from dialogs.shows import Notice
from dialogs.tokens import LIMIT, free
from dialogs.turns import Turn
from tests.dialogs.office import Office, colleague, seat

SAM = colleague("sam", "sales", "slack", login="sam@firm.example", crm_user=3)
KIM = colleague("kim", "sales")
ADA = colleague("ada", "admin")
CODE = "0123456789abcdefghijkl"
OTTO = seat("otto")
GROUP = Address("telegram", "otto", "-100", shared=True)
GUESSES = 1_000_000


def office(*more: Any) -> Office:
    made = Office.of(SAM, ADA, *more)
    made.gives(CODE, SAM)
    return made


def connects(there: Office, address: Address = OTTO, text: str = CODE) -> Turn:
    there.says_at(address, text)
    return there.presses_at(address, there.button(address, "Connect"))


def accounts(there: Office, person: str) -> set[str]:
    return {f"{one.channel}:{one.account}" for one in there.people[person].addresses}


def test_both_sides_are_named_before_anything_is_connected() -> None:
    there = office()
    there.says_at(OTTO, f"start {CODE}", command=True)
    (question,) = there.told(OTTO)
    assert "this chat, Telegram (otto), with Sam, sam@firm.example in the CRM." in question
    assert accounts(there, "sam") == {"slack:sam"}
    there.presses_at(OTTO, there.button(OTTO, "Connect"))
    assert accounts(there, "sam") == {"slack:sam", "telegram:otto"}
    assert there.actions() == ["link_redeemed", "linked"]


def test_the_person_hears_of_it_elsewhere_and_can_undo_it_there() -> None:
    there = office()
    connects(there)
    slack = seat("sam", "slack")
    assert there.told(slack)[-1].startswith("You are now connected with Telegram (otto) too.")
    there.presses_at(slack, there.button(slack, "Disconnect"))
    assert accounts(there, "sam") == {"slack:sam"}
    assert there.told(OTTO)[-1] == "This chat is no longer connected."


def test_administrators_hear_of_it_and_can_undo_it() -> None:
    there = office()
    connects(there)
    home = seat("ada")
    assert there.told(home) == ["Sam is now connected with Telegram (otto). To undo it:"]
    there.presses_at(home, there.button(home, "Disconnect"))
    assert accounts(there, "sam") == {"slack:sam"}
    there.presses_at(home, there.button(home, "Disconnect"))
    assert "nothing connected there" in there.told(home)[-1]


def test_a_no_connects_nothing_and_the_code_is_used_up() -> None:
    there = office()
    there.says_at(OTTO, CODE)
    there.presses_at(OTTO, there.button(OTTO, "No"))
    there.says_at(OTTO, CODE)
    assert "does not count" in there.told(OTTO)[-1]
    assert accounts(there, "sam") == {"slack:sam"}


def test_a_late_yes_connects_nothing() -> None:
    there = office()
    there.says_at(OTTO, CODE)
    there.passes(10.1)
    there.presses_at(OTTO, there.button(OTTO, "Connect"))
    assert accounts(there, "sam") == {"slack:sam"}


def test_a_forged_yes_connects_nothing() -> None:
    there = office()
    for token in (free("guest:telegram:otto", "connect"), free("sam", "connect")):
        there.presses_at(OTTO, token)
    assert accounts(there, "sam") == {"slack:sam"}
    assert there.actions() == []


def test_the_buttons_of_the_longest_account_fit() -> None:
    longest = "guest:slack:T0123456789:U0123456789AB"
    assert len(free(longest, "connect")) <= LIMIT
    assert len(free("p" * 10, "unlink", "telegram", "p" * 10)) <= LIMIT


def test_d14_a_code_counts_once() -> None:
    there = office()
    connects(there)
    there.says_at(seat("eve"), CODE)
    assert "does not count" in there.told(seat("eve"))[-1]


def test_d14_a_code_ends_after_ten_minutes() -> None:
    there = office()
    there.passes(10)
    there.says_at(OTTO, CODE)
    assert "does not count" in there.told(OTTO)[-1]
    assert not there.codes[digest(CODE)].used


@pytest.mark.parametrize("bound", [{"account": "kim"}, {"channel": "slack"}])
def test_d14_a_code_for_another_account_or_channel_does_not_count(bound: dict[str, str]) -> None:
    there = Office.of(SAM)
    there.gives(CODE, SAM, **bound)
    there.says_at(OTTO, CODE)
    assert "does not count" in there.told(OTTO)[-1]
    assert accounts(there, "sam") == {"slack:sam"}


@pytest.mark.parametrize("known", [False, True])
def test_d14_a_code_in_a_group_is_burnt(known: bool) -> None:  # noqa: FBT001 - whether the one who types is
    there = office(colleague("otto", "sales")) if known else office()
    there.happens(there.talk_at(GROUP), _said(f"start {CODE}"), GROUP)
    assert there.codes[digest(CODE)].used
    assert "Others could read that code" in there.told(OTTO if known else GROUP)[-1]
    there.says_at(seat("eve"), CODE)
    assert accounts(there, "sam") == {"slack:sam"}


def _said(text: str) -> Any:
    from dialogs.events import Said  # noqa: PLC0415 - one event of one test

    return Said(text, command=True)


def test_d14_five_wrong_codes_and_the_account_is_refused_for_ten_minutes() -> None:
    there = office()
    for number in range(TRIES):
        there.says_at(OTTO, f"wrong-code-{number}".ljust(LENGTH, "-"))
    assert there.actions() == ["link_failed"] * TRIES + ["link_refused"]
    assert there.told(seat("ada")) == [
        "Somebody at Telegram (otto) tried several wrong codes and is refused for a while."
    ]
    there.says_at(OTTO, CODE)
    assert "Too many tries" in there.told(OTTO)[-1]
    assert not there.codes[digest(CODE)].used
    there.says_at(seat("eve"), "wrong".ljust(LENGTH, "-"))
    assert "does not count" in there.told(seat("eve"))[-1], "others are not refused for it"
    there.passes(10.1)
    there.gives(CODE, SAM)
    connects(there)
    assert "telegram:otto" in accounts(there, "sam")


def test_d14_guesses_through_the_desk_find_nothing_and_are_hardly_looked_at() -> None:
    """Whoever guesses all day long has five looks in ten minutes."""
    there = office()
    for guess in islice(_guesses(), 300):
        there.says_at(OTTO, guess)
        there.passes(0.1)
    assert there.actions().count("link_failed") <= 5 * 4
    assert not there.codes[digest(CODE)].used
    assert accounts(there, "sam") == {"slack:sam"}


def test_d14_a_million_guesses_at_the_check_itself_find_nothing() -> None:
    there = office()
    for number in range(100):
        there.gives(code(sha256(b"live %d" % number).digest()[:BYTES]), SAM)
    hits = sum(
        linkcodes.counts(there.codes.get(digest(code_in(guess) or "")), OTTO, there.now)
        for guess in islice(_guesses(), GUESSES)
    )
    assert hits == 0
    assert linkcodes.counts(there.codes.get(digest(code_in(CODE) or "")), OTTO, there.now)


def _guesses() -> Any:
    """Well-formed codes, as a program would make them up."""
    block, number = b"", 0
    while True:
        block, number = sha256(b"guess %d" % number).digest(), number + 1
        yield urlsafe_b64encode(block[:BYTES]).decode().rstrip("=")


def test_d14_what_a_known_person_types_is_their_answer_unless_it_is_a_code_of_ours() -> None:
    there = office(KIM)
    there.says_at(seat("kim"), "record")
    turn = there.says_at(seat("kim"), "Donaudampfschifffahrts")  # 22 letters, and a customer
    assert [one.query for one in turn.searches] == ["Donaudampfschifffahrts"]
    there.says_at(seat("kim"), CODE)
    assert "You are about to connect this chat" in there.told(seat("kim"))[-1]


def test_d15_a_second_account_on_a_channel_takes_the_place_of_the_first() -> None:
    there = office()
    there.gives("first-code".ljust(LENGTH, "-"), SAM)
    connects(there, OTTO, "first-code".ljust(LENGTH, "-"))
    connects(there, seat("otto2"))
    assert accounts(there, "sam") == {"slack:sam", "telegram:otto2"}
    assert there.told(OTTO)[-1] == "This chat is no longer connected: another one took its place."
    assert there.actions()[-2:] == ["linked", "unlinked"]


def test_d15_an_account_passed_on_to_a_new_colleague_is_the_old_ones_no_longer() -> None:
    there = office(colleague("lea", "management", "telegram", "slack"))
    handed = seat("lea")
    connects(there, handed)
    assert accounts(there, "lea") == {"slack:lea"}
    assert accounts(there, "sam") == {"slack:sam", "telegram:lea"}
    assert "now belongs to somebody else" in there.told(seat("lea", "slack"))[-1]
    there.says_at(handed, "pending")
    assert "(sales)" in there.told(handed)[-1], "whoever had it before was of management"


def test_d15_the_account_of_somebody_who_left_can_be_passed_on() -> None:
    there = office(colleague("lea", "management", login="lea@x.example", crm_role="gone"))
    connects(there, seat("lea"))
    assert accounts(there, "lea") == set()
    assert there.talk_at(seat("lea")) == "sam"


def test_d16_the_account_is_known_by_its_id_whatever_it_calls_itself() -> None:
    there = office()
    connects(there)
    moved = replace(OTTO, chat="another-chat-of-otto")
    there.says_at(moved, "status")
    assert there.talk_at(moved) == "sam"
    impostor = Address("telegram", "otto.", "otto")  # the same chat, another account
    assert there.talk_at(impostor).startswith("guest:")
    other_channel = Address("slack", "otto", "otto")
    assert there.talk_at(other_channel).startswith("guest:")


@pytest.mark.parametrize("email", ["sam@firm.example", "nobody@firm.example", "SAM@FIRM.EXAMPLE"])
def test_the_answer_to_an_email_is_the_same_whether_or_not_it_is_a_colleagues(email: str) -> None:
    there = Office.of(SAM, mails=True)
    turn = there.says_at(OTTO, email)
    assert there.told(OTTO) == ["\n\n".join(say(one, "link_mailed") for one in ("en", "de"))]
    ((invitation),) = turn.invitations
    assert (invitation.email, invitation.address) == (email.lower(), OTTO)


def test_where_no_mail_is_sent_that_is_said() -> None:
    there = Office.of(SAM)
    turn = there.says_at(OTTO, "sam@firm.example")
    assert not turn.invitations
    assert "ask your administrator" in there.told(OTTO)[0]


def test_emails_asked_for_are_tries_too() -> None:
    there = Office.of(SAM, ADA, mails=True)
    sent = [there.says_at(OTTO, f"user{number}@firm.example").invitations for number in range(12)]
    assert sum(map(len, sent)) == TRIES
    assert "Too many tries" in there.told(OTTO)[-1]


def test_an_email_in_a_group_sends_nothing() -> None:
    there = Office.of(SAM, mails=True)
    assert not there.says_at(GROUP, "sam@firm.example").invitations


def test_somebody_whom_only_the_crm_knows_becomes_known_by_the_code() -> None:
    there = Office.of(ADA)
    there.gives(CODE, colleague("newcomer", "management", login="n@x.example", crm_role="sales"))
    connects(there)
    assert there.people["newcomer"].who == "sales"
    assert there.talk_at(OTTO) == "newcomer"


def test_somebody_added_meanwhile_is_not_made_a_second_time() -> None:
    there = Office.of(ADA, replace(SAM, id="sam-added", addresses=()))
    there.gives(CODE, replace(SAM, id="sam-invited"))
    connects(there)
    assert set(there.people) == {"ada", "sam-added"}
    assert accounts(there, "sam-added") == {"telegram:otto"}


@given(st.binary(min_size=BYTES, max_size=BYTES))
def test_a_code_is_read_as_it_was_written(random: bytes) -> None:
    written = code(random)
    assert len(written) == LENGTH
    assert code_in(written) == code_in(f" start {written}\n") == written
    assert written not in digest(written)


@given(st.text(max_size=60))
def test_what_is_no_code_and_no_email_is_read_without_an_error(text: str) -> None:
    assert code_in(text) is None or len(code_in(text) or "") == LENGTH
    assert email_in(text) is None or "@" in text


def test_a_code_lives_ten_minutes_and_has_128_bits() -> None:
    assert (LIFETIME_MS, BYTES * 8) == (600_000, 128)


def test_no_notice_of_a_link_shows_the_code() -> None:
    there = office()
    connects(there)
    shown = [one.show for one in there.says]
    assert all(CODE not in show.text for show in shown if isinstance(show, Notice))
    assert all(CODE not in f"{line}" for line in there.audit)
