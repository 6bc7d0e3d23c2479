"""A delivery as one table for Odoo's `load`: everything it brings, in one transaction.

Pure: what had to be looked up comes as `Facts`. An opportunity that exists is written without its
name, so that one that was deleted can't be made again (a new one needs a name), and without owner
and customer, so that what people changed in Odoo stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Final
from zoneinfo import ZoneInfo

from adapters.crm_rules.names import tidy, title
from adapters.odoo import keys, orders
from adapters.odoo.cells import local_times
from adapters.odoo.errands import errand_row
from adapters.odoo.load import Row, under
from adapters.odoo.note import note_html, paragraph
from adapters.odoo.orders import Line
from adapters.odoo.people import CrmUser
from dialogs.crm import Activity, Delivery, Meeting, Note, Overtaken

QUIET: Final[Mapping[str, Any]] = {
    "active_test": False,
    "no_mail_to_attendees": True,
    "dont_notify": True,
    "skip_attendee_notification": True,
    "skip_contact_description": True,
    "mail_activity_quick_update": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_create_nosubscribe": True,
    "update_many2many": True,  # a tag is added, none is taken away
}
"""Nobody gets an e-mail because the bot writes; the last but one also keeps `load` from failing."""
INVITING: Final = frozenset({"no_mail_to_attendees", "dont_notify", "skip_attendee_notification"})
"""Without these, Odoo invites whoever takes part in a meeting."""
IF_ABSENT: Final[Mapping[str, Any]] = {"mode": "update", "noupdate": True}
"""`load` makes the outer record, and leaves it and all below it alone where it exists."""


@dataclass(frozen=True, slots=True)
class Known:
    """An opportunity of a case that stands in Odoo, and what is known of its activities."""

    lead: int
    customer: int | None
    open: Mapping[str, int] = field(default_factory=dict)
    """Ids of our activities that are to be done, by external id; 0 for one just made."""
    seen: frozenset[str] = frozenset()
    """Keys of the deliveries whose activity is in `open`, or needs nothing any more."""
    owner: str = ""
    """Name of its owner when it was read."""
    active: bool = True
    overtaken: Overtaken | None = None
    """What a person did before a delivery of this case came: it was not written."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What Odoo says about the persons and things that a delivery names."""

    zone: ZoneInfo
    known: Known | None = None
    """None: the opportunity is to be made."""
    customer: int | None = None
    """An existing company to be linked."""
    new_customer: bool = False
    owner: CrmUser | None = None
    author: CrmUser | None = None
    stage: int | None = None
    tag: int | None = None
    team: int | None = None
    todo: int | None = None
    """The type of a new activity; None leaves the choice to Odoo."""
    cells: Mapping[str, str] = field(default_factory=dict)
    lost_reason: int | None = None
    finishes: tuple[str, ...] = ()
    """Keys whose activity is completed in this call."""
    links: Mapping[str, int] = field(default_factory=dict)
    """Records that the opportunity is linked to, by the field's name."""
    heir: CrmUser | None = None
    """Who gets the activity that is handed on."""
    errand: bool = True
    """False: the activity has been seen to already, with a call of its own."""
    event: int | None = None
    """A meeting of the calendar that stands there and is recorded."""
    files: tuple[int, ...] = ()
    """Attachments that the note names."""
    order: tuple[Line, ...] = ()
    """Of the quotation to be made; empty where Odoo has no quotations."""
    partner: Mapping[str, str] = field(default_factory=dict)
    """Cells of the customer's own record."""
    attendees: tuple[int, ...] = ()
    """Partners who take part in the meeting beside its host."""
    hands: tuple[int, ...] = ()
    """Open activities that become the owner's."""
    meeting: str = ""
    """Key of the delivery whose meeting stands already and is written to."""


@dataclass(frozen=True, slots=True)
class Entry:
    model: str
    rows: tuple[Row, ...]
    context: Mapping[str, Any]


def entry(delivery: Delivery, facts: Facts) -> Entry:
    opportunity = _made(delivery, facts) if facts.known is None else _changed(facts)
    head = {
        **_named(delivery),
        **opportunity,
        **_owned(delivery, facts),
        **_placed(facts),
        **_closed(delivery, facts),
        **_passed_on(delivery, facts),
        **_meeting(delivery, facts),
        **under("message_ids", _note(delivery, facts)),
    }
    activities = [under("activity_ids", row) for row in _activities(delivery, facts)]
    nothing: Row = {}
    below = zip_longest(activities, _quotation(delivery, facts), fillvalue=nothing)
    first, *others = [{**activity, **order} for activity, order in below] or [{}]
    rows = [head | first, *others]
    context = {**_manners(delivery), "tz": facts.zone.key, **_defaults(delivery, facts)}
    if facts.known is None:
        context |= IF_ABSENT
    if facts.new_customer:
        return Entry(
            "res.partner", _below({**new_company(delivery), **facts.partner}, rows), context
        )
    if facts.partner and facts.known is not None and facts.known.customer is not None:
        customer = {".id": str(facts.known.customer), **facts.partner}
        return Entry("res.partner", _below(customer, rows), context)
    return Entry("crm.lead", tuple(rows), context)


def _named(delivery: Delivery) -> Row:
    """The record: by our name of it, or by its number where it stood there before us."""
    if delivery.lead is not None:
        return {".id": str(delivery.lead)}
    return {"id": keys.lead(delivery.case)}


def _owned(delivery: Delivery, facts: Facts) -> Row:
    """A new owner, where the delivery is about that: who declines a lead does not get it."""
    if delivery.claim is None or facts.owner is None or delivery.closing is not None:
        return {}
    return {"user_id/.id": str(facts.owner.id)}


def _manners(delivery: Delivery) -> Mapping[str, Any]:
    """Odoo sends its invitations where they are wanted, and nothing else ever."""
    if delivery.meeting is None or not delivery.meeting.invite:
        return QUIET
    return {name: on for name, on in QUIET.items() if name not in INVITING}


def _made(delivery: Delivery, facts: Facts) -> Row:
    return {
        "name": title(delivery.title),
        "type": "opportunity",
        "user_id/.id": str(facts.owner.id) if facts.owner else "",
        **_of_team(facts),
        **facts.cells,
    }


def _changed(facts: Facts) -> Row:
    return {name: cell for name, cell in facts.cells.items() if name != "name"}


def _placed(facts: Facts) -> Row:
    linked = {"partner_id": facts.customer, "stage_id": facts.stage, "tag_ids": facts.tag}
    linked |= facts.links
    return {f"{name}/.id": str(record) for name, record in linked.items() if record is not None}


def _closed(delivery: Delivery, facts: Facts) -> Row:
    """What `action_set_lost` and `action_unarchive` write; here with all else in one call."""
    if delivery.closing is None:
        return {}
    if delivery.closing.state == "restored":
        return {"active": "1", "lost_reason_id/.id": ""}
    reason = str(facts.lost_reason) if facts.lost_reason else ""
    nothing = {"probability": "0", "automated_probability": "0"}
    return {"active": "0", "lost_reason_id/.id": reason, **nothing}


def _passed_on(delivery: Delivery, facts: Facts) -> Row:
    """The new owner with the team: one without the other lets Odoo choose the team anew.

    Who is no user of Odoo's can't own anything there: then the team alone has it.
    """
    if not delivery.passed_on:
        return {}
    owner = str(facts.owner.id) if facts.owner else ""
    return {"user_id/.id": owner, **_of_team(facts)}


def _of_team(facts: Facts) -> Row:
    return {} if facts.team is None else {"team_id/.id": str(facts.team)}


def _quotation(delivery: Delivery, facts: Facts) -> list[Row]:
    """Nothing where the customer is only just being made: the note has the demand."""
    known = facts.known.customer if facts.known else None
    partner = known or facts.customer
    if delivery.order is None or partner is None or not facts.order:
        return []
    owner = facts.owner.id if facts.owner else None
    return orders.columns(delivery.key, delivery.order, facts.order, partner, owner)


def _meeting(delivery: Delivery, facts: Facts) -> Row:
    if delivery.meeting is None:
        return under("calendar_event_ids", _joined(facts)) if facts.meeting else {}
    there = _standing(delivery.key, delivery.meeting, facts)
    held = under("message_ids", _held(delivery, delivery.meeting, facts))
    return under("calendar_event_ids", {**there, **held})


def _standing(key: str, meeting: Meeting, facts: Facts) -> Row:
    """The meeting that was agreed, the one of the calendar, or a new one."""
    if facts.meeting:
        return _joined(facts) | _times(meeting, facts)
    if facts.event is not None:
        return {".id": str(facts.event)}
    return _event(key, meeting, facts)


def _held(delivery: Delivery, meeting: Meeting, facts: Facts) -> Row:
    """The note on the meeting itself that it took place."""
    if meeting.held is None:
        return {}
    note = Note(delivery.note.title, (meeting.held,))
    return {"id": keys.held(delivery.key), **_message("calendar.event", note, delivery, facts)}


def _joined(facts: Facts) -> dict[str, str]:
    """A meeting that stands, with those who come to it: nobody is taken off."""
    there = {"id": keys.event(facts.meeting)}
    return there | (_present(facts.attendees) if facts.attendees else {})


def _present(partners: Sequence[int]) -> dict[str, str]:
    return {"partner_ids/.id": ",".join(map(str, dict.fromkeys(partners)))}


def _times(meeting: Meeting, facts: Facts) -> dict[str, str]:
    start, stop = local_times(meeting, facts.zone)
    return {"start": start, "stop": stop}


def _event(key: str, meeting: Meeting, facts: Facts) -> Row:
    host = facts.owner or facts.author
    partners = [*([host.partner] if host else []), *facts.attendees]
    # Without anybody the column is left out: Odoo can't take an empty set of participants.
    invited = {"user_id/.id": str(host.id)} if host else {}
    invited |= _present(partners) if partners else {}
    return {
        "id": keys.event(key),
        "name": meeting.subject,
        **_times(meeting, facts),
        "location": meeting.location,
        **invited,
    }


def _note(delivery: Delivery, facts: Facts) -> Row:
    return {
        "id": keys.message(delivery.key),
        "message_id": keys.marker(delivery.key),
        **_message("crm.lead", delivery.note, delivery, facts),
        **({"attachment_ids/.id": ",".join(map(str, facts.files))} if facts.files else {}),
    }


def _message(model: str, note: Note, delivery: Delivery, facts: Facts) -> Row:
    author = facts.author
    stranger = "" if author else delivery.author.name
    signature = {"author_id/.id": str(author.partner)} if author else {}
    sender = {"email_from": author.sender} if author and author.sender else {}
    return {
        "model": model,
        "message_type": "comment",
        "subtype_id/id": "mail.mt_note",
        "body": note_html(note, stranger),
        **signature,
        **sender,
    }


def _activities(delivery: Delivery, facts: Facts) -> list[Row]:
    """The next activity and those completed; all rows of `load` have all columns, or empty ones.

    So when both come, the new one's texts travel as defaults of the context (see `_defaults`):
    a column of them would empty the texts of the completed ones.
    """
    if delivery.errand is not None:
        return [errand_row(delivery.errand, facts.heir)] if facts.errand else []
    if delivery.hands is not None and facts.owner is not None:
        owner = str(facts.owner.id)
        return [{".id": str(one), "user_id/.id": owner} for one in facts.hands]
    done = [{"id": keys.activity(key), "active": "0"} for key in facts.finishes]
    if delivery.activity is None:
        return list(done)
    new = {"id": keys.activity(delivery.key), "res_model_id/id": "crm.model_crm_lead"}
    if done:
        here = {"res_model_id/id": "crm.model_crm_lead"}
        return [new | {"active": "1"}, *({**row, **here} for row in done)]
    return [{**new, **_todo(delivery.activity, facts)}]


def _todo(activity: Activity, facts: Facts) -> Row:
    kind = {"activity_type_id/.id": str(facts.todo)} if facts.todo else {}
    return {
        **kind,
        "summary": activity.summary,
        "date_deadline": activity.due,
        "note": paragraph(activity.note),
        "user_id/.id": str(facts.owner.id) if facts.owner else "",
    }


def _defaults(delivery: Delivery, facts: Facts) -> Mapping[str, Any]:
    if delivery.activity is None or not facts.finishes:
        return {}
    kind = {"default_activity_type_id": facts.todo} if facts.todo else {}
    return {
        **kind,
        "default_summary": delivery.activity.summary,
        "default_date_deadline": delivery.activity.due,
        "default_note": paragraph(delivery.activity.note),
        "default_user_id": facts.owner.id if facts.owner else False,
    }


def _below(customer: dict[str, str], rows: list[dict[str, str]]) -> tuple[Row, ...]:
    first, *others = [under("opportunity_ids", row) for row in rows]
    return (customer | first, *others)


def new_company(delivery: Delivery) -> dict[str, str]:
    """The delivery's customer as a record to be made."""
    assert delivery.customer is not None
    name = tidy(delivery.customer.name)
    return {"id": keys.customer(delivery.case), "name": name, "is_company": "1"}
