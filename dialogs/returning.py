"""What is shown again by itself: where a chat is closed to us, and after we were away.

Knows people's addresses and what is open; whether a chat or a channel works is told by `bot`.
"""

from dataclasses import replace

from dialogs.cards import card_for
from dialogs.events import Returned, Unreached
from dialogs.people import Address, Person
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Notice, Say, Show
from dialogs.turns import LIVE, Approval, Copy, Turn

KEPT_MS = 24 * 3_600_000
"""How long the platforms keep what was written to us while we were away."""


def shown_again(scene: Scene, event: Unreached | Returned) -> Turn:
    return unreached(scene, event) if isinstance(event, Unreached) else returned(scene, event)


def asked(event: Unreached) -> tuple[str, ...]:
    """Id of the question to management whose card could not be shown."""
    kind, _, approval = event.say.slot.partition(":")
    return (approval,) if kind == "card" else ()


def unreached(scene: Scene, event: Unreached) -> Turn:
    """Show it on another channel of the person's; the closed one is the last to be tried again."""
    closed = event.say.address
    audit = (AuditLine(scene.person.id, "unreached", closed.channel),)
    tried = (*event.say.closed, closed.channel)
    other = next((one for one in scene.person.addresses if one.channel not in tried), None)
    if other is None:
        return Turn(scene.conversation, audit=audit)
    home = scene.conversation.address
    moved = scene.conversation
    if home is None or home.channel == closed.channel:
        moved = replace(moved, address=other)
    if event.say.slot == LIVE and moved.live is not None:
        moved = replace(moved, live=other)
    shown = _as_it_stands(scene, event)
    said = replace(event.say, address=other, show=shown, edit=False, above=False, closed=tried)
    copies = _followed(scene, event, other)
    person = _last(scene.person, closed)
    return Turn(moved, (said,), approvals=copies, person=person, audit=audit)


def _as_it_stands(scene: Scene, event: Unreached) -> Show:
    """What could not be shown; a card that asks about what is decided by now tells the verdict."""
    known = next((scene.facts.approvals.get(key) for key in asked(event)), None)
    show = event.say.show
    if known is None or known.status == "open" or show.type != "card" or not show.buttons:
        return show
    return card_for(scene, known, Copy(event.say.address, scene.language)).show


def _followed(scene: Scene, event: Unreached, other: Address) -> tuple[Approval, ...]:
    """An open question whose card went elsewhere: there the verdict has to be shown."""
    known = [scene.facts.approvals.get(key) for key in asked(event)]
    left = {event.say.address.place, other.place}
    return tuple(
        replace(
            one,
            copies=(
                *(copy for copy in one.copies if copy.address.place not in left),
                Copy(other, scene.language),
            ),
        )
        for one in known
        if one is not None and one.status == "open"
    )


def _last(person: Person, closed: Address) -> Person:
    open_ones = tuple(one for one in person.addresses if one.channel != closed.channel)
    shut = tuple(one for one in person.addresses if one.channel == closed.channel)
    return replace(person, addresses=open_ones + shut)


def returned(scene: Scene, event: Returned) -> Turn:
    """Show the cards that wait for a press anew, and tell whom we may have missed."""
    turn = Turn(scene.conversation)
    for approval in scene.facts.approvals.values():
        if approval.status == "open":
            turn = follow(turn, Turn(turn.conversation, _cards(scene, approval, event.channel)))
    if event.away_ms >= KEPT_MS and _has_open(scene, event.channel):
        turn = follow(turn, _missed(scene, event))
    return turn


def _cards(scene: Scene, approval: Approval, channel: str) -> tuple[Say, ...]:
    there = (copy for copy in approval.copies if copy.address.channel == channel)
    return tuple(replace(card_for(scene, approval, copy), above=True) for copy in there)


def _has_open(scene: Scene, channel: str) -> bool:
    home = scene.home
    if home is None or home.channel != channel:
        return False
    return bool(scene.conversation.dialogues or scene.conversation.cases)


def _missed(scene: Scene, event: Returned) -> Turn:
    text = scene.say("was_away", hours=event.away_ms // 3_600_000)
    buttons = tuple(scene.resumes(one) for one in scene.conversation.dialogues)
    return scene.notice(Notice(text, "warning", buttons=buttons or scene.menu()))
