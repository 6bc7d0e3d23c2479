"""Whatever somebody types and presses, in any order: the desk answers, and lets them out again."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.events import Said
from dialogs.flow import REVIEW
from dialogs.people import Address
from dialogs.phrases import WORDS, say
from dialogs.shows import Ask, Notice, Review
from dialogs.tokens import LIMIT
from dialogs.turns import Conversation
from tests.dialogs.walking import DESK, MIA, SAM, Walker

TYPED = st.sampled_from(
    [
        *("record", "assess", "erfassen", "bewerten", "pending", "offen", "status", "hello"),
        *("back", "skip", "cancel", "summary", "continue", "save", "keep", "done", "help"),
        *("yes", "no", "Airbus", "2", "5", "12.500,00", "yesterday 14:00", "1 Dec", "60 %"),
        *("none", "Pursue", "Strategic customer", "deutsch", "english", "", "\0", "x" * 5000),
    ]
)
PRESSED = st.integers(0, 400)
ONWARD = "(the next good answer)"
ACTS = st.tuples(
    st.integers(0, 70), st.lists(TYPED | PRESSED | st.just(ONWARD) | st.just(ONWARD), max_size=25)
).map(lambda drawn: [ONWARD] * drawn[0] + drawn[1])
GOOD = {
    "customer": "Airbus Hamburg",
    "yes_no": "yes",
    "moment": "yesterday 14:00",
    "date": "1 Dec",
    "text": "some words",
    "long_text": "more words",
    "scale": "3",
    "email": "ann@example.com",
    "phone": "0351 1234567",
    "number": "2",
    "money": "1200",
    "percent": "60",
    "choice": "1",
    "multi_choice": "1, 2",
    "opportunity": "1",
    "contact": "1",
    "person": "Mia",
    "recipient": "1",
    "lines": "3 x Bench",
}


def walked(acts: list[str | int]) -> Walker:
    """Begin a record and do all that: a number presses one of the buttons seen so far."""
    walker = Walker()
    walker.says("record")
    for act in acts:
        there = walker.there()
        if act == ONWARD:
            walker.says(_onward(walker))
        elif isinstance(act, str):
            walker.says(act)
        elif there:
            walker.presses(there[-1 - act % len(there)].token)
    return walker


def _onward(walker: Walker) -> str:
    """What brings the open dialogue, or the case, one step further."""
    active = walker.conversation.active
    if active is None:
        return "assess" if walker.conversation.cases else "record"
    question = DESK.library.of(active.playbook).flows[active.form].question(active)
    if active.hits:
        return "2"
    return "save" if question is None else GOOD[question.kind.name]


@given(ACTS)
@settings(max_examples=150, deadline=None)
def test_nothing_that_is_done_stays_without_an_answer(acts: list[str | int]) -> None:
    walker = walked(acts)
    for act in ("something", "5"):
        turn = walker.says(act)
        assert turn.says or turn.reply


@given(ACTS)
@settings(max_examples=150, deadline=None)
def test_e11_one_word_discards_whatever_is_open_and_shows_what_waits(acts: list[str | int]) -> None:
    walker = walked(acts)
    before = walker.conversation.dialogues
    turn = walker.says("cancel")
    left = [dialogue.id for dialogue in walker.conversation.dialogues]
    assert left == [dialogue.id for dialogue in before[:-1]]
    assert isinstance(turn.says[0].show, Notice)
    if len(before) > 1:
        assert isinstance(turn.says[-1].show, Ask | Review)


@given(ACTS)
@settings(max_examples=150, deadline=None)
def test_e11_one_word_helps_and_changes_nothing(acts: list[str | int]) -> None:
    walker = walked(acts)
    before = walker.conversation
    turn = walker.says("help")
    assert walker.conversation == before
    (told,) = turn.says
    assert isinstance(told.show, Notice)
    assert "status" in told.show.text


@given(ACTS)
@settings(max_examples=150, deadline=None)
def test_e11_one_word_goes_back_or_says_that_this_is_the_first(acts: list[str | int]) -> None:
    walker = walked(acts)
    before = walker.conversation.active
    turn = walker.says("back")
    after = walker.conversation.active
    if before is None or after is None:
        assert before == after
        return
    flow = DESK.library.of(before.playbook).flows[before.form]
    order = {**flow.order, REVIEW: len(flow.order)}
    shown = turn.says[-1].show
    assert isinstance(shown, Ask | Review)
    moved = order[after.state] < order[before.state]
    assert moved or shown.refusal == say(walker.person.language, "first_question")


@given(ACTS)
@settings(max_examples=150, deadline=None)
def test_d9_every_button_can_be_pressed_at_any_time_and_is_answered(acts: list[str | int]) -> None:
    walker = walked(acts)
    for button in walker.there()[-12:]:
        assert len(button.token.encode()) <= LIMIT
        turn = walker.presses(button.token)
        assert turn.says or turn.reply or turn.ruling or turn.asks


@given(ACTS)
@settings(max_examples=100, deadline=None)
def test_the_same_event_decides_the_same(acts: list[str | int]) -> None:
    one, other = walked(acts), walked(acts)
    assert one.conversation == other.conversation
    assert one.shown == other.shown
    assert one.cases == other.cases


@given(st.text(max_size=80), st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_a_forged_button_and_any_text_are_answered(token: str, text: str) -> None:
    walker = Walker()
    assert walker.presses(token).says
    assert walker.says(text).says


def test_the_words_of_the_desk_are_understood_in_both_languages() -> None:
    for meaning, words in WORDS.items():
        for word in words:
            walker = walked([])
            turn = walker.says(word)
            assert turn.says or turn.asks, (meaning, word)
            assert not any(
                isinstance(one.show, Notice) and one.show.text.startswith("I don't know")
                for one in turn.says
            ), (meaning, word)


def test_the_way_onward_leads_into_every_form_and_to_management() -> None:
    walker = walked([ONWARD] * 70)
    assert {form for case in walker.cases.values() for form in case.forms} >= {"record", "assess"}
    assert [one.status for one in walker.approvals.values()][:1] == ["open"]


def test_a_button_of_somebody_elses_dialogue_changes_nothing() -> None:
    sam, mia = walked([ONWARD] * 3), Walker(person=MIA, conversation=Conversation("mia"))
    before = mia.conversation
    for button in sam.there():
        told = mia.presses(button.token).says[0].show
        assert isinstance(told, Notice)
        assert told.text.startswith("That button belongs to somebody else's dialogue")
        assert mia.conversation.dialogues == before.dialogues


def test_going_on_in_another_chat_shows_the_question_there_before_it_takes_an_answer() -> None:
    walker = walked([ONWARD] * 4)
    elsewhere = Address("telegram", "1", "1")
    before = walker.conversation.active
    turn = walker.does(Said("yesterday 14:00"), elsewhere)
    assert turn.says[0].address == elsewhere
    assert isinstance(turn.says[0].show, Ask)
    assert turn.says[0].show.echo.startswith("We go on here")
    assert walker.conversation.active == before
    assert before is not None
    walker.does(Said("yesterday 14:00"), elsewhere)
    assert walker.conversation.active != before


def test_a_direct_message_that_gets_its_own_name_is_the_same_chat() -> None:
    """Slack: somebody is linked by their id, and writes in a channel with an id of its own."""
    walker = Walker(person=replace(SAM, addresses=(Address("slack", "T1:U1", "U1"),)))
    walker.says("record")
    turn = walker.does(Said("Airbus Hamburg"), Address("slack", "T1:U1", "D1"))
    assert isinstance(turn.says[-1].show, Ask)
    assert "several customers" in turn.says[-1].show.prompt
