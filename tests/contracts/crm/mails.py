"""An e-mail to a customer is there once, with its text; who may get it is known beforehand."""

from dataclasses import replace
from functools import partial

from dialogs.crm import Customer, Delivery, Mail, Note, Order, OrderLine
from dialogs.customer_lookups import ContactList, Contacts, KnownContact, Subject
from dialogs.mail_lookups import MailFate, MailState
from dialogs.order_lookups import QuotationList, Quotations
from tests.contracts.crm.wishes import at_once, deliver, new_case, plain, until_it_stands
from tests.contracts.crm.world import World

TEXT = "Hello Anna,\n\nthank you. 3 < 5 & so on.\n\nSam"


def summary(case: str, to: str, number: int = 1, contact: int | None = None) -> Delivery:
    mail = Mail(to, "Anna Lind", "Our appointment", TEXT, contact)
    before = (f"{case}-record-1",)
    key, note = f"{case}-summary-{number}", Note("Summary e-mail", (("To", to),))
    return plain(case, key=key, kind="summary", note=note, mail=mail, after=before)


def _recorded(world: World, case: str) -> tuple[int, int]:
    """The opportunity, and its company."""
    company = world.add_company(f"Company {case}")
    customer = Customer(f"Company {case}", company)
    return deliver(world.crm, plain(case, customer=customer)).opportunity, company


class Mails:
    def test_an_e_mail_is_kept_with_its_text_and_its_recipient(self, world: World) -> None:
        case = new_case()
        opportunity, company = _recorded(world, case)
        address = f"anna.{case.lower()}@example.com"
        contact = world.add_contact(company, "Anna Lind", address)
        receipt = deliver(world.crm, summary(case, address, contact=contact))
        assert receipt.opportunity == opportunity
        (mail,) = world.mails(opportunity)
        assert (mail.address, mail.author, mail.subject) == (
            address, "Sam Sales", "Our appointment",
        )  # fmt: skip
        assert [line for line in mail.text.splitlines() if line] == [
            "Hello Anna,", "thank you. 3 < 5 & so on.", "Sam",
        ]  # fmt: skip
        told = "".join(note.text for note in world.see(opportunity).notes)
        assert f"To: {address}" in told

    def test_the_same_key_again_sends_nothing_more(self, world: World) -> None:
        case = new_case()
        opportunity, _ = _recorded(world, case)
        one = summary(case, f"{case.lower()}@example.com")
        deliver(world.crm, one)
        world.crm.deliver(one, fresh=False)
        world.restarted().deliver(one, fresh=False)
        assert len(world.mails(opportunity)) == 1

    def test_several_at_once_send_one(self, world: World) -> None:
        case = new_case()
        opportunity, _ = _recorded(world, case)
        one = summary(case, f"{case.lower()}@example.com")
        at_once([partial(until_it_stands, world.crm, one)] * 4)
        assert len(world.mails(opportunity)) == 1, world.mails(opportunity)

    def test_two_e_mails_of_a_case_are_two(self, world: World) -> None:
        case = new_case()
        opportunity, _ = _recorded(world, case)
        for number in (1, 2):
            deliver(world.crm, summary(case, f"{case.lower()}@example.com", number))
        assert len(world.mails(opportunity)) == 2

    def test_who_can_get_it_are_the_people_of_the_customer(self, world: World) -> None:
        case = new_case()
        _, company = _recorded(world, case)
        asked = Contacts(company, Subject(case))
        answer = world.crm.look_up(asked)
        assert isinstance(answer, ContactList)
        assert answer.contacts == ()
        assert answer.company == KnownContact(company, f"Company {case}")
        contacts = [
            KnownContact(world.add_contact(company, name, address), name, "", address)
            for name, address in (
                ("Anna Lind", "a@lind.example"), ("Ben Ost", "b@ost.example"), ("Nobody Yet", ""),
            )
        ]  # fmt: skip
        for subject in (None, Subject(case), Subject(new_case())):
            answer = world.crm.look_up(Contacts(company, subject))
            assert isinstance(answer, ContactList)
            assert list(answer.contacts) == contacts
        by_case = world.crm.look_up(Contacts(None, Subject(case)))
        assert isinstance(by_case, ContactList)
        assert list(by_case.contacts) == contacts

    def test_whoever_is_written_to_is_one_of_the_customer_s_contacts_once(
        self, world: World
    ) -> None:
        case = new_case()
        _, company = _recorded(world, case)
        there = world.add_contact(company, "Anna Lind", "")
        address = f"anna.{case.lower()}@example.com"
        for number in (1, 2):
            deliver(world.crm, summary(case, address, number))
        answer = world.crm.look_up(Contacts(company))
        assert isinstance(answer, ContactList)
        assert answer.contacts == (KnownContact(there, "Anna Lind", "", address),)
        other = f"other.{case.lower()}@example.com"
        deliver(world.crm, summary(case, other, 3))
        answer = world.crm.look_up(Contacts(company))
        assert isinstance(answer, ContactList)
        assert sorted(one.email for one in answer.contacts) == [address, other]

    def test_an_e_mail_and_a_quotation_of_an_opportunity_that_was_there(self, world: World) -> None:
        opportunity, company = _recorded(world, new_case())
        case, address = new_case(), "there@lind.example"
        contact = world.add_contact(company, "Anna Lind", address)
        subject = Subject(case, opportunity)
        answer = world.crm.look_up(Contacts(None, subject))
        assert isinstance(answer, ContactList)
        assert [one.id for one in answer.contacts] == [contact]
        order = Order((OrderLine("Bench", "2", "10.50", None),))
        first = plain(case, lead=opportunity, order=order)
        made = deliver(world.crm, first)
        assert (made.opportunity, bool(made.order)) == (opportunity, True)
        found = world.crm.look_up(Quotations(subject))
        assert isinstance(found, QuotationList)
        assert [one.total for one in found.quotations] == ["21.00"]
        letter = replace(summary(case, address, contact=contact), after=(first.key,))
        deliver(world.crm, replace(letter, lead=opportunity))
        assert [one.address for one in world.mails(opportunity)] == [address]

    def test_what_became_of_it_can_be_asked(self, world: World) -> None:
        case = new_case()
        _recorded(world, case)
        one = summary(case, f"{case.lower()}@example.com")
        assert world.crm.look_up(MailState(one.key)) == MailFate(one.key, "gone")
        deliver(world.crm, one)
        answer = world.crm.look_up(MailState(one.key))
        assert isinstance(answer, MailFate)
        assert answer.fate == ("no_server" if world.sends_mail else "unsent")
