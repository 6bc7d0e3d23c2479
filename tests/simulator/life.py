"""The life of each case walked anew, line by line of the audit, by what the playbook declares.

Reads the playbook's file and not the product's machine: a bug of the machine must show. A life is
where a case stands by the audit, and which entries must have been made on the way.
"""

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

RULINGS = {
    "approved": "decide",
    "rejected": "decide",
    "accepted": "takeover",
    "declined": "takeover",
}
"""What a ruling lets happen, with the form whose entry follows."""
LEAD = "o"
"""So begins the name of a case whose opportunity stood in the CRM before it."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What the playbook's file says of steps, stages and forms."""

    steps: dict
    first: tuple
    """The first step of each process but that of new cases: a round begins there."""
    stages: list
    forms: dict


@cache
def declared():
    """Read the file."""
    text = files("dialogs.playbook").joinpath("arts.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return Declared(
        steps={step["id"]: step for one in told["process"] for step in one["step"]},
        first=tuple(one["step"][0]["id"] for one in told["process"][1:]),
        stages=told["stage"],
        forms={form["id"]: form for form in told["form"]},
    )


def outcome(step):
    """What that step is the end of, or the standing aside; empty where a case goes on."""
    return declared().steps.get(step, {}).get("outcome", "")


ADOPTED = "adopt"
"""Kind of the entry that gives a case to whoever looks after the customer."""
ENTERED = {"file": "file", "adopted": ADOPTED, "declined:alone": "takeover"}
"""What leads to an entry and moves nothing, with its kind: a file came, a contact declined."""
JOINED, TASK, INFO = "join", "task", "info"
"""Kinds of entries that are nobody's step: a colleague comes along, a task is seen to."""


class Impossible(Exception):  # noqa: N818 - what the oracle says, no error of ours
    """An act that the playbook doesn't know where the case stands."""


@dataclass(slots=True)
class Life:
    """One case by the audit."""

    step: str = ""
    stage: str = ""
    came: list = field(default_factory=list)
    rounds: int = 0
    entries: list = field(default_factory=list)
    """The kinds of its entries, in order."""
    noted: list = field(default_factory=list)
    """The kinds of the entries that somebody else made about it."""
    closed: bool = False
    """It was declined."""
    left: list = field(default_factory=list)
    """Stages it left with nothing missing: nobody was asked for a reason."""
    excused: bool = False
    """Somebody has said why it is won although something is missing."""

    def lives(self, act):
        """Let that act of the audit happen to it; others than these neither move nor enter it."""
        kind, _, what = act.partition(":")
        match kind:
            case "finish":
                self._finished(what)
            case "noted":
                self.noted.append(what)
            case "lead":
                self.entries.append(what)
                self.closed = what == "decline"
            case _ if {act, kind} & set(ENTERED):
                self.entries.append(ENTERED.get(act) or ENTERED[kind])
            case "move":
                self._pressed(what)
            case "stage" | "override":
                self._onward(kind, what)
            case "withdrawn":
                self._withdrawn()
            case "answered":
                self._filling("decide", act)
                self.entries.append("reply")
            case _ if act in RULINGS:
                self._happens(act, act)
                self.entries.append(RULINGS[act])

    def _finished(self, form):
        """The form of the step, or one that moves cases; the first begins the life."""
        known, act, before = declared().forms.get(form, {}), f"finish:{form}", self.stage
        if not self.step and known.get("opens") == "case":
            self.begins(form)
        if "moves" in known:
            self._happens(known["moves"], act)
            if outcome(self.step) == "won":
                self._passed(before)
            elif before != self.stage and not outcome(self.step):
                self.left.append(before)
        elif not self._goes_on_with(form) and (known.get("opens") not in ANYTIME or self._over()):
            raise Impossible(f"{act} at {self.step}")
        self.entries.append(form)

    def begins(self, form=""):
        """At the step of that form, else at the first that asks something."""
        steps = [one for one in declared().steps.values() if "form" in one]
        first = next((one for one in steps if one["form"] == form), steps[0])
        self.stage = declared().stages[0]["id"]
        self._stands_at(first)

    def _goes_on_with(self, form):
        """Past the steps that may be left out to the one of that form, and on from there."""
        for passes in (_may_be_left_out, _asks_nothing)[: 1 + _tells_of_a_meeting(form)]:
            there = self._past(form, passes)
            if there is not None and (passes is _may_be_left_out or there.stage == self.stage):
                there._happens("finished", f"finish:{form}")
                self.step, self.stage = there.step, there.stage
                self.came, self.rounds = there.came, there.rounds
                return True
        return False

    def _past(self, form, passes):
        """The life at the step of that form; None where something before it has to be done."""
        there, seen = replace(self, came=[*self.came]), set()
        while there.step not in seen:
            here = there._here(f"finish:{form}")
            if here.get("form") == form:
                return there
            if not passes(here) or "finished" not in here.get("then", {}):
                return None
            seen.add(there.step)
            there._happens("finished", f"finish:{form}")
        return None

    def _over(self):
        return outcome(self.step) not in {"", "parked"}

    def _pressed(self, happening):
        """What needs no form: the end of a step without one, an inquiry, taking up again."""
        here = self._here("move")
        if happening == "finished" and ("form" in here or here.get("optional")):
            raise Impossible(f"move:{happening} at {self.step}")
        before = self.stage
        self._happens(happening, f"move:{happening}")
        if happening != "finished":
            self.entries.append(happening)
        if before != self.stage:
            self.left.append(before)

    def _happens(self, happening, act):
        following = self._here(act).get("then", {}).get(happening)
        if following is None:
            raise Impossible(f"{act} at {self.step}")
        if following == "before":
            self.step = self.came.pop()
            return
        if "before" in declared().steps[following].get("then", {}).values():
            self.came.append(self.step)
        self.rounds += following in declared().first
        self._stands_at(declared().steps[following])

    def _stands_at(self, step):
        order = [one["id"] for one in declared().stages]
        known = [one for one in (self.stage, step.get("stage", "")) if one]
        self.step, self.stage = step["id"], max(known, key=order.index, default="")

    def _here(self, act):
        """What is declared of the step where it stands."""
        if not self.step:
            raise Impossible(f"{act} before the case began")
        return declared().steps[self.step]

    def _filling(self, form, act):
        """Raise unless it stands where that form is filled in."""
        if self._here(act).get("form") != form:
            raise Impossible(f"{act} at {self.step}")

    def _withdrawn(self):
        """Back to the form that led to the question."""
        self._filling("decide", "withdrawn")
        leading = (
            name
            for name, step in declared().steps.items()
            if "form" in step and self.step in step.get("then", {}).values()
        )
        self.step = next(leading)

    def _passed(self, before):
        """Won: every stage from there on is left, and a reason excuses what is missing."""
        order = [one["id"] for one in declared().stages]
        if not self.excused:
            self.left += order[order.index(before) : order.index(self.stage)]

    def _onward(self, act, what):
        """The next stage, or why it is won all the same; the form of that alone leads there."""
        if "outcome" in self._here(act):
            raise Impossible(f"{act} at {self.step}")
        if what == "won":
            self.excused = True
            return
        order = [one["id"] for one in declared().stages]
        following = declared().stages[order.index(self.stage) + 1]
        if following.get("won"):
            raise Impossible(f"won by {act} alone")
        if act == "stage":
            self.left.append(self.stage)
        self.stage = following["id"]
        self.entries.append("stage")


ANYTIME = ("case", "any_case")
"""What a form can open that can be filled in at any step; it moves nothing then."""


def _tells_of_a_meeting(form):
    """Whether that form is where a meeting is recorded."""
    asked = declared().forms.get(form, {}).get("question", ())
    return any(question.get("crm") == "meeting.held" for question in asked)


def _may_be_left_out(step):
    return step.get("optional", False)


def _asks_nothing(step):
    """The record of a meeting passes these too."""
    return step.get("optional", False) or "form" not in step


def lived(case, acts, deliveries):
    """The life of a case by the acts of the audit about it.

    A ruling counts once the case's owner has heard of it: `deliveries`, the keys of its entries,
    say whether they left a stage before. Who comes along is written down whenever they answer.

    Raises:
        Impossible: the playbook doesn't know that act where the case stood.
    """
    life, unheard = Life(), []
    if case.startswith(LEAD):
        life.begins()
    kinds = [key.split("-")[1] for key in deliveries]
    kinds = [kind for kind in kinds if kind not in {JOINED, INFO}]
    for act in acts:
        if act in RULINGS and kinds[len(life.entries) :][:1] == ["stage"]:
            unheard.append(act)
            continue
        life.lives(act)
        while unheard and kinds[len(life.entries) :][:1] != ["stage"]:
            life.lives(unheard.pop())
    return life


def unmet(life, forms):
    """Criteria of the stages it left that nothing in its forms says is met."""
    for stage in (one for one in declared().stages if one["id"] in life.left):
        for criterion in stage.get("criteria", ()):
            asked = criterion.get("met_by", f"gate-{stage['id']}.{criterion['id']}")
            form, _, question = asked.partition(".")
            if not forms.get(form, {}).get(question):
                yield f"{stage['id']}.{criterion['id']}"
