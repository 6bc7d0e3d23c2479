"""Which cases, questions and codes a turn will look at, said before it runs.

So the store can lock and read them; what the turn makes of them is the desk's.
"""

from dataclasses import replace
from typing import assert_never

from dialogs import filing, keys, linking, reception, returning, telling, tokens, withdrawal
from dialogs.answers.hygiene import fold
from dialogs.entries import case_meant
from dialogs.events import (
    Barred,
    Decided,
    Delayed,
    Delivered,
    Event,
    Fired,
    Found,
    Invited,
    Joined,
    KeyDenied,
    KeyKept,
    LookedUp,
    Pressed,
    Refused,
    Returned,
    Said,
    Shared,
    Submitted,
    Unreached,
    Unvouched,
    Vouched,
)
from dialogs.flow import Dialogue
from dialogs.library import Library
from dialogs.phrases import meaning
from dialogs.playbook import Form
from dialogs.turns import Conversation, Wants


def wanted(library: Library, conversation: Conversation, event: Event) -> Wants:
    """Name the cases and approvals that a turn on this event will look at."""
    match event:
        case Said() | Pressed():
            codes = linking.wanted(conversation, event)
            return replace(_own(library, conversation, event), codes=codes)
        case _:
            return _own(library, conversation, event)


def _own(library: Library, conversation: Conversation, event: Event) -> Wants:  # noqa: PLR0911 - one return for each kind of event
    match event:
        case Decided() | Vouched() | Unvouched():
            return _decision(event)
        case Delivered() | Delayed() | Refused() | Joined():
            return Wants(cases=(event.case,))
        case Pressed():
            return _pressed(library, conversation, event)
        case Said() | Shared():
            return _told(library, conversation, event)
        case LookedUp():
            return Wants(cases=(event.subject,) if event.subject else ())
        case KeyKept() | KeyDenied() | Fired():
            return Wants(own_key=True)
        case Returned():
            return Wants(approvals=event.approvals)
        case Unreached():
            return Wants(approvals=returning.asked(event))
        case Submitted() | Barred() | Found() | Invited():
            return _dialogue(library, conversation.active)
        case _:
            assert_never(event)


def _told(library: Library, conversation: Conversation, event: Said | Shared) -> Wants:
    """A file without a record is about the last case; its caption is as good as said."""
    if isinstance(event, Said):
        return _said(library, conversation, event)
    wants = _said(library, conversation, Said(event.caption))
    last = filing.last_case(conversation) if event.files else ""
    return replace(wants, cases=(*wants.cases, last)) if last else wants


def _said(library: Library, conversation: Conversation, event: Said) -> Wants:
    word = meaning(event.text)
    if word == "withdraw":
        return withdrawal.wanted(conversation, library.current)
    if word == "process":
        return Wants(cases=tuple(one.id for one in conversation.cases))
    form, rest = form_said(library, event)
    about = case_said(library, conversation, form, rest) if form else ()
    wants = _dialogue(library, conversation.active)
    told = f"{event.text} {event.quote}".strip()
    about += telling.meant(library.current, conversation.cases, told)
    return replace(
        wants,
        cases=tuple(dict.fromkeys(wants.cases + about)),
        open_approvals=word == "pending",
        own_key=word in keys.WORDS,
    )


def _pressed(library: Library, conversation: Conversation, event: Pressed) -> Wants:  # noqa: PLR0911 - one return for each way in
    match tokens.read(event.token):
        case tokens.CardToken(approval=approval):
            return Wants(approvals=(approval,), open_approvals=True)
        case tokens.FreeToken(code="process", args=(case,)):
            return Wants(cases=(case,))
        case tokens.FreeToken(code="word", args=("process",)):
            return Wants(cases=tuple(one.id for one in conversation.cases))
        case tokens.FreeToken(code="withdraw", args=(case,)):
            return withdrawal.wanted(conversation, library.current, case)
        case tokens.FreeToken(code="start" | "anew", args=(_, case)):
            return Wants(cases=(case,))
        case tokens.FreeToken(code="start", args=(form,)):
            return Wants(cases=said_about(library, conversation, form, by_id=True))
        case tokens.FreeToken(code="word", args=("pending" | "key" as word,)):
            return Wants(open_approvals=word == "pending", own_key=word == "key")
        case _:
            return _dialogue(library, conversation.active)


def _dialogue(library: Library, dialogue: Dialogue | None) -> Wants:
    form = _form_of(library, dialogue)
    if dialogue is None or form is None or form.opens == "invitation":
        return Wants()
    if form.opens == "case":
        begun = () if dialogue.subject == dialogue.id else (dialogue.subject,)
        meant = case_meant(form, dialogue.answers)
        return Wants(cases=(*begun, *((meant,) if meant else ())))
    if form.opens == "approval":
        return Wants(approvals=(dialogue.subject,))
    return Wants(cases=(dialogue.subject,))


def form_said(library: Library, event: Said) -> tuple[Form | None, str]:
    """The form whose word was said, and what was said behind it."""
    rules = library.current
    form = rules.form_meant(event.text)
    if form is None:
        first, _, rest = event.text.partition(" ")
        meant = rules.form_meant(first)
        if meant is not None and (event.command or meant.briefing):
            return meant, rest.strip()
    return form, ""


def case_said(
    library: Library, conversation: Conversation, form: Form, rest: str
) -> tuple[str, ...]:
    """The one case that somebody means who says a form's word and something behind it."""
    if not (rest and form.briefing):
        return said_about(library, conversation, form.id, by_id=True)
    named = [one.id for one in conversation.cases if fold(rest) in fold(one.title)]
    return tuple(named) if len(named) == 1 else ()


def said_about(
    library: Library, conversation: Conversation, words: str, *, by_id: bool = False
) -> tuple[str, ...]:
    """The one case a form's word can mean, where only one stands at its step."""
    rules = library.current
    form = rules.playbook.form_by_id.get(words) if by_id else rules.form_meant(words)
    if form is None or not form.of_open_cases:
        return ()
    only = reception.only_case(conversation.cases, rules, form)
    return (only,) if only else ()


def _form_of(library: Library, dialogue: Dialogue | None) -> Form | None:
    flows = library.of(dialogue.playbook).flows if dialogue else {}
    flow = flows.get(dialogue.form) if dialogue else None
    return flow.form if flow else None


def _decision(event: Decided | Vouched | Unvouched) -> Wants:
    if isinstance(event, Decided):
        return Wants(cases=(event.case,), approvals=(event.approval,))
    named = (event.approval,) if event.approval else ()
    return Wants(approvals=named, open_approvals=True)
