"""The dialogue that everybody plays: 14 questions, 15 messages, one of them refused.

Knows the questions and what is typed; knows neither dealdesk nor a peer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Line:
    """A question, how a hand-written bot checks its answer, and what is typed."""

    id: str
    kind: str
    prompt: str
    check: Callable[[str], object]
    typed: tuple[str, ...]
    """The last one is accepted; those before it are refused."""


def _text(typed: str) -> str:
    if not typed.strip():
        raise ValueError
    return typed.strip()


def _day(typed: str) -> date:
    return date.fromisoformat(typed)


def _scale(typed: str) -> int:
    if typed not in {"1", "2", "3", "4", "5"}:
        raise ValueError
    return int(typed)


def _yes(typed: str) -> bool:
    return {"yes": True, "no": False}[typed]


LINES = (
    Line("company", "text", "Which company did you meet?", _text, ("Meyer Werft",)),
    Line("contact", "text", "Who was there?", _text, ("Ms Ng and Mr Ito",)),
    Line("met_on", "date", "On which day was it?", _day, ("not a day", "2026-11-19")),
    Line("place", "text", "Where was it?", _text, ("Papenburg",)),
    Line("content", "text", "What was discussed?", _text, ("The new paint line and its schedule",)),
    Line("needs", "text", "What does the customer need?", _text, ("Six technicians from March",)),
    Line("soft", "text", "Which soft requirements?", _text, ("Prefers calls to e-mail",)),
    Line("first", "scale", "Your first assessment?", _scale, ("4",)),
    Line("fit", "scale", "How well do we fit?", _scale, ("5",)),
    Line("budget", "money", "What is the budget?", float, ("12500",)),
    Line("again", "yes_no", "Is there a next appointment?", _yes, ("yes",)),
    Line("next_on", "date", "By when is the next step?", _day, ("2027-01-15",)),
    Line("hours", "number", "How many hours did it take?", float, ("2.5",)),
    Line("remark", "text", "Anything else?", _text, ("No",)),
)

MESSAGES = tuple((line.id, typed) for line in LINES for typed in line.typed)
"""What is sent, in order: 15 messages."""


def playbook() -> str:
    """The same dialogue as a playbook for dealdesk."""
    questions = "\n".join(
        f'[[form.question]]\nid = "{line.id}"\nkind = "{line.kind}"\n'
        f'prompt = {{ en = "{line.prompt}", de = "{line.prompt}" }}\n'
        f'label = {{ en = "{line.id}", de = "{line.id}" }}\n'
        for line in LINES
    )
    return _FRAME.replace("#QUESTIONS", questions)


_FRAME = """
name = "Bench"
version = "1"
company = "Bench"
[[process]]
id = "sales"
title = { en = "Sales", de = "Vertrieb" }
version = "1"
purpose = { en = "-", de = "-" }
created = { on = 2026-01-01, by = "-" }
examined = { on = 2026-01-01, by = "-" }
approved = { on = 2026-01-01, by = "-" }
[[process.step]]
id = "record"
title = { en = "Record", de = "Erfassen" }
responsible = "sales"
form = "record"
then = { finished = "decide" }
[[process.step]]
id = "decide"
title = { en = "Decide", de = "Entscheiden" }
responsible = "management"
[[stage]]
id = "new"
title = { en = "New", de = "Neu" }
names = ["New"]
[[form]]
id = "record"
title = { en = "Appointment record", de = "Terminbericht" }
action = "record"
opens = "case"
words = { en = ["record"], de = ["erfassen"] }
#QUESTIONS
[[form]]
id = "decide"
title = { en = "Decision", de = "Entscheidung" }
action = "decide"
opens = "approval"
[[form.question]]
id = "verdict"
kind = "choice"
prompt = { en = "?", de = "?" }
label = { en = "Decision", de = "Entscheidung" }
options = [
    { id = "approved", text = { en = "Approved", de = "Genehmigt" } },
    { id = "rejected", text = { en = "Rejected", de = "Abgelehnt" } },
]
[decision]
step = "decide"
form = "decide"
"""
