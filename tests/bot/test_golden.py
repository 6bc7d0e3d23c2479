"""Databases of earlier releases, a conversation in every state: this program goes on with them."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import codec
from bot.commands.audit import inspected
from dialogs.tokens import card
from tests.bot.golden.walker import NO, YES, House

GOLDEN = Path(__file__).parent / "golden"
RELEASES = sorted(GOLDEN.glob("release-*.sql"))


@pytest.fixture(params=RELEASES, ids=[path.stem for path in RELEASES])
def house(request: pytest.FixtureRequest, tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "dealdesk.sqlite3")) as books:
        books.executescript(request.param.read_text())
    shutil.copytree(GOLDEN, tmp_path / "playbooks", ignore=shutil.ignore_patterns("*.py", "*.sql"))
    made = House(tmp_path)
    yield made
    made.close()


def asked(house: House, sql: str):
    with closing(sqlite3.connect(house.file)) as books:
        return books.execute(sql).fetchall()


def standing(house: House) -> dict[str, dict[str, object]]:
    """Everybody who is in the middle of a form, with the answers so far."""
    rows = asked(house, "SELECT id, state FROM conversation WHERE state IS NOT NULL")
    talks = {name: json.loads(state).get("dialogues") for name, state in rows}
    return {name: found[-1] for name, found in talks.items() if found}


def test_h1_the_golden_database_has_a_conversation_in_every_state(house: House) -> None:
    reached = {(one["form"], one["state"]) for one in standing(house).values()}
    edition = {str(one["playbook"]) for one in standing(house).values()}
    assert len(edition) == 1
    playbook = house.library.of(edition.pop()).playbook
    wanted = {(form.id, question.id) for form in playbook.forms for question in form.questions}
    wanted |= {("record", "review"), ("assess", "review")}
    # A verdict is given by a press; of the questions about each chance and risk, one pair is there.
    spared = re.compile("verdict|(chances|risks)_.*")
    assert [one for one in wanted - reached if not spared.fullmatch(one[1])] == []


def test_h1_every_conversation_goes_on_and_loses_no_answer(house: House) -> None:
    before = standing(house)
    assert len(before) > 25
    for who, dialogue in before.items():
        assert house.says(who, "summary"), who
        answers = dict(dialogue.get("answers", {}))
        for held in (YES, NO):
            for now in house.led(who, held):
                kept = {key: now.answers.get(key) for key in answers}
                assert kept == answers, (who, now.state)
        house.says(who, "save")
        assert house.state_of(who)[0] is None, who
    assert standing(house) == {}
    assert asked(house, "SELECT count(*) FROM inbox WHERE status = 'dead'") == [(0,)]
    records = asked(house, "SELECT count(*) FROM audit WHERE action LIKE 'finish:%'")
    assert records[0][0] >= len(before) // 2


def test_h1_an_open_question_is_decided_and_what_waits_is_known(house: House) -> None:
    with house.store.transaction() as books:
        waiting = [one for one in books.open_approvals() if one.owner == "open"]
        statuses = {line.status for line in books.deliveries(("dead", "pending"), 9)}
        assert inspected(books, []).fault == ""
        assert inspected(books, []).rows > 25
    assert statuses == {"dead", "pending"}
    for _ in range(2):  # a card of that release does not say what it shows: it comes anew first
        with house.store.transaction() as books:
            asked = codec.approval.read(books.approvals([waiting[0].id])[waiting[0].id].subject)
        house.presses("mia", card(asked.id, "approved", asked.mark or "x"))
    with house.store.transaction() as books:
        assert books.approvals([waiting[0].id])[waiting[0].id].status == "approved"
