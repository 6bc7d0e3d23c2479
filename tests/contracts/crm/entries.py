"""Deliveries make what they say, exactly once, and leave people's own work alone."""

from datetime import UTC, datetime

import pytest

from dialogs.crm import Activity, Customer, Hands, Meeting, Note, Staff, Value
from dialogs.errors import CrmRefused
from tests.contracts.crm.wishes import (
    assess,
    at_once,
    deliver,
    hand_over,
    new_case,
    plain,
    record,
    take_over,
    until_it_stands,
)
from tests.contracts.crm.world import SAM, SOFIA, SeenMeeting, World


class Entries:
    def test_a_first_delivery_makes_everything_it_brings(self, world: World) -> None:
        case = new_case()
        receipt = deliver(world.crm, record(case, stage="qualification", tag=f"Tag {case}"))
        seen = world.see(receipt.opportunity)
        assert seen.title == f"Title {case}"
        assert seen.owner == "Sam Sales"
        assert seen.stage == "Qualified"
        assert seen.tags == (f"Tag {case}",)
        assert seen.customer == receipt.customer
        assert seen.fields == {"x_dealdesk_t_char": "typed"}
        start = datetime(2026, 12, 24, 13, tzinfo=UTC)
        assert seen.meetings == (
            SeenMeeting("First meeting", start, 90, "Hamburg", held="Took place: Yes"),
        )
        assert seen.activities == {"Assess it": False}
        (note,) = seen.notes
        assert note.author == "Sam Sales"
        assert note.text == "Appointment record\nContent: First line\nsecond line"

    def test_a_hand_over_gives_the_opportunity_to_its_new_owner_and_team(
        self, world: World
    ) -> None:
        case = new_case()
        deliver(world.crm, record(case))
        receipt = deliver(world.crm, hand_over(case, SOFIA))
        seen = world.see(receipt.opportunity)
        assert (seen.owner, seen.team) == ("Sofia Sales", "Group desk")
        assert seen.doers == {"Assess it": "Sam Sales", "Take over": "Sofia Sales"}
        assert {note.author for note in seen.notes} == {"Sam Sales", "Sofia Sales"}

    def test_who_takes_a_case_over_gets_what_is_still_to_be_done(self, world: World) -> None:
        case = new_case()
        deliver(world.crm, record(case))
        deliver(world.crm, assess(case))
        made = take_over(case, SOFIA, number=1)
        receipt = deliver(world.crm, made)
        assert world.see(receipt.opportunity).owner == "Sofia Sales"
        doers = {"Assess it": "Sam Sales", "Decide on it": "Sofia Sales"}
        assert world.see(receipt.opportunity).doers == doers
        back = take_over(case, SAM, number=2, hands=Hands((f"{case}-assess-1",), SOFIA))
        deliver(world.crm, back)
        world.restarted().deliver(made, fresh=False)
        seen = world.see(receipt.opportunity)
        assert (seen.owner, seen.doers["Decide on it"]) == ("Sam Sales", "Sam Sales")
        assert len(seen.notes) == 4

    def test_what_people_gave_to_somebody_else_is_not_taken_over(self, world: World) -> None:
        case = new_case()
        deliver(world.crm, record(case))
        receipt = deliver(
            world.crm, take_over(case, SOFIA, hands=Hands((f"{case}-record-1",), SOFIA))
        )
        seen = world.see(receipt.opportunity)
        assert (seen.owner, seen.doers) == ("Sofia Sales", {"Assess it": "Sam Sales"})

    def test_a_hand_over_told_again_takes_nothing_back_that_people_changed(
        self, world: World
    ) -> None:
        case = new_case()
        deliver(world.crm, record(case))
        made = hand_over(case, SOFIA)
        receipt = deliver(world.crm, made)
        world.edit(receipt.opportunity, "Renamed", SAM, "typed")
        deliver(world.restarted(), made)
        seen = world.see(receipt.opportunity)
        assert (seen.owner, len(seen.notes)) == ("Sam Sales", 2)

    def test_a_hand_over_to_a_team_that_is_not_there_says_what_to_do(self, world: World) -> None:
        case = new_case()
        receipt = deliver(world.crm, record(case))
        with pytest.raises(CrmRefused, match=r"no sales team 'Nowhere'.*setup"):
            deliver(world.crm, hand_over(case, SOFIA, team="Nowhere"))
        assert world.see(receipt.opportunity).owner == "Sam Sales"

    def test_it_can_be_asked_whether_a_delivery_was_made(self, world: World) -> None:
        case = new_case()
        made = plain(case)
        assert not world.crm.stands(made.key)
        deliver(world.crm, made)
        assert world.crm.stands(made.key)

    def test_the_least_delivery_makes_an_opportunity_with_a_note(self, world: World) -> None:
        receipt = deliver(world.crm, plain(new_case(), customer=None))
        seen = world.see(receipt.opportunity)
        assert (seen.customer, receipt.customer) == (None, None)
        assert (len(seen.notes), seen.meetings, seen.activities) == (1, (), {})

    def test_the_receipt_leads_to_the_opportunity(self, world: World) -> None:
        receipt = deliver(world.crm, plain(new_case()))
        assert receipt.url.endswith(f"/{receipt.opportunity}")

    def test_a_later_delivery_of_the_case_goes_to_the_same_opportunity(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        second = deliver(world.crm, assess(case, stage="proposition", tag=f"Tag {case}"))
        assert (second.opportunity, second.customer) == (first.opportunity, first.customer)
        seen = world.see(first.opportunity)
        assert seen.fields == {"x_dealdesk_t_char": "typed", "x_dealdesk_t_integer": 7}
        assert seen.stage == "Proposition"
        assert seen.activities == {"Assess it": True, "Decide on it": False}
        assert len(seen.meetings) == 1
        assert len(seen.notes) == 2

    def test_without_a_stage_the_stage_stays(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, record(case, stage="qualification"))
        deliver(world.crm, assess(case))
        assert world.see(first.opportunity).stage == "Qualified"

    def test_a_tag_is_added_to_those_that_are_there(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, plain(case, tag=f"One {case}"))
        deliver(world.crm, plain(case, number=2, tag=f"Two {case}"))
        assert set(world.see(first.opportunity).tags) == {f"One {case}", f"Two {case}"}

    def test_a_repeated_delivery_changes_nothing(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        before = world.see(first.opportunity)
        assert world.crm.deliver(record(case), fresh=False) == first
        assert world.restarted().deliver(record(case), fresh=False) == first
        assert world.see(first.opportunity) == before

    def test_a18_a_repeated_delivery_keeps_what_people_changed(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        world.edit(first.opportunity, f"Renamed {case}", SOFIA, "by hand")
        world.delete_activities(first.opportunity)
        changed = world.see(first.opportunity)
        world.crm.deliver(record(case), fresh=False)
        world.restarted().deliver(record(case), fresh=False)
        assert world.see(first.opportunity) == changed
        assert changed.fields == {"x_dealdesk_t_char": "by hand"}

    @pytest.mark.parametrize("process", ["same", "new"])
    def test_a18_a_later_delivery_keeps_title_owner_and_company(
        self, world: World, process: str
    ) -> None:
        case = new_case()
        first = deliver(world.crm, plain(case))
        world.edit(first.opportunity, f"Renamed {case}", SOFIA, "by hand")
        crm = world.crm if process == "same" else world.restarted()
        deliver(crm, plain(case, number=2, customer=Customer(f"Other {case}")))
        seen = world.see(first.opportunity)
        assert seen.title == f"Renamed {case}"
        assert seen.owner == "Sofia Sales"
        assert seen.customer == first.customer
        assert seen.fields == {"x_dealdesk_t_char": "by hand"}
        assert len(seen.notes) == 2
        assert world.companies(f"Other {case}") == 0

    def test_a_case_without_company_can_get_one_later(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, plain(case, customer=None))
        second = deliver(world.crm, plain(case, number=2))
        assert second.opportunity == first.opportunity
        assert world.see(first.opportunity).customer == second.customer is not None
        assert world.companies(f"Company {case}") == 1

    @pytest.mark.parametrize("company", ["new", "none"])
    def test_a4_one_key_from_many_threads_makes_one_of_each(
        self, world: World, company: str
    ) -> None:
        case = new_case()
        wish = record(case, customer=Customer(f"Company {case}") if company == "new" else None)
        others = [world.crm, world.restarted(), world.crm, world.restarted()]
        calls = [lambda crm=crm: until_it_stands(crm, wish) for crm in others]
        receipts = at_once(calls)
        assert len(set(receipts)) == 1
        seen = world.see(receipts[0].opportunity)
        assert (len(seen.notes), len(seen.meetings), len(seen.activities)) == (1, 1, 1)
        assert world.opportunities(f"Title {case}") == 1
        assert world.companies(f"Company {case}") == (1 if company == "new" else 0)

    def test_a12_a_deleted_opportunity_is_not_made_again(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        world.delete(first.opportunity)
        for crm in (world.crm, world.restarted()):
            with pytest.raises(CrmRefused, match="deleted"):
                deliver(crm, assess(case))
        assert world.opportunities(f"Title {case}") == 0

    def test_a_case_whose_first_delivery_was_given_up_goes_on(self, world: World) -> None:
        case = new_case()
        receipt = deliver(world.crm, assess(case))
        assert world.see(receipt.opportunity).activities == {"Decide on it": False}


class Activities:
    @pytest.mark.parametrize("process", ["same", "new"])
    def test_what_a_delivery_finishes_is_done(self, world: World, process: str) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        crm = world.crm if process == "same" else world.restarted()
        deliver(crm, assess(case, activity=None))
        assert world.see(first.opportunity).activities == {"Assess it": True}

    @pytest.mark.parametrize("process", ["same", "new"])
    def test_the_next_one_is_open_beside_the_finished(self, world: World, process: str) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        deliver(world.crm, assess(case))
        crm = world.crm if process == "same" else world.restarted()
        keys = (f"{case}-record-1", f"{case}-assess-1")
        deliver(crm, assess(case, number=2, finishes=keys, activity=Activity("Last", "2027-01-04")))
        expected = {"Assess it": True, "Decide on it": True, "Last": False}
        assert world.see(first.opportunity).activities == expected

    @pytest.mark.parametrize("process", ["same", "new"])
    def test_one_that_is_gone_is_no_reason_to_refuse(self, world: World, process: str) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        world.delete_activities(first.opportunity)
        crm = world.crm if process == "same" else world.restarted()
        deliver(crm, assess(case, activity=None))
        assert world.see(first.opportunity).activities == {}

    def test_one_that_never_was_is_no_reason_to_refuse(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        deliver(world.crm, assess(case, finishes=(f"{case}-record-1", f"{case}-lead-1")))
        expected = {"Assess it": True, "Decide on it": False}
        assert world.see(first.opportunity).activities == expected


class Times:
    @pytest.mark.parametrize(
        ("start", "utc"),
        [
            ("2026-07-01T09:30:00+02:00", datetime(2026, 7, 1, 7, 30, tzinfo=UTC)),
            ("2026-12-24T23:30:00-05:00", datetime(2026, 12, 25, 4, 30, tzinfo=UTC)),
            ("2026-10-25T02:30:00+02:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
            ("2026-10-25T02:30:00+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
            ("2026-03-29T03:00:00+02:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ],
        ids=["summer", "another day here", "first of two", "second of two", "hour that is missing"],
    )
    def test_a22_a_meeting_begins_at_that_very_moment(
        self, world: World, start: str, utc: datetime
    ) -> None:
        receipt = deliver(world.crm, plain(new_case(), meeting=Meeting("Here", start, 45)))
        assert world.see(receipt.opportunity).meetings == (SeenMeeting("Here", utc, 45, ""),)


class Authors:
    def test_an_author_whom_the_crm_does_not_know_is_named(self, world: World) -> None:
        stranger = Staff("Petra Project", "petra@nowhere.example")
        wish = plain(new_case(), author=stranger, note=Note("Remark", (("Text", "seen"),)))
        (note,) = world.see(deliver(world.crm, wish).opportunity).notes
        assert "Petra Project" in f"{note.author} {note.text}"
        assert "Text: seen" in note.text

    def test_a_note_is_its_authors_not_the_owners(self, world: World) -> None:
        receipt = deliver(world.crm, plain(new_case(), author=SOFIA))
        seen = world.see(receipt.opportunity)
        assert seen.owner == "Sam Sales"
        assert [note.author for note in seen.notes] == ["Sofia Sales"]

    def test_a_login_finds_the_colleague(self, world: World) -> None:
        found = world.crm.staff("sofia@example.com")
        assert found is not None
        assert (found.name, found.login) == ("Sofia Sales", "sofia@example.com")
        by_number = Staff("Sofia Sales", None, found.user)
        receipt = deliver(world.crm, plain(new_case(), author=by_number, owner=by_number))
        assert world.see(receipt.opportunity).owner == "Sofia Sales"

    @pytest.mark.parametrize("login", ["nobody@example.com", "", "%", "sofia%"])
    def test_an_unknown_login_finds_nobody(self, world: World, login: str) -> None:
        assert world.crm.staff(login) is None


class Values:
    def test_each_type_holds_its_value(self, world: World) -> None:
        values = {
            "x_dealdesk_t_char": Value("a", "as text"),
            "x_dealdesk_t_text": Value("a\nb", "a\nb"),
            "x_dealdesk_t_integer": Value("12", "12"),
            "x_dealdesk_t_float": Value("1250.50", "1.250,50 €"),
            "x_dealdesk_t_boolean": Value(value=True, text="ja"),
            "x_dealdesk_t_date": Value("2026-11-21", "21. November 2026"),
            "x_dealdesk_t_datetime": Value("2026-11-21T10:00:00+01:00", "21.11. 10 Uhr"),
            "x_dealdesk_t_selection": Value("stop", "Halt"),
        }
        receipt = deliver(world.crm, plain(new_case(), opportunity=values))
        assert world.see(receipt.opportunity).fields == {
            "x_dealdesk_t_char": "as text",
            "x_dealdesk_t_text": "a\nb",
            "x_dealdesk_t_integer": 12,
            "x_dealdesk_t_float": 1250.5,
            "x_dealdesk_t_boolean": True,
            "x_dealdesk_t_date": "2026-11-21",
            "x_dealdesk_t_datetime": datetime(2026, 11, 21, 9, tzinfo=UTC),
            "x_dealdesk_t_selection": "stop",
        }

    def test_an_empty_answer_empties_the_field(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        deliver(
            world.crm, plain(case, number=2, opportunity={"x_dealdesk_t_char": Value(None, "")})
        )
        assert world.see(first.opportunity).fields == {}

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("x_dealdesk_t_integer", "many"),
            ("x_dealdesk_t_float", "NaN"),
            ("x_dealdesk_t_float", "1.250,50"),
            ("x_dealdesk_t_boolean", "perhaps"),
            ("x_dealdesk_t_date", "24.12.2026"),
            ("x_dealdesk_t_datetime", "noon"),
            ("x_dealdesk_t_selection", "Halt"),
        ],
    )
    def test_a21_a_value_that_does_not_fit_is_refused_whole(
        self, world: World, name: str, value: str
    ) -> None:
        case = new_case()
        with pytest.raises(CrmRefused, match=name):
            deliver(world.crm, record(case, opportunity={name: Value(value, value)}))
        assert world.opportunities(f"Title {case}") == 0
        assert world.companies(f"Company {case}") == 0

    def test_a_field_that_the_crm_lacks_is_left_out(self, world: World) -> None:
        values = {"x_nowhere": Value("a", "a"), "x_dealdesk_t_char": Value("b", "b")}
        receipt = deliver(world.crm, plain(new_case(), opportunity=values))
        assert world.see(receipt.opportunity).fields == {"x_dealdesk_t_char": "b"}

    def test_a13_a_stage_that_the_crm_lacks_is_refused_with_the_remedy(self, world: World) -> None:
        case = new_case()
        with pytest.raises(CrmRefused, match=r"(?s)'nowhere'.*dealdesk odoo setup"):
            deliver(world.crm, record(case, stage="nowhere"))
        assert world.opportunities(f"Title {case}") == 0
