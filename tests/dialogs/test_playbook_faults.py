"""A wrong playbook is refused; whoever wrote it reads where it is wrong and what would be right.

Each fault is one change to a sound file, with how the complaint about it begins.
"""

from pathlib import Path

import pytest

from dialogs.errors import BadPlaybook
from dialogs.playbook import load_playbook

SOUND = Path(__file__).with_name("sound.toml").read_text(encoding="utf-8")
HELD = 'id = "held"\nkind = "yes_no"'
VISIT = 'words = { en = ["visit"], de = ["besuch"] }'
DECIDE = 'action = "decide"\nopens = "approval"'
NEED = '{ id = "need", en = "There is need", de = "Es gibt Bedarf" }'
THEN = "then = { approved"
TWIN = '[[stage]]\nid = "new"\ntitle = { en = "New", de = "Neu" }\nnames = ["Neu"]'

CARD = 'card = ["content"]'
HANDOVER = '[[handover]]\nid = "legal"\ntext = { en = "Legal", de = "Recht" }'


def _form(opens: str, question: str) -> str:
    texts = 'prompt = { en = "?", de = "?" }\nlabel = { en = "?", de = "?" }'
    head = f'[[form]]\nid = "{opens}"\ntitle = {{ en = "T", de = "T" }}\naction = "decide"'
    asked = f'[[form.question]]\nid = "{question}"\nkind = "text"\n{texts}'
    return f'{head}\nopens = "{opens}"\nreview = false\n\n{asked}\n'


FAULTS = {
    # what the file itself has to be
    "no TOML": ('name = "Sound"', 'name = "Sound', "not valid TOML: "),
    "a key that is none": ('version = "1"\ncompany', 'verison = "1"\ncompany', "version: Field"),
    "an unknown key": (
        HELD,
        f"{HELD}\ncolour = 1",
        "form 1 (visit), question 2 (held), colour: Extra inputs are not permitted",
    ),
    "a wrong type": (
        'names = ["New"]',
        'names = "New"',
        "stage 1 (new), names: Input should be a valid tuple",
    ),
    "an id that is none": (
        HELD,
        'id = "Held?"\nkind = "yes_no"',
        "form 1 (visit), question 2 (Held?), id: String should match pattern",
    ),
    "a form's id too long for a button": (
        'id = "visit"\ntitle',
        'id = "visit_of_a_customer"\ntitle',
        "form 1 (visit_of_a_customer), id: String should match pattern",
    ),
    "an offer that nothing answers with yes": (
        'crm = "x_content"',
        "offered = true",
        "form visit, question content: `offered` answers yes: give it to one of yes and no",
    ),
    "a field that is none": (
        'crm = "x_content"',
        'crm = "meeting.colour"',
        "form 1 (visit), question 3 (content), crm: String should match pattern",
    ),
    "an action nobody has": (
        'action = "record"',
        'action = "rule"',
        "form 1 (visit), action: Input should be 'record', 'appoint'",
    ),
    "a happening nobody knows": (
        THEN,
        "then = { shelved",
        "process 1 (sales), step 2 (decide), then, shelved",
    ),
    "a day that is none": ("on = 2020-01-02", "on = 2020", "process 1 (sales), examined, on: "),
    "a currency that is none": (
        'version = "1"\ncompany',
        'version = "1"\ncurrency = "Euro"\ncompany',
        "currency: String should match pattern",
    ),
    # kinds of answer and their settings
    "an unknown kind": (
        HELD,
        'id = "held"\nkind = "yesno"',
        "form visit, question held: Answer kind 'yesno' is unknown; use one of: choice, contact, ",
    ),
    "a setting the kind has not": (
        HELD,
        f"{HELD}\nsettings = {{ max = 3 }}",
        "form visit, question held: Answer kind 'yes_no' has no setting 'max'; it takes: no ",
    ),
    "a choice of nothing": (
        'id = "held"\nkind = "yes_no"',
        'id = "held"\nkind = "choice"',
        "form visit, question held: Answer kind 'choice' needs the setting 'options'.",
    ),
    "a list there is not": (
        'id = "held"\nkind = "yes_no"',
        'id = "held"\nkind = "choice"\noptions = "colours"',
        "form visit, question held: Setting 'options' must be a list of options with id and text.",
    ),
    "a wrong kind for each": (
        'id = "weight"\nkind = "scale"',
        'id = "weight"\nkind = "scales"',
        "form visit, question risks, for_each weight: Answer kind 'scales' is unknown",
    ),
    # what has to fit together
    "twin forms": (
        'id = "verdict"\ntitle',
        'id = "visit"\ntitle',
        "form visit is there twice: give one of them another id",
    ),
    "twin questions": (
        HELD,
        'id = "customer"\nkind = "yes_no"',
        "form visit, question customer is there twice: give one of them another id",
    ),
    "twin steps": (
        'id = "stop"\ntitle',
        'id = "go"\ntitle',
        "step go is there twice: give one of them another id",
    ),
    "twin stages": (
        '[[form]]\nid = "visit"',
        f'{TWIN}\n\n[[form]]\nid = "visit"',
        "stage new is there twice: give one of them another id",
    ),
    "a text in one language": (
        'prompt = { en = "Held?", de = "Stattgefunden?" }',
        'prompt = { en = "Held?" }',
        "playbook, form visit, question held, prompt: the text for 'de' is missing",
    ),
    "an option in one language": (
        'text = { en = "Time", de = "Zeit" }',
        'text = { de = "Zeit" }',
        "playbook, form visit, question risks, options time, text: the text for 'en' is missing",
    ),
    "words in one language": (
        VISIT,
        'words = { en = ["visit"] }',
        "playbook, form visit, words: the text for 'de' is missing",
    ),
    "a condition on a later question": (
        HELD,
        f'{HELD}\nwhen = [{{ question = "content", answered = true }}]',
        "form visit, question held: its condition asks for 'content', which is no earlier ",
    ),
    "a condition on an option there is not": (
        'has = "money"',
        'has = "honey"',
        "form visit, question money_why: 'honey' is no option of question risks",
    ),
    "a condition on a choice there is not": (
        'is = "rejected"',
        'is = "refused"',
        "form verdict, question reason: 'refused' is no option of question verdict",
    ),
    "a condition on yes or no that is neither": (
        "is = true",
        'is = "true"',
        "form visit, question content: 'true' is no option of question held",
    ),
    "a name of the engine's": (
        HELD,
        'id = "review"\nkind = "yes_no"',
        "form visit, question review: the name is the engine's own, choose another",
    ),
    "a sum over nothing": (
        'over = "risks"',
        'over = "chances"',
        "form visit, sum risk: there is no question 'chances'",
    ),
    "a sum of what is not asked": (
        'factors = ["weight"]',
        'factors = ["weight", "length"]',
        "form visit, sum risk: question risks has no for_each 'length'",
    ),
    "a step that leads nowhere": (
        'rejected = "stop"',
        'rejected = "transfer"',
        "process sales, step decide: rejected leads to 'transfer', which is no step of any process",
    ),
    "a step to a stage there is not": (
        'stage = "new"',
        'stage = "old"',
        "process sales, step record: there is no stage 'old'",
    ),
    "a step with a form there is not": (
        'form = "visit"',
        'form = "visits"',
        "process sales, step record: there is no form 'visits'",
    ),
    "a step that nothing leads to": (
        'approved = "go"',
        'approved = "stop"',
        "step go: no case reaches it: name it in the `then` of an earlier step",
    ),
    "a step from which nothing leads": (
        'outcome = "won"',
        'tag = { en = "Go", de = "Los" }',
        "step go: nothing follows: give it a `then`, or say the `outcome`",
    ),
    "steps in a ring": (
        'outcome = "won"',
        'then = { finished = "go" }',
        "step go: no end can be reached from it: lead it to a step with an `outcome`",
    ),
    "a way back out of a step on the way": (
        'then = { finished = "decide" }',
        'then = { finished = "decide", restored = "before" }',
        "step record: only a step with an `outcome` can lead to `before`",
    ),
    "a form that moves what it makes": (
        VISIT,
        f'{VISIT}\nmoves = "parked"',
        "form visit: it moves cases: write opens = 'open_case'",
    ),
    "a form that moves nothing": (
        VISIT,
        f'{VISIT}\nmoves = "parked"',
        "form visit: no step has 'parked' in its `then`",
    ),
    "twin criteria": (
        'names = ["New"]',
        f'names = ["New"]\ncriteria = [{NEED}, {NEED}]',
        "stage new, criterion need is there twice: give one of them another id",
    ),
    "a criterion in one language": (
        'names = ["New"]',
        'names = ["New"]\ncriteria = [{ id = "need", en = "There is need" }]',
        "stage new, criterion need: the text for 'de' is missing",
    ),
    "a criterion met by a question there is not": (
        'names = ["New"]',
        f'names = ["New"]\ncriteria = [{NEED[:-2]}, met_by = "visit.colour" }}]',
        "stage new, criterion need: there is no question visit.colour",
    ),
    "a word for two forms": (
        DECIDE,
        f'{DECIDE}\nwords = {{ en = ["Visit"], de = ["Urteil"] }}',
        "form verdict: the word 'Visit' already starts form visit",
    ),
    "a word of the desk's": (
        VISIT,
        'words = { en = ["visit"], de = ["Zurück"] }',
        "form visit: the word 'Zurück' is the desk's own, choose another",
    ),
    "a decision at no step": (
        'step = "decide"',
        'step = "judge"',
        "decision: there is no step 'judge' in any process",
    ),
    "a decision without a form": (
        'form = "verdict"\ncard',
        'form = "ruling"\ncard',
        "decision: there is no form 'ruling'",
    ),
    "a decision that can't be a no": (
        '{ id = "rejected", text',
        '{ id = "declined", text',
        "decision: form verdict needs a question `verdict` of kind choice with the options ",
    ),
    "a card of unknown facts": (
        'card = ["content"]',
        'card = ["contents"]',
        "decision, card: there is no question 'contents' in any form",
    ),
    # votes, deadlines, hand-overs
    "two rules for the same amounts": (
        CARD,
        f"{CARD}\nrules = [{{ approvals = 1 }}, {{ approvals = 2 }}]",
        "decision, rules: two rules are for the same amounts",
    ),
    "no rule for small amounts": (
        CARD,
        f"{CARD}\nrules = [{{ approvals = 1, above = 5 }}]",
        "decision, rules: add one without `above`",
    ),
    "an amount that nobody asks for": (
        CARD,
        f"{CARD}\nrules = [{{ approvals = 1 }}, {{ approvals = 2, above = 5 }}]",
        "decision, amount: there is no question '' before the decision",
    ),
    "an amount that is none": (
        CARD,
        f'{CARD}\namount = "content"\nrules = [{{ approvals = 1 }}, {{ above = 5 }}]',
        "decision, amount: question 'content' gives no amount",
    ),
    "a rule that can never be met": (
        CARD,
        f'{CARD}\nasks = [{{ name = "Mia" }}]\nrules = [{{ approvals = 2 }}]',
        "decision, rules: 2 approvals can never be had from the 1 people that are asked",
    ),
    "somebody who is named twice over": (
        CARD,
        f'{CARD}\nasks = [{{ name = "Mia", login = "mia" }}]',
        "decision, asks: say who it is in one way",
    ),
    "a deputy without a deadline": (
        CARD,
        f'{CARD}\ndeputy = {{ name = "Mia" }}',
        "decision, deputy: nobody is asked without `deadline_hours`",
    ),
    "a reminder after the deadline": (
        CARD,
        f"{CARD}\nremind_hours = 5\ndeadline_hours = 5",
        "decision, remind_hours: the reminder comes after the deadline",
    ),
    "a deputy who may not decide": (
        CARD,
        f'{CARD}\ndeadline_hours = 5\nescalate_to = {{ role = "admin" }}',
        "decision, escalate_to: role admin may not decide",
    ),
    "a question that nobody can answer": (
        "[decision]",
        f"{_form('enquiry', 'question')}\n[decision]",
        "form: one opens enquiry and none opens reply",
    ),
    "a form without the question it needs": (
        "[decision]",
        f"{_form('reply', 'words')}\n[decision]",
        "form reply: it opens reply and needs a question `answer`",
    ),
    "a hand-over that nobody can be asked about": (
        "[decision]",
        f'{HANDOVER}\ncontact = {{ role = "group" }}\n\n[decision]',
        "handover legal: its contact can't be asked: add a form that opens handover",
    ),
    "a contact who takes nobody over": (
        "[decision]",
        f'{HANDOVER}\ncontact = {{ role = "sales" }}\n\n[decision]',
        "handover legal, contact: role sales takes nobody over",
    ),
    "a team without a contact": (
        "[decision]",
        f'{HANDOVER}\nteam = "Group"\n\n[decision]',
        "handover legal: nobody takes over without a `contact`",
    ),
    "a contact in no words": (
        "[decision]",
        f"{HANDOVER}\ncontact = {{ }}\n\n[decision]",
        "handover legal, contact: say who it is in one way",
    ),
    "a task in one language": (
        "[decision]",
        f'{HANDOVER}\ncontact = {{ role = "group" }}\ntask = {{ en = "Call" }}\n\n[decision]',
        "playbook, handover legal, task: the text for 'de' is missing",
    ),
    "a fact without a label": (
        'fields = { verdict = "x_verdict" }',
        'fields = { verdict = "x_verdict", on = "x_on" }',
        "decision: field on needs a label under [decision.labels]",
    ),
}


def complaints(text: str) -> list[str]:
    with pytest.raises(BadPlaybook) as refused:
        load_playbook(text, "ours.toml")
    return str(refused.value).splitlines()


def test_the_sound_one_is_taken() -> None:
    assert [form.id for form in load_playbook(SOUND).forms] == ["visit", "verdict"]


@pytest.mark.parametrize(("old", "new", "complaint"), FAULTS.values(), ids=FAULTS)
def test_h5_a_fault_is_named_with_its_place(old: str, new: str, complaint: str) -> None:
    changed = SOUND.replace(old, new, 1)
    assert changed != SOUND
    assert any(line.startswith(f"ours.toml: {complaint}") for line in complaints(changed))


def test_h5_all_faults_are_named_at_once() -> None:
    wrong = SOUND.replace('stage = "new"', 'stage = "old"').replace('has = "money"', 'has = "x"')
    assert [line.partition(": ")[2] for line in complaints(wrong)] == [
        "form visit, question money_why: 'x' is no option of question risks",
        "process sales, step record: there is no stage 'old'",
    ]


def test_the_edition_changes_with_every_letter_of_the_file() -> None:
    one, other = load_playbook(SOUND), load_playbook(SOUND.replace("Who?", "Who"))
    assert one.edition != other.edition
    assert one.version == other.version == "1"
    assert load_playbook(SOUND).edition == one.edition
