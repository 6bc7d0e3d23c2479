"""What the CRM refuses for good, and what an administrator does about it beside the program."""

from tests.bot.office import PATIENCE, Office


async def test_it_is_told_listed_shown_mended_and_sent_again(office: Office) -> None:
    office.delete_stage()
    await office.records("Airbus")
    told = await office.sam.hears("The CRM did not take “Airbus”")
    assert "Run `dealdesk odoo setup`, then retry." in told
    (number,) = office.numbers()
    assert "-record-1" in office.types("deliveries", "list")
    shown = office.types("deliveries", "show", number)
    assert "dead" in shown.splitlines()[0]
    assert "no stage 'new'" in shown
    assert '"name": "Airbus"' in shown
    assert office.opportunities() == []

    assert "stage New" in office.types("odoo", "setup")
    assert office.types("deliveries", "retry", number) == f"Delivery {number} goes out again.\n"
    await office.sam.hears("Appointment record · Airbus: in the CRM.", PATIENCE)
    (made,) = office.opportunities()
    assert (made.title, made.stage, len(made.notes)) == ("Airbus", "New", 1)
    assert office.types("deliveries", "list") == "Nothing waits and nothing was refused.\n"
    assert f"{number} " in office.types("deliveries", "list", "--all")


async def test_what_is_given_up_lets_the_later_ones_of_its_case_go(office: Office) -> None:
    office.delete_stage()
    await office.records("Kellner")
    await office.sam.hears("The CRM did not take “Kellner”")
    await office.assesses()
    await office.house.rest()
    _, refused = office.numbers()
    assert office.opportunities() == []

    assert office.types("deliveries", "drop", refused) == f"Delivery {refused} is given up.\n"
    await office.sam.hears("Opportunity and risk assessment · Kellner: in the CRM.", PATIENCE)
    (made,) = office.opportunities()
    assert [title for title, _, _ in made.notes] == ["Opportunity and risk assessment"]
    assert office.numbers() == []


async def test_only_a_refused_one_can_be_sent_again_or_given_up(office: Office) -> None:
    await office.records("Meyer")
    await office.sam.hears("Appointment record · Meyer: in the CRM.")
    number = office.types("deliveries", "list", "--all").splitlines()[1].split()[0]
    for verb in ("retry", "drop"):
        told = office.is_told("deliveries", verb, number)
        assert told == f"delivery {number} is not a refused one: see `dealdesk deliveries list`\n"
    assert "there is no delivery 999" in office.is_told("deliveries", "show", "999")
