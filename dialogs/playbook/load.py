"""From a playbook file's text to its values. All mistakes are named at once, with their place."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from dialogs.answers import kind_from
from dialogs.errors import BadPlaybook
from dialogs.playbook import schema
from dialogs.playbook.rules import faults
from dialogs.playbook.values import (
    Choice,
    Condition,
    DecisionRule,
    FigureRules,
    Form,
    Playbook,
    Process,
    Question,
    Revision,
    Stage,
    Step,
    Sum,
    Text,
)

LISTENING: Mapping[str, tuple[str, ...]] = {
    "figure": ("money", "percent", "number"),
    "mark": ("scale",),
    "past": ("moment",),
    "coming": ("moment",),
    "due": ("date",),
    "company": ("customer",),
    "options": ("multi_choice",),
    "denied": ("yes_no",),
    "sentences": ("long_text", "text"),
    "people": ("text",),
    "task": ("text",),
    "all": ("long_text",),
    "somebody": ("contact",),
    "option": ("choice",),
    "after": ("text",),
    "day": ("date",),
    "demanded": ("lines",),
}
"""Ways to listen, with the kinds of answer each can give; a kind's first is what it does untold."""


def load_playbook(text: str, name: str = "playbook") -> Playbook:
    """Read a playbook.

    Args:
        text: The file's content, TOML.
        name: What to call the file in a complaint.

    Raises:
        BadPlaybook: with a line for each mistake: place, what is wrong, what to do.
    """
    table = _table(text, name)
    complaints: list[str] = []
    mark = sha256(text.encode()).hexdigest()[:8]
    playbook = _playbook(table, f"{table.version}-{mark}", complaints)
    complaints += faults(playbook, table) if not complaints else []
    if complaints:
        raise BadPlaybook("\n".join(f"{name}: {complaint}" for complaint in complaints))
    return playbook


def _table(text: str, name: str) -> schema.PlaybookTable:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPlaybook(f"{name}: not valid TOML: {error}") from error
    try:
        return schema.PlaybookTable.model_validate(raw)
    except ValidationError as error:
        lines = [f"{name}: {_place(e['loc'], raw)}: {e['msg']}" for e in error.errors()]
        raise BadPlaybook("\n".join(lines)) from error


def _place(location: tuple[int | str, ...], raw: Any) -> str:
    """Say `form record, question 3 (met_on), kind` instead of `form.0.question.2.kind`."""
    words: list[str] = []
    for part in location:
        raw = _inside(raw, part)
        if isinstance(part, str):
            words.append(part)
        else:
            named = raw.get("id") if isinstance(raw, dict) else None
            words[-1:] = [
                f"{words[-1] if words else ''} {part + 1}{f' ({named})' if named else ''}"
            ]
    return ", ".join(words)


def _inside(raw: Any, part: int | str) -> Any:
    try:
        return raw[part]
    except (KeyError, IndexError, TypeError):
        return None


def _playbook(table: schema.PlaybookTable, edition: str, complaints: list[str]) -> Playbook:
    lists = {"lost_reasons": table.lost_reason, "handover": table.handover}
    return Playbook(
        name=table.name,
        version=table.version,
        edition=edition,
        company=table.company,
        language=table.language,
        currency=table.currency,
        presentation=table.presentation or "",
        processes=tuple(_process(process) for process in table.process),
        stages=tuple(_stage(stage) for stage in table.stage),
        forms=tuple(_form(form, lists, complaints) for form in table.form),
        decision=DecisionRule(
            table.decision.step,
            table.decision.form,
            table.decision.four_eyes,
            {str(fact): name for fact, name in table.decision.fields.items()},
            table.decision.card,
        ),
        lost_reasons=_choices(table.lost_reason),
        handover=_choices(table.handover),
        labels={str(fact): _text(label) for fact, label in table.decision.labels.items()},
        figures=_figures(table.figures),
    )


def _figures(table: schema.FiguresTable) -> FigureRules:
    return FigureRules(
        rate=table.rate,
        least_people=table.least_people,
        contact=table.contact,
        contact_when=tuple(map(_condition, table.contact_when)),
        inquiry=table.inquiry,
        round=table.round,
        hours=table.hours,
        travel=table.travel,
        fields={str(fact): name for fact, name in table.fields.items()},
        labels={str(fact): _text(label) for fact, label in table.labels.items()},
    )


def _text(texts: Mapping[Any, str]) -> Text:
    return Text({str(language): text for language, text in texts.items()})


def _optional(texts: Mapping[Any, str] | None) -> Text | None:
    return None if texts is None else _text(texts)


def _choices(tables: Iterable[schema.ChoiceTable]) -> tuple[Choice, ...]:
    return tuple(Choice(table.id, _text(table.text)) for table in tables)


def _process(table: schema.ProcessTable) -> Process:
    acts = (("created", table.created), ("examined", table.examined), ("approved", table.approved))
    return Process(
        id=table.id,
        title=_text(table.title),
        version=table.version,
        purpose=_text(table.purpose),
        revisions=tuple(Revision(act, who.on.isoformat(), who.by) for act, who in acts),
        steps=tuple(_step(step, number) for number, step in enumerate(table.step, start=1)),
    )


def _step(table: schema.StepTable, number: int) -> Step:
    return Step(
        id=table.id,
        title=_text(table.title),
        number=number,
        responsible=table.responsible,
        form=table.form,
        optional=table.optional,
        stage=table.stage,
        also_at=table.also_at,
        tag=_optional(table.tag),
        then={str(happening): step for happening, step in table.then.items()},
    )


def _stage(table: schema.StageTable) -> Stage:
    criteria = tuple(_text(criterion) for criterion in table.criteria)
    return Stage(table.id, _text(table.title), table.names, table.won, criteria)


def _form(table: schema.FormTable, lists: Mapping[str, Any], complaints: list[str]) -> Form:
    return Form(
        id=table.id,
        title=_text(table.title),
        action=table.action,
        opens=table.opens,
        questions=tuple(_questions(table, lists, complaints)),
        words={str(language): words for language, words in table.words.items()},
        description=_optional(table.description),
        review=table.review,
        briefing=table.briefing,
        menu=table.menu,
        asks_first=table.asks_first or "",
        about=table.about or "",
        offered_when=tuple(_condition(one) for one in table.offered_when),
        confirm=_optional(table.confirm),
        task=_optional(table.task),
        sums=tuple(
            Sum(one.id, _text(one.label), one.over, one.factors, one.crm, one.weighs)
            for one in table.sum
        ),
    )


def _questions(
    form: schema.FormTable, lists: Mapping[str, Any], complaints: list[str]
) -> Iterator[Question]:
    for table in form.question:
        settings = dict(table.settings)
        if table.options is not None:
            settings["options"] = _options(table.options, lists)
        question = _question(form.id, table, settings, complaints)
        if question is None:
            continue
        yield question
        for option in question.kind.options() if table.for_each else ():
            yield from _each(form.id, table, option.id, Text(option.text), complaints)


def _options(options: tuple[dict[str, Any], ...] | str, lists: Mapping[str, Any]) -> Any:
    if isinstance(options, str):
        return [{"id": one.id, "text": dict(one.text)} for one in lists.get(options, ())]
    return list(options)


def _question(
    form: str, table: schema.QuestionTable, settings: dict[str, Any], complaints: list[str]
) -> Question | None:
    try:
        kind = kind_from(table.kind, settings)
    except ValueError as error:
        complaints.append(f"form {form}, question {table.id}: {error}")
        return None
    return Question(
        id=table.id,
        kind=kind,
        prompt=_text(table.prompt),
        label=_text(table.label),
        hint=_optional(table.hint),
        optional=table.optional,
        when=tuple(_condition(one) for one in table.when),
        crm=table.crm,
        listening=_listening(form, table, complaints),
        listen=(*table.listen.en, *table.listen.de) if table.listen else (),
        internal=table.internal,
        files=table.files,
        draft=_optional(table.draft),
    )


def _listening(form: str, table: schema.QuestionTable, complaints: list[str]) -> str:
    if table.listen is None:
        return ""
    fitting = (one for one, kinds in LISTENING.items() if table.kind in kinds)
    way: str = table.listen.for_ or next(fitting, "")
    if table.kind in LISTENING.get(way, ()):
        return way
    ways = " or ".join(one for one, kinds in LISTENING.items() if table.kind in kinds)
    complaints.append(
        f"form {form}, question {table.id}: a {table.kind} can't listen for {way or 'nothing'!r}: "
        + (f"write for = {ways}" if ways else "leave listen out")
    )
    return ""


def _condition(table: schema.ConditionTable) -> Condition:
    if table.has is not None:
        return Condition(table.question, "has", table.has)
    if table.answered is not None:
        return Condition(table.question, "answered", table.answered)
    return Condition(table.question, "is", table.is_)


def _each(
    form: str, parent: schema.QuestionTable, option: str, name: Text, complaints: list[str]
) -> Iterator[Question]:
    for each in parent.for_each:
        try:
            kind = kind_from(each.kind, dict(each.settings))
        except ValueError as error:
            complaints.append(f"form {form}, question {parent.id}, for_each {each.id}: {error}")
            continue
        yield Question(
            id=f"{parent.id}_{option}_{each.id}",
            kind=kind,
            prompt=_filled(each.prompt, name),
            label=_filled(each.label, name),
            hint=None if each.hint is None else _filled(each.hint, name),
            optional=each.optional,
            when=(Condition(parent.id, "has", option),),
        )


def _filled(texts: Mapping[Any, str], name: Text) -> Text:
    return Text(
        {str(lang): text.replace("{option}", name.of(str(lang))) for lang, text in texts.items()}
    )
