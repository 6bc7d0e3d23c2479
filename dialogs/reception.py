"""What happens outside a dialogue's questions: starting and resuming one, help, status, strangers.

Knows forms by their command words and cases by the owner's list.
"""

from collections.abc import Callable
from dataclasses import replace

from dialogs import (
    asking,
    beforehand,
    briefing,
    duties,
    keys,
    menus,
    telling,
    translations,
    winning,
)
from dialogs.answers.hygiene import fold
from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.events import Barred
from dialogs.flow import REVIEW, Dialogue
from dialogs.library import Library
from dialogs.limits import MESSAGE, OPEN_DIALOGUES
from dialogs.people import Address
from dialogs.phrases import say, spoken
from dialogs.playbook import Answers, Form
from dialogs.records import known
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Notice, Say
from dialogs.talk import advance, answer, stand, told
from dialogs.turns import Approval, CaseRef, Conversation, Turn

Record = dict[str, JsonValue]

Ready = Callable[[Dialogue], Dialogue]
ANOTHER = "new"
"""Stands for a case's id in a button that begins with a new case."""
CASES_SHOWN = 8


def start(
    scene: Scene,
    form: Form,
    case_id: str = "",
    said: str = "",
    quote: str = "",
    *,
    offered: bool = False,
) -> Turn:
    """Begin a form; what is under way waits. `said` is taken as the first answer.

    `offered`: the button that offers it was pressed, which says yes to what it asks so.
    """
    if form.opens in {"task", "lead", "invitation", "request", "requested"}:
        return duties.asked(scene) if form.opens == "task" else lost(scene)
    if form.of_open_cases and not case_id:
        return _choose_case(scene, form, said, offered=offered)
    if form.opens == "case" and not (case_id or said or quote) and _waiting(scene, form):
        return _choose_appointment(scene, form)
    case_id = "" if case_id == ANOTHER else case_id
    held = _led_into(scene, form, case_id) or _gated(scene, form, case_id, said, quote)
    dialogue = None if held else _begun(scene, form, case_id, offered=offered)
    return held or _started(scene, form, dialogue, said, quote)


def begin(scene: Scene, form: Form, case_id: str, ready: Ready = lambda dialogue: dialogue) -> Turn:
    """Begin a form about a case, `ready` with what is known before anything is asked."""
    led = _led_into(scene, form, case_id) or _gated(scene, form, case_id, "", "")
    if led is not None:
        return led
    dialogue = _begun(scene, form, case_id)
    if dialogue is None:
        return scene.notice(Notice(scene.say("gone_case"), tone="warning"))
    return _opened(scene, scene.rules(dialogue).flows[form.id].begin(ready(dialogue)))


def _gated(scene: Scene, form: Form, case_id: str, said: str, quote: str) -> Turn | None:
    """What is missing to leave the stage, before a form is begun that moves the case on.

    What was said to the form is kept for when it can be begun.
    """
    case = scene.facts.cases.get(case_id)
    if case is None or not _entitled(scene, form, case):
        return None
    rules = scene.library.of(case.playbook)
    moved = rules.lifecycle.finished(case, form.id)
    if not form.moves and not winning.wins(rules, moved):
        return None
    held = winning.held(scene, rules, case, moved)
    if held is None:
        return None
    blank = _begun(scene, form, case_id) if said or quote else None
    kept = beforehand.kept(scene, case, blank, said, quote) if blank else case
    if kept == case:
        return held
    remark = scene.say("kept_for_later", form=form.title.of(scene.language))
    return replace(winning.held(scene, rules, case, moved, remark) or held, cases=(kept,))


def _led_into(scene: Scene, form: Form, case_id: str) -> Turn | None:
    """Where the person is led who can't begin one more: to the one that is open, or to them all."""
    open_one = _open(scene, form, case_id)
    if open_one is not None:
        return resume(scene, open_one)
    full = len(scene.conversation.dialogues) >= OPEN_DIALOGUES
    return _too_many(scene) if full else None


def _started(scene: Scene, form: Form, dialogue: Dialogue | None, said: str, quote: str) -> Turn:
    if dialogue is None:
        return scene.notice(Notice(scene.say("gone_case"), tone="warning"))
    if form.asks_first:
        return asking.first(scene, form, scene.facts.cases[dialogue.subject])
    several = telling.opening(scene, dialogue, quote or said)
    if several is not None:
        return _opened_told(scene, several)
    return _opened(scene, beforehand.quoted(scene, dialogue, quote), said)


def _open(scene: Scene, form: Form, case_id: str) -> Dialogue | None:
    for dialogue in scene.conversation.dialogues:
        if case_id and dialogue.form == form.id and dialogue.subject == case_id:
            return dialogue
    return None


def _begun(scene: Scene, form: Form, case_id: str, *, offered: bool = False) -> Dialogue | None:
    rules, about = scene.library.current, ""
    before: Record = {}
    answers: Record = {}
    heard: dict[str, str] = {}
    if case_id:
        case = scene.facts.cases.get(case_id)
        if case is None or not _entitled(scene, form, case):
            return None
        rules, about = scene.library.of(case.playbook), case.title
        if form.id not in rules.flows or not rules.lifecycle.fits(form, case.step):
            return None
        before = case.forms.get(form.id, {}) if form.revised else {}
        answers = _again(form, before)
        told_of = _told_of(case, form, before)
        heard = {name: words for name, words in case.heard.items() if name in told_of}
        known_ = known(rules.playbook, rules.flows[form.id].form, case, scene.facts.at)
        answers = {**(answers or {**_customer(form, case), **known_}), **told_of}
        answers |= {one.id: True for one in form.questions if one.offered and offered}
    dialogue = Dialogue(
        id=scene.facts.event_id,
        form=form.id,
        playbook=rules.playbook.edition,
        state="",
        subject=case_id or scene.facts.event_id,
        answers=answers,
        about=about,
        began=int(scene.facts.at.timestamp() * 1000),
        before=before,
        heard=heard,
    )
    return rules.flows[form.id].begin(dialogue)


def _entitled(scene: Scene, form: Form, case: Case) -> bool:
    """Forms about a case are its owner's."""
    return case.owner == scene.person.id and not case.closed and scene.may(form.action)


def _again(form: Form, before: Record) -> Record:
    """The answers of the last time: only what changed is to be said, what was skipped stays so."""
    if not before:
        return {}
    asked = (one for one in form.questions if one.optional and one.asked(before))
    return {**{one.id: None for one in asked}, **before}


def _customer(form: Form, case: Case) -> Record:
    """The customer of the case, where no form asked for one."""
    if case.customer is None:
        return {}
    customer: JsonValue = {"id": case.customer.id, "name": case.customer.name}
    return {one.id: customer for one in form.questions if one.crm == "customer"}


def _told_of(case: Case, form: Form, before: Record) -> Record:
    """What a message has said of the form since it was filled in last; options add to those."""
    told = case.beforehand.get(form.id, {})
    return {name: _with_earlier(value, before.get(name)) for name, value in told.items()}


def _with_earlier(value: JsonValue, earlier: JsonValue) -> JsonValue:
    if not isinstance(value, list) or not isinstance(earlier, list):
        return value
    return [*earlier, *(one for one in value if one not in earlier)]


def begun(scene: Scene, dialogue: Dialogue, said: str = "") -> Turn:
    """Open a dialogue made elsewhere, unless there are too many; `said` tells more for it."""
    if len(scene.conversation.dialogues) >= OPEN_DIALOGUES:
        return _too_many(scene)
    several = telling.opening(scene, dialogue, said) if said else None
    return _opened_told(scene, several) if several else _opened(scene, dialogue)


def _opened(scene: Scene, dialogue: Dialogue, said: str = "", remark: str = "") -> Turn:
    waiting = scene.conversation.active
    stage = replace(scene, in_place=False)
    parked = scene.say("parked", title=scene.name(waiting)) if waiting else ""
    remark = "\n".join(part for part in (remark, parked) if part)
    turn = briefing.begun(stage, dialogue) or stand(stage, dialogue, remark)
    if not said:
        return turn
    return answer(replace(stage, conversation=turn.conversation), dialogue, said)


def _opened_told(scene: Scene, dialogue: Dialogue) -> Turn:
    waiting = scene.conversation.active
    stage = replace(scene, in_place=False)
    remark = scene.say("parked", title=scene.name(waiting)) if waiting else ""
    return told(stage, dialogue, remark)


def begin_about(
    scene: Scene, form: Form, approval: Approval, answers: Answers, *, mark: str, remark: str = ""
) -> Turn:
    """Begin a form about a question to somebody; one that has no open question is finished."""
    rules = scene.library.of(approval.case.playbook)
    blank = Dialogue(
        id=scene.facts.event_id,
        form=form.id,
        playbook=rules.playbook.edition,
        state="",
        subject=approval.id,
        answers=dict(answers),
        about=approval.case.title,
        mark=mark,
    )
    return begin_asked(scene, blank, remark)


def begin_asked(scene: Scene, blank: Dialogue, remark: str = "") -> Turn:
    """Begin a form that answers somebody, in the place of one about the same question."""
    begun = scene.flow(blank).begin(blank)
    others = tuple(one for one in scene.conversation.dialogues if one.subject != blank.subject)
    stage = replace(scene, conversation=replace(scene.conversation, dialogues=others))
    if begun.state == REVIEW:
        return advance(stage, begun)
    full = len(others) >= OPEN_DIALOGUES
    return _too_many(scene) if full else _opened(stage, begun, remark=remark)


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


def _choose_case(scene: Scene, form: Form, words: str = "", *, offered: bool = False) -> Turn:
    fitting = fitting_cases(scene.library, scene.conversation, form)
    fitting = [one for one in fitting if fold(words) in fold(one.title)]
    if not fitting and words and form.briefing:
        return briefing.about(scene, words)
    if not fitting:
        record = [one for one in scene.library.current.playbook.forms if one.opens == "case"]
        buttons = tuple(scene.starts(one) for one in record)
        key = "no_case_to_prepare" if form.briefing else "no_open_case"
        return scene.notice(Notice(scene.say(key), buttons=buttons))
    choices = tuple(
        scene.starts(form, one.id, one.title, offered=offered) for one in reversed(fitting)
    )
    return scene.notice(Notice(scene.say("which_case"), buttons=choices))


def fitting_cases(library: Library, conversation: Conversation, form: Form) -> list[CaseRef]:
    """The person's cases about which that form can be filled in where they stand."""
    life = library.current.lifecycle
    return [one for one in conversation.cases if life.fits(form, one.step)]


def _waiting(scene: Scene, form: Form) -> list[CaseRef]:
    """Cases with an appointment that this form can be about."""
    return fitting_cases(scene.library, scene.conversation, form)


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
    """What can be told and typed; an open dialogue is shown again below it."""
    forms = menus.form_words(scene.library.current, scene.person)
    own = [*menus.own_words(scene.person), *([scene.say("type_key")] if keys.usable(scene) else [])]
    told = (
        scene.say("help_tell") if scene.may("record") else "",
        scene.say("help_forms", words=", ".join(forms)) if forms else "",
        scene.say("help_own", words=", ".join(own)),
        scene.say("help_inside"),
    )
    return scene.notice(Notice("\n".join(filter(None, told)), buttons=scene.menu()))


def lost(scene: Scene) -> Turn:
    """Words that mean nothing here."""
    return scene.notice(Notice(scene.say("unknown_word"), buttons=scene.menu()))


def in_english(scene: Scene) -> Turn:
    return speaking(scene, "en")


def in_german(scene: Scene) -> Turn:
    return speaking(scene, "de")


def speaking(scene: Scene, language: str) -> Turn:
    """Change the person's language, for good."""
    person = replace(scene.person, language=language)
    further = translations.learnt(language)
    key, gaps = ("language_chosen", {"name": further.name}) if further else ("language_set", {})
    text = say(language, key, **gaps)
    return replace(scene.notice(Notice(text, tone="good")), person=person)


def stranger(scene: Scene, address: Address) -> Turn:
    """Turn somebody unknown away politely, with what an administrator needs to link them."""
    option = {"telegram": "--telegram", "slack": "--slack"}.get(address.channel, "--web")
    command = say("en", "stranger_command", option=f"{option} {address.account}")
    own = "stranger_mail" if scene.facts.mails else "stranger_code"
    texts = [f"{say(one, 'stranger')}\n{command}\n{say(one, own)}" for one in spoken("stranger")]
    return scene.notice(Notice("\n\n".join(texts), tone="warning"))


def outsider(scene: Scene, address: Address) -> Turn:
    """Somebody whom the platform itself calls no colleague. A program gets no answer: no loops."""
    audit = AuditLine(f"{address.channel}:{address.account}", f"outside:{address.outside}", "")
    if address.outside in {"bot", "deleted"} or address.shared:
        return Turn(scene.conversation, audit=(audit,))
    texts = [say(one, "outsider") for one in spoken("outsider")]
    says = (Say(address, f"n:{scene.facts.event_id}", Notice("\n\n".join(texts), "warning")),)
    return Turn(scene.conversation, says, audit=(audit,))
