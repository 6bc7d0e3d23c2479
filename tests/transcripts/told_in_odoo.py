"""The two whole stories as their people find them in Odoo's own interface afterwards."""

from collections.abc import Callable, Mapping

from tests.transcripts.odoo_company import Company
from tests.transcripts.odoo_web_client import WebClient


def won(company: Company) -> None:
    """40: the salesperson looks at what became of the lead from the website."""
    with WebClient(company.odoo, company.users["Sam"]) as odoo:
        (card,) = odoo.pipeline()
        form, chatter = odoo.form(card["id"]), odoo.chatter(card["id"])
        meetings, order = odoo.meetings(card["id"]), odoo.quotation(card["id"])

    assert (card["name"], card["stage_id"]["display_name"]) == ("Cabin line", "Won")
    assert card["user_id"]["display_name"] == "Sam"
    assert card["partner_id"]["display_name"] == "Airbus Hamburg"
    assert (card["expected_revenue"], card["tag_ids"]) == (74_750, [])
    assert (form["active"], form["won_status"], form["probability"]) == (True, "won", 100)
    assert (form["contact_name"], form["email_from"]) == ("Bob Ray", "bob@airbus.example")
    assert (form["x_dealdesk_decision"], form["x_dealdesk_decision_reason"]) == ("Approved", False)
    assert form["quotation_count"] == 1
    assert form["activity_ids"] == []
    assert [(one["name"], one["start"]) for one in meetings] == [
        ("the cabin line", "2026-11-20 16:00:00"),
        ("Visit at Cabin line", "2026-11-23 09:30:00"),
        ("the cabin line", "2026-11-23 14:00:00"),
    ]
    assert _names(meetings[0]["partner_ids"]) == {"Airbus Hamburg, Bob Ray", "Sam", "Tom"}
    assert (order["state"], order["amount_untaxed"]) == ("draft", 74_750)
    lines = [(one["name"], one["product_uom_qty"]) for one in order["order_line"]]
    assert lines == [("Assembly station", 2), ("training (days)", 5)]
    assert [note for note in chatter if note[0] in company.users] == [
        ("Mia", "Lead assigned"),
        ("Sam", "Appointment"),
        ("Sam", "Participants"),
        ("Sam", "Second participant"),
        ("Sam", "Appointment record"),
        ("Sam", "Opportunity and risk assessment"),
        ("Mia", "Decision"),
        ("Sam", "Taken up again"),
        ("Sam", "Opportunity and risk assessment"),
        ("Mia", "Decision"),
        ("Sam", "Appointment record"),
        ("Sam", "Opportunity and risk assessment"),
        ("Sam", "Appointment"),
        ("Sam", "Participants"),
        ("Sam", "Appointment record"),
        ("Sam", "Opportunity and risk assessment"),
        ("Sam", "Customer inquiry"),
        ("Sam", "Stage: Negotiation"),
        ("Sam", "Won"),
    ]


def handed_over(company: Company) -> None:
    """41: management looks at the customer that the group has taken over."""
    with WebClient(company.odoo, company.users["Mia"]) as odoo:
        (card,) = odoo.pipeline()
        form, chatter = odoo.form(card["id"]), odoo.chatter(card["id"])
        (meeting,) = odoo.meetings(card["id"])
        held = odoo.chatter(meeting["id"], "calendar.event")

    assert card["user_id"]["display_name"] == "Georg"
    assert form["team_id"]["display_name"] == "ARTS Group"
    assert [one["display_name"] for one in form["tag_ids"]] == ["Hand-over to the group"]
    assert form["x_dealdesk_decision_reason"] == "Contracts are not our business"
    tasks = {one["summary"]: one["user_id"]["display_name"] for one in form["activity_ids"]}
    assert tasks == {"Contact the customer and take over": "Georg", "Rückmeldung geben": "Sam"}
    assert meeting["start"] == "2026-11-20 13:00:00"
    assert [note for note in held if note[0] == "Sam"] == [("Sam", "Appointment record")]
    assert [note for note in chatter if note[0] in company.users] == [
        ("Sam", "Appointment record"),
        ("Sam", "Opportunity and risk assessment"),
        ("Mia", "Decision"),
        ("Gerda", "Hand-over"),
        ("Georg", "Hand-over"),
    ]


def _names(people: list[dict[str, str]]) -> set[str]:
    return {one["display_name"] for one in people}


TOLD: Mapping[str, Callable[[Company], None]] = {
    "40_from_the_website_to_won": won,
    "41_from_the_meeting_to_the_hand_over": handed_over,
}
"""What is looked at after which story."""
