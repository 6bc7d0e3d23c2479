"""What stands on somebody's screen, as its buttons tell it, and a sensible thing to do about it.

Reads the playbook and names nothing of it: a form that is added is answered by its kinds.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from bot.playbooks import playbook_text
from dialogs import tokens
from dialogs.answers import Kind, Moment, Understood
from dialogs.library import Library
from dialogs.playbook import Form, Question, load_playbook
from tests.dialogs.typed import good
from tests.torture.seats import Key, Message

ZONE = ZoneInfo("Europe/Berlin")
WORD = re.compile(r"\bw[a-z]+\d+x\b")
"""A word of somebody's own, never typed twice, so that each can be counted in the CRM."""
TEMPLATES = ("{}", "{}@example.com")
"""What a word is typed as: the first that the question understands."""
CHOICES = ("h", "new", "c", "q")
"""Codes of the buttons that answer: what was found, a new one, an option, a quick answer."""
TICKED = ("☑", "✓")
Choose = Callable[[Sequence[Key]], Key]
ENOUGH = 0.7
"""With something ticked, nothing more is, so often."""
PASSES = 0.4
"""So often somebody passes over what they may pass over."""


@cache
def library() -> Library:
    """The playbook that ships."""
    return Library(load_playbook(*playbook_text(None)))


@cache
def all_forms() -> Mapping[str, Form]:
    """By id; with those that are made of the stages' criteria."""
    return {name: flow.form for name, flow in library().current.flows.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; no question in a review, or where its choices stand instead of it."""

    form: Form
    question: Question | None


@dataclass(frozen=True, slots=True)
class Screen:
    """A question or a review that stands in a chat."""

    message: Message
    number: int
    """Of the screen: the higher one is the later one."""
    keys: Mapping[str, tuple[Key, ...]]
    """By what they do there."""

    @property
    def about(self) -> Asked | None:
        return _asked(self.message.text)

    @property
    def is_review(self) -> bool:
        return "confirm" in self.keys

    @property
    def words(self) -> frozenset[str]:
        return frozenset(WORD.findall(self.message.text))

    def act(self, dice: Random, word: Callable[[], str], choose: Choose | None = None) -> Key | str:
        """What to press, or what to type; `word` makes one that nobody typed before."""
        for code in ("confirm", "anew"):
            if code in self.keys:
                return self.keys[code][0]
        choices = [key for code in CHOICES for key in self.keys.get(code, ())]
        left = [key for key in choices if not key.shown.startswith(TICKED)]
        if "done" in self.keys and (not left or dice.random() < self._enough(choices, left)):
            return self.keys["done"][0]
        if left:
            return choose(left) if choose else dice.choice(left)
        if "keep" in self.keys:
            return self.keys["keep"][0]
        if "skip" in self.keys and dice.random() < PASSES:
            return self.keys["skip"][0]
        return self._typed(dice, word())

    def _enough(self, choices: Sequence[Key], left: Sequence[Key]) -> float:
        return ENOUGH if len(left) < len(choices) else 1 - ENOUGH

    def _typed(self, dice: Random, word: str) -> str:
        asked = self.about
        if asked is None or asked.question is None:
            return word
        return typed(asked.question.kind, dice, word)


def typed(kind: Kind, dice: Random, word: str) -> str:
    """The word where that kind takes words, else something that it understands."""
    moment = Moment(datetime.now(ZONE).replace(second=0, microsecond=0), "en")
    for template in TEMPLATES:
        if isinstance(kind.parse(template.format(word), moment), Understood):
            return template.format(word)
    return dice.choice(good(kind, moment))


def screens_of(messages: Sequence[Message], left: Collection[str] = ()) -> list[Screen]:
    """All questions that stand there, the last one last; those `left` are not looked at."""
    found = [one for one in map(_screen, messages) if one and one.message.ref not in left]
    return sorted(found, key=lambda one: one.number)


def screen_of(messages: Sequence[Message], left: Collection[str] = ()) -> Screen | None:
    """The last question."""
    return (screens_of(messages, left) or [None])[-1]


def _screen(message: Message) -> Screen | None:
    keys: dict[str, list[Key]] = {}
    number = -1
    for key in message.keys:
        token = tokens.read(key.token)
        if isinstance(token, tokens.ScreenToken):
            keys.setdefault(token.code, []).append(key)
            number = token.screen
    return (
        Screen(message, number, {code: tuple(one) for code, one in keys.items()}) if keys else None
    )


def _asked(text: str) -> Asked | None:
    """The form with the longest title that fits, and of its questions the one that stands there."""
    heading = text.lstrip().partition("\n")[0]
    named = [one for one in all_forms().values() if heading.startswith(one.title.of("en"))]
    found = [Asked(form, question) for form in named for question in _questions(form, text)]
    if found:
        return max(found, key=lambda one: len(one.form.title.of("en")))
    longest = max(named, key=lambda one: len(one.title.of("en")), default=None)
    return Asked(longest, None) if longest else None


def _questions(form: Form, text: str) -> list[Question]:
    return [one for one in form.questions if one.prompt.of("en") in text]
