"""Each change of the process is one edit of the playbook, and shows in a dialogue at once.

The file that ships is copied, one thing in it changed, and then spoken with.
"""

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pytest

from bot.playbooks import SHIPPED, playbook_text
from dialogs import tokens
from dialogs.case import Case
from dialogs.crm import CrmNeeds
from dialogs.desk import Desk
from dialogs.errors import BadPlaybook
from dialogs.events import LookedUp, Pressed
from dialogs.library import Library
from dialogs.lookups_figures import Effort, FigureList
from dialogs.people import Address, Person
from dialogs.playbook import load_playbook
from dialogs.playbook.reach import notes
from dialogs.shows import Ask, Notice, Picture, Review, Show
from dialogs.turns import CaseRef, Conversation, Facts
from tests.changes import changed, edits
from tests.dialogs import office
from tests.dialogs.walking import Walker
from tests.transcripts.clock import START

SEAT = Address("web", "sam", "sam")
SAM = Person("sam", "Sam", "sales", addresses=(SEAT,))

SOURCE = files("dialogs.playbook").joinpath(SHIPPED).read_text(encoding="utf-8")
PLAIN = files("dialogs.playbook").joinpath("plain.toml").read_text(encoding="utf-8")


def edited(old: str, new: str, source: str = SOURCE) -> Library:
    assert source.count(old) == 1, source.count(old)
    return Library(load_playbook(source.replace(old, new)))


def needs(library: Library) -> CrmNeeds:
    return library.current.playbook.crm_needs


def test_a_stage_is_one_edit() -> None:
    library = edited(
        '[[stage]]\nid = "won"',
        '[[stage]]\nid = "legal"\ntitle = { en = "Legal", de = "Recht" }\nnames = ["Legal"]\n\n'
        '[[stage]]\nid = "won"',
    )
    assert [one.id for one in needs(library).stages][-2:] == ["legal", "won"]


def test_a_lost_reason_is_one_edit() -> None:
    reason = '[[lost_reason]]\nid = "rain"\ntext = { en = "Rain", de = "Regen" }\n\n'
    library = edited('[[lost_reason]]\nid = "no_need"', reason + '[[lost_reason]]\nid = "no_need"')
    assert {"en": "Rain", "de": "Regen"} in needs(library).lost_reasons


def test_a_criterion_is_one_edit() -> None:
    line = '    { id = "goal", en = "What the customer wants to achieve is identified",'
    library = edited(line, '    { en = "We like them", de = "Wir mögen sie" },\n' + line)
    stages = {one.id: one for one in library.current.playbook.stages}
    assert "Wir mögen sie" in [one.text.of("de") for one in stages["qualification"].criteria]


def test_a_risk_to_assess_is_one_edit_with_its_questions_and_its_place_in_the_matrix() -> None:
    option = '    { id = "weather", text = { en = "Weather", de = "Wetter" } },\n'
    first = '    { id = "budget", text = { en = "Budget not secured"'
    form = edited(first, option + first).current.playbook.form_by_id["assess"]
    assert form.question("risks_weather_likelihood") is not None
    record = {"risks": ["weather"], "risks_weather_likelihood": 2, "risks_weather_impact": 3}
    assert [figure.total(record) for figure in form.sums] == [0, 6]


def stages_passed(login: str) -> tuple[list[str | None], str | None]:
    """By whom, which stages an opportunity moves through, and whose it is."""
    library = Library(load_playbook(changed("plain", "A stage of one sales team")))
    sam = Person("sam", "Sam", "sales", addresses=(SEAT,), login=login)
    walker = Walker(sam, desk=Desk(library))
    said = [
        "lead",
        "Airbus",
        "1",
        "skip",
        "skip",
        "save",
        "contact",
        "Spoken",
        "skip",
        "skip",
        "save",
    ]
    made = [one for text in said for one in walker.says(text).deliveries]
    return [one.stage for one in made], made[0].team


def test_a_stage_of_one_team_is_one_edit_and_only_its_cases_come_there() -> None:
    assert stages_passed("sam@example.com") == (["new", "workshop"], "Key accounts")
    assert stages_passed("kim@example.com") == (["new", "qualification"], None)


def test_a_team_has_the_stages_of_all_and_its_own_in_their_order() -> None:
    playbook = load_playbook(changed("plain", "A stage of one sales team"))
    general = ["new", "qualification", "proposition", "negotiation", "won"]
    assert [one.id for one in playbook.stages_of("")] == general
    own = ["new", "workshop", "pilot", "proposition", "negotiation", "won"]
    assert [one.id for one in playbook.stages_of("Key accounts")] == own
    assert playbook.next_stage("workshop", "Key accounts") == playbook.stage_by_id["pilot"]
    assert playbook.crm_needs.teams == ("Key accounts",)
    assert [one.team for one in playbook.crm_needs.stages if one.id == "pilot"] == ["Key accounts"]


TEAM_FAULTS = (
    ('team = "Key accounts"\n\n', 'team = "Nobody"\n\n', "stage pilot: there is no team 'Nobody'"),
    (
        'instead_of = "qualification"',
        'instead_of = "pilot"',
        "stage workshop: `instead_of` names a",
    ),
    ('instead_of = "qualification"', 'instead_of = "nothing"', "stage workshop: `instead_of` na"),
    (
        'stage = "qualification"',
        'stage = "pilot"',
        "process pipeline, step qualify: stage 'pilot' ",
    ),
)


@pytest.mark.parametrize(("old", "new", "fault"), TEAM_FAULTS)
def test_a_fault_of_a_team_names_the_place(old: str, new: str, fault: str) -> None:
    source = changed("plain", "A stage of one sales team")
    assert source.count(old) == 1
    with pytest.raises(BadPlaybook, match=re.escape(fault)):
        load_playbook(source.replace(old, new))


def test_what_the_docs_show_of_the_plain_one_is_one_edit() -> None:
    """Each in a dialogue or in what the CRM has to have."""
    added = Library(load_playbook(changed("plain", "A stage")))
    assert [one.names[0] for one in needs(added).stages][-2:] == ["Won", "Delivery"]
    reasons = needs(Library(load_playbook(changed("plain", "A lost reason")))).lost_reasons
    assert {"No need any more", "Not now"} < {reason["en"] for reason in reasons}
    gate = load_playbook(changed("plain", "A criterion")).gates["gate-qualification"]
    assert "The pain points are known" in [one.label.of("en") for one in gate.questions]


ASSESSED = ("training", "3", "4", "budget", "2", "5", "20000", "60", "pursue", "skip")


def test_an_own_chance_and_an_own_question_are_asked_and_stand_in_the_review() -> None:
    source = changed("arts", "A chance of the assessment", "A question of the assessment")
    library = Library(load_playbook(source))
    walker = Walker(SAM, desk=Desk(library))
    case = Case("c1", "sam", library.current.playbook.edition, "assess", "Airbus")
    walker.cases["c1"] = case
    walker.conversation = Conversation("sam", cases=(CaseRef("c1", "Airbus", "assess"),))
    for text in ("assess", *ASSESSED):
        walker.says(text)
    asked = walker.shown[-1].show
    assert isinstance(asked, Ask)
    assert asked.prompt == "Who else is bidding?"
    walker.says("Nobody")
    review = walker.shown[-1].show
    assert isinstance(review, Review)
    rows = {row.label: row.value for row in review.rows}
    assert (rows["Chances"], rows["Competitors"]) == ("Training business", "Nobody")
    figure = library.current.playbook.form_by_id["assess"].sums[0]
    assert figure.total(walker.conversation.dialogues[0].answers) == 12


APPROVALS = (
    ("All have to approve", "10000", 3),
    ("Two have to approve", "10000", 2),
    ("More have to approve above an amount", "10000", 1),
    ("More have to approve above an amount", "50000.01", 2),
)


@pytest.mark.parametrize(("heading", "revenue", "needed"), APPROVALS)
def test_another_rule_of_approval_is_one_edit(
    heading: str, revenue: str, needed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(office.ASSESSED["assess"], "revenue", revenue)
    bosses = [office.colleague(name, "management") for name in ("mia", "max", "ida")]
    company = office.Office.of(office.colleague("sam", "sales"), *bosses)
    company.desk = Desk(Library(load_playbook(changed("arts", heading))))
    approval = company.has_asked("sam")
    for boss in bosses[:needed]:
        assert company.approvals[approval.id].status == "open"
        company.presses_at(office.seat(boss.id), f"!.{approval.id}.approved.{approval.mark}")
    assert company.approvals[approval.id].status == "approved"


@pytest.mark.parametrize("heading", edits())
def test_no_edit_is_shown_that_no_test_makes(heading: str) -> None:
    here = Path(__file__).parent
    makers = (here / "test_one_edit.py", here / "transcripts" / "26_en_francais.txt")
    assert any(heading in maker.read_text(encoding="utf-8") for maker in makers)


@pytest.mark.parametrize("name", ["arts", "plain"])
def test_a_playbook_that_ships_is_chosen_by_its_name(name: str) -> None:
    text, called = playbook_text(Path(name))
    assert called == f"{name}.toml"
    assert text == (SOURCE if name == "arts" else PLAIN)


def test_the_plain_one_knows_nothing_of_arts() -> None:
    assert "ARTS" not in PLAIN
    assert notes(load_playbook(PLAIN)) == []
    assert [one.id for one in load_playbook(PLAIN).stages] == [
        "new",
        "qualification",
        "proposition",
        "negotiation",
        "won",
    ]


NOTES: Sequence[tuple[str, str, str]] = (
    ('moves = "lost"\n', "", "step contact: nothing makes 'lost' happen"),
    (
        'form = "close"\nstage = "negotiation"',
        'stage = "negotiation"',
        "form close: no step has it",
    ),
    ('stage = "won"', "", "stage won: no step moves a case there"),
    ('words = { en = ["propose"], de = ["anbieten"] }\n', "", "form propose: nothing begins it"),
)


@pytest.mark.parametrize(("old", "new", "note"), NOTES, ids=[note for _, _, note in NOTES])
def test_the_check_names_what_leads_nowhere(old: str, new: str, note: str) -> None:
    assert PLAIN.count(old) == 1
    found = notes(load_playbook(PLAIN.replace(old, new)))
    assert any(one.startswith(note) and ": " in one[len(note) :] for one in found), found


def test_two_cases_on_two_editions_stand_side_by_side() -> None:
    """A case that is under way keeps the steps and words it began with."""
    earlier = load_playbook(SOURCE)
    library = edited('title = { en = "Assess opportunities and risks"', 'title = { en = "Weigh it"')
    both = Library(library.current.playbook, [earlier])
    cases = {
        one: Case(one, "sam", edition, "assess", one)
        for one, edition in (("old", earlier.edition), ("new", both.current.playbook.edition))
    }
    assert "▶ 5. Assess opportunities and risks" in labels(pressed(both, "process", "old", cases))
    assert "▶ 5. Weigh it" in labels(pressed(both, "process", "new", cases))


def pressed(library: Library, code: str, case: str, cases: dict[str, Case]) -> Show:
    """What Sam is shown."""
    refs = tuple(CaseRef(one.id, one.title, one.step) for one in cases.values())
    event = Pressed(tokens.free("sam", code, case))
    facts = Facts("e1", START, SEAT, SAM, cases=cases)
    turn = Desk(library).decide(Conversation("sam", cases=refs), event, facts)
    return turn.says[0].show


def labels(show: Show) -> list[str]:
    assert isinstance(show, Picture)
    return [row.label for row in show.rows]


def figures(library: Library, people: int) -> Show:
    """What Sam is told of figures about so many people."""
    found = FigureList(7, 5, 3, Effort(2, 10.0, 100.0), Effort(), people=people)
    event = LookedUp("kpi", "k~c~20260101-20270101", found)
    turn = Desk(library).decide(Conversation("sam"), event, Facts("e1", START, SEAT, SAM))
    return turn.says[0].show


def test_figures_about_few_are_told_to_nobody_until_that_is_switched_on() -> None:
    shipped, open_ = Library(load_playbook(SOURCE)), edited("least_people = 5", "least_people = 1")
    assert isinstance(figures(shipped, 4), Notice)
    assert isinstance(figures(shipped, 5), Picture)
    assert isinstance(figures(open_, 1), Picture)


def test_an_hour_costs_what_the_playbook_says() -> None:
    costs = {
        rate: [row.value for row in shown.rows if row.label == "Process cost per won case"]
        for rate in (85, 100)
        for shown in [figures(edited("rate = 85", f"rate = {rate}"), 5)]
        if isinstance(shown, Picture)
    }
    assert costs == {85: ["475.00 €"], 100: ["550.00 €"]}
