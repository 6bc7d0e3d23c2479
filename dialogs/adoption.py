"""The word of whoever looks after a customer for whom a colleague recorded: fine, or I take it.

Taken over, the case changes hands in the conversation of whoever has it, where all that happens to
it is in one order; then the new owner's conversation makes the entry for the CRM.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from dialogs import enquiries, handover, leads, moves, reowned
from dialogs.answers import echo
from dialogs.case import Case
from dialogs.crm import Delivery, Hands, Note
from dialogs.entries import about, keeping, staff
from dialogs.keeper_events import Adopted, Adopting, KeeperEvent, Recorded, Settled
from dialogs.listing import listed
from dialogs.people import Person
from dialogs.phrases import say
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Button, Link, Notice, Row
from dialogs.tokens import free
from dialogs.turns import Conversation, Tell, Turn, Wants

KIND = "adopt"
"""What the entry of a case that was taken over is called in the CRM's keys."""
FINE, MINE = "fine", "mine"
"""The codes of the two buttons."""
MOST = 30
"""Records of colleagues kept for one person; the oldest give way."""


def wanted(conversation: Conversation, event: KeeperEvent) -> Wants:
    """The case, and the question about it where it may change hands."""
    match event:
        case Recorded():
            return Wants(cases=(event.case,))
        case Settled():
            return Wants()
        case Adopting():
            return handover.wanted(conversation, event.case)
        case Adopted():
            return Wants((event.case,), (event.approval,) if event.approval else ())


def pressed(conversation: Conversation, record: str) -> Wants:
    """What a press looks at."""
    one = _kept(conversation, record)
    return Wants(cases=(one.case,)) if one else Wants()


def _kept(conversation: Conversation, record: str) -> Recorded | None:
    return next((one for one in conversation.recorded if one.record == record), None)


def heard(scene: Scene, event: KeeperEvent) -> Turn:
    """What colleagues tell each other about it."""
    match event:
        case Recorded():
            return _told(scene, event)
        case Settled():
            name = scene.colleague(event.by)
            said = scene.say(f"settled_{event.how}", name=name, title=event.title)
            return scene.notice(Notice(said, "good" if event.how == "allowed" else "info"))
        case Adopting():
            return _given(scene, event)
        case Adopted():
            return _taken(scene, event)


def _told(scene: Scene, one: Recorded) -> Turn:
    """Tell who recorded what for whom, with both answers as buttons."""
    case = scene.facts.cases.get(one.case)
    theirs = case is None or case.owner == scene.person.id
    key = "recorded_theirs" if theirs else "recorded_customer"
    said = scene.say(key, name=scene.colleague(one.by), title=one.title, customer=one.customer)
    talk = scene.conversation.id
    buttons = (
        Button(scene.say("recorded_fine"), free(talk, FINE, one.record), style="primary"),
        Button(scene.say("recorded_mine"), free(talk, MINE, one.record)),
    )
    shown = Notice(
        said,
        rows=tuple(_rows(scene, one)),
        buttons=buttons if scene.may("adopt") else (),
        link=Link(scene.say("open_crm"), one.url) if one.url else None,
    )
    return replace(scene, conversation=_keeping(scene, one)).notice(shown, _slot(one))


def _rows(scene: Scene, one: Recorded) -> Iterator[Row]:
    form = scene.library.current.playbook.form_by_id.get(one.what)
    if form is not None:
        yield Row(scene.say("recorded_what"), form.title.of(scene.language))
    if one.customer:
        yield Row(scene.say("recorded_who"), one.customer)
    yield Row(scene.say("recorded_by"), scene.colleague(one.by))
    at = datetime.fromtimestamp(one.at / 1000, UTC)
    zone = scene.moment(scene.library.current).now.tzinfo
    yield Row(scene.say("recorded_when"), echo.moment(at.astimezone(zone), scene.language))


def _slot(one: Recorded) -> str:
    return f"recorded:{one.record}"


def _keeping(scene: Scene, one: Recorded) -> Conversation:
    others = (each for each in scene.conversation.recorded if each.record != one.record)
    return replace(scene.conversation, recorded=(*others, one)[-MOST:])


def allow(scene: Scene, record: str) -> Turn:
    """It stays with whoever recorded it."""
    one, no = _waiting(scene, record)
    if one is None:
        return scene.notice(Notice(no, tone="warning"))
    event = Settled(one.title, scene.person.id, "allowed")
    return replace(
        _answered(scene, one, "allowed"),
        tells=(Tell(f"settled:{one.record}", one.by, event),),
        audit=(AuditLine(scene.person.id, "allowed", one.case),),
    )


def take(scene: Scene, record: str) -> Turn:
    """The case goes to whoever looks after the customer; where it is theirs, the tasks do."""
    one, no = _waiting(scene, record)
    case = scene.facts.cases.get(one.case) if one else None
    no = no or (_too_late(scene, one, case) if one else "")
    if no or one is None:
        return scene.notice(Notice(no, tone="warning"))
    turn = _answered(scene, one, "adopted")
    others = scene.facts.people.persons.keys() - {scene.person.id}
    if case is not None and case.owner in others:
        event = Adopting(one.record, case.id, scene.person.id)
        key = f"adopting:{one.record}:{scene.facts.event_id}"
        return replace(turn, tells=(Tell(key, case.owner, event),))
    return follow(turn, _gone_on(replace(scene, conversation=turn.conversation), one, case))


def _waiting(scene: Scene, record: str) -> tuple[Recorded | None, str]:
    """The record while nothing was said to it, else why there is nothing to say."""
    one = _kept(scene.conversation, record)
    if one is None:
        return None, scene.say("recorded_gone")
    if one.answer:
        key = f"recorded_was_{one.answer}"
        return None, scene.say(key, title=one.title, name=scene.colleague(one.by))
    return one, ""


def _too_late(scene: Scene, one: Recorded, case: Case | None) -> str:
    """Why the case can't be taken over by now; empty when it can."""
    if case is None:
        return scene.say("gone_case") if one.lead is None else ""
    if case.owner not in {scene.person.id, one.by}:
        return scene.say("lead_taken", title=case.title, name=scene.colleague(case.owner))
    if case.closed:
        return scene.say("adopt_closed", title=case.title)
    step = scene.library.of(case.playbook).playbook.steps[case.step]
    if not _over(scene, case):
        return ""
    return scene.say("adopt_over", title=case.title, step=step.title.of(scene.language))


def _over(scene: Scene, case: Case) -> bool:
    step = scene.library.of(case.playbook).playbook.steps[case.step]
    return case.closed or step.over or not step.then


def _answered(scene: Scene, one: Recorded, answer: Literal["allowed", "adopted"]) -> Turn:
    """What was said, in the place of the message and its buttons."""
    kept = _keeping(scene, replace(one, answer=answer))
    said = scene.say(f"recorded_{answer}", title=one.title, name=scene.colleague(one.by))
    link = Link(scene.say("open_crm"), one.url) if one.url else None
    shown = Notice(said, "good", rows=tuple(_rows(scene, one)), link=link)
    told = replace(scene, conversation=kept).notice(shown, _slot(one))
    return replace(told, says=tuple(replace(each, edit=True) for each in told.says))


def _gone_on(scene: Scene, one: Recorded, case: Case | None) -> Turn:
    """What is to be done of the record becomes the person's: the opportunity is, or is nobody's."""
    rules = scene.library.of(case.playbook) if case else scene.library.current
    known = case or leads.standing(scene, rules, one.lead or 0, one.title)
    mine = replace(known, owner=scene.person.id)
    event = Settled(one.title, scene.person.id, "adopted")
    keys = (one.key,) if known.owner == mine.owner else known.deliveries
    entered = _entered(scene, mine, one.by, keys)
    return replace(
        entered,
        conversation=listed(scene.conversation, rules, entered.cases[0]),
        tells=(Tell(f"settled:{one.record}", one.by, event),),
        audit=(AuditLine(scene.person.id, f"adopted:{known.owner}", mine.id),),
    )


def _given(scene: Scene, event: Adopting) -> Turn:
    """In the conversation of whoever has the case: it goes, if it is still theirs to give."""
    case = scene.facts.cases.get(event.case)
    heir = scene.facts.people.persons.get(event.by)
    key, me = f"adopted:{event.record}:{scene.facts.event_id}", scene.person.id
    if heir is None:
        return Turn(scene.conversation)
    if case is None or case.owner != me or _over(scene, case):
        title = case.title if case else ""
        late = Adopted(event.record, event.case, me, title, done=False)
        return Turn(scene.conversation, tells=(Tell(key, heir.id, late),))
    helpers = tuple(one for one in dict.fromkeys((*case.helpers, me)) if one != heir.id)
    given = replace(case, owner=heir.id, helpers=helpers)
    left = tuple(one for one in scene.conversation.cases if one.id != case.id)
    stage = replace(scene, conversation=replace(scene.conversation, cases=left))
    link = Link(scene.say("open_crm"), case.url) if case.url else None
    said = scene.say("adopt_given", name=heir.name, title=case.title)
    told = replace(
        stage.notice(Notice(said, link=link)),
        cases=(given,),
        tells=(Tell(key, heir.id, Adopted(event.record, case.id, me, case.title, case.approval)),),
        audit=(AuditLine(heir.id, f"adopted:{me}", case.id),),
    )
    return follow(told, reowned.question(stage, given, heir))


def _taken(scene: Scene, event: Adopted) -> Turn:
    """In the new owner's conversation: the case, the entry for the CRM, what comes next."""
    case, one = scene.facts.cases.get(event.case), _kept(scene.conversation, event.record)
    name = scene.colleague(event.by)
    if case is None or not event.done or case.owner != scene.person.id:
        again = _keeping(scene, replace(one, answer="")) if one else scene.conversation
        said = scene.say("adopt_failed", title=event.title, name=name)
        return replace(scene, conversation=again).notice(Notice(said, tone="warning"))
    entered = _entered(scene, case, event.by, case.deliveries)
    rules = scene.library.of(case.playbook)
    listing = listed(scene.conversation, rules, entered.cases[0])
    link = Link(scene.say("open_crm"), case.url) if case.url else None
    said = scene.say("adopt_yours", title=case.title, name=name)
    shown = Notice(said, "good", buttons=tuple(_next(scene, event, case)), link=link)
    told = replace(scene, conversation=listing).notice(shown)
    return replace(told, cases=entered.cases, deliveries=entered.deliveries)


def _next(scene: Scene, event: Adopted, case: Case) -> Iterator[Button]:
    """What comes next, and what management has asked and nobody answered."""
    approval = scene.facts.approvals.get(event.approval)
    if approval is not None and approval.status == "open":
        yield from enquiries.unanswered(scene, approval)
    yield from (scene.starts(form, case.id) for form in moves.going_on(scene, case))


def _entered(scene: Scene, case: Case, former: str, keys: tuple[str, ...]) -> Turn:
    """The opportunity and what is still to be done there become the person's."""
    delivery = _delivery(scene, case, scene.facts.people.persons.get(former), keys)
    return Turn(scene.conversation, cases=(keeping(case, delivery),), deliveries=(delivery,))


def _delivery(scene: Scene, case: Case, former: Person | None, keys: tuple[str, ...]) -> Delivery:
    language = scene.library.of(case.playbook).playbook.language
    rows = ((say(language, "adopt_from"), former.name),) if former else ()
    note = Note(say(language, "adopt_note"), rows)
    return replace(
        about(case, KIND, scene.person, scene.person, note),
        passed_on=True,
        team=case.team or None,
        hands=Hands(keys, staff(former)) if former else None,
    )
