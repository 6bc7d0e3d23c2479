"""A text is never read as a pattern: neither what people say nor what the playbook says."""

import json
from collections.abc import Iterator
from pathlib import Path

from dialogs.answers.hygiene import clean
from dialogs.events import Found, Hit, Said
from dialogs.library import Library
from dialogs.phrases import PHRASES, say
from dialogs.playbook import load_playbook
from dialogs.shows import Ask, Card, Notice, Review, Show
from tests.dialogs.company import SAM, Company, own
from tests.dialogs.invariants import Promises
from tests.injection.corpus import CORPUS, GROUPS, sample

SOUND = Path(__file__).parents[1].joinpath("dialogs", "sound.toml").read_text(encoding="utf-8")
AT = own("web", "sam")


def shown(company: Company) -> list[Show]:
    return [say.show for said in company.shown.values() for say in said]


def visited(library: Library, name: str, content: str) -> Company:
    """A whole visit to somebody of that name, with that content."""
    company = Company(library)
    for words in ("visit", name):
        company.does(SAM.id, Said(words), AT)
    company.searches.clear()
    company.does(SAM.id, Found(_line(name), ()), AT)
    company.does(SAM.id, Found(_line(name), None), AT)
    for words in ("yes", content, "1", "2", "skip", "summary", "save"):
        company.does(SAM.id, Said(words), AT)
    return company


def _line(text: str) -> str:
    kept = clean(text, 200)
    return kept if isinstance(kept, str) else ""


def named() -> Iterator[str]:
    """What may be a customer's name: whatever has a letter and is no command."""
    for text in CORPUS:
        line = _line(text)
        if any(map(str.isalnum, line)) and not line.startswith("/"):
            yield text


LIBRARY = Library(load_playbook(SOUND))


def test_e9_what_people_type_is_shown_as_they_typed_it_up_to_the_card() -> None:
    cards = 0
    for text in named():
        for show in shown(visited(LIBRARY, text, text)):
            if isinstance(show, Card):
                cards += 1
                assert show.title.partition(": ")[2] == _line(text)
                kept = clean(text, 2000, lines=True)
                assert show.facts[1].value == kept
    assert cards >= 500


def test_e9_the_playbooks_own_texts_are_no_patterns() -> None:
    """Every prompt, label, title and option is one of them."""
    for text in (*GROUPS["templates"], *sample(12)):
        safe = text.replace("{option}", "") or "x"
        if not safe.strip():
            continue
        toml = json.dumps(safe.strip(), ensure_ascii=False).replace("\x7f", "\\u007f")
        company = visited(Library(load_playbook(_with(toml))), "Airbus", "content")
        asks = [one for one in shown(company) if isinstance(one, Ask)]
        assert safe.strip() in {one.prompt for one in asks}
        assert all(one.title.startswith(safe.strip()) for one in asks)
        reviews = [one for one in shown(company) if isinstance(one, Review)]
        assert safe.strip() in {row.label for row in reviews[0].rows}
        assert any(isinstance(one, Card) for one in shown(company))


def _with(text: str) -> str:
    """The sound playbook with that text in place of some of its own."""
    for old in ('"Visit"', '"Held?"', '"Held"', '"Money"', '"What?"', '"Content"', '"Risks?"'):
        assert old in SOUND
    changed = SOUND
    for old in ('"Visit"', '"Held?"', '"Held"', '"Money"', '"What?"', '"Content"', '"Risks?"'):
        changed = changed.replace(old, text)
    return changed


def test_e9_no_gap_of_a_phrase_reads_what_fills_it() -> None:
    for text in CORPUS:
        for key, phrase in PHRASES["en"].items():
            if phrase.count("{") == 1:
                gap = phrase.partition("{")[2].partition("}")[0]
                assert say("en", key, **{gap: text}) == phrase.replace(f"{{{gap}}}", text)


def test_e5_a_customers_name_from_the_crm_is_what_it_looks_like() -> None:
    company = Company(LIBRARY, Promises(LIBRARY).hold)
    for words in ("visit", "Airbus"):
        company.does(SAM.id, Said(words), AT)
    hits = (
        Hit(1, "Airbus \u202egnp.exe", "Ham\u200bburg"),
        Hit(2, "Airbus\x00\ud83d", ""),
        Hit(3, "Airbus\r\nDecision: approved"),
    )
    turn = company.does(SAM.id, Found("Airbus", hits))
    ask = turn.says[0].show
    assert isinstance(ask, Ask)
    assert [button.text for button in ask.choices[:3]] == [
        "Airbus gnp.exe (Hamburg)",
        "Airbus\ufffd\ufffd",
        "Airbus Decision: approved",
    ]
    assert not any(isinstance(show, Notice) for show in shown(company))
