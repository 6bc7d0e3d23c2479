"""An e-mail to the customer: begun as a draft, and what became of it once the CRM has it.

The draft is the playbook's; the CRM sends. Its delivery state is asked a few times, because a
bounce comes hours later; it is told when it changes.
"""

from collections.abc import Sequence
from dataclasses import replace

from dialogs import drafts, reception
from dialogs.answers import recipients
from dialogs.answers.hygiene import fold, visible
from dialogs.case import Case
from dialogs.customer_lookups import ContactList, KnownContact
from dialogs.events import Delivered, Fired, Hit, LookedUp
from dialogs.flow import Dialogue
from dialogs.lookups import Asking
from dialogs.mail_lookups import MailFate, MailState
from dialogs.playbook import Form, Question
from dialogs.records import contact_of
from dialogs.scene import Scene
from dialogs.shows import Button, Notice
from dialogs.turns import Timer, Turn

CHECK = "mail_state"
"""Kind of the timers, and purpose of the question."""
CHECKED_AFTER_MS = (60_000, 15 * 60_000, 3_600_000, 24 * 3_600_000)
OFFERED = 8
NOT_OUT = frozenset({"bounced", "no_address", "no_server", "failed", "stopped", "gone"})


def begun(scene: Scene, event: LookedUp) -> Turn:
    """The CRM named the people of the customer: the e-mail is drafted, and shown."""
    case = scene.facts.cases.get(event.subject)
    form = _form(scene, case, event.purpose)
    if case is None or form is None:
        return Turn(scene.conversation)
    known = event.answer if isinstance(event.answer, ContactList) else ContactList()
    return reception.begin(
        scene, form, case.id, lambda dialogue: _drafted(scene, form, case, known, dialogue)
    )


def _form(scene: Scene, case: Case | None, asked: str) -> Form | None:
    """The form that begins with that question to the CRM."""
    playbook = scene.library.of(case.playbook).playbook if case else None
    forms = playbook.forms if playbook else ()
    return next((one for one in forms if one.asks_first == asked), None)


def _drafted(
    scene: Scene, form: Form, case: Case, known: ContactList, dialogue: Dialogue
) -> Dialogue:
    people = _reachable(known)
    offers = tuple(Hit(one.id, visible(one.name), one.email) for one in people)
    answers, choices = dict(dialogue.answers), dict(dialogue.choices)
    for question in form.questions:
        if question.crm == "mail.to":
            choices[question.id] = offers
        if question.crm == "mail.to" and (one := _meant(scene, form, case, people)):
            value = question.kind.parse(one.email, scene.moment(scene.rules(dialogue)))
            if hasattr(value, "value"):  # the CRM may hold what is no address
                answers[question.id] = recipients.chosen(one.email, visible(one.name), one.id)
        if question.crm == "mail.language":
            answers[question.id] = _language(question, known.language or scene.person.language)
    drafted = drafts.drafted(scene, form, case, answers)
    return replace(dialogue, choices=choices, answers=drafted)


def _reachable(known: ContactList) -> tuple[KnownContact, ...]:
    """Who has an e-mail address: the people, then the company itself."""
    there = (*known.contacts, *([known.company] if known.company else []))
    return tuple(one for one in there if one.email)[:OFFERED]


def _language(question: Question, code: str) -> str:
    """The one on offer that a customer reads: their own, or English."""
    offered = {option.id for option in question.kind.options()}
    return next((one for one in (code, code[:2]) if one in offered), "en")


def _meant(
    scene: Scene, form: Form, case: Case, found: Sequence[KnownContact]
) -> KnownContact | None:
    """The only one there is, the one who was met, or the only one whose last name is recorded."""
    if len(found) == 1:
        return found[0]
    number, name = contact_of(scene.library.of(case.playbook).playbook, case)
    met = [one for one in found if one.id == number] or [
        one for one in found if name and fold(one.name) == fold(name)
    ]
    return met[0] if len(met) == 1 else _named(form, case, found)


def _named(form: Form, case: Case, found: Sequence[KnownContact]) -> KnownContact | None:
    record = case.forms.get(form.about, {})
    words = set(fold(" ".join(one for one in record.values() if isinstance(one, str))).split())
    there = {word.strip(".,;:()!?") for word in words}
    named = [one for one in found if one.name and fold(one.name).split()[-1] in there]
    return named[0] if len(named) == 1 else None


def entered(scene: Scene, event: Delivered, case: Case) -> Turn:
    """The CRM has the e-mail: ask what became of it, now and later."""
    timers = tuple(
        Timer(
            f"mail:{event.key}:{number}",
            CHECK,
            scene.facts.now + after,
            {"key": event.key, "case": case.id},
        )
        for number, after in enumerate(CHECKED_AFTER_MS)
    )
    return Turn(scene.conversation, asks=(_asked(event.key, case.id),), timers=timers)


def _asked(key: str, case: str) -> Asking:
    return Asking(MailState(key), CHECK, case, patience_ms=None)


def checked(scene: Scene, event: Fired) -> Turn:
    """It is time to ask again."""
    key, case = event.payload.get("key"), event.payload.get("case")
    if not key or not case:
        return Turn(scene.conversation)
    return Turn(scene.conversation, asks=(_asked(key, case),))


def told(scene: Scene, event: LookedUp) -> Turn:
    """Tell what became of the e-mail, if that is news."""
    case, answer = scene.facts.cases.get(event.subject), event.answer
    if case is None or not isinstance(answer, MailFate):
        return Turn(scene.conversation)
    if case.mails.get(answer.key) == answer.fate or answer.key not in case.deliveries:
        return Turn(scene.conversation)
    turn = scene.notice(_notice(scene, case, answer))
    return replace(turn, cases=(replace(case, mails={**case.mails, answer.key: answer.fate}),))


def _notice(scene: Scene, case: Case, answer: MailFate) -> Notice:
    form = scene.library.of(case.playbook).playbook.form_by_id.get(answer.key.split("-")[1])
    record = case.forms.get(form.id, {}) if form else {}
    shown = {
        one.crm: one.kind.show(record[one.id], scene.language, "")
        for one in (form.questions if form else ())
        if one.crm and one.id in record
    }
    to = shown.get("mail.to", case.title)
    text = scene.say(f"mail_{answer.fate}", to=to, reason=_sentence(answer.reason))
    if answer.fate == "unsent":
        subject = scene.say("mail_subject", subject=shown.get("mail.subject", ""))
        return Notice(f"{text}\n\n{subject}\n\n{shown.get('mail.body', '')}", "warning")
    again = _again(scene, case, form) if answer.fate in NOT_OUT else ()
    return Notice(text.strip(), "good" if answer.fate == "sent" else "warning", buttons=again)


def _again(scene: Scene, case: Case, form: Form | None) -> tuple[Button, ...]:
    return (scene.starts(form, case.id, scene.say("mail_again")),) if form else ()


def _sentence(text: str) -> str:
    line = " ".join(text.split())[:200]
    return f" ({line})" if line else ""
