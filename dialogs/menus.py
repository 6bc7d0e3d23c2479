"""What can be begun by a word: the playbook's forms, then the desk's own; each with what it does.

One list for `help`, the chat page and Telegram's command menu; knows none of them.
"""

from collections.abc import Iterator

from dialogs.library import Rulebook
from dialogs.people import Action, Person, may
from dialogs.phrases import say
from dialogs.playbook import Form

Entry = tuple[str, str]
"""The word as that language types it, and what it does."""
OWN: tuple[tuple[str, Action], ...] = (
    ("status", "status"),
    ("tasks", "tasks"),
    ("stage", "move"),
    ("pipeline", "figures"),
    ("kpi", "figures"),
    ("process", "process"),
    ("quiet", "settings"),
    ("notice", "settings"),
    ("help", "help"),
)
"""The desk's words in the order in which they are told, with the right that each needs."""
FIRST: tuple[tuple[str, Action], ...] = (("pending", "decide"),)
"""Told before all others: somebody waits."""


def everything(rules: Rulebook, language: str) -> list[Entry]:
    """For a menu that all people share."""
    told: tuple[tuple[Form | str, Action], ...] = (*_forms(rules), *FIRST, *OWN)
    return [*(_entry(rules, language, one) for one, _ in told), *_way_out(language)]


def own(rules: Rulebook, person: Person) -> list[Entry]:
    """What that person may begin, in their language."""
    told: tuple[tuple[Form | str, Action], ...] = (*FIRST, *_forms(rules), *OWN)
    return [_entry(rules, person.language, one) for one, needs in told if may(person, needs)]


def form_words(rules: Rulebook, person: Person) -> list[str]:
    """What that person types to begin a form."""
    forms = (form for form, needs in _forms(rules) if may(person, needs))
    return [rules.word(form, person.language) for form in forms]


def own_words(person: Person) -> list[str]:
    """What that person types to have something shown or set."""
    told = (word for word, needs in (*FIRST, *OWN) if may(person, needs))
    return [say(person.language, f"type_{word}") for word in told]


def _forms(rules: Rulebook) -> Iterator[tuple[Form, Action]]:
    return ((form, form.action) for form in rules.playbook.forms if form.words)


def _entry(rules: Rulebook, language: str, told: Form | str) -> Entry:
    if isinstance(told, str):
        return say(language, f"type_{told}"), say(language, f"menu_{told}")
    return rules.word(told, language), (told.description or told.title).of(language)


def _way_out(language: str) -> list[Entry]:
    return [(say(language, "type_cancel"), say(language, "menu_cancel"))]
