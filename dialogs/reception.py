"""What happens outside a dialogue's questions: starting and resuming one, help, status, strangers.

Knows forms by their command words and cases by the owner's list.
"""

from dataclasses import replace

from dialogs import decision
from dialogs.crm import JsonValue
from dialogs.flow import REVIEW, Dialogue
from dialogs.people import Address, Language, may
from dialogs.phrases import say
from dialogs.playbook import Form
from dialogs.scene import Scene
from dialogs.shows import Notice, Row
from dialogs.talk import advance, answer
from dialogs.turns import CaseRef, Turn

OPEN_DIALOGUES = 3


def start(scene: Scene, form: Form, case_id: str = "", said: str = "", quote: str = "") -> Turn:
    """Begin a form; what is under way waits. `said` is taken as the first answer."""
    if not may(scene.person, form.action):
        return scene.notice(Notice(scene.say("denied", role=scene.person.role), tone="warning"))
    if form.opens == "open_case" and not case_id:
        return _choose_case(scene, form)
    open_one = _open(scene, form, case_id)
    if open_one is not None:
        return resume(scene, open_one)
    if len(scene.conversation.dialogues) >= OPEN_DIALOGUES:
        return _too_many(scene)
    dialogue = _begun(scene, form, case_id)
    if dialogue is None:
        return scene.notice(Notice(scene.say("gone_case"), tone="warning"))
    return _opened(scene, _quoted(scene, form, dialogue, quote), said)


def _open(scene: Scene, form: Form, case_id: str) -> Dialogue | None:
    for dialogue in scene.conversation.dialogues:
        if case_id and dialogue.form == form.id and dialogue.subject == case_id:
            return dialogue
    return None


def _begun(scene: Scene, form: Form, case_id: str) -> Dialogue | None:
    rules, about = scene.library.current, ""
    if case_id:
        case = scene.facts.cases.get(case_id)
        if case is None or case.owner != scene.person.id:
            return None
        rules, about = scene.library.of(case.playbook), case.title
        if rules.playbook.steps[case.step].form != form.id:
            return None
    dialogue = Dialogue(
        id=scene.facts.event_id,
        form=form.id,
        playbook=rules.playbook.edition,
        state="",
        subject=case_id or scene.facts.event_id,
        about=about,
        began=int(scene.facts.at.timestamp() * 1000),
    )
    return rules.flows[form.id].begin(dialogue)


def _quoted(scene: Scene, form: Form, dialogue: Dialogue, quote: str) -> Dialogue:
    """A chat message the command was used on becomes the first long answer."""
    field = next((one for one in form.questions if one.kind.name == "long_text"), None)
    parsed = field.kind.parse(quote, scene.moment(scene.rules(dialogue))) if field else None
    value: JsonValue = getattr(parsed, "value", None)
    if not quote or field is None or value is None:
        return dialogue
    return replace(dialogue, answers={**dialogue.answers, field.id: value})


def _opened(scene: Scene, dialogue: Dialogue, said: str = "") -> Turn:
    waiting = scene.conversation.active
    stage = replace(scene, in_place=False)
    remark = scene.say("parked", title=scene.name(waiting)) if waiting else ""
    turn = stage.live(dialogue, remark=remark)
    if not said:
        return turn
    return answer(replace(stage, conversation=turn.conversation), dialogue, said)


def decide(scene: Scene, approval_id: str, verdict: str) -> Turn:
    """A decision card was pressed: the decision form begins with that answer given."""
    approval = scene.facts.approvals.get(approval_id)
    no = decision.refusal(scene, approval)
    if no is not None or approval is None:
        return scene.notice(Notice(no or scene.say("gone"), tone="warning"))
    case = decision.changed(scene, approval)
    if case is not None:
        return decision.ask_again(scene, approval, case)
    rules = scene.library.of(approval.case.playbook)
    blank = Dialogue(
        id=scene.facts.event_id,
        form=rules.playbook.decision.form,
        playbook=rules.playbook.edition,
        state="",
        subject=approval.id,
        answers={"verdict": verdict},
        about=approval.case.title,
    )
    begun = rules.flows[blank.form].begin(blank)
    others = tuple(one for one in scene.conversation.dialogues if one.subject != approval.id)
    stage = replace(scene, conversation=replace(scene.conversation, dialogues=others))
    return advance(stage, begun) if begun.state == REVIEW else _opened(stage, begun)


def _too_many(scene: Scene) -> Turn:
    dialogues = scene.conversation.dialogues
    text = scene.say("too_many", count=len(dialogues))
    buttons = tuple(scene.resumes(one) for one in dialogues)
    return scene.notice(Notice(text, "warning", buttons=buttons))


def _choose_case(scene: Scene, form: Form) -> Turn:
    fitting = [one for one in scene.conversation.cases if _fits(scene, form, one)]
    if not fitting:
        record = [one for one in scene.library.current.playbook.forms if one.opens == "case"]
        buttons = tuple(scene.starts(one) for one in record)
        return scene.notice(Notice(scene.say("no_open_case"), buttons=buttons))
    choices = tuple(scene.starts(form, one.id, one.title) for one in reversed(fitting))
    return scene.notice(Notice(scene.say("which_case"), buttons=choices))


def _fits(scene: Scene, form: Form, case: CaseRef) -> bool:
    step = scene.library.current.playbook.steps.get(case.step)
    return step is not None and step.form == form.id


def only_case(scene_cases: tuple[CaseRef, ...], step: str) -> str:
    """The id of the one case at that step; empty when there are none or several."""
    at_step = [one.id for one in scene_cases if one.step == step]
    return at_step[0] if len(at_step) == 1 else ""


def resume(scene: Scene, dialogue: Dialogue, remark: str = "") -> Turn:
    """Bring a dialogue to the front and show where it stands."""
    if dialogue.form not in scene.rules(dialogue).flows:
        return _outdated(scene, dialogue)
    return replace(scene, in_place=False).live(dialogue, remark=remark)


def _outdated(scene: Scene, dialogue: Dialogue) -> Turn:
    others = tuple(one for one in scene.conversation.dialogues if one.id != dialogue.id)
    free = replace(scene, conversation=replace(scene.conversation, dialogues=others))
    return free.notice(Notice(scene.say("outdated"), "warning", buttons=free.menu()))


def welcome(scene: Scene) -> Turn:
    text = scene.say("welcome", name=scene.person.name)
    waiting = tuple(scene.resumes(one) for one in scene.conversation.dialogues)
    return scene.notice(Notice(text, buttons=waiting + scene.menu()))


def help_(scene: Scene) -> Turn:
    """What can be typed; an open dialogue is shown again below it."""
    rules = scene.library.current
    forms = (one for one in rules.playbook.forms if one.words and may(scene.person, one.action))
    words = [rules.word(form, scene.language) for form in forms] + ["status"]
    words += ["pending"] if may(scene.person, "decide") else []
    return scene.notice(Notice(scene.say("help", words=", ".join(words)), buttons=scene.menu()))


def lost(scene: Scene) -> Turn:
    """Words that mean nothing here."""
    return scene.notice(Notice(scene.say("unknown_word"), buttons=scene.menu()))


def status(scene: Scene) -> Turn:
    """The person's open cases, where each stands, and what they can do next."""
    playbook = scene.library.current.playbook
    if not scene.conversation.cases:
        return scene.notice(Notice(scene.say("status_none"), buttons=scene.menu()))
    rows, buttons = [], []
    for case in reversed(scene.conversation.cases):
        step = playbook.steps.get(case.step)
        rows.append(Row(case.title, step.title.of(scene.language) if step else case.step))
        form = playbook.form_by_id.get(step.form or "") if step else None
        if form is not None and form.opens == "open_case" and may(scene.person, form.action):
            title = f"{form.title.of(scene.language)}: {case.title}"
            buttons.append(scene.starts(form, case.id, title))
    return scene.notice(Notice(scene.say("status"), rows=tuple(rows), buttons=tuple(buttons)))


def speak(scene: Scene, language: Language) -> Turn:
    """Change the person's language, for good."""
    person = replace(scene.person, language=language)
    text = say(language, "language_set")
    return replace(scene.notice(Notice(text, tone="good")), person=person)


def stranger(scene: Scene, address: Address) -> Turn:
    """Turn somebody unknown away politely, with what an administrator needs to link them."""
    option = {"telegram": "--telegram", "slack": "--slack"}.get(address.channel, "--web")
    command = say("en", "stranger_command", option=f"{option} {address.account}")
    text = f"{say('en', 'stranger')}\n{command}\n\n{say('de', 'stranger')}\n{command}"
    return scene.notice(Notice(text, tone="warning"))
