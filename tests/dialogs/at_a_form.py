"""Somebody at one form of a playbook: the few ways to do something, and the ways out.

Knows neither how they came there (`beginnings`) nor what happens next (`anything`).
"""

from typing import ClassVar

from hypothesis.stateful import RuleBasedStateMachine

from dialogs.events import Event, Pressed, Said
from dialogs.flow import Dialogue
from dialogs.library import Library
from dialogs.people import Address
from dialogs.playbook import Form
from dialogs.shows import Ask, Card, Notice, Review
from dialogs.turns import Turn
from tests.dialogs.company import SAM, Company, own
from tests.dialogs.invariants import Promises, buttons

WAYS_OUT = ("cancel", "abbrechen", "back", "zurück", "help", "hilfe")


class AtAForm(RuleBasedStateMachine):
    """One person at the form, colleagues around them."""

    library: ClassVar[Library]
    form: ClassVar[Form]

    def __init__(self) -> None:
        super().__init__()
        self.promises = Promises(self.library)
        self.company = Company(self.library, self.promises.hold)
        self.me = SAM
        self.at = own("web", "sam")
        self._left: set[object] = set()

    # the few ways to do something

    def _does(self, event: Event, address: Address | None = None) -> Turn:
        turn = self.company.does(self.me.id, event, address or self.at)
        self._leaves()
        return turn

    def _say(self, text: str) -> Turn:
        return self._does(Said(text))

    def _press(self, token: str) -> Turn:
        return self._does(Pressed(token))

    def _active(self) -> Dialogue | None:
        return self.company.conversation(self.me.id).active

    def _there(self, who: str) -> list[str]:
        shown = self.company.shown.get(who, [])[-40:]
        return [button.token for say in shown for button in buttons(say.show)]

    def _cards(self) -> list[str]:
        """Every button of a decision card that anybody was shown; the last one rejects."""
        says = [say for shown in self.company.shown.values() for say in shown[-60:]]
        cards = [say.show for say in says if isinstance(say.show, Card)]
        return [button.token for card in cards for button in card.buttons]

    # what holds at every place

    def _leaves(self) -> None:
        """From here, one input each cancels, goes back and helps. Looked at once for each place."""
        active = self._active()
        shape = active and (active.form, active.state, bool(active.query), len(active.ticked))
        if shape in self._left:
            return
        self._left.add(shape)
        for word in WAYS_OUT:
            turn = self.company.would(self.me.id, Said(word), self._stays())
            self._let_out(word, active, turn)

    def _let_out(self, word: str, active: Dialogue | None, turn: Turn) -> None:
        shown = turn.says[0].show
        left = turn.conversation.dialogues
        if active is None or word in {"help", "hilfe"}:
            assert isinstance(shown, Notice), word
            return
        if word in {"cancel", "abbrechen"}:
            assert active.id not in {one.id for one in left}, "it was not cancelled"
            return
        assert isinstance(shown, Ask | Review)
        assert left[-1].state != active.state or shown.refusal, "there is no way back"

    def _stays(self) -> Address:
        """Where the dialogue stands: elsewhere the first words only bring it along."""
        return self.company.conversation(self.me.id).live or self.at
