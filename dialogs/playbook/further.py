"""Languages that a playbook declares beside English and German: what is wrong, and what is missing.

A fault keeps the playbook from starting; a text that is not translated is read in English.
"""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from dialogs import page_sentences
from dialogs.answers.choices import NO, YES
from dialogs.answers.demand import WORDS
from dialogs.answers.foreign import is_language
from dialogs.answers.refusals import TEXTS
from dialogs.page_sentences import PAGE
from dialogs.phrases import PHRASES, meaning
from dialogs.playbook import schema
from dialogs.playbook.values import Playbook
from dialogs.translations import OWN

_BESIDE = frozenset({"id", "for", "met_by"})
"""Keys that stand in one table with languages."""
SENTENCES: Mapping[str, str] = {
    **PHRASES["en"],
    **{f"{PAGE}{key}": text for key, text in page_sentences.SENTENCES.items()},
    **{f"refused_{code}": texts["en"] for code, texts in TEXTS.items()},
    "answer_yes": YES.text["en"],
    "answer_no": NO.text["en"],
    "answer_none": "none",
    **{f"lines_{key}": texts["en"] for key, texts in WORDS.items()},
    "day_yesterday": "Yesterday",
    "day_today": "Today",
    "day_tomorrow": "Tomorrow",
    "day_next_week": "In a week",
}
"""What can be translated: the English by key."""


def faults(playbook: Playbook, table: schema.PlaybookTable) -> Iterator[str]:
    """Yield every mistake as a sentence that names the place and the remedy."""
    if playbook.language not in playbook.languages:
        yield (
            f"language: nothing is said in {playbook.language!r}: write en or de, or declare it "
            "with [[translation]]"
        )
    ids = [one.id for one in table.translation]
    for number, one in enumerate(table.translation, start=1):
        yield from _identity(one, f"translation {number} ({one.id})", ids)
        yield from _sentences(one)
        yield from _typed(one, playbook)
    for place, node in _texts(table.model_dump(by_alias=True), "playbook"):
        for code in sorted(set(node) - _BESIDE - set(playbook.languages)):
            yield (
                f"{place}: there is no language {code!r}: declare it with [[translation]], or "
                "leave this text out"
            )


def _identity(table: schema.TranslationTable, where: str, ids: list[str]) -> Iterator[str]:
    if table.id in OWN:
        yield f"{where}: dealdesk speaks {table.id!r} by itself: leave this table out"
    elif table.id in _BESIDE or not is_language(table.id):
        yield f"{where}: there is no language {table.id!r}: write a code such as fr or pt_BR"
    if ids.count(table.id) > 1:
        yield f"{where}: it is there twice: make one table of them"


def _sentences(table: schema.TranslationTable) -> Iterator[str]:
    """A sentence has a key that there is, and the gaps of the English one."""
    for key, text in table.words.items():
        where = f"translation {table.id}, words, {key}"
        if key not in SENTENCES:
            yield f"{where}: there is no such sentence: `dealdesk playbook words` lists them all"
        elif _gaps(text) != _gaps(SENTENCES[key]):
            wanted = ", ".join(sorted(f"{{{gap}}}" for gap in _gaps(SENTENCES[key])))
            yield f"{where}: its gaps have to be those of the English one: {wanted or 'none'}"


def _gaps(text: str) -> frozenset[str]:
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return frozenset({"a brace without its other half"})


def _typed(table: schema.TranslationTable, playbook: Playbook) -> Iterator[str]:
    """A word can't mean two things."""
    forms = {
        word.casefold(): form.id
        for form in playbook.forms
        for words in form.words.values()
        for word in words
    }
    for typed, english in table.reads.items():
        where, word = f"translation {table.id}, reads, {typed}", typed.casefold()
        if word in forms:
            yield f"{where}: the word already starts form {forms[word]}"
        if meaning(word) not in {None, meaning(english)}:
            yield f"{where}: the word is the desk's own, choose another"


def untranslated(table: schema.PlaybookTable) -> Mapping[str, tuple[str, ...]]:
    """The places of texts that are not there, by further language."""
    if not table.translation:
        return {}
    texts = list(_texts(table.model_dump(by_alias=True), "playbook"))
    return {
        one.id: tuple(place for place, node in texts if _said(node) and not node.get(one.id))
        for one in table.translation
    }


def _said(node: Mapping[str, Any]) -> bool:
    """Whether it is shown to people; words that are listened for are not."""
    return isinstance(node.get("en"), str)


def is_text(node: Mapping[str, Any]) -> bool:
    """Whether the table is a text by language and nothing else."""
    return not set(OWN).isdisjoint(node) and _BESIDE.isdisjoint(node)


def _texts(node: Any, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Everything that is said by language, with its place."""
    if isinstance(node, dict):
        if not set(OWN).isdisjoint(node):
            yield place, node
            return
        for key, value in node.items():
            yield from _texts(value, f"{place}, {key}")
    elif isinstance(node, list | tuple):
        for number, value in enumerate(node, start=1):
            name = value.get("id") or number if isinstance(value, dict) else number
            yield from _texts(value, f"{place} {name}")
