"""`/quiet`: nothing unasked for a while. What comes meanwhile is in the digest after that."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from dialogs.answers import echo
from dialogs.follow_ups import at_home, here, hours
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.turns import Turn

CHOICES = ("quiet_tomorrow", "quiet_week", "quiet_off")


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
