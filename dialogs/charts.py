"""Flow charts and tables of a playbook, drawn from what the machines are (Mermaid, Markdown).

Reads rulebooks; writes text. The files under docs/ come from here, and a test holds them to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogs.library import Rulebook
from dialogs.playbook import Condition, Form, Process, Question, Step, Text
from dialogs.walks import Stop, Way, stops, ways

_WORDS: Mapping[str, Mapping[str, str]] = {
    "answered": {"en": "{label} given", "de": "{label} angegeben"},
    "skipped": {"en": "{label} skipped", "de": "{label} übersprungen"},
    "has": {"en": "{label}: with {value}", "de": "{label}: mit {value}"},
    "is": {"en": "{label}: {value}", "de": "{label}: {value}"},
    "otherwise": {"en": "otherwise", "de": "sonst"},
    "each": {"en": "for each of {label}", "de": "für jede Wahl bei {label}"},
    "review": {"en": "review", "de": "Prüfung"},
    "done": {"en": "done", "de": "fertig"},
}


def process_chart(rules: Rulebook, language: str = "en") -> str:
    """All processes in one flow chart, a frame for each: steps, who is responsible, what follows."""
    return "\n".join(["flowchart TD", *_frames(rules.playbook.processes, language)])


def _frames(processes: tuple[Process, ...], language: str) -> Iterator[str]:
    for process in processes:
        title = f"{process.title.of(language)} {process.version}"
        yield f"    subgraph frame_{process.id}[{_quoted(title)}]"
        yield from (f"    {line}" for line in _steps(process, language))
        yield "    end"


def _steps(process: Process, language: str) -> Iterator[str]:
    """Ids carry a prefix: several words of Mermaid's own, such as `end`, can't be ids."""
    for step in process.steps:
        title = f"{step.number}. {step.title.of(language)}<br/>({step.responsible})"
        yield f"    {process.id}_{step.id}[{_quoted(title)}]"
    for step in process.steps:
        for happening, target in step.then.items():
            yield f"    {process.id}_{step.id} -->|{happening}| {process.id}_{target}"


def form_chart(form: Form, language: str = "en") -> str:
    """A form's walk: its questions, and what is asked after what on which answers."""
    end = "review" if form.review else "done"
    lines = ["flowchart TD", f"    begin(( )) --> q_{stops(form)[0].id}"]
    lines += [f"    q_{stop.id}[{_quoted(_stop(form, stop, language))}]" for stop in stops(form)]
    lines += [_way(form, way, language, end) for way in ways(form)]
    if form.review:
        lines.append(f"    review{{{{{_say('review', language)}}}}} --> done")
    return "\n".join([*lines, f"    done(({_say('done', language)}))"])


def _stop(form: Form, stop: Stop, language: str) -> str:
    family = _family(form, stop)
    if family is None:
        return stop.questions[0].label.of(language)
    each = _say("each", language, label=family.parent.label.of(language))
    return "<br/>".join([each, *(family.general(one.label, language) for one in family.questions)])


def _way(form: Form, way: Way, language: str, end: str) -> str:
    said = ", ".join(condition_text(form, one, language) for one in way.conditions)
    said = _say("otherwise", language) if way.otherwise else said
    label = f"|{_quoted(said)}|" if said else ""
    target = f"q_{way.target.id}" if way.target else end
    return f"    q_{way.source.id} -->{label} {target}"


@dataclass(frozen=True, slots=True)
class _Family:
    """Questions that are asked once for each ticked option of `parent`, as for the first one."""

    parent: Question
    questions: tuple[Question, ...]

    def general(self, text: Text, language: str) -> str:
        """The text without the option's name in it."""
        option = self.parent.kind.options()[0].text
        return text.of(language).replace(option.get(language) or option["en"], "…")


def _family(form: Form, stop: Stop) -> _Family | None:
    parent = form.question(stop.over) if stop.over else None
    if parent is None:
        return None
    head = f"{parent.id}_{parent.kind.options()[0].id}_"
    return _Family(parent, tuple(one for one in stop.questions if one.id.startswith(head)))


def condition_text(form: Form, condition: Condition, language: str = "en") -> str:
    """A condition in words: "Took place: Yes"."""
    question = form.question(condition.question)
    if question is None:
        return condition.question
    label = question.label.of(language)
    if condition.test == "answered":
        return _say("answered" if condition.value else "skipped", language, label=label)
    shown = question.kind.show(condition.value, language, "")
    return _say(condition.test, language, label=label, value=shown)


def _say(key: str, language: str, **gaps: str) -> str:
    texts = _WORDS[key]
    return (texts.get(language) or texts["en"]).format(**gaps)


def _quoted(text: str) -> str:
    """A label in Mermaid's quotes, which know no escape but entities."""
    return '"' + text.replace("#", "#35;").replace('"', "#quot;") + '"'


def form_page(form: Form) -> str:
    """A page about a form: its chart, and a table of its questions."""
    words = ", ".join(f"`{word}`" for words in form.words.values() for word in words)
    about = f" {form.description.of('en')}." if form.description else ""
    begun = f"Begun by {words}.{about}" if words else "Begun by pressing a decision card."
    end = "the review changes any answer" if form.review else "the last answer finishes it"
    return (
        f"# {form.title.of('en')} ({form.title.of('de')})\n\n"
        f"{begun} At every question one can go back or cancel; {end}.\n\n"
        f"```mermaid\n{form_chart(form)}\n```\n\n"
        f"{_table(('question', 'English', 'German', 'answer', 'asked', 'CRM'), _rows(form))}\n"
    )


def _rows(form: Form) -> Iterator[tuple[str, ...]]:
    for stop in stops(form):
        family = _family(form, stop)
        if family is None:
            yield _row(form, stop.questions[0])
        else:
            yield from _general_rows(family)
    for figure in form.sums:
        texts = (figure.label.of("en"), figure.label.of("de"))
        product = " × ".join(figure.factors)
        counted = f"sum of {product}, over `{figure.over}`"
        yield (f"`{figure.id}`", *texts, counted, "never: counted", _target(figure.crm))


def _row(form: Form, question: Question) -> tuple[str, ...]:
    when = " and ".join(condition_text(form, one) for one in question.when)
    texts = (question.prompt.of("en"), question.prompt.of("de"))
    return (f"`{question.id}`", *texts, _answer(question), when or "always", _target(question.crm))


def _general_rows(family: _Family) -> Iterator[tuple[str, ...]]:
    parent = family.parent
    head = f"{parent.id}_{parent.kind.options()[0].id}_"
    when = f"for each of {parent.label.of('en')}"
    for question in family.questions:
        name = f"`{parent.id}_…_{question.id.removeprefix(head)}`"
        texts = (family.general(question.prompt, "en"), family.general(question.prompt, "de"))
        yield (name, *texts, _answer(question), when, _target(question.crm))


def _answer(question: Question) -> str:
    return f"{question.kind.name}{', may be skipped' if question.optional else ''}"


def _target(crm: str | None) -> str:
    return f"`{crm}`" if crm else "note only"


def process_page(rules: Rulebook) -> str:
    """A page about the processes: a chart and a table each, and who wrote and approved them."""
    playbook = rules.playbook
    head = f"# {playbook.name} (playbook version {playbook.version})\n"
    return "\n".join([head, *(_process(process) for process in playbook.processes)])


def _process(process: Process) -> str:
    marks = "; ".join(f"{one.act} {one.on} by {one.by}" for one in process.revisions)
    chart = "\n".join(["flowchart TD", *_steps(process, "en")])
    heads = ("#", "step", "German", "responsible", "form", "stage", "leads to")
    return (
        f"## {process.title.of('en')} ({process.title.of('de')})\n\n{process.purpose.of('en')}\n\n"
        f"Version {process.version}: {marks}.\n\n```mermaid\n{chart}\n```\n\n"
        f"{_table(heads, (_step(step) for step in process.steps))}\n"
    )


def _step(step: Step) -> tuple[str, ...]:
    leads = ", ".join(f"{happening}: {target}" for happening, target in step.then.items())
    titles = (step.title.of("en"), step.title.of("de"))
    form = f"[{step.form}](forms/{step.form}.md)" if step.form else "not yet"
    return (str(step.number), *titles, step.responsible, form, step.stage or "", leads or "the end")


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(_cell(one) for one in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
