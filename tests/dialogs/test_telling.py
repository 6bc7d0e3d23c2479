"""What counts as a message that tells of a meeting, and what stays what it was."""

import pytest

from bot.playbooks import playbook_text
from dialogs.answers.demand import tables
from dialogs.events import Found, Hit, Pressed, Said
from dialogs.library import Library
from dialogs.people import Person
from dialogs.playbook import load_playbook
from dialogs.shows import Ask, Notice, Review
from dialogs.turns import Turn
from tests.dialogs.company import GIL, MIA, SAM, Company, own, with_case
from tests.dialogs.gleaning.marking import SETS, notes
from tests.dialogs.invariants import Promises

LIBRARY = Library(load_playbook(*playbook_text(None)))
NOTE = "Met Mr Peters at Airbus GmbH yesterday 2pm, rating 4/5. Next step: call him by 4 December"


@pytest.fixture
def company() -> Company:
    return Company(LIBRARY, Promises(LIBRARY).hold)


def says(company: Company, *events: str | Said | Pressed, who: Person = SAM) -> Turn:
    for each in events:
        event = Said(each) if isinstance(each, str) else each
        turn = company.does(who.id, event, own("web", who.name.lower()))
        while company.searches:
            asked, query = company.searches.pop()
            turn = company.does(asked, Found(query, (Hit(1, "Airbus GmbH", "Hamburg"),)))
    return turn


def rows(turn: Turn) -> dict[str, str]:
    shown = turn.says[-1].show
    assert isinstance(shown, Review)
    return {row.label: row.value for row in shown.rows}


@pytest.mark.parametrize(
    "text",
    [
        "status",
        "hello there",
        "Airbus GmbH",
        "thanks for yesterday, that was great",
        "what do we have with Airbus GmbH, and who was at the meeting yesterday at 2pm?",
        "x" * 3000,
    ],
)
def test_what_tells_of_no_meeting_begins_nothing(company: Company, text: str) -> None:
    turn = says(company, text)
    assert isinstance(turn.says[-1].show, Notice)
    assert turn.conversation.dialogues == ()


@pytest.mark.parametrize(
    "told",
    [
        Said(NOTE),
        Said(f"record {NOTE}"),
        Said(f"record {NOTE}", command=True),
        Said("record", command=True, quote=NOTE),
    ],
    ids=["free", "after the word", "after the command", "a message used with the shortcut"],
)
def test_one_message_brings_the_whole_review(company: Company, told: Said) -> None:
    seen = rows(says(company, told))
    assert seen["Customer"] == "Airbus GmbH"
    assert seen["Date and time"] == "Thu 19 November 2026, 14:00 « yesterday 2pm »"
    assert seen["First assessment"] == "4/5 « rating 4/5 »"
    assert seen["Content"] == NOTE
    assert seen["Effort"] == "-"


def test_a_message_that_tells_of_nothing_is_still_kept_by_the_shortcut(company: Company) -> None:
    turn = says(company, Said("record", command=True, quote="That went rather well, I think."))
    assert isinstance(turn.says[-1].show, Ask)
    active = turn.conversation.active
    assert active is not None
    assert active.answers == {"content": "That went rather well, I think."}


def test_a_changed_row_no_longer_says_where_it_came_from(company: Company) -> None:
    shown = says(company, NOTE).says[-1].show
    assert isinstance(shown, Review)
    (edit,) = (row.edit for row in shown.rows if row.label == "Date and time")
    company.does(SAM.id, Pressed(edit.token), own("web", "sam"))
    assert rows(says(company, "today 9 am"))["Date and time"] == "Fri 20 November 2026, 09:00"


def test_an_answer_that_is_one_is_never_read_for_more(company: Company) -> None:
    turn = says(company, "record", "Airbus GmbH", "yes", "yesterday 2pm")
    active = turn.conversation.active
    assert active is not None
    assert active.state == "participants"
    assert active.heard == {}


def test_answers_given_before_are_left_alone(company: Company) -> None:
    says(company, "record", "Airbus GmbH", "yes", "yesterday 2pm", "Mr Olsen")
    turn = says(company, "We met Mrs Green on 18 November at 9 am. Next step: call by 4 December")
    active = turn.conversation.active
    assert active is not None
    assert active.answers["participants"] == "Mr Olsen"
    assert str(active.answers["met_on"]).startswith("2026-11-19")
    assert active.answers["next_date"] == "2026-12-04"


def test_a_meeting_that_was_called_off_asks_only_why(company: Company) -> None:
    turn = says(company, "The meeting at Airbus GmbH was cancelled. Next step: call on Monday.")
    shown = turn.says[-1].show
    assert isinstance(shown, Ask)
    assert shown.prompt == "Why not?"


def test_what_was_said_for_the_assessment_is_not_asked_there(company: Company) -> None:
    says(company, f"{NOTE}. Budget 50k EUR, probability 70%", "save")
    turn = says(company, "assess")
    active = turn.conversation.active
    assert active is not None
    assert active.answers == {"revenue": "50000.00", "probability": 70}
    assert active.heard == {"revenue": "Budget 50k EUR", "probability": "probability 70%"}


def test_options_heard_later_are_added_to_those_heard_before(company: Company) -> None:
    says(company, f"{NOTE}. There will be repeat business.", "save", "assess")
    turn = says(company, "It is a key account. Risks: strong competition, probability 70%")
    active = turn.conversation.active
    assert active is not None
    assert active.answers["chances"] == ["followup", "strategic"]
    assert active.answers["risks"] == ["competition"]


COMING = "Meeting with Mrs Lind at Airbus GmbH tomorrow at 10:00, 1 hour, online, about cabin parts"


def test_a_message_about_what_is_to_come_makes_an_appointment(company: Company) -> None:
    says(company, COMING)
    company.answers_lookups()
    company.does(SAM.id, Said("1"), own("web", "sam"))
    company.answers_lookups()
    seen = rows(says(company, "no"))
    assert seen["Contact"] == "Anna Lind"
    assert seen["Date and time"] == "Sat 21 November 2026, 10:00 « tomorrow at 10:00 »"
    assert seen["Duration"].startswith("1 hour")
    assert seen["Place"].startswith("Online")
    assert seen["Purpose"] == "cabin parts « about cabin parts »"


def test_what_is_told_at_the_question_for_the_opportunity_is_not_its_title(
    company: Company,
) -> None:
    says(company, "appointment", "Airbus", "1")
    company.answers_lookups()
    turn = says(company, "tomorrow 14:00 for one hour with Eva Braun about the budget, online")
    shown = turn.says[-1].show
    assert isinstance(shown, Ask)
    assert [button.text for button in shown.choices] == ["Airbus (New)", "New opportunity"]
    says(company, "1")
    company.answers_lookups()
    active = company.conversation(SAM.id).active
    assert active is not None
    assert active.answers["contact"] == {"id": None, "name": "Eva Braun"}
    assert active.answers["start"] == "2026-11-21T14:00+01:00"
    assert active.state == "email"


def test_a_form_s_word_that_only_begins_the_sentence_decides_nothing(company: Company) -> None:
    active = says(company, "Termin bei Airbus GmbH gestern um 14 Uhr, Herr Klein war dabei")
    assert [one.form for one in active.conversation.dialogues] == ["record"]


def test_what_a_customer_asks_for_is_taken_down_for_their_case(company: Company) -> None:
    case = with_case(company, SAM, "qualify", "0" * 25 + "C")
    turn = says(
        company,
        "Airbus Hamburg wants 3 x welding robot at 12,500 €, 2 x torch 450 € "
        "and our quotation by 4 December",
    )
    active = turn.conversation.active
    assert active is not None
    assert (active.form, active.subject, active.state) == ("inquiry", case.id, "requirements")
    lines = tables(active.answers["lines"])
    assert [(one["quantity"], one["name"], one["price"]) for one in lines] == [
        ("3", "welding robot", "12500.00"),
        ("2", "torch", "450.00"),
    ]
    assert active.answers["quote_by"] == "2026-12-04"


@pytest.mark.parametrize("name", SETS)
def test_no_note_of_a_meeting_that_was_makes_an_appointment(name: str) -> None:
    begun = (says(Company(LIBRARY), note["text"]).conversation.dialogues for note in notes(name))
    assert {one.form for dialogues in begun for one in dialogues} == {"record"}


def test_who_may_not_record_is_told_so(company: Company) -> None:
    turn = says(company, NOTE, who=GIL)
    assert isinstance(turn.says[-1].show, Notice)
    assert [line.action for line in turn.audit] == ["denied:record"]
    assert isinstance(says(company, NOTE, who=MIA).says[-1].show, Review)
