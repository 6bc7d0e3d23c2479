"""Any order of answers, steps back, edits and skips walks through a form and ends in its review."""

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dialogs.flow import CANCELLED, DONE, ENDS, REVIEW, Dialogue, Flow, edges
from dialogs.playbook import Form
from tests.dialogs.forms import answers, blank, forms

MOVES = ("answer", "back", "edit", "keep", "summary")


@st.composite
def walks(draw: st.DrawFn) -> tuple[Flow, list[Dialogue]]:
    """A form and all dialogues along one walk through it, the first one included."""
    flow = Flow(draw(forms()))
    passed = [flow.begin(blank(flow.form))]
    for move in draw(st.lists(st.sampled_from(MOVES), max_size=25)):
        passed.append(draw(_moved(flow, passed[-1], move)))
    return flow, passed


@st.composite
def _moved(draw: st.DrawFn, flow: Flow, here: Dialogue, move: str) -> Dialogue:
    """As the desk moves: what can't be done here leaves the dialogue where it is."""
    question = flow.question(here)
    match move:
        case "answer" if question is not None:
            return flow.answer(here, draw(answers(question)))
        case "back":
            return flow.back(here) or here
        case "edit" if question is None:
            return flow.edit(here, draw(st.sampled_from(flow.form.questions)).id) or here
        case "keep" if question is not None and question.id in here.answers:
            return flow.onward(here)
    return here


def _finished(flow: Flow, here: Dialogue) -> Iterator[Dialogue]:
    """Answer whatever is asked until nothing is: the shortest way a person can go."""
    while (question := flow.question(here)) is not None:
        here = flow.answer(here, [] if question.kind.name == "multi_choice" else "x")
        yield here


@given(walks())
def test_it_stands_on_a_question_that_is_asked_or_in_the_review(
    walk: tuple[Flow, list[Dialogue]],
) -> None:
    flow, passed = walk
    for here in passed:
        question = flow.question(here)
        assert here.state == REVIEW or (question is not None and question.asked(here.answers))


@given(walks())
def test_in_the_review_everything_asked_is_answered(walk: tuple[Flow, list[Dialogue]]) -> None:
    flow, passed = walk
    for here in passed:
        if here.state == REVIEW:
            assert all(question.id in here.answers for question in flow.asked(here))


@given(walks())
def test_a_required_question_is_never_passed_over(walk: tuple[Flow, list[Dialogue]]) -> None:
    flow, passed = walk
    here = passed[-1]
    if here.state == REVIEW:
        needed = {one.id for one in flow.asked(here) if not one.optional}
        assert needed <= set(flow.record(here))


@given(walks())
def test_from_anywhere_the_review_is_reached_by_answering_what_is_asked(
    walk: tuple[Flow, list[Dialogue]],
) -> None:
    flow, passed = walk
    steps = list(_finished(flow, passed[-1]))
    assert len(steps) <= len(flow.form.questions)
    assert (steps or passed)[-1].state == REVIEW


@given(walks())
def test_every_state_can_be_left_by_cancel_and_only_the_review_by_saving(
    walk: tuple[Flow, list[Dialogue]],
) -> None:
    flow, passed = walk
    for here in passed:
        cancelled, saved = flow.cancel(here), flow.confirm(here)
        assert cancelled is not None
        assert cancelled.state == CANCELLED
        assert (saved is not None) == (here.state == REVIEW)
        assert saved is None or saved.state == DONE


@given(walks())
def test_back_goes_to_an_earlier_question_and_ends_at_the_first(
    walk: tuple[Flow, list[Dialogue]],
) -> None:
    flow, passed = walk
    here: Dialogue | None = passed[-1]
    order = [question.id for question in flow.form.questions] + [REVIEW]
    places = []
    while here is not None:
        places.append(order.index(here.state))
        here = flow.back(here)
    assert places == sorted(places, reverse=True)
    assert len(set(places)) == len(places)
    first = next(one for one in flow.form.questions if one.asked(passed[-1].answers))
    assert places[-1] <= order.index(first.id)


@given(walks())
def test_the_record_holds_only_what_counts(walk: tuple[Flow, list[Dialogue]]) -> None:
    flow, passed = walk
    here = passed[-1]
    asked = {question.id for question in flow.asked(here)}
    assert set(flow.record(here)) <= asked
    assert None not in flow.record(here).values()


@given(walks())
def test_a_walk_forgets_no_answer(walk: tuple[Flow, list[Dialogue]]) -> None:
    _, passed = walk
    for before, after in pairwise(passed):
        assert set(before.answers) <= set(after.answers)


@given(forms())
def test_every_question_has_its_place_in_the_chain_and_its_way_to_be_edited(form: Form) -> None:
    drawn = list(edges(form))
    chain = [question.id for question in form.questions] + [REVIEW]
    for here in chain:
        leaving = {edge.trigger: edge.target for edge in drawn if edge.source == here}
        assert leaving["cancel"] == CANCELLED
        assert all(leaving[f"edit_{one.id}"] == one.id for one in form.questions)
        assert ("next" in leaving) == (here != REVIEW)
        assert ("back" in leaving) == (here != chain[0])
    assert not [edge for edge in drawn if edge.source in ENDS]
