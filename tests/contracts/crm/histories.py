"""What a customer's past comes to: chosen, cut and counted, by the reader's clock."""

from dialogs.crm import Activity, Customer, Meeting, Note, Value
from dialogs.customer_lookups import Choices, Colleagues, CustomerHistory, History, Unknown
from tests.contracts.crm.wishes import deliver, new_case, plain
from tests.contracts.crm.world import SAM, World

NOW = "2026-12-01T12:00:00+01:00"


class Histories:
    def test_the_history_is_chosen_and_the_rest_is_counted(self, world: World) -> None:
        customer = _furnished(world)
        answer = world.crm.look_up(History(customer, NOW, most=2))
        assert isinstance(answer, CustomerHistory)
        assert answer.customer == customer
        assert answer.next is not None
        assert (answer.next.on, answer.next.what) == ("2026-12-10", "Meeting 3")
        assert [one.what for one in answer.meetings.told] == ["Meeting 2", "Meeting 1"]
        assert [one.on for one in answer.meetings.told] == ["2026-11-12", "2026-11-11"]
        assert answer.meetings.more == 1
        assert [one.what for one in answer.tasks.told] == ["Task 0", "Task 1"]
        assert answer.tasks.more == 2
        assert {one.who for one in answer.tasks.told} == {SAM.name}
        assert [one.stage for one in answer.openings] == ["Qualified", "New"]
        assert answer.more_openings == 0
        assert answer.quotations.told == ()
        assert len(answer.messages.told) + answer.messages.more == 4
        assert "Said 3" in answer.messages.told[0].what

    def test_a_customer_is_found_by_name_or_several_are_told(self, world: World) -> None:
        end = new_case()
        names = [f"Alpha {end}", f"Alpha Nord {end}"]
        for name in names:
            world.add_company(name)
        several = world.crm.look_up(History(Customer(end), NOW))
        assert isinstance(several, Choices)
        assert {one.name for one in several.choices} == set(names)
        one = world.crm.look_up(History(Customer(names[1].upper()), NOW))
        assert isinstance(one, CustomerHistory)
        assert (one.customer.name, one.openings) == (names[1], ())
        assert world.crm.look_up(History(Customer(f"{end} nobody"), NOW)) == Unknown()
        assert world.crm.look_up(History(Customer("Gone", 999_999_999), NOW)) == Unknown()

    def test_colleagues_are_found_by_a_part_of_the_name(self, world: World) -> None:
        end = new_case()
        made = world.hire(f"Jörg {end}")
        answer = world.crm.look_up(Colleagues(f"joerg {end}"))
        assert isinstance(answer, Choices)
        assert [(one.id, one.name) for one in answer.choices] == [(made.user, made.name)]
        assert world.crm.look_up(Colleagues(f"{end} nobody")) == Choices(())


def _furnished(world: World) -> Customer:
    """Two opportunities with four meetings, tasks and notes; one meeting is to come."""
    name, cases = f"Werft {new_case()}", (new_case(), new_case())
    customer = 0
    for number in range(4):
        case = cases[number % 2]
        day = (
            f"2026-12-10T{14 + number}:00:00+01:00"
            if number == 3
            else f"2026-11-1{number}T09:00:00+01:00"
        )
        made = deliver(
            world.crm,
            plain(
                case,
                number=number // 2 + 1,
                customer=Customer(name),
                meeting=Meeting(f"Meeting {number}", day),
                activity=Activity(f"Task {number}", f"2026-12-0{number + 1}"),
                note=Note("Note", (("Said", f"Said {number}"),)),
                stage="qualification" if number % 2 else None,
                opportunity={"x_dealdesk_t_char": Value("typed", "typed")},
            ),
        )
        customer = made.customer or 0
    return Customer(name, customer)
