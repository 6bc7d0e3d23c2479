"""Lost, taken up again, won: each in one entry, once for its key, with what else it brings."""

from typing import Any

import pytest

from dialogs.crm import Closing, Delivery, Note, Value
from dialogs.errors import CrmRefused
from tests.contracts.crm.wishes import at_once, deliver, new_case, plain, record, until_it_stands
from tests.contracts.crm.world import World

REASON = {"en": "Too expensive", "de": "Zu teuer"}
HALF = {"probability": Value("50", "50%")}


def _later(case: str, kind: str, **more: Any) -> Delivery:
    """An entry about a case that was recorded before."""
    return plain(case, **({"key": f"{case}-{kind}-1", "after": (f"{case}-record-1",)} | more))


def _lost(case: str, **more: Any) -> Delivery:
    return _later(case, "lose", **({"closing": Closing("lost", REASON)} | more))


def _restored(case: str, **more: Any) -> Delivery:
    return _later(case, "restored", closing=Closing("restored"), **more)


class Closings:
    def test_a_lost_one_has_its_reason_and_no_chance(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, record(case, opportunity=HALF, stage="qualification"))
        assert world.see(first.opportunity).probability == 50
        note = Note("Closed as lost", (("Comment", "Price was double"),))
        deliver(world.crm, _lost(case, note=note))
        seen = world.see(first.opportunity)
        assert (seen.lost, seen.probability) == ("Too expensive", 0)
        assert seen.stage == "Qualified", "Lost is no stage"
        assert "Closed as lost\nComment: Price was double" in [one.text for one in seen.notes]

    def test_what_was_to_be_done_about_a_lost_one_is_done(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        deliver(world.crm, _lost(case, finishes=(f"{case}-record-1",)))
        assert world.see(first.opportunity).activities == {"Assess it": True}

    @pytest.mark.parametrize("process", ["same", "new"])
    def test_a_lost_one_is_taken_up_again_with_its_chance(self, world: World, process: str) -> None:
        case = new_case()
        first = deliver(world.crm, plain(case, stage="proposition"))
        deliver(world.crm, _lost(case))
        crm = world.crm if process == "same" else world.restarted()
        second = deliver(crm, _restored(case, opportunity=HALF))
        assert second.opportunity == first.opportunity
        seen = world.see(first.opportunity)
        assert (seen.lost, seen.probability, seen.stage) == (None, 50, "Proposition")
        assert len(seen.notes) == 3

    def test_lost_by_one_key_from_many_threads_is_lost_once(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, plain(case))
        others = [world.crm, world.restarted(), world.crm, world.restarted()]
        at_once([lambda crm=crm: until_it_stands(crm, _lost(case)) for crm in others])
        seen = world.see(first.opportunity)
        assert (seen.lost, len(seen.notes)) == ("Too expensive", 2)

    def test_a_late_repetition_does_not_lose_it_again(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, plain(case))
        deliver(world.crm, _lost(case))
        deliver(world.crm, _restored(case))
        world.crm.deliver(_lost(case), fresh=False)
        world.restarted().deliver(_lost(case), fresh=False)
        assert world.see(first.opportunity).lost is None

    def test_a_lost_one_can_be_written_to(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, plain(case))
        deliver(world.crm, _lost(case))
        deliver(world.restarted(), plain(case, number=2, after=(f"{case}-record-1",)))
        seen = world.see(first.opportunity)
        assert (seen.lost, len(seen.notes)) == ("Too expensive", 3)

    def test_the_won_stage_makes_it_certain(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, plain(case, opportunity=HALF))
        deliver(world.crm, _later(case, "won", stage="won"))
        seen = world.see(first.opportunity)
        assert (seen.stage, seen.probability, seen.lost) == ("Won", 100, None)

    def test_what_is_won_cannot_be_lost(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, plain(case, stage="won"))
        with pytest.raises(CrmRefused, match=r"(?i)won"):
            deliver(world.crm, _lost(case))
        assert world.see(first.opportunity).lost is None

    def test_a_reason_that_the_crm_lacks_is_refused_with_the_remedy(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, plain(case))
        unknown = Closing("lost", {"en": "Nobody knows", "de": "Weiß keiner"})
        with pytest.raises(CrmRefused, match=r"(?s)'Nobody knows.*dealdesk odoo setup"):
            deliver(world.crm, _lost(case, closing=unknown))
        assert world.see(first.opportunity).lost is None
