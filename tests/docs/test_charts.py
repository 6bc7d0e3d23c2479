"""The drawn walk is the walk that is walked, and Mermaid can read it."""

import json
import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot.playbooks import playbook_text
from dialogs.charts import form_chart, process_chart
from dialogs.flow import REVIEW, Dialogue, Flow
from dialogs.library import Rulebook
from dialogs.playbook import Form, Question, load_playbook
from dialogs.walks import stops, ways
from tests.docs.pages import NAMES, PAGES, mermaid

RULES = Rulebook(load_playbook(*playbook_text(None)))
CROOKED = """
[[form]]
id = "crooked"
title = { en = "Crooked", de = "Krumm" }
action = "record"
opens = "case"

[[form.question]]
id = "depth"
kind = "choice"
prompt = { en = "How deep?", de = "Wie tief?" }
label = { en = "Depth", de = "Tiefe" }
options = [
    { id = "short", text = { en = "Short", de = "Kurz" } },
    { id = "middle", text = { en = "Middle", de = "Mittel" } },
    { id = "long", text = { en = "Long", de = "Lang" } },
]
optional = true

[[form.question]]
id = "why_short"
kind = "text"
prompt = { en = "Why?", de = "Warum?" }
label = { en = "Why so short", de = "Warum so kurz" }
when = [{ question = "depth", is = "short" }]

[[form.question]]
id = "chapters"
kind = "multi_choice"
prompt = { en = "Which?", de = "Welche?" }
label = { en = "Chapters", de = "Kapitel" }
options = [
    { id = "a", text = { en = "A", de = "A" } },
    { id = "b", text = { en = "B", de = "B" } },
]
settings = { least = 0 }
when = [{ question = "depth", is = "long" }]

[[form.question]]
id = "alone"
kind = "text"
prompt = { en = "Only b, why?", de = "Nur b, warum?" }
label = { en = "Only b", de = "Nur b" }
when = [{ question = "chapters", has = "b" }, { question = "depth", answered = true }]

[[form.question]]
id = "skipped"
kind = "yes_no"
prompt = { en = "On purpose?", de = "Absicht?" }
label = { en = "Purpose", de = "Absicht" }
when = [{ question = "depth", answered = false }]
"""


def crooked() -> Form:
    """A form with conditions of all sorts, none of which the shipped playbook has."""
    text, _ = playbook_text(None)
    head, mark, rest = text.partition('[[form]]\nid = "decide"')
    playbook = load_playbook(f"{head}{CROOKED}\n{mark}{rest}", "crooked")
    return playbook.form_by_id["crooked"]


FORMS = [*RULES.playbook.forms, crooked()]
BY_FORM = pytest.mark.parametrize("form", FORMS, ids=[form.id for form in FORMS])


def walked(flow: Flow, dice: random.Random) -> Iterator[tuple[str, str]]:
    """One walk with answers by chance, as moves between stops."""
    place = {one.id: stop.id for stop in stops(flow.form) for one in stop.questions}
    dialogue = flow.begin(Dialogue("d", flow.form.id, "", "", ""))
    seen = [place[dialogue.state]]
    while dialogue.state != REVIEW:
        dialogue = flow.answer(dialogue, given(flow.question(dialogue), dice))
        seen.append("end" if dialogue.state == REVIEW else place[dialogue.state])
    passed = [by_families(flow.form, here, then) for here, then in pairwise(seen)]
    return (move for moves in passed for move in moves if move[0] != move[1])


def by_families(form: Form, here: str, then: str) -> list[tuple[str, str]]:
    """A family for whose choice nothing is ticked is passed through without a question."""
    order = [stop.id for stop in stops(form)]
    reach = order.index(then) if then != "end" else len(order)
    families = [stop.id for stop in stops(form)[order.index(here) + 1 : reach] if stop.over]
    return list(pairwise([here, *families, then]))


def given(question: Question, dice: random.Random):
    options = [option.id for option in question.kind.options()]
    answers = {
        "yes_no": lambda: dice.choice([True, False]),
        "choice": lambda: dice.choice(options),
        "contact": lambda: {"name": "Anna", "id": dice.choice([None, 7])},
        "multi_choice": lambda: dice.sample(options, dice.randint(0, len(options))),
    }
    if question.optional and dice.random() < 0.4:
        return None
    return answers.get(question.kind.name, lambda: "something")()


@BY_FORM
def test_the_ways_drawn_are_the_moves_made_and_no_others(form: Form):
    dice = random.Random(7)
    drawn = {(way.source.id, way.target.id if way.target else "end") for way in ways(form)}

    flow = Flow(form)
    made = {move for _ in range(200) for move in walked(flow, dice)}

    assert made == drawn


@BY_FORM
def test_from_every_stop_at_most_one_way_has_no_condition(form: Form):
    for stop in stops(form):
        bare = [way for way in ways(form) if way.source == stop and not way.conditions]
        assert len(bare) <= 1


def test_a_way_says_its_conditions_in_words():
    chart = form_chart(RULES.playbook.form_by_id["record"])

    assert 'q_held -->|"Took place: No"| q_why_not' in chart
    assert 'q_next_step -->|"Next step given"| q_next_date' in chart
    assert 'q_next_step -->|"otherwise"| q_hours' in chart


def test_a_chart_speaks_german():
    chart = form_chart(RULES.playbook.form_by_id["record"], "de")

    assert 'q_held -->|"Stattgefunden: Ja"| q_met_on' in chart
    assert "review{{Prüfung}} --> done" in chart


_NODE = r"[a-z][a-z0-9_]*"
_SHAPE = r'(\["[^"]*"\]|\(\(.*\)\)|\{\{.*\}\})?'
_NODES = rf"{_NODE}{_SHAPE}( & {_NODE})*"
_WAY = r'<?-->(\|"?[^"|]+"?\|)?'
_FRAME = rf'subgraph {_NODE}\["[^"]+"\]|direction TB|end'
_LINE = re.compile(rf" {{4,}}({_NODES}( {_WAY} {_NODES})?|{_FRAME})")
CHARTS = {
    "all processes": process_chart(RULES),
    "alle Prozesse": process_chart(RULES, "de"),
    **{f"{form.id} {code}": form_chart(form, code) for form in FORMS for code in ("en", "de")},
}


def drawn(chart: str) -> list[str]:
    return [line for line in chart.splitlines() if line.strip()]


@pytest.mark.parametrize("name", CHARTS)
def test_every_line_of_a_chart_is_of_a_shape_that_mermaid_reads(name: str):
    first, *lines = drawn(CHARTS[name])

    assert first == "flowchart TD"
    assert [line for line in lines if not _LINE.fullmatch(line)] == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_so_is_every_line_of_a_chart_on_a_page(page: Path):
    for chart in mermaid(page):
        first, *lines = drawn(chart)
        assert first == "flowchart TD"
        assert [line for line in lines if not _LINE.fullmatch(line)] == []


@pytest.mark.parametrize("name", CHARTS)
def test_every_way_of_a_chart_joins_what_the_chart_has(name: str):
    joined = set(re.findall(rf"^ +({_NODE})\S* -->.*?({_NODE})\S*$", CHARTS[name], re.MULTILINE))
    shaped = set(re.findall(rf"({_NODE})(?=\[\"|\(\(|\{{\{{)", CHARTS[name]))

    assert joined
    assert {node for pair in joined for node in pair} <= shaped


def test_a_label_keeps_what_mermaid_would_take_for_its_own():
    text, name = playbook_text(None)
    bold = text.replace('label = { en = "Took place"', """label = { en = 'Took "place" #1'""")
    assert bold != text

    chart = form_chart(load_playbook(bold, name).form_by_id["record"])

    assert 'q_held["Took #quot;place#quot; #35;1"]' in chart
    assert json.dumps(chart)
