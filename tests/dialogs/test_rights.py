"""Every role tries every action in every way there is; the table alone says what comes of it.

The cells are generated from `dialogs.people.MAY`, and docs/rights.md shows the same table: a right
that changes changes there, where a reviewer sees it.
"""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from dialogs import desk, within
from dialogs.case import Case
from dialogs.events import Said
from dialogs.people import (
    MAY,
    OF_OTHERS_CASES,
    OF_OWN_CASES,
    Action,
    Who,
    may,
    who_is,
)
from dialogs.turns import Turn
from tests.dialogs.actors import ACTORS, BOSS, HOME, OWNER, Actor
from tests.dialogs.office import RULES, Office, colleague
from tests.dialogs.ways import ACTIONS, CODE, WAYS, Way


def _office(actor: Actor) -> tuple[Office, str]:
    """Cases of the actor's own, or of Sam's; a question about one is open."""
    people = [one for one in (OWNER, BOSS) if actor.person is None or one.id != actor.person.id]
    office = Office.of(*people, *([actor.person] if actor.person else []))
    if actor.person:
        there = replace(actor.person, addresses=(actor.address, *actor.person.addresses[1:]))
        office.people[there.id] = there
    talk = office.talk_at(actor.address)
    owner = talk if actor.own and actor.person else "sam"
    office.has_asked(owner)
    office.has_recorded(owner)
    office.has_approved(owner)
    office.has_rejected(owner)
    if owner != talk:  # as if a forged or an old list named somebody else's cases
        theirs = replace(office.conversation("sam"), id=talk)
        office.conversations[talk] = theirs
    office.gives(CODE, OWNER)
    office.cases["o9"] = Case("o9", "", RULES.playbook.edition, "record", "Fair", lead=9)
    return office, talk


def _expected(actor: Actor, action: Action) -> bool:
    """What the table says, ownership included."""
    granted = action in MAY[who_is(actor.person, actor.address)]
    if action in OF_OWN_CASES:
        return granted and actor.own
    return granted and not (action in OF_OTHERS_CASES and actor.own)


CELLS = [
    pytest.param(actor, way, id=f"{name}-{way.action}-{way.name}")
    for name, actor in ACTORS.items()
    for way in WAYS
]


@pytest.mark.parametrize(("actor", "way"), CELLS)
def test_the_table_alone_decides(actor: Actor, way: Way) -> None:
    office, talk = _office(actor)
    office.conversations[talk] = way.before(office.conversation(talk))
    asked = office.cases["case1"].owner
    turn = office.happens(talk, way.event(talk), actor.address)
    while office.inquiries:
        office.answers("sales_team.group_sale_manager")
    done = way.done(office, talk, turn)
    assert done == _expected(actor, way.action)
    if not done:
        assert _harmless(turn), "what is refused changes nothing"
        assert office.cases["case1"].owner == asked


def _harmless(turn: Turn) -> bool:
    """Nothing was kept for the CRM, for management, for other people, or of a code."""
    quiet = (turn.deliveries, turn.cases, turn.ruling, turn.tells, turn.people, turn.burnt)
    return (
        not any(quiet)
        and turn.person is None
        and not (turn.searches or turn.asks or turn.invitations)
    )


def test_every_action_is_tried_by_every_role() -> None:
    assert {way.action for way in WAYS} == set(ACTIONS)
    assert {who_is(one.person, one.address) for one in ACTORS.values()} == set(get_args(Who))
    assert set(MAY) == set(get_args(Who))


@pytest.mark.parametrize("name", [name for name, one in ACTORS.items() if one.address.outside])
def test_d8_whom_the_platform_calls_no_colleague_is_refused_though_linked(name: str) -> None:
    office, talk = _office(ACTORS[name])
    turn = office.happens(talk, Said("record"), ACTORS[name].address)
    assert _harmless(turn)
    assert [line.action for line in turn.audit] == [f"outside:{ACTORS[name].address.outside}"]
    answered = ACTORS[name].address.outside in {"guest", "foreign"}
    assert bool(turn.says) == answered, "a program is not answered, or two would talk for ever"


@pytest.mark.parametrize("action", ACTIONS)
def test_a_role_that_is_in_no_table_may_nothing(action: Action) -> None:
    archived = colleague("kim", "management", login="k", crm_role="gone")
    assert may(archived, action) == (action == "link"), "their account can become somebody else's"
    assert not may(BOSS, action, replace(HOME, outside="guest"))


HANDLERS = {
    "closing",
    "briefing",
    "filing",
    "adoption",
    "joining",
    "requests",
    "decision",
    "fired",
    "gating",
    "enquiries",
    "handover",
    "keys",
    "presses",
    "takeover",
    "linking",
    "moves",
    "duties",
    "ending",
    "lead_news",
    "leadpress",
    "meetings",
    "news",
    "overview",
    "reception",
    "talk",
    "taskpress",
    "verdicts",
    "vouching",
    "withdrawal",
}
WITHOUT = {
    "linking.about": "looks only",
    "meetings.number": "reads a number",
    "linking.answered": "for strangers too: the desk asks `link` before",
    "reception.stranger": "refuses",
    "reception.outsider": "refuses",
    "reception.barred": "refuses",
    "closing.heard": "what the core itself reports",
    "fired.taken": "what the core itself reports",
    "overview.asked_for": "reads words only",
    "overview.matching": "looks only",
    "keys.of_key": "what the core itself reports",
    "keys.typed": "refuses",
    "reception.forged": "notes what was refused",
    "reception.outdated": "says what is over",
    "decision.turned_away": "refuses",
    "decision.No": "a reason",
    "verdicts.heard": "what the core itself reports",
    "requests.heard": "what colleagues tell each other",
    "filing.right": "names the right itself",
    "joining.heard": "what colleagues tell each other",
    "adoption.heard": "what colleagues tell each other",
    "vouching.heard": "what the core itself reports",
    "talk.found": "what the core itself reports",
    "lead_news.heard": "what the core itself reports",
    "news.of_delivery": "what the core itself reports",
}
"""Calls of `dialogs/desk.py` and `dialogs/within.py` that need no right, each with its reason."""


def test_i8_no_handler_of_the_desk_reaches_its_action_without_the_table() -> None:
    doors = [Path(str(one.__file__)).read_text() for one in (desk, within)]
    found = [name for text in doors for name in _unguarded(ast.parse(text))]
    assert sorted(set(found) - set(WITHOUT)) == []
    assert sorted(set(WITHOUT) - set(found)) == [], "these exceptions are not needed any more"


def _unguarded(tree: ast.AST, *, guarded: bool = False) -> Iterator[str]:
    """Calls of handlers that do not stand in a function handed to `allowed`."""
    for node in ast.iter_child_nodes(tree):
        inside = guarded or (isinstance(node, ast.Lambda) and _is_act(tree))
        if isinstance(node, ast.Call) and not inside and (name := _handler(node.func)):
            yield name
        yield from _unguarded(node, guarded=inside)


def _is_act(parent: ast.AST) -> bool:
    if isinstance(parent, ast.Call):
        return isinstance(parent.func, ast.Name) and parent.func.id == "allowed"
    return False


def _handler(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return f"{called.value.id}.{called.attr}" if called.value.id in HANDLERS else ""
    return ""


def test_i8_a_handler_that_goes_by_is_found() -> None:
    sly = "def f(scene):\n    return talk.answer(scene) if scene else allowed(s, 'x', lambda: 1)"
    assert list(_unguarded(ast.parse(sly))) == ["talk.answer"]
    fair = "def f(scene):\n    return allowed(scene, 'record', lambda: talk.answer(scene))"
    assert list(_unguarded(ast.parse(fair))) == []


def test_i8_the_tables_of_words_are_reached_through_the_one_door_only() -> None:
    """`ANYWHERE` and `IN_DIALOGUE` hold handlers: what is taken out is called in `allowed`."""
    source = Path(str(desk.__file__)).read_text()
    taken = [line.strip() for line in source.splitlines() if "= ANYWHERE[" in line]
    taken += [line.strip() for line in source.splitlines() if "= IN_DIALOGUE[" in line]
    assert taken == ["action, doing = ANYWHERE[word]", "doing = IN_DIALOGUE[word]"]
    for table in ("WITH_A_NAME", "BY_BUTTON"):
        assert source.count(f"{table}[") == source.count(f"action, doing = {table}[") == 1
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Lambda)]
    assert sum("doing(" in ast.unparse(node) for node in calls) == source.count("doing(")
