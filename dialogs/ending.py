"""How a dialogue ends: saved, perhaps as what is there already, or cancelled; and what then waits.

Knows the form as a whole; what a saved form leads to is `finish`'s subject, answers are `talk`'s.
"""

from dataclasses import replace

from dialogs import duplicates
from dialogs.events import LookedUp
from dialogs.finish import finish
from dialogs.flow import REVIEW, Dialogue
from dialogs.lead_lookups import DuplicateList
from dialogs.playbook import Question
from dialogs.scene import Scene, follow
from dialogs.shows import Notice
from dialogs.turns import Turn


def finished(scene: Scene, dialogue: Dialogue) -> Turn:
    """Save the form; before that, ask whether it may be there already."""
    flow = scene.flow(dialogue)
    done = flow.confirm(dialogue)
    if done is None:
        return scene.live(dialogue, refusal=scene.say("not_here"))
    if flow.form.duplicates and not dialogue.checked:
        return duplicates.asked(scene, dialogue, flow.record(done))
    return _and_back(scene, dialogue, finish(_without(scene, dialogue), done, flow.record(done)))


def alike(scene: Scene, event: LookedUp) -> Turn:
    """What may be the same is known: shown, or saved where there is nothing or nobody to ask."""
    dialogue = scene.conversation.active
    if dialogue is None or dialogue.id != event.subject or dialogue.state != REVIEW:
        return Turn(scene.conversation)
    found = event.answer
    if isinstance(found, DuplicateList) and found.duplicates:
        return duplicates.shown(scene, dialogue, found)
    return finished(scene, replace(dialogue, checked=True))


def anew(scene: Scene, dialogue: Dialogue, _: Question | None, __: int) -> Turn:
    """It is none of those that are there."""
    return finished(replace(scene, in_place=False), replace(dialogue, checked=True))


def same(scene: Scene, dialogue: Dialogue, _: Question | None, index: int) -> Turn:
    """It is that one."""
    hit, flow = dialogue.hits[index], scene.flow(dialogue)
    done = flow.confirm(dialogue)
    if done is None:
        raise IndexError
    stage = replace(_without(scene, dialogue), in_place=False)
    return _and_back(scene, dialogue, duplicates.used(stage, dialogue, hit, flow.record(done)))


def confirm(scene: Scene, dialogue: Dialogue, _: Question | None = None, __: int = 0) -> Turn:
    return finished(scene, dialogue)


def cancel(scene: Scene, dialogue: Dialogue, _: Question | None = None, __: int = 0) -> Turn:
    """Discard the dialogue; nothing of it is kept."""
    free = _without(scene, dialogue)
    text = scene.say("cancelled", title=scene.name(dialogue))
    return _and_back(scene, dialogue, free.closing(Notice(text, buttons=free.menu())))


def _without(scene: Scene, dialogue: Dialogue) -> Scene:
    others = tuple(one for one in scene.conversation.dialogues if one.id != dialogue.id)
    return replace(scene, conversation=replace(scene.conversation, dialogues=others))


def _and_back(scene: Scene, ended: Dialogue, turn: Turn) -> Turn:
    """Return to the dialogue that waited, if one did."""
    waiting = turn.conversation.active
    if waiting is None or waiting.id == ended.id:
        return turn
    after = replace(scene, conversation=turn.conversation, in_place=False)
    remark = scene.say("back_to", title=scene.name(waiting))
    return follow(turn, after.live(waiting, remark=remark))
