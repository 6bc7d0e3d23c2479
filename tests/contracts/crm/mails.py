"""An e-mail to a customer is there once, with its text; who may get it is known beforehand."""

from functools import partial

from dialogs.crm import Customer, Delivery, Mail, Note
from dialogs.mail_lookups import MailFate, MailState, Recipient, RecipientList, Recipients
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
        assert len(world.mails(opportunity)) == 1

    def test_two_e_mails_of_a_case_are_two(self, world: World) -> None:
        case = new_case()
        opportunity, _ = _recorded(world, case)
        for number in (1, 2):
            deliver(world.crm, summary(case, f"{case.lower()}@example.com", number))
        assert len(world.mails(opportunity)) == 2

    def test_who_can_get_it_are_the_people_of_the_customer(self, world: World) -> None:
        case = new_case()
        _, company = _recorded(world, case)
        customer = Customer(f"Company {case}", company)
        asked = Recipients(case, customer)
        answer = world.crm.look_up(asked)
        assert isinstance(answer, RecipientList)
        assert answer.recipients == ()
        contacts = [
            Recipient(world.add_contact(company, name, address), name, address)
            for name, address in (("Anna Lind", "a@lind.example"), ("Ben Ost", "b@ost.example"))
        ]
        world.add_contact(company, "Without address", "")
        answer = world.crm.look_up(asked)
        assert isinstance(answer, RecipientList)
        assert list(answer.recipients) == contacts
        unheard = world.crm.look_up(Recipients(new_case(), customer))
        assert isinstance(unheard, RecipientList)
        assert list(unheard.recipients) == contacts, "before the opportunity stands there too"

    def test_what_became_of_it_can_be_asked(self, world: World) -> None:
        case = new_case()
        _recorded(world, case)
        one = summary(case, f"{case.lower()}@example.com")
        assert world.crm.look_up(MailState(one.key)) == MailFate(one.key, "gone")
        deliver(world.crm, one)
        answer = world.crm.look_up(MailState(one.key))
        assert isinstance(answer, MailFate)
        assert answer.fate == ("no_server" if world.sends_mail else "unsent")
