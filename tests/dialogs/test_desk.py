"""Whatever somebody types and presses, in any order: the desk answers, and lets them out again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.flow import REVIEW
from dialogs.phrases import WORDS, say
from dialogs.shows import Ask, Notice, Review
from dialogs.tokens import LIMIT
from tests.dialogs.walking import DESK, Walker

TYPED = st.sampled_from(
    [
        *("record", "assess", "erfassen", "bewerten", "pending", "offen", "status", "hello"),
        *("back", "skip", "cancel", "summary", "continue", "save", "keep", "done", "help"),
        *("yes", "no", "Airbus", "2", "5", "12.500,00", "yesterday 14:00", "1 Dec", "60 %"),
        *("none", "Pursue", "Strategic customer", "deutsch", "english", "", "\0", "x" * 5000),
    ]
)
PRESSED = st.integers(0, 400)
ACTS = st.lists(TYPED | PRESSED | PRESSED, max_size=40)


def walked(acts: list[str | int]) -> Walker:
    """Begin a record and do all that: a number presses one of the buttons seen so far."""
    walker = Walker()
    walker.says("record")
    for act in acts:
        there = walker.there()
        if isinstance(act, str):
            walker.says(act)
        elif there:
            walker.presses(there[-1 - act % len(there)].token)
    return walker


@given(ACTS)
@settings(max_examples=150, deadline=None)
def test_nothing_that_is_done_stays_without_an_answer(acts: list[str | int]) -> None:
    walker = walked(acts)
    for act in ("something", "5"):
        turn = walker.says(act)
        assert turn.says or turn.reply


@given(ACTS)
@settings(max_examples=150, deadline=None)
def test_one_word_discards_whatever_is_open_and_shows_what_waits(acts: list[str | int]) -> None:
    walker = walked(acts)
    before = walker.conversation.dialogues
    turn = walker.says("cancel")
    assert walker.conversation.dialogues == before[:-1] or len(before[:-1]) == len(
        walker.conversation.dialogues
    )
    assert isinstance(turn.says[0].show, Notice)
    if len(before) > 1:
        assert isinstance(turn.says[-1].show, Ask | Review)


@given(ACTS)
@settings(max_examples=150, deadline=None)
def test_one_word_helps_and_changes_nothing(acts: list[str | int]) -> None:
    walker = walked(acts)
    before = walker.conversation
    turn = walker.says("help")
    assert walker.conversation == before
    (told,) = turn.says
    assert isinstance(told.show, Notice)
    assert "status" in told.show.text


@given(ACTS)
@settings(max_examples=150, deadline=None)
def test_one_word_goes_back_or_says_that_this_is_the_first(acts: list[str | int]) -> None:
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
def test_every_button_can_be_pressed_at_any_time_and_is_answered(acts: list[str | int]) -> None:
    walker = walked(acts)
    for button in walker.there()[-12:]:
        assert len(button.token.encode()) <= LIMIT
        turn = walker.presses(button.token)
        assert turn.says or turn.reply or turn.ruling


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
            assert turn.says, (meaning, word)
            assert not any(
                isinstance(one.show, Notice) and one.show.text.startswith("I don't know")
                for one in turn.says
            ), (meaning, word)
