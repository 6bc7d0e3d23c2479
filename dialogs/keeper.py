"""Who looks after a customer: found when somebody records for them, and told (one contact person).

The recorder's side; what whoever looks after the customer makes of it is `adoption`. Nothing that
was recorded waits for any of this. Knows no CRM product.
"""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.asking import company
from dialogs.case import Case
from dialogs.customer_lookups import Choice, Choices, Openings
from dialogs.events import LookedUp
from dialogs.keeper_events import Recorded
from dialogs.leads import case_id
from dialogs.people import Directory, Person, may
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.turns import Tell, Turn, Wants

PURPOSE = "keeper"


def asked(scene: Scene, case: Case, key: str) -> Turn:
    """Once the first record of a new case stands in the CRM: ask whose customer it is."""
    playbook, customer = scene.library.of(case.playbook).playbook, company(case)
    form = playbook.form_by_id.get(key.split("-")[1])
    begins = case.deliveries[:1] == (key,) and form is not None and form.opens == "case"
    mine = case.owner == scene.person.id and not case.closed
    if not begins or not mine or customer is None:
        return Turn(scene.conversation)
    return scene.asking(Openings(customer), PURPOSE, case.id, None)


def wanted(event: LookedUp) -> Wants:
    """The case, and those of ours that the customer's opportunities belong to."""
    found = event.answer.choices if isinstance(event.answer, Choices) else ()
    ours = (name for one in found for name in (one.key, case_id(one.id)) if name)
    return Wants(cases=tuple(dict.fromkeys((event.subject, *ours))))


def found(scene: Scene, event: LookedUp) -> Turn:
    """Somebody else looks after the customer: both are told."""
    case = scene.facts.cases.get(event.subject)
    if case is None or case.closed or case.owner != scene.person.id:
        return Turn(scene.conversation)
    choices = event.answer.choices if isinstance(event.answer, Choices) else ()
    keeper = _keeper(scene, case, choices)
    if keeper is None:
        return Turn(scene.conversation)
    key = case.deliveries[0]
    one = noted(scene, case, key.split("-")[1], key)
    at = case.course[0].at if case.course else one.at
    customer = case.customer.name if case.customer else case.title
    said = scene.say("keeper_is", customer=customer, name=keeper.name)
    turn = scene.notice(Notice(said), f"keeper:{case.id}")
    one = replace(one, at=at, customer=customer)
    return replace(turn, tells=told(keeper, one))


def noted(scene: Scene, case: Case, what: str, key: str) -> Recorded:
    """What the person has recorded about the case just now: that form, by that entry."""
    return Recorded(
        record=scene.facts.event_id,
        case=case.id,
        by=scene.person.id,
        title=case.title,
        what=what,
        at=scene.facts.now,
        key=key,
        customer=case.customer.name if case.customer else "",
        url=case.url,
        lead=case.lead,
    )


def told(keeper: Person, one: Recorded) -> tuple[Tell, ...]:
    """The word to whoever looks after the customer, in the chat where they spoke last."""
    return (Tell(f"recorded:{one.record}", keeper.id, one),)


def reached(scene: Scene, person: str) -> Person | None:
    """Somebody else who can be told."""
    found = scene.facts.people.persons.get(person)
    if found is None or found.id == scene.person.id or not found.addresses:
        return None
    return found if may(found, "adopt") else None


def called(people: Directory, name: str, user: int | None = None) -> str:
    """Id of the one colleague whom the CRM calls so; empty for none, or for several."""
    everybody = people.persons.values()
    numbered = [one.id for one in everybody if user is not None and one.crm_user == user]
    named = numbered or [one.id for one in everybody if name and one.name == name]
    return named[0] if len(named) == 1 else ""


def _keeper(scene: Scene, case: Case, choices: tuple[Choice, ...]) -> Person | None:
    """Who has the oldest of the customer's opportunities, unless the person has one too."""
    whose = tuple(_owners(scene, case, choices[::-1]))
    others = [one for own, one in whose if not own]
    if scene.person.id in others:
        return None
    there = [one for own, one in whose if own] + others
    return next(filter(None, (reached(scene, one) for one in there)), None)


def _owners(scene: Scene, case: Case, choices: tuple[Choice, ...]) -> Iterator[tuple[bool, str]]:
    """Whose each is, by our own case where there is one; and whether it is this very case's."""
    for one in choices:
        own = one.key == case.id or one.id == case.lead
        known = scene.facts.cases.get(one.key) or scene.facts.cases.get(case_id(one.id))
        ours = None if own or known is None or known.closed else known
        yield own, ours.owner if ours else called(scene.facts.people, one.owner, one.user)
