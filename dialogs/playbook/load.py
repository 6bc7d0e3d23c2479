"""From a playbook file's text to its values. All mistakes are named at once, with their place."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal

from pydantic import ValidationError

from dialogs.answers import kind_from
from dialogs.errors import BadPlaybook
from dialogs.playbook import further, schema
from dialogs.playbook.gates import gates
from dialogs.playbook.hours import WEEKDAYS, Quiet
from dialogs.playbook.life import faults_of_life
from dialogs.playbook.pipeline import Criterion, Stage
from dialogs.playbook.rules import faults
from dialogs.playbook.ruling import BallotRule, DecisionRule, FigureRules, Handover, Team, Whom
from dialogs.playbook.texts import Condition, Text
from dialogs.playbook.values import (
    Choice,
    Form,
    Playbook,
    Process,
    Question,
    Revision,
    Step,
    Sum,
)
from dialogs.translations import Translation

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


@lru_cache(maxsize=8)  # a start asks for one and the same several times, and it is frozen
def load_playbook(text: str, name: str = "playbook", *, kept: bool = False) -> Playbook:
    """Read a playbook.

    Args:
        text: The file's content, TOML.
        name: What to call the file in a complaint.
        kept: It was taken once, and is not held to rules that came later.

    Raises:
        BadPlaybook: with a line for each mistake: place, what is wrong, what to do.
    """
    table = _table(text, name)
    complaints: list[str] = []
    mark = sha256(text.encode()).hexdigest()[:8]
    playbook = _playbook(table, f"{table.version}-{mark}", complaints)
    complaints += further.faults(playbook, table) if not complaints else []
    complaints += faults(playbook, table) if not complaints else []
    complaints += faults_of_life(playbook) if not complaints and not kept else []
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
    stages = tuple(_stage(stage) for stage in table.stage)
    return Playbook(
        name=table.name,
        version=table.version,
        edition=edition,
        company=table.company,
        language=table.language,
        currency=table.currency,
        presentation=table.presentation or "",
        processes=tuple(_process(process) for process in table.process),
        stages=stages,
        gates=gates(stages),
        forms=tuple(_form(form, lists, complaints) for form in table.form),
        decision=_decision(table.decision, complaints),
        lost_reasons=_choices(table.lost_reason),
        handover=tuple(_handover(one, complaints) for one in table.handover),
        teams=tuple(_team(one, complaints) for one in table.team),
        leads_to=table.leads.to,
        labels={str(fact): _text(label) for fact, label in table.decision.labels.items()},
        quiet=_quiet(table.quiet),
        figures=_figures(table.figures),
        translations=tuple(
            Translation(one.id, one.name, one.words, one.reads) for one in table.translation
        ),
        untranslated=further.untranslated(table),
    )


def _quiet(table: schema.QuietTable) -> Quiet:
    return Quiet(
        days=frozenset(WEEKDAYS.index(day) for day in table.working_days),
        begins=table.work_begins,
        ends=table.work_ends,
        tonight=table.tonight,
        holidays=frozenset(table.holidays),
        notice=table.notice_minutes,
        stalled=table.stalled_after_days,
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


def _decision(table: schema.DecisionTable, complaints: list[str]) -> DecisionRule:
    return DecisionRule(
        table.step,
        table.form,
        table.four_eyes,
        {str(fact): name for fact, name in table.fields.items()},
        table.card,
        rules=tuple(BallotRule(_count(one.approvals), one.above) for one in table.rules),
        amount=table.amount or "",
        asks=tuple(found for one in table.asks if (found := _whom(one, "asks", complaints))),
        remind_hours=table.remind_hours,
        deadline_hours=table.deadline_hours,
        deputy=_whom(table.deputy, "deputy", complaints),
        escalate_to=_whom(table.escalate_to, "escalate_to", complaints),
    )


def _count(approvals: int | str) -> int | Literal["all"]:
    if isinstance(approvals, int):
        return approvals
    return "all" if approvals == "all" else 1


def _team(table: schema.TeamTable, complaints: list[str]) -> Team:
    found = (_whom(one, f"team {table.name}, members", complaints, "") for one in table.members)
    return Team(table.name, tuple(one for one in found if one))


def _handover(table: schema.HandoverTable, complaints: list[str]) -> Handover:
    contact = _whom(table.contact, f"handover {table.id}, contact", complaints, "")
    task = _optional(table.task)
    return Handover(table.id, _text(table.text), contact, table.team, task, table.days)


def _whom(
    table: schema.PersonTable | None, key: str, complaints: list[str], where: str = "decision, "
) -> Whom | None:
    if table is None:
        return None
    named = {by: value for by, value in table.model_dump().items() if value}
    if len(named) != 1:
        complaints.append(
            f"{where}{key}: say who it is in one way: login, email, name or role, each of them once"
        )
        return None
    ((by, value),) = named.items()
    return Whom(by, value)  # type: ignore[arg-type] # the table has these four keys


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
        tag=_optional(table.tag),
        outcome=table.outcome or "",
        then={str(happening): step for happening, step in table.then.items()},
    )


def _stage(table: schema.StageTable) -> Stage:
    numbered = enumerate(table.criteria, start=1)
    criteria = tuple(_criterion(one, f"c{number}") for number, one in numbered)
    team, place = table.team or "", table.instead_of or ""
    return Stage(table.id, _text(table.title), table.names, table.won, criteria, team, place)


def _criterion(table: schema.CriterionTable, name: str) -> Criterion:
    form, _, question = table.met_by.partition(".")
    met_by = (form, question) if question else None
    return Criterion(
        table.id or name, _text({"en": table.en, "de": table.de, **table.further()}), met_by
    )


def _form(table: schema.FormTable, lists: Mapping[str, Any], complaints: list[str]) -> Form:
    return Form(
        id=table.id,
        title=_text(table.title),
        action=table.action,
        opens=table.opens,
        errand=table.errand,
        duplicates=table.duplicates,
        questions=tuple(_questions(table, lists, complaints)),
        words={str(language): words for language, words in table.words.items()},
        description=_optional(table.description),
        review=table.review,
        briefing=table.briefing,
        menu=table.menu,
        beside=table.beside,
        asks_first=table.asks_first or "",
        about=table.about or "",
        offered_when=tuple(_condition(one) for one in table.offered_when),
        confirm=_optional(table.confirm),
        task=_optional(table.task),
        sums=tuple(
            Sum(one.id, _text(one.label), one.over, one.factors, one.crm, one.weighs)
            for one in table.sum
        ),
        moves=table.moves or "",
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
        listen=tuple(_announcing(table.listen)) if table.listen else (),
        internal=table.internal,
        files=table.files,
        offered=table.offered,
        draft=_optional(table.draft),
    )


def _announcing(table: schema.ListenTable) -> Iterator[str]:
    yield from (*table.en, *table.de)
    for words in table.further().values():
        yield from words


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
