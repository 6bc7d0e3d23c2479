"""Which cases, questions and codes a turn will look at, said before it runs.

So the store can lock and read them; what the turn makes of them is the desk's.
"""

from dataclasses import replace
from typing import assert_never

from dialogs import (
    adoption,
    bound,
    choosing,
    digest,
    filing,
    fired,
    follow_ups,
    handover,
    keeper,
    keys,
    lead_news,
    leadpress,
    leads,
    linking,
    meetings,
    overview,
    reception,
    returning,
    telling,
    tokens,
    vouching,
    withdrawal,
)
from dialogs.events import (
    Barred,
    Closed,
    DayBegun,
    Decided,
    Delayed,
    Delivered,
    Enquired,
    Event,
    Fired,
    Found,
    HandedOver,
    Invited,
    Joined,
    KeyDenied,
    KeyKept,
    LeadCame,
    LeadGiven,
    LookedUp,
    MeetingEnded,
    MeetingSoon,
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
from dialogs.keeper_events import Adopted, Adopting, Recorded, Settled
from dialogs.library import Library
from dialogs.phrases import meaning
from dialogs.playbook import Form
from dialogs.request_events import Informed, Requested
from dialogs.tokens import FreeToken
from dialogs.turns import Conversation, Wants


def wanted(library: Library, conversation: Conversation, event: Event) -> Wants:
    """Name the cases and approvals that a turn on this event will look at."""
    match event:
        case Said() | Pressed():
            codes = linking.wanted(conversation, event)
            return replace(_own(library, conversation, event), codes=codes)
        case _:
            return _own(library, conversation, event)


def _own(library: Library, conversation: Conversation, event: Event) -> Wants:  # noqa: C901, PLR0911, PLR0912 - one return for each kind of event
    match event:
        case Decided() | Enquired() | HandedOver() | Vouched() | Unvouched():
            return _decision(conversation, event)
        case Delivered() | Delayed() | Refused() | Closed() | LeadGiven() | Joined() | Informed():
            return Wants(cases=(event.case,))
        case Pressed():
            return _pressed(library, conversation, event)
        case Said() | Shared():
            return _told(library, conversation, event)
        case LookedUp():
            return _looked_up(library, conversation, event)
        case KeyKept() | KeyDenied() | Fired():
            return fired.wanted(conversation, event)
        case MeetingEnded():
            return Wants(cases=bound.cases(event.meeting))
        case MeetingSoon() | DayBegun():
            return Wants()
        case Returned():
            return Wants(approvals=event.approvals)
        case Unreached():
            return Wants(approvals=returning.asked(event))
        case Submitted() | Barred() | Found() | Invited() | Requested():
            return _dialogue(library, conversation)
        case Recorded() | Settled() | Adopting() | Adopted():
            return adoption.wanted(conversation, event)
        case LeadCame():
            return Wants(cases=(leads.case_id(event.lead.id),))
        case _:
            assert_never(event)


def _looked_up(library: Library, conversation: Conversation, event: LookedUp) -> Wants:
    if event.purpose == digest.PURPOSE:
        return Wants(cases=lead_news.cases_of(conversation.leads), open_approvals=True)
    if event.purpose == keeper.PURPOSE:
        return keeper.wanted(event)
    if event.purpose == choosing.PURPOSE:
        return _dialogue(library, conversation)
    return Wants(cases=(event.subject,) if event.subject else ())


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
    named = named_case(library, conversation, event.text)
    about += (named[1],) if named else _looked_at(library, conversation, event.text, word)
    wants = _dialogue(library, conversation)
    told = f"{event.text} {event.quote}".strip()
    about += telling.meant(library.current, conversation.cases, told)
    asked = follow_ups.asked_ones(conversation) if conversation.active is None else ()
    about += tuple(case for one in asked for case in bound.cases(one.meeting))
    return replace(
        wants,
        cases=tuple(dict.fromkeys(wants.cases + about)),
        open_approvals=word == "pending",
        own_key=word in keys.WORDS | {"help"},
    )


def _looked_at(
    library: Library, conversation: Conversation, text: str, word: str | None
) -> tuple[str, ...]:
    """The one case whose standing or stage is asked for."""
    if word == "stage":
        cases = overview.open_cases(library, conversation)
    else:
        name = overview.named(text, "status") or overview.named(text, "stage")
        cases = overview.matching(conversation, name) if name else []
    return tuple(one.id for one in cases[:1])


def _pressed(library: Library, conversation: Conversation, event: Pressed) -> Wants:  # noqa: PLR0911 - one return for each kind of button
    match tokens.read(event.token):
        case tokens.CardToken(approval=approval):
            return Wants(approvals=(approval,), beside=True)
        case tokens.FreeToken(code="move", args=(_, case, _)):
            return handover.wanted(conversation, case)
        case (
            tokens.FreeToken(code="start" | "offer" | "anew" | "tick", args=(_, case))
            | tokens.FreeToken(code="onward", args=(case, _))
            | tokens.FreeToken(code="case" | "stage" | "process", args=(case,))
        ):
            return Wants(cases=(case,))
        case tokens.FreeToken(code="word", args=("process",)):
            return Wants(cases=tuple(one.id for one in conversation.cases))
        case tokens.FreeToken(code="start" | "offer", args=(form,)):
            return Wants(cases=said_about(library, conversation, form, by_id=True))
        case tokens.FreeToken(code="word", args=("stage",)):
            return Wants(cases=_looked_at(library, conversation, "", "stage"))
        case tokens.FreeToken(code="word", args=("pending" | "key" | "help" as word,)):
            return Wants(open_approvals=word == "pending", own_key=word != "pending")
        case tokens.FreeToken(code=code) as token if code in leadpress.CODES:
            return leadpress.wanted(token)
        case tokens.FreeToken() as token:
            return _about_question(library, conversation, token)
        case _:
            return _dialogue(library, conversation)


def _about_question(library: Library, conversation: Conversation, token: FreeToken) -> Wants:
    match (token.code, token.args):
        case ("reply", (approval, _)):
            return Wants(approvals=(approval,))
        case ("withdraw", (case,)):
            return withdrawal.wanted(conversation, library.current, case)
        case ("hand", (case, *_)):
            return handover.wanted(conversation, case)
        case (adoption.FINE | adoption.MINE, (record,)):
            return adoption.pressed(conversation, record)
        case (meetings.TOKEN, (named, _)):
            known = follow_ups.known(conversation, meetings.number(named))
            return Wants(cases=bound.cases(known.meeting) if known else ())
        case _:
            return _dialogue(library, conversation)


def _dialogue(library: Library, conversation: Conversation) -> Wants:
    dialogue = conversation.active
    form = _form_of(library, dialogue)
    if dialogue is None or form is None or form.opens in {"task", "invitation", "request"}:
        return Wants()
    if form.duplicates:
        return Wants(cases=tuple(leads.case_id(hit.id) for hit in dialogue.hits))
    if form.opens == "case":
        begun = (dialogue.subject,) if dialogue.of_known_case else ()
        return Wants(cases=(*begun, *bound.named(form, dialogue.answers)))
    return _about_subject(form, conversation, dialogue)


def _about_subject(form: Form, conversation: Conversation, dialogue: Dialogue) -> Wants:
    match form.opens:
        case "requested":
            return Wants(cases=(dialogue.mark,))
        case opens if opens != "lead" and not form.of_open_cases:
            return Wants(approvals=(dialogue.subject,))
        case _ if form.moves:
            return handover.wanted(conversation, dialogue.subject)
        case _:
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
    """The one case that somebody means who says a form's word, and no name behind it."""
    if rest and form.briefing:
        return ()
    return said_about(library, conversation, form.id, by_id=True)


def said_about(
    library: Library, conversation: Conversation, words: str, *, by_id: bool = False
) -> tuple[str, ...]:
    """The one case a form's word can mean, where only one stands at its step."""
    rules = library.current
    form = rules.playbook.form_by_id.get(words) if by_id else rules.form_meant(words)
    about_one = form is not None and form.of_open_cases
    found = reception.fitting_cases(library, conversation, form) if form and about_one else []
    return (found[0].id,) if len(found) == 1 else ()


def named_case(library: Library, conversation: Conversation, text: str) -> tuple[Form, str] | None:
    """The form and the one case meant by its word with a name behind it: `lost airbus`."""
    first, _, name = " ".join(text.strip(" /").split()).partition(" ")
    form = library.current.form_meant(first) if name else None
    if form is None or not (form.of_open_cases or form.opens == "case"):
        return None
    fitting = reception.fitting_cases(library, conversation, form)
    found = [one for one in overview.matching(conversation, name) if one in fitting]
    return (form, found[0].id) if len(found) == 1 else None


def _form_of(library: Library, dialogue: Dialogue | None) -> Form | None:
    flows = library.of(dialogue.playbook).flows if dialogue else {}
    flow = flows.get(dialogue.form) if dialogue else None
    return flow.form if flow else None


def _decision(
    conversation: Conversation, event: Decided | Enquired | HandedOver | Vouched | Unvouched
) -> Wants:
    match event:
        case Decided() | HandedOver():
            return Wants((event.case,), (event.approval,))
        case Enquired():
            return Wants(approvals=(event.approval,))
        case _ if vouching.waiting(conversation, event.approval):
            return Wants(approvals=(event.approval,), beside=True)
        case _:
            return Wants(open_approvals=True)
