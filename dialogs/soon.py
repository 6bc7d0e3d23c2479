"""A customer meeting is about to begin: its briefing comes unasked, with a way to prepare.

How long before is the company's to say, and each person's for themselves.
"""

from dataclasses import replace

from dialogs import briefing, follow_ups, meetings, preparing
from dialogs.agenda import Agenda, Engagement, MeetingList
from dialogs.answers import echo
from dialogs.customer_lookups import CustomerHistory
from dialogs.entries import staff
from dialogs.events import Fired, LookedUp, MeetingSoon
from dialogs.follow_ups import at_home, hours, rests
from dialogs.scene import Scene
from dialogs.shows import Button, Notice
from dialogs.turns import FollowUp, Timer, Turn

LEADS = (15, 30, 60, 120)
"""Minutes that a person can choose from."""
AHEAD_MS = 4 * 3_600_000
"""So long before it begins a meeting is made known here, to be told of at the person's time."""
KIND = "soon"
BRIEFING = "soon_briefing"
MINUTE_MS = 60_000


def ahead(scene: Scene, event: MeetingSoon) -> Turn:
    """Tell now or at its time."""
    at = _due(scene, event.meeting)
    if not scene.may("record") or at is None:
        return Turn(scene.conversation)
    if at <= scene.facts.now:
        return _told(scene, event.meeting)
    return Turn(scene.conversation, timers=(_timer(scene, event.meeting, at),))


def _due(scene: Scene, meeting: Engagement) -> int | None:
    """When to tell of it; None for never, as where only quiet time is left."""
    notice = scene.conversation.notice
    minutes = hours(scene).notice if notice is None else notice
    if not minutes:
        return None
    first = at_home(scene, max(meeting.start - minutes * MINUTE_MS, scene.facts.now))
    awake = int(hours(scene).awake(first).timestamp() * 1000)
    return awake if awake < meeting.start else None


def _timer(scene: Scene, meeting: Engagement, at: int) -> Timer:
    name = f"{KIND}:{scene.person.id}:{meeting.id}:{meeting.start}:{at}"
    return Timer(name, KIND, at, {"meeting": str(meeting.id), "start": str(meeting.start)})


def due(scene: Scene, event: Fired) -> Turn:
    """Look whether the meeting still stands so."""
    start = meetings.number(event.payload.get("start", ""))
    if not start or start <= scene.facts.now or rests(scene):
        return Turn(scene.conversation)
    lookup = Agenda((staff(scene.person),), start, start + MINUTE_MS)
    return scene.asking(lookup, KIND, f"{event.payload.get('meeting', '')}@{start}")


def looked_at(scene: Scene, event: LookedUp) -> Turn:
    """Tell of it, unless it was called off or moved, or is to be told of later."""
    named, _, start = event.subject.partition("@")
    answer = event.answer if isinstance(event.answer, MeetingList) else MeetingList()
    meeting = answer.one(meetings.number(named))
    if meeting is None or str(meeting.start) != start or rests(scene):
        return Turn(scene.conversation)
    at = _due(scene, meeting)
    if at is None or at <= scene.facts.now:
        told = follow_ups.legible(meeting)
        return Turn(scene.conversation) if at is None else _told(scene, told)
    return Turn(scene.conversation, timers=(_timer(scene, meeting, at),))


def _told(scene: Scene, meeting: Engagement) -> Turn:
    """Ask what the CRM knows of the customer; without one, tell it at once."""
    before = follow_ups.known(scene.conversation, meeting.id)
    known = FollowUp(meeting, "soon", before.asked if before else 0)
    kept = follow_ups.kept(scene.conversation, known, scene.facts.now)
    stage = replace(scene, conversation=kept)
    if meeting.customer is None:
        return stage.notice(_notice(stage, meeting))
    return stage.asking(briefing.history(scene, meeting.customer), BRIEFING, str(meeting.id))


def briefed(scene: Scene, event: LookedUp) -> Turn:
    """Tell of the meeting, with the briefing as far as the CRM could be asked."""
    known = follow_ups.known(scene.conversation, meetings.number(event.subject))
    if known is None or known.state != "soon" or known.meeting.start <= scene.facts.now:
        return Turn(scene.conversation)
    told = event.answer if isinstance(event.answer, CustomerHistory) else None
    return scene.notice(_notice(scene, known.meeting, told))


def _notice(scene: Scene, meeting: Engagement, told: CustomerHistory | None = None) -> Notice:
    begins = echo.clock(at_home(scene, meeting.start).time())
    minutes = max(1, (meeting.start - scene.facts.now) // MINUTE_MS)
    text = scene.say("soon", minutes=minutes, time=begins, about=meeting.about)
    rows = (*meetings.facts(scene, meeting), *(briefing.rows(scene, told) if told else ()))
    buttons = preparing.offer(scene, meeting)
    return Notice(text, rows=rows, buttons=buttons, link=briefing.presentation(scene))


def asked(scene: Scene) -> Turn:
    """Say how it is set, and what can be chosen."""
    notice = scene.conversation.notice
    minutes = hours(scene).notice if notice is None else notice
    text = scene.say("notice_is", minutes=minutes) if minutes else scene.say("notice_off")
    return scene.notice(Notice(text, buttons=tuple(_words(scene))))


def _words(scene: Scene) -> list[Button]:
    return [scene.word(f"notice_{minutes}") for minutes in LEADS] + [scene.word("notice_off")]


def set_to(minutes: int, scene: Scene) -> Turn:
    """From now on so many minutes before; 0 for never."""
    stage = replace(scene, conversation=replace(scene.conversation, notice=minutes))
    text = scene.say("notice_is", minutes=minutes) if minutes else scene.say("notice_off")
    return stage.notice(Notice(text, tone="good"))
