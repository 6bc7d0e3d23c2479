"""A story's stage: the people at their platforms, the program, the CRM behind it.

`perform` lets one step happen and returns when nothing moves any more; what is to be seen then is
the players' question.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from adapters.ledger import LedgerCrm
from bot.invitations import keep_code
from bot.lead_watch import NAME, OVERLAP_MS
from bot.wiring import LEDGER, open_crm
from dialogs.books import Books
from dialogs.linkcodes import LENGTH
from dialogs.people import CRM_GROUPS, Person
from dialogs.ports import Channel, Crm
from tests.changes import changed
from tests.dialogs.edited import decided_by
from tests.transcripts.calendars import Calendar, Diary, LedgerCalendar, today
from tests.transcripts.clock import StillClock
from tests.transcripts.crm_text import LedgerReader, Opportunity
from tests.transcripts.installation import Installation, OpenCrm
from tests.transcripts.platforms import CONTENTS, Platform, Somebody
from tests.transcripts.seeing import ACCOUNT
from tests.transcripts.switch import Switched
from tests.transcripts.transcript import Act, Cast, Customer, Eyes, Happening, Step, Transcript

_LATER = re.compile(r"(\d+) (second|minute|hour|day)s? later")
_CODED = re.compile(r"a code for (\w+)")
_KNOWN = re.compile(r"the CRM knows (\w+) as (sales|management)")
_ARCHIVED = re.compile(r"the CRM has archived (\w+)")
_HAS_TO = re.compile(r"in the CRM (\w+) has to (.+) about (.+) by ([\d-]+)")
_MOVES = re.compile(r"somebody moves (.+) in the CRM to ([\d-]+)")
_COMES_IN = re.compile(r"the website brings a lead: ([^,]+), ([^,]+), ([^,]+), ([^,]+)")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


def _added(crm: Any, one: Customer) -> None:
    """The company and its people, in the ledger."""
    company = crm.add_customer(one.name, one.city)
    for name, address in one.contacts:
        crm.add_contact(company, name, address)


@dataclass
class Behind:
    """The CRM of a story. The defaults are the ledger."""

    variables: dict[str, str] = field(default_factory=dict)
    open: OpenCrm = open_crm
    add_customer: Callable[[Crm, Customer], object] = _added
    login: Callable[[Cast], tuple[str, int] | None] = lambda _: None
    """Login and id of a person's user."""
    switch: Callable[[Switched, bool], None] = lambda crm, on: crm.turn(on=on)
    """Let it go away, or be there again."""
    add_lead: Callable[[Crm, str, Mapping[str, str]], int] = lambda crm, title, fields: (
        crm.add_lead(title, **fields)  # type: ignore[attr-defined] # the ledger's own
    )
    """Let a lead come in by itself; its id."""
    add_task: Callable[[Crm, int, str, str, str], object] = lambda crm, *facts: crm.add_task(
        *facts, ""
    )  # type: ignore[attr-defined] # the ledger's own
    """Give somebody an activity: opportunity, name, summary, due date."""
    move_task: Callable[[Crm, str, str], object] = lambda crm, *facts: crm.move_task(*facts)  # type: ignore[attr-defined] # the ledger's own
    """As a person in the CRM: the activity of that summary gets another due date."""
    calendar: Calendar = field(default_factory=LedgerCalendar)
    opportunities: Callable[[Crm], Sequence[Opportunity]] | None = None
    """None reads the ledger's file."""


@dataclass
class Stage:
    """Everybody and everything of one story."""

    story: Transcript
    clock: StillClock
    house: Installation
    behind: Behind
    platforms: tuple[Platform, ...]
    """The first is everybody's, the second that of `@other`."""
    people: dict[Eyes, Somebody]
    codes: int = 0
    """Link codes made so far."""
    diary: Diary = field(init=False)

    def __post_init__(self) -> None:
        self.diary = Diary(self.behind.calendar)

    def platform(self, eyes: Eyes) -> Platform:
        return self.platforms[_seat(self.story, eyes)]

    async def perform(self, step: Step) -> None:
        match step:
            case Act():
                await self._act(self.people[step.eyes], step)
            case Happening():
                await self._happen(step.what)
        await self.settle()

    async def settle(self) -> None:
        """Both ways twice: what the program shows may come back to it as an event."""
        for _ in range(2):
            for platform in self.platforms:
                await platform.settle()
            await self.house.rest()
        for platform in self.platforms:
            await platform.settle()

    async def _act(self, somebody: Somebody, act: Act) -> None:
        match act.verb:
            case "types":
                await somebody.types(act.typed)
            case "presses":
                await somebody.presses(act.what)
            case "presses twice":
                await somebody.presses(act.what, times=2)
            case "presses old":
                await somebody.presses_old(act.what)
            case "changes":
                await somebody.changes(act.what)
            case "sends":
                name, _, caption = act.what.partition(" | ")
                await somebody.sends(name, CONTENTS[Path(name).suffix], caption)
            case "fills in":
                await somebody.fills_in(act.entries)

    async def _happen(self, what: str) -> None:
        if later := _LATER.fullmatch(what):
            self.clock.turn(int(later[1]) * _SECONDS[later[2]])
            await self.house.was_never_away()
            await self.house.program.calendar.look()
            await self.house.rest()
            await self.house.catch_up()
        elif what == "restart":
            await self.house.restart()
            await self._connect()
        elif what in {"the CRM stops", "the CRM starts"}:
            await asyncio.to_thread(self.behind.switch, self.house.crm, what.endswith("starts"))
        elif coded := _CODED.fullmatch(what):
            await self._code(coded[1])
        elif known := _KNOWN.fullmatch(what):
            await self._know(known[1], known[2])
        elif archived := _ARCHIVED.fullmatch(what):
            await self._archive(archived[1])
        elif not await self._in_crm(what):
            raise ValueError(f"nobody knows how this happens: {what}")

    async def _in_crm(self, what: str) -> bool:
        """What people do there; False when it is nothing of theirs."""
        crm, now = self.house.crm.crm, today(self.clock.now())
        if has_to := _HAS_TO.fullmatch(what):
            await asyncio.to_thread(self._gives_task, has_to)
        elif moves := _MOVES.fullmatch(what):
            await asyncio.to_thread(self.behind.move_task, crm, moves[1], moves[2])
        elif comes := _COMES_IN.fullmatch(what):
            await self._comes_in(comes)
        else:
            return await asyncio.to_thread(self.diary.happens, crm, what, now)
        return True

    def names(self, eyes: Eyes) -> dict[str, str]:
        """What each platform writes in its own way, by what stands for it in a story."""
        chats = {f"<{one}'s chat>": _chat(self.people[one]) for one in self.people}
        return {ACCOUNT: self.people[eyes].link, **chats}

    async def _code(self, name: str) -> None:
        """Make a link code; somebody unheard of is made known, without an account."""
        self.codes += 1
        number = "" if self.codes == 1 else str(self.codes)
        text = f"code-for-{name.lower()}".ljust(LENGTH - len(number), "-") + number
        known = self.house.program.people.directory.persons
        person = known.get(name.lower()) or Person(name.lower(), name, "sales")
        now = self.clock.now()

        def keep(books: Books) -> None:
            books.keep_person(person)
            keep_code(books, text, person, now)
            self.house.program.people.refresh(books)

        await self.house.program.core.do(keep)

    async def _know(self, name: str, role: str) -> None:
        """Let the ledger know somebody as its user, in the group of that role; Odoo does anyway."""
        login, ledger = f"{name.lower()}@example.com", self.house.crm.crm
        if not isinstance(ledger, LedgerCrm):
            return
        groups = [group for group, made in CRM_GROUPS.items() if made == role]
        staff = ledger.add_staff(name, login, groups)
        person = self.house.program.people.directory.persons[name.lower()]

        def keep(books: Books) -> None:
            books.keep_person(replace(person, login=login, crm_user=staff.user))
            self.house.program.people.refresh(books)

        await self.house.program.core.do(keep)

    async def _archive(self, name: str) -> None:
        """Let the ledger lose somebody, and half a minute pass."""
        ledger = self.house.crm.crm
        assert isinstance(ledger, LedgerCrm)
        ledger.remove_staff(f"{name.lower()}@example.com")
        await self.house.program.roll_call.look()

    async def _comes_in(self, found: re.Match[str]) -> None:
        """A lead from the website, and the look of the program that finds it.

        The CRM's clock is the world's, the program's stands still: it looks at all that ever came.
        """
        title, contact, email, phone = found.groups()
        fields = {"contact_name": contact, "email_from": email, "phone": phone}
        crm = self.house.crm.crm
        lead = await asyncio.to_thread(self.behind.add_lead, crm, title, fields)
        self.diary.opportunities[title] = lead
        await self.house.program.core.do(lambda books: books.worked(NAME, OVERLAP_MS))
        await self.house.program.leads.look()

    def _gives_task(self, found: re.Match[str]) -> None:
        crm, (name, summary, title, due) = self.house.crm.crm, found.groups()
        lead = self.behind.add_lead(crm, title, {})
        self.diary.opportunities[title] = lead
        self.behind.add_task(crm, lead, name, summary, due)

    async def _connect(self) -> None:
        for platform in self.platforms:
            await platform.connect(self.house.url)

    def crm(self) -> Sequence[Opportunity]:
        ledger = LedgerReader(self.house.settings.data / LEDGER).opportunities
        return (self.behind.opportunities or ledger)(self.house.crm.crm)

    @classmethod
    @asynccontextmanager
    async def set(
        cls,
        story: Transcript,
        folder: Path,
        clock: StillClock,
        platforms: Sequence[Platform],
        *,
        behind: Behind | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> AsyncIterator["Stage"]:
        """Put everybody in place, start the program, and end it all with the block."""
        behind = behind or Behind(open=partial(open_crm, clock=clock))
        used = tuple(platforms[: 2 if story.travellers or story.residents else 1])
        async with AsyncExitStack() as there:
            for platform in used:
                await there.enter_async_context(platform.running())
            house = partial(Installation, folder, clock, channels=lambda: _channels(used))
            chosen = {"DEALDESK_PLAYBOOK": story.playbook} if story.playbook else {}
            edited = {**behind.variables, **chosen, **_playbook(folder, story)}
            given = {**_variables(used), **edited, **(variables or {})}
            install = partial(house, variables=given)
            async with cls._played(story, clock, used, behind, install) as stage:
                yield stage

    @classmethod
    @asynccontextmanager
    async def _played(
        cls,
        story: Transcript,
        clock: StillClock,
        used: tuple[Platform, ...],
        behind: Behind,
        install: Callable[..., Installation],
    ) -> AsyncIterator["Stage"]:
        people = dict(_somebodies(story, used))
        persons = [_person(one, people, behind) for one in story.people]
        async with install(people=persons, crm=behind.open) as house:
            stage = cls(story, clock, house, behind, used, people)
            for customer in story.customers:
                behind.add_customer(house.crm.crm, customer)
            await stage._connect()
            await stage.settle()
            yield stage


def _seat(story: Transcript, eyes: Eyes) -> int:
    """At which of the platforms that is."""
    return int(eyes.other or eyes.name in story.residents)


def _playbook(folder: Path, story: Transcript) -> dict[str, str]:
    """The shipped playbook with the story's edits."""
    if not story.decision and not story.edit:
        return {}
    path = folder / "edited.toml"
    edit = story.edit and changed(story.playbook, story.edit)
    path.write_text(edit or decided_by(story.decision), encoding="utf-8")
    return {"DEALDESK_PLAYBOOK": str(path)}


def _chat(somebody: Somebody) -> str:
    """How dealdesk names a chat."""
    return f"{somebody.address.channel.capitalize()} ({somebody.address.account})"


def _variables(platforms: Sequence[Platform]) -> dict[str, str]:
    return {name: value for one in platforms for name, value in one.variables.items()}


def _channels(platforms: Sequence[Platform]) -> dict[str, Channel]:
    return {name: made for one in platforms for name, made in one.channels().items()}


def _somebodies(
    story: Transcript, platforms: Sequence[Platform]
) -> Sequence[tuple[Eyes, Somebody]]:
    languages = {one.name: one.language for one in story.people}
    strangers = [name for name in story.strangers if platforms[0].strangers]
    firsts = [Eyes(name) for name in (*languages, *strangers)]
    others = [Eyes(name, other=True) for name in languages if name in story.travellers]
    return [
        (eyes, platforms[_seat(story, eyes)].somebody(eyes.name, languages.get(eyes.name, "en")))
        for eyes in firsts + others
    ]


def _person(one: Cast, people: dict[Eyes, Somebody], behind: Behind) -> Person:
    seats = [eyes for eyes in people if eyes.name == one.name]
    login, user = behind.login(one) or (None, None)
    return Person(
        id=one.name.lower(),
        name=one.name,
        role=one.role,  # type: ignore[arg-type] # a wrong one fails at the first press
        language=one.language,
        login=login,
        crm_user=user,
        addresses=tuple(people[eyes].address for eyes in seats),
    )
