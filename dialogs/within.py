"""Routes what happens to a conversation from within to what it is about; no person does it."""

from typing import assert_never

from dialogs import (
    adoption,
    answered,
    closing,
    fired,
    joining,
    keys,
    lead_news,
    news,
    of_calendar,
    requests,
    returning,
    talk,
    verdicts,
    vouching,
)
from dialogs.events import (
    Closed,
    DayBegun,
    Decided,
    Delayed,
    Delivered,
    Enquired,
    Fired,
    Found,
    FromWithin,
    HandedOver,
    Invited,
    Joined,
    KeyDenied,
    KeyKept,
    LeadCame,
    LeadGiven,
    LookedUp,
    MeetingEnded,
    MeetingSoon,
    Refused,
    Returned,
    Unreached,
    Unvouched,
    Vouched,
)
from dialogs.keeper_events import Adopted, Adopting, Recorded, Settled
from dialogs.request_events import Informed, Requested
from dialogs.scene import Scene
from dialogs.turns import Turn


def heard(scene: Scene, event: FromWithin) -> Turn:  # noqa: C901, PLR0911, PLR0912 - one return for each kind of event
    """What comes from the CRM, a clock or a colleague's conversation; nobody asks for a right."""
    if scene.facts.person is None:
        return Turn(scene.conversation)
    match event:
        case Decided() | Enquired() | HandedOver():
            return verdicts.heard(scene, event)
        case Vouched() | Unvouched():
            return vouching.heard(scene, event)
        case LookedUp():
            return answered.taken(scene, event)
        case Found():
            return talk.found(scene, scene.conversation.active, event)
        case Invited() | Joined():
            return joining.heard(scene, event)
        case Requested() | Informed():
            return requests.heard(scene, event)
        case Delivered() | Delayed() | Refused():
            return news.of_delivery(scene, event)
        case KeyKept() | KeyDenied():
            return keys.of_key(scene, event)
        case Fired():
            return fired.taken(scene, event)
        case Closed():
            return closing.heard(scene, event)
        case MeetingEnded() | MeetingSoon() | DayBegun():
            return of_calendar.taken(scene, event)
        case Unreached() | Returned():
            return returning.shown_again(scene, event)
        case LeadCame() | LeadGiven():
            return lead_news.heard(scene, event)
        case Recorded() | Settled() | Adopting() | Adopted():
            return adoption.heard(scene, event)
        case _:
            assert_never(event)
