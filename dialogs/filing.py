"""What becomes of a file somebody sends: with the record under way, or with the case they had last.

Knows dialogues and cases; how a file is fetched is the channel's subject.
"""

from collections.abc import Callable
from dataclasses import replace

from dialogs.answers import Refusal
from dialogs.case import Case
from dialogs.crm import Note
from dialogs.entries import about, keeping
from dialogs.events import Shared
from dialogs.files import Attached
from dialogs.flow import Dialogue
from dialogs.limits import FILE, FILES
from dialogs.people import Action
from dialogs.phrases import say
from dialogs.playbook import Question
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Notice
from dialogs.talk import accept
from dialogs.turns import Conversation, Turn

MEGABYTE = 1024 * 1024
WITHOUT_ENTRY = frozenset({"approval", "invitation"})
"""What a form opens that ends in no entry: a file sent meanwhile belongs to the last case."""
KIND = "file"
"""Of the entry that brings a file to a case."""


def last_case(conversation: Conversation) -> str:
    """Id of the case that a file without a record belongs to; empty where there is none."""
    return conversation.cases[-1].id if conversation.cases else ""


def right(scene: Scene) -> Action:
    """What somebody must be allowed to who sends a file: to answer a colleague with it, or more."""
    active = scene.conversation.active
    flow = scene.rules(active).flows.get(active.form) if active else None
    return "inform" if flow and flow.form.opens == "request" else "record"


def with_words(
    scene: Scene,
    event: Shared,
    say: Callable[[Scene], Turn],
    bring: Callable[[Scene, Shared], Turn],
) -> Turn:
    """The caption is said, and the file goes to what that leads to.

    Words that end the dialogue end it with the file: what answers a question belongs to the answer.
    Where it goes on, one line tells of the file, and the next question is asked once.
    """
    said = say(scene)
    holding = _holding(scene, event)
    if holding is not None and _ends(scene, said):
        return say(holding)
    if holding is not None and _goes_on(scene, said):
        noted = holding.notice(Notice(_remark(scene, event)), f"f:{scene.facts.event_id}")
        return follow(noted, say(holding))
    after = replace(scene, conversation=said.conversation, in_place=False)
    return follow(said, bring(after, event))


def _ends(scene: Scene, said: Turn) -> bool:
    active = scene.conversation.active
    return active is not None and active.id not in {one.id for one in said.conversation.dialogues}


def _goes_on(scene: Scene, said: Turn) -> bool:
    """Whether the words belonged to the dialogue that is open, and the file answers no question."""
    active, now = scene.conversation.active, said.conversation.active
    question = scene.question(now) if now else None
    files = question is not None and question.files
    return active is not None and now is not None and now.id == active.id and not files


def _remark(scene: Scene, event: Shared) -> str:
    key = "file_heard" if event.kind == "voice" else "file_kept"
    return scene.say(key, name=_names(event.files))


def _holding(scene: Scene, event: Shared) -> Scene | None:
    """The scene with the files in the dialogue that is open; None where it can't take them."""
    active = scene.conversation.active
    if active is None or scene.form(active).opens in WITHOUT_ENTRY:
        return None
    files = (*active.files, *event.files)
    if len(files) > FILES or any(one.size > FILE for one in files):
        return None
    kept = replace(active, files=files)
    dialogues = tuple(kept if one.id == kept.id else one for one in scene.conversation.dialogues)
    return replace(scene, conversation=replace(scene.conversation, dialogues=dialogues))


def kept(scene: Scene, event: Shared) -> Turn:
    """Keep what was sent where it belongs, and say where that is."""
    large = next((one for one in event.files if one.size > FILE), None)
    if large is not None:
        said = scene.say("file_large", name=large.name, limit=FILE // MEGABYTE)
        return scene.notice(Notice(said, tone="warning"), f"f:{scene.facts.event_id}")
    active = scene.conversation.active
    if active is not None and scene.form(active).opens not in WITHOUT_ENTRY:
        return _with_dialogue(scene, event, active)
    case = scene.facts.cases.get(last_case(scene.conversation))
    if case is None or case.owner != scene.person.id:
        said = scene.say("file_nowhere", name=_names(event.files))
        return scene.notice(Notice(said, tone="warning"), f"f:{scene.facts.event_id}")
    return _with_case(scene, case, event.files[:FILES])


def _names(files: tuple[Attached, ...]) -> str:
    return ", ".join(one.name for one in files)


def _with_dialogue(scene: Scene, event: Shared, active: Dialogue) -> Turn:
    files = (*active.files, *event.files)
    if len(files) > FILES:
        said = scene.say("file_many", count=FILES, name=_names(files[FILES:]))
        return _shown(scene, replace(active, files=files[:FILES]), said)
    kept = replace(active, files=files)
    question = scene.question(kept)
    if question is not None and question.files:
        return _answered(scene, kept, question, _names(event.files))
    return _shown(scene, kept, _remark(scene, event))


def _answered(scene: Scene, dialogue: Dialogue, question: Question, name: str) -> Turn:
    """The question asks for a file, and here it is: its name is the answer."""
    parsed = question.kind.parse(name, scene.moment(scene.rules(dialogue)))
    if isinstance(parsed, Refusal):
        return _shown(scene, dialogue, scene.say("file_kept", name=name))
    return accept(scene, dialogue, question, parsed.value)


def _shown(scene: Scene, dialogue: Dialogue, remark: str) -> Turn:
    """Show the dialogue with it; while the CRM looks a customer up, only say it."""
    if not dialogue.query or dialogue.hits:
        return scene.live(dialogue, remark=remark)
    others = (one for one in scene.conversation.dialogues if one.id != dialogue.id)
    waiting = replace(scene.conversation, dialogues=(*others, dialogue))
    stage = replace(scene, conversation=waiting)
    return stage.notice(Notice(remark), f"f:{scene.facts.event_id}")


def _with_case(scene: Scene, case: Case, files: tuple[Attached, ...]) -> Turn:
    language = scene.library.of(case.playbook).playbook.language
    title = say(language, "files")
    delivery = replace(
        about(case, KIND, scene.person, scene.person, Note(title, ((title, _names(files)),))),
        files=files,
    )
    said = Notice(scene.say("file_to_case", name=_names(files), title=case.title), tone="good")
    audit = AuditLine(scene.person.id, "file", case.id)
    return replace(
        scene.notice(said, f"f:{scene.facts.event_id}"),
        cases=(keeping(case, delivery),),
        deliveries=(delivery,),
        audit=(audit,),
    )
