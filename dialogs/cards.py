"""The decision card: what counts of a case, with buttons while the question is open.

Knows a question to management and how it looks; decides nothing. The mark is a hash of what the
card shows: it lies in the question and in each button, so a press says what its maker saw.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from dialogs import ballot, tokens
from dialogs.answers import echo
from dialogs.case import Case
from dialogs.library import Rulebook
from dialogs.people import Directory, Person, name_of
from dialogs.phrases import say
from dialogs.playbook import Form, Sum
from dialogs.scene import Scene
from dialogs.shows import Button, Card, Link, Row, Say, Section
from dialogs.turns import Approval, Copy, Enquiry, Vote

BEST = 3
MARK = 12
"""Characters of a mark; a button holds 64 bytes."""


def slot(approval: Approval) -> str:
    """The place of an approval's card at each address it went to."""
    return f"card:{approval.id}"


def card_for(scene: Scene, approval: Approval, copy: Copy) -> Say:
    card = _drawn(scene, approval, copy)
    return Say(copy.address, slot(approval), card, edit=approval.status != "open")


def _drawn(scene: Scene, approval: Approval, copy: Copy) -> Card:
    """The card for whoever holds that copy: who has voted has nothing more to press."""
    rules = scene.library.of(approval.case.playbook)
    draws = handover if approval.kind == "handover" else draw
    card = draws(rules, approval, scene.facts.people, copy.language)
    owner = holder(scene.facts.people, copy)
    voted = owner is not None and ballot.vote_of(approval, owner.id) is not None
    return replace(card, buttons=()) if voted else card


def holder(people: Directory, copy: Copy) -> Person | None:
    """Whose card it is; nobody's, in a chat that several read."""
    return None if copy.address.shared else people.behind(copy.address)


def draw(rules: Rulebook, approval: Approval, people: Directory, language: str) -> Card:
    """The card as it stands: with buttons while open, with the verdict afterwards."""
    case = approval.case
    customer = case.customer.name if case.customer else case.title
    return Card(
        title=say(language, "card_title", customer=customer),
        facts=(
            *_facts(rules, approval, people, language),
            *_before(rules, approval, language),
        ),
        sections=(
            *_sections(rules, case, language),
            *_asked_back(approval, people, language),
            *_votes(rules, approval, people, language),
        ),
        buttons=_buttons(rules, approval, language) if approval.status == "open" else (),
        verdict=_verdict(rules, approval, people, language),
        tone=approval.status,
        link=Link(say(language, "open_crm"), case.url) if case.url else None,
    )


def handover(rules: Rulebook, approval: Approval, people: Directory, language: str) -> Card:
    """The card of a hand-over's contact: what they are asked to take over, and why."""
    case = approval.case
    customer = case.customer.name if case.customer else case.title
    target = rules.playbook.target(approval.target)
    reason = case.forms.get(rules.playbook.decision.form, {}).get("reason")
    rows = (
        Row(say(language, "handover_to"), target.text.of(language) if target else ""),
        *_facts(rules, approval, people, language),
        *((Row(say(language, "handover_reason"), str(reason)),) if reason else ()),
    )
    return Card(
        title=say(language, "handover_title", customer=customer),
        facts=rows,
        sections=(*_sections(rules, case, language), *_declined(approval, people, language)),
        buttons=_offers(approval, language) if approval.status == "open" else (),
        verdict=_word(rules, approval, people, language),
        tone=approval.status,
        link=Link(say(language, "open_crm"), case.url) if case.url else None,
    )


def mark(rules: Rulebook, case: Case, enquiries: Sequence[Enquiry] = (), target: str = "") -> str:
    """The hash of what counts on a card of that case, whoever reads it in whatever language.

    What was asked back counts once it is answered.
    Where the case stands in the CRM is no part of it: that is found out while the question is open.
    """
    language = rules.playbook.language
    wanted = rules.playbook.decision.card
    shown = [row for one in wanted for row in _answered(rules, case, one, language)]
    told = [asdict(row) for row in shown]
    told += [asdict(section) for section in _sections(rules, case, language)]
    facts = [case.id, case.owner, case.title, asdict(case.customer) if case.customer else None]
    totals = [figure.total(case.forms.get(form.id, {})) for form, figure in _sums(rules)]
    answered = [[one.by, one.question, one.answer] for one in enquiries if one.answer]
    extra = [part for part in (answered, target) if part]
    counted = [case.playbook, facts, told, totals, *extra]
    text = json.dumps(counted, sort_keys=True, ensure_ascii=False)
    return urlsafe_b64encode(sha256(text.encode()).digest()).decode()[:MARK]


def _buttons(rules: Rulebook, approval: Approval, language: str) -> tuple[Button, ...]:
    approve = tokens.card(approval.id, "approved", approval.mark)
    reject = tokens.card(approval.id, "rejected", approval.mark)
    asks = rules.playbook.form_that("enquiry") is not None
    enquire = Button(say(language, "ask_back"), tokens.card(approval.id, "ask", approval.mark))
    return (
        Button(say(language, "approve"), approve, style="primary"),
        Button(say(language, "reject"), reject, style="danger"),
        *((enquire,) if asks else ()),
    )


def _offers(approval: Approval, language: str) -> tuple[Button, ...]:
    accept = tokens.card(approval.id, "accepted", approval.mark)
    decline = tokens.card(approval.id, "declined", approval.mark)
    return (
        Button(say(language, "handover_accept"), accept, style="primary"),
        Button(say(language, "handover_decline"), decline, style="danger"),
    )


def _asked_back(approval: Approval, people: Directory, language: str) -> Iterator[Section]:
    """Each question that management asked back, with the owner's answer."""
    owner = name_of(people, approval.owner)
    for one in approval.enquiries:
        asked = say(language, "enquiry", name=name_of(people, one.by), question=one.question)
        answer = say(language, "enquiry_answer", name=owner, answer=one.answer)
        yield Section(asked, (answer if one.answer else say(language, "enquiry_open"),))


def _votes(
    rules: Rulebook, approval: Approval, people: Directory, language: str
) -> Iterator[Section]:
    """Who said what, where one voice does not decide."""
    needed = ballot.needed(rules.playbook, people, approval)
    if needed == 1 or approval.status == "withdrawn":
        return
    votes = ballot.counting(rules.playbook, approval, approval.votes)
    lines = tuple(_vote(one, people, language) for one in votes)
    count = sum(one.verdict == "approved" for one in votes)
    yield Section(say(language, "votes", count=count, needed=needed), lines)


def _declined(approval: Approval, people: Directory, language: str) -> Iterator[Section]:
    """Who of several contacts has declined."""
    lines = tuple(_vote(one, people, language) for one in approval.votes)
    if lines and approval.status != "withdrawn":
        yield Section(say(language, "handover_declined_by"), lines)


def _vote(vote: Vote, people: Directory, language: str) -> str:
    when = _clock(vote.at, people.persons.get(vote.by), language)
    return say(language, f"vote_{vote.verdict}", name=name_of(people, vote.by), when=when)


def _facts(rules: Rulebook, approval: Approval, people: Directory, language: str) -> Iterator[Row]:
    yield from _named(approval.case, language)
    yield Row(say(language, "card_owner"), name_of(people, approval.owner))
    for question_id in rules.playbook.decision.card:
        yield from _answered(rules, approval.case, question_id, language)
    totals = [figure.total(approval.case.forms.get(form.id, {})) for form, figure in _sums(rules)]
    if totals:
        yield Row(say(language, "card_scores"), " / ".join(str(total) for total in totals))
    yield from _waiting(approval, people, language)


def _named(case: Case, language: str) -> Iterator[Row]:
    """Which opportunity of the customer's it is, where its name says more."""
    if case.customer is not None and case.customer.name != case.title:
        yield Row(say(language, "card_opportunity"), case.title)


def _before(rules: Rulebook, approval: Approval, language: str) -> Iterator[Row]:
    """Why it was rejected the last time, while it is asked anew."""
    said = approval.case.forms.get(rules.playbook.decision.form, {})
    if approval.status == "open" and said.get("verdict") == "rejected":
        yield Row(say(language, "card_before"), str(said.get("reason") or ""))


def _waiting(approval: Approval, people: Directory, language: str) -> Iterator[Row]:
    """Since when, once somebody had to be reminded; and who was asked after the deadline."""
    if approval.status != "open":
        return
    if approval.reminded:
        since = _clock(approval.asked_at, people.persons.get(approval.owner), language)
        yield Row(say(language, "card_waits"), since)
    if approval.also:
        names = ", ".join(name_of(people, one) for one in approval.also)
        yield Row(say(language, "card_also"), names)


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
    if approval.status in {"open", "withdrawn"} or decider is None:
        return "" if approval.status == "open" else say(language, "withdrawn")
    record = approval.case.forms.get(rules.playbook.decision.form, {})
    return say(
        language,
        f"verdict_{approval.status}",
        name=decider.name,
        when=when_decided(approval, decider, language),
        reason=record.get("reason", ""),
    )


def _word(rules: Rulebook, approval: Approval, people: Directory, language: str) -> str:
    """What the contact of a hand-over said."""
    if approval.status == "open":
        return ""
    contact = people.persons.get(approval.decided_by or "")
    if approval.status == "withdrawn" or contact is None:
        return say(language, "handover_withdrawn")
    form = rules.playbook.form_that("handover")
    record = approval.case.forms.get(form.id, {}) if form else {}
    return say(
        language,
        "handover_accepted" if approval.status == "approved" else "handover_declined",
        name=contact.name,
        when=when_decided(approval, contact, language),
        reason=record.get("reason", ""),
    )


def settled_as(scene: Scene, approval: Approval) -> str:
    """What became of a hand-over, as its card says it."""
    rules = scene.library.of(approval.case.playbook)
    return _word(rules, approval, scene.facts.people, scene.language)


def closed_for(scene: Scene, approval: Approval, copy: Copy, why: str = "not_yours") -> Say:
    """The card of somebody who may not decide about it any more: without buttons, and why."""
    rules = scene.library.of(approval.case.playbook)
    card = draw(rules, approval, scene.facts.people, copy.language)
    closed = replace(card, buttons=(), verdict=say(copy.language, why), tone="withdrawn")
    return Say(copy.address, slot(approval), closed, edit=True)


def when_decided(approval: Approval, reader: Person, language: str) -> str:
    return _clock(approval.decided_at or 0, reader, language)


def _clock(at: int, reader: Person | None, language: str) -> str:
    """A moment on that person's clock."""
    zone = ZoneInfo(reader.zone if reader else "UTC")
    then = datetime.fromtimestamp(at / 1000, zone)
    return f"{echo.short_day(then.date(), language)}, {echo.clock(then.time())}"


def when_voted(vote: Vote, reader: Person, language: str) -> str:
    return _clock(vote.at, reader, language)
