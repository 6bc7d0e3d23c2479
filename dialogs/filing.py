"""What becomes of a file somebody sends: with the record under way, or with the case they had last.

Knows dialogues and cases; how a file is fetched is the channel's subject.
"""

from dataclasses import replace

from dialogs.case import Case
from dialogs.crm import Delivery, Note
from dialogs.entries import keeping, next_key, staff
from dialogs.events import Shared
from dialogs.files import Attached
from dialogs.flow import Dialogue
from dialogs.limits import FILE, FILES
from dialogs.phrases import say
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.turns import Conversation, Turn

MEGABYTE = 1024 * 1024
KIND = "file"
"""Of the entry that brings a file to a case."""


def last_case(conversation: Conversation) -> str:
    """Id of the case that a file without a record belongs to; empty where there is none."""
    return conversation.cases[-1].id if conversation.cases else ""


def kept(scene: Scene, event: Shared, file: Attached) -> Turn:
    """Keep it where it belongs, and say where that is."""
    if file.size > FILE:
        said = scene.say("file_large", name=file.name, limit=FILE // MEGABYTE)
        return scene.notice(Notice(said, tone="warning"))
    active = scene.conversation.active
    if active is not None and scene.form(active).opens != "approval":
        return _with_dialogue(scene, event, active, file)
    case = scene.facts.cases.get(last_case(scene.conversation))
    if case is None or case.owner != scene.person.id:
        return scene.notice(Notice(scene.say("file_nowhere", name=file.name), tone="warning"))
    return _with_case(scene, case, file)


def _with_dialogue(scene: Scene, event: Shared, active: Dialogue, file: Attached) -> Turn:
    if len(active.files) >= FILES:
        said = scene.say("file_many", count=FILES, name=file.name)
        return scene.live(active, refusal=said)
    key = "file_heard" if event.kind == "voice" else "file_kept"
    filed = replace(active, files=(*active.files, file))
    return scene.live(filed, remark=scene.say(key, name=file.name))


def _with_case(scene: Scene, case: Case, file: Attached) -> Turn:
    language = scene.library.of(case.playbook).playbook.language
    delivery = Delivery(
        key=next_key(case, KIND),
        case=case.id,
        kind=KIND,
        author=staff(scene.person),
        owner=staff(scene.person),
        title=case.title,
        customer=case.customer,
        note=Note(say(language, "files"), ((say(language, "files"), file.name),)),
        after=case.deliveries,
        files=(file,),
    )
    said = Notice(scene.say("file_to_case", name=file.name, title=case.title), tone="good")
    audit = AuditLine(scene.person.id, "file", case.id)
    return replace(
        scene.notice(said), cases=(keeping(case, delivery),), deliveries=(delivery,), audit=(audit,)
    )
