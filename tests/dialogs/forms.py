"""Forms by chance, all of them sound: any kinds of answer, any conditions on earlier ones."""

from typing import Any

from hypothesis import strategies as st

from dialogs.answers import kind_from
from dialogs.crm import JsonValue
from dialogs.flow import Dialogue
from dialogs.playbook import Condition, Form, Question, Text

OPTIONS = [{"id": one, "text": {"en": one, "de": one}} for one in ("a", "b", "c")]
SETTINGS: dict[str, dict[str, Any]] = {
    "yes_no": {},
    "choice": {"options": OPTIONS},
    "multi_choice": {"options": OPTIONS, "least": 0},
    "text": {},
    "scale": {"low": 1, "high": 5},
}
KINDS = {name: kind_from(name, settings) for name, settings in SETTINGS.items()}
VALUES: dict[str, st.SearchStrategy[JsonValue]] = {
    "yes_no": st.booleans(),
    "choice": st.sampled_from(["a", "b", "c"]),
    "multi_choice": st.lists(st.sampled_from(["a", "b", "c"]), unique=True).map(list),
    "text": st.sampled_from(["x", "y"]),
    "scale": st.integers(1, 5),
}


def text(words: str) -> Text:
    return Text({"en": words, "de": words})


@st.composite
def _conditions(draw: st.DrawFn, earlier: list[Question]) -> tuple[Condition, ...]:
    if not earlier or draw(st.booleans()):
        return ()
    return tuple(
        draw(_condition(draw(st.sampled_from(earlier)))) for _ in range(draw(st.integers(1, 2)))
    )


def _condition(question: Question) -> st.SearchStrategy[Condition]:
    answered = st.builds(Condition, st.just(question.id), st.just("answered"), st.booleans())
    if question.kind.name == "multi_choice":
        option = st.sampled_from(["a", "b", "c"])
        return answered | st.builds(Condition, st.just(question.id), st.just("has"), option)
    value = VALUES[question.kind.name]
    return answered | st.builds(Condition, st.just(question.id), st.just("is"), value)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    questions: list[Question] = []
    for number in range(draw(st.integers(1, 7))):
        questions.append(
            Question(
                id=f"q{number}",
                kind=KINDS[draw(st.sampled_from(sorted(KINDS)))],
                prompt=text(f"Question {number}?"),
                label=text(f"Q{number}"),
                optional=draw(st.booleans()),
                when=draw(_conditions(questions)),
            )
        )
    return Form("visit", text("Visit"), "record", "case", tuple(questions))


def answers(question: Question) -> st.SearchStrategy[JsonValue]:
    value = VALUES[question.kind.name]
    return value | st.none() if question.optional else value


def blank(form: Form) -> Dialogue:
    return Dialogue("d1", form.id, "1", "", "c1")
