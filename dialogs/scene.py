"""One turn's stage: the conversation, the facts, and the few ways to show something to the person.

Knows where the person is and which message is the live one; decides nothing.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dialogs import tokens
from dialogs.answers import Moment, echo
from dialogs.flow import Dialogue, Flow
from dialogs.library import Library, Rulebook
from dialogs.lookups import Asking, Lookup
from dialogs.people import Action, Address, Person, may, who_is
from dialogs.phrases import say
from dialogs.playbook import Form, Question
from dialogs.rows import AuditLine
from dialogs.screens import View, screen
from dialogs.shows import Button, Notice, Picture, Say, Show
from dialogs.turns import LIVE, Conversation, Facts, Turn


@dataclass(frozen=True, slots=True)
class Scene:
    """What a turn works with. `in_place` is true when the live message itself was pressed."""

    library: Library
    conversation: Conversation
    facts: Facts
    in_place: bool = False

    @property
    def language(self) -> str:
        return self.facts.language

    @property
    def person(self) -> Person:
        """The person; asked for only after strangers have been turned away."""
        assert self.facts.person is not None
        return self.facts.person

    def say(self, key: str, **gaps: object) -> str:
        return say(self.language, key, **gaps)

    def may(self, action: Action) -> bool:
        """Answer whether whoever is speaking may do that, from where they speak."""
        return may(self.facts.person, action, self.facts.address)

    def denied(self) -> str:
        """Tell that the role is not enough, or that there is none any more."""
        who = who_is(self.person, self.facts.address)
        if who == "former":
            return self.say("denied_former")
        return self.say("denied", role=who)

    def refused(self, action: Action) -> Turn:
        """Refuse, and write it down."""
        told = self.notice(Notice(self.denied(), tone="warning"))
        audit = AuditLine(self.person.id, f"denied:{action}", self.facts.event_id)
        return replace(told, audit=(audit,))

    def rules(self, dialogue: Dialogue) -> Rulebook:
        return self.library.of(dialogue.playbook)

    def form(self, dialogue: Dialogue) -> Form:
        return self.flow(dialogue).form

    def flow(self, dialogue: Dialogue) -> Flow:
        return self.rules(dialogue).flows[dialogue.form]

    def question(self, dialogue: Dialogue) -> Question | None:
        """The question on which it stands."""
        return self.flow(dialogue).question(dialogue)

    def moment(self, rules: Rulebook) -> Moment:
        """The time and manners by which an answer is read: the person's own."""
        currency = rules.playbook.currency
        return _moment(self.facts.at, self.person.zone, self.language, currency)

    def colleague(self, person: str) -> str:
        """The name of somebody by their id, or a word for who is not known any more."""
        found = self.facts.people.persons.get(person)
        return found.name if found else self.say("somebody")

    def day(self, day: date) -> str:
        """A date as the person reads it."""
        return echo.day(day, self.language)

    def view(self, dialogue: Dialogue, number: int | None = None) -> View:
        rules = self.rules(dialogue)
        shown = self.conversation.screen if number is None else number
        return View(rules, self.conversation.id, shown, dialogue, self.moment(rules))

    @property
    def home(self) -> Address | None:
        """Where dialogues with the person are led: never in a chat that others read."""
        return self.conversation.address or own_address(self.facts)

    def live(self, dialogue: Dialogue, refusal: str = "", remark: str = "") -> Turn:
        """Show the dialogue where it stands, as the new live message or in its place."""
        return self._shown(dialogue, self.conversation.screen + 1, refusal, remark)

    def stale(self, dialogue: Dialogue) -> Turn:
        """Show it once more, with buttons that mean the same: who presses fast may go on."""
        return self._shown(dialogue, self.conversation.screen, self.say("stale"))

    def _shown(self, dialogue: Dialogue, number: int, refusal: str, remark: str = "") -> Turn:
        shown = screen(self.view(dialogue, number), refusal, remark)
        others = (one for one in self.conversation.dialogues if one.id != dialogue.id)
        dialogues = (*others, dialogue)
        kept = replace(self.conversation, screen=number, live=self.home, dialogues=dialogues)
        return Turn(kept, self._says(shown, LIVE))

    def closing(self, notice: Notice) -> Turn:
        """Put a notice in the live message's place: the dialogue is over."""
        kept = replace(self.conversation, live=None)
        return Turn(kept, self._says(notice, LIVE))

    def notice(self, notice: Notice, slot: str = "") -> Turn:
        """Say something beside the dialogue; an empty slot is a message of its own."""
        return Turn(self.conversation, self._says(notice, slot or f"n:{self.facts.event_id}"))

    def asking(
        self, lookup: Lookup, purpose: str, subject: str = "", patience_ms: int | None = 4_000
    ) -> Turn:
        """Ask the CRM, and say no more before it answers."""
        return Turn(self.conversation, asks=(Asking(lookup, purpose, subject, patience_ms),))

    def shown(self, picture: Picture) -> Turn:
        """Show a picture beside the dialogue, as a message of its own."""
        return Turn(self.conversation, self._says(picture, f"p:{self.facts.event_id}"))

    def inform(self, person: Person, notice: Notice) -> tuple[Say, ...]:
        """Tell somebody else something, where they spoke last."""
        slot = f"n:{self.facts.event_id}"
        return tuple(Say(address, slot, notice) for address in person.addresses[:1])

    def menu(self) -> tuple[Button, ...]:
        """What this person can begin, as buttons."""
        rules = self.library.current
        forms = [one for one in rules.playbook.forms if one.words and may(self.person, one.action)]
        starts = tuple(self.starts(one) for one in forms if one.menu and not one.moves)
        words = ("pending",) if may(self.person, "decide") else ("status",)
        return (*starts, *(self.word(word) for word in words))

    def starts(
        self, form: Form, case: str = "", text: str = "", *, offered: bool = False
    ) -> Button:
        """A button that begins the form, for that case if it needs one.

        With the form's own words it is an offer, which says what `offered` questions ask.
        """
        offers = any(one.offered for one in form.questions) and (offered or not text)
        text = text or (form.description or form.title).of(self.language)
        args = (form.id, case) if case else (form.id,)
        code = "offer" if offers else "start"
        return Button(text, tokens.free(self.conversation.id, code, *args))

    def resumes(self, dialogue: Dialogue) -> Button:
        name = self.name(dialogue)
        token = tokens.free(self.conversation.id, "resume", dialogue.id)
        return Button(self.say("continue", title=name), token)

    def word(self, word: str) -> Button:
        return Button(self.say(f"word_{word}"), tokens.free(self.conversation.id, "word", word))

    def name(self, dialogue: Dialogue) -> str:
        """The dialogue's title with the customer, as headings show it."""
        form = self.form(dialogue).title.of(self.language)
        return self.say("heading", form=form, about=dialogue.about) if dialogue.about else form

    def _says(self, show: Show, slot: str) -> tuple[Say, ...]:
        address = self.home
        if address is None:
            return ()
        live = self.conversation.live
        standing = slot == LIVE and live is not None and live.place == address.place
        edit = standing and self.in_place
        return (Say(address, slot, show, edit=edit, above=standing and not edit),)


@lru_cache(maxsize=256)
def _moment(at: datetime, zone: str, language: str, currency: str) -> Moment:
    """A turn asks several times for the same one."""
    return Moment(now=at.astimezone(ZoneInfo(zone)), language=language, currency=currency)


def own_address(facts: Facts) -> Address | None:
    """The person's own chat on the channel they came from, or on any, or where they spoke."""
    known = facts.person.addresses if facts.person else ()
    came = facts.address
    same = [one for one in known if came is not None and one.channel == came.channel]
    return next(iter((*same, *known)), came)


def follow(first: Turn, then: Turn) -> Turn:
    """One turn after the other, as one: what both yield, with the later conversation.

    A question that the later one asks anew is not asked twice.
    """
    asked = {one.address for one in then.says if _asks(one)}
    says = tuple(one for one in first.says if not (_asks(one) and one.address in asked))
    return Turn(
        conversation=then.conversation,
        says=says + then.says,
        reply=then.reply or first.reply,
        cases=first.cases + then.cases,
        deliveries=first.deliveries + then.deliveries,
        searches=first.searches + then.searches,
        asks=first.asks + then.asks,
        inquiries=first.inquiries + then.inquiries,
        invitations=first.invitations + then.invitations,
        approvals=first.approvals + then.approvals,
        ruling=then.ruling or first.ruling,
        votes=first.votes + then.votes,
        tells=first.tells + then.tells,
        person=then.person or first.person,
        people=first.people + then.people,
        burnt=first.burnt + then.burnt,
        audit=first.audit + then.audit,
        timers=first.timers + then.timers,
        cancelled=first.cancelled + then.cancelled,
        key=then.key or first.key,
        forged=first.forged or then.forged,
    )


def _asks(say: Say) -> bool:
    return say.slot == LIVE and say.show.type in {"ask", "review"}
