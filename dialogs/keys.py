"""People's own keys for the CRM, as they are talked about: never the key itself.

A key is given on a page at a one-time address; here it is offered, remembered before it ends,
missed when the CRM stops accepting it, and forgotten.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from dialogs.answers import echo
from dialogs.events import Fired, KeyDenied, KeyKept
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import FormClosed, Link, Notice
from dialogs.turns import OwnKey, Timer, Turn

WORDS = frozenset({"key", "key_forget"})
SLOT = "own_key"
"""The message with the address: what comes of it takes its place."""
ENDING = "key_ends"
WARNED_DAYS = (14, 7, 1)
DAY_MS = 24 * 3_600_000


def asked(scene: Scene) -> Turn:
    """Say how it stands, and offer the page where a key is given."""
    own = scene.facts.own_key or OwnKey("crm")
    if own.lacks:
        return scene.notice(Notice(scene.say(f"keylack_{own.lacks}"), tone="warning"))
    text = "\n\n".join(part for part in (_standing(scene, own), scene.say("key_offer")) if part)
    link = Link(scene.say("key_link"), own.link)
    return replace(scene.notice(Notice(text, link=link), SLOT), key="offered")


def usable(scene: Scene) -> bool:
    """Whether this person can give a key of their own."""
    own = scene.facts.own_key
    return own is not None and not own.lacks


def _standing(scene: Scene, own: OwnKey) -> str:
    if not own.given:
        return ""
    if own.denied:
        return scene.say("key_is_denied")
    return (
        scene.say("key_until", day=_day(scene, own.ends)) if own.ends else scene.say("key_endless")
    )


def forgotten(scene: Scene) -> Turn:
    own = scene.facts.own_key or OwnKey()
    if not own.given:
        return scene.notice(Notice(scene.say("key_none")))
    return replace(
        scene.notice(Notice(scene.say("key_forgotten"), tone="good")),
        key="forgotten",
        cancelled=_timer_ids(own.given),
        audit=_audit(scene, "key_forgotten", own.given),
    )


def typed(scene: Scene) -> Turn:
    """Somebody sent what looks like a secret; it was thrown away before it came here."""
    notice = scene.notice(Notice(scene.say("key_typed"), tone="warning"))
    return replace(notice, reply=FormClosed())


def of_key(scene: Scene, event: KeyKept | KeyDenied) -> Turn:
    return _kept(scene, event) if isinstance(event, KeyKept) else _denied(scene, event)


def _kept(scene: Scene, event: KeyKept) -> Turn:
    day = _day(scene, event.ends) if event.ends else ""
    kind = "key_kept_assumed" if event.assumed else "key_kept"
    text = scene.say(kind, day=day) if day else scene.say("key_kept_endless")
    told = scene.notice(Notice(text, tone="good"), SLOT)
    return replace(
        told,
        says=tuple(replace(one, edit=True) for one in told.says),
        key="kept",
        timers=tuple(_warnings(scene, event)),
        cancelled=_timer_ids(event.before) if event.before else (),
        audit=_audit(scene, "key_given", event.given),
    )


def _warnings(scene: Scene, event: KeyKept) -> Iterator[Timer]:
    now = _now(scene)
    for days in WARNED_DAYS if event.ends else ():
        due = (event.ends or 0) - days * DAY_MS
        if due > now:
            yield Timer(_timer_id(event.given, days), ENDING, due, {"given": event.given})


def _denied(scene: Scene, event: KeyDenied) -> Turn:
    own = scene.facts.own_key
    if own is None or own.given != event.given or own.denied:
        return Turn(scene.conversation)
    notice = Notice(scene.say("key_denied"), "warning", buttons=(scene.word("key"),))
    return replace(
        scene.notice(notice),
        key="denied",
        cancelled=_timer_ids(event.given),
        audit=_audit(scene, "key_denied", event.given),
    )


def ending(scene: Scene, event: Fired) -> Turn:
    """Remind of the end, unless that key is no longer the one, or the next reminder is due too."""
    own = scene.facts.own_key
    current = own is not None and own.given == event.payload.get("given") and not own.denied
    if event.kind != ENDING or own is None or not current or own.ends is None:
        return Turn(scene.conversation)
    left = own.ends - _now(scene)
    if left <= 0 or event.timer != _timer_id(own.given, _threshold(left)):
        return Turn(scene.conversation)
    days = -(-left // DAY_MS)
    text = scene.say("key_ends", day=_day(scene, own.ends), days=days)
    return scene.notice(Notice(text, "warning", buttons=(scene.word("key"),)))


def _threshold(left: int) -> int:
    """The last reminder that is due with so many milliseconds left."""
    return min((days for days in WARNED_DAYS if left <= days * DAY_MS), default=0)


def _timer_id(given: str, days: int) -> str:
    return f"key:{given}:{days}"


def _timer_ids(given: str) -> tuple[str, ...]:
    return tuple(_timer_id(given, days) for days in WARNED_DAYS)


def _now(scene: Scene) -> int:
    return int(scene.facts.at.timestamp() * 1000)


def _day(scene: Scene, moment: int | None) -> str:
    day = datetime.fromtimestamp((moment or 0) / 1000, ZoneInfo(scene.person.zone)).date()
    return format_date(day, "long", locale=echo.locale(scene.language))


def _audit(scene: Scene, action: str, given: str) -> tuple[AuditLine, ...]:
    return (AuditLine(scene.person.id, action, given),)
