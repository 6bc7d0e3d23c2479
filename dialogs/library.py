"""All playbook editions in use, compiled: conversations and cases stay on the one they began on."""

from collections.abc import Iterable, Mapping

from dialogs.case import Lifecycle
from dialogs.flow import Flow
from dialogs.gleaning import Gleaner
from dialogs.phrases import LONGEST_WORD
from dialogs.playbook import Form, Playbook
from dialogs.translations import learn


class Rulebook:
    """One playbook with its machines."""

    def __init__(self, playbook: Playbook) -> None:
        """Compile every form and the life of a case."""
        self.playbook = playbook
        forms = (*playbook.forms, *playbook.gates.values())
        self.flows: Mapping[str, Flow] = {form.id: Flow(form) for form in forms}
        self.lifecycle = Lifecycle(playbook)
        self._words = dict(_words(playbook.forms))
        self._gleaners: dict[str, Gleaner] = {}

    def form_meant(self, text: str) -> Form | None:
        """The form that the words start, if the whole text is one of its command words."""
        if len(text) > LONGEST_WORD:
            return None
        return self._words.get(text.casefold().strip(" .!/"))

    def gleaner(self, form: Form) -> Gleaner:
        """What reads a message for that form; made when it is first needed."""
        known = self._gleaners.get(form.id)
        if known is None:
            known = self._gleaners[form.id] = Gleaner(form, self.playbook.forms)
        return known

    def word(self, form: Form, language: str) -> str:
        """The command word to tell a person of that language."""
        words = form.words.get(language) or form.words.get("en") or (form.id,)
        return words[0]


class Library:
    """Rulebooks by playbook edition; new dialogues begin with the current one."""

    def __init__(self, current: Playbook, earlier: Iterable[Playbook] = ()) -> None:
        """Compile them all; the languages of the current one are spoken from now on."""
        learn(current.translations)
        self.current = Rulebook(current)
        self._by_edition = {one.edition: Rulebook(one) for one in earlier}
        self._by_edition[current.edition] = self.current

    def holds(self, edition: str) -> bool:
        """Whether that very edition is at hand."""
        return edition in self._by_edition

    def of(self, edition: str) -> Rulebook:
        """The rulebook of that edition, or the current one where it is no longer at hand."""
        return self._by_edition.get(edition, self.current)


def _words(forms: Iterable[Form]) -> Iterable[tuple[str, Form]]:
    for form in forms:
        for words in form.words.values():
            for word in words:
                yield word.casefold(), form
