"""The one door into the dialogues: `decide(conversation, event, facts) -> Turn`.

Routes each event to what it is about; holds no state and does no I/O. `wants` says beforehand which
rows a turn will look at, so that the store can lock and read them. Whatever a person does passes
`allowed`, which asks the one table of rights; a test reads this file to see that nothing goes by.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from dialogs import (
    course,
    decision,
    ending,
    figures,
    filing,
    keys,
    linking,
    meetings,
    overview,
    pages,
    preparing,
    presses,
    quiet,
    reception,
    recording,
    refit,
    takeover,
    talk,
    telling,
    tokens,
    within,
)
from dialogs.events import (
    Barred,
    Event,
    FromPerson,
    Pressed,
    Said,
    Shared,
    Submitted,
)
from dialogs.flow import Dialogue
from dialogs.library import Library
from dialogs.people import Action, Address, who_is
from dialogs.phrases import meaning
from dialogs.playbook import Form
from dialogs.routes import ANYWHERE, BY_BUTTON, IN_DIALOGUE, WITH_A_NAME, anywhere
from dialogs.scene import Scene, follow
from dialogs.shows import FormClosed, Notice
from dialogs.turns import Conversation, Facts, Turn, Wants
from dialogs.wanted import case_said, form_said, named_case, said_about, wanted


def allowed(scene: Scene, action: Action, act: Callable[[], Turn]) -> Turn:
    """Do it if whoever is speaking may, else refuse: the only way from an event to its action."""
    return act() if scene.may(action) else scene.refused(action)


class Desk:
    """All that dealdesk says and does, for one installation's playbooks."""

    def __init__(self, library: Library) -> None:
        """Compiled playbooks are all it needs."""
        self.library = library

    def wants(self, conversation: Conversation, event: Event) -> Wants:
        """Name the cases and approvals that a turn on this event will look at."""
        return wanted(self.library, conversation, event)

    def decide(self, conversation: Conversation, event: Event, facts: Facts) -> Turn:
        """What follows from the event. Pure: the same arguments give the same turn."""
        if facts.person is None:
            return self._decided(conversation, event, facts)
        moment = Scene(self.library, conversation, facts).moment(self.library.current)
        fitted = refit.conversation(self.library, conversation, moment)
        cases = refit.cases(self.library, facts.cases, event)
        turn = self._decided(fitted, event, replace(facts, cases=cases))
        turn = course.noted(self.library, turn, facts)
        ended = len(fitted.dialogues) < len(conversation.dialogues)
        return (
            follow(reception.outdated(Scene(self.library, fitted, facts)), turn) if ended else turn
        )

    def _decided(self, conversation: Conversation, event: Event, facts: Facts) -> Turn:
        match event:
            case Said() | Pressed() | Submitted() | Shared() | Barred():
                return self._from_person(conversation, event, facts)
            case _:
                scene = Scene(self.library, conversation, facts)
                return within.heard(scene, event)

    def _from_person(self, conversation: Conversation, event: FromPerson, facts: Facts) -> Turn:
        address = facts.address
        assert address is not None
        if isinstance(event, Barred) and (facts.person is None or address.outside):
            return reception.barred(Scene(self.library, conversation, facts), event)
        if facts.person is None or address.outside:
            return self._from_outside(Scene(self.library, conversation, facts), event, address)
        moved = conversation.moves_to(facts.address)
        stays = address.shared or address == conversation.address
        here = conversation if stays else replace(conversation, address=address)
        scene = Scene(self.library, here, facts)
        if linking.about(scene, event):
            return allowed(scene, "link", lambda: _linked(scene, event, address))
        return self._heard(scene, event, moved=moved)

    def _heard(self, scene: Scene, event: FromPerson, *, moved: bool) -> Turn:
        match event:
            case Said():
                return self._said(scene, event, moved=moved)
            case Pressed():
                return self._pressed(scene, event)
            case Submitted():
                return self._submitted(scene, event)
            case Shared():
                return self._shared(scene, event, moved=moved)
            case Barred():
                return reception.barred(scene, event)
            case _:
                assert_never(event)

    def _shared(self, scene: Scene, event: Shared, *, moved: bool) -> Turn:
        """A file is kept; what was typed with it is said."""
        if not event.files:
            return _unread(scene, event)
        if event.caption:
            words = Said(event.caption)
            return filing.with_words(
                scene, event, lambda one: self._said(one, words, moved=moved), _brought
            )
        return _brought(scene, event)

    def _from_outside(self, scene: Scene, event: FromPerson, address: Address) -> Turn:
        """Somebody unknown, who can be linked; or one whom the platform calls no colleague."""
        if who_is(scene.facts.person, address) == "outsider" or not scene.may("link"):
            return reception.outsider(scene, address)
        return _linked(scene, event, address)

    def _said(self, scene: Scene, event: Said, *, moved: bool) -> Turn:
        word, active = meaning(event.text), scene.conversation.active
        if way := anywhere(word, event.text):
            return allowed(scene, way[0], lambda: way[1](scene))
        found = self._figures(scene, event) or self._quiet(scene, event)
        found = found or self._by_name(scene, event)
        if found is not None:
            return found
        form, rest = form_said(self.library, event)
        if form is not None:
            about = "".join(case_said(self.library, scene.conversation, form, rest))
            rest = "" if form.briefing and about else rest
            cases, told = scene.conversation.cases, rest or event.quote
            about = about or telling.about(self.library.current, cases, form, told)
            return allowed(
                scene,
                form.action,
                lambda: reception.start(scene, form, about, said=rest, quote=event.quote),
            )
        if active is None:
            known = word in IN_DIALOGUE or word == "continue"
            return _nothing(scene) if known else _told(scene, event.text)
        if moved or word == "continue":
            remark = scene.say("moved" if moved else "back_to", title=scene.name(active))
            return self._resumed(scene, active, remark)
        return self._in_dialogue(scene, active, event.text, word)

    def _figures(self, scene: Scene, event: Said) -> Turn | None:
        """Key figures, with the time they are about behind the word."""
        wish = figures.wished(event.text, scene.moment(self.library.current).now.date())
        return allowed(scene, "figures", lambda: figures.asked(scene, wish)) if wish else None

    def _quiet(self, scene: Scene, event: Said) -> Turn | None:
        """Nothing unasked until the day behind the word."""
        wish = quiet.wished(event.text, scene.moment(self.library.current))
        return allowed(scene, "settings", lambda: quiet.until(scene, wish)) if wish else None

    def _by_name(self, scene: Scene, event: Said) -> Turn | None:
        """A word with the name of a case behind it; in a dialogue only a name that is known."""
        named = named_case(self.library, scene.conversation, event.text)
        if named is not None:
            form, case = named
            return allowed(scene, form.action, lambda: reception.start(scene, form, case))
        word, name = overview.asked_for(event.text, WITH_A_NAME)
        known = name and overview.matching(scene.conversation, name)
        if known or (name and scene.conversation.active is None):
            action, doing = WITH_A_NAME[word]
            return allowed(scene, action, lambda: doing(scene, name))
        return None

    def _resumed(self, scene: Scene, dialogue: Dialogue, remark: str = "") -> Turn:
        action = self._action_of(scene, dialogue)
        return allowed(scene, action, lambda: reception.resume(scene, dialogue, remark))

    def _action_of(self, scene: Scene, dialogue: Dialogue) -> Action:
        """The right that a dialogue's form needs; one that no longer fits is only let go."""
        flow = scene.rules(dialogue).flows.get(dialogue.form)
        return flow.form.action if flow else "leave"

    def _in_dialogue(self, scene: Scene, dialogue: Dialogue, text: str, word: str | None) -> Turn:
        if word == "cancel":
            return allowed(scene, "leave", lambda: ending.cancel(scene, dialogue))
        action = self._action_of(scene, dialogue)
        if word in IN_DIALOGUE:
            question = scene.question(dialogue)
            doing = IN_DIALOGUE[word]
            return allowed(scene, action, lambda: doing(scene, dialogue, question, 0))
        return allowed(scene, action, lambda: talk.answer(scene, dialogue, text))

    def _pressed(self, scene: Scene, event: Pressed) -> Turn:
        match tokens.read(event.token):
            case tokens.CardToken(approval=approval, verdict=verdict, mark=mark):
                return _on_card(scene, approval, verdict, mark)
            case tokens.ScreenToken() | tokens.FreeToken() as token:
                if token.conversation != scene.conversation.id:
                    said = scene.notice(Notice(scene.say("foreign"), tone="warning"))
                    return reception.forged(scene, said)
                if isinstance(token, tokens.FreeToken):
                    return self._freely(scene, token)
                return self._on_screen(scene, token)
            case _:
                return reception.forged(scene, _lost(scene))

    def _on_screen(self, scene: Scene, token: tokens.ScreenToken) -> Turn:
        active = scene.conversation.active
        if active is None:
            return _nothing(scene)
        if token.screen != scene.conversation.screen:
            return scene.stale(active)
        action = "leave" if token.code == "cancel" else self._action_of(scene, active)
        stage = replace(scene, in_place=True)
        return allowed(scene, action, lambda: talk.press(stage, active, token))

    def _freely(self, scene: Scene, token: tokens.FreeToken) -> Turn:  # noqa: PLR0911 - one return for each kind of button
        match (token.code, token.args):
            case ("start" | "offer" as how, (form_id, *case)):
                only = said_about(self.library, scene.conversation, form_id, by_id=True)
                return _started(scene, self._form(form_id), "".join(case or only), how)
            case ("anew", (form_id, case_id)):
                return _started(scene, self._form(form_id), case_id, "anew")
            case ("resume", (dialogue_id,)):
                named = [one for one in scene.conversation.dialogues if one.id == dialogue_id]
                return self._resumed(scene, named[0]) if named else _nothing(scene)
            case ("word", (word,)) if word in ANYWHERE:
                return _anywhere(scene, word)
            case (code, args) if (code, len(args)) in BY_BUTTON:
                action, doing = BY_BUTTON[code, len(args)]
                return allowed(scene, action, lambda: doing(scene, *args))
            case (preparing.TOKEN, (meeting,)):
                words = preparing.said(scene, meetings.number(meeting))
                said = Said(words, command=True)
                return self._said(scene, said, moved=False) if words else _nothing(scene)
            case (linking.UNLINK, (channel, *person)):
                right: Action = "unlink_others" if person else "unlink"
                return allowed(
                    scene, right, lambda: linking.unlinked(scene, channel, "".join(person))
                )
            case _:
                return _lost(scene)

    def _form(self, form_id: str) -> Form | None:
        flow = self.library.current.flows.get(form_id)
        return flow.form if flow else None

    def _submitted(self, scene: Scene, event: Submitted) -> Turn:
        token, active = tokens.read(event.token), scene.conversation.active
        ours = isinstance(token, tokens.ScreenToken) and token.conversation == scene.conversation.id
        if not isinstance(token, tokens.ScreenToken) or not ours:
            return replace(reception.forged(scene, _nothing(scene)), reply=FormClosed())
        if active is None:
            return replace(_nothing(scene), reply=FormClosed())
        if token.screen != scene.conversation.screen:
            return replace(scene.stale(active), reply=FormClosed())
        action, stage = self._action_of(scene, active), replace(scene, in_place=True)
        turn = allowed(scene, action, lambda: pages.submit(stage, active, event))
        return turn if turn.reply else replace(turn, reply=FormClosed())


def _nothing(scene: Scene) -> Turn:
    return scene.notice(Notice(scene.say("nothing_open"), buttons=scene.menu()))


def _brought(scene: Scene, event: Shared) -> Turn:
    return allowed(scene, filing.right(scene), lambda: filing.kept(scene, event))


def _unread(scene: Scene, event: Shared) -> Turn:
    if event.kind == "edit":
        return scene.notice(Notice(scene.say("edited")))
    if event.kind == "key":
        return keys.typed(scene)
    active = scene.conversation.active
    if active is None:
        return _lost(scene)
    return scene.live(active, refusal=scene.say("unreadable", kind=event.kind))


def _lost(scene: Scene) -> Turn:
    return allowed(scene, "help", lambda: reception.lost(scene))


def _told(scene: Scene, text: str) -> Turn:
    """A message out of the blue: it tells of a meeting, or it is not understood."""
    met = recording.meant(scene, text) if scene.may("record") else None
    if met is not None:
        return allowed(scene, "record", lambda: meetings.record(scene, *met, text))
    message = telling.begun_by(scene, text) if scene.may("help") else None
    if message is None:
        return _lost(scene)
    form, said, about = message.form, message.text, message.case
    return allowed(scene, form.action, lambda: reception.start(scene, form, about, quote=said))


def _linked(scene: Scene, event: FromPerson, address: Address) -> Turn:
    """What follows about a link; somebody unknown who means something else is told what to do."""
    return linking.answered(scene, event, address) or reception.stranger(scene, address)


def _on_card(scene: Scene, approval: str, verdict: str, mark: str) -> Turn:
    """Refused, the press is about a question to management too: somebody else has to decide it."""
    args = (scene, approval, verdict, mark)
    if verdict in takeover.WORDS:
        return allowed(scene, "take_over", lambda: presses.take_over(*args))
    if not scene.may("decide"):
        asked = scene.facts.approvals.get(approval)
        return decision.turned_away(scene, asked, decision.No("denied", scene.denied()))
    return allowed(scene, "decide", lambda: presses.decide(*args))


def _started(scene: Scene, form: Form | None, about: str, how: str) -> Turn:
    """Begin a form; `anew`: one more of its kind, without asking the CRM what there is."""
    if form is None or (how == "anew" and not about):
        return _lost(scene)
    if how == "anew":
        return allowed(scene, form.action, lambda: reception.begin(scene, form, about))
    yes = how == "offer"
    return allowed(scene, form.action, lambda: reception.start(scene, form, about, offered=yes))


def _anywhere(scene: Scene, word: str | None) -> Turn:
    action, doing = ANYWHERE[word]
    return allowed(scene, action, lambda: doing(scene))
