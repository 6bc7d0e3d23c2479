"""What the desk says to late, foreign and doubled presses, and to answers at odd times."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.playbooks import playbook_text
from dialogs.answers import Moment, Understood, kind_from
from dialogs.events import Found, Hit, Pressed, Said, Shared, Submitted
from dialogs.library import Library
from dialogs.people import Person
from dialogs.playbook import load_playbook
from dialogs.reception import OPEN_DIALOGUES
from dialogs.shows import Ask, Card, FormErrors, Notice, Review
from dialogs.tokens import read, screen
from dialogs.turns import Turn
from tests.dialogs.company import MAX, MIA, SAM, TOM, Company, own
from tests.dialogs.invariants import Promises
from tests.transcripts.clock import BERLIN

SOUND = Path(__file__).with_name("sound.toml").read_text(encoding="utf-8")
LIBRARY = Library(load_playbook(SOUND))
VISIT = ("visit", "Airbus", "yes", "much", "1", "2", "because", "save")


@pytest.fixture
def company() -> Company:
    return Company(LIBRARY, Promises(LIBRARY).hold)


def says(company: Company, who: Person, *words: str) -> Turn:
    for each in words:
        turn = company.does(who.id, Said(each), own("web", who.name.lower()))
        while company.searches:
            asked, query = company.searches.pop()
            turn = company.does(asked, Found(query, (Hit(1, "Airbus", "Hamburg"),)))
    return turn


def presses(company: Company, who: Person, token: str) -> Turn:
    return company.does(who.id, Pressed(token), own("web", who.name.lower()))


def card(company: Company) -> Card:
    shown = [say.show for said in company.shown.values() for say in said]
    return [show for show in shown if isinstance(show, Card) and show.buttons][-1]


def notice(turn: Turn) -> str:
    shown = turn.says[-1].show
    assert isinstance(shown, Notice)
    return shown.text


def ask(turn: Turn) -> Ask:
    shown = turn.says[-1].show
    assert isinstance(shown, Ask)
    return shown


def test_d1_a_card_pressed_twice_decides_once_and_the_second_press_says_by_whom_and_when(
    company: Company,
) -> None:
    says(company, SAM, *VISIT)
    approve = card(company).buttons[0].token
    assert presses(company, MIA, approve).ruling is not None
    for who in (MIA, MAX):
        late = presses(company, who, approve)
        assert late.ruling is None
        assert late.tells == ()
        assert "Mia" in notice(late)
        assert "16:00" in notice(late)


def test_d5_who_records_a_case_cannot_decide_about_it(company: Company) -> None:
    says(company, MIA, *VISIT)
    for button in card(company).buttons:
        turn = presses(company, MIA, button.token)
        assert (turn.ruling, turn.tells, turn.deliveries) == (None, (), ())
        assert "own case" in notice(turn)
    assert presses(company, MAX, card(company).buttons[0].token).ruling is not None


@pytest.mark.parametrize("who", [SAM, TOM, replace(MIA, role="group"), replace(MIA, role="admin")])
def test_d6_who_is_not_of_management_decides_nothing(company: Company, who: Person) -> None:
    says(company, SAM, *VISIT)
    company.people[who.id] = who
    turn = presses(company, who, card(company).buttons[0].token)
    assert (turn.ruling, turn.tells) == (None, ())


def test_d9_a_button_of_a_finished_dialogue_offers_what_can_be_done_now(company: Company) -> None:
    old = ask(says(company, SAM, "visit", "Airbus")).choices[0].token
    says(company, SAM, "cancel")
    company.passes(timedelta(days=31))
    turn = presses(company, SAM, old)
    shown = turn.says[0].show
    assert isinstance(shown, Notice)
    assert shown.buttons
    assert turn.conversation.dialogues == ()


def test_d9_a_button_of_an_earlier_question_answers_nothing(company: Company) -> None:
    old = ask(says(company, SAM, "visit", "Airbus")).choices[0].token
    before = says(company, SAM, "yes").conversation.active
    turn = presses(company, SAM, old)
    assert turn.conversation.active == before
    assert "earlier question" in ask(turn).refusal


@pytest.mark.parametrize(
    "altered",
    ["{who}.{screen}.c.-1", "{who}.{screen}.c.\u0660", "{who}.+{screen}.c", "{who}.{screen}_0.c"],
)
def test_d7_a_button_with_a_number_we_never_write_is_none(company: Company, altered: str) -> None:
    turn = says(company, SAM, "visit", "Airbus")
    before = turn.conversation
    token = altered.format(who=SAM.id, screen=before.screen)
    assert read(token) is None
    assert presses(company, SAM, token).conversation.dialogues == before.dialogues


def test_a16_namesakes_are_told_apart_by_their_place_or_their_number(company: Company) -> None:
    says(company, SAM, "visit")
    company.does(SAM.id, Said("Airbus"), own("web", "sam"))
    hits = (
        Hit(7, "Airbus", "Hamburg"),
        Hit(8, "Airbus", "Bremen"),
        Hit(9, "Airbus"),
        Hit(11, "Airbus"),
    )
    shown = ask(company.does(SAM.id, Found("Airbus", hits)))
    assert [button.text for button in shown.choices[:-1]] == [
        "Airbus (Hamburg)",
        "Airbus (Bremen)",
        "Airbus (#9)",
        "Airbus (#11)",
    ]
    presses(company, SAM, shown.choices[3].token)
    active = company.conversation(SAM.id).active
    assert active is not None
    assert active.answers["customer"] == {"id": 11, "name": "Airbus"}


def test_a17_more_customers_than_can_be_shown_ask_for_more_of_the_name(company: Company) -> None:
    says(company, SAM, "visit")
    company.does(SAM.id, Said("Werft"), own("web", "sam"))
    many = tuple(Hit(number, f"Werft {number}", "Kiel") for number in range(9))
    shown = ask(company.does(SAM.id, Found("Werft", many)))
    assert shown.prompt.startswith("There are more than 8 customers for “Werft”. Type more")
    assert len(shown.choices) == 9
    none = ask(_found_anew(company, "Werft Z", ()))
    assert "no customer for “Werft Z”. Create it" in none.prompt
    assert [button.text for button in none.choices] == ["New customer “Werft Z”"]
    styles = [shown.choices[-1].style, none.choices[-1].style]
    assert styles == ["plain", "primary"], (
        "where some are found, a new one is not the obvious choice"
    )


def _found_anew(company: Company, query: str, hits: tuple[Hit, ...]) -> Turn:
    company.does(SAM.id, Said(query), own("web", "sam"))
    return company.does(SAM.id, Found(query, hits))


def test_e1_what_cannot_be_read_leaves_the_question_where_it_is(company: Company) -> None:
    before = says(company, SAM, "visit", "Airbus").conversation.active
    for kind in ("voice", "sticker", "photo", "location", "poll", "contact"):
        turn = company.does(SAM.id, Shared(kind), own("web", "sam"))
        assert kind in ask(turn).refusal
        assert turn.conversation.active == before


def test_e2_a_message_changed_later_steps_nowhere(company: Company) -> None:
    before = says(company, SAM, "visit", "Airbus").conversation
    turn = company.does(SAM.id, Shared("edit"), own("web", "sam"))
    assert "type “summary”" in notice(turn)
    assert turn.conversation.dialogues == before.dialogues


def test_e4_a_hundred_thousand_characters_are_refused_with_the_number(company: Company) -> None:
    for words in ("visit", "yes", "much"):
        before = says(company, SAM, words).conversation.active
        turn = company.does(SAM.id, Said("a" * 100_000), own("web", "sam"))
        assert "100000 characters" in ask(turn).refusal
        assert "at most 4000" in ask(turn).refusal
        after = turn.conversation.active
        assert after is not None
        assert before is not None
        assert (after.answers, after.state) == (before.answers, before.state)


def test_e10_an_answer_to_a_later_question_is_not_taken_for_this_one(company: Company) -> None:
    turn = says(company, SAM, "visit", "Airbus", "Money")
    assert ask(turn).refusal
    active = turn.conversation.active
    assert active is not None
    assert active.answers == {"customer": {"id": 1, "name": "Airbus"}}


def test_e10_a_command_with_an_answer_behind_it_takes_both(company: Company) -> None:
    turn = company.does(SAM.id, Said("visit Airbus", command=True), own("web", "sam"))
    assert [search.query for search in turn.searches] == ["Airbus"]


def test_e10_a_page_takes_all_of_it_or_none_and_asks_the_rest(company: Company) -> None:
    turn = says(company, SAM, "visit", "Airbus", "yes")
    token = screen(SAM.id, turn.conversation.screen, "page")
    half = Submitted(token, {"content": ("much",), "risks": ("rain",)})
    refused = company.does(SAM.id, half, own("web", "sam"))
    assert isinstance(refused.reply, FormErrors)
    assert [question for question, _ in refused.reply.errors] == ["risks"]
    whole = Submitted(token, {"content": ("much",), "risks": ("money", "time")})
    turn = company.does(SAM.id, whole, own("web", "sam"))
    active = turn.conversation.active
    assert active is not None
    assert active.answers["risks"] == ["money", "time"]
    assert active.state == "risks_money_weight"


@pytest.mark.parametrize(
    "word", ["stop", "abbrechen", "zurück", "hilfe", "/start", "help", "CANCEL"]
)
@pytest.mark.parametrize("steps", range(1, len(VISIT)))
def test_e11_a_word_of_the_desk_works_at_every_place(
    company: Company, word: str, steps: int
) -> None:
    says(company, SAM, *VISIT[:steps])
    before = company.conversation(SAM.id).active
    turn = says(company, SAM, word.removeprefix("/"))
    assert before is not None
    shown = turn.says[0].show
    if word.casefold() in {"stop", "abbrechen", "cancel"}:
        assert turn.conversation.dialogues == ()
    elif word == "zurück":
        assert isinstance(shown, Ask | Review)
    else:
        assert isinstance(shown, Notice)
        assert turn.conversation.active == before


def test_e13_two_dialogues_never_mix_and_each_is_gone_back_to(company: Company) -> None:
    says(company, SAM, "visit", "Airbus", "visit")
    first, second = company.conversation(SAM.id).dialogues
    says(company, SAM, "Airbus", "no")
    assert company.conversation(SAM.id).dialogues[0] == first
    hello = says(company, SAM, "hello").says[0].show
    assert isinstance(hello, Notice)
    turn = presses(company, SAM, hello.buttons[0].token)
    assert turn.conversation.active == first
    assert turn.conversation.dialogues[0].id == second.id
    assert "Airbus" in ask(turn).title


def test_e13_there_are_never_more_than_three_dialogues(company: Company) -> None:
    says(company, SAM, *VISIT)
    reject = card(company).buttons[1].token
    says(company, MIA, "visit", "visit", "visit")
    assert len(company.conversation(MIA.id).dialogues) == OPEN_DIALOGUES
    for turn in (says(company, MIA, "visit"), presses(company, MIA, reject)):
        assert len(turn.conversation.dialogues) == OPEN_DIALOGUES
        assert "3 open dialogues" in notice(turn)
    says(company, MIA, "cancel")
    assert len(presses(company, MIA, reject).conversation.dialogues) == OPEN_DIALOGUES


@pytest.mark.parametrize(
    ("language", "typed", "kept"),
    [
        ("en", "1,250.50", "1250.50"),
        ("de", "1.250,50", "1250.50"),
        ("en", "1250.50", "1250.50"),
        ("de", "1250.50", "1250.50"),
        ("en", "1,250", "1250.00"),
        ("de", "1.250", "1250.00"),
        ("en", "1.25", "1.25"),
        ("de", "1,25", "1.25"),
    ],
)
def test_e14_numbers_are_read_the_way_the_person_writes_them(
    language: str, typed: str, kept: str
) -> None:
    moment = Moment(datetime(2026, 11, 21, tzinfo=BERLIN), language)
    assert kind_from("money", {}).parse(typed, moment) == Understood(kept)


def test_e14_a_language_changed_in_the_middle_is_spoken_from_there_on(company: Company) -> None:
    says(company, SAM, "visit", "Airbus")
    assert notice(says(company, SAM, "deutsch")) == "Ab jetzt spreche ich Deutsch."
    assert ask(says(company, SAM, "weiter")).prompt == "Stattgefunden?"
    assert ask(says(company, SAM, "ja")).prompt == "Was?"
    assert notice(says(company, SAM, "english")) == "From now on I speak English."
    assert ask(says(company, SAM, "continue")).prompt == "What?"


def test_f3_the_record_says_a_time_on_the_companys_clock_and_on_the_persons() -> None:
    arts = Library(load_playbook(*playbook_text(None)))
    company = Company(arts, zone="Europe/Berlin")
    words = ("record", "Airbus", "yes", "yesterday 14:00", "Ms Brandt", "Benches", "skip", "skip")
    says(company, TOM, *words, "4", "skip", "skip", "skip", "save")
    ((_, entry),) = company.deliveries
    assert dict(entry.note.rows)["Date and time"] == (
        "Thu 19 November 2026, 20:00 (America/New_York: Thu 19 November 2026, 14:00)"
    )
    assert entry.meeting is not None
    assert entry.meeting.start == "2026-11-19T14:00-05:00"
