"""Companies are found while somebody types, and are made once."""

import pytest

from dialogs.crm import Customer, Value
from dialogs.errors import CrmRefused
from tests.contracts.crm.wishes import deliver, new_case, plain
from tests.contracts.crm.world import World


class Companies:
    def test_a_new_company_is_made_once(self, world: World) -> None:
        case, name = new_case(), f"Werft {new_case()}"
        first = deliver(world.crm, plain(case, customer=Customer(name)))
        second = deliver(world.crm, plain(case, number=2, customer=Customer(name)))
        assert first.customer == second.customer
        assert world.companies(name) == 1
        (hit,) = world.crm.search_customers(name, 5)
        assert (hit.id, hit.name) == (first.customer, name)

    @pytest.mark.parametrize(
        "typed", ["Müller & Co", "MÜLLER & CO", "müller & co", " Müller  & Co "]
    )
    def test_the_company_of_that_name_is_reused(self, world: World, typed: str) -> None:
        end = new_case()
        name = f"Müller & Co {end}"
        there = world.add_company(name)
        receipt = deliver(world.crm, plain(new_case(), customer=Customer(f"{typed} {end}")))
        assert receipt.customer == there
        assert world.companies(name) == 1

    def test_a_name_with_wildcards_matches_only_itself(self, world: World) -> None:
        end = new_case()
        world.add_company(f"100 Prozent {end}")
        receipt = deliver(world.crm, plain(new_case(), customer=Customer(f"100% {end}")))
        assert world.companies(f"100% {end}") == 1
        assert world.see(receipt.opportunity).customer == receipt.customer

    def test_a16_the_chosen_one_of_namesakes_gets_the_opportunity(self, world: World) -> None:
        name = f"Namesake {new_case()}"
        cities = ("Dresden", "Leipzig", "Hamburg")
        made = {city: world.add_company(name, city) for city in cities}
        hits = world.crm.search_customers(name, 10)
        assert {hit.detail: hit.id for hit in hits} == made
        chosen = Customer(name, made["Leipzig"])
        assert deliver(world.crm, plain(new_case(), customer=chosen)).customer == made["Leipzig"]

    def test_a_chosen_company_that_is_gone_is_refused(self, world: World) -> None:
        case = new_case()
        with pytest.raises(CrmRefused, match="999999999"):
            deliver(world.crm, plain(case, customer=Customer("Gone", 999999999)))
        assert world.opportunities(f"Title {case}") == 0

    def test_what_is_learnt_of_a_company_stands_once_and_later_edits_stay(
        self, world: World
    ) -> None:
        case, facts = new_case(), {
            "website": Value("https://werft.example", "https://werft.example"),
            "industry_id": Value("manufacturing", "Manufacturing"),
            "category_id": Value("prospect", "Prospect"),
        }  # fmt: skip
        first = deliver(world.crm, plain(case))
        company = first.customer
        assert company is not None
        learnt = plain(case, number=2, partner=facts, after=(plain(case).key,))
        assert deliver(world.crm, learnt).opportunity == first.opportunity
        told = {"website": "https://werft.example", "industry_id": "Manufacturing"}
        assert world.partner(company) == {**told, "category_id": "Prospect"}
        world.moves_site(company, "https://new.example")
        again = world.crm.deliver(learnt, fresh=False)
        assert again.opportunity == first.opportunity
        assert world.partner(company)["website"] == "https://new.example"
        customer = {"category_id": Value("customer", "Customer")}
        deliver(world.crm, plain(case, number=3, partner=customer, after=(learnt.key,)))
        assert world.partner(company)["industry_id"] == "Manufacturing"
        tags = set(world.partner(company)["category_id"].split(", "))
        assert tags == {"Prospect", "Customer"}, "none is taken away"
        assert world.see(first.opportunity).customer == company


class Search:
    @pytest.mark.parametrize("typed", ["%", "_", "%%", "__", "", " ", "x", "\\", "\0\0", "\ud83d!"])
    def test_a17_wildcards_and_single_letters_find_nothing(self, world: World, typed: str) -> None:
        world.add_company(f"Anybody {new_case()}")
        assert world.crm.search_customers(typed, 10) == ()

    def test_a17_wildcards_in_a_name_are_letters(self, world: World) -> None:
        end = new_case()
        names = [f"50% off_{end}", f"50 percent off {end}"]
        for name in names:
            world.add_company(name)
        assert [hit.name for hit in world.crm.search_customers(f"0% off_{end}", 10)] == names[:1]

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("mueller", "Müller"),
            ("Müller", "Mueller"),
            ("muller", "Müller"),
            ("MÜLLER", "müller"),
            ("strasse", "Straße"),
            ("Straße", "STRASSE"),
            ("cafe", "Café"),
            ("societe", "Société"),
            ("skoda", "Škoda"),
            ("krakow", "Kraków"),
            ("M\u0075\u0308ller", "Müller"),
        ],
    )
    def test_marks_do_not_matter(self, world: World, typed: str, name: str) -> None:
        end = new_case()
        company = world.add_company(f"{name} {end}")
        assert [hit.id for hit in world.crm.search_customers(f"{typed} {end}", 5)] == [company]

    def test_all_words_have_to_be_there_in_any_order(self, world: World) -> None:
        end = new_case()
        wanted = world.add_company(f"Elbe Flugzeugwerke {end}")
        world.add_company(f"Elbe Werft {end}")
        assert [hit.id for hit in world.crm.search_customers(f"{end} werke elbe", 5)] == [wanted]

    def test_a17_the_best_come_first_and_no_more_than_asked_for(self, world: World) -> None:
        end = new_case()
        longer = world.add_company(f"{end} Airbus Helicopters Deutschland")
        inside = world.add_company(f"Alt {end} Airbus")
        exact = world.add_company(f"{end} Airbus")
        found = [hit.id for hit in world.crm.search_customers(f"{end} airbus", 10)]
        assert found == [exact, longer, inside]
        assert [hit.id for hit in world.crm.search_customers(f"{end} airbus", 2)] == [exact, longer]
