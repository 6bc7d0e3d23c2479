"""The ledger's opportunities in the words of the company, with the decision told apart."""

from dataclasses import replace

import pytest

from bot.playbooks import open_library
from bot.showcase import showcase
from dialogs.playbook import Playbook

DEAL = {
    "id": 7,
    "title": "Müller GmbH",
    "customer": "Müller GmbH",
    "customer_id": 3,
    "owner": "Sam",
    "stage": "Qualification",
    "tags": ["Hand-over to the group"],
    "fields": [
        {"label": "Expected revenue", "value": "48,000.00 €"},
        {"label": "Decision", "value": "Approved"},
        {"label": "Decided by", "value": "Mia"},
        {"label": "Decided on", "value": "2026-12-01"},
    ],
    "meetings": [
        {"subject": "First", "start": "2026-11-20T14:00:00+01:00", "minutes": 60, "location": ""}
    ],
    "activities": [
        {"key": "k", "summary": "Call", "due": "2026-12-24", "note": "", "owner": "", "done": False}
    ],
    "notes": [{"title": "Record", "author": "Sam", "at": "2026-11-20T23:30:00+00:00", "rows": []}],
    "files": [],
}


@pytest.fixture
def playbook(tmp_path) -> Playbook:
    return open_library(None, tmp_path / "playbooks").current.playbook


def shown(playbook: Playbook, **changes: object) -> dict:
    return showcase(playbook, "Europe/Berlin", [{**DEAL, **changes}])["deals"][0]


def test_the_page_knows_the_company_and_its_stages(playbook):
    page = showcase(playbook, "Europe/Berlin", [])
    assert page["company"] == playbook.company
    assert page["stages"] == ["New", "Qualification", "Proposition", "Negotiation", "Won"]
    assert page["deals"] == []


def test_the_decision_stands_apart_from_the_other_fields(playbook):
    deal = shown(playbook)
    assert deal["fields"] == [{"label": "Expected revenue", "value": "48,000.00 €"}]
    assert deal["decision"] == {
        "tone": "approved",
        "rows": [
            {"label": "Decision", "value": "Approved"},
            {"label": "Decided by", "value": "Mia"},
            {"label": "Decided on", "value": "Tue 1 December 2026"},
        ],
    }


@pytest.mark.parametrize(
    ("verdict", "tone"), [("approved", "approved"), ("Rejected", "rejected"), ("?", "rejected")]
)
def test_only_a_yes_is_shown_as_one(playbook, verdict, tone):
    deal = shown(playbook, fields=[{"label": "Decision", "value": verdict}])
    assert deal["decision"]["tone"] == tone


def test_an_opportunity_without_a_decision_has_none(playbook):
    assert shown(playbook, fields=[])["decision"] is None


def test_moments_are_said_in_words_and_by_the_right_clock(playbook):
    deal = shown(playbook)
    assert deal["meetings"][0]["start"] == "Fri 20 November 2026, 14:00"
    assert deal["activities"][0]["due"] == "Thu 24 December 2026"
    assert deal["notes"][0]["at"] == "Sat 21 November 2026, 00:30"


def test_a_german_company_reads_german(playbook):
    german = replace(playbook, language="de")
    deal = shown(german, fields=[{"label": "Entscheidung", "value": "Genehmigt"}])
    assert deal["decision"]["tone"] == "approved"
    assert deal["activities"][0]["due"] == "Do. 24. Dezember 2026"


def test_a_text_that_only_looks_like_a_number_stays_as_it_is(playbook):
    deal = shown(playbook, fields=[{"label": "Phone", "value": "20261224"}])
    assert deal["fields"][0]["value"] == "20261224"


@pytest.mark.parametrize(
    ("kind", "src"),
    [("image/jpeg", "/ledger-picture/c-file-1.2"), ("application/pdf", None), ("", None)],
)
def test_a_file_is_named_and_an_image_shown(playbook, kind, src):
    file = {"key": "c-file-1", "number": 2, "name": "a", "type": kind, "size": 9}
    (one,) = shown(playbook, files=[file])["files"]
    assert (one["name"], one["size"], one.get("src")) == ("a", 9, src)


def test_what_is_only_counted_with_and_a_sum_of_nothing_are_not_shown(playbook):
    rows = [
        {"label": "Effort altogether", "value": "0"},
        {"label": "Travel cost altogether", "value": "89.90"},
        {"label": "Course of the process", "value": "2026-11-20T09:30Z assess record"},
    ]
    assert [one["label"] for one in shown(playbook, fields=rows)["fields"]] == [
        "Travel cost altogether"
    ]
