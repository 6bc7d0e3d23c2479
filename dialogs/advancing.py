"""A case moves on to the next stage of the pipeline: in the CRM, with a history note of why.

What must be true for it is `dialogs.stages`' subject; this moves.
"""

from dataclasses import replace

from dialogs import moves, stages, winning
from dialogs.case import Case
from dialogs.crm import Delivery, JsonValue, Note
from dialogs.entries import about, keeping
from dialogs.library import Rulebook
from dialogs.phrases import say
from dialogs.playbook import Stage
from dialogs.playbook.gates import OVERRIDE_WON
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.turns import Turn


def advanced(scene: Scene, rules: Rulebook, case: Case, reason: str = "") -> Turn:
    """Move the case on to the next stage; `reason` says why, where something is missing."""
    stage = stages.known(rules, case)
    following = rules.playbook.next_stage(stage.id, case.team) if stage else None
    if stage is None or following is None or following.won:
        return scene.notice(stages.shown(scene, case))
    entry = _entry(scene, rules, case, (stage, following), reason)
    kept = keeping(replace(case, stage=following.id), entry)
    words = scene.say("staged", title=case.title, stage=following.title.of(scene.language))
    notice = Notice(words, "good", buttons=moves.buttons(scene, kept))
    turn = scene.closing(notice) if reason else scene.notice(notice)
    audit = AuditLine(scene.person.id, "override" if reason else "stage", case.id)
    return replace(turn, cases=(kept,), deliveries=(entry,), audit=(audit,))


def _entry(
    scene: Scene, rules: Rulebook, case: Case, between: tuple[Stage, Stage], reason: str
) -> Delivery:
    language, (left, following) = rules.playbook.language, between
    told = [(say(language, "row_left"), left.title.of(language)), *stages.rows(rules, case)]
    told += [(say(language, "override_label"), reason)] if reason else []
    heading = say(language, "note_stage", stage=following.title.of(language))
    return replace(
        about(case, "stage", scene.person, scene.person, Note(heading, tuple(told))),
        stage=following.id,
    )


def overridden(scene: Scene, rules: Rulebook, case: Case, record: dict[str, JsonValue]) -> Turn:
    """Move on although something is missing, with the reason that was given.

    Where the next stage is won, the reason is kept for that: winning asks for more.
    """
    stage, reason = stages.known(rules, case), str(record["reason"])
    following = rules.playbook.next_stage(stage.id, case.team) if stage else None
    if stage is None or following is None or not following.won:
        return advanced(scene, rules, case, reason)
    kept = replace(case, forms={**case.forms, OVERRIDE_WON: record})
    return winning.excused(scene, rules, kept)
