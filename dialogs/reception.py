"""What happens outside a dialogue's questions: starting and resuming one, help, status, strangers.

Knows forms by their command words and cases by the owner's list.
"""

from collections.abc import Callable
from dataclasses import replace

from dialogs import asking, briefing, decision, joining, telling, vouching, withdrawal
from dialogs.answers.hygiene import fold
from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.entries import known
from dialogs.events import Barred
from dialogs.flow import REVIEW, Dialogue
from dialogs.library import Rulebook
from dialogs.limits import MESSAGE, OPEN_DIALOGUES
from dialogs.people import Address, Language
from dialogs.phrases import say
from dialogs.playbook import Form
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Notice, Row, Say
from dialogs.talk import advance, answer, stand, told
from dialogs.turns import CaseRef, Turn

Ready = Callable[[Dialogue], Dialogue]
ANOTHER = "new"
"""Stands for a case's id in a button that begins with a new case."""
CASES_SHOWN = 8


def start(scene: Scene, form: Form, case_id: str = "", said: str = "", quote: str = "") -> Turn:
    """Begin a form; what is under way waits. `said` is taken as the first answer."""
    if form.of_open_cases and not case_id:
        return _choose_case(scene, form, said)
    if form.opens == "case" and not (case_id or said or quote) and _waiting(scene, form):
        return _choose_appointment(scene, form)
    case_id = "" if case_id == ANOTHER else case_id
    return _led_into(scene, form, case_id) or _started(scene, form, case_id, said, quote)


def begin(scene: Scene, form: Form, case_id: str, ready: Ready) -> Turn:
    """Begin a form about a case, `ready` with what is known before anything is asked."""
    led = _led_into(scene, form, case_id)
    if led is not None:
        return led
    dialogue = _begun(scene, form, case_id)
    if dialogue is None:
        return scene.notice(Notice(scene.say("gone_case"), tone="warning"))
    return _opened(scene, scene.rules(dialogue).flows[form.id].begin(ready(dialogue)))


def _led_into(scene: Scene, form: Form, case_id: str) -> Turn | None:
    """Where the person is led who can't begin one more: to the one that is open, or to them all."""
    open_one = _open(scene, form, case_id)
    if open_one is not None:
        return resume(scene, open_one)
    full = len(scene.conversation.dialogues) >= OPEN_DIALOGUES
    return _too_many(scene) if full else None


def _started(scene: Scene, form: Form, case_id: str, said: str, quote: str) -> Turn:
    dialogue = _begun(scene, form, case_id)
    if dialogue is None:
        return scene.notice(Notice(scene.say("gone_case"), tone="warning"))
    if form.asks_first:
        return asking.first(scene, form, scene.facts.cases[case_id])
    several = telling.opening(scene, dialogue, quote or said)
    if several is not None:
        return _opened_told(scene, several)
    return _opened(scene, _quoted(scene, form, dialogue, quote), said)


def _open(scene: Scene, form: Form, case_id: str) -> Dialogue | None:
    for dialogue in scene.conversation.dialogues:
        if case_id and dialogue.form == form.id and dialogue.subject == case_id:
            return dialogue
    return None


def _begun(scene: Scene, form: Form, case_id: str) -> Dialogue | None:
    rules, about, answers = scene.library.current, "", {}
    heard: dict[str, str] = {}
    if case_id:
        case = scene.facts.cases.get(case_id)
        if case is None or case.owner != scene.person.id or not scene.may(form.action):
            return None
        rules, about = scene.library.of(case.playbook), case.title
        if form.id not in rules.flows or not rules.lifecycle.takes(form, case.step):
            return None
        answers = _corrected(case, rules, form)
        before = known(rules.playbook, rules.flows[form.id].form, case, scene.facts.at)
        told_of = {} if answers else _told_of(case, form)
        heard = {name: words for name, words in case.heard.items() if name in told_of}
        answers = answers or {**before, **told_of}
    dialogue = Dialogue(
        id=scene.facts.event_id,
        form=form.id,
        playbook=rules.playbook.edition,
        state="",
        subject=case_id or scene.facts.event_id,
        answers=answers,
        about=about,
        began=int(scene.facts.at.timestamp() * 1000),
        heard=heard,
    )
    return rules.flows[form.id].begin(dialogue)


def _corrected(case: Case, rules: Rulebook, form: Form) -> dict[str, JsonValue]:
    """What was said before, where the form is the same one again and not one more of its kind."""
    step = rules.playbook.steps.get(case.step)
    again = step is None or step.id in step.then.values()
    return {} if again or form.opens != "open_case" else case.forms.get(form.id, {})


def _told_of(case: Case, form: Form) -> dict[str, JsonValue]:
    """What a message said of the form beforehand: it holds until the form was filled in once."""
    return {} if form.id in case.forms else case.told.get(form.id, {})


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
    turn = briefing.begun(stage, dialogue) or stand(stage, dialogue, remark)
    if not said:
        return turn
    return answer(replace(stage, conversation=turn.conversation), dialogue, said)


def _opened_told(scene: Scene, dialogue: Dialogue) -> Turn:
    waiting = scene.conversation.active
    stage = replace(scene, in_place=False)
    remark = scene.say("parked", title=scene.name(waiting)) if waiting else ""
    return told(stage, dialogue, remark)


def decide(scene: Scene, approval_id: str, verdict: str, mark: str) -> Turn:
    """A decision card was pressed: the decision form begins with that answer given."""
    approval = scene.facts.approvals.get(approval_id)
    waits = vouching.waiting(scene.conversation, approval_id)
    if waits is not None:
        return vouching.pressed_again(scene, waits)
    no = decision.refusal(scene, approval, mark)
    if no is not None or approval is None:
        turn = decision.turned_away(scene, approval, no or decision.No("gone", scene.say("gone")))
        return forged(scene, turn) if approval is None and scene.may("decide") else turn
    rules = scene.library.of(approval.case.playbook)
    blank = Dialogue(
        id=scene.facts.event_id,
        form=rules.playbook.decision.form,
        playbook=rules.playbook.edition,
        state="",
        subject=approval.id,
        answers={"verdict": verdict},
        about=approval.case.title,
        mark=mark,
    )
    begun = rules.flows[blank.form].begin(blank)
    others = tuple(one for one in scene.conversation.dialogues if one.subject != approval.id)
    stage = replace(scene, conversation=replace(scene.conversation, dialogues=others))
    if begun.state == REVIEW:
        return advance(stage, begun)
    return _too_many(scene) if len(others) >= OPEN_DIALOGUES else _opened(stage, begun)


def join(scene: Scene, invitation: str, answer: str) -> Turn:
    """An invitation was answered by a press: its form begins with that answer given."""
    event = joining.waiting(scene, invitation)
    rules = scene.library.current
    form = next((one for one in rules.playbook.forms if one.opens == "invitation"), None)
    if event is None or form is None:
        return scene.notice(Notice(scene.say("join_gone"), tone="warning"))
    blank = Dialogue(
        id=scene.facts.event_id,
        form=form.id,
        playbook=rules.playbook.edition,
        state="",
        subject=invitation,
        answers={"answer": "accepted" if answer == joining.COME else "declined"},
        about=event.title,
    )
    begun = rules.flows[form.id].begin(blank)
    others = tuple(one for one in scene.conversation.dialogues if one.subject != invitation)
    stage = replace(scene, conversation=replace(scene.conversation, dialogues=others))
    if begun.state == REVIEW:
        return advance(stage, begun)
    return _too_many(scene) if len(others) >= OPEN_DIALOGUES else _opened(stage, begun)


def forged(scene: Scene, turn: Turn) -> Turn:
    """Answer as to any old button, and note that this one was never offered to them."""
    line = AuditLine(scene.person.id, "forged", scene.facts.event_id)
    return replace(turn, forged=True, audit=(*turn.audit, line))


def barred(scene: Scene, event: Barred) -> Turn:
    """Say why something was not let in; who keeps at it is told no more."""
    gaps = {"length": event.length, "limit": MESSAGE} if event.why == "length" else {}
    text = scene.say("too_long" if event.why == "length" else f"barred_{event.why}", **gaps)
    active = scene.conversation.active
    again = event.why == "length" and active is not None and scene.facts.person is not None
    told = scene.notice(Notice(text, tone="warning"))
    if again and active is not None:
        told = scene.live(active, refusal=text)
    return replace(told, audit=(AuditLine(scene.conversation.id, event.why, scene.facts.event_id),))


def _too_many(scene: Scene) -> Turn:
    dialogues = scene.conversation.dialogues
    text = scene.say("too_many", count=len(dialogues))
    buttons = tuple(scene.resumes(one) for one in dialogues)
    return scene.notice(Notice(text, "warning", buttons=buttons))


def _choose_case(scene: Scene, form: Form, words: str = "") -> Turn:
    fitting = [one for one in scene.conversation.cases if _fits(scene, form, one)]
    fitting = [one for one in fitting if fold(words) in fold(one.title)]
    if not fitting and words and form.briefing:
        return briefing.about(scene, words)
    if not fitting:
        record = [one for one in scene.library.current.playbook.forms if one.opens == "case"]
        buttons = tuple(scene.starts(one) for one in record)
        key = "no_case_to_prepare" if form.briefing else "no_open_case"
        return scene.notice(Notice(scene.say(key), buttons=buttons))
    choices = tuple(scene.starts(form, one.id, one.title) for one in reversed(fitting))
    return scene.notice(Notice(scene.say("which_case"), buttons=choices))


def _fits(scene: Scene, form: Form, case: CaseRef) -> bool:
    return scene.library.current.lifecycle.takes(form, case.step)


def only_case(cases: tuple[CaseRef, ...], rules: Rulebook, form: Form) -> str:
    """The id of the one case that the form can be about; empty when there are none or several."""
    fitting = [one.id for one in cases if rules.lifecycle.takes(form, one.step)]
    return fitting[0] if len(fitting) == 1 else ""


def _waiting(scene: Scene, form: Form) -> list[CaseRef]:
    """Cases with an appointment that this form can be about."""
    return [one for one in scene.conversation.cases if _fits(scene, form, one)]


def _choose_appointment(scene: Scene, form: Form) -> Turn:
    waiting = reversed(_waiting(scene, form)[-CASES_SHOWN:])
    choices = tuple(scene.starts(form, one.id, one.title) for one in waiting)
    another = scene.starts(form, ANOTHER, scene.say("another_appointment"))
    return scene.notice(Notice(scene.say("which_appointment"), buttons=(*choices, another)))


def resume(scene: Scene, dialogue: Dialogue, remark: str = "") -> Turn:
    """Bring a dialogue to the front and show where it stands."""
    return replace(scene, in_place=False).live(dialogue, remark=remark)


def outdated(scene: Scene) -> Turn:
    """Say that a dialogue has ended whose form the playbook has no more."""
    notice = Notice(scene.say("outdated"), "warning", buttons=scene.menu())
    return scene.notice(notice, f"o:{scene.facts.event_id}")


def welcome(scene: Scene) -> Turn:
    text = scene.say("welcome", name=scene.person.name)
    waiting = tuple(scene.resumes(one) for one in scene.conversation.dialogues)
    return scene.notice(Notice(text, buttons=waiting + scene.menu()))


def help_(scene: Scene) -> Turn:
    """What can be typed; an open dialogue is shown again below it."""
    rules = scene.library.current
    forms = (one for one in rules.playbook.forms if one.words and scene.may(one.action))
    words = [rules.word(form, scene.language) for form in forms] + ["status"]
    words += ["pending"] if scene.may("decide") else []
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
        if case.approval and case.step == playbook.decision.step and scene.may("withdraw"):
            buttons.append(withdrawal.button(scene, case))
        for form in going_on(scene, case.step):
            title = f"{form.title.of(scene.language)}: {case.title}"
            buttons.append(scene.starts(form, case.id, title))
    return scene.notice(Notice(scene.say("status"), rows=tuple(rows), buttons=tuple(buttons)))


def going_on(scene: Scene, step: str) -> list[Form]:
    """The forms with which this person can go on with a case there, the nearest first."""
    rules = scene.library.current
    forms = (rules.playbook.form_by_id[one] for one in rules.lifecycle.following(step))
    return [one for one in forms if one.words and scene.may(one.action)]


def in_english(scene: Scene) -> Turn:
    return _speaking(scene, "en")


def in_german(scene: Scene) -> Turn:
    return _speaking(scene, "de")


def _speaking(scene: Scene, language: Language) -> Turn:
    """Change the person's language, for good."""
    person = replace(scene.person, language=language)
    text = say(language, "language_set")
    return replace(scene.notice(Notice(text, tone="good")), person=person)


def stranger(scene: Scene, address: Address) -> Turn:
    """Turn somebody unknown away politely, with what an administrator needs to link them."""
    option = {"telegram": "--telegram", "slack": "--slack"}.get(address.channel, "--web")
    command = say("en", "stranger_command", option=f"{option} {address.account}")
    own = "stranger_mail" if scene.facts.mails else "stranger_code"
    texts = [f"{say(one, 'stranger')}\n{command}\n{say(one, own)}" for one in ("en", "de")]
    return scene.notice(Notice("\n\n".join(texts), tone="warning"))


def outsider(scene: Scene, address: Address) -> Turn:
    """Somebody whom the platform itself calls no colleague. A program gets no answer: no loops."""
    audit = AuditLine(f"{address.channel}:{address.account}", f"outside:{address.outside}", "")
    if address.outside in {"bot", "deleted"} or address.shared:
        return Turn(scene.conversation, audit=(audit,))
    texts = [say(one, "outsider") for one in ("en", "de")]
    says = (Say(address, f"n:{scene.facts.event_id}", Notice("\n\n".join(texts), "warning")),)
    return Turn(scene.conversation, says, audit=(audit,))
