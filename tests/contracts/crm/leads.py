"""Activities and leads that people made: seen to, taken, closed, found again; never trampled on."""

import secrets
from dataclasses import replace
from time import time_ns
from typing import Any

import pytest

from dialogs.crm import Activity, Claim, Closing, Delivery, Errand, Note, Overtaken, Staff, Value
from dialogs.errors import CrmRefused
from dialogs.lead_lookups import DuplicateList, Duplicates, NewLeadList, NewLeads
from dialogs.lookups import STARTED, Duties, Duty, DutyList
from tests.contracts.crm.closings import REASON
from tests.contracts.crm.wishes import at_once, deliver, new_case, plain, until_it_stands
from tests.contracts.crm.world import SAM, SOFIA, World

SALESMAN = "sales_team.group_sale_salesman"
FAR = "2099-12-31"


def duties(world: World, seller: Staff) -> tuple[Duty, ...]:
    answer = world.crm.look_up(Duties(seller, FAR))
    assert isinstance(answer, DutyList)
    return answer.duties


def has_to(world: World, seller: Staff, summary: str = "Call them") -> Duty:
    """An activity that this seller has to see to, as somebody else put it into the CRM."""
    one = plain(
        new_case(), owner=seller, author=seller, activity=Activity(summary, "2026-12-20", "Ask Ann")
    )
    deliver(world.crm, one)
    return next(duty for duty in duties(world, seller) if duty.summary == summary)


def errand(seller: Staff, duty: Duty, what: Any, **more: Any) -> Delivery:
    return Delivery(
        key=f"o{duty.opportunity}-task-{new_case()}",
        case=f"o{duty.opportunity}",
        kind="task",
        author=seller,
        owner=seller,
        title=duty.title,
        customer=None,
        note=Note("Task", (("Task", duty.summary),)),
        lead=duty.opportunity,
        errand=Errand(duty.id, what, duty.summary, duty.due, **more),
    )


def taking(lead: int, who: Staff, **more: Any) -> Delivery:
    facts: dict[str, Any] = {"lead": lead, "customer": None, "claim": Claim()}
    facts |= {"owner": who, "author": who, "key": f"o{lead}-take-{new_case()}"}
    return plain(f"o{lead}", **(facts | more))


class Errands:
    @pytest.fixture
    def seller(self, world: World) -> Staff:
        return world.hire(f"Tess {secrets.token_hex(4)}", SALESMAN)

    def test_a_task_is_completed_with_its_result_and_day(self, world: World, seller: Staff) -> None:
        duty = has_to(world, seller)
        done = errand(seller, duty, "complete", result="They buy", day="2026-12-18")
        receipt = deliver(world.crm, done)
        assert (receipt.opportunity, receipt.overtaken) == (duty.opportunity, None)
        assert duties(world, seller) == ()
        assert world.completed(duty.opportunity) == {"Call them": ("They buy", "2026-12-18")}
        assert len(world.see(duty.opportunity).notes) == 2

    def test_a_task_is_seen_to_exactly_once(self, world: World, seller: Staff) -> None:
        duty = has_to(world, seller)
        done = errand(seller, duty, "complete", result="They buy", day="2026-12-18")
        first = deliver(world.crm, done)
        assert world.crm.deliver(done, fresh=False) == first
        assert world.restarted().deliver(done, fresh=False).overtaken is None
        assert len(world.see(duty.opportunity).notes) == 2

    def test_a_task_is_seen_to_once_by_many_at_once(self, world: World, seller: Staff) -> None:
        duty = has_to(world, seller)
        done = errand(seller, duty, "complete", result="They buy", day="2026-12-18")
        receipts = at_once([lambda: until_it_stands(world.crm, done)] * 4)
        assert {one.overtaken for one in receipts} == {None}
        assert len(world.see(duty.opportunity).notes) == 2

    def test_a_task_is_moved_begun_and_handed_on(self, world: World, seller: Staff) -> None:
        duty = has_to(world, seller)
        deliver(world.crm, errand(seller, duty, "reschedule", day="2027-01-10"))
        (moved,) = duties(world, seller)
        assert moved.due == "2027-01-10"
        deliver(world.crm, errand(seller, moved, "start"))
        (begun,) = duties(world, seller)
        assert begun.summary == f"{STARTED}Call them"
        colleague = world.hire(f"Tom {secrets.token_hex(4)}", SALESMAN)
        deliver(world.crm, errand(seller, begun, "hand_on", to=colleague))
        assert duties(world, seller) == ()
        (given,) = duties(world, colleague)
        assert (given.id, given.due) == (duty.id, "2027-01-10")

    def test_what_a_person_did_meanwhile_stays(self, world: World, seller: Staff) -> None:
        duty = has_to(world, seller)
        deliver(world.crm, errand(seller, duty, "reschedule", day="2027-01-10"))
        late = errand(seller, duty, "reschedule", day="2027-02-01")
        assert deliver(world.crm, late).overtaken == Overtaken("moved", "2027-01-10")
        (now,) = duties(world, seller)
        assert now.due == "2027-01-10"
        colleague = world.hire(f"Tom {secrets.token_hex(4)}", SALESMAN)
        deliver(world.crm, errand(seller, now, "hand_on", to=colleague))
        over = deliver(world.crm, errand(seller, now, "complete", day="2026-12-18")).overtaken
        assert over == Overtaken("given", colleague.name)
        (theirs,) = duties(world, colleague)
        deliver(world.crm, errand(colleague, theirs, "complete", day="2026-12-18"))
        again = errand(colleague, theirs, "complete", day="2026-12-18")
        assert deliver(world.crm, again).overtaken == Overtaken("done")
        world.delete(duty.opportunity)
        assert deliver(world.crm, replace(again, key=f"{again.key}2")).overtaken == Overtaken(
            "gone"
        )

    def test_long_lists_come_in_parts_and_one_can_be_asked_for(
        self, world: World, seller: Staff
    ) -> None:
        for number in range(3):
            has_to(world, seller, f"Call {number}")
        first = world.crm.look_up(Duties(seller, FAR, limit=2))
        rest = world.crm.look_up(Duties(seller, FAR, limit=2, skip=2))
        assert isinstance(first, DutyList)
        assert isinstance(rest, DutyList)
        assert [len(first.duties), first.more, first.skipped] == [2, 1, 0]
        assert [len(rest.duties), rest.more, rest.skipped] == [1, 0, 2]
        (only,) = rest.duties
        one = world.crm.look_up(Duties(seller, "2000-01-01", only=only.id))
        assert one == DutyList((only,))
        assert world.crm.look_up(Duties(SOFIA, FAR, only=only.id)) == DutyList(())


class Leads:
    def test_a_lead_that_came_in_is_told_once_it_is_there(self, world: World) -> None:
        since = time_ns() // 1_000_000 - 5_000
        name = f"Fair {secrets.token_hex(4)}"
        lead = world.comes_in(name, email="ann@example.com", phone="+49 30 1234567")
        deliver(world.crm, plain(new_case()))
        answer = world.crm.look_up(NewLeads(since))
        assert isinstance(answer, NewLeadList)
        told = {one.id: one for one in answer.leads}
        assert told[lead].title == name
        assert (told[lead].email, told[lead].owner) == ("ann@example.com", "")
        assert told[lead].url.endswith(str(lead))
        assert not any(one.title.startswith("Title T") for one in told.values())
        assert world.crm.look_up(NewLeads(since + 60_000_000)) == NewLeadList(())

    def test_a_lead_gets_the_owner_who_takes_it(self, world: World) -> None:
        lead = world.comes_in(f"Fair {secrets.token_hex(4)}")
        taken = taking(lead, SAM)
        assert deliver(world.crm, taken).opportunity == lead
        assert world.see(lead).owner == "Sam Sales"
        assert deliver(world.crm, taking(lead, SOFIA)).overtaken == Overtaken("taken", "Sam Sales")
        assert world.see(lead).owner == "Sam Sales"
        assert world.crm.deliver(taken, fresh=False).overtaken is None
        over = replace(taking(lead, SOFIA), claim=Claim("Sam Sales"))
        assert deliver(world.crm, over).overtaken is None
        assert world.see(lead).owner == "Sofia Sales"

    def test_what_comes_later_goes_to_the_lead_that_was_there(self, world: World) -> None:
        lead = world.comes_in(f"Fair {secrets.token_hex(4)}")
        first = taking(lead, SAM)
        deliver(world.crm, first)
        later = plain(
            first.case,
            lead=lead,
            after=(first.key,),
            opportunity={"x_dealdesk_t_integer": Value(7, "7")},
            activity=Activity("Call them", "2026-12-28"),
        )
        receipt = world.restarted().deliver(later, fresh=True)
        assert receipt.opportunity == lead
        assert receipt.customer is not None
        seen = world.see(lead)
        assert seen.fields == {"x_dealdesk_t_integer": 7}
        assert seen.activities == {"Call them": False}
        assert len(seen.notes) == 2

    def test_a_lead_is_declined_with_a_reason(self, world: World) -> None:
        lead = world.comes_in(f"Fair {secrets.token_hex(4)}")
        deliver(world.crm, taking(lead, SAM, closing=Closing("lost", REASON)))
        assert world.declined(lead) == REASON["en"]
        over = deliver(world.crm, taking(lead, SAM)).overtaken
        assert over == Overtaken("closed")

    def test_a_lead_that_was_deleted_is_not_made_again(self, world: World) -> None:
        lead = world.comes_in(f"Fair {secrets.token_hex(4)}")
        world.delete(lead)
        assert deliver(world.crm, taking(lead, SAM)).overtaken == Overtaken("gone")
        with pytest.raises(CrmRefused):
            deliver(world.crm, plain(f"o{lead}", lead=lead))

    def test_where_it_comes_from_is_kept_by_name_and_not_made_twice(self, world: World) -> None:
        name = f"Fair {secrets.token_hex(4)}"
        values = {one: Value(name, name) for one in ("source_id", "medium_id", "campaign_id")}
        for crm in (world.crm, world.restarted()):
            lead = deliver(crm, plain(new_case(), opportunity=values)).opportunity
            assert world.came_by(lead) == (name, name, name)

    def test_a_lead_is_known_again_by_mail_phone_and_name(self, world: World) -> None:
        mark = secrets.token_hex(4)
        number = f"+49 351 {int(mark, 16):010d}"
        values = {
            "contact_name": Value(f"Ann {mark}", f"Ann {mark}"),
            "email_from": Value(f"{mark}@example.com", f"{mark}@example.com"),
            "phone": Value(number, number),
            "priority": Value(2, "2"),
        }
        made = deliver(world.crm, plain(new_case(), opportunity=values)).opportunity
        asked = Duplicates(f"{mark}@Example.com", number.replace(" ", ""), f"ann {mark}")
        answer = world.crm.look_up(asked)
        assert isinstance(answer, DuplicateList)
        (found,) = answer.duplicates
        assert (found.id, found.owner, found.open) == (made, "Sam Sales", True)
        assert found.like == ("email", "phone", "name")
        by_phone = world.crm.look_up(Duplicates(phone=f"0{number[4:]}"))
        assert isinstance(by_phone, DuplicateList)
        assert [one.like for one in by_phone.duplicates] == [("phone",)]
        assert world.crm.look_up(Duplicates("%@example.com", "%%%%%%%%", "%")) == DuplicateList(())
        assert world.crm.look_up(Duplicates()) == DuplicateList(())
