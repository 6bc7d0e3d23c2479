"""The one door into the dialogues: `decide(conversation, event, facts) -> Turn`.

Routes each event to what it is about; holds no state and does no I/O. `wants` says beforehand which
rows a turn will look at, so that the store can lock and read them.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import assert_never

from dialogs import decision, news, reception, talk, tokens
from dialogs.events import (
    Decided,
    Delayed,
    Delivered,
    Event,
    Fired,
    Found,
    FromPerson,
    Pressed,
    Refused,
    Said,
    Shared,
    Stumbled,
    Submitted,
)
from dialogs.flow import Dialogue
from dialogs.library import Library
from dialogs.phrases import meaning
from dialogs.playbook import Form
from dialogs.scene import Scene
from dialogs.shows import FormClosed, Notice
from dialogs.turns import Conversation, Facts, Turn, Wants


class Desk:
    """All that dealdesk says and does, for one installation's playbooks."""

    def __init__(self, library: Library) -> None:
        """Compiled playbooks are all it needs."""
        self.library = library

    def wants(self, conversation: Conversation, event: Event) -> Wants:
        """Name the cases and approvals that a turn on this event will look at."""
        match event:
            case Decided():
                return Wants(cases=(event.case,), approvals=(event.approval,))
            case Delivered() | Delayed() | Refused():
                return Wants(cases=(event.case,))
            case Pressed():
                return self._pressed_wants(conversation, event)
            case Said():
                pending = meaning(event.text) == "pending"
                about = self._said_about(conversation, event.text)
                wants = self._dialogue_wants(conversation.active)
                return replace(wants, cases=wants.cases + about, open_approvals=pending)
            case Stumbled():
                return Wants()
            case Submitted() | Shared() | Found() | Fired():
                return self._dialogue_wants(conversation.active)
            case _:
                assert_never(event)

    def _pressed_wants(self, conversation: Conversation, event: Pressed) -> Wants:
        match tokens.read(event.token):
            case tokens.CardToken(approval=approval):
                return Wants(approvals=(approval,))
            case tokens.FreeToken(code="start", args=(_, case)):
                return Wants(cases=(case,))
            case tokens.FreeToken(code="start", args=(form,)):
                return Wants(cases=self._said_about(conversation, form, by_id=True))
            case tokens.FreeToken(code="word", args=("pending",)):
                return Wants(open_approvals=True)
            case _:
                return self._dialogue_wants(conversation.active)

    def _dialogue_wants(self, dialogue: Dialogue | None) -> Wants:
        form = self._form_of(dialogue)
        if dialogue is None or form is None or form.opens == "case":
            return Wants()
        if form.opens == "approval":
            return Wants(approvals=(dialogue.subject,))
        return Wants(cases=(dialogue.subject,))

    def _said_about(
        self, conversation: Conversation, words: str, *, by_id: bool = False
    ) -> tuple[str, ...]:
        """The one case a form's word can mean, where only one stands at its step."""
        rules = self.library.current
        form = rules.playbook.form_by_id.get(words) if by_id else rules.form_meant(words)
        step = rules.lifecycle.step_of(form.id) if form and form.opens == "open_case" else None
        only = reception.only_case(conversation.cases, step.id) if step else ""
        return (only,) if only else ()

    def _form_of(self, dialogue: Dialogue | None) -> Form | None:
        flows = self.library.of(dialogue.playbook).flows if dialogue else {}
        flow = flows.get(dialogue.form) if dialogue else None
        return flow.form if flow else None

    def decide(self, conversation: Conversation, event: Event, facts: Facts) -> Turn:
        """What follows from the event. Pure: the same arguments give the same turn."""
        match event:
            case Said() | Pressed() | Submitted() | Shared():
                return self._from_person(conversation, event, facts)
            case _:
                scene = Scene(self.library, conversation, facts)
                return self._from_within(scene, event)

    def _from_within(
        self,
        scene: Scene,
        event: Decided | Found | Delivered | Delayed | Refused | Fired | Stumbled,
    ) -> Turn:
        if scene.facts.person is None:
            return Turn(scene.conversation)
        match event:
            case Decided():
                return decision.decided(scene, event)
            case Found():
                return talk.found(scene, scene.conversation.active, event)
            case Delivered() | Delayed() | Refused():
                return news.of_delivery(scene, event)
            case Stumbled():
                return scene.notice(Notice(scene.say("stumbled"), tone="warning"))
            case Fired():
                return Turn(scene.conversation)
            case _:
                assert_never(event)

    def _from_person(self, conversation: Conversation, event: FromPerson, facts: Facts) -> Turn:
        address = facts.address
        assert address is not None
        if facts.person is None:
            return reception.stranger(Scene(self.library, conversation, facts), address)
        moved = _moved(conversation, facts)
        stays = address.shared or address == conversation.address
        here = conversation if stays else replace(conversation, address=address)
        scene = Scene(self.library, here, facts)
        match event:
            case Said():
                return self._said(scene, event, moved=moved)
            case Pressed():
                return self._pressed(scene, event)
            case Submitted():
                return self._submitted(scene, event)
            case Shared():
                return _shared(scene, event)
            case _:
                assert_never(event)

    def _said(self, scene: Scene, event: Said, *, moved: bool) -> Turn:
        word, active = meaning(event.text), scene.conversation.active
        if word in _ANYWHERE:
            return _ANYWHERE[word](scene)
        form, rest = self._form_word(event)
        if form is not None:
            case = self._said_about(scene.conversation, form.id, by_id=True)
            return reception.start(scene, form, "".join(case), said=rest, quote=event.quote)
        if active is None:
            known = word in _IN_DIALOGUE or word in {"summary", "continue"}
            return _nothing(scene) if known else reception.lost(scene)
        if moved or word == "continue":
            remark = scene.say("moved" if moved else "back_to", title=scene.name(active))
            return reception.resume(scene, active, remark)
        return self._in_dialogue(scene, active, event.text, word)

    def _form_word(self, event: Said) -> tuple[Form | None, str]:
        rules = self.library.current
        form = rules.form_meant(event.text)
        if form is None and event.command:
            first, _, rest = event.text.partition(" ")
            return rules.form_meant(first), rest.strip()
        return form, ""

    def _in_dialogue(self, scene: Scene, dialogue: Dialogue, text: str, word: str | None) -> Turn:
        if dialogue.form not in scene.rules(dialogue).flows:
            return reception.resume(scene, dialogue)
        if word == "summary":
            return talk.summary(scene, dialogue)
        if word in _IN_DIALOGUE:
            question = scene.rules(dialogue).flows[dialogue.form].question(dialogue)
            return _IN_DIALOGUE[word](scene, dialogue, question, 0)
        return talk.answer(scene, dialogue, text)

    def _pressed(self, scene: Scene, event: Pressed) -> Turn:
        match tokens.read(event.token):
            case tokens.CardToken(approval=approval, verdict=verdict):
                return reception.decide(scene, approval, verdict)
            case tokens.ScreenToken() | tokens.FreeToken() as token:
                if token.conversation != scene.conversation.id:
                    return scene.notice(Notice(scene.say("foreign"), tone="warning"))
                if isinstance(token, tokens.FreeToken):
                    return self._freely(scene, token)
                return self._on_screen(scene, token)
            case _:
                return reception.lost(scene)

    def _on_screen(self, scene: Scene, token: tokens.ScreenToken) -> Turn:
        active = scene.conversation.active
        if active is None:
            return scene.notice(Notice(scene.say("nothing_open"), buttons=scene.menu()))
        if token.screen != scene.conversation.screen:
            return scene.live(active, refusal=scene.say("stale"))
        return talk.press(replace(scene, in_place=True), active, token)

    def _freely(self, scene: Scene, token: tokens.FreeToken) -> Turn:
        match (token.code, token.args):
            case ("start", (form_id, *case)):
                form = self.library.current.playbook.form_by_id.get(form_id)
                only = self._said_about(scene.conversation, form_id, by_id=True)
                about = "".join(case) or "".join(only)
                return reception.start(scene, form, about) if form else reception.lost(scene)
            case ("resume", (dialogue_id,)):
                named = [one for one in scene.conversation.dialogues if one.id == dialogue_id]
                return reception.resume(scene, named[0]) if named else _nothing(scene)
            case ("word", (word,)) if word in _ANYWHERE:
                return _ANYWHERE[word](scene)
            case _:
                return reception.lost(scene)

    def _submitted(self, scene: Scene, event: Submitted) -> Turn:
        token, active = tokens.read(event.token), scene.conversation.active
        ours = isinstance(token, tokens.ScreenToken) and token.conversation == scene.conversation.id
        if active is None or not isinstance(token, tokens.ScreenToken) or not ours:
            return replace(_nothing(scene), reply=FormClosed())
        if token.screen != scene.conversation.screen:
            stale = scene.live(active, refusal=scene.say("stale"))
            return replace(stale, reply=FormClosed())
        return talk.submit(replace(scene, in_place=True), active, event)


def _moved(conversation: Conversation, facts: Facts) -> bool:
    """The person goes on in another chat than the one where the dialogue stands."""
    before, now = conversation.live, facts.address
    if before is None or now is None or now.shared:
        return False
    # Slack names one direct message in two ways: by the person, and by itself.
    return (before.channel, before.account) != (now.channel, now.account)


def _nothing(scene: Scene) -> Turn:
    return scene.notice(Notice(scene.say("nothing_open"), buttons=scene.menu()))


def _shared(scene: Scene, event: Shared) -> Turn:
    if event.kind == "edit":
        return scene.notice(Notice(scene.say("edited")))
    active = scene.conversation.active
    if active is None:
        return reception.lost(scene)
    return scene.live(active, refusal=scene.say("unreadable", kind=event.kind))


_ANYWHERE: Mapping[str | None, Callable[[Scene], Turn]] = {
    "help": reception.help_,
    "start": reception.welcome,
    "status": reception.status,
    "pending": decision.pending,
    "english": lambda scene: reception.speak(scene, "en"),
    "german": lambda scene: reception.speak(scene, "de"),
}
_IN_DIALOGUE: Mapping[str | None, Callable[..., Turn]] = {
    "back": talk.back,
    "skip": talk.skip,
    "keep": talk.keep,
    "done": talk.tick_done,
    "confirm": talk.confirm,
    "cancel": talk.cancel,
}
