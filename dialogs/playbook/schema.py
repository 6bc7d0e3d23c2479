"""The shape of a playbook file, key by key, as pydantic checks it. Knows TOML's types only."""

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
CrmField = Annotated[
    str,
    StringConstraints(
        pattern=r"^(customer|title|meeting\.(subject|start|minutes|location|held|people|invite)"
        r"|activity\.(summary|due)|task\.(result|day)|lost\.reason"
        r"|contact\.(name|email|phone)|opportunity\.name|attendee\.(person|reason|message)"
        r"|partner\.(website|industry_id|category_id|ref|vat|phone|email)"
        r"|request\.(of|person|question|due)"
        r"|mail\.(to|language|subject|body)|order\.(lines|terms)|[a-z][a-z0-9_]{0,62})$"
    ),
]
Happening = Literal[
    "finished",
    "approved",
    "rejected",
    "accepted",
    "declined",
    "requested",
    "parked",
    "lost",
    "won",
    "restored",
]
"""What can happen to a case at a step."""
FormId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,15}$")]
"""Short, because it stands in buttons."""
Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")]
"""Of a language; that it is one, and declared, is what `further` sees to."""
Texts = Annotated[Mapping[Code, str], Field(min_length=1)]
Words = Mapping[Code, tuple[str, ...]]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ConditionTable(_Table):
    question: Id
    is_: Any = Field(default=None, alias="is")
    has: str | None = None
    answered: bool | None = None


Listening = Literal[
    "figure", "mark", "past", "due", "company", "options", "sentences", "denied", "people", "task",
    "all", "coming", "somebody", "option", "after", "day", "demanded",
]  # fmt: skip


class _Spoken(_Table):
    """A table that says something by itself: beside its own keys it has one for each language."""

    model_config = ConfigDict(extra="allow")

    def further(self) -> Mapping[str, Any]:
        """What it says in other languages than English and German."""
        return self.model_extra or {}


class ListenTable(_Spoken):
    """What in a free message answers the question: the words that announce it."""

    __pydantic_extra__: dict[Code, tuple[str, ...]]
    en: tuple[str, ...] = ()
    de: tuple[str, ...] = ()
    for_: Listening | None = Field(default=None, alias="for")
    """How the answer is found; without it, what suits the kind."""


class QuestionTable(_Table):
    id: Id
    kind: str
    prompt: Texts
    label: Texts
    hint: Texts | None = None
    optional: bool = False
    listen: ListenTable | None = None
    when: tuple[ConditionTable, ...] = ()
    crm: CrmField | None = None
    options: tuple[dict[str, Any], ...] | str | None = None
    """Own options, or the name of a list of the playbook (`lost_reasons`, `handover`)."""
    settings: dict[str, Any] = Field(default_factory=dict)
    internal: bool = False
    """Never told to a customer: no draft can have it."""
    files: bool = False
    """A file sent in the chat is an answer: its name."""
    offered: bool = False
    """The button that offers the form has said yes to it; the form's word asks it."""
    draft: Texts | None = None
    """What the answer is to begin with, with gaps like `{content}`."""
    for_each: tuple["EachTable", ...] = ()
    """Questions asked once for each ticked option of this multiple choice."""


class EachTable(_Table):
    """`{option}` in the texts is the option's own text."""

    id: Id
    kind: str
    prompt: Texts
    label: Texts
    hint: Texts | None = None
    optional: bool = False
    settings: dict[str, Any] = Field(default_factory=dict)


class SumTable(_Table):
    id: Id
    label: Texts
    over: Id
    factors: tuple[Id, ...] = Field(min_length=1)
    weighs: Literal["good", "bad"] | None = None
    """With two factors, its options stand in the risk matrix, as chances or as risks."""
    crm: CrmField | None = None


class FormTable(_Table):
    id: FormId
    title: Texts
    action: Literal[
        "record",
        "appoint",
        "prepare",
        "invite",
        "join",
        "assess",
        "decide",
        "move",
        "answer",
        "take_over",
        "tasks",
        "leads",
        "mail",
        "inquire",
        "request",
        "inform",
    ]
    opens: Literal[
        "case",
        "open_case",
        "any_case",
        "approval",
        "enquiry",
        "reply",
        "handover",
        "task",
        "lead",
        "invitation",
        "request",
        "requested",
    ]
    asks_first: Literal["recipients", "contacts", "quotations"] | None = None
    """What the CRM is asked before the form begins."""
    about: FormId | None = None
    """The form whose answers fill the gaps of the drafts; it is offered once that one is saved."""
    offered_when: tuple[ConditionTable, ...] = ()
    """What must be true of those answers for it to be offered."""
    confirm: Texts | None = None
    """The button that ends the review, where it does more than save."""
    task: Texts | None = None
    """What is to be done next, where no question asks for it."""
    words: Words = Field(default_factory=dict)
    description: Texts | None = None
    review: bool = True
    moves: Happening | None = None
    """What its end makes happen, at every step whose `then` knows that; without, it is `finished`
    at the steps that name the form."""
    errand: Literal["complete", "reschedule", "hand_on"] | None = None
    """What a form that opens a task does about it."""
    duplicates: bool = False
    """Whether what may be the same is shown before it is saved."""
    briefing: bool = False
    menu: bool = True
    """Whether it is offered where no case is spoken of."""
    beside: bool = False
    """Whether it is offered beside what comes next, where a case is shown."""
    question: tuple[QuestionTable, ...] = Field(min_length=1)
    sum: tuple[SumTable, ...] = ()


class CriterionTable(_Spoken):
    """Something that must be true to leave a stage."""

    __pydantic_extra__: dict[Code, str]
    id: Id | None = None
    en: str = ""
    de: str = ""
    met_by: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")] = ""
    """`form.question`: an answer to it meets the criterion."""


class StageTable(_Table):
    id: Id
    title: Texts
    names: tuple[str, ...] = Field(min_length=1)
    won: bool = False
    team: str | None = None
    """Name of the sales team whose cases alone come here."""
    instead_of: Id | None = None
    """The stage of all whose place it takes for that team."""
    criteria: tuple[CriterionTable, ...] = ()


class StepTable(_Table):
    id: Id
    title: Texts
    responsible: Literal["sales", "management", "group", "admin"]
    form: Id | None = None
    optional: bool = False
    stage: Id | None = None
    tag: Texts | None = None
    outcome: Literal["won", "lost", "parked", "handed_over"] | None = None
    """What it means for a case to stand here; without, it is under way."""
    then: Mapping[Happening, Id] = Field(default_factory=dict)
    """`before` for a step: the one where the case stood when it came here."""


class RevisionTable(_Table):
    on: date
    by: str


class ProcessTable(_Table):
    id: Id
    title: Texts
    version: str
    purpose: Texts
    created: RevisionTable
    examined: RevisionTable
    approved: RevisionTable
    step: tuple[StepTable, ...] = Field(min_length=1)


class ChoiceTable(_Table):
    id: Id
    text: Texts


class PersonTable(_Table):
    """Whom a rule means: exactly one of these, which `rules` sees to."""

    login: str | None = None
    email: str | None = None
    name: str | None = None
    role: Literal["sales", "management", "group", "admin"] | None = None


class TeamTable(_Table):
    """A sales team of the CRM, with whose cases are its."""

    name: str
    members: tuple[PersonTable, ...] = Field(min_length=1)


class HandoverTable(ChoiceTable):
    contact: PersonTable | None = None
    """Who is asked to take a customer over; without one nobody is asked."""
    team: str | None = None
    """Name of the sales team in the CRM."""
    task: Texts | None = None
    """What the new owner is to do."""
    days: int = Field(default=3, ge=0)
    """By when, counted from the day of acceptance."""


class BallotTable(_Table):
    approvals: Literal["any", "all"] | Annotated[int, Field(ge=1)] = "any"
    above: float | None = None
    """Only for cases whose amount is greater."""


class DecisionTable(_Table):
    step: Id
    form: Id
    four_eyes: bool = True
    card: tuple[Id, ...] = ()
    rules: tuple[BallotTable, ...] = ()
    amount: Id | None = None
    """The question whose answer the rules look at."""
    asks: tuple[PersonTable, ...] = ()
    remind_hours: float | None = Field(default=None, gt=0)
    deadline_hours: float | None = Field(default=None, gt=0)
    deputy: PersonTable | None = None
    escalate_to: PersonTable | None = None
    fields: Mapping[Literal["verdict", "by", "on", "reason", "target"], CrmField] = Field(
        default_factory=dict
    )
    labels: Mapping[Literal["verdict", "by", "on", "reason", "target"], Texts] = Field(
        default_factory=dict
    )


class LeadsTable(_Table):
    to: Literal["team_leader", "management", "sales"] = "team_leader"
    """Who is told of a lead that came in by itself and that the CRM has given to nobody."""


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class QuietTable(_Table):
    """When nobody is told anything unasked: all the time but the working hours."""

    working_days: tuple[Weekday, ...] = Field(
        default=("mon", "tue", "wed", "thu", "fri"), min_length=1
    )
    work_begins: time = time(8)
    work_ends: time = time(19)
    tonight: time = time(18)
    holidays: tuple[date, ...] = ()
    notice_minutes: int = Field(default=60, ge=0, le=240)
    stalled_after_days: int = Field(default=14, ge=1)


Fact = Literal["hours", "travel", "contacted", "inquired", "course"]


class FiguresTable(_Table):
    """What key figures count, and what an hour costs."""

    rate: float = Field(default=0, ge=0)
    least_people: int = Field(default=5, ge=1)
    """Nothing is told about fewer people than that; 1 switches it off."""
    contact: Id | Literal[""] = ""
    contact_when: tuple[ConditionTable, ...] = ()
    inquiry: Id | Literal[""] = ""
    round: Id | Literal[""] = ""
    hours: tuple[Id, ...] = ()
    travel: tuple[Id, ...] = ()
    fields: Mapping[Fact, CrmField] = Field(default_factory=dict)
    labels: Mapping[Fact, Texts] = Field(default_factory=dict)


class TranslationTable(_Table):
    """A further language: dealdesk's own sentences by key, and words as people type them."""

    id: Code
    name: str
    words: Mapping[str, str] = Field(default_factory=dict)
    reads: Mapping[str, str] = Field(default_factory=dict)


class PlaybookTable(_Table):
    name: str
    version: str
    company: str
    language: Code = "en"
    presentation: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "EUR"
    process: tuple[ProcessTable, ...] = Field(min_length=1)
    stage: tuple[StageTable, ...] = Field(min_length=1)
    form: tuple[FormTable, ...] = Field(min_length=1)
    decision: DecisionTable
    lost_reason: tuple[ChoiceTable, ...] = ()
    handover: tuple[HandoverTable, ...] = ()
    team: tuple[TeamTable, ...] = ()
    leads: LeadsTable = LeadsTable()
    quiet: QuietTable = QuietTable()
    figures: FiguresTable = FiguresTable()
    translation: tuple[TranslationTable, ...] = ()
