"""A record about an opportunity that stands in the CRM: whose case it becomes.

It is that of a meeting of the calendar, or it names the opportunity itself.

One that is no case yet becomes the host's; one that was announced and that nobody has is taken; one
that is a colleague's stays theirs, has the record in it, and they are told. None is made twice.
"""

from dataclasses import replace

from dialogs import follow_ups, keeper, leads
from dialogs.agenda import Engagement
from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.entries import entry
from dialogs.flow import Dialogue
from dialogs.playbook import Form
from dialogs.records import case_meant, opportunity_of
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Notice
from dialogs.turns import Turn

Record = dict[str, JsonValue]


def cases(meeting: Engagement) -> tuple[str, ...]:
    """Ids that the case of its opportunity can have: made here, or bound to it."""
    bound = leads.case_id(meeting.opportunity) if meeting.opportunity else ""
    return tuple(filter(None, (meeting.case, bound)))


def named(form: Form, record: Record) -> tuple[str, ...]:
    """Ids that the case of the opportunity can have that a record names."""
    number = opportunity_of(form, record)[1]
    bound = leads.case_id(number) if number else ""
    return tuple(filter(None, (case_meant(form, record), bound)))


def subject(scene: Scene, dialogue: Dialogue, record: Record) -> str:
    """Id of the case that the record goes to: of one opportunity there is only one."""
    ids = () if dialogue.of_known_case else named(scene.form(dialogue), record)
    if not ids:
        return dialogue.subject
    found = _first(scene, ids)
    return found.id if found else ids[-1]


def case_of(scene: Scene, meeting: Engagement) -> Case | None:
    """The case of its opportunity, the person's own before anybody else's."""
    return _first(scene, cases(meeting))


def _first(scene: Scene, ids: tuple[str, ...]) -> Case | None:
    found = [scene.facts.cases[one] for one in ids if one in scene.facts.cases]
    return next((one for one in found if is_own(scene, one)), next(iter(found), None))


def is_own(scene: Scene, case: Case) -> bool:
    return case.owner == scene.person.id and not case.closed


def binds(dialogue: Dialogue) -> Engagement | None:
    """The meeting whose opportunity the dialogue's new case is bound to; None for no such."""
    meeting = dialogue.meeting
    if meeting is None or not meeting.opportunity:
        return None
    return meeting if dialogue.subject == leads.case_id(meeting.opportunity) else None


def theirs(scene: Scene, dialogue: Dialogue, record: Record) -> Case | None:
    """The case of the opportunity that it is about, where it is not the person's own by now."""
    meant = subject(scene, dialogue, record)
    case = scene.facts.cases.get(meant)
    if case is None or is_own(scene, case):
        return None
    begun = dialogue.meeting is None and meant == dialogue.subject
    return None if begun and case.owner in {"", scene.person.id} else case


def taken(scene: Scene, case: Case) -> tuple[Scene, Turn] | None:
    """Take an announced lead that nobody has; what stands then, and what was done for it."""
    if case.owner or case.closed or case.lead is None:
        return None
    turn = leads.taken(scene, str(case.lead))
    if not turn.deliveries:
        return None
    known = {**scene.facts.cases, **{one.id: one for one in turn.cases}}
    facts = replace(scene.facts, cases=known)
    return replace(scene, conversation=turn.conversation, facts=facts), turn


def after(took: Turn, recorded: Turn) -> Turn:
    """Both as one turn, with the case as it stands after both."""
    return replace(follow(took, recorded), cases=recorded.cases or took.cases)


def noted(scene: Scene, dialogue: Dialogue, case: Case, record: Record) -> Turn:
    """Put the record to the colleague's opportunity, and tell them."""
    rules, form, meeting = scene.rules(dialogue), scene.form(dialogue), dialogue.meeting
    filled = replace(case, forms={**case.forms, form.id: record})
    made = entry(rules.playbook, form, filled, scene.person, scene.person, zone=scene.facts.zone)
    delivery = replace(
        made,
        key=f"{case.id}-{form.id}-{scene.facts.event_id}",
        stage=None,
        meeting=follow_ups.linked(made.meeting, dialogue),
        lead=case.lead or (meeting.opportunity if meeting else None),
    )
    owner, one = keeper.reached(scene, case.owner), keeper.noted(scene, case, form.id, delivery.key)
    hears = f" {scene.say('keeper_hears', name=owner.name)}" if owner else ""
    said = scene.say("met_noted", title=case.title) + hears
    told = scene.closing(Notice(said, tone="good"))
    return replace(
        told,
        tells=keeper.told(owner, one) if owner else (),
        conversation=follow_ups.done(told.conversation, meeting, scene.facts.now),
        deliveries=(delivery,),
        audit=(AuditLine(scene.person.id, f"finish:{form.id}", case.id),),
    )
