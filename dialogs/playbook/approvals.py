"""What must hold of a playbook's rules about approvals, deadlines and hand-overs.

Each rule yields sentences that name the place and the remedy. Whether the people that are named
are linked is no question of the file: that is said when they are to be asked.
"""

from collections.abc import Iterator, Mapping

from dialogs.playbook.ruling import BallotRule, Handover, Whom
from dialogs.playbook.values import Form, Playbook

REQUIRED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "enquiry": ("question", ()),
    "reply": ("answer", ()),
    "handover": ("verdict", ("accepted", "declined")),
}
"""The question that a form of that kind needs, with the options it needs."""


def faults(playbook: Playbook) -> Iterator[str]:
    yield from _rule_faults(playbook)
    yield from _deadline_faults(playbook)
    yield from _form_faults(playbook)
    for target in playbook.handover:
        yield from _handover_faults(playbook, target)


def _rule_faults(playbook: Playbook) -> Iterator[str]:
    rules = playbook.decision.rules
    bounds = [one.above for one in rules]
    for bound in sorted({one or 0 for one in bounds if bounds.count(one) > 1}):
        yield f"decision, rules: two rules are for the same amounts (above {bound:g}): join them"
    if rules and None not in bounds:
        yield "decision, rules: add one without `above`: smaller amounts have no rule"
    if any(bounds):
        yield from _amount_faults(playbook)
    for one in rules:
        yield from _reach_faults(playbook, one)


def _amount_faults(playbook: Playbook) -> Iterator[str]:
    wanted = playbook.decision.amount
    asked = [one.question(wanted) for one in playbook.forms if one.opens in {"case", "open_case"}]
    kinds = {one.kind.name for one in asked if one is not None}
    if not kinds:
        yield f"decision, amount: there is no question {wanted!r} before the decision: name one"
    elif not kinds <= {"money", "number", "percent"}:
        yield f"decision, amount: question {wanted!r} gives no amount: name one of kind money"


def _reach_faults(playbook: Playbook, rule: BallotRule) -> Iterator[str]:
    """A rule that needs more people than the playbook lets decide can never be met."""
    decision = playbook.decision
    named = (*decision.asks, *filter(None, (decision.deputy, decision.escalate_to)))
    if not decision.asks or any(one.by == "role" for one in named) or rule.approvals == "all":
        return
    people = {(one.by, one.value.casefold()) for one in named}
    if rule.approvals > len(people):
        yield (
            f"decision, rules: {rule.approvals} approvals can never be had from the "
            f"{len(people)} people that are asked: ask more, or need fewer"
        )


def _deadline_faults(playbook: Playbook) -> Iterator[str]:
    rule = playbook.decision
    if rule.deadline_hours is None:
        for key, value in (("deputy", rule.deputy), ("escalate_to", rule.escalate_to)):
            if value is not None:
                yield f"decision, {key}: nobody is asked without `deadline_hours`: add it"
    elif rule.remind_hours is not None and rule.remind_hours >= rule.deadline_hours:
        yield "decision, remind_hours: the reminder comes after the deadline: make it less"
    deciding = (*(("asks", one) for one in rule.asks), ("deputy", rule.deputy))
    for key, value in (*deciding, ("escalate_to", rule.escalate_to)):
        if value is not None and value.by == "role" and value.value != "management":
            yield f"decision, {key}: role {value.value} may not decide: name management or a person"


def _form_faults(playbook: Playbook) -> Iterator[str]:
    kinds = [form.opens for form in playbook.forms]
    for kind in sorted(REQUIRED):
        if kinds.count(kind) > 1:  # type: ignore[arg-type] # each is one of `Opens`
            yield f"form: two forms open {kind}: only the first would ever be asked"
    for form in playbook.forms:
        yield from _required_faults(form)
    if "enquiry" in kinds and "reply" not in kinds:
        yield "form: one opens enquiry and none opens reply: nobody could answer"


def _required_faults(form: Form) -> Iterator[str]:
    wanted, options = REQUIRED.get(form.opens, ("", ()))
    question = form.question(wanted)
    known = {one.id for one in question.kind.options()} if question else set()
    if wanted and (question is None or not known >= set(options)):
        needs = f" with the options {' and '.join(options)}" if options else ""
        yield f"form {form.id}: it opens {form.opens} and needs a question `{wanted}`{needs}"


def _handover_faults(playbook: Playbook, target: Handover) -> Iterator[str]:
    where = f"handover {target.id}"
    if target.contact is None:
        if target.team or target.task:
            yield f"{where}: nobody takes over without a `contact`: name one"
        return
    yield from _contact_faults(where, target.contact)
    if playbook.form_that("handover") is None:
        yield f"{where}: its contact can't be asked: add a form that opens handover"
    if not any(step.hands_over for process in playbook.processes for step in process.steps):
        yield f"{where}: no step waits for its contact: give one `then = {{ accepted = … }}`"


def _contact_faults(where: str, contact: Whom) -> Iterator[str]:
    if contact.by == "role" and contact.value != "group":
        yield f"{where}, contact: role {contact.value} takes nobody over: name group or a person"
