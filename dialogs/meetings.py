"""A customer meeting has ended: its host is asked, while they still know, to record it.

Asked is where they spoke last, once; in quiet times the next digest tells it. What the calendar
says now is looked at again before anybody is asked a second time.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from dialogs import bound, follow_ups, recording, tokens
from dialogs.agenda import Agenda, Engagement, MeetingList, recorded
from dialogs.answers import echo
from dialogs.entries import staff
from dialogs.events import Fired, LookedUp, MeetingEnded
from dialogs.follow_ups import at_home, here, in_an_hour, rests, tonight
from dialogs.scene import Scene, follow
from dialogs.shows import Button, Notice, Row
from dialogs.turns import FollowUp, Timer, Turn

TOKEN = "met"  # noqa: S105 - the code of our buttons
LATER = "met"
"""Kind of the timer."""
DAY_MS = 24 * 3_600_000
NOW, OPEN, HOUR, TONIGHT, MISSED = "now", "open", "hour", "tonight", "no"


def ended(scene: Scene, event: MeetingEnded) -> Turn:
    """Ask, or leave it to the digest."""
    before = follow_ups.known(scene.conversation, event.meeting.id)
    over = follow_ups.settled(before, event.meeting) or _is_lost(scene, event.meeting)
    if over or recording.has_record(scene, event.meeting) or not scene.may("record"):
        return Turn(scene.conversation)
    if before is not None and before.state == "later":
        moved = replace(before, meeting=event.meeting)
        return Turn(follow_ups.kept(scene.conversation, moved, scene.facts.now))
    if rests(scene) or not follow_ups.may_ask(before, scene.facts.now):
        return _left(scene, event.meeting, before)
    return _ask(scene, event.meeting)


def _is_lost(scene: Scene, meeting: Engagement) -> bool:
    """It was about a case of the person's that is lost: nothing follows from it."""
    steps, ids = scene.library.current.playbook.steps, bound.cases(meeting)
    named = [steps.get(one.step) for one in scene.conversation.cases if one.id in ids]
    return any(step is not None and step.over for step in named)


def _left(scene: Scene, meeting: Engagement, before: FollowUp | None) -> Turn:
    """The next digest tells it."""
    waiting = FollowUp(meeting, "digest", before.asked if before else 0)
    return Turn(follow_ups.kept(scene.conversation, waiting, scene.facts.now))


def _ask(scene: Scene, meeting: Engagement) -> Turn:
    now = scene.facts.now
    kept = follow_ups.kept(scene.conversation, FollowUp(meeting, "asked", now), now)
    return replace(scene, conversation=kept).notice(question(scene, meeting), _slot(meeting))


def question(scene: Scene, meeting: Engagement) -> Notice:
    """The question, with what the calendar knows."""
    until = echo.clock(at_home(scene, meeting.stop).time())
    text = scene.say("met_ended", about=meeting.about, time=until)
    return Notice(text, rows=tuple(facts(scene, meeting)), buttons=tuple(_choices(scene, meeting)))


def facts(scene: Scene, meeting: Engagement) -> Iterator[Row]:
    """When, with whom, where, about what."""
    yield Row(scene.say("met_when"), span(scene, meeting))
    people = ", ".join((*meeting.guests, *meeting.colleagues))
    if people:
        yield Row(scene.say("met_who"), people)
    if meeting.place:
        yield Row(scene.say("met_where"), meeting.place)
    if meeting.title and meeting.title != meeting.about:
        yield Row(scene.say("met_about"), meeting.title)


def span(scene: Scene, meeting: Engagement) -> str:
    """Day, begin and end where the person is."""
    start, stop = at_home(scene, meeting.start), at_home(scene, meeting.stop)
    if start.date() == stop.date():
        return f"{echo.moment(start, scene.language)}-{echo.clock(stop.time())}"
    return f"{echo.moment(start, scene.language)} - {echo.moment(stop, scene.language)}"


def _choices(scene: Scene, meeting: Engagement) -> Iterator[Button]:
    yield button(scene, meeting, NOW, scene.say("met_now"))
    if not rests(scene, in_an_hour(scene)):
        yield button(scene, meeting, HOUR, scene.say("met_hour"))
    if in_an_hour(scene) <= tonight(scene) and not rests(scene, tonight(scene)):
        yield button(scene, meeting, TONIGHT, scene.say("met_tonight"))
    yield button(scene, meeting, MISSED, scene.say("met_missed"))


def button(scene: Scene, meeting: Engagement, code: str, text: str) -> Button:
    token = tokens.free(scene.conversation.id, TOKEN, str(meeting.id), code)
    return Button(text, token, style="primary" if code == NOW else "plain")


def number(text: str) -> int:
    """The meeting that a button or a timer names; 0 for none."""
    return int(text) if text.isascii() and text.isdecimal() else 0


def chosen(scene: Scene, named: str, code: str) -> Turn:
    """One of the buttons was pressed."""
    before = follow_ups.known(scene.conversation, number(named))
    if before is None or before.state == "done":
        return scene.notice(Notice(scene.say("met_over"), "warning", buttons=scene.menu()))
    if code in {HOUR, TONIGHT}:
        return _put_off(scene, before, in_an_hour(scene) if code == HOUR else tonight(scene))
    return record(scene, before.meeting, {NOW: True, MISSED: False}.get(code))


def record(scene: Scene, meeting: Engagement, held: bool | None, said: str = "") -> Turn:  # noqa: FBT001 - an answer
    """Begin its record, in the place of the question; `said` is a message that tells of it."""
    turn = recording.begin(scene, meeting, held=held, said=said)
    if turn is None:
        return scene.notice(Notice(scene.say("met_over"), "warning", buttons=scene.menu()))
    begun = scene.say("met_begun", about=meeting.about, when=span(scene, meeting))
    return follow(_closed(scene, meeting, begun), turn)


def _put_off(scene: Scene, before: FollowUp, due: datetime) -> Turn:
    """Ask again then; where that is a quiet time, or gone, the next digest tells it."""
    meeting, now = before.meeting, scene.facts.now
    if due <= here(scene) or rests(scene, due):
        left = replace(before, state="digest")
        stage = replace(scene, conversation=follow_ups.kept(scene.conversation, left, now))
        return _closed(stage, meeting, scene.say("met_digest", about=meeting.about))
    later = replace(before, state="later")
    stage = replace(scene, conversation=follow_ups.kept(scene.conversation, later, now))
    text = scene.say("met_later", about=meeting.about, time=echo.clock(due.time()))
    payload = {"meeting": str(meeting.id)}
    name = f"{LATER}:{meeting.id}:{scene.facts.event_id}"
    timer = Timer(name, LATER, int(due.timestamp() * 1000), payload)
    return replace(_closed(stage, meeting, text), timers=(timer,))


def _closed(scene: Scene, meeting: Engagement, text: str) -> Turn:
    """What was chosen, in the place of the question and its buttons."""
    told = scene.notice(Notice(text, tone="good"), _slot(meeting))
    return replace(told, says=tuple(replace(one, edit=True) for one in told.says))


def due(scene: Scene, event: Fired) -> Turn:
    """The time they chose has come: look first whether the meeting still stands as it did."""
    waiting = follow_ups.known(scene.conversation, number(event.payload.get("meeting", "")))
    if waiting is None or waiting.state != "later":
        return Turn(scene.conversation)
    meeting = waiting.meeting
    lookup = Agenda((staff(scene.person),), meeting.start, meeting.start + DAY_MS)
    return scene.asking(lookup, "met", str(meeting.id))


def asked_again(scene: Scene, event: LookedUp) -> Turn:
    """Ask a second time, unless the meeting was called off, moved, or recorded meanwhile."""
    waiting = follow_ups.known(scene.conversation, number(event.subject))
    if waiting is None or waiting.state != "later":
        return Turn(scene.conversation)
    stands = still_open(scene, waiting, event)
    if stands is None:
        return gone(scene, [waiting])
    return _left(scene, stands, waiting) if rests(scene) else _ask(scene, stands)


def still_open(scene: Scene, waiting: FollowUp, event: LookedUp) -> Engagement | None:
    """The meeting as it now stands where it is still to be recorded; unknown, it counts as so."""
    if _is_lost(scene, waiting.meeting):
        return None
    if not isinstance(event.answer, MeetingList):
        return waiting.meeting
    now = event.answer.one(waiting.meeting.id)
    rules = scene.library.current
    records = [one for one in event.answer.meetings if recording.is_record(rules, one)]
    if now is None or now.stop > scene.facts.now or recorded(now, records):
        return None
    return follow_ups.legible(now)


def gone(scene: Scene, ended_ones: list[FollowUp]) -> Turn:
    """Nothing is left to ask about these."""
    return Turn(follow_ups.dropped(scene.conversation, (one.meeting.id for one in ended_ones)))


def _slot(meeting: Engagement) -> str:
    return f"met:{meeting.id}"
