"""A language that a playbook declares: how it is written and read, and what is wrong with one.

The dialogue in it is the story `26_en_francais`, by the edit that docs/playbook.md shows.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dialogs import page_sentences, translations
from dialogs.answers.kinds import kind_from
from dialogs.answers.values import Moment, Understood
from dialogs.errors import BadPlaybook
from dialogs.phrases import language_meant, meaning, say
from dialogs.playbook import load_playbook
from dialogs.playbook.reach import SHOWN, notes
from dialogs.translations import Translation
from tests.changes import changed, shipped

FRENCH = changed("plain", "A further language")
PARIS = ZoneInfo("Europe/Paris")
PAGE = Path(__file__).parents[1] / "adapters" / "web" / "static" / "words.js"


@pytest.fixture(autouse=True)
def _only_here() -> Iterator[None]:
    yield
    translations.learn(())


def faults(source: str) -> list[str]:
    with pytest.raises(BadPlaybook) as bad:
        load_playbook(source)
    return str(bad.value).splitlines()


FAULTS = [
    ('id = "fr"', 'id = "qq"', "translation 1 (qq): there is no language 'qq': write a code such"),
    ('id = "fr"', 'id = "de"', "translation 1 (de): dealdesk speaks 'de' by itself: leave this"),
    ('id = "fr"', 'id = "French"', "translation 1 (French), id: String should match pattern"),
    ('language = "fr"', 'language = "it"', "language: nothing is said in 'it': write en or de, or"),
    (
        "skip =",
        "skipp =",
        "translation fr, words, skipp: there is no such sentence: `dealdesk",
    ),
    ("{title} : dans", "{titre} : dans", "translation fr, words, delivered: its gaps have to be"),
    ("{title} : dans", "{title : dans", "translation fr, words, delivered: its gaps have to be"),
    ("oui =", "lead =", "translation fr, reads, lead: the word already starts form lead"),
    (
        "oui =",
        "stand =",
        "translation fr, reads, stand: the word is the desk's own",
    ),
    (
        'fr = "Prospect"',
        'it = "Cliente"',
        "playbook, form lead, title: there is no language 'it': declare it with",
    ),
    (
        'en = "There is a budget"',
        'it = "C\'è", en = "There is a budget"',
        "playbook, stage qualification, criteria 2: there is no language 'it': declare it",
    ),
]


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS)
def test_a_fault_names_the_place_and_the_remedy(old: str, new: str, fault: str) -> None:
    assert FRENCH.count(old) == 1
    assert any(one.startswith(f"playbook: {fault}") for one in faults(FRENCH.replace(old, new)))


def test_it_is_declared_once() -> None:
    again = FRENCH + '\n[[translation]]\nid = "fr"\nname = "Français"\n'
    assert "playbook: translation 2 (fr): it is there twice: make one table of them" in faults(
        again
    )


def test_the_check_notes_what_is_shown_in_english() -> None:
    found = [note for note in notes(load_playbook(FRENCH)) if "'fr'" in note]
    assert found[0].endswith("title: no text for 'fr': shown in English")
    assert len(found) == SHOWN + 1
    assert not any("form lead, title" in note for note in found)
    assert notes(load_playbook(shipped("plain"))) == []


@pytest.mark.parametrize("language", ["fr", "es", "it", "pl", "nl", "pt_BR", "tr", "hu", "uk"])
def test_what_is_shown_is_read_back(language: str) -> None:
    translations.learn([Translation(language, language)])
    moment = Moment(datetime(2026, 11, 22, 9, tzinfo=PARIS), language)
    days = [str(date(2026, 11, 22) + timedelta(days=9 * n)) for n in range(41)]
    for name, values in (
        ("date", days),
        ("moment", ["2026-12-24T14:00+01:00", "2027-03-04T02:30+01:00"]),
        ("money", ["12500.00", "1250.00", "1.50", "1234567.89"]),
        ("percent", [60, 62.5]),
        ("number", [1250, 1.25]),
    ):
        kind = kind_from(name, {"decimals": 3} if name == "number" else {})
        for value in values:
            shown = kind.show(value, language, "EUR")
            assert kind.parse(shown, moment) == Understood(value), shown


def test_a_word_is_read_as_the_english_that_it_stands_for() -> None:
    translations.learn(load_playbook(FRENCH).translations)
    moment = Moment(datetime(2026, 11, 22, 9, tzinfo=PARIS), "fr")
    assert kind_from("yes_no", {}).parse("Oui !", moment) == Understood(value=True)
    assert kind_from("date", {}).parse("demain", moment) == Understood("2026-11-23")
    assert kind_from("date", {}).parse("3 févr. 2027", moment) == Understood("2027-02-03")
    assert meaning("Passer") == "skip"
    assert (language_meant("Français"), language_meant("language fr")) == ("fr", "fr")
    assert language_meant("je parle français") == ""


def test_what_it_does_not_say_is_said_in_english() -> None:
    translations.learn(load_playbook(FRENCH).translations)
    assert (say("fr", "skip"), say("fr", "close")) == ("Passer", say("en", "close"))
    assert (say("de", "skip"), say("en", "skip")) == ("Überspringen", "Skip")


def test_the_sentences_of_the_page_are_those_that_it_has() -> None:
    own = re.search(r"const EN = \{(.*?)\n\};", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert own is not None
    said = re.findall(r'(\w+): ("(?:[^"\\]|\\.)*")', own[1])
    assert {key: json.loads(text) for key, text in said} == dict(page_sentences.SENTENCES)
