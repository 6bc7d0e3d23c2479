"""How a dialogue looks at one moment: the question, the review, the form page, the answers so far.

Reads a dialogue, changes nothing, and knows no chat platform.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dialogs import tokens
from dialogs.answers import Moment, demand
from dialogs.crm import JsonValue
from dialogs.events import Hit
from dialogs.flow import Dialogue, Flow
from dialogs.library import Rulebook
from dialogs.phrases import say
from dialogs.playbook import Form, Question
from dialogs.shows import Ask, Button, FormField, FormPage, Review, ReviewRow, Row, Style

PAGE_FIELDS = 40
"""A form page has at most this many fields; what is over comes on the next page."""
HITS_SHOWN = 8
"""Customers to choose from; where the CRM has more, a longer part of the name is asked for."""
WORDS_SHOWN = 60
"""Characters of a message's words beside the answer."""
MULTI, CUSTOMER, RECIPIENT, LINES = "multi_choice", "customer", "recipient", "lines"
CHOSEN = frozenset({"contact", "opportunity", "person"})
"""Kinds whose choices are looked up when the question is asked; `dialogs.choosing` does."""
LINES_SHOWN = 12
"""Lines of a list that can be struck out by a button."""


@dataclass(frozen=True, slots=True)
class View:
    """What a screen is drawn from."""

    rules: Rulebook
    conversation: str
    screen: int
    dialogue: Dialogue
    moment: Moment

    @property
    def language(self) -> str:
        return self.moment.language

    @property
    def flow(self) -> Flow:
        return self.rules.flows[self.dialogue.form]

    def token(self, code: str, index: int = 0) -> str:
        return tokens.screen(self.conversation, self.screen, code, index)

    def say(self, key: str, **gaps: object) -> str:
        return say(self.language, key, **gaps)

    def shown(self, question: Question, value: JsonValue) -> str:
        """The answer as the person reads it."""
        if value is None:
            return self.say("skipped")
        return question.kind.show(value, self.language, self.rules.playbook.currency)


def title(view: View) -> str:
    """The dialogue's heading, with the customer where known."""
    form = view.flow.form.title.of(view.language)
    about = view.dialogue.about
    return view.say("heading", form=form, about=about) if about else form


def screen(view: View, refusal: str = "", remark: str = "") -> Ask | Review:
    """Draw the dialogue where it stands."""
    question = view.flow.question(view.dialogue)
    if question is None:
        return _review(view, refusal, remark)
    return _ask(view, question, refusal, remark)


def _ask(view: View, question: Question, refusal: str, remark: str) -> Ask:
    asked = view.flow.asked(view.dialogue)
    place = next((n for n, one in enumerate(asked, start=1) if one.id == question.id), 1)
    return Ask(
        title=title(view),
        prompt=_prompt(view, question),
        hint=_hint(view, question),
        echo=_echo(view, question, remark, refusal),
        refusal=refusal,
        step=place,
        steps=len(asked),
        choices=tuple(_choices(view, question)),
        controls=tuple(_controls(view, question)),
    )


def _echo(view: View, question: Question, remark: str, refusal: str) -> str:
    """What was just understood; a list that grows is shown as it stands."""
    value = view.dialogue.answers.get(question.id)
    if question.kind.name == LINES and value is not None:
        listed = view.say("lines_so_far", lines=view.shown(question, value))
        return f"{remark}\n{listed}" if remark else listed
    return remark or ("" if refusal else view.dialogue.echo)


def _prompt(view: View, question: Question) -> str:
    if not view.dialogue.query or question.kind.name in CHOSEN:
        return question.prompt.of(view.language)
    found = len(view.dialogue.hits)
    key = {0: "nobody", 1: "one_hit"}.get(found, "several" if found <= HITS_SHOWN else "many")
    return view.say(key, query=view.dialogue.query, count=HITS_SHOWN)


def _hint(view: View, question: Question) -> str:
    if question.hint is not None:
        return question.hint.of(view.language)
    return view.say("tick") if question.kind.name == MULTI else ""


def _choices(view: View, question: Question) -> Iterator[Button]:
    if question.kind.name == CUSTOMER:
        yield from _hits(view)
        return
    if question.kind.name in CHOSEN:
        yield from _chosen(view, question)
    if question.kind.name == RECIPIENT:
        there = view.dialogue.choices.get(question.id, ())
        for index, one in enumerate(there[:HITS_SHOWN]):
            yield Button(one.name or one.detail, view.token("h", index))
        return
    if question.kind.name == LINES:
        yield from _strikable(view, question)
        return
    ticked = view.dialogue.ticked
    for index, option in enumerate(question.kind.options()):
        text = option.text.get(view.language) or option.text.get("en") or option.id
        yield Button(text, view.token("c", index), selected=option.id in ticked)
    for index, (_, labels) in enumerate(question.kind.quick(view.moment)):
        yield Button(labels.get(view.language) or labels["en"], view.token("q", index))


def _strikable(view: View, question: Question) -> Iterator[Button]:
    lines = demand.tables(view.dialogue.answers.get(question.id))
    for index, line in enumerate(lines[:LINES_SHOWN]):
        said = _short(demand.said(line, view.language))
        yield Button(view.say("strike_line", line=said), view.token("x", index))


def _hits(view: View) -> Iterator[Button]:
    for index, hit in enumerate(view.dialogue.hits[:HITS_SHOWN]):
        yield Button(_told_apart(hit, view.dialogue.hits), view.token("h", index))
    if view.dialogue.query:
        name = view.dialogue.query
        yield Button(view.say("create", name=name), view.token("new"), style=_for_new(view))


def _chosen(view: View, question: Question) -> Iterator[Button]:
    """What was looked up; an opportunity can be a new one, anything else is typed."""
    for index, hit in enumerate(view.dialogue.hits[:HITS_SHOWN]):
        yield Button(_told_apart(hit, view.dialogue.hits), view.token("h", index))
    if question.kind.name == "opportunity":
        yield Button(view.say("new_opportunity"), view.token("new"), style=_for_new(view))


def _for_new(view: View) -> Style:
    """Not the obvious choice where something was found: nobody is to be entered twice."""
    return "plain" if view.dialogue.hits else "primary"


def _told_apart(hit: Hit, among: Sequence[Hit]) -> str:
    """Name and place; the CRM's number too where those are another's as well."""
    same = [one for one in among if (one.name, one.detail) == (hit.name, hit.detail)]
    number = f"#{hit.id}" if len(same) > 1 or not hit.name else ""
    details = ", ".join(filter(None, (hit.detail, number)))
    return f"{hit.name} ({details})" if details else hit.name


def _controls(view: View, question: Question) -> Iterator[Button]:
    dialogue = view.dialogue
    if question.kind.name == MULTI and (dialogue.ticked or _may_be_empty(question)):
        key = "done" if dialogue.ticked else "none_of_these"
        yield Button(view.say(key), view.token("done"), style="primary")
    if dialogue.answers.get(question.id) is not None and question.kind.name == LINES:
        yield Button(view.say("done"), view.token("keep"), style="primary")
    elif dialogue.answers.get(question.id) is not None:
        value = view.shown(question, dialogue.answers[question.id])
        yield Button(view.say("keep", value=_short(value)), view.token("keep"))
    elif question.optional and question.kind.name != "opportunity":
        yield Button(view.say("skip"), view.token("skip"))
    if view.flow.before(dialogue) is not None:
        yield Button(view.say("back"), view.token("back"))
    if len(list(islice(_open_together(view.flow, dialogue), 2))) > 1:
        yield Button(view.say("as_form"), view.token("form"), opens_form=True)
    yield Button(view.say("cancel"), view.token("cancel"))


def _short(text: str, limit: int = 40) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _review(view: View, refusal: str, remark: str) -> Review:
    return Review(
        title=title(view),
        prompt="\n".join((*_aside(view), *_files(view), _asked_to_confirm(view))),
        rows=tuple(review_rows(view)),
        echo=remark or view.dialogue.echo,
        refusal=refusal,
        controls=tuple(_ways_out(view)),
    )


def _ways_out(view: View) -> Iterator[Button]:
    """The buttons below a review; what was drafted can be changed in one go."""
    form = view.flow.form
    confirm = form.confirm.of(view.language) if form.confirm else view.say("confirm")
    yield Button(confirm, view.token("confirm"), style="primary")
    yield Button(view.say("back"), view.token("back"))
    if any(_open_together(view.flow, view.dialogue)):
        yield Button(view.say("as_form"), view.token("form"), opens_form=True)
    yield Button(view.say("cancel"), view.token("cancel"))


def _asked_to_confirm(view: View) -> str:
    return view.say("review_again" if view.dialogue.before else "review")


def review_rows(view: View) -> Iterator[ReviewRow]:
    """Each answer given, with the button that changes it."""
    for index, question in enumerate(view.flow.form.questions):
        if question.id in view.dialogue.answers and question.asked(view.dialogue.answers):
            label = question.label.of(view.language)
            edit = Button(view.say("change", label=label), view.token("e", index))
            yield ReviewRow(label, _beside(view, question), edit)


def _beside(view: View, question: Question) -> str:
    """The answer with what it was the last time, or with the words it was understood from."""
    shown = view.shown(question, view.dialogue.answers[question.id])
    before = view.dialogue.before
    old = view.shown(question, before.get(question.id)) if before else shown
    if old == shown:
        return _with_words(view, question, shown)
    return view.say("was_and_is", old=old, new=shown)


def _with_words(view: View, question: Question, value: str) -> str:
    """The answer, with the words of the message that it was understood from."""
    words = " ".join(view.dialogue.heard.get(question.id, "").split())
    if not words or words == value:
        return value
    return view.say("told_words", value=value, words=_short(words, WORDS_SHOWN))


def _files(view: View) -> Iterator[str]:
    if view.dialogue.files:
        yield view.say("files_shown", names=", ".join(one.name for one in view.dialogue.files))


def _aside(view: View) -> Iterator[str]:
    """What the message said for later forms: it is asked for there no more."""
    for name, answers in view.dialogue.aside.items():
        form = view.rules.playbook.form_by_id[name]
        told = ", ".join(_told(view, form, question) for question in answers)
        yield view.say("told_aside", form=form.title.of(view.language), answers=told)


def _told(view: View, form: Form, name: str) -> str:
    question = form.question(name)
    if question is None:
        return name
    value = view.shown(question, view.dialogue.aside[form.id][name])
    return view.say("told_answer", label=question.label.of(view.language), value=value)


def answer_rows(view: View) -> tuple[Row, ...]:
    """Each answer given, without buttons."""
    return tuple(Row(row.label, row.value) for row in review_rows(view))


def page_questions(flow: Flow, dialogue: Dialogue) -> tuple[Question, ...]:
    """The questions that can be asked at once: none whose being asked depends on another here."""
    return tuple(islice(_open_together(flow, dialogue), PAGE_FIELDS))


def _open_together(flow: Flow, dialogue: Dialogue) -> Iterator[Question]:
    page: set[str] = set()
    for question in flow.form.questions[flow.order.get(dialogue.state, 0) :]:
        known = question.id in dialogue.answers and question.id != dialogue.state
        if known and question.draft is None:
            continue
        if question.kind.name in CHOSEN:
            continue
        waits = question.when and any(one.question in page for one in question.when)
        if not waits and question.asked(dialogue.answers):
            page.add(question.id)
            yield question


def page(view: View) -> FormPage:
    """Draw the open questions as one page to fill in."""
    return FormPage(
        title=view.flow.form.title.of(view.language),
        token=view.token("page"),
        submit=view.say("submit"),
        close=view.say("close"),
        fields=tuple(_field(view, one) for one in page_questions(view.flow, view.dialogue)),
    )


def _field(view: View, question: Question) -> FormField:
    options = tuple(
        (option.id, option.text.get(view.language) or option.id)
        for option in question.kind.options()
    )
    return FormField(
        id=question.id,
        label=question.prompt.of(view.language),
        kind="long_text" if question.kind.name == LINES else question.kind.name,
        hint=question.hint.of(view.language) if question.hint else "",
        optional=question.optional or _may_be_empty(question),
        options=options,
        initial=_initial(view, question, chosen=bool(options)),
    )


def _may_be_empty(question: Question) -> bool:
    return question.kind.name == MULTI and getattr(question.kind, "least", 1) == 0


def _initial(view: View, question: Question, *, chosen: bool) -> tuple[str, ...]:
    value = view.dialogue.answers.get(question.id)
    if value is None:
        return ()
    if question.kind.name == LINES:
        currency = view.rules.playbook.currency
        typed = (demand.typed(one, view.language, currency) for one in demand.tables(value))
        return ("\n".join(typed),)
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return (str(value),) if chosen else (view.shown(question, value),)
