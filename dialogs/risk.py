"""The risk matrix of a finished assessment: where each chance and risk stands, what has changed.

Reads the sums of a form that say what they weigh; knows no chat and no CRM. The figures stand as
text beside the picture.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogs.crm import Drawn, JsonValue
from dialogs.drawings import Matrix, Point, Tone
from dialogs.files import fit
from dialogs.phrases import say
from dialogs.playbook import Form, Playbook, Question, Sum
from dialogs.shows import Picture, Row

Record = Mapping[str, JsonValue]
BOTH_AXES = 2


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment and the one before it, as somebody reads them."""

    playbook: Playbook
    form: Form
    record: Record
    before: Record
    about: str
    language: str

    def say(self, key: str, **gaps: object) -> str:
        return say(self.language, key, **gaps)


def weighed(form: Form) -> tuple[Sum, ...]:
    """The sums that stand in a matrix."""
    return tuple(one for one in form.sums if one.weighs and len(one.factors) == BOTH_AXES)


def picture(seen: Assessment) -> Picture | None:
    """The matrix to be shown; None where the form weighs nothing, or nothing was found."""
    matrix = _matrix(seen)
    if not matrix.points:
        return None
    rows = (*_rows(seen), *_changes(seen))
    return Picture(matrix.title, matrix, _alt(seen, matrix), rows)


def attached(seen: Assessment) -> tuple[Drawn, ...]:
    """The same for the record, if there is one."""
    matrix = _matrix(seen)
    return (
        (Drawn(f"{fit(matrix.title.replace(' · ', ', '))}.png", matrix),) if matrix.points else ()
    )


def _matrix(seen: Assessment) -> Matrix:
    sums = weighed(seen.form)
    points = tuple(point for figure in sums for point in _points(seen, figure))
    axes = _axes(seen, sums[0]) if sums else ("", "")
    legend = tuple((_tone(one), _family(seen, one)) for one in sums)
    title = seen.say("matrix", about=seen.about)
    return Matrix(title, *axes, points, legend, _most(seen.form, sums))


def _points(seen: Assessment, figure: Sum) -> Iterator[Point]:
    for option, text in _ticked(seen, figure):
        x, y = _place(figure, option, seen.record)
        old = _place(figure, option, seen.before) if _had(figure, option, seen.before) else None
        yield Point(text, _tone(figure), x, y, old if old != (x, y) else None)


def _ticked(seen: Assessment, figure: Sum) -> Iterator[tuple[str, str]]:
    """The options that were ticked, each with its text, in the playbook's order."""
    question = seen.form.question(figure.over)
    for option in question.kind.options() if question else ():
        if _had(figure, option.id, seen.record):
            yield option.id, option.label(seen.language)


def _had(figure: Sum, option: str, record: Record) -> bool:
    ticked = record.get(figure.over)
    return isinstance(ticked, list) and option in ticked


def _place(figure: Sum, option: str, record: Record) -> tuple[int, int]:
    across, upwards = (record.get(f"{figure.over}_{option}_{one}") for one in figure.factors)
    return _whole(across), _whole(upwards)


def _whole(answer: JsonValue) -> int:
    return answer if isinstance(answer, int) else 1


def _axes(seen: Assessment, figure: Sum) -> tuple[str, str]:
    """The factors' names: what their labels say beside the option."""
    question = seen.form.question(figure.over)
    option = question.kind.options()[0] if question else None
    across, upwards = (
        _named(
            seen,
            seen.form.question(f"{figure.over}_{option.id}_{one}"),
            option.label(seen.language),
        )
        if option
        else one
        for one in figure.factors
    )
    return across, upwards


def _named(seen: Assessment, question: Question | None, option: str) -> str:
    label = question.label.of(seen.language) if question else ""
    name = label.replace(option, "").strip(" :·-")
    return name[:1].upper() + name[1:]


def _most(form: Form, sums: tuple[Sum, ...]) -> int:
    """The highest step of the scales."""
    ends = (
        int(question.kind.options()[-1].id)
        for figure in sums
        for question in form.questions
        if question.kind.name == "scale" and question.id.startswith(f"{figure.over}_")
    )
    return max(ends, default=5)


def _tone(figure: Sum) -> Tone:
    return figure.weighs or "plain"


def _family(seen: Assessment, figure: Sum) -> str:
    question = seen.form.question(figure.over)
    return question.label.of(seen.language) if question else figure.id


def _rows(seen: Assessment) -> Iterator[Row]:
    number = 0
    for figure in weighed(seen.form):
        for option, text in _ticked(seen, figure):
            number += 1
            now = _score(figure, option, seen.record)
            yield Row(f"{number} {text}", now + _before(seen, figure, option, now))
    yield from _totals(seen)


def _score(figure: Sum, option: str, record: Record) -> str:
    x, y = _place(figure, option, record)
    return f"{x} × {y} = {x * y}"  # noqa: RUF001 - the sign of multiplication is meant


def _before(seen: Assessment, figure: Sum, option: str, now: str) -> str:
    """What it was last time, where there was one and it differs."""
    if not seen.before:
        return ""
    if not _had(figure, option, seen.before):
        return seen.say("matrix_new")
    old = _score(figure, option, seen.before)
    return "" if old == now else seen.say("matrix_before", value=old)


def _totals(seen: Assessment) -> Iterator[Row]:
    for figure in weighed(seen.form):
        now, old = str(figure.total(seen.record)), str(figure.total(seen.before))
        was = seen.say("matrix_before", value=old) if seen.before and old != now else ""
        yield Row(figure.label.of(seen.language), now + was)


def _changes(seen: Assessment) -> Iterator[Row]:
    """What else reads otherwise than last time: what is gone, and the other answers."""
    for figure in weighed(seen.form) if seen.before else ():
        yield from _gone(seen, figure)
    ours = tuple(figure.over for figure in weighed(seen.form))
    for question in seen.form.questions if seen.before else ():
        if not question.id.startswith(ours):
            yield from _changed(seen, question)


def _gone(seen: Assessment, figure: Sum) -> Iterator[Row]:
    question = seen.form.question(figure.over)
    for option in question.kind.options() if question else ():
        if _had(figure, option.id, seen.before) and not _had(figure, option.id, seen.record):
            score = _score(figure, option.id, seen.before)
            yield Row(option.label(seen.language), seen.say("matrix_gone", value=score))


def _changed(seen: Assessment, question: Question) -> Iterator[Row]:
    old, now = seen.before.get(question.id), seen.record.get(question.id)
    if old != now:
        told = seen.say(
            "changed_from_to", old=_told(seen, question, old), new=_told(seen, question, now)
        )
        yield Row(question.label.of(seen.language), told)


def _told(seen: Assessment, question: Question, value: JsonValue) -> str:
    if value is None:
        return seen.say("skipped")
    return question.kind.show(value, seen.language, seen.playbook.currency)


def _alt(seen: Assessment, matrix: Matrix) -> str:
    """What is to be seen, in words: each with its place."""
    told = (
        f"{number} {one.text} ({one.x}, {one.y})" for number, one in enumerate(matrix.points, 1)
    )
    return seen.say(
        "matrix_alt", across=matrix.across, upwards=matrix.upwards, points="; ".join(told)
    )
