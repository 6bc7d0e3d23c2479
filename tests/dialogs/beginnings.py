"""Whatever has to be there before a form can be begun, and the way to its first question.

Reads from the form what opens it; does not know what happens there afterwards.
"""

from dataclasses import replace

from hypothesis.stateful import initialize

from dialogs import tokens
from dialogs.cards import mark
from dialogs.case import Case
from dialogs.events import Invited, LeadCame, LookedUp
from dialogs.lead_lookups import NewLead
from dialogs.lookups import Duty, DutyList
from dialogs.playbook.gates import OVERRIDE_WON
from dialogs.request_events import Requested
from dialogs.turns import Approval, Enquiry, Request
from tests.dialogs.at_a_form import AtAForm
from tests.dialogs.company import GIL, MIA, SAM, TOM, own, with_case
from tests.dialogs.crm_answers import CASE

ASKED = "0" * 25 + "A"
CARDS = 3
"""Questions to management that stand open from the beginning."""
DUTY = Duty(7, "Call them", "2026-11-20", "Ask Ann", 9, "Spare parts", "Airbus", 2, "https://a/9")
LEAD = NewLead(9, "Fair", "Ann", "Airbus", "ann@example.com", "0351 1234567", text="x" * 900)


class Begun(AtAForm):
    """One person who was brought to the form's first question."""

    @initialize()
    def begin(self) -> None:  # noqa: C901 - one way for each thing that a form opens
        """Come to the form's first question, whichever way leads there."""
        match self.form.opens:
            case "case":
                self._say(self.form.words["en"][0])
            case "open_case":
                self._excused(with_case(self.company, SAM, self._step(), CASE))
                self._say(self.form.words["en"][0])
            case "any_case":
                with_case(self.company, SAM, self._step(), CASE)
                self._say(self.form.words["en"][0])
                self._hears_what_was_asked()
            case "approval" | "enquiry":
                self._asked_to_decide()
            case "reply":
                self._asked_back()
            case "handover":
                self._asked_to_take_over()
            case "task":
                self.company.does(
                    SAM.id, LookedUp("duty", f"7:{self.form.id}:{TOM.id}", DutyList((DUTY,)))
                )
            case "lead":
                self.company.does(SAM.id, LeadCame(LEAD, (SAM.id, MIA.id)))
                self._press(tokens.free(SAM.id, "lno", str(LEAD.id)))
            case "invitation":
                self._is_invited()
            case "request":
                self._is_asked()
            case "requested":
                self._has_asked()
        assert self._active() is not None, f"nothing leads into {self.form.id}"

    def _step(self) -> str:
        life = self.library.current.lifecycle
        steps = self.library.current.playbook.steps
        return next(step for step in steps if life.fits(self.form, step))

    def _first_step(self) -> str:
        return next(iter(self.library.current.playbook.steps))

    def _excused(self, case: Case) -> None:
        """Somebody has said why it may be won with criteria that are not met."""
        forms = {OVERRIDE_WON: {"reason": "Agreed with the customer"}}
        self.company.cases[case.id] = replace(case, forms=forms)

    def _is_invited(self) -> None:
        """A colleague's question, and the press on one of its answers."""
        case = with_case(self.company, TOM, self._first_step(), CASE)
        for number in range(CARDS):
            event = Invited(f"{ASKED}{number}"[1:], case.id, TOM.id, case.title)
            self.company.does(self.me.id, event)
        self._press(self._there(self.me.id)[-1])

    def _is_asked(self) -> None:
        """Questions of colleagues, and the press on one of the answers."""
        case = with_case(self.company, TOM, self._first_step(), CASE)
        for number in range(CARDS):
            event = Requested(f"{ASKED}{number}"[1:], case.id, TOM.id, case.title, "Who pays?")
            self.company.does(self.me.id, event)
        self._press(self._there(self.me.id)[-1])

    def _has_asked(self) -> None:
        """Their own questions to somebody without a chat, and the press that enters an answer."""
        case = with_case(self.company, SAM, self._first_step(), CASE)
        talk = self.company.conversation(SAM.id)
        asked = tuple(
            Request(f"{ASKED}{one}"[1:], case.id, case.title, "Ann", "Who?", 0, of_colleague=False)
            for one in range(CARDS)
        )
        self.company.conversations[SAM.id] = replace(talk, requested=asked)
        self._press(tokens.free(SAM.id, "heard", asked[-1].id))

    def _hears_what_was_asked(self) -> None:
        """The answers to lookups, as the CRM gives them on a good day."""
        while self.company.asks:
            self.company.answers_lookups()

    def _asked_to_decide(self) -> None:
        """Questions to management, and the press on a card that leaves most to be asked."""
        for number in range(CARDS):
            step = self.library.current.playbook.decision.step
            case = with_case(self.company, TOM, step, f"{CASE}{number}"[1:])
            name = ASKED if not number else f"{ASKED}{number}"[1:]
            shown = mark(self.library.current, case)
            self.company.approvals[name] = Approval(name, case, case.owner, mark=shown)
        self.me, self.at = MIA, own("web", "mia")
        self._say("pending")
        way = {"approval": ".rejected.", "enquiry": ".ask."}[self.form.opens]
        self._press([one for one in self._cards() if way in one][-1])

    def _asked_back(self) -> None:
        """A question of one's own that management wants to know more about, several times."""
        case = with_case(self.company, SAM, self.library.current.playbook.decision.step, CASE)
        asks = tuple(Enquiry(MIA.id, f"Why {number}?") for number in range(CARDS))
        shown = mark(self.library.current, case)
        self.company.approvals[ASKED] = Approval(ASKED, case, SAM.id, mark=shown, enquiries=asks)
        self._press(tokens.free(SAM.id, "reply", ASKED, "0"))

    def _asked_to_take_over(self) -> None:
        """Customers that are to be handed over to them, and the press that asks most."""
        playbook = self.library.current.playbook
        step = next(one for one in playbook.steps.values() if one.hands_over)
        for number in range(CARDS):
            case = with_case(self.company, TOM, step.id, f"{CASE}{number}"[1:])
            name = f"{ASKED}{number}"[1:]
            self.company.approvals[name] = Approval(
                name, case, case.owner, kind="handover", target=playbook.handover[0].id
            )
        self.me, self.at = GIL, own("web", "gil")
        self._press(tokens.card(name, "declined", ""))
