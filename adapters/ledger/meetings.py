"""Meetings in the ledger: made, held when they were, and who takes part."""

import sqlite3
from zoneinfo import ZoneInfo

from adapters.crm_rules.values import moment
from adapters.ledger import calendar, contacts
from dialogs.crm import Delivery, Meeting


def meet(
    books: sqlite3.Connection,
    opportunity: int,
    delivery: Delivery,
    meeting: Meeting,
    zone: ZoneInfo,
) -> None:
    """Make the meeting, or take up the one of the calendar that it is.

    One that an earlier delivery made is moved to when it really was.
    """
    start = moment(meeting.start, zone).astimezone(zone).isoformat()
    minutes, held = max(1, meeting.minutes), ": ".join(meeting.held or ())
    if meeting.key:
        done = books.execute(
            "UPDATE meeting SET start = ?, minutes = ?, held = ? WHERE key = ? AND opportunity = ?",
            (start, minutes, held, meeting.key, opportunity),
        )
        if done.rowcount:
            return
    planned = calendar.taken_up(books, meeting.event, opportunity, delivery.key)
    facts = (delivery.key, opportunity, meeting.subject, start, minutes, meeting.location)
    row = (*(facts if planned is None else planned.row(zone)), held)
    books.execute("INSERT INTO meeting VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def attend(books: sqlite3.Connection, opportunity: int, delivery: Delivery) -> None:
    """Put the contact and the colleagues on the delivery's meeting, or the one they join."""
    names = [one.name for one in delivery.attendees]
    if delivery.contact is not None:
        customer = contacts.customer_of(books, opportunity)
        names.append(contacts.named(books, customer, delivery.contact))
    key = delivery.key if delivery.meeting else delivery.joins
    if books.execute("SELECT 1 FROM meeting WHERE key = ?", (key,)).fetchone():
        rows = [(key, name) for name in names]
        books.executemany("INSERT OR IGNORE INTO attendance VALUES (?, ?)", rows)
