"""A case is parked, lost, won or taken up again: what is said of it, to whom, and when again.

Knows people and cases; what the CRM makes of it is the entry's subject.
"""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from dialogs import tokens
from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.events import Closed, Fired
from dialogs.library import Rulebook
from dialogs.playbook import Form
from dialogs.scene import Scene
from dialogs.shows import Button, Link, Notice
from dialogs.turns import Tell, Timer, Turn

PARKED = "parked"
MORNING = time(9, 0)
"""When somebody is reminded of a case, on their own clock."""


def told(scene: Scene, case: Case, how: str) -> tuple[Tell, ...]:
    """A word to everybody who worked on the case beside whoever acts."""
    reason = str(case.forms.get(_form(scene, case, how), {}).get("reason") or "")
    event = Closed(case.id, case.title, scene.person.id, how, reason)
    others = [one for one in dict.fromkeys((case.owner, *case.helpers)) if one != scene.person.id]
    return tuple(Tell(f"closed:{scene.facts.event_id}:{one}", one, event) for one in others)


def _form(scene: Scene, case: Case, happening: str) -> str:
    forms = scene.library.of(case.playbook).playbook.forms
    return next((form.id for form in forms if form.moves == happening), "")


def heard(scene: Scene, event: Closed) -> Turn:
    """Somebody who worked on a case hears what became of it."""
    by = scene.facts.people.persons.get(event.by)
    playbook = scene.library.current.playbook
    case = scene.facts.cases.get(event.case)
    if case is not None:
        playbook = scene.library.of(case.playbook).playbook
    reasons = {one.id: one.text.of(scene.language) for one in playbook.lost_reasons}
    words = scene.say(
        f"told_{event.how}",
        name=by.name if by else "?",
        title=event.title,
        reason=reasons.get(event.reason, event.reason),
    )
    link = Link(scene.say("open_crm"), case.url) if case and case.url else None
    return scene.notice(Notice(words, "good" if event.how == "won" else "info", link=link))


def settled(
    scene: Scene, rules: Rulebook, form: Form, case: Case, record: dict[str, JsonValue]
) -> tuple[Case, Notice | None, Turn]:
    """What else follows from a form that moved the case: words of its own, others told, a timer."""
    nothing = Turn(scene.conversation)
    outcome = rules.playbook.steps[case.step].outcome if form.moves else ""
    if outcome == PARKED:
        return _parked(scene, form, case, record)
    if outcome in {"lost", "won"}:
        buttons = (restoring(scene, case),) if outcome == "lost" else ()
        notice = Notice(scene.say(f"{outcome}_kept", title=case.title), "good", buttons=buttons)
        return case, notice, replace(nothing, tells=told(scene, case, outcome))
    return case, None, nothing


def _parked(
    scene: Scene, form: Form, case: Case, record: dict[str, JsonValue]
) -> tuple[Case, Notice, Turn]:
    until = next(str(record[one.id]) for one in form.questions if one.crm == "activity.due")
    kept = replace(case, parked_until=until)
    day = scene.day(date.fromisoformat(until))
    words = scene.say("parked_kept", title=case.title, day=day)
    notice = Notice(words, "good", buttons=(restoring(scene, case),))
    return kept, notice, Turn(scene.conversation, timers=(_timer(scene, kept, until),))


def _timer(scene: Scene, case: Case, until: str) -> Timer:
    zone = ZoneInfo(scene.person.zone)
    due = datetime.combine(date.fromisoformat(until), MORNING, zone)
    payload = {"case": case.id, "until": until}
    return Timer(f"{PARKED}:{scene.facts.event_id}", PARKED, int(due.timestamp() * 1000), payload)


def restoring(scene: Scene, case: Case) -> Button:
    """The button that takes a case up again."""
    return Button(scene.say("move_restored"), token(scene, case, "restored"))


def token(scene: Scene, case: Case, happening: str) -> str:
    """What stands in a button that moves the case from where it stands now."""
    place = standing(scene.library.of(case.playbook), case)
    return tokens.free(scene.conversation.id, "move", happening, case.id, place)


def standing(rules: Rulebook, case: Case) -> str:
    """Where the case stands, as short as a button needs it."""
    return str(list(rules.playbook.steps).index(case.step))


def reminded(scene: Scene, event: Fired) -> Turn:
    """The day has come on which a parked case is to be taken up, unless it was already."""
    case = scene.facts.cases.get(event.payload.get("case", ""))
    if case is None or not parked(scene, case) or case.parked_until != event.payload.get("until"):
        return Turn(scene.conversation)
    what = _what(scene, case)
    words = scene.say("parked_due", title=case.title, what=what).strip()
    link = Link(scene.say("open_crm"), case.url) if case.url else None
    return scene.notice(Notice(words, buttons=(restoring(scene, case),), link=link))


def parked(scene: Scene, case: Case) -> bool:
    """Whether it waits for its day; a parked case that is lost keeps the day, and waits no more."""
    return scene.library.of(case.playbook).playbook.steps[case.step].outcome == PARKED


def _what(scene: Scene, case: Case) -> str:
    """What was to be done then."""
    playbook = scene.library.of(case.playbook).playbook
    form = next((one for one in playbook.forms if one.moves == PARKED), None)
    asked = [one for one in form.questions if one.crm == "activity.summary"] if form else []
    record = case.forms.get(form.id, {}) if form else {}
    return "".join(str(record.get(one.id) or "") for one in asked)
