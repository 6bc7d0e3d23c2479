"""How a person hears of leads: at once in working hours, else in the digest of the next one.

Where no digest comes, the lead is told of a while after the working day has begun. What is done
about a lead is `leads`' subject.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dialogs import follow_ups, leads, tokens
from dialogs.case import Case
from dialogs.events import Fired, LeadCame, LeadGiven
from dialogs.scene import Scene
from dialogs.shows import Button, Notice, Row
from dialogs.turns import LateLead, Timer, Turn

KIND = "lead"
"""Of the timer."""
SHOW = "lshow"
AFTER_MS = 30 * 60_000
"""So long after the begin of the working day the digest is no longer waited for."""
KEPT_MS = 7 * 24 * 3_600_000
MOST = 200


def heard(scene: Scene, event: LeadCame | LeadGiven) -> Turn:
    """What comes from within about a lead."""
    return came(scene, event) if isinstance(event, LeadCame) else leads.given(scene, event)


def came(scene: Scene, event: LeadCame) -> Turn:
    """Announce it, unless somebody has it by now; in a quiet time it waits."""
    lead = event.lead
    known = scene.facts.cases.get(leads.case_id(lead.id))
    if known is not None and (known.owner or known.closed) and not lead.owner:
        return Turn(scene.conversation)
    case = known or leads.of_lead(scene.library.current, event)
    if follow_ups.rests(scene):
        return _waits(scene, event, case)
    turn = scene.notice(leads.card(scene, lead), leads.slot(case.id))
    return replace(turn, cases=() if known else (case,))


def _waits(scene: Scene, event: LeadCame, case: Case) -> Turn:
    """Not told of yet: nobody tells them either what becomes of it meanwhile."""
    now, lead = scene.facts.now, event.lead
    others = [one for one in _kept(scene) if one.lead.id != lead.id]
    late = (*others, LateLead(lead, now))[-MOST:]
    told = tuple(one for one in case.told if one != scene.person.id)
    return Turn(
        replace(scene.conversation, leads=late),
        cases=(replace(case, told=told),),
        timers=(_timer(scene, lead.id),),
    )


def _kept(scene: Scene) -> Iterable[LateLead]:
    return (one for one in scene.conversation.leads if scene.facts.now - one.came < KEPT_MS)


def _timer(scene: Scene, lead: int) -> Timer:
    due = follow_ups.awake(scene) + AFTER_MS
    name = f"{KIND}:{scene.person.id}:{lead}:{due}"
    return Timer(name, KIND, due, {"lead": str(lead)})


def late(scene: Scene) -> tuple[LateLead, ...]:
    """Those that the person has not heard of and that nobody has by now."""
    return tuple(one for one in _kept(scene) if not one.told and _is_free(scene, one))


def _is_free(scene: Scene, one: LateLead) -> bool:
    return not leads.refusal(scene, scene.facts.cases.get(leads.case_id(one.lead.id)))


def cases_of(late_ones: Iterable[LateLead]) -> tuple[str, ...]:
    return tuple(leads.case_id(one.lead.id) for one in late_ones if not one.told)


def rows(scene: Scene, late_ones: Iterable[LateLead]) -> Iterator[Row]:
    """In the digest."""
    for one in late_ones:
        about = (one.lead.title, one.lead.contact, one.lead.company)
        yield Row(scene.say("digest_lead"), " · ".join(filter(None, about)))


def buttons(scene: Scene, late_ones: Iterable[LateLead]) -> Iterator[Button]:
    """To each one's announcement."""
    for one in late_ones:
        token = tokens.free(scene.conversation.id, SHOW, str(one.lead.id))
        yield Button(scene.say("digest_lead_show", title=one.lead.title[:40]), token)


def told(scene: Scene, late_ones: Iterable[LateLead]) -> Turn:
    """The person has heard of these, and hears from now on what becomes of them."""
    numbers = {one.lead.id for one in late_ones}
    kept = tuple(
        replace(one, told=one.told or one.lead.id in numbers) for one in scene.conversation.leads
    )
    found = (scene.facts.cases[leads.case_id(number)] for number in sorted(numbers))
    cases = tuple(replace(one, told=(*one.told, scene.person.id)) for one in found)
    return Turn(replace(scene.conversation, leads=kept), cases=cases)


def shown(scene: Scene, number: str) -> Turn:
    """Its announcement, with what can be done; or who has it by now."""
    case = scene.facts.cases.get(leads.case_id(number))
    one = next((one for one in scene.conversation.leads if str(one.lead.id) == number), None)
    no = leads.refusal(scene, case)
    if no or case is None or one is None:
        return scene.notice(Notice(no or scene.say("lead_gone"), tone="warning"))
    return scene.notice(leads.card(scene, one.lead), leads.slot(case.id))


def due(scene: Scene, event: Fired) -> Turn:
    """No digest has told of it: tell now, or when the person is to be told again."""
    number = event.payload.get("lead", "")
    waits = [one for one in late(scene) if str(one.lead.id) == number]
    if not waits:
        return Turn(scene.conversation)
    if follow_ups.rests(scene):
        return Turn(scene.conversation, timers=(_timer(scene, waits[0].lead.id),))
    turn = told(scene, waits)
    announced = shown(replace(scene, conversation=turn.conversation), number)
    return replace(announced, cases=turn.cases)
