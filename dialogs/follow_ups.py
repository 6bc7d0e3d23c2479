"""The person's meetings that are over: which are still to be recorded. Tells nobody anything."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs.agenda import Engagement
from dialogs.answers.hygiene import visible
from dialogs.crm import Customer, Meeting
from dialogs.flow import Dialogue
from dialogs.playbook.hours import Quiet
from dialogs.scene import Scene
from dialogs.turns import Conversation, FollowUp

PAUSE_MS = 12 * 3_600_000
"""Nobody is asked unasked about the same meeting twice within so long."""
KEPT_MS = 7 * 24 * 3_600_000
"""How long after its end a meeting is still spoken of."""
MOST = 60


def legible(meeting: Engagement) -> Engagement:
    """The meeting without what a calendar can hold and nobody can see."""
    whose = meeting.customer
    return replace(
        meeting,
        subject=visible(meeting.subject),
        customer=Customer(visible(whose.name), whose.id) if whose else None,
        guests=tuple(visible(one) for one in meeting.guests),
        colleagues=tuple(visible(one) for one in meeting.colleagues),
        place=visible(meeting.place),
        title=visible(meeting.title),
    )


def known(conversation: Conversation, number: int) -> FollowUp | None:
    return next((one for one in conversation.follow_ups if one.meeting.id == number), None)


def kept(conversation: Conversation, follow_up: FollowUp, now: int) -> Conversation:
    """The conversation with this one as it now is; those of long ago leave it."""
    others = _others(conversation.follow_ups, follow_up.meeting.id, now)
    last = sorted((*others, follow_up), key=lambda one: one.meeting.stop)[-MOST:]
    return replace(conversation, follow_ups=tuple(last))


def dropped(conversation: Conversation, numbers: Iterable[int]) -> Conversation:
    gone = set(numbers)
    left = tuple(one for one in conversation.follow_ups if one.meeting.id not in gone)
    return replace(conversation, follow_ups=left)


def done(conversation: Conversation, meeting: Engagement | None, now: int) -> Conversation:
    """That meeting has its record."""
    if meeting is None:
        return conversation
    before = known(conversation, meeting.id)
    asked = before.asked if before else 0
    return kept(conversation, FollowUp(meeting, "done", asked), now)


def done_too(conversation: Conversation, agreed: str, now: int) -> Conversation:
    """The meeting that an entry of that key brought has its record, whoever began it."""
    for one in conversation.follow_ups if agreed else ():
        if one.meeting.made_by == agreed:
            conversation = done(conversation, one.meeting, now)
    return conversation


def linked(meeting: Meeting | None, dialogue: Dialogue) -> Meeting | None:
    """The entry's meeting as the one of the calendar that was recorded."""
    if meeting is None or dialogue.meeting is None:
        return meeting
    return replace(meeting, event=dialogue.meeting.id)


def open_ones(conversation: Conversation, now: int) -> tuple[FollowUp, ...]:
    """Those without a record about which the person may be told again."""
    return tuple(
        one
        for one in conversation.follow_ups
        if one.state in {"asked", "digest"} and may_ask(one, now) and _recent(one, now)
    )


def asked_ones(conversation: Conversation) -> tuple[FollowUp, ...]:
    """Those whose host was asked and has not answered."""
    return tuple(one for one in conversation.follow_ups if one.state == "asked")


def may_ask(follow_up: FollowUp | None, now: int) -> bool:
    return follow_up is None or not follow_up.asked or now - follow_up.asked >= PAUSE_MS


def settled(follow_up: FollowUp | None, meeting: Engagement) -> bool:
    """It has its record; one that was moved to a later time since is another meeting."""
    if follow_up is None or follow_up.state != "done":
        return False
    return meeting.start < follow_up.meeting.stop


def rests(scene: Scene, at: datetime | None = None) -> bool:
    """Whether the person is not to be told anything unasked at that time, or now."""
    at = at or here(scene)
    if at.timestamp() * 1000 < scene.conversation.quiet_until:
        return True
    return hours(scene).rests(at)


def awake(scene: Scene) -> int:
    """From when on they can be told something unasked, epoch milliseconds; now, where they can."""
    at = at_home(scene, max(scene.facts.now, scene.conversation.quiet_until))
    return max(scene.facts.now, int(hours(scene).awake(at).timestamp() * 1000))


def at_work(scene: Scene) -> int:
    """When working hours come, epoch milliseconds, whatever the person wants; now, in these."""
    waking = hours(scene).awake(at_home(scene, scene.facts.now))
    return max(scene.facts.now, int(waking.timestamp() * 1000))


def hours(scene: Scene) -> Quiet:
    return scene.library.current.playbook.quiet


def here(scene: Scene) -> datetime:
    """What time it is where the person is."""
    return scene.facts.at.astimezone(ZoneInfo(scene.person.zone))


def at_home(scene: Scene, moment: int) -> datetime:
    """Epoch milliseconds on the clock where the person is."""
    return datetime.fromtimestamp(moment / 1000, ZoneInfo(scene.person.zone))


def tonight(scene: Scene) -> datetime:
    return datetime.combine(here(scene).date(), hours(scene).tonight, here(scene).tzinfo)


def in_an_hour(scene: Scene) -> datetime:
    return here(scene) + timedelta(hours=1)


def _others(follow_ups: Iterable[FollowUp], number: int, now: int) -> Iterable[FollowUp]:
    return (one for one in follow_ups if one.meeting.id != number and _recent(one, now))


def _recent(follow_up: FollowUp, now: int) -> bool:
    return now - follow_up.meeting.stop < KEPT_MS
