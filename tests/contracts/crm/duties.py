"""The open activities of a colleague: what is due first comes first, what is done is gone."""

import secrets
from dataclasses import replace

from dialogs.crm import Activity
from dialogs.lookups import Duties, DutyList
from tests.contracts.crm.wishes import new_case, plain
from tests.contracts.crm.world import World

SALESMAN = "sales_team.group_sale_salesman"


class Tasks:
    def test_a_colleagues_open_activities_come_with_what_they_are_about(self, world: World) -> None:
        seller = world.hire(f"Tess {secrets.token_hex(4)}", SALESMAN)
        asked = Duties(seller, "2026-12-31")
        assert world.crm.look_up(asked) == DutyList(())
        for number, due in enumerate(("2026-12-20", "2026-12-10", "2027-01-10")):
            one = plain(
                new_case(), owner=seller, author=seller, activity=Activity(f"Call {number}", due)
            )
            world.crm.deliver(one, fresh=True)
        answer = world.crm.look_up(asked)
        assert [one.summary for one in answer.duties] == ["Call 1", "Call 0"]
        first = answer.duties[0]
        assert (first.due, first.stars) == ("2026-12-10", 0)
        assert first.url.endswith(str(first.opportunity))
        fewer = world.crm.look_up(replace(asked, limit=1))
        assert [len(fewer.duties), fewer.more] == [1, 1]
