"""A draft quotation is there once, with its lines and amounts, on the opportunity."""

from functools import partial
from typing import Any

import pytest

from dialogs.crm import Customer, Delivery, Order, OrderLine
from dialogs.customer_lookups import Subject
from dialogs.errors import CrmRefused
from dialogs.order_lookups import ProductList, Products, QuotationList, Quotations
from tests.contracts.crm.wishes import at_once, deliver, new_case, record, until_it_stands
from tests.contracts.crm.world import World

LINES = (
    OrderLine("Welding robot", "3", "12500.00"),
    OrderLine("training (days)", "1.5", "950.50"),
    OrderLine("Installation <b>", "1"),
)


def inquiry(case: str, number: int = 1, **other: Any) -> Delivery:
    facts: dict[str, Any] = {
        "key": f"{case}-inquiry-{number}",
        "kind": "inquiry",
        "order": Order(LINES, "30 days net\nex works", "2026-12-04"),
        "stage": "proposition",
        "meeting": None,
        "after": (f"{case}-record-1",),
        "finishes": (f"{case}-record-1",),
    }
    return record(case, **(facts | other))


class Orders:
    def test_a_quotation_stands_on_the_opportunity_with_all_else(self, world: World) -> None:
        case = new_case()
        company = world.add_company(f"Company {case}")
        customer = Customer(f"Company {case}", company)
        first = deliver(world.crm, record(case, customer=customer))
        receipt = deliver(world.crm, inquiry(case, customer=customer))
        assert receipt.order
        assert receipt.opportunity == first.opportunity
        (order,) = world.orders(first.opportunity)
        assert (order.customer, order.terms) == (company, "30 days net\nex works")
        assert order.lines == (
            ("Welding robot", 3.0, 12500.0),
            ("training (days)", 1.5, 950.5),
            ("Installation <b>", 1.0, 0.0),
        )
        assert order.untaxed == pytest.approx(38925.75)
        seen = world.see(first.opportunity)
        assert (seen.stage, len(seen.notes)) == ("Proposition", 2)
        assert (
            sorted(seen.activities.items())
            == [("Assess it", False), ("Assess it", True)][: len(seen.activities)]
            or len(seen.activities) == 1
        )

    def test_the_same_key_again_makes_no_second_one(self, world: World) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        one = inquiry(case)
        at_once([partial(until_it_stands, world.crm, one)] * 4)
        again = world.restarted().deliver(one, fresh=False)
        assert again.order
        assert len(world.orders(first.opportunity)) == 1
        assert len(world.orders(first.opportunity)[0].lines) == len(LINES)

    def test_it_is_made_with_a_case_that_stands_nowhere_yet(self, world: World) -> None:
        case = new_case()
        customer = Customer(f"Company {case}", world.add_company(f"Company {case}"))
        nothing = {"after": (), "finishes": ()}
        receipt = deliver(world.crm, inquiry(case, customer=customer, **nothing))
        assert len(world.orders(receipt.opportunity)) == 1

    def test_the_quotations_of_a_case_are_told_the_newest_first(self, world: World) -> None:
        case = new_case()
        assert world.crm.look_up(Quotations(Subject(case))) == QuotationList()
        deliver(world.crm, record(case))
        assert world.crm.look_up(Quotations(Subject(case))) == QuotationList()
        for number in (1, 2):
            lines = (OrderLine("Bench", str(number), "100.00"),)
            deliver(world.crm, inquiry(case, number, order=Order(lines)))
        answer = world.crm.look_up(Quotations(Subject(case)))
        assert isinstance(answer, QuotationList)
        assert [(one.total, one.state) for one in answer.quotations] == [
            ("200.00", "draft"), ("100.00", "draft"),
        ]  # fmt: skip
        assert len({one.url for one in answer.quotations}) == 2

    @pytest.mark.parametrize("number", ["many", "NaN", "-1", "1e40"])
    def test_a_number_that_is_none_is_refused_whole(self, world: World, number: str) -> None:
        case = new_case()
        first = deliver(world.crm, record(case))
        with pytest.raises(CrmRefused, match="Bench"):
            deliver(world.crm, inquiry(case, order=Order((OrderLine("Bench", number, "1"),))))
        assert world.orders(first.opportunity) == []
        assert len(world.see(first.opportunity).notes) == 1

    def test_what_is_no_product_is_found_nowhere(self, world: World) -> None:
        assert world.crm.look_up(Products((f"No {new_case()}", "%", ""))) == ProductList()
