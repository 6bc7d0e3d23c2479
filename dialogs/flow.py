"""One form as a state machine, and a dialogue's walk through it.

States are the question ids, then `review`, `done` and `cancelled`. The chain is straight and the
walk skips: after an answer it goes on while it stands on something answered or not asked here.
Knows nothing of chats, wording or buttons.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from dialogs.agenda import Engagement
from dialogs.crm import JsonValue
from dialogs.events import Hit
from dialogs.files import Attached
from dialogs.lookups import Duty
from dialogs.machines import Diagram, Edge
from dialogs.playbook import Form, Question
from dialogs.playbook.texts import Answers

REVIEW, DONE, CANCELLED = "review", "done", "cancelled"
ENDS = frozenset({DONE, CANCELLED})


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One person filling in one form; what is stored is all there is."""

    id: str
    form: str
    playbook: str
    """Version of the playbook it began with and stays on."""
    state: str
    subject: str
    """Id of the case or the approval it is about; a new case gets the dialogue's own id."""
    answers: dict[str, JsonValue] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    """Options ticked so far in the multiple choice under way."""
    query: str = ""
    """What the CRM is being searched for, while its answer is awaited."""
    hits: tuple[Hit, ...] = ()
    """Records found, to choose from."""
    choices: dict[str, tuple[Hit, ...]] = field(default_factory=dict)
    """What was looked up to choose from, by question."""
    echo: str = ""
    """What was understood of the last answer, in the person's language."""
    about: str = ""
    """Customer or title, for headings."""
    began: int = 0
    mark: str = ""
    """Of the decision card that was pressed to begin it; the case of a request of one's own;
    `won` where a criterion is asked for on the way to that."""
    before: dict[str, JsonValue] = field(default_factory=dict)
    """The answers of the last time, where the form was filled in about this case before."""

    @property
    def of_known_case(self) -> bool:
        """False where its end makes a new case (or it is about no case)."""
        return self.subject != self.id

    duty: Duty | None = None
    """The task that it is about, as the CRM showed it when it began."""
    checked: bool = False
    """It is known that no opportunity in the CRM is the same."""
    to: str = ""
    """Id of the colleague for whom it is."""
    meeting: Engagement | None = None
    """The meeting of the CRM's calendar that it records."""
    heard: dict[str, str] = field(default_factory=dict)
    """By question, the words of a message that its answer was understood from."""
    looked_up: str = ""
    """A customer's name from a message, to be looked up before anything is asked."""
    named: dict[str, str] = field(default_factory=dict)
    """By question, the name of somebody from a message, to be picked once the choices are there."""
    files: tuple[Attached, ...] = ()
    """What somebody sent along; it goes into the CRM with the record."""
    aside: dict[str, dict[str, JsonValue]] = field(default_factory=dict)
    """Answers from a message to forms about the same case that come later, by form."""


def edges(form: Form) -> Iterator[Edge]:
    """Every move a form allows, for the machine and for the drawn flow chart."""
    chain = [question.id for question in form.questions] + [REVIEW]
    for here, following in pairwise(chain):
        yield Edge(here, "next", following)
        yield Edge(following, "back", here)
    for here in chain:
        yield Edge(here, "cancel", CANCELLED)
        for question in form.questions:
            yield Edge(here, f"edit_{question.id}", question.id)
    yield Edge(REVIEW, "confirm", DONE)


class Flow:
    """A form's machine with the walk that fits its conditions."""

    def __init__(self, form: Form) -> None:
        """Compile the form once; all its dialogues share the machine."""
        self.form = form
        states = [*(question.id for question in form.questions), REVIEW, DONE, CANCELLED]
        self.diagram = Diagram(states, edges(form))
        self.order = {question.id: place for place, question in enumerate(form.questions)}
        self._questions = {question.id: question for question in form.questions}

    def begin(self, dialogue: Dialogue) -> Dialogue:
        """Stand on the first question that is open."""
        first = replace(dialogue, state=self.form.questions[0].id)
        return first if self._open(first.state, first.answers) else self.onward(first)

    def question(self, dialogue: Dialogue) -> Question | None:
        """The question the dialogue stands on; None in the review."""
        return self._questions.get(dialogue.state)

    def answer(self, dialogue: Dialogue, value: JsonValue) -> Dialogue:
        """Keep the answer (None passes an optional question over) and go to what is open next."""
        answers = {**dialogue.answers, dialogue.state: value}
        state = self._following(dialogue.state, answers)
        return replace(dialogue, answers=answers, state=state, ticked=(), query="", hits=())

    def onward(self, dialogue: Dialogue) -> Dialogue:
        """Leave this question as it is answered already and go on."""
        return replace(
            self._settled(dialogue), state=self._following(dialogue.state, dialogue.answers)
        )

    def back(self, dialogue: Dialogue) -> Dialogue | None:
        """Stand on the nearest earlier question that is asked; None at the first."""
        state = self.before(dialogue)
        return None if state is None else replace(self._settled(dialogue), state=state)

    def before(self, dialogue: Dialogue) -> str | None:
        """The state that `back` leads to."""
        state = self.diagram.after(dialogue.state, "back")
        while state is not None and not self._questions[state].asked(dialogue.answers):
            state = self.diagram.after(state, "back")
        return state

    def edit(self, dialogue: Dialogue, question: str) -> Dialogue | None:
        """Stand on that question, to answer it anew; None where it is not asked here."""
        state = self.diagram.after(dialogue.state, f"edit_{question}")
        if state is None or not self._questions[state].asked(dialogue.answers):
            return None
        return replace(self._settled(dialogue), state=state)

    def confirm(self, dialogue: Dialogue) -> Dialogue | None:
        """Finish; None unless everything is answered and the review is open."""
        return self._moved(dialogue, "confirm")

    def cancel(self, dialogue: Dialogue) -> Dialogue | None:
        return self._moved(dialogue, "cancel")

    def asked(self, dialogue: Dialogue) -> tuple[Question, ...]:
        """The questions that count with these answers, in order."""
        answers = dialogue.answers
        return tuple([one for one in self.form.questions if not one.when or one.asked(answers)])

    def record(self, dialogue: Dialogue) -> dict[str, JsonValue]:
        """The answers that count: of questions asked, and not passed over."""
        answers = dialogue.answers
        return {
            one.id: answers[one.id]
            for one in self.asked(dialogue)
            if answers.get(one.id) is not None
        }

    def _open(self, state: str, answers: Answers) -> bool:
        question = self._questions.get(state)
        return question is not None and state not in answers and question.asked(answers)

    def _following(self, state: str, answers: Answers) -> str:
        """Conditions look back only, so nothing before this place can have been opened."""
        while state != REVIEW:
            state = self.diagram.after(state, "next") or REVIEW
            if self._open(state, answers):
                break
        return state

    def _settled(self, dialogue: Dialogue) -> Dialogue:
        if not (dialogue.ticked or dialogue.query or dialogue.hits):
            return dialogue
        return replace(dialogue, ticked=(), query="", hits=())

    def _moved(self, dialogue: Dialogue, trigger: str) -> Dialogue | None:
        state = self.diagram.after(dialogue.state, trigger)
        return None if state is None else replace(dialogue, state=state)
