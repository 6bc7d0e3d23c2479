"""The protocol of exactly one entry: look, write everything at once, look again.

The look is one search for the note's Message-Id, which is written in the same transaction as all
else: found means finished, and then nothing is written, so that people's later edits stay. The
second look is needed because a threaded Odoo that is told to stop answers 200 and commits nothing.

An opportunity that nobody here has seen is written as "make it if it is absent": where it stands
already Odoo leaves it alone, the second look tells so, and the entry is written as a change.
What was seen of a case (`Memory`) saves that, and tells a deleted opportunity from a new one.
"""

import re
from dataclasses import replace

from adapters.crm_rules.carried import carried
from adapters.odoo import keys, mails, posting
from adapters.odoo.attachments import attach, settle
from adapters.odoo.attending import agreed, attending
from adapters.odoo.driver import Session
from adapters.odoo.entry import Facts, Known, entry
from adapters.odoo.errands import ARCHIVED_SINCE, fed_back
from adapters.odoo.errors import OdooRefused
from adapters.odoo.facts import Looking
from adapters.odoo.load import load
from adapters.odoo.memory import Memory
from adapters.odoo.standing import earlier, look, opportunity, traced
from dialogs.crm import Delivery
from dialogs.errors import CrmRefused, CrmUnavailable


class Deliveries:
    def __init__(self, lookup: Looking) -> None:
        self._lookup = lookup
        self._memory = Memory()

    def deliver(self, odoo: Session, delivery: Delivery, *, fresh: bool) -> Known:
        """Make the entry stand in Odoo and return where.

        Raises:
            CrmUnavailable: it is not known to stand; call again, with `fresh` False.
            CrmRefused: Odoo, or this file, does not take it.
        """
        delivery = carried(delivery)
        if delivery.passed_on:
            # Who hands an opportunity over can lose the right to it with the very first cell.
            odoo = replace(odoo, writer=None)
        stands = None if fresh else look(odoo, delivery.key)
        if stands is not None:
            self._memory.stands(delivery.case, stands)
        else:
            known = self._seen(odoo, delivery)
            overtaken = self._lookup.overtaken(odoo, delivery, known)
            if overtaken is not None:
                # An earlier attempt of ours may have arrived only now.
                stands = look(odoo, delivery.key)
                faster = known or Known(delivery.lead or 0, None)
                return stands or replace(faster, overtaken=overtaken)
            stands = self._make(odoo, delivery, known)
        settle(odoo, delivery, stands.lead)
        agreed(odoo, delivery)
        if delivery.mail is not None:
            posting.post(odoo, delivery.key, stands.lead)
        return stands

    def _seen(self, odoo: Session, delivery: Delivery) -> Known | None:
        """Return the case's opportunity; None when there is none yet."""
        if delivery.errand is not None or delivery.claim is not None:
            return opportunity(odoo, delivery.case, delivery.lead)
        known = self._memory.recall(delivery.case)
        if known is not None and delivery.hands is None and _knows(odoo, known, delivery.finishes):
            return known
        if known is None and delivery.lead is None and not _is_later(delivery):
            return None
        found = opportunity(odoo, delivery.case, delivery.lead)
        if found is None and (known or delivery.lead or traced(odoo, delivery)):
            raise gone()
        return found

    def _make(self, odoo: Session, delivery: Delivery, known: Known | None) -> Known:
        stands = self._attempt(odoo, delivery, known)
        if stands is None and known is None:
            known = opportunity(odoo, delivery.case, delivery.lead)
            stands = known and self._attempt(odoo, delivery, known)
        if stands is None:
            raise CrmUnavailable(
                "Odoo took the entry and does not have it: it was just stopping. It is tried again."
            )
        self._memory.made(delivery, stands, known)
        return stands

    def _attempt(self, odoo: Session, delivery: Delivery, known: Known | None) -> Known | None:
        """Write, and return where it stands now; None when it does not."""
        try:
            self._write(odoo, delivery, known)
        except (CrmUnavailable, CrmRefused) as error:
            # Somebody may have been faster with this very key: then Odoo refuses ours as a whole.
            stands = look(odoo, delivery.key) if odoo.has_time else None
            if stands is None:
                raise self._told(error, known) from None
            return stands
        return look(odoo, delivery.key)

    def _write(self, odoo: Session, delivery: Delivery, known: Known | None) -> None:
        _untag(odoo, delivery, known)
        facts = attending(odoo, delivery, self._lookup.facts(odoo, delivery, known))
        if delivery.mail is not None:
            _schedule(odoo, delivery, facts)
        facts = replace(facts, files=attach(odoo, delivery))
        due = [key for key in delivery.finishes if known and keys.activity(key) in known.open]
        if odoo.release < ARCHIVED_SINCE:
            _feed_back(odoo, known, due)
            due = []
            facts = _by_hand(odoo, delivery, facts)
        try:
            _load(odoo, delivery, replace(facts, finishes=tuple(due)))
        except OdooRefused:
            # An activity that was seen may be gone, which is no reason to refuse the rest.
            there = opportunity(odoo, delivery.case, delivery.lead) if due else None
            left = tuple(key for key in due if there and keys.activity(key) in there.open)
            if there is None or len(left) == len(due):
                raise
            _load(odoo, delivery, replace(facts, finishes=left))

    def _told(self, error: CrmUnavailable | CrmRefused, known: Known | None) -> Exception:
        if not isinstance(error, OdooRefused):
            return error
        self._lookup.forget()
        return gone() if known is not None and error.field == "name" else error


def _untag(odoo: Session, delivery: Delivery, known: Known | None) -> None:
    """Take a tag off, which no `load` can; once more does no harm."""
    if delivery.untag is None or known is None:
        return
    found = odoo.call("crm.tag", "search", domain=[("name", "=", delivery.untag)])
    if found:
        without = {"tag_ids": [(3, tag, 0) for tag in found]}
        odoo.write("crm.lead", "write", [known.lead], vals=without)


def _schedule(odoo: Session, delivery: Delivery, facts: Facts) -> None:
    """What is posted after the marker has to be there before it, or it could be lost."""
    if facts.known is None or delivery.mail is None:
        raise gone()
    known = replace(facts.known, customer=facts.known.customer or facts.customer)
    mails.schedule(odoo, delivery.key, delivery.mail, known, facts.author)


def gone() -> OdooRefused:
    return OdooRefused(
        "The opportunity of this case is no longer in Odoo: somebody deleted it, or merged it with "
        "another one. It is not made again behind their back: drop the delivery and record it in "
        "Odoo, or begin a new case.",
        "odoo.exceptions.MissingError",
    )


def _knows(odoo: Session, known: Known, finishes: tuple[str, ...]) -> bool:
    """True when it is clear which of these activities are to be completed, without a call."""
    return not finishes or (odoo.release >= ARCHIVED_SINCE and known.seen.issuperset(finishes))


def _is_later(delivery: Delivery) -> bool:
    """True when an earlier delivery of the case has to have been there."""
    number = re.search(r"-(\d+)$", delivery.key)
    return bool(delivery.lead or earlier(delivery)) or (
        number is not None and int(number.group(1)) > 1
    )


def _by_hand(odoo: Session, delivery: Delivery, facts: Facts) -> Facts:
    """Complete an activity where Odoo deletes it then, before the note that marks the delivery."""
    if delivery.errand is None or delivery.errand.what != "complete":
        return facts
    fed_back(odoo, delivery.errand)
    return replace(facts, errand=False)


def _feed_back(odoo: Session, known: Known | None, due: list[str]) -> None:
    if known is not None and due:
        odoo.write("mail.activity", "action_feedback", [known.open[keys.activity(k)] for k in due])


def _load(odoo: Session, delivery: Delivery, facts: Facts) -> None:
    made = entry(delivery, facts)
    load(odoo, made.model, made.rows, made.context)
