"""E-mails to customers through a real Odoo to a mail server: each arrives once."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from adapters.odoo import OdooCrm, posting
from dialogs.crm import Customer
from dialogs.customer_lookups import Contacts, Subject
from dialogs.errors import CrmUnavailable
from dialogs.mail_lookups import MailState
from tests.adapters.odoo.conftest import Connect
from tests.adapters.odoo.relay import Dropped, Lost, Relay
from tests.contracts.crm.mails import summary
from tests.contracts.crm.wishes import at_once, deliver, new_case, plain, until_it_stands
from tests.contracts.crm.world import SAM
from tests.rig.mailbox import Mailbox, mailbox
from tests.rig.odoo import OdooServer

WRITES = ("mail.scheduled.message.load", "crm.lead.load", "mail.scheduled.message.post_message")


@pytest.fixture
def box(prepared_odoo: OdooServer) -> Iterator[Mailbox]:
    """Odoo's outgoing mail server, for one test."""
    with mailbox() as box:
        facts = {
            "name": "rig", "smtp_host": "127.0.0.1", "smtp_port": box.port,
            "smtp_encryption": "none", "smtp_authentication": "login",
        }  # fmt: skip
        (server,) = prepared_odoo.call("ir.mail_server", "create", [facts])
        yield box
        prepared_odoo.call("ir.mail_server", "unlink", [server])


@pytest.fixture
def case(crm: OdooCrm, prepared_odoo: OdooServer) -> str:
    """A recorded case."""
    case = new_case()
    deliver(crm, plain(case))
    return case


def address(case: str) -> str:
    return f"anna.{case.lower()}@example.com"


def fate(crm: OdooCrm, case: str) -> str:
    answer = crm.look_up(MailState(f"{case}-summary-1"))
    return getattr(answer, "fate", "")


def test_it_arrives_as_it_was_written_from_its_author(
    crm: OdooCrm, box: Mailbox, case: str
) -> None:
    deliver(crm, summary(case, address(case)))
    (mail,) = box.to(address(case))
    assert mail.message["Subject"] == "Our appointment"
    assert SAM.name in mail.message["From"]
    lines = [line.strip() for line in mail.text.splitlines() if line.strip()]
    assert "Hello Anna," in lines
    assert "thank you. 3 < 5 & so on." in lines
    assert "-- " not in mail.text, "the text is signed already"
    assert fate(crm, case) == "sent"


@pytest.mark.parametrize("what", WRITES)
def test_an_answer_that_is_lost_sends_no_second_one(
    crm: OdooCrm, relay: Relay, box: Mailbox, case: str, what: str
) -> None:
    one = summary(case, address(case))
    relay.once(what, Lost())
    until_it_stands(crm, one)
    crm.deliver(one, fresh=False)
    assert what in relay.calls
    assert len(box.to(address(case))) == 1
    assert fate(crm, case) == "sent"


def test_bots_that_have_forgotten_everything_send_no_second_one(
    through: Connect, relay: Relay, box: Mailbox, case: str
) -> None:
    one = summary(case, address(case))
    relay.once("mail.scheduled.message.post_message", Lost())
    until_it_stands(through(), one)
    at_once([partial(until_it_stands, through(), one) for _ in range(2)])
    assert len(box.to(address(case))) == 1


def test_what_was_put_down_and_never_posted_is_posted_once_nobody_can_be_at_it(
    crm: OdooCrm, relay: Relay, box: Mailbox, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until then it could be that Odoo is still posting it: a second one may not."""
    monkeypatch.setattr(posting, "PATIENCE", 0.5)
    one = summary(case, address(case))
    relay.once("mail.scheduled.message.post_message", Dropped())
    with pytest.raises(CrmUnavailable):
        deliver(crm, one)
    assert box.to(address(case)) == []
    assert fate(crm, case) == "waiting"
    with pytest.raises(CrmUnavailable, match="Another attempt"):
        crm.deliver(one, fresh=False)
    monkeypatch.setattr(posting, "LEASE", timedelta(seconds=-1))
    crm.deliver(one, fresh=False)
    assert len(box.to(address(case))) == 1


def test_a_mail_server_that_refuses_the_address_is_told(
    crm: OdooCrm, box: Mailbox, case: str
) -> None:
    unknown = f"nobody@{case.lower()}.example"
    deliver(crm, summary(case, unknown))
    assert box.to(unknown) == []
    assert fate(crm, case) in {"failed", "no_server", "no_address"}


def test_a_bounce_is_told_when_odoo_knows_it(
    crm: OdooCrm, box: Mailbox, case: str, odoo: OdooServer
) -> None:
    deliver(crm, summary(case, address(case)))
    (partner,) = odoo.call("res.partner", "search", [("email", "=", address(case))])
    odoo.postgres.sql(  # a bounce is written by Odoo's mail gateway alone
        "UPDATE mail_notification SET notification_status = 'bounce', failure_type = 'mail_bounce' "
        f"WHERE res_partner_id = {partner:d}",
        odoo.database,
    )
    assert fate(crm, case) == "bounced"


def test_somebody_new_becomes_a_contact_of_the_company(
    crm: OdooCrm, box: Mailbox, odoo: OdooServer
) -> None:
    case = new_case()
    company = odoo.call("res.partner", "create", [{"name": case, "is_company": True}])[0]
    customer = Customer(case, company)
    deliver(crm, plain(case, customer=customer))
    deliver(crm, summary(case, address(case)))
    answer = crm.look_up(Contacts(company, Subject(case)))
    (known,) = getattr(answer, "contacts", ())
    assert (known.name, known.email) == ("Anna Lind", address(case))


def test_a_name_is_sought_as_text(crm: OdooCrm, box: Mailbox, case: str) -> None:
    """Wildcards in an address find nobody else's."""
    deliver(crm, summary(case, f"%{case.lower()}@example.com"))
    theirs = [one for one in box.mails if SAM.login not in one.recipients]  # a follower's copy
    assert [one.recipients for one in theirs] == [(f"%{case.lower()}@example.com",)]
