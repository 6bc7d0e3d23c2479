"""What the watch over the calendar reports, by what it is."""

from typing import assert_never

from dialogs import digest, meetings, soon
from dialogs.events import DayBegun, MeetingEnded, MeetingSoon
from dialogs.follow_ups import legible
from dialogs.scene import Scene
from dialogs.turns import Turn


def taken(scene: Scene, event: MeetingEnded | MeetingSoon | DayBegun) -> Turn:
    match event:
        case MeetingEnded():
            return meetings.ended(scene, MeetingEnded(legible(event.meeting)))
        case MeetingSoon():
            return soon.ahead(scene, MeetingSoon(legible(event.meeting)))
        case DayBegun():
            return digest.begun(scene, event)
        case _:
            assert_never(event)
