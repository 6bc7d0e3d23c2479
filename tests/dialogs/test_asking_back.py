"""Management asks for information: the answer changes the card, and with it what counts."""

from dialogs import enquiries
from tests.dialogs.office import Office, colleague, seat

SAM = colleague("sam", "sales")
MIA = colleague("mia", "management")
MAX = colleague("max", "management")


def asked() -> Office:
    office = Office.of(SAM, MIA, MAX)
    office.has_asked("sam", asks=())
    return office


def press(office: Office, name: str, word: str, mark: str = "") -> None:
    approval = office.approvals["q-case1"]
    office.presses_at(seat(name), f"!.{approval.id}.{word}.{mark or approval.mark}")


def asks(office: Office, text: str = "Who pays?") -> None:
    press(office, "mia", "ask")
    office.says_at(seat("mia"), text)


def answers(office: Office, number: int, text: str = "They do") -> None:
    office.presses_at(seat("sam"), f"sam.-.reply.q-case1.{number}")
    office.says_at(seat("sam"), text)


def test_the_question_alone_leaves_what_counts_as_it_was() -> None:
    office = asked()
    before = office.approvals["q-case1"].mark
    asks(office)
    assert office.approvals["q-case1"].mark == before
    press(office, "max", "approved")
    assert office.approvals["q-case1"].status == "approved"


def test_after_the_answer_a_press_on_the_card_of_before_decides_nothing() -> None:
    office = asked()
    before = office.approvals["q-case1"].mark
    asks(office)
    answers(office, 0)
    press(office, "max", "approved", mark=before)
    assert office.approvals["q-case1"].status == "open"
    assert "was changed since" in office.told(seat("max"))[-1]
    press(office, "max", "approved")
    assert office.approvals["q-case1"].status == "approved"


def test_the_answer_reaches_whoever_asked_and_the_crm() -> None:
    office = asked()
    asks(office)
    answers(office, 0)
    assert "They do" in office.told(seat("mia"))[-1]
    (delivery,) = [one for turn in office.turns for one in turn.deliveries]
    assert [text for _, text in delivery.note.rows] == ["Who pays?", "They do"]


def test_an_answer_is_given_once_and_only_while_it_is_open() -> None:
    office = asked()
    asks(office)
    answers(office, 0)
    answers(office, 0, "No, we")
    assert office.approvals["q-case1"].enquiries[0].answer == "They do"
    asks(office, "And when?")
    press(office, "mia", "approved")
    answers(office, 1, "Soon")
    assert "no longer needed" in " ".join(office.told(seat("sam")))
    assert office.approvals["q-case1"].enquiries[1].answer == ""


def test_what_was_never_asked_can_not_be_answered() -> None:
    office = asked()
    for number in ("0", "7", "-1", "²", "x", ""):
        office.presses_at(seat("sam"), f"sam.-.reply.q-case1.{number}")
    assert office.conversation("sam").dialogues == ()


def test_there_is_an_end_of_asking() -> None:
    office = asked()
    for number in range(enquiries.MOST):
        asks(office, f"Question {number}")
    press(office, "mia", "ask")
    assert office.conversation("mia").dialogues == ()
    assert "have been asked about" in office.told(seat("mia"))[-1]
