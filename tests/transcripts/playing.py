"""Plays a story: the engine tells what is seen, the platforms are held to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dialogs.phrases import PHRASES
from tests.transcripts import wording
from tests.transcripts.crm_text import told
from tests.transcripts.platforms import Somebody, Visible
from tests.transcripts.player_engine import EnginePerson
from tests.transcripts.seeing import AS_FORM, Message, missing
from tests.transcripts.stage import Stage
from tests.transcripts.transcript import Act, Block, Crm, Eyes, Scene, Step, Transcript, write

DONE = frozenset(phrases["done"] for phrases in PHRASES.values())
NOTHING = frozenset(PHRASES[code][key] for code in PHRASES for key in ("skip", "none_of_these"))


async def told_by_engine(story: Transcript, stage: Stage) -> Transcript:
    """The same steps with what is really seen and what the CRM really holds."""
    looks = dict.fromkeys(stage.people, 0)
    scenes: list[Scene] = []
    for scene in story.scenes:
        try:
            await stage.perform(scene.step)
        except AssertionError as error:
            error.add_note(f"It was told so far:\n{write(replace(story, scenes=tuple(scenes)))}")
            raise
        blocks = [_engine_block(stage, eyes, scene.step, looks) for eyes in _order(stage, scene)]
        scenes.append(Scene(_seen_crm(stage, scene.step), tuple(b for b in blocks if b.messages)))
    return replace(story, scenes=tuple(scenes))


def _order(stage: Stage, scene: Scene) -> list[Eyes]:
    """Whoever acts comes first."""
    acting = [scene.step.eyes] if isinstance(scene.step, Act) else []
    return acting + [eyes for eyes in stage.people if eyes not in acting]


def _seen_crm(stage: Stage, step: Step) -> Step:
    return Crm(tuple(told(stage.crm()))) if isinstance(step, Crm) else step


def _engine_block(stage: Stage, eyes: Eyes, step: Step, looks: dict[Eyes, int]) -> Block:
    somebody = stage.people[eyes]
    assert isinstance(somebody, EnginePerson)
    standing = [one for one in somebody.standings() if one.changed > looks[eyes]]
    looks[eyes] = max((one.changed for one in standing), default=looks[eyes])
    # A delivery ends when it ends: what the CRM confirms is told last of a step.
    standing.sort(key=lambda one: (one.slot.startswith("entry:"), one.changed))
    pages = [somebody.page()] if isinstance(step, Act) and step.eyes == eyes else []
    messages = [tuple(page.splitlines()) for page in pages if page]
    messages += [one.lines for one in standing]
    names = stage.names(eyes)
    hidden = (tuple(_hidden(line, names) for line in message) for message in messages)
    return Block(eyes, tuple(hidden))


def _hidden(line: str, names: Mapping[str, str]) -> str:
    for stands_for, name in names.items():
        line = line.replace(name, stands_for)
    return line


@dataclass
class Held:
    """Holds a platform to a story, step by step."""

    story: Transcript
    stage: Stage
    seen: dict[Eyes, dict[str, Visible]] = field(default_factory=dict)

    async def play(self) -> None:
        self._look()
        scenes = list(self.story.scenes)
        while scenes:
            await self._scene(scenes)

    async def _scene(self, scenes: list[Scene]) -> None:
        """One scene; where a form is filled in that the platform has not, all of that at once."""
        scene = scenes.pop(0)
        step = scene.step
        if isinstance(step, Act) and step.eyes not in self.stage.people:
            return  # a stranger, on a platform that lets none in: tests/adapters/web tells of that
        if self._asks_for_form(step) and not self._forms(step):
            scene = await self._by_questions(scene, scenes)
        else:
            await self.stage.perform(step)
        self._check(scene)

    def _asks_for_form(self, step: Step) -> bool:
        return isinstance(step, Act) and step.verb == "presses" and step.what in AS_FORM

    def _forms(self, step: Step) -> bool:
        return isinstance(step, Act) and self.stage.platform(step.eyes).forms

    async def _by_questions(self, scene: Scene, scenes: list[Scene]) -> Scene:
        """Answer in the chat what the coming scenes fill in; the last of them is returned."""
        assert isinstance(scene.step, Act)
        answers: dict[str, str] = {}
        while scenes and isinstance(scenes[0].step, Act) and scenes[0].step.verb == "fills in":
            scene = scenes.pop(0)
            assert isinstance(scene.step, Act)
            answers |= dict(scene.step.entries)
        assert isinstance(scene.step, Act)
        await self._answer(self.stage.people[scene.step.eyes], answers)
        return scene

    async def _answer(self, somebody: Somebody, answers: Mapping[str, str]) -> None:
        left = dict(answers)
        while (asked := _asked(somebody, left)) is not None:
            self._look()
            await self._give(somebody, asked, left.pop(asked))
            await self.stage.settle()

    async def _give(self, somebody: Somebody, question: str, answer: str) -> None:
        """Press what there is to press, else type."""
        buttons = somebody.chat()[-1].buttons
        wanted = [one.strip() for one in answer.split(",") if one.strip()]
        if not set(wanted) <= set(buttons):
            await somebody.types(answer)
            return
        for one in wanted or [next(text for text in buttons if text in NOTHING)]:
            await somebody.presses(one)
            await self.stage.settle()
        if _asked(somebody, {question: answer}) is not None:
            await somebody.presses(next(b for b in somebody.chat()[-1].buttons if b in DONE))

    def _check(self, scene: Scene) -> None:
        if isinstance(scene.step, Crm):
            assert tuple(told(self.stage.crm())) == scene.step.lines
            return
        news = self._look()
        expected = {block.eyes: block.messages for block in scene.blocks}
        for eyes in self.stage.people:
            self._check_eyes(eyes, scene, expected.get(eyes, ()), news[eyes])

    def _check_eyes(
        self, eyes: Eyes, scene: Scene, messages: Sequence[Message], news: Sequence[Visible]
    ) -> None:
        somebody, left = self.stage.people[eyes], list(news)
        place = f"{self.stage.platform(eyes).name}: {eyes} after {scene.step}"
        for message in messages:
            if _is_page(message, scene.step):
                self._check_page(eyes, message, somebody, place)
                continue
            fitting = [one for one in left if not self._missing(eyes, message, one)]
            assert fitting, self._explained(eyes, message, left, place)
            left.remove(fitting[0])
        assert not left, f"{place}: nobody expected\n" + "\n\n".join(one.text for one in left)

    def _check_page(self, eyes: Eyes, message: Message, somebody: Somebody, place: str) -> None:
        if not self.stage.platform(eyes).forms:
            return
        shown = wording.plain(somebody.page())
        missing = [one for one in wording.pieces(message) if wording.plain(one) not in shown]
        assert not missing, f"{place}: the form lacks {missing}:\n{somebody.page()}"

    def _missing(self, eyes: Eyes, message: Message, shown: Visible) -> list[str]:
        forms = self.stage.platform(eyes).forms
        return missing(message, shown, forms=forms, names=self.stage.names(eyes))

    def _explained(self, eyes: Eyes, message: Message, left: Sequence[Visible], place: str) -> str:
        wanted = "\n".join(message)
        there = "\n\n".join(
            f"{one.text}\n{list(one.buttons)}\nlacks {self._missing(eyes, message, one)}"
            for one in left
        )
        left_over = "\n".join(map(str, self.stage.house.outstanding())) or "nothing"
        return (
            f"{place}: nowhere to be seen is\n{wanted}\n\nThere is\n{there or 'nothing new'}"
            f"\n\nNot gone out: {left_over}"
        )

    def _look(self) -> dict[Eyes, list[Visible]]:
        """What is new or has changed for each; a message that only lost its buttons is no news."""
        news = {}
        for eyes, somebody in self.stage.people.items():
            before = self.seen.get(eyes, {})
            now = {one.ref: one for one in somebody.chat()}
            changed = [one for ref, one in now.items() if before.get(ref) != one]
            news[eyes] = [one for one in changed if not _stripped(before.get(one.ref), one)]
            self.seen[eyes] = now
        return news


def _stripped(before: Visible | None, now: Visible) -> bool:
    if before is None:
        return False
    return before.text == now.text and not now.buttons and not now.changes


def _asked(somebody: Somebody, answers: Mapping[str, str]) -> str | None:
    """The question that is asked now, if it is one of these."""
    shown = wording.plain(somebody.chat()[-1].text)
    found = [one for one in answers if wording.plain(one) in shown]
    return max(found, key=len, default=None)


def _is_page(message: Message, step: Step) -> bool:
    """Whether a golden message is a form page, or what a form page complains of."""
    if message[0].startswith(wording.FORM):
        return True
    filled = isinstance(step, Act) and step.verb == "fills in"
    return filled and all(line.startswith(wording.REFUSED) for line in message)
