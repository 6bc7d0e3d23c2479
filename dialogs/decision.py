"""Management's decision: the card with what counts, the press, the verdict and what follows.

Knows no chat and no CRM product. That only one verdict counts is the store's promise: an approval
is locked while a turn looks at it.
"""

from collections.abc import Iterator
from dataclasses import replace

from babel.dates import format_datetime

from dialogs import tokens
from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.entries import Record, decided_at, keeping, ruled
from dialogs.events import Decided
from dialogs.flow import Dialogue
from dialogs.library import Rulebook
from dialogs.people import Address, Directory, Person, may
from dialogs.phrases import say
from dialogs.playbook import Form, Sum
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Button, Card, Link, Notice, Row, Say, Section
from dialogs.turns import Approval, CaseRef, Conversation, Copy, Ruling, Tell, Turn

BEST = 3
UNKNOWN = "?"


def slot(approval: Approval) -> str:
    """The place of an approval's card at each address it went to."""
    return f"card:{approval.id}"


def ask_management(scene: Scene, case: Case) -> Turn:
    """Open the question and give everybody entitled a card (process step 6)."""
    readers = _readers(scene)
    approval = Approval(
        id=scene.facts.event_id,
        case=case,
        owner=scene.person.id,
        copies=tuple(Copy(address, language) for address, language, _ in readers),
    )
    cards = tuple(_card_for(scene, approval, copy) for copy in approval.copies)
    names = ", ".join(name for _, _, name in readers)
    text = scene.say("asked_management", names=names) if names else scene.say("nobody_to_ask")
    told = scene.notice(Notice(text, tone="info" if names else "warning"))
    audit = AuditLine(scene.person.id, "ask_management", approval.id)
    return replace(told, says=told.says + cards, approvals=(approval,), audit=(audit,))


def _readers(scene: Scene) -> list[tuple[Address, str, str]]:
    """Address, language and name of everybody who gets a card."""
    chat = scene.facts.management
    if chat is not None:
        return [(chat, scene.library.current.playbook.language, "management")]
    return [
        (person.addresses[0], person.language, person.name)
        for person in scene.facts.people.managers()
        if person.addresses and not _own(scene, person.id, scene.person.id)
    ]


def _own(scene: Scene, decider: str, owner: str) -> bool:
    return scene.library.current.playbook.decision.four_eyes and decider == owner


def _card_for(scene: Scene, approval: Approval, copy: Copy) -> Say:
    rules = scene.library.of(approval.case.playbook)
    card = draw(rules, approval, scene.facts.people, copy.language)
    return Say(copy.address, slot(approval), card, edit=approval.status != "open")


def draw(rules: Rulebook, approval: Approval, people: Directory, language: str) -> Card:
    """The card as it stands: with buttons while open, with the verdict afterwards."""
    case = approval.case
    customer = case.customer.name if case.customer else case.title
    return Card(
        title=say(language, "card_title", customer=customer),
        facts=tuple(_facts(rules, approval, people, language)),
        sections=tuple(_sections(rules, case, language)),
        buttons=_buttons(approval, language) if approval.status == "open" else (),
        verdict=_verdict(rules, approval, people, language),
        tone=approval.status,
        link=Link(say(language, "open_crm"), case.url) if case.url else None,
    )


def _buttons(approval: Approval, language: str) -> tuple[Button, ...]:
    approve = tokens.card(approval.id, "approved")
    reject = tokens.card(approval.id, "rejected")
    return (
        Button(say(language, "approve"), approve, style="primary"),
        Button(say(language, "reject"), reject, style="danger"),
    )


def _facts(rules: Rulebook, approval: Approval, people: Directory, language: str) -> Iterator[Row]:
    owner = people.persons.get(approval.owner)
    yield Row(say(language, "card_owner"), owner.name if owner else UNKNOWN)
    for question_id in rules.playbook.decision.card:
        yield from _answered(rules, approval.case, question_id, language)
    totals = [figure.total(approval.case.forms.get(form.id, {})) for form, figure in _sums(rules)]
    if totals:
        yield Row(say(language, "card_scores"), " / ".join(str(total) for total in totals))


def _answered(rules: Rulebook, case: Case, wanted: str, language: str) -> Iterator[Row]:
    for form in rules.playbook.forms:
        for question in form.questions:
            value = case.forms.get(form.id, {}).get(question.id)
            if question.id == wanted and value is not None:
                shown = question.kind.show(value, language, rules.playbook.currency)
                yield Row(question.label.of(language), shown)


def _sums(rules: Rulebook) -> Iterator[tuple[Form, Sum]]:
    return ((form, figure) for form in rules.playbook.forms for figure in form.sums)


def _sections(rules: Rulebook, case: Case, language: str) -> Iterator[Section]:
    for form, figure in _sums(rules):
        question = form.question(figure.over)
        names = {one.id: one.text for one in question.kind.options()} if question else {}
        scores = figure.scores(case.forms.get(form.id, {}))[:BEST]
        lines = tuple(
            say(language, "card_line", name=names[one].get(language, one), score=score)
            for one, score in scores
        )
        if lines and question:
            yield Section(question.label.of(language), lines)


def _verdict(rules: Rulebook, approval: Approval, people: Directory, language: str) -> str:
    decider = people.persons.get(approval.decided_by or "")
    if approval.status == "open" or decider is None:
        return "" if approval.status == "open" else say(language, "withdrawn")
    record = approval.case.forms.get(rules.playbook.decision.form, {})
    return say(
        language,
        f"verdict_{approval.status}",
        name=decider.name,
        when=_when(approval, decider, language),
        reason=record.get("reason", ""),
    )


def _when(approval: Approval, reader: Person, language: str) -> str:
    pattern = "d. MMM y, HH:mm" if language == "de" else "d MMM y, HH:mm"
    return format_datetime(decided_at(approval, reader), pattern, locale=language)


def refusal(scene: Scene, approval: Approval | None) -> str | None:
    """Why this person can't decide about it now; None when they can."""
    if not may(scene.person, "decide"):
        return scene.say("denied", role=scene.person.role)
    if approval is None:
        return scene.say("gone")
    if approval.status != "open":
        return already(scene, approval)
    if _own(scene, scene.person.id, approval.owner):
        return scene.say("own_case")
    return None


def changed(scene: Scene, approval: Approval | None) -> Case | None:
    """The case as it stands, where it is no longer what the card showed; else None."""
    case = scene.facts.cases.get(approval.case.id) if approval else None
    if case is None or approval is None or _content(case) == _content(approval.case):
        return None
    return case


def _content(case: Case) -> tuple[object, ...]:
    """What somebody decides about; where it stands in the CRM is none of it."""
    return case.title, case.customer, case.owner, case.forms


def ask_again(scene: Scene, approval: Approval, case: Case) -> Turn:
    """Bring every card up to date instead of a verdict about something else than was shown."""
    fresh = replace(approval, case=case)
    told = scene.notice(Notice(scene.say("changed", title=case.title), tone="warning"))
    cards = (replace(_card_for(scene, fresh, copy), edit=True) for copy in fresh.copies)
    audit = AuditLine(scene.person.id, "ask_again", approval.id)
    return replace(told, says=told.says + tuple(cards), approvals=(fresh,), audit=(audit,))


def already(scene: Scene, approval: Approval) -> str:
    """By whom and when it was decided: the answer to a late press."""
    decider = scene.facts.people.persons.get(approval.decided_by or "")
    if decider is None:
        return scene.say("withdrawn")
    when = _when(approval, scene.person, scene.language)
    return scene.say(f"already_{approval.status}", name=decider.name, when=when)


def rule(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """The finished decision form: the verdict, and the word to the owner's conversation."""
    approval = scene.facts.approvals.get(dialogue.subject)
    no = refusal(scene, approval)
    if no is not None or approval is None:
        return scene.closing(Notice(no or scene.say("gone"), tone="warning"))
    case = changed(scene, approval)
    if case is not None:
        return ask_again(scene, approval, case)
    status = "approved" if record.get("verdict") == "approved" else "rejected"
    event = Decided(
        approval=approval.id,
        case=approval.case.id,
        approved=status == "approved",
        by=scene.person.id,
        reason=str(record.get("reason") or ""),
        target=str(record.get("target") or ""),
    )
    return replace(
        _thanks(scene, approval, status, asked=len(record) > 1),
        ruling=Ruling(approval.id, "approved" if event.approved else "rejected", scene.person.id),
        tells=(Tell(f"appr:{approval.id}", approval.owner, event),),
        audit=(AuditLine(scene.person.id, status, approval.id),),
    )


def _thanks(scene: Scene, approval: Approval, status: str, *, asked: bool) -> Turn:
    """Say so where a dialogue was led; a card pressed answers by changing itself."""
    if not asked:
        return Turn(scene.conversation)
    owner = scene.facts.people.persons.get(approval.owner)
    text = scene.say(
        f"you_{status}", title=approval.case.title, owner=owner.name if owner else UNKNOWN
    )
    return scene.closing(Notice(text, tone="good"))


def decided(scene: Scene, event: Decided) -> Turn:
    """In the owner's conversation: move the case, enter the decision, close every card."""
    case = scene.facts.cases.get(event.case)
    approval = scene.facts.approvals.get(event.approval)
    manager = scene.facts.people.persons.get(event.by)
    if case is None or approval is None or manager is None:
        return Turn(scene.conversation)
    record = _record(event)
    rules = scene.library.of(case.playbook)
    moved = rules.lifecycle.after(case, str(record["verdict"])) or case
    moved = replace(moved, forms={**moved.forms, rules.playbook.decision.form: record})
    delivery = ruled(rules.playbook, moved, approval, record=record, by=manager, owner=scene.person)
    final = replace(approval, case=moved)
    told = scene.notice(_news(scene, rules, moved, event, manager))
    return replace(
        told,
        conversation=listed(told.conversation, rules, moved),
        says=told.says + tuple(_card_for(scene, final, copy) for copy in final.copies),
        cases=(keeping(moved, delivery),),
        deliveries=(delivery,),
    )


def _record(event: Decided) -> dict[str, JsonValue]:
    given = {
        "verdict": "approved" if event.approved else "rejected",
        "reason": event.reason,
        "target": event.target,
    }
    return {fact: value for fact, value in given.items() if value}


def _news(scene: Scene, rules: Rulebook, case: Case, event: Decided, manager: Person) -> Notice:
    targets = {one.id: one.text.of(scene.language) for one in rules.playbook.handover}
    step = rules.playbook.steps[case.step].title.of(scene.language)
    text = scene.say(
        "approved" if event.approved else "rejected",
        title=case.title,
        name=manager.name,
        step=step,
        reason=_sentence(event.reason),
        target=targets.get(event.target, event.target),
    )
    link = Link(scene.say("open_crm"), case.url) if case.url else None
    return Notice(text, "good" if event.approved else "warning", link=link)


def _sentence(text: str) -> str:
    """End it, where another sentence follows."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def listed(conversation: Conversation, rules: Rulebook, case: Case) -> Conversation:
    """The owner's list of open cases with this one as it stands now; ended ones leave it."""
    others = tuple(one for one in conversation.cases if one.id != case.id)
    if not rules.playbook.steps[case.step].then:
        return replace(conversation, cases=others)
    return replace(conversation, cases=(*others, CaseRef(case.id, case.title, case.step)))


def pending(scene: Scene) -> Turn:
    """Show every open question this person may decide, each as a card of its own."""
    if not may(scene.person, "decide"):
        return scene.notice(Notice(scene.say("denied", role=scene.person.role), tone="warning"))
    waiting = [
        one
        for one in scene.facts.approvals.values()
        if one.status == "open" and not _own(scene, scene.person.id, one.owner)
    ]
    if not waiting:
        return scene.notice(Notice(scene.say("pending_none")))
    turn = scene.notice(Notice(scene.say("pending", count=len(waiting))))
    for approval in waiting:
        turn = follow(turn, _again(scene, approval))
    return turn


def _again(scene: Scene, approval: Approval) -> Turn:
    """The card anew, as a further copy that will be updated like the others."""
    address = scene.home
    if address is None:
        return Turn(scene.conversation)
    copy = Copy(address, scene.language)
    known = replace(approval, copies=(*(c for c in approval.copies if c != copy), copy))
    card = replace(_card_for(scene, known, copy), above=True)
    return Turn(scene.conversation, (card,), approvals=(known,))
