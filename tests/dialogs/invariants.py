"""What must hold after every turn, whatever somebody did: one function for each promise."""

import re
from collections.abc import Iterator

from adapters.slack.modal import page_view
from adapters.slack.outbound import render as slack
from adapters.telegram.outbound import render as telegram
from adapters.telegram.text import units
from bot import codec
from dialogs import tokens
from dialogs.case import Case
from dialogs.crm import Delivery
from dialogs.events import (
    Closed,
    DayBegun,
    Decided,
    Delayed,
    Delivered,
    Enquired,
    Fired,
    Found,
    HandedOver,
    Joined,
    LeadCame,
    LeadGiven,
    LookedUp,
    MeetingEnded,
    MeetingSoon,
    Pressed,
    Refused,
    Shared,
    Submitted,
)
from dialogs.flow import ENDS, REVIEW
from dialogs.keeper_events import Adopted, KeeperEvent
from dialogs.library import Library
from dialogs.reception import OPEN_DIALOGUES
from dialogs.request_events import Informed
from dialogs.shows import (
    Ask,
    Button,
    Card,
    FormErrors,
    FormPage,
    Notice,
    Picture,
    Review,
    Say,
    Show,
)
from dialogs.turns import LIVE, Conversation, Turn
from tests.dialogs.company import Happened, kept
from tests.standins.slack.blocks import check_message, check_view

OF_SOMEBODY_ELSE = Adopted | Decided | HandedOver | Informed | Joined
"""What they have reviewed or pressed in their own chat."""
FROM_CRM = DayBegun | LeadCame | LookedUp | MeetingEnded | MeetingSoon
FROM_COLLEAGUES = Closed | Decided | Enquired | HandedOver | Informed | LeadGiven
UNASKED = Delayed | Delivered | Fired | Found | FROM_COLLEAGUES | FROM_CRM | KeeperEvent | Refused
TELEGRAM_TEXT, TELEGRAM_BUTTONS = 4096, 100
BY_A_BUTTON = frozenset({"take", "give", "adopt"})
"""What a press does that asks nothing: a lead is taken, or given to a colleague; a case is."""
_TOKEN = re.compile(r"token='[^']*'")
_DRAWN: set[int] = set()
"""What was looked at already; only its tokens may differ, which are looked at each time."""


def buttons(show: Show) -> tuple[Button, ...]:
    """Everything in it that can be pressed."""
    match show:
        case Ask():
            return show.choices + show.controls
        case Review():
            return show.controls + tuple(row.edit for row in show.rows)
        case Notice() | Card() | Picture():
            return show.buttons


class Promises:
    """The promises that a library's turns are held to."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def hold(self, happened: Happened) -> None:
        """Fail with the promise that was broken."""
        turn = happened.turn
        assert turn == happened.again, "the same turn twice is not the same"
        self._is_answered(happened)
        self._asks_once(turn)
        self._can_be_written_down(turn)
        self._stands_somewhere(turn.conversation)
        self._saves_after_review_only(happened)
        self._keeps_what_was_said(happened)
        for case in turn.cases:
            self._knows_the_step(case)
        for say in turn.says:
            self._can_be_shown(say)
        if isinstance(turn.reply, FormPage):
            check_view(page_view(turn.reply, None), "modal")

    def _is_answered(self, happened: Happened) -> None:
        turn = happened.turn
        if isinstance(happened.event, UNASKED) or turn.searches or turn.asks or turn.ruling:
            return
        assert turn.says or turn.reply, "nothing was said to that"

    def _asks_once(self, turn: Turn) -> None:
        live = [
            say.address
            for say in turn.says
            if say.slot == LIVE and isinstance(say.show, Ask | Review)
        ]
        assert len(live) == len(set(live)), "somebody is asked twice at once"

    def _can_be_written_down(self, turn: Turn) -> None:
        for how, values in (
            (codec.conversation, (turn.conversation,)),
            (codec.case, turn.cases),
            (codec.approval, turn.approvals),
            (codec.delivery, turn.deliveries),
            (codec.search, turn.searches),
            (codec.said, turn.says),
            (codec.happened, tuple(codec.Happened(one.event, None) for one in turn.tells)),
        ):
            for value in values:
                assert kept(how, value) == value, "read back it is something else"

    def _stands_somewhere(self, conversation: Conversation) -> None:
        assert len(conversation.dialogues) <= OPEN_DIALOGUES
        assert len({one.id for one in conversation.dialogues}) == len(conversation.dialogues)
        for dialogue in conversation.dialogues:
            flow = self.library.of(dialogue.playbook).flows[dialogue.form]
            question = flow.question(dialogue)
            assert dialogue.state not in ENDS
            assert dialogue.state == REVIEW or question is not None, "it stands nowhere"
            assert question is None or question.asked(dialogue.answers)

    def _records(self, before: Conversation) -> bool:
        """Whether a form is open that ends in an entry."""
        if before.active is None:
            return False
        flow = self.library.of(before.active.playbook).flows.get(before.active.form)
        return flow is not None and flow.form.opens not in {"approval", "invitation"}

    def _saves_after_review_only(self, happened: Happened) -> None:
        """An entry comes of a review, a decision, one answer, a press that moves, or a file."""
        if isinstance(happened.event, OF_SOMEBODY_ELSE) or _moves(happened.event):
            return
        if isinstance(happened.event, Shared) and not self._records(happened.before):
            assert all(one.kind == "file" and one.files for one in happened.turn.deliveries)
            return
        before = happened.before.active
        for delivery in happened.turn.deliveries:
            if _by_a_button(delivery) and not isinstance(happened.event, Submitted):
                continue
            assert before is not None
            flow = self.library.of(before.playbook).flows[before.form]
            page = isinstance(happened.event, Submitted) and not flow.form.review
            at_once = not flow.form.review and len(flow.form.questions) == 1
            assert before.state == REVIEW or page or at_once, f"{delivery.kind} was saved unseen"

    def _keeps_what_was_said(self, happened: Happened) -> None:
        """What was refused changes nothing of what had been answered."""
        refused = isinstance(happened.turn.reply, FormErrors) or any(
            isinstance(say.show, Ask | Review) and say.show.refusal for say in happened.turn.says
        )
        at_hand = all(self.library.holds(one.playbook) for one in happened.before.dialogues)
        if refused and at_hand:
            after = _said(happened.turn.conversation)
            for dialogue, said in _said(happened.before).items():
                assert after.get(dialogue) == said, "what was refused changed something"

    def _knows_the_step(self, case: Case) -> None:
        assert case.step in self.library.of(case.playbook).playbook.steps

    def _can_be_shown(self, say: Say) -> None:
        for button in buttons(say.show):
            assert len(button.token.encode()) <= tokens.LIMIT
            assert tokens.read(button.token) is not None
        drawn = hash(_TOKEN.sub("", repr(say.show)))
        if drawn in _DRAWN:
            return
        _DRAWN.add(drawn)
        for problem in _problems(say.show):
            raise AssertionError(problem)


def _moves(event: object) -> bool:
    """A press that moves a case: what it says is all there is to review."""
    token = tokens.read(event.token) if isinstance(event, Pressed) else None
    return isinstance(token, tokens.FreeToken) and token.code in {"move", "onward"}


def _by_a_button(delivery: Delivery) -> bool:
    begun = delivery.errand is not None and delivery.errand.what == "start"
    return begun or delivery.kind in BY_A_BUTTON


def _said(conversation: Conversation) -> dict[str, object]:
    return {one.id: (one.state, one.answers, one.ticked) for one in conversation.dialogues}


def _problems(show: Show) -> Iterator[str]:
    """What a platform would not take of it."""
    drawn = telegram(show)
    if units(drawn.text) > TELEGRAM_TEXT:
        yield "too long for Telegram"
    if sum(map(len, drawn.keyboard)) > TELEGRAM_BUTTONS:
        yield "too many buttons for Telegram"
    check_message(slack(show)[1])
