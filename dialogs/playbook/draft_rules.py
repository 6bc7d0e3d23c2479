"""What must hold of a form's drafts: each gap can be filled, and nothing internal gets out."""

from collections.abc import Iterator
from string import Formatter

from dialogs.playbook.values import Form, Playbook, Question

OWN_GAPS = frozenset({"customer", "contact", "me", "company"})
"""Gaps that are no question's: of the case, the reader, the writer, the playbook."""


def draft_faults(playbook: Playbook) -> Iterator[str]:
    for form in playbook.forms:
        if form.about and form.about not in playbook.form_by_id:
            yield f"form {form.id}: about has {form.about!r}, which is no form"
            continue
        for condition in form.offered_when:
            about = playbook.form_by_id.get(form.about)
            if about is None or about.question(condition.question) is None:
                yield f"form {form.id}, offered_when: there is no question {condition.question!r}"
        for question in form.questions:
            yield from _faults(playbook, form, question)


def gaps(text: str) -> list[str]:
    """The names in braces.

    Raises:
        ValueError: a brace is not closed.
    """
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def _faults(playbook: Playbook, form: Form, question: Question) -> Iterator[str]:
    about = playbook.form_by_id.get(form.about)
    for language, text in (question.draft.by_language if question.draft else {}).items():
        where = f"form {form.id}, question {question.id}, draft {language}"
        try:
            named = gaps(text)
        except ValueError as error:
            yield f"{where}: {error}: write {{name}} for a gap, {{{{ for a brace"
            continue
        for gap in sorted(set(named) - OWN_GAPS):
            source = _source(form, about, gap)
            if source is None:
                yield f"{where}: there is no question {gap!r} in this form or the one it is about"
            elif source.internal:
                yield f"{where}: {gap!r} is internal and may not be told to a customer"


def _source(form: Form, about: Form | None, gap: str) -> Question | None:
    """The question whose answer fills it: of this form, or of the one it is about."""
    own = form.question(gap)
    if own is not None and own.draft is None:
        return own
    return about.question(gap) if about else None
