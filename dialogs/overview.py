"""Finding one's cases, and where one of them stands: who is at it, what comes next.

By the list, by a part of the name, by a button. Knows no chat.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dialogs import handover, moves, requests, stages, tokens, withdrawal
from dialogs.answers.hygiene import fold
from dialogs.case import Case
from dialogs.closing import PARKED
from dialogs.library import Library, Rulebook
from dialogs.people import may
from dialogs.phrases import WORDS
from dialogs.playbook import Step
from dialogs.scene import Scene
from dialogs.shows import Button, Link, Notice, Row
from dialogs.turns import CaseRef, Conversation, Turn

MOST = 10
"""Cases in the list; more are found by name."""
FEW = 3
"""Up to so many cases have the buttons of what comes next beside their own."""
LOST = "lost"


def named(text: str, word: str) -> str:
    """The name typed after a word of the desk: `status airbus`; empty where there is none."""
    said = " ".join(text.strip(" /").split())
    for one in sorted(WORDS[word], key=len, reverse=True):
        if said.casefold().startswith(f"{one} "):
            return said[len(one) :].strip()
    return ""


def asked_for(text: str, words: Iterable[str]) -> tuple[str, str]:
    """The word of these that has a name behind it, and the name; both empty where none has."""
    found = ((word, named(text, word)) for word in words)
    return next((pair for pair in found if pair[1]), ("", ""))


def matching(conversation: Conversation, name: str) -> list[CaseRef]:
    """The person's cases with that in their names, however it is spelled; the latest first."""
    wanted = fold(name)
    found = [one for one in reversed(conversation.cases) if wanted in fold(one.title)]
    exact = [one for one in found if fold(one.title) == wanted]
    return exact or found


def status(scene: Scene) -> Turn:
    """The person's open cases, where each stands, what they can do next; and their drafts."""
    cases = _open(scene)
    lost = [one for one in scene.conversation.cases if one not in cases]
    if not cases and not lost and not scene.conversation.dialogues:
        return scene.notice(Notice(scene.say("status_none"), buttons=scene.menu()))
    rows = tuple(Row(one.title, _stands(scene, one)) for one in cases[:MOST])
    text = scene.say("status" if cases else "status_none")
    if len(cases) > MOST:
        text = f"{text}\n{scene.say('more_cases', count=len(cases) - MOST)}"
    buttons = (*_listed(scene, cases), *_drafts(scene), *_lost_button(scene, lost))
    return scene.notice(Notice(text, rows=rows, buttons=buttons))


def open_cases(library: Library, conversation: Conversation) -> list[CaseRef]:
    """Those of the person that are not over; the latest first."""
    return [one for one in reversed(conversation.cases) if not _over(library, one)]


def _open(scene: Scene) -> list[CaseRef]:
    return open_cases(scene.library, scene.conversation)


def _over(library: Library, ref: CaseRef) -> bool:
    step = library.current.playbook.steps.get(ref.step)
    return step is not None and step.over


def _stands(scene: Scene, ref: CaseRef) -> str:
    playbook = scene.library.current.playbook
    step = playbook.steps.get(ref.step)
    if step is None:
        return ref.step
    title = step.title.of(scene.language)
    if step.responsible != "management":
        return title
    return scene.say("case_at", step=title, who=scene.say("management"))


def _listed(scene: Scene, cases: list[CaseRef]) -> Iterator[Button]:
    for ref in cases[:FEW] if len(cases) <= FEW else ():
        if withdrawable(scene, ref):
            yield withdrawal.button(scene, ref)
        if _hands_over(scene, ref):
            yield handover.button(scene, ref)
        yield from _next_form(scene, ref)
    for ref in cases[:MOST]:
        yield _button(scene, ref)


def withdrawable(scene: Scene, ref: CaseRef) -> bool:
    decided_at = scene.library.current.playbook.decision.step
    return bool(ref.approval) and ref.step == decided_at and scene.may("withdraw")


def _hands_over(scene: Scene, ref: CaseRef) -> bool:
    """It waits for the group, and another target can be asked."""
    step = scene.library.current.playbook.steps.get(ref.step)
    return step is not None and step.hands_over and scene.may("hand_over")


def _next_form(scene: Scene, ref: CaseRef) -> Iterator[Button]:
    for form in moves.going_on(scene, ref)[:1]:
        title = f"{form.title.of(scene.language)}: {ref.title}"
        yield scene.starts(form, ref.id, title)


def _button(scene: Scene, ref: CaseRef, code: str = "case") -> Button:
    return Button(ref.title, tokens.free(scene.conversation.id, code, ref.id))


def choosing(scene: Scene, cases: Sequence[CaseRef], code: str) -> Turn:
    """Ask which case is meant; the press carries that code."""
    buttons = tuple(_button(scene, one, code) for one in cases[:MOST])
    return scene.notice(Notice(scene.say("which_case"), buttons=buttons))


def _drafts(scene: Scene) -> Iterator[Button]:
    return (scene.resumes(one) for one in scene.conversation.dialogues)


def _lost_button(scene: Scene, lost: list[CaseRef]) -> Iterator[Button]:
    if lost:
        token = tokens.free(scene.conversation.id, LOST)
        yield Button(scene.say("lost_ones", count=len(lost)), token)


def lost_list(scene: Scene) -> Turn:
    """The cases that can be taken up again."""
    found = [one for one in reversed(scene.conversation.cases) if _over(scene.library, one)]
    if not found:
        return status(scene)
    buttons = tuple(_button(scene, one) for one in found[:MOST])
    return scene.notice(Notice(scene.say("lost_list"), buttons=buttons))


def by_name(scene: Scene, name: str) -> Turn:
    """The one case with that name, or those to choose from."""
    found = matching(scene.conversation, name)
    if not found:
        buttons = (*(_button(scene, one) for one in _open(scene)[:MOST]), *scene.menu())
        return scene.notice(Notice(scene.say("no_such_case", name=name), "warning", (), buttons))
    if len(found) > 1:
        return choosing(scene, found, "case")
    return one_case(scene, found[0].id)


def one_case(scene: Scene, case_id: str) -> Turn:
    """Where one case stands, who is at it, what comes next, with all that can be done."""
    case = scene.facts.cases.get(case_id)
    if case is None or case.closed or case.owner != scene.person.id:
        return moves.gone(scene)
    rules = scene.library.of(case.playbook)
    refs = [one for one in scene.conversation.cases if one.id == case.id]
    buttons = (
        *(withdrawal.button(scene, one) for one in refs if withdrawable(scene, one)),
        *moves.buttons(scene, case),
        *requests.buttons(scene, case),
        *moves.beside(scene, case),
    )
    link = Link(scene.say("open_crm"), case.url) if case.url else None
    return scene.notice(
        Notice(case.title, rows=tuple(_facts(scene, rules, case)), buttons=buttons, link=link)
    )


def _facts(scene: Scene, rules: Rulebook, case: Case) -> Iterator[Row]:
    step = rules.playbook.steps[case.step]
    yield Row(scene.say("row_step"), _step(scene, rules, step))
    yield Row(scene.say("row_who"), _who(scene, case, step))
    if case.since:
        since = datetime.fromtimestamp(case.since / 1000, ZoneInfo(scene.person.zone))
        yield Row(scene.say("row_since"), scene.day(since.date()))
    if following := _following(scene, rules, step):
        yield Row(scene.say("row_next"), following)
    if case.rounds:
        yield Row(scene.say("row_round"), str(case.rounds))
    if step.outcome == PARKED and case.parked_until:
        yield Row(scene.say("row_until"), scene.day(date.fromisoformat(case.parked_until)))
    yield from _stage(scene, rules, case)
    yield from requests.rows(scene, requests.waiting(scene, case.id))


def _step(scene: Scene, rules: Rulebook, step: Step) -> str:
    title = step.title.of(scene.language)
    process = rules.playbook.process_of(step.id)
    if process is rules.playbook.case_process:
        return title
    return scene.say("in_process", process=process.title.of(scene.language), step=title)


def _who(scene: Scene, case: Case, step: Step) -> str:
    people = scene.facts.people.persons
    owner = people.get(case.owner)
    if step.responsible != "management":
        return owner.name if owner else "?"
    four_eyes = scene.library.of(case.playbook).playbook.decision.four_eyes
    barred = case.owner if four_eyes else ""
    names = [one.name for one in people.values() if may(one, "decide", owner=barred)]
    return ", ".join(names) or scene.say("management")


def _following(scene: Scene, rules: Rulebook, step: Step) -> str:
    """The steps that a case goes to from here when nothing goes amiss."""
    steps = rules.playbook.steps
    ahead = [steps[one] for how, one in step.then.items() if one in steps and how != "rejected"]
    titles = (one.title.of(scene.language) for one in ahead if one.outcome in {"", "won"})
    return " / ".join(dict.fromkeys(titles))


def _stage(scene: Scene, rules: Rulebook, case: Case) -> Iterator[Row]:
    stage = rules.playbook.stage_by_id.get(case.stage)
    if stage is None:
        return
    yield Row(scene.say("row_stage"), stage.title.of(scene.language))
    found = stages.met(rules, case, stage, scene.language)
    if found and not rules.playbook.steps[case.step].over:
        met = sum(1 for _, how in found if how)
        value = scene.say("criteria_met", met=met, all=len(found))
        yield Row(scene.say("row_criteria"), value)
