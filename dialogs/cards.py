"""The decision card: what counts of a case, with buttons while the question is open.

Knows a question to management and how it looks; decides nothing. The mark is a hash of what the
card shows: it lies in the question and in each button, so a press says what its maker saw.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import asdict, replace
from hashlib import sha256

from babel.dates import format_datetime

from dialogs import tokens
from dialogs.case import Case
from dialogs.entries import decided_at
from dialogs.library import Rulebook
from dialogs.people import Directory, Person
from dialogs.phrases import say
from dialogs.playbook import Form, Sum
from dialogs.scene import Scene
from dialogs.shows import Button, Card, Link, Row, Say, Section
from dialogs.turns import Approval, Copy

BEST = 3
UNKNOWN = "?"
MARK = 12
"""Characters of a mark; a button holds 64 bytes."""


def slot(approval: Approval) -> str:
    """The place of an approval's card at each address it went to."""
    return f"card:{approval.id}"


def card_for(scene: Scene, approval: Approval, copy: Copy) -> Say:
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


def mark(rules: Rulebook, case: Case) -> str:
    """The hash of what counts on a card of that case, whoever reads it in whatever language.

    Where the case stands in the CRM is no part of it: that is found out while the question is open.
    """
    language = rules.playbook.language
    wanted = rules.playbook.decision.card
    shown = [row for one in wanted for row in _answered(rules, case, one, language)]
    told = [asdict(row) for row in shown]
    told += [asdict(section) for section in _sections(rules, case, language)]
    facts = [case.id, case.owner, case.title, asdict(case.customer) if case.customer else None]
    totals = [figure.total(case.forms.get(form.id, {})) for form, figure in _sums(rules)]
    text = json.dumps([case.playbook, facts, told, totals], sort_keys=True, ensure_ascii=False)
    return urlsafe_b64encode(sha256(text.encode()).digest()).decode()[:MARK]


def _buttons(approval: Approval, language: str) -> tuple[Button, ...]:
    approve = tokens.card(approval.id, "approved", approval.mark)
    reject = tokens.card(approval.id, "rejected", approval.mark)
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


def closed_for(scene: Scene, approval: Approval, copy: Copy) -> Say:
    """The card of somebody who may not decide about it any more: without buttons, and why."""
    rules = scene.library.of(approval.case.playbook)
    card = draw(rules, approval, scene.facts.people, copy.language)
    closed = replace(card, buttons=(), verdict=say(copy.language, "not_yours"), tone="withdrawn")
    return Say(copy.address, slot(approval), closed, edit=True)


def when_decided(approval: Approval, reader: Person, language: str) -> str:
    pattern = "d. MMM y, HH:mm" if language == "de" else "d MMM y, HH:mm"
    return format_datetime(decided_at(approval, reader), pattern, locale=language)
