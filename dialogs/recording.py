"""The record of a meeting that the calendar knows: it begins with all that is known answered.

Finds the form by its `meeting.held` question; knows no chat and no CRM product.
"""

from collections.abc import Iterator

from dialogs import bound, follow_ups, leads, reception, telling
from dialogs.agenda import Engagement
from dialogs.answers import Understood
from dialogs.answers.hygiene import fold
from dialogs.crm import JsonValue
from dialogs.flow import Dialogue, Flow
from dialogs.follow_ups import at_home
from dialogs.library import Rulebook
from dialogs.playbook import Form, Question
from dialogs.scene import Scene
from dialogs.turns import Turn


def form_of(rules: Rulebook) -> Form | None:
    """The form in which a meeting that is over is recorded, where the playbook has one."""
    return next((form for form in rules.playbook.forms if _records(form)), None)


def is_record(rules: Rulebook, meeting: Engagement) -> bool:
    """True for a meeting that stands in the calendar because it was recorded here."""
    kind = meeting.made_by.split("-")[1] if meeting.made_by.count("-") > 1 else ""
    form = rules.playbook.form_by_id.get(kind)
    return form is not None and _records(form)


def has_record(scene: Scene, meeting: Engagement) -> bool:
    """Whether the appointment that was made here has its record already: the same meeting."""
    case = bound.case_of(scene, meeting)
    if case is None or meeting.made_by not in case.deliveries or case.meeting == meeting.made_by:
        return False
    form = form_of(scene.library.of(case.playbook))
    since = case.deliveries[case.deliveries.index(meeting.made_by) + 1 :]
    return form is not None and any(key.split("-")[1] == form.id for key in since)


def _records(form: Form) -> bool:
    return any(question.crm == "meeting.held" for question in form.questions)


def begin(scene: Scene, meeting: Engagement, *, held: bool | None, said: str = "") -> Turn | None:
    """Lead the record of that meeting, or go on with it; None where the playbook has no form.

    `held` None leaves it to the form to ask whether the meeting took place; `said` is a message
    that tells of it.
    """
    for dialogue in scene.conversation.dialogues:
        if dialogue.meeting is not None and dialogue.meeting.id == meeting.id:
            return reception.resume(scene, dialogue)
    case = bound.case_of(scene, meeting)
    own = case is not None and bound.is_own(scene, case)
    rules = scene.library.of(case.playbook) if case and own else scene.library.current
    form = form_of(rules)
    if form is None:
        return None
    known = dict(_known(scene, rules.flows[form.id], meeting, held=held))
    dialogue = Dialogue(
        id=scene.facts.event_id,
        form=form.id,
        playbook=rules.playbook.edition,
        state="",
        subject=case.id if case else _new_case(scene, meeting),
        answers=known,
        about=case.title if case and own else meeting.customer.name if meeting.customer else "",
        began=scene.facts.now,
        meeting=meeting,
    )
    return reception.begun(scene, rules.flows[form.id].begin(dialogue), said)


def meant(scene: Scene, text: str) -> tuple[Engagement, bool] | None:
    """The one meeting that was just asked about, and whether it took place, if that is told."""
    asked = [
        one
        for one in follow_ups.asked_ones(scene.conversation)
        if not follow_ups.may_ask(one, scene.facts.now)
    ]
    held = _tells_of(scene, asked[0].meeting, text) if len(asked) == 1 else None
    return None if held is None else (asked[0].meeting, held)


def _tells_of(scene: Scene, meeting: Engagement, text: str) -> bool | None:
    """Whether the meeting took place, as a message about it says; None where it is about none."""
    message = telling.begun_by(scene, text)
    form = form_of(scene.library.current)
    if message is None or form is None or message.form is not form:
        return None
    if message.case not in {"", meeting.case}:
        return None
    rules = scene.library.current
    found = telling.heard(rules, form, text, scene.moment(rules))
    by = {target: one.value for one in found if (target := _target(form, one.question))}
    if not _is_theirs(meeting, str(by.get("customer") or "")):
        return None
    return by.get("meeting.held") is not False


def _target(form: Form, question: str) -> str:
    asked = form.question(question)
    return (asked.crm or "") if asked else ""


def _is_theirs(meeting: Engagement, named: str) -> bool:
    """A message that names no customer is about the one who was met."""
    whose = fold(meeting.customer.name) if meeting.customer else ""
    return not named or (bool(whose) and (fold(named) in whose or whose in fold(named)))


def _new_case(scene: Scene, meeting: Engagement) -> str:
    """Its id: bound to the opportunity that the meeting was about, where there is one."""
    return leads.case_id(meeting.opportunity) if meeting.opportunity else scene.facts.event_id


def _known(
    scene: Scene, flow: Flow, meeting: Engagement, *, held: bool | None
) -> Iterator[tuple[str, JsonValue]]:
    """What the calendar says, by the questions that ask for it."""
    given = dict(_given(scene, meeting)) | ({} if held is None else {"meeting.held": held})
    for question in flow.form.questions:
        value = given.get(question.crm or "")
        if value is not None and _fits(scene, question, value):
            yield question.id, value


def _given(scene: Scene, meeting: Engagement) -> Iterator[tuple[str, JsonValue]]:
    if meeting.customer is not None and meeting.customer.name:
        yield "customer", {"id": meeting.customer.id, "name": meeting.customer.name}
    yield "meeting.start", at_home(scene, meeting.start).isoformat(timespec="minutes")
    yield "meeting.subject", meeting.subject
    yield "meeting.minutes", max(1, (meeting.stop - meeting.start) // 60_000)
    yield "meeting.location", meeting.place or None
    yield "meeting.people", ", ".join((*meeting.guests, *meeting.colleagues)) or None


def _fits(scene: Scene, question: Question, value: JsonValue) -> bool:
    """Names are of any length; an answer that the form would not take is asked for instead."""
    if question.kind.name != "text":
        return True
    moment = scene.moment(scene.library.current)
    return isinstance(question.kind.parse(str(value), moment), Understood)
