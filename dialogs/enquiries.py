"""What management asks back before it decides, and the owner's answer (process step 6).

The question to management stays open meanwhile. An answer goes to whoever asked, onto every card,
which thereby shows something new and gets a new mark, and into the CRM as a note.
"""

from dataclasses import replace

from dialogs import cards, decision
from dialogs.cards import card_for
from dialogs.entries import keeping, noted
from dialogs.events import Enquired
from dialogs.flow import Dialogue
from dialogs.people import Person, name_of
from dialogs.phrases import say
from dialogs.records import Record
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Button, Notice, Say
from dialogs.tokens import free
from dialogs.turns import Approval, Enquiry, Tell, Turn

MOST = 5
"""Questions about one case: more is a talk."""


def ask(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """The finished question: it goes to the owner and onto the cards."""
    approval = scene.facts.approvals.get(dialogue.subject)
    ends = scene.conversation.active is None
    no = refusal(scene, approval, dialogue.mark)
    if no is not None or approval is None:
        given = no or decision.No("gone", scene.say("gone"))
        return decision.turned_away(scene, approval, given, dialogue_ends=ends)
    number = len(approval.enquiries)
    new = Enquiry(scene.person.id, str(record.get("question") or ""))
    asked = replace(approval, enquiries=(*approval.enquiries, new))
    owner = name_of(scene.facts.people, approval.owner)
    text = scene.say("asked_back", name=owner, title=approval.case.title)
    told = scene.closing(Notice(text, tone="good")) if ends else scene.notice(Notice(text))
    return replace(
        told,
        says=told.says + _updated(scene, asked),
        approvals=(asked,),
        tells=(Tell(f"ask:{approval.id}:{number}", approval.owner, Enquired(approval.id, number)),),
        audit=(AuditLine(scene.person.id, "enquired", approval.id),),
    )


def refusal(scene: Scene, approval: Approval | None, mark: str) -> decision.No | None:
    """Why this person can't ask anything about what they saw; None when they can."""
    no = decision.refusal(scene, approval, mark)
    if no is not None or approval is None or len(approval.enquiries) < MOST:
        return no
    owner = name_of(scene.facts.people, approval.owner)
    text = scene.say("enquiries_full", count=MOST, title=approval.case.title, owner=owner)
    return decision.No("full", text)


def heard(scene: Scene, event: Enquired) -> Turn:
    """In the owner's conversation: the question, with a button to answer it."""
    approval = scene.facts.approvals.get(event.approval)
    if approval is None or approval.status != "open" or event.number >= len(approval.enquiries):
        return Turn(scene.conversation)
    return scene.notice(Notice(_asks(scene, approval, event.number), buttons=(
        _button(scene, approval, event.number),
    )))  # fmt: skip


def unanswered(scene: Scene, approval: Approval) -> tuple[Button, ...]:
    """Buttons for what the owner has not answered yet."""
    waiting = (number for number, one in enumerate(approval.enquiries) if not one.answer)
    return tuple(_button(scene, approval, number) for number in waiting)


def _button(scene: Scene, approval: Approval, number: int) -> Button:
    token = free(scene.conversation.id, "reply", approval.id, str(number))
    return Button(scene.say("answer_it"), token)


def _asks(scene: Scene, approval: Approval, number: int) -> str:
    one = approval.enquiries[number]
    name = name_of(scene.facts.people, one.by)
    return scene.say("enquired", name=name, title=approval.case.title, question=one.question)


def remark(scene: Scene, approval: Approval, number: str) -> str:
    """What is asked, above the field for the answer."""
    return _asks(scene, approval, int(number))


def no_answer(scene: Scene, approval: Approval | None, number: str) -> str:
    """Why that question is not to be answered; empty when it is."""
    known = approval is not None and approval.owner == scene.person.id
    if approval is None or not known or not _there(approval, number):
        return scene.say("gone")
    if approval.status != "open":
        return scene.say("enquiry_over", title=approval.case.title)
    return scene.say("enquiry_done") if approval.enquiries[int(number)].answer else ""


def _there(approval: Approval, number: str) -> bool:
    return (
        number.isascii() and number.isdecimal() and len(number) < MOST
        and int(number) < len(approval.enquiries)
    )  # fmt: skip


def answer(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """The finished answer: to whoever asked, onto the cards, into the CRM."""
    approval = scene.facts.approvals.get(dialogue.subject)
    no = no_answer(scene, approval, dialogue.mark)
    case = scene.facts.cases.get(approval.case.id) if approval else None
    if no or approval is None or case is None:
        return scene.closing(Notice(no or scene.say("gone_case"), tone="warning"))
    known = _answered(scene, approval, int(dialogue.mark), str(record.get("answer") or ""))
    one = known.enquiries[int(dialogue.mark)]
    playbook = scene.rules(dialogue).playbook
    asker = name_of(scene.facts.people, one.by)
    rows = (
        (say(playbook.language, "note_enquiry", name=asker), one.question),
        (say(playbook.language, "note_answer", name=scene.person.name), one.answer),
    )
    delivery = noted(playbook, scene.form(dialogue), case, scene.person, scene.person, rows=rows)
    told = scene.closing(Notice(scene.say("answer_kept", name=asker), tone="good"))
    return replace(
        follow(told, _brought(scene, told, known, one)),
        approvals=(known,),
        cases=(keeping(case, delivery),),
        deliveries=(delivery,),
        audit=(AuditLine(scene.person.id, "answered", approval.id),),
    )


def _answered(scene: Scene, approval: Approval, number: int, text: str) -> Approval:
    """The question with that answer, and the mark of what its cards show now."""
    said = replace(approval.enquiries[number], answer=text)
    enquiries = (*approval.enquiries[:number], said, *approval.enquiries[number + 1 :])
    rules = scene.library.of(approval.case.playbook)
    return replace(approval, enquiries=enquiries, mark=cards.mark(rules, approval.case, enquiries))


def _brought(scene: Scene, told: Turn, approval: Approval, one: Enquiry) -> Turn:
    """The answer for whoever asked, with the card below it; the other cards as they stand."""
    asker = scene.facts.people.persons.get(one.by)
    news = _news(scene, asker, approval, one) if asker else ()
    theirs = {(at.channel, at.account) for at in asker.addresses} if asker else set()
    return Turn(told.conversation, news + _updated(scene, approval, anew=theirs))


def _news(scene: Scene, asker: Person, approval: Approval, one: Enquiry) -> tuple[Say, ...]:
    text = say(
        asker.language,
        "answered_you",
        name=scene.person.name,
        title=approval.case.title,
        answer=one.answer,
    )
    return scene.inform(asker, Notice(text))


def _updated(
    scene: Scene, approval: Approval, anew: set[tuple[str, str]] | None = None
) -> tuple[Say, ...]:
    """Every card as it stands now: in its place, or below for those who wait for it."""
    below = anew or set()
    return tuple(
        replace(
            card_for(scene, approval, copy),
            above=(copy.address.channel, copy.address.account) in below,
            edit=(copy.address.channel, copy.address.account) not in below,
        )
        for copy in approval.copies
    )
