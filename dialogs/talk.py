"""A dialogue under way: an answer typed or pressed; back, skip, edit.

Knows forms and screens; how a dialogue ends is `ending`'s subject.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs import choosing, contact_facts, demands, drafts, ending, screens, telling
from dialogs.answers import Refusal, Understood, recipients
from dialogs.answers import say as say_refusal
from dialogs.answers.hygiene import fold, visible
from dialogs.crm import JsonValue
from dialogs.events import Found, Hit, LookedUp
from dialogs.flow import REVIEW, Dialogue
from dialogs.limits import MESSAGE
from dialogs.playbook import Question
from dialogs.scene import Scene, follow
from dialogs.screens import CHOSEN, CUSTOMER, LINES, MULTI, RECIPIENT
from dialogs.shows import Notice
from dialogs.tokens import ScreenToken
from dialogs.turns import Search, Turn


def answer(scene: Scene, dialogue: Dialogue, text: str) -> Turn:
    """Take typed words as the answer to the question the dialogue stands on."""
    question = scene.question(dialogue)
    if question is None:
        return scene.live(dialogue, refusal=scene.say("not_here"))
    if len(text) > MESSAGE:
        said = scene.say("too_long", length=len(text), limit=MESSAGE)
        return scene.live(dialogue, refusal=said)
    several = telling.answering(scene, dialogue, question, text)
    if several is not None:
        return told(scene, several)
    if question.kind.name in _TYPED:
        return _TYPED[question.kind.name](scene, dialogue, question, text)
    return _judge(scene, dialogue, question, _parsed(scene, dialogue, question, text))


def told(scene: Scene, dialogue: Dialogue, remark: str = "") -> Turn:
    """Go on after a message that answered several questions: with the customer it named first."""
    if not dialogue.looked_up:
        return advance(scene, dialogue, remark)
    flow, name = scene.flow(dialogue), dialogue.looked_up
    asked = next(one.id for one in flow.form.questions if one.kind.name == CUSTOMER)
    searching = replace(dialogue, state=asked, query=name, hits=(), looked_up="")
    others = (one for one in scene.conversation.dialogues if one.id != dialogue.id)
    kept = replace(scene.conversation, dialogues=(*others, searching))
    return Turn(kept, searches=(Search(name),))


def _parsed(
    scene: Scene, dialogue: Dialogue, question: Question, text: str
) -> Understood | Refusal:
    return question.kind.parse(text, scene.moment(scene.rules(dialogue)))


def _judge(
    scene: Scene, dialogue: Dialogue, question: Question, result: Understood | Refusal
) -> Turn:
    if isinstance(result, Refusal):
        return scene.live(dialogue, refusal=say_refusal(result, scene.language))
    return accept(scene, dialogue, question, result.value)


def accept(scene: Scene, dialogue: Dialogue, question: Question, value: JsonValue) -> Turn:
    """Keep the answer, say what was understood, and go on."""
    kept = _keep(scene, dialogue, question, value)
    answered = scene.flow(kept).answer(kept, value)
    return advance(scene, drafts.redrafted(scene, dialogue, answered))


def _keep(scene: Scene, dialogue: Dialogue, question: Question, value: JsonValue) -> Dialogue:
    shown = scene.view(dialogue).shown(question, value)
    label = question.label.of(scene.language)
    named = question.crm == "customer" and value is not None
    about = shown if named and not (dialogue.of_known_case and dialogue.about) else dialogue.about
    heard = {name: words for name, words in dialogue.heard.items() if name != question.id}
    if question.crm == "customer" and value != dialogue.answers.get(question.id):
        dialogue = choosing.forgotten(scene.flow(dialogue).form, dialogue)
    if question.kind.name == "contact":
        dialogue = contact_facts.known(scene, dialogue, question, value)
    echo = scene.say("echo", label=label, value=shown)
    return replace(dialogue, echo=echo, about=about, heard=heard)


def advance(scene: Scene, dialogue: Dialogue, remark: str = "") -> Turn:
    """Show what comes next; a form without a review is finished when nothing is open."""
    flow = scene.flow(dialogue)
    if dialogue.state == REVIEW and not flow.form.review:
        return ending.finished(scene, dialogue)
    return stand(scene, dialogue, remark)


def stand(scene: Scene, dialogue: Dialogue, remark: str = "") -> Turn:
    """Show where it stands; what there is to choose from is looked up first."""
    question = scene.question(dialogue)
    if question is None or dialogue.hits or not choosing.looks_up(question):
        return scene.live(dialogue, remark=remark)
    there = choosing.asked(scene, dialogue, question)
    return there if isinstance(there, Turn) else _offered(scene, there, question, remark)


def _offered(scene: Scene, dialogue: Dialogue, question: Question, remark: str = "") -> Turn:
    """Show the choices; where there is no opportunity, there is nothing to ask."""
    if question.kind.name == "opportunity" and not dialogue.hits:
        return advance(scene, scene.flow(dialogue).answer(dialogue, None), remark)
    name = dialogue.named.get(question.id)
    if name:
        return _picked_by_name(scene, dialogue, question, name)
    return scene.live(dialogue, remark=remark)


def _picked_by_name(scene: Scene, dialogue: Dialogue, question: Question, name: str) -> Turn:
    """Take whom a message named: somebody the CRM knows, or somebody new."""
    named = {one: said for one, said in dialogue.named.items() if one != question.id}
    rest = replace(dialogue, named=named)
    hits = choosing.called(rest.hits, name)
    if len(hits) > 1:
        return scene.live(rest)
    if hits:
        return accept(scene, rest, question, choosing.value(question, hits[0]))
    if question.kind.name == "opportunity":
        return scene.live(rest)
    return _judge(scene, rest, question, _parsed(scene, rest, question, name))


def _at_hand(scene: Scene, dialogue: Dialogue) -> Turn:
    """Show where somebody went back to, with what had been looked up for it."""
    question = scene.question(dialogue)
    if question is None or not choosing.looks_up(question):
        return scene.live(dialogue)
    return scene.live(choosing.at_hand(scene, dialogue, question) or dialogue)


def looked_up(scene: Scene, event: LookedUp) -> Turn:
    """The choices are there: show them, if the dialogue still stands there."""
    heard = choosing.heard(scene, event)
    if heard is None:
        return Turn(scene.conversation)
    dialogue, question = heard
    if dialogue.id != scene.conversation.dialogues[-1].id:
        kept = (dialogue if one.id == dialogue.id else one for one in scene.conversation.dialogues)
        return Turn(replace(scene.conversation, dialogues=tuple(kept)))
    if event.answer is None:
        return _offered(scene, dialogue, question, scene.say("choices_off"))
    if question.kind.name == "person" and not dialogue.hits:
        there = choosing.at_hand(scene, dialogue, question) or dialogue
        return scene.live(there, refusal=scene.say("no_colleague", name=dialogue.query))
    return _offered(scene, dialogue, question)


def _choice_typed(scene: Scene, dialogue: Dialogue, question: Question, text: str) -> Turn:
    """Pick what the words name, or take them as a new name."""
    result = _parsed(scene, dialogue, question, text)
    if isinstance(result, Refusal) or not isinstance(result.value, dict):
        return _judge(scene, dialogue, question, result)
    meant = choosing.typed(scene, dialogue, question, str(result.value["name"]))
    match meant:
        case Hit():
            return accept(scene, dialogue, question, choosing.value(question, meant))
        case Turn():
            return meant
        case Dialogue():
            return scene.live(meant)
        case _:
            return _judge(scene, dialogue, question, result)


def _customer_typed(scene: Scene, dialogue: Dialogue, question: Question, text: str) -> Turn:
    """Ask the CRM for that name; a number picks from what was found before."""
    picked = text.strip().rstrip(".")
    if picked.isdecimal() and 0 < int(picked) <= len(dialogue.hits):
        return _picked(scene, dialogue, question, int(picked) - 1)
    result = _parsed(scene, dialogue, question, text)
    if isinstance(result, Refusal):
        return _judge(scene, dialogue, question, result)
    name = str(result.value["name"]) if isinstance(result.value, dict) else str(result.value)
    asked = (*scene.conversation.dialogues[:-1], replace(dialogue, query=name, hits=()))
    return Turn(replace(scene.conversation, dialogues=asked), searches=(Search(name),))


def found(scene: Scene, dialogue: Dialogue | None, event: Found) -> Turn:
    """The CRM's answer: one exact name is taken, several are shown, none can be created."""
    question = scene.question(dialogue) if dialogue else None
    if dialogue is None or question is None or dialogue.query != event.query:
        return Turn(scene.conversation)
    if question.kind.name != CUSTOMER:
        return Turn(scene.conversation)
    if event.hits is None:
        remark = scene.say("search_off", query=event.query)
        named = _keep(scene, dialogue, question, _customer(event.query))
        answered = scene.flow(named).answer(named, _customer(event.query))
        return advance(scene, answered, remark)
    hits = tuple(Hit(one.id, visible(one.name), visible(one.detail)) for one in event.hits)
    exact = [one for one in hits if one.name.casefold() == event.query.casefold()]
    shown = replace(dialogue, hits=hits)
    if len(exact) == 1 and len(hits) == 1:
        return _picked(scene, shown, question, 0)
    return scene.live(shown)


def _customer(name: str, number: int | None = None) -> JsonValue:
    return {"id": number, "name": name}


def _picked(scene: Scene, dialogue: Dialogue, question: Question, index: int) -> Turn:
    hit = dialogue.hits[index]
    if choosing.looks_up(question):
        return accept(scene, dialogue, question, choosing.value(question, hit))
    return accept(scene, dialogue, question, _customer(hit.name, hit.id))


def press(scene: Scene, dialogue: Dialogue, token: ScreenToken) -> Turn:
    """A button of the dialogue's current screen."""
    doing = _DOING.get(token.code)
    question = scene.question(dialogue)
    if doing is None:
        return scene.live(dialogue, refusal=scene.say("not_here"))
    try:
        return doing(scene, dialogue, question, token.index)
    except IndexError:
        return scene.live(dialogue, refusal=scene.say("stale"))


def _choose(scene: Scene, dialogue: Dialogue, question: Question | None, index: int) -> Turn:
    if question is None:
        raise IndexError
    option = question.kind.options()[index].id
    if question.kind.name != MULTI:
        return _judge(scene, dialogue, question, question.kind.choose([option]))
    ticked = dialogue.ticked
    changed = tuple(t for t in ticked if t != option) if option in ticked else (*ticked, option)
    return scene.live(replace(dialogue, ticked=changed, echo=""))


def _quick(scene: Scene, dialogue: Dialogue, question: Question | None, index: int) -> Turn:
    if question is None:
        raise IndexError
    typed, _ = question.kind.quick(scene.moment(scene.rules(dialogue)))[index]
    return _judge(scene, dialogue, question, _parsed(scene, dialogue, question, typed))


def _hit(scene: Scene, dialogue: Dialogue, question: Question | None, index: int) -> Turn:
    if question is None:
        raise IndexError
    if question.kind.name == RECIPIENT:
        one = dialogue.choices[question.id][index]
        value = recipients.chosen(one.detail, one.name, one.id)
        return accept(scene, dialogue, question, value)
    return _picked(scene, dialogue, question, index)


def _recipient_typed(scene: Scene, dialogue: Dialogue, question: Question, text: str) -> Turn:
    """An address, or the name or the number of somebody who is offered."""
    there = dialogue.choices.get(question.id, ())
    offered = [fold(f"{one.name} {one.detail}") for one in there]
    said = fold(text.strip())
    named = [index for index, one in enumerate(offered) if said and said in one]
    picked = text.strip().rstrip(".")
    if picked.isdecimal() and 0 < int(picked) <= len(offered):
        return _hit(scene, dialogue, question, int(picked) - 1)
    if len(named) == 1:
        return _hit(scene, dialogue, question, named[0])
    return _judge(scene, dialogue, question, _parsed(scene, dialogue, question, text))


def _lines_typed(scene: Scene, dialogue: Dialogue, question: Question, text: str) -> Turn:
    """More lines for the list; it ends with Done."""
    parsed = _parsed(scene, dialogue, question, text)
    if isinstance(parsed, Refusal):
        return scene.live(dialogue, refusal=say_refusal(parsed, scene.language))
    return demands.added(scene, dialogue, question, parsed.value)


def _strike(scene: Scene, dialogue: Dialogue, question: Question | None, index: int) -> Turn:
    if question is None or question.kind.name != LINES:
        raise IndexError
    return demands.struck(scene, dialogue, question, index)


def _new(scene: Scene, dialogue: Dialogue, question: Question | None, _: int) -> Turn:
    if question is not None and question.kind.name == "opportunity":
        return accept(scene, dialogue, question, None)
    if question is None or question.kind.name != CUSTOMER or not dialogue.query:
        raise IndexError
    return accept(scene, dialogue, question, _customer(dialogue.query))


def tick_done(scene: Scene, dialogue: Dialogue, question: Question | None, _: int = 0) -> Turn:
    if question is not None and question.kind.name == LINES:
        return keep(scene, dialogue, question)
    if question is None or question.kind.name != MULTI:
        return scene.live(dialogue, refusal=scene.say("not_here"))
    return _judge(scene, dialogue, question, question.kind.choose(dialogue.ticked))


def skip(scene: Scene, dialogue: Dialogue, question: Question | None, _: int = 0) -> Turn:
    if question is None:
        return scene.live(dialogue, refusal=scene.say("not_here"))
    if not question.optional:
        return scene.live(dialogue, refusal=scene.say("cant_skip"))
    return accept(scene, dialogue, question, None)


def keep(scene: Scene, dialogue: Dialogue, question: Question | None, _: int = 0) -> Turn:
    if question is None or question.id not in dialogue.answers:
        return scene.live(dialogue, refusal=scene.say("not_here"))
    return advance(scene, replace(scene.flow(dialogue).onward(dialogue), echo=""))


def back(scene: Scene, dialogue: Dialogue, _: Question | None = None, __: int = 0) -> Turn:
    before = scene.flow(dialogue).back(dialogue)
    if before is None:
        return scene.live(dialogue, refusal=scene.say("first_question"))
    return _at_hand(scene, replace(before, echo=""))


def _edit(scene: Scene, dialogue: Dialogue, _: Question | None, index: int) -> Turn:
    flow = scene.flow(dialogue)
    changed = flow.edit(dialogue, flow.form.questions[index].id)
    if changed is None:
        return scene.live(dialogue, refusal=scene.say("not_here"))
    return _at_hand(scene, replace(changed, echo=""))


def _form(scene: Scene, dialogue: Dialogue, _: Question | None, __: int) -> Turn:
    """Answer with a form page; the chat stays as it is."""
    return Turn(scene.conversation, reply=screens.page(scene.view(dialogue)))


def summary(scene: Scene, dialogue: Dialogue, _: Question | None = None, __: int = 0) -> Turn:
    """What has been said so far, then the question again."""
    rows = screens.answer_rows(scene.view(dialogue))
    told = scene.notice(Notice(scene.say("summary", title=scene.name(dialogue)), rows=rows))
    edits = replace(scene, in_place=False).live(dialogue)
    return follow(told, edits)


_Doing = Callable[[Scene, Dialogue, Question | None, int], Turn]
_DOING: Mapping[str, _Doing] = {
    "c": _choose,
    "q": _quick,
    "h": _hit,
    "x": _strike,
    "new": _new,
    "done": tick_done,
    "skip": skip,
    "keep": keep,
    "back": back,
    "e": _edit,
    "dup": ending.same,
    "anew": ending.anew,
    "confirm": ending.confirm,
    "cancel": ending.cancel,
    "form": _form,
}
_TYPED: Mapping[str, Callable[[Scene, Dialogue, Question, str], Turn]] = {
    CUSTOMER: _customer_typed,
    RECIPIENT: _recipient_typed,
    LINES: _lines_typed,
    **dict.fromkeys(CHOSEN, _choice_typed),
}
"""Kinds for which typed words are more than an answer."""
