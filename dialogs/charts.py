"""Flow charts and tables of a playbook, drawn from what the machines are (Mermaid, Markdown).

Reads rulebooks; writes text. The files under docs/ come from here, and a test holds them to it.
"""

from collections.abc import Iterator

from dialogs.library import Rulebook
from dialogs.playbook import Condition, Form, Process, Question


def process_chart(rules: Rulebook, language: str = "en") -> str:
    """Every process as a flow chart: steps, who is responsible, what leads on."""
    return "\n\n".join(_process(process, language) for process in rules.playbook.processes)


def _process(process: Process, language: str) -> str:
    lines = [f"%% {process.title.of(language)}, version {process.version}", "flowchart TD"]
    for step in process.steps:
        title = f"{step.number}. {step.title.of(language)}<br/><i>{step.responsible}</i>"
        lines.append(f'    {step.id}["{title}"]')
    for step in process.steps:
        lines += [f"    {step.id} -->|{why}| {target}" for why, target in step.then.items()]
    return "\n".join(lines)


def form_chart(form: Form, language: str = "en") -> str:
    """A form's walk: the straight chain, with the condition on the way into a question."""
    lines = ["flowchart TD", "    begin((start))"]
    before = "begin"
    for question in form.questions:
        lines.append(f'    {question.id}["{_plain(question.label.of(language))}"]')
        lines.append(f"    {before} -->{_when(question)} {question.id}")
        before = question.id
    last = "review{{review}}" if form.review else "done((done))"
    lines.append(f"    {before} --> {last}")
    return "\n".join([*lines, "    review --> done((done))"] if form.review else lines)


def _plain(text: str) -> str:
    return text.replace('"', "'")


def _when(question: Question) -> str:
    said = " and ".join(condition_text(one) for one in question.when)
    return f'|"{said}"|' if said else ""


def condition_text(condition: Condition) -> str:
    """A condition in words."""
    if condition.test == "answered":
        return f"{condition.question} {'is' if condition.value else 'is not'} answered"
    if condition.test == "has":
        return f"{condition.question} has {condition.value}"
    wanted = {True: "yes", False: "no"}.get(condition.value, condition.value)  # type: ignore[call-overload] # any JSON value may stand here
    return f"{condition.question} is {wanted}"


def form_page(form: Form) -> str:
    """A page about a form: its chart, and a table of its questions."""
    rows = "\n".join(_rows(form))
    words = ", ".join(f"`{word}`" for words in form.words.values() for word in words)
    begun = f"Begun by {words}.\n\n" if words else ""
    return (
        f"# {form.title.of('en')}\n\n{begun}```mermaid\n{form_chart(form)}\n```\n\n"
        "| question | English | German | answer | asked | CRM field |\n"
        f"|---|---|---|---|---|---|\n{rows}\n"
    )


def _rows(form: Form) -> Iterator[str]:
    for question in form.questions:
        when = " and ".join(condition_text(one) for one in question.when) or "always"
        optional = ", may be skipped" if question.optional else ""
        cells = (
            f"`{question.id}`",
            question.prompt.of("en"),
            question.prompt.of("de"),
            f"{question.kind.name}{optional}",
            when,
            f"`{question.crm}`" if question.crm else "note",
        )
        yield "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
    for figure in form.sums:
        crm = f"`{figure.crm}`" if figure.crm else "note"
        names = f"{figure.label.of('en')} | {figure.label.of('de')}"
        yield f"| `{figure.id}` | {names} | sum | always | {crm} |"


def process_page(rules: Rulebook) -> str:
    """A page about the processes: a chart each, and who wrote, examined and approved them."""
    parts = [f"# {rules.playbook.name}\n"]
    for process in rules.playbook.processes:
        marks = "; ".join(f"{one.act} {one.on} by {one.by}" for one in process.revisions)
        heading = f"## {process.title.of('en')} ({process.title.of('de')})"
        parts.append(
            f"{heading}\n\n{process.purpose.of('en')}\n\n"
            f"Version {process.version}: {marks}.\n\n```mermaid\n{_process(process, 'en')}\n```\n"
        )
    return "\n".join(parts)
