"""What answers mean, on bodies that a real Odoo 19 sent."""

from http import HTTPStatus

import pytest

from adapters.odoo.errors import OdooRefused, fault, in_short, page, rejected, unreached
from dialogs.errors import CrmUnavailable

LATER = [
    ("psycopg2.OperationalError", 'connection to server at "127.0.0.1" failed: refused'),
    ("psycopg2.InterfaceError", "connection already closed"),
    ("psycopg2.errors.SerializationFailure", "could not serialize access due to concurrent update"),
    ("psycopg2.errors.DeadlockDetected", "deadlock detected"),
    ("psycopg2.pool.PoolError", "The Connection Pool Is Full"),
    ("odoo.exceptions.ConcurrencyError", "The record is being changed"),
    ("odoo.exceptions.LockError", "Cannot lock the record"),
    ("builtins.MemoryError", ""),
    ("werkzeug.exceptions.TooManyRequests", "slow down"),
]
NEVER = [
    ("odoo.exceptions.AccessDenied", "Access Denied", "DEALDESK_CRM_SECRET"),
    ("werkzeug.exceptions.Unauthorized", "Invalid apikey", "DEALDESK_CRM_SECRET"),
    ("odoo.exceptions.AccessError", "You are not allowed to create 'Lead'", "All Documents"),
    ("odoo.exceptions.ValidationError", "The probability should be between 0% and", "Correct"),
    ("odoo.exceptions.UserError", "Tag name already exists!", "Correct"),
    ("odoo.exceptions.MissingError", "Record does not exist or has been deleted", "restore"),
    ("builtins.ValueError", "Invalid field name 'x_nope'", "dealdesk check"),
    ("builtins.AttributeError", "The method 'crm.lead.nope' does not exist", "apps"),
    ("werkzeug.exceptions.NotFound", "the model 'crm.nope' does not exist", "apps"),
    ("psycopg2.errors.NotNullViolation", "null value in column", "server's log"),
    ("psycopg2.OperationalError", 'FATAL:  database "nope" does not exist', "CRM_DATABASE"),
    ("odoo.addons.own.Surprise", "what a surprise", "server's log"),
]


@pytest.mark.parametrize(("name", "message"), LATER)
def test_what_time_cures_is_tried_again(name: str, message: str) -> None:
    assert isinstance(fault(name, message), CrmUnavailable)


@pytest.mark.parametrize(("name", "message", "remedy"), NEVER)
def test_what_will_be_refused_again_is_refused_with_the_remedy(
    name: str, message: str, remedy: str
) -> None:
    told = fault(name, message)
    assert isinstance(told, OdooRefused)
    assert told.name == name
    assert in_short(message) in str(told)
    assert remedy in str(told)


@pytest.mark.parametrize(
    ("message", "meaning"),
    [
        ("could not serialize access due to concurrent update\n", CrmUnavailable),
        ("konnte Zugriff nicht serialisieren wegen gleichzeitiger Aktualisierung", CrmUnavailable),
        ("deadlock detected\nDETAIL:  Process 1 waits", CrmUnavailable),
        ("Only administrators can modify 'model' and 'res_id' fields.", OdooRefused),
        ("No matching record found for database id '9' in field 'Contact'", OdooRefused),
    ],
)
def test_a15_messages_of_load_are_read_by_their_words(message: str, meaning: type) -> None:
    body = [{"rows": {"from": 0, "to": 0}, "record": 0, "type": "error", "message": message}]
    assert isinstance(rejected(body), meaning)


def test_a_field_that_odoo_names_is_kept() -> None:
    body = [{"type": "error", "message": "Missing required value", "field": "name"}]
    told = rejected(body)
    assert isinstance(told, OdooRefused)
    assert told.field == "name"


def test_a_refusal_without_a_message_is_one_too() -> None:
    assert isinstance(rejected([]), OdooRefused)


@pytest.mark.parametrize("status", [200, 302, 307, 404, 408, 425, 429, 500, 502, 503, 504])
def test_a_page_says_nothing_about_the_entry(status: int) -> None:
    assert isinstance(page(status), CrmUnavailable)


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (HTTPStatus.MOVED_PERMANENTLY, "DEALDESK_CRM_URL"),
        (HTTPStatus.UNAUTHORIZED, "DEALDESK_CRM_SECRET"),
        (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "limit"),
    ],
)
def test_some_statuses_name_what_is_wrong(status: int, remedy: str) -> None:
    told = page(status)
    assert isinstance(told, OdooRefused)
    assert remedy in str(told)


def test_a_traceback_reaches_nobody() -> None:
    told = fault("builtins.KeyError", "'x'\nTraceback (most recent call last):\n  File secret.py")
    assert "secret.py" not in str(told)


def test_endless_words_are_cut() -> None:
    assert len(in_short("word " * 1000)) == 300


def test_a_connection_error_without_words_is_named() -> None:
    assert "ConnectionResetError" in str(unreached(ConnectionResetError()))
