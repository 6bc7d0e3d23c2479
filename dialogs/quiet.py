"""`/quiet`: nothing unasked for a while. What comes meanwhile is in the digest after that.

`quiet until Friday` names its end; when that has come, the person is told.
"""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from dialogs.answers import Moment, Refusal, Understood, echo
from dialogs.answers import say as say_refusal
from dialogs.answers.dates import Days
from dialogs.events import Fired
from dialogs.follow_ups import at_home, here, hours
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.turns import Timer, Turn

CHOICES = ("quiet_tomorrow", "quiet_week", "quiet_off")
KIND = "quiet"
"""Of the timer."""
_UNTIL = re.compile(r"/?(?:quiet|ruhe)\s+(?:until|till|bis(?:\s+zum)?)\s+(.+)", re.IGNORECASE)
_DAYS = Days("future", years=1)


def wished(text: str, moment: Moment) -> Understood | Refusal | None:
    """`quiet until Friday`, `Ruhe bis 3. Dezember`; None where the words say something else."""
    found = _UNTIL.fullmatch(text.strip())
    return _DAYS.parse(found[1], moment) if found else None


def until(scene: Scene, wish: Understood | Refusal) -> Turn:
    """Until that day begins, which is told then; what is no day to come is refused."""
    if isinstance(wish, Refusal):
        return scene.notice(Notice(say_refusal(wish, scene.language), "warning"))
    day = date.fromisoformat(str(wish.value))
    if day <= here(scene).date():
        return asked(scene)
    turn = _until(scene, day)
    end = turn.conversation.quiet_until
    timer = Timer(f"{KIND}:{scene.facts.event_id}", KIND, end, {"until": str(end)})
    return replace(turn, timers=(timer,))


def over(scene: Scene, event: Fired) -> Turn:
    """The day has come, unless the person has said something else meanwhile."""
    if str(scene.conversation.quiet_until) != event.payload.get("until"):
        return Turn(scene.conversation)
    return scene.notice(Notice(scene.say("quiet_over")))


def asked(scene: Scene) -> Turn:
    """Say how it is, and what can be chosen."""
    buttons = tuple(scene.word(word) for word in CHOICES)
    return scene.notice(Notice(_standing(scene), buttons=buttons))


def _standing(scene: Scene) -> str:
    until = scene.conversation.quiet_until
    if until > scene.facts.now:
        return scene.say("quiet_until", when=_when(scene, until))
    usual = hours(scene)
    return scene.say("quiet_none", begins=echo.clock(usual.begins), ends=echo.clock(usual.ends))


def until_tomorrow(scene: Scene) -> Turn:
    """Until the next working day begins."""
    return _until(scene, hours(scene).first_after(here(scene).date()))


def this_week(scene: Scene) -> Turn:
    """Until the first working day of the next week begins."""
    today = here(scene).date()
    sunday = today + timedelta(days=6 - today.weekday())
    return _until(scene, hours(scene).first_after(sunday))


def off(scene: Scene) -> Turn:
    stage = replace(scene, conversation=replace(scene.conversation, quiet_until=0))
    return stage.notice(Notice(_standing(stage), tone="good"))


def _until(scene: Scene, day: date) -> Turn:
    at = datetime.combine(day, hours(scene).begins, here(scene).tzinfo)
    until = int(at.timestamp() * 1000)
    stage = replace(scene, conversation=replace(scene.conversation, quiet_until=until))
    return stage.notice(Notice(_standing(stage), tone="good", buttons=(scene.word("quiet_off"),)))


def _when(scene: Scene, until: int) -> str:
    return echo.moment(at_home(scene, until), scene.language)
