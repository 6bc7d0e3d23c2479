"""Leads that came in by themselves: who is told, who takes them, who gets them, why not.

A lead that stands in the CRM becomes a case bound to it. Exactly one of those who were told has it:
the case is locked while a press is worked through, and the CRM is asked once more on writing.
"""

from collections.abc import Iterator
from dataclasses import replace

from dialogs import moves, tokens
from dialogs.case import Case
from dialogs.crm import Claim, Customer, Delivery, JsonValue, Note
from dialogs.duties import colleagues
from dialogs.entries import about, closed_as_lost, keeping
from dialogs.errands import overtaken as told_overtaken
from dialogs.events import Delivered, LeadCame, LeadGiven
from dialogs.flow import Dialogue
from dialogs.lead_lookups import NewLead
from dialogs.library import Rulebook
from dialogs.limits import OPEN_DIALOGUES
from dialogs.listing import listed
from dialogs.people import Directory, Person, may
from dialogs.phrases import say
from dialogs.playbook import Form, Playbook, Step
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Button, Link, Notice, Row, Say
from dialogs.turns import Tell, Turn

Record = dict[str, JsonValue]
LONGEST_TEXT = 600
"""Characters of what the sender wrote that are told in the chat."""


def case_id(lead: int | str) -> str:
    return f"o{lead}"


def responsible(playbook: Playbook, people: Directory, lead: NewLead) -> tuple[Person, ...]:
    """Who is told of it: its owner in the CRM; else by the playbook's rule; else management.

    Nobody as long as none of them has a chat.
    """
    linked = (one for one in people.persons.values() if one.addresses)
    everybody = [one for one in linked if may(one, "leads")]
    named = {"owner": lead.owner, "team_leader": lead.leader}
    rules = ("owner", playbook.leads_to) if lead.owner else (playbook.leads_to,)
    for rule in rules:
        told = [
            one for one in everybody
            if one.who == rule or (named.get(rule) and one.login == named[rule])
        ]  # fmt: skip
        if told:
            return tuple(told)
    return tuple(one for one in everybody if one.who == "management")


def slot(case: str) -> str:
    """The message that announces a lead: what becomes of it takes its place."""
    return f"lead:{case}"


def of_lead(rules: Rulebook, event: LeadCame) -> Case:
    """The case of a lead that came in, which nobody has yet."""
    lead, step = event.lead, first_step(rules)
    return Case(
        id=case_id(lead.id),
        owner="",
        playbook=rules.playbook.edition,
        step=step.id,
        stage=rules.lifecycle.begins_in(step),
        title=lead.title,
        customer=_customer(lead),
        url=lead.url,
        forms={"lead": _said(lead)},
        lead=lead.id,
        told=event.told,
        had=lead.owner_name,
    )


def standing(
    scene: Scene, rules: Rulebook, lead: int, title: str, customer: Customer | None = None
) -> Case:
    """A case of the person's, of an opportunity that stood in the CRM before it."""
    step = first_step(rules)
    return Case(
        id=case_id(lead),
        owner=scene.person.id,
        playbook=rules.playbook.edition,
        step=step.id,
        stage=rules.lifecycle.begins_in(step),
        since=scene.facts.now,
        title=title,
        customer=customer,
        lead=lead,
    )


def _said(lead: NewLead) -> Record:
    """By the questions that are asked of whoever records a lead."""
    said: Record = {"contact": lead.contact, "email": lead.email, "phone": lead.phone}
    return {name: text for name, text in said.items() if text}


def first_step(rules: Rulebook) -> Step:
    """Where a case begins that nothing was recorded of yet: the first step that asks something."""
    steps = rules.playbook.case_process.steps
    return next((step for step in steps if step.form), steps[0])


def _customer(lead: NewLead) -> Customer | None:
    name = lead.company
    return Customer(name, lead.customer) if name and lead.customer else None


def card(scene: Scene, lead: NewLead) -> Notice:
    """Its announcement: all that is known, and what can be done."""
    text = lead.text if len(lead.text) <= LONGEST_TEXT else f"{lead.text[:LONGEST_TEXT]}…"
    facts = {
        "lead_contact": lead.contact,
        "lead_company": lead.company,
        "lead_email": lead.email,
        "lead_phone": lead.phone,
        "lead_source": lead.source,
        "lead_stars": "★" * lead.stars,
        "lead_text": text,
    }
    rows = tuple(Row(scene.say(key), value) for key, value in facts.items() if value)
    link = Link(scene.say("open_crm"), lead.url) if lead.url else None
    title = scene.say("lead_came", title=lead.title)
    return Notice(title, rows=rows, buttons=tuple(_doing(scene, lead.id)), link=link)


def _doing(scene: Scene, lead: int) -> Iterator[Button]:
    talk, number = scene.conversation.id, str(lead)
    yield Button(scene.say("lead_take"), tokens.free(talk, "ltake", number), style="primary")
    yield Button(scene.say("lead_assign"), tokens.free(talk, "lwho", number))
    if _form(scene) is not None:
        yield Button(scene.say("lead_decline"), tokens.free(talk, "lno", number), style="danger")


def _form(scene: Scene) -> Form | None:
    """What is asked of whoever declines one."""
    forms = scene.library.current.playbook.forms
    return next((one for one in forms if one.opens == "lead"), None)


def whom(scene: Scene, lead: str) -> Turn:
    """Let a colleague be chosen."""
    no = refusal(scene, _known(scene, lead))
    people = colleagues(scene)
    if no or not people:
        return scene.notice(Notice(no or scene.say("no_colleagues"), tone="warning"))
    talk = scene.conversation.id
    buttons = tuple(Button(one.name, tokens.free(talk, "lgive", lead, one.id)) for one in people)
    return scene.notice(Notice(scene.say("lead_whom"), buttons=buttons))


def _known(scene: Scene, lead: str) -> Case | None:
    return scene.facts.cases.get(case_id(lead))


def refusal(scene: Scene, case: Case | None) -> str:
    """Why this person can't do anything about it; empty when they can."""
    if case is None or case.lead is None:
        return scene.say("lead_gone")
    if case.closed:
        return scene.say("lead_closed", title=case.title)
    if case.owner == scene.person.id:
        return scene.say("lead_yours", title=case.title)
    if case.owner:
        return scene.say("lead_taken", title=case.title, name=scene.colleague(case.owner))
    return ""


def taken(scene: Scene, lead: str, heir: str = "") -> Turn:
    """Take it, or give it to a colleague."""
    case = _known(scene, lead)
    no = refusal(scene, case)
    owner = scene.facts.people.persons.get(heir or scene.person.id)
    if no or case is None or owner is None or not may(owner, "leads"):
        return scene.notice(Notice(no or scene.say("lead_gone"), tone="warning"))
    rules = scene.library.of(case.playbook)
    kind = "give" if heir else "take"
    now = (say(rules.playbook.language, "task_to"), owner.name)
    delivery = _delivery(scene, case, kind, owner, now)
    mine = keeping(replace(case, owner=owner.id, since=scene.facts.now), delivery)
    text = scene.say(f"lead_is_{kind}", title=case.title, name=owner.name)
    told = _in_its_place(scene, case, text)
    turn = replace(
        told,
        says=(*told.says, *_others(scene, case, "lead_taken", owner)),
        cases=(mine,),
        deliveries=(delivery,),
        audit=(AuditLine(scene.person.id, f"lead:{kind}", case.id),),
    )
    if not heir or owner.id == scene.person.id:
        return replace(turn, conversation=listed(turn.conversation, rules, mine))
    event = LeadGiven(case.id, scene.person.id)
    key = f"lead_given:{scene.facts.event_id}"
    return replace(turn, tells=(Tell(key, owner.id, event),))


def _delivery(
    scene: Scene, case: Case, kind: str, owner: Person, *rows: tuple[str, str]
) -> Delivery:
    language = scene.library.of(case.playbook).playbook.language
    return replace(
        about(case, kind, scene.person, owner, Note(say(language, f"lead_note_{kind}"), rows)),
        claim=Claim(case.had),
    )


def _in_its_place(scene: Scene, case: Case, text: str) -> Turn:
    """Said where the lead was announced, which has no buttons any more."""
    told = scene.notice(Notice(text, tone="good"), slot(case.id))
    return replace(told, says=tuple(replace(one, edit=True) for one in told.says))


def _others(scene: Scene, case: Case, key: str, by: Person) -> Iterator[Say]:
    """The others who were told of it see what became of it, in the place of the announcement."""
    people = scene.facts.people.persons
    for name in case.told:
        reader = people.get(name)
        if reader is not None and reader.addresses and reader.id != scene.person.id:
            text = say(reader.language, key, title=case.title, name=by.name)
            yield Say(reader.addresses[0], slot(case.id), Notice(text), edit=True)


def given(scene: Scene, event: LeadGiven) -> Turn:
    """In the conversation of whoever got it: told, with the next step; or that it is theirs not."""
    case = scene.facts.cases.get(event.case)
    giver = scene.facts.people.persons.get(event.by)
    if case is None or giver is None:
        return Turn(scene.conversation)
    if event.overtaken is not None:
        left = tuple(one for one in scene.conversation.cases if one.id != case.id)
        text = told_overtaken(scene, event.overtaken, case.title)
        stage = replace(scene, conversation=replace(scene.conversation, cases=left))
        return stage.notice(Notice(text, tone="warning"))
    rules = scene.library.of(case.playbook)
    text = scene.say("lead_given_you", name=giver.name, title=case.title)
    link = Link(scene.say("open_crm"), case.url) if case.url else None
    said = case.forms.get("lead", {})
    rows = tuple(Row(scene.say(f"lead_{name}"), str(value)) for name, value in said.items())
    buttons = tuple(scene.starts(one, case.id) for one in moves.going_on(scene, case))
    turn = scene.notice(Notice(text, rows=rows, buttons=buttons, link=link))
    return replace(turn, conversation=listed(turn.conversation, rules, case))


def declining(scene: Scene, lead: str) -> Turn:
    """Ask why."""
    case, form = _known(scene, lead), _form(scene)
    no = refusal(scene, case)
    if no or case is None or form is None:
        return scene.notice(Notice(no or scene.say("lead_gone"), tone="warning"))
    same = [one for one in scene.conversation.dialogues if one.subject == case.id]
    others = tuple(one for one in scene.conversation.dialogues if one not in same)
    if len(others) >= OPEN_DIALOGUES:
        buttons = tuple(scene.resumes(one) for one in others)
        text = scene.say("too_many", count=len(others))
        return scene.notice(Notice(text, "warning", buttons=buttons))
    rules = scene.library.current
    blank = Dialogue(
        id=scene.facts.event_id,
        form=form.id,
        playbook=rules.playbook.edition,
        state="",
        subject=case.id,
        about=case.title,
        began=scene.facts.now,
    )
    stage = replace(scene, conversation=replace(scene.conversation, dialogues=others))
    remark = scene.say("parked", title=scene.name(others[-1])) if others else ""
    return replace(stage, in_place=False).live(rules.flows[form.id].begin(blank), remark=remark)


def declined(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """Close it in the CRM, with the reason."""
    case = scene.facts.cases.get(dialogue.subject)
    no = refusal(scene, case)
    if no or case is None:
        return scene.closing(Notice(no, tone="warning"))
    rules, form = scene.rules(dialogue), scene.form(dialogue)
    language, currency = rules.playbook.language, rules.playbook.currency
    rows = tuple(
        (one.label.of(language), one.kind.show(record[one.id], language, currency))
        for one in form.questions
        if one.id in record
    )
    delivery = _delivery(scene, case, "decline", scene.person, *rows)
    delivery = replace(delivery, closing=closed_as_lost(rules.playbook, form, record))
    told = scene.closing(Notice(scene.say("kept", title=scene.name(dialogue)), tone="good"))
    by = scene.say("lead_declined", title=case.title, name=scene.person.name)
    mine = _in_its_place(scene, case, by)
    return replace(
        told,
        says=(*told.says, *mine.says, *_others(scene, case, "lead_declined", scene.person)),
        cases=(keeping(replace(case, closed=True), delivery),),
        deliveries=(delivery,),
        audit=(AuditLine(scene.person.id, "lead:decline", case.id),),
    )


def overtaken(scene: Scene, event: Delivered, case: Case) -> Turn:
    """Somebody was faster in the CRM: it is nobody's case here."""
    assert event.overtaken is not None
    left = tuple(one for one in scene.conversation.cases if one.id != case.id)
    stage = replace(scene, conversation=replace(scene.conversation, cases=left))
    link = Link(scene.say("open_crm"), event.url) if event.url else None
    text = told_overtaken(scene, event.overtaken, case.title)
    turn = stage.notice(Notice(text, "warning", link=link), f"entry:{event.key}")
    turn = replace(turn, cases=(replace(case, closed=True),))
    if case.owner in {"", scene.person.id}:
        return turn
    lost = LeadGiven(case.id, scene.person.id, event.overtaken)
    return replace(turn, tells=(Tell(f"lead_lost:{event.key}", case.owner, lost),))
