"""Flow charts of a playbook in Mermaid, drawn from what the machines are.

Reads rulebooks; writes text. `dealdesk playbook diagram` prints it, the pages under docs/ hold it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogs.library import Rulebook
from dialogs.playbook import Condition, Form, Playbook, Process, Question, Step, Text
from dialogs.playbook.values import BEFORE
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
    """All processes in one flow chart, a frame for each."""
    playbook = rules.playbook
    ways = (_ways(playbook, process) for process in playbook.processes)
    frames = _frames(playbook.processes, language)
    return "\n".join(["flowchart TD", *frames, *(line for lines in ways for line in lines)])


def step_chart(playbook: Playbook, process: Process, language: str = "en") -> str:
    """One process: its steps, who is responsible, what follows, also where it leads out of it."""
    targets = {target for step in process.steps for target in step.then.values()} - {BEFORE}
    outside = [one for one in playbook.steps.values() if one.id in targets]
    others = [one for one in outside if one not in process.steps]
    nodes = (_node(playbook, step, language) for step in (*process.steps, *others))
    return "\n".join(["flowchart TD", *nodes, *_ways(playbook, process)])


def _frames(processes: tuple[Process, ...], language: str) -> Iterator[str]:
    for process in processes:
        title = f"{process.title.of(language)} {process.version}"
        yield f"    subgraph frame_{process.id}[{_quoted(title)}]"
        yield "        direction TB"
        for step in process.steps:
            yield f"        {_name(process, step)}[{_quoted(_title(step, language))}]"
        yield "    end"


def _node(playbook: Playbook, step: Step, language: str) -> str:
    name = _name(playbook.process_of(step.id), step)
    return f"    {name}[{_quoted(_title(step, language))}]"


def _name(process: Process, step: Step) -> str:
    """Ids carry a prefix: several words of Mermaid's own, such as `end`, can't be ids."""
    return f"{process.id}_{step.id}"


def _title(step: Step, language: str) -> str:
    """A way back to wherever a case came from is told, not drawn: it leads nearly everywhere."""
    back = [happening for happening, target in step.then.items() if target == BEFORE]
    told = "".join(f"<br/>{happening}: ↩" for happening in back)
    return f"{step.number}. {step.title.of(language)}<br/>({step.responsible}){told}"


def _ways(playbook: Playbook, process: Process) -> Iterator[str]:
    for step in process.steps:
        for happening, target in step.then.items():
            if target != BEFORE:
                there = _name(playbook.process_of(target), playbook.steps[target])
                yield f"    {_name(process, step)} -->|{happening}| {there}"


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
    family = family_at(form, stop)
    if family is None:
        return stop.questions[0].label.of(language)
    each = _say("each", language, label=family.parent.label.of(language))
    labels = [family.general(one.label, language).strip("…: ") for one in family.questions]
    return "<br/>".join([each, *labels])


def _way(form: Form, way: Way, language: str, end: str) -> str:
    said = ", ".join(condition_text(form, one, language) for one in way.conditions)
    said = _say("otherwise", language) if way.otherwise else said
    label = f"|{_quoted(said)}|" if said else ""
    target = f"q_{way.target.id}" if way.target else end
    return f"    q_{way.source.id} -->{label} {target}"


@dataclass(frozen=True, slots=True)
class Family:
    """Questions that are asked once for each ticked option of `parent`; these, for the first."""

    parent: Question
    questions: tuple[Question, ...]

    def general(self, text: Text, language: str) -> str:
        """The text with dots for the option's name."""
        return text.of(language).replace(self.parent.kind.options()[0].label(language), "…")

    def ending(self, question: Question) -> str:
        """What the playbook calls it under `for_each`."""
        return question.id.removeprefix(_head(self.parent))


def family_at(form: Form, stop: Stop) -> Family | None:
    """The family that stands there; None where it is a single question."""
    parent = form.question(stop.over) if stop.over else None
    if parent is None:
        return None
    return Family(parent, tuple(one for one in stop.questions if one.id.startswith(_head(parent))))


def _head(parent: Question) -> str:
    return f"{parent.id}_{parent.kind.options()[0].id}_"


def condition_text(form: Form, condition: Condition, language: str = "en") -> str:
    """A condition in words: "Took place: Yes"."""
    question = form.question(condition.question)
    assert question is not None  # a playbook whose conditions lead nowhere does not load
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
