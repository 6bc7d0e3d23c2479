"""One message a day, when the working day begins: what is due, open, stalled, not recorded.

Its parts come one after another: the calendar's word about the meetings, then the tasks. Nothing
to tell is no message.
"""

from collections.abc import Iterator
from dataclasses import replace

from dialogs import decision, follow_ups, lead_news, meetings, requests
from dialogs import duties as tasks
from dialogs.agenda import Agenda
from dialogs.entries import staff
from dialogs.events import DayBegun, LookedUp
from dialogs.follow_ups import here, hours, rests
from dialogs.lookups import Duties, DutyList
from dialogs.scene import Scene
from dialogs.shows import Button, Notice, Row
from dialogs.turns import CaseRef, FollowUp, Turn

PURPOSE, MEETINGS = "digest", "digest_meetings"
SHOWN = 5
"""Lines of one kind; the rest is a number."""
DAY_MS = 24 * 3_600_000


def begun(scene: Scene, event: DayBegun) -> Turn:
    """Note where the cases stand, and begin to gather."""
    del event  # one a day: the key under which it came says so
    stage = replace(scene, conversation=replace(scene.conversation, cases=_noted(scene)))
    if rests(stage):
        return Turn(stage.conversation)
    waiting = follow_ups.open_ones(stage.conversation, scene.facts.now)
    if not waiting:
        return _tasks(stage)
    first = min(one.meeting.start for one in waiting)
    lookup = Agenda((staff(scene.person),), first, scene.facts.now)
    return stage.asking(lookup, MEETINGS, patience_ms=None)


def _noted(scene: Scene) -> tuple[CaseRef, ...]:
    """The cases with the day since when they stand as they do."""
    now = scene.facts.now
    return tuple(one if one.since else replace(one, since=now) for one in scene.conversation.cases)


def of_meetings(scene: Scene, event: LookedUp) -> Turn:
    """Leave out those that were called off or recorded; then go on to the tasks."""
    waiting = follow_ups.open_ones(scene.conversation, scene.facts.now)
    over = [one for one in waiting if not meetings.still_open(scene, one, event)]
    return _tasks(replace(scene, conversation=meetings.gone(scene, over).conversation))


def _tasks(scene: Scene) -> Turn:
    today = here(scene).date().isoformat()
    return scene.asking(Duties(staff(scene.person), today, SHOWN), PURPOSE, patience_ms=None)


def shown(scene: Scene, event: LookedUp) -> Turn:
    """All of it in one message. Too late in the day it is tomorrow's."""
    duties = event.answer if isinstance(event.answer, DutyList) else DutyList(())
    waiting = follow_ups.open_ones(scene.conversation, scene.facts.now)
    late = lead_news.late(scene)[:SHOWN]
    rows = (
        *lead_news.rows(scene, late),
        *_due(scene, duties),
        *_decisions(scene),
        *requests.rows_of_all(scene, SHOWN),
        *_stalled(scene),
        *_unrecorded(scene, waiting),
    )
    if not rows or rests(scene):
        return Turn(scene.conversation)
    heard = lead_news.told(scene, late)
    kept = heard.conversation
    for one in waiting:
        told = replace(one, state="asked", asked=scene.facts.now)
        kept = follow_ups.kept(kept, told, scene.facts.now)
    text = scene.say("digest", day=scene.day(here(scene).date()))
    buttons = (*lead_news.buttons(scene, late), *_ways(scene, duties, waiting))
    notice = Notice(text, rows=rows, buttons=buttons)
    return replace(replace(scene, conversation=kept).notice(notice), cases=heard.cases)


def _due(scene: Scene, duties: DutyList) -> Iterator[Row]:
    """As `tasks` lists them."""
    for number, duty in enumerate(duties.duties, start=1):
        yield tasks.row(scene, number, duty)
    if duties.more:
        yield Row(scene.say("digest_tasks"), scene.say("digest_more", count=duties.more))


def _decisions(scene: Scene) -> Iterator[Row]:
    waiting = _decidable(scene)
    if waiting:
        yield Row(scene.say("digest_decisions"), _some(scene, waiting))


def _decidable(scene: Scene) -> list[str]:
    """Titles of what waits for this person's decision."""
    return [one.case.title for one in decision.asked_of(scene)] if scene.may("decide") else []


def _some(scene: Scene, titles: list[str]) -> str:
    more = [scene.say("digest_more", count=len(titles) - SHOWN)] if len(titles) > SHOWN else []
    return ", ".join((*titles[:SHOWN], *more))


def _stalled(scene: Scene) -> Iterator[Row]:
    steps, stalled = scene.library.current.playbook.steps, _standing_still(scene)
    for one in stalled[:SHOWN]:
        step = steps[one.step].title.of(scene.language) if one.step in steps else one.step
        label = scene.say("digest_stalled", days=_days(scene, one))
        yield Row(label, f"{one.title} · {step}")
    if len(stalled) > SHOWN:
        more = scene.say("digest_more", count=len(stalled) - SHOWN)
        yield Row(scene.say("word_status"), more)


def _standing_still(scene: Scene) -> list[CaseRef]:
    """Cases that nothing happened to for long: not those that are lost, or parked on purpose."""
    steps, longest = scene.library.current.playbook.steps, hours(scene).stalled
    aside = {step.id for step in steps.values() if step.outcome}
    return [
        one
        for one in scene.conversation.cases
        if one.step not in aside and _days(scene, one) >= longest
    ]


def _days(scene: Scene, case: CaseRef) -> int:
    return (scene.facts.now - case.since) // DAY_MS if case.since else 0


def _unrecorded(scene: Scene, waiting: tuple[FollowUp, ...]) -> Iterator[Row]:
    for one in waiting:
        about = f"{one.meeting.about} · {meetings.span(scene, one.meeting)}"
        yield Row(scene.say("digest_unrecorded"), about)


def _ways(scene: Scene, duties: DutyList, waiting: tuple[FollowUp, ...]) -> Iterator[Button]:
    for one in waiting[:SHOWN]:
        text = scene.say("digest_record", about=one.meeting.about)
        yield meetings.button(scene, one.meeting, meetings.OPEN, text)
    for number, duty in enumerate(duties.duties, start=1):
        yield tasks.opens(scene, number, duty)
    if duties.duties:
        yield scene.word("tasks")
    for mine in requests.waiting(scene)[:SHOWN]:
        yield from requests.hearing(scene, mine)
    if _decidable(scene):
        yield scene.word("pending")
    if _standing_still(scene):
        yield scene.word("status")
