"""What a CRM says about its own users: active or not, in which groups, by which e-mail."""

import secrets

import pytest

from dialogs.crm import Staff, Standing
from dialogs.errors import CrmRefused
from dialogs.people import CRM_GROUPS
from tests.contracts.crm.world import World

SALESMAN = "sales_team.group_sale_salesman"
ALL_LEADS = "sales_team.group_sale_salesman_all_leads"
MANAGER = "sales_team.group_sale_manager"
GROUPS = tuple(CRM_GROUPS)


class Standings:
    def test_a_user_stands_in_what_was_given_and_what_that_implies(self, world: World) -> None:
        sam, mia = world.hire("Sam Salesman", SALESMAN), world.hire("Mia Manager", MANAGER)
        asked = world.crm.standing((sam, mia), GROUPS)
        assert [one.active for one in asked] == [True, True]
        assert asked[0].groups == {SALESMAN}
        assert MANAGER in asked[1].groups

    def test_somebody_without_a_group_of_ours_is_active_and_nothing_more(
        self, world: World
    ) -> None:
        (standing,) = world.crm.standing((world.hire("Emil"),), GROUPS)
        assert standing == Standing(active=True)

    def test_groups_that_the_crm_does_not_have_have_no_members(self, world: World) -> None:
        (standing,) = world.crm.standing((world.hire("Kim", MANAGER),), ("nobody.knows_this",))
        assert standing == Standing(active=True)

    def test_d3_a_demotion_shows_at_the_next_question(self, world: World) -> None:
        mia = world.hire("Mia Demoted", MANAGER)
        assert MANAGER in world.crm.standing((mia,), GROUPS)[0].groups
        world.move(mia, SALESMAN)
        only_salesman = Standing(active=True, groups=frozenset({SALESMAN}))
        assert world.crm.standing((mia,), GROUPS) == (only_salesman,)

    def test_somebody_archived_is_not_active_at_once(self, world: World) -> None:
        leaver = world.hire("Lea Leaver", MANAGER)
        assert world.crm.standing((leaver,), GROUPS)[0].active
        world.dismiss(leaver)
        assert world.crm.standing((leaver,), GROUPS) == (Standing(active=False),)

    def test_a_user_is_known_by_id_and_only_else_by_login(self, world: World) -> None:
        mia = world.hire("Mia Renamed", MANAGER)
        by_login = Staff("Mia", mia.login)
        by_id = Staff("Mia", "a.login.of.before@example.com", mia.user)
        stranger = Staff("Nobody", "nobody@nowhere.example")
        nameless = Staff("Nameless")
        asked = world.crm.standing((by_login, by_id, stranger, nameless), GROUPS)
        assert [one.active for one in asked] == [True, True, False, False]

    def test_asking_about_nobody_is_no_error(self, world: World) -> None:
        assert world.crm.standing((), GROUPS) == ()

    def test_a_colleague_is_found_by_work_email_however_it_is_written(self, world: World) -> None:
        sam = world.hire("Sam Mail", SALESMAN)
        assert sam.login
        found = world.crm.staff_at(f" {sam.login.upper()} ")
        assert found is not None
        assert found.user == sam.user
        assert world.crm.staff_at(f"{secrets.token_hex(4)}@example.com") is None
        assert world.crm.staff_at("%@example.com") is None

    def test_an_archived_colleague_has_no_work_email(self, world: World) -> None:
        leaver = world.hire("Lea Gone", SALESMAN)
        assert leaver.login
        world.dismiss(leaver)
        assert world.crm.staff_at(leaver.login) is None

    def test_a_message_reaches_its_user_alone_or_the_crm_says_that_it_sends_none(
        self, world: World
    ) -> None:
        sam = world.hire("Sam Reader", SALESMAN)
        text = f"the code is <b>{secrets.token_hex(8)}</b>"
        if not world.sends_mail:
            with pytest.raises(CrmRefused, match="sends no mail"):
                world.crm.notify(sam.user or 0, "Your code", text)
            return
        world.crm.notify(sam.user or 0, "Your code", text)
        assert world.read_by(sam) == [text]
        assert world.read_by(world.hire("Mia Nosy", MANAGER)) == []

    def test_nobody_can_be_told_anything_after_they_left(self, world: World) -> None:
        leaver = world.hire("Lea Left", SALESMAN)
        world.dismiss(leaver)
        with pytest.raises(CrmRefused):
            world.crm.notify(leaver.user or 0, "Your code", "x")
