"""How a golden transcript is written, read and written again. Knows no program and no chat.

Flush left stands what is done; indented below it what is seen, one blank line between messages:

    # Title of the story
    people: Sam sales en; Mia management de; Max management en @other   at the second channel alone
    strangers: Otto
    customers: Airbus Hamburg (Hamburg) with Anna Lind <anna@a.example>, Eva <eva@a.example>
    customers: Airbus Hamburg (Hamburg)
    decision: rules = [{ approvals = 2 }]    lines of the playbook's [decision], here with another
    playbook: plain                   where it is not the one that ships
    edit: A further language          one that docs/playbook.md shows, made to it

    Sam: record                       types
    Sam presses: Yes                  a button that is there
    Sam presses twice: Save           with a hasty finger
    Sam presses old: Yes              a button that was there earlier
    Sam changes: Customer             the pencil beside a line of the review
    Sam sends: photo.jpg | words      a file; behind the bar what is typed with it
    Sam fills in:                     a form page; below it `question = answer`, then what is seen
    Sam@other: continue               on a second channel
    Mia sees:                         without having done anything
    ** restart **
    ** the CRM stops ** / ** the CRM starts ** / ** 2 minutes later **
    ** the CRM knows Mia as management ** / ** … as sales ** / ** the CRM has archived Mia **
    ** in the CRM Sam has to Call Ann about Spare parts by 2026-11-12 **
    ** somebody moves Call Ann in the CRM to 2026-12-24 **
    ** the website brings a lead: Fair stand, Ann Lee, ann@example.com, +49 351 1234567 **
    ** Sam plans a meeting with Ada Byron of Airbus from 16:30 to 17:30 **   in the CRM, today
    ** Sam plans a meeting about Spare parts from 16:30 to 17:15 **   what the CRM has already
    ** the meeting at Airbus is put off by 30 minutes ** / ** … is called off **
    ** a code for Kim **              a one-time code: code-for-kim, filled up with dashes
    crm:                              what the CRM holds now
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Verb = Literal["types", "presses", "presses twice", "presses old", "changes", "fills in", "sends"]

INDENT = "  "
NOTHING = "(nothing)"
"""A field of a form that stays empty."""
_ACT = re.compile(
    r"(\w+)(@other)?(?: (presses|presses twice|presses old|changes|fills in|sends))?:(.*)"
)
_SEES = re.compile(r"(\w+)(@other)? sees:")
_HAPPENS = re.compile(r"\*\* (.+) \*\*")
_REPEATED = re.compile(r"\((\d+) times\) (.+)")
_CUSTOMER = re.compile(r"(.+?)(?: \((.+?)\))?(?: with (.+))?")
_CONTACT = re.compile(r"(.+) <(.+)>")


@dataclass(frozen=True, slots=True)
class Cast:
    """Somebody of the story; a stranger has no role."""

    name: str
    role: str = ""
    language: str = "en"
    place: Literal["", "@other"] = ""
    """`@other`: at the second channel alone."""


@dataclass(frozen=True, slots=True)
class Customer:
    name: str
    city: str = ""
    contacts: tuple[tuple[str, str], ...] = ()
    """Names and e-mail addresses of people there."""

    def __str__(self) -> str:
        people = ", ".join(f"{name} <{address}>" for name, address in self.contacts)
        place = f"{self.name} ({self.city})" if self.city else self.name
        return f"{place} with {people}" if people else place


@dataclass(frozen=True, slots=True)
class Eyes:
    """Somebody at one of their channels."""

    name: str
    other: bool = False

    def __str__(self) -> str:
        return f"{self.name}@other" if self.other else self.name


@dataclass(frozen=True, slots=True)
class Block:
    """What somebody sees after a step: lines of one message each, in order."""

    eyes: Eyes
    messages: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something."""

    eyes: Eyes
    verb: Verb
    what: str
    entries: tuple[tuple[str, str], ...] = ()
    """Question and answer, where a form is filled in."""

    @property
    def typed(self) -> str:
        """The words; `(4050 times) a` stands for so many of them."""
        repeated = _REPEATED.fullmatch(self.what)
        return repeated[2] * int(repeated[1]) if repeated else self.what.replace("\\n", "\n")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that nobody of the people does."""

    what: str


@dataclass(frozen=True, slots=True)
class Crm:
    """What the CRM holds at this point."""

    lines: tuple[str, ...] = ()


Step = Act | Happening | Crm


@dataclass(frozen=True, slots=True)
class Scene:
    """A step with what everybody sees of it; the one who acts comes first."""

    step: Step
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    title: str
    people: tuple[Cast, ...]
    strangers: tuple[str, ...] = ()
    customers: tuple[Customer, ...] = ()
    decision: tuple[str, ...] = ()
    """Lines in the place of those of the shipped playbook's [decision]."""
    scenes: tuple[Scene, ...] = ()
    playbook: str = ""
    edit: str = ""
    """Heading of an edit that the docs show."""
    """Empty: the one that ships."""

    @property
    def residents(self) -> frozenset[str]:
        """Who is at the second channel alone."""
        return frozenset(one.name for one in self.people if one.place)

    @property
    def travellers(self) -> frozenset[str]:
        """Who acts or sees something on a second channel."""
        acting = (scene.step.eyes for scene in self.scenes if isinstance(scene.step, Act))
        seeing = (block.eyes for scene in self.scenes for block in scene.blocks)
        return frozenset(eyes.name for eyes in (*acting, *seeing) if eyes.other)


@dataclass
class _Open:
    """A step while its indented lines are being read."""

    step: Step
    blocks: list[tuple[Eyes, list[str]]] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)

    def closed(self) -> Scene:
        step = self.step
        match step:
            case Crm():
                return Scene(Crm(tuple(line for _, said in self.blocks for line in said if line)))
            case Act(verb="fills in"):
                step = Act(step.eyes, step.verb, step.what, tuple(map(_entry, self.entries)))
        blocks = tuple(Block(eyes, tuple(_messages(said))) for eyes, said in self.blocks)
        return Scene(step, tuple(block for block in blocks if block.messages))


def read(text: str) -> Transcript:
    """Read a transcript.

    Raises:
        ValueError: a line is none of those above; the message has it and its number.
    """
    facts: dict[str, str] = {}
    scenes: list[_Open] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("# "):
            facts["title"] = line.removeprefix("# ")
        elif fact := re.fullmatch(
            r"(people|strangers|customers|decision|playbook|edit): (.+)", line
        ):
            facts[fact[1]] = fact[2]
        elif not line or line.startswith(INDENT):
            _indented(scenes, line.removeprefix(INDENT).rstrip(), number)
        else:
            _flush_left(scenes, line, number)
    return _transcript(facts, tuple(scene.closed() for scene in scenes))


def _transcript(facts: dict[str, str], scenes: tuple[Scene, ...]) -> Transcript:
    return Transcript(
        title=facts["title"],
        people=tuple(_person(one) for one in _listed(facts, "people")),
        strangers=_listed(facts, "strangers"),
        customers=tuple(map(_customer, _listed(facts, "customers"))),
        decision=_listed(facts, "decision"),
        scenes=scenes,
        playbook=facts.get("playbook", ""),
        edit=facts.get("edit", ""),
    )


def _person(text: str) -> Cast:
    name, role, language, *place = text.split()
    return Cast(name, role, language, "@other" if place else "")


def _listed(facts: dict[str, str], name: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in facts.get(name, "").split(";") if one.strip())


def _customer(text: str) -> Customer:
    found = _CUSTOMER.fullmatch(text)
    assert found is not None
    people = [_CONTACT.fullmatch(one.strip()) for one in (found[3] or "").split(",") if one]
    return Customer(found[1], found[2] or "", tuple((one[1], one[2]) for one in people if one))


def _indented(scenes: list[_Open], line: str, number: int) -> None:
    if not scenes:
        if line:
            raise ValueError(f"line {number} belongs to nothing: {line}")
        return
    scene = scenes[-1]
    filling = isinstance(scene.step, Act) and scene.step.verb == "fills in"
    if filling and line.startswith(INDENT) and " = " in line:
        scene.entries.append(line)
    elif scene.blocks:
        scene.blocks[-1][1].append(line)


def _flush_left(scenes: list[_Open], line: str, number: int) -> None:
    if line == "crm:":
        scenes.append(_Open(Crm(), [(Eyes(""), [])]))
    elif sees := _SEES.fullmatch(line):
        scenes[-1].blocks.append((_eyes(sees), []))
    elif happens := _HAPPENS.fullmatch(line):
        scenes.append(_Open(Happening(happens[1])))
    elif act := _ACT.fullmatch(line):
        eyes = _eyes(act)
        scenes.append(_Open(Act(eyes, _verb(act[3]), act[4].strip()), [(eyes, [])]))
    else:
        raise ValueError(f"line {number} is nothing that can be done or seen: {line}")


def _eyes(found: re.Match[str]) -> Eyes:
    return Eyes(found[1], other=found[2] is not None)


def _verb(word: str | None) -> Verb:
    return word or "types"  # type: ignore[return-value] # the pattern lets only these through


def _entry(line: str) -> tuple[str, str]:
    question, _, answer = line.strip().partition(" = ")
    return question, "" if answer == NOTHING else answer


def _messages(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Lines between blank ones are a message."""
    message: list[str] = []
    for line in (*lines, ""):
        if line:
            message.append(line)
        elif message:
            yield tuple(message)
            message = []


def write(transcript: Transcript) -> str:
    """Write a transcript as `read` reads it."""
    heads = [f"# {transcript.title}"]
    people = "; ".join(map(_cast, transcript.people))
    customers = "; ".join(map(str, transcript.customers))
    listed = {
        "people": people,
        "strangers": "; ".join(transcript.strangers),
        "customers": customers,
        "decision": "; ".join(transcript.decision),
        "playbook": transcript.playbook,
        "edit": transcript.edit,
    }
    heads += [f"{name}: {what}" for name, what in listed.items() if what]
    scenes = (line for scene in transcript.scenes for line in _scene(scene))
    return "\n".join([*heads, "", *scenes]).rstrip() + "\n"


def _cast(one: Cast) -> str:
    return f"{one.name} {one.role} {one.language} {one.place}".rstrip()


def _scene(scene: Scene) -> Iterator[str]:
    step = scene.step
    yield _said(step)
    if isinstance(step, Crm):
        yield from (f"{INDENT}{line}" for line in step.lines)
        yield ""
        return
    if isinstance(step, Act):
        for question, what in step.entries:
            yield f"{INDENT}{INDENT}{question} = {what or NOTHING}"
    for block in scene.blocks:
        if not (isinstance(step, Act) and block.eyes == step.eyes):
            yield f"{block.eyes} sees:"
        yield from _block(block)
    if not scene.blocks:
        yield ""


def _said(step: Step) -> str:
    match step:
        case Act(verb="types"):
            return f"{step.eyes}: {step.what}"
        case Act():
            return f"{step.eyes} {step.verb}: {step.what}".rstrip()
        case Happening():
            return f"** {step.what} **"
        case Crm():
            return "crm:"


def _block(block: Block) -> Iterator[str]:
    for message in block.messages:
        yield from (f"{INDENT}{line}" for line in message)
        yield ""
