"""A playbook that changes while people are mid-way: they stay on theirs, or go on politely."""

from datetime import timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from dialogs.events import Decided, Delivered, Event, Found, Hit, Pressed, Said, Shared, Submitted
from dialogs.flow import REVIEW
from dialogs.library import Library
from dialogs.playbook import Playbook, load_playbook
from dialogs.shows import Ask, Card, Notice, Review
from dialogs.turns import Approval
from tests.dialogs.company import MIA, SAM, Company, own, with_case
from tests.dialogs.invariants import Promises, buttons
from tests.dialogs.lengths import LONG

SOUND = Path(__file__).with_name("sound.toml").read_text(encoding="utf-8")
HELD = 'id = "held"\nkind = "yes_no"\nprompt = { en = "Held?", de = "Stattgefunden?" }'
OLD = f"[[form.question]]\n{HELD}"
AGAIN = OLD.replace('"held"', '"again"')
NEW = f'{AGAIN}\nlabel = {{ en = "Again", de = "Nochmal" }}\n\n{OLD}'
CHANGES = {
    "a question is renamed": (
        ('id = "held"', 'id = "took_place"'),
        ('question = "held"', 'question = "took_place"'),
    ),
    "a question becomes another kind": (
        (HELD, HELD.replace('"yes_no"', '"money"')),
        ('{ question = "held", is = true }', '{ question = "held", answered = true }'),
    ),
    "an option is gone": (
        ('    { id = "money", text = { en = "Money", de = "Geld" } },\n', ""),
        ('has = "money"', 'has = "time"'),
    ),
    "a question is new": ((OLD, NEW),),
    "the form is renamed": (
        ('id = "visit"\ntitle', 'id = "call"\ntitle'),
        ('form = "visit"', 'form = "call"'),
    ),
    "the first step is renamed": (('id = "record"\ntitle', 'id = "begin"\ntitle'),),
}
"""What becomes of the sound playbook: parts of its text, and what takes their place."""
BEFORE = Library(load_playbook(SOUND))
WALK = ("visit", "Airbus", "yes", "much\nsaid", "1", "2", "because", "save")


@cache
def later(change: str) -> Playbook:
    text = SOUND
    for old, new in CHANGES[change]:
        assert old in text
        text = text.replace(old, new)
    return load_playbook(text)


@cache
def walked(steps: int) -> Company:
    """Sam, so many inputs into a visit, on the sound playbook."""
    company = Company(BEFORE, Promises(BEFORE).hold)
    for words in WALK[:steps]:
        company.does(SAM.id, Said(words), own("web", "sam"))
        while company.searches:
            who, query = company.searches.pop()
            company.does(who, Found(query, (Hit(1, "Airbus", "Hamburg"),)))
    return company


def moved(company: Company, library: Library) -> Company:
    """The same company after a restart with these editions."""
    after = Company(library, Promises(library).hold)
    after.conversations, after.cases = dict(company.conversations), dict(company.cases)
    after.approvals, after.number = dict(company.approvals), company.number
    after.shown = {who: [*shown] for who, shown in company.shown.items()}
    return after


def everything(company: Company) -> list[Event]:
    """All that may come next: words, buttons shown before, a page, what others bring."""
    shown = company.shown.get(SAM.id, [])
    pressed: list[Event] = [Pressed(b.token) for say in shown for b in buttons(say.show)]
    case = next(iter(company.cases), "c1")
    return [
        *(Said(words) for words in ("yes", "1", "back", "cancel", "help", "save", "status")),
        *(Said(words) for words in ("summary", "continue", "keep", "done", "hello", "visit x")),
        *pressed,
        Submitted(f"{SAM.id}.{company.conversation(SAM.id).screen}.page", {"held": ("yes",)}),
        Shared("voice"),
        Found("Airbus", (Hit(1, "Airbus"),)),
        Delivered(f"{case}-visit-1", case, 7, "https://crm.example/7"),
    ]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("steps", range(1, len(WALK) + 1) if LONG else (2, 4, 6, 7, 8))
def test_h2_whatever_was_removed_or_renamed_nobody_meets_an_error(change: str, steps: int) -> None:
    """The old edition is gone: every input still gets an answer, and nobody is stuck."""
    before, after = walked(steps), Library(later(change))
    for event in everything(before):
        company = moved(before, after)
        company.does(SAM.id, event, own("web", "sam"))
        company.does(SAM.id, Said("cancel"), own("web", "sam"))
        assert company.conversation(SAM.id).dialogues == ()


def test_h2_answers_that_still_fit_are_kept_and_the_rest_is_asked_again() -> None:
    company = moved(walked(6), Library(later("a question is renamed")))
    turn = company.does(SAM.id, Said("continue"), own("web", "sam"))
    shown = turn.says[-1].show
    assert isinstance(shown, Ask)
    assert shown.prompt == "Held?"
    answers = company.conversation(SAM.id).dialogues[0].answers
    assert answers == {
        "customer": {"id": 1, "name": "Airbus"},
        "content": "much\nsaid",
        "risks": ["money"],
        "risks_money_weight": 2,
    }
    company.does(SAM.id, Said("yes"), own("web", "sam"))
    shown = company.does(SAM.id, Said("skip"), own("web", "sam")).says[-1].show
    assert isinstance(shown, Review)


def test_h2_a_dialogue_whose_form_is_gone_ends_with_a_word_about_it() -> None:
    company = moved(walked(3), Library(later("the form is renamed")))
    turn = company.does(SAM.id, Said("hello"), own("web", "sam"))
    first = turn.says[0].show
    assert isinstance(first, Notice)
    assert "no longer fits the playbook" in first.text
    assert company.conversation(SAM.id).dialogues == ()


def test_h2_a_decision_about_a_case_whose_step_is_gone_is_not_lost() -> None:
    library = Library(load_playbook(SOUND))
    company = Company(library)
    case = with_case(company, SAM, "decide", "c1")
    company.approvals["a1"] = Approval(
        "a1", case, SAM.id, status="approved", decided_by=MIA.id, decided_at=1
    )
    company = moved(company, Library(later("a question is new")))
    company.cases["c1"] = company.approvals["a1"].case
    turn = company.does(SAM.id, Decided("a1", "c1", approved=True, by=MIA.id))
    assert [delivery.kind for delivery in turn.deliveries] == ["verdict"]
    assert company.cases["c1"].step == "go"


@pytest.mark.parametrize("change", CHANGES)
def test_h1_who_is_mid_way_stays_on_the_edition_they_began_on(change: str) -> None:
    """With the old edition at hand every dialogue and case ends as if nothing had changed."""
    for steps in range(1, len(WALK)):
        company = moved(walked(steps), Library(later(change), [BEFORE.current.playbook]))
        for words in WALK[steps:]:
            company.does(SAM.id, Said(words), own("web", "sam"))
            while company.searches:
                who, query = company.searches.pop()
                company.does(who, Found(query, (Hit(1, "Airbus", "Hamburg"),)))
        usual = walked(len(WALK))
        assert [case.forms for case in company.cases.values()] == [
            case.forms for case in usual.cases.values()
        ]
        cards = [s.show for shown in company.shown.values() for s in shown]
        assert any(isinstance(show, Card) for show in cards)


def test_h1_a_new_dialogue_begins_on_the_new_edition() -> None:
    library = Library(later("a question is new"), [BEFORE.current.playbook])
    company = moved(walked(3), library)
    company.does(SAM.id, Said("visit"), own("web", "sam"))
    old, new = company.conversation(SAM.id).dialogues
    assert old.playbook != new.playbook == library.current.playbook.edition


def test_f8_after_thirty_days_a_dialogue_is_resumed_where_it_stood() -> None:
    company = moved(walked(4), BEFORE)
    before = company.conversation(SAM.id).active
    company.passes(timedelta(days=30))
    turn = company.does(SAM.id, Said("hello"), own("web", "sam"))
    waiting = turn.says[0].show
    assert isinstance(waiting, Notice)
    company.does(SAM.id, Pressed(waiting.buttons[0].token), own("web", "sam"))
    assert company.conversation(SAM.id).active == before
    assert before is not None
    for words in WALK[4:-1]:
        company.does(SAM.id, Said(words), own("web", "sam"))
    active = company.conversation(SAM.id).active
    assert active is not None
    assert active.state == REVIEW


def test_the_walk_is_made_of_steps() -> None:
    states = [walked(n).conversation(SAM.id).active for n in range(1, len(WALK))]
    assert all(one != two for one, two in pairwise(states))
