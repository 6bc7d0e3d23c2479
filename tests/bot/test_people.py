"""`dealdesk people` and `dealdesk check` as an administrator types them, on files of their own."""

import pytest

from bot.__main__ import main
from tests.changes import changed


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    """Runs a command; returns its exit status, what it printed, and what it complained of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEALDESK_SECRETS", str(tmp_path))

    def run(*words):
        status = main(words)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def test_somebody_is_linked_with_all_their_accounts(desk):
    status, said, _ = desk(
        *("people", "add", "--name", "Sam", "--role", "sales", "--slack", "T1:U1"),
        *("--telegram", "4711", "--language", "de"),
    )
    assert (status, said) == (0, "Sam is linked as sales.\n")
    _, listed, _ = desk("people", "list")
    assert "slack T1:U1, telegram 4711" in listed.splitlines()[1]
    assert listed.splitlines()[1].startswith("Sam   sales  de")


def test_somebody_may_speak_what_the_playbook_in_force_declares(desk, tmp_path, monkeypatch):
    add = ("people", "add", "--name", "Sam", "--role", "sales", "--language", "fr")
    status, _, complaint = desk(*add)
    assert status != 0
    assert "language 'fr': write one of en, de, or declare it in the playbook" in complaint
    path = tmp_path / "french.toml"
    path.write_text(changed("plain", "A further language"), encoding="utf-8")
    monkeypatch.setenv("DEALDESK_PLAYBOOK", str(path))
    assert desk(*add)[0] == 0
    assert desk("people", "list")[1].splitlines()[1].startswith("Sam   sales  fr")


def test_the_same_name_again_changes_the_role_and_keeps_the_accounts(desk):
    desk("people", "add", "--name", "Sam", "--role", "sales", "--telegram", "4711")
    desk("people", "add", "--name", "Sam", "--role", "management", "--slack", "T1:U1")
    _, listed, _ = desk("people", "list")
    assert len(listed.splitlines()) == 2
    assert "management" in listed
    assert "slack T1:U1, telegram 4711" in listed


def test_an_account_moves_to_whom_it_is_given_last(desk):
    desk("people", "add", "--name", "Sam", "--role", "sales", "--telegram", "4711")
    desk("people", "add", "--name", "Kim", "--role", "sales", "--telegram", "4711")
    _, listed, _ = desk("people", "list")
    assert listed.count("4711") == 1
    assert "4711" in next(line for line in listed.splitlines() if line.startswith("Kim"))


def test_a_link_to_the_web_chat_is_shown_once_and_kept_nowhere(desk, tmp_path):
    _, said, _ = desk("people", "add", "--name", "Sam", "--role", "sales", "--web")
    token = said.rsplit("#", 1)[1].strip()
    assert len(token) >= 20
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert all(token.encode() not in content for content in files)


def test_unlinking_takes_the_accounts_away(desk):
    desk("people", "add", "--name", "Sam", "--role", "sales", "--telegram", "4711")
    status, said, _ = desk("people", "unlink", "Sam")
    assert (status, said) == (0, "Sam is no longer linked to any account.\n")
    _, listed, _ = desk("people", "list")
    assert "4711" not in listed


def test_one_channel_can_be_unlinked_and_the_others_stay(desk):
    desk("people", "add", "--name", "Sam", "--role", "sales", "--telegram", "47", "--slack", "T:U")
    _, said, _ = desk("people", "unlink", "Sam", "--channel", "telegram")
    assert said == "Sam is no longer linked on telegram.\n"
    _, listed, _ = desk("people", "list")
    assert "slack T:U" in listed
    assert "telegram" not in listed


def test_d15_an_account_taken_from_somebody_is_said_to_be(desk):
    desk("people", "add", "--name", "Sam", "--role", "sales", "--telegram", "4711")
    _, said, _ = desk("people", "add", "--name", "Kim", "--role", "sales", "--telegram", "4711")
    assert "telegram 4711 was Sam's; that link is revoked.\n" in said


def test_a_link_code_is_shown_once_and_kept_nowhere(desk, tmp_path):
    desk("people", "add", "--name", "Sam", "--role", "sales")
    status, said, _ = desk("people", "link-code", "Sam", "--channel", "slack")
    code = said.split()[-1]
    assert (status, len(code)) == (0, 22)
    assert said.startswith("For Sam only, once, within 10 minutes, in a private chat: ")
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert all(code.encode() not in content for content in files)
    assert desk("people", "link-code", "Sam", "--channel", "slack")[1].split()[-1] != code


def test_without_a_role_there_has_to_be_somebody_to_ask(desk):
    status, _, complaint = desk("people", "add", "--name", "Sam", "--telegram", "4711")
    assert status == 2
    assert complaint.startswith("--role is missing")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("link-code", "Nobody"), "nobody is called Nobody: see `dealdesk people list`\n"),
        (("unlink", "Nobody"), "nobody is called Nobody: see `dealdesk people list`\n"),
        (
            ("add", "--name", "Sam", "--role", "sales", "--slack", "U1"),
            "--slack U1: write TEAM:USER, as T012AB:U034CD\n",
        ),
    ],
)
def test_a_mistake_is_a_sentence_and_not_a_trace(desk, words, sentence):
    assert desk("people", *words) == (2, "", sentence)


def test_check_names_what_is_there_and_what_to_do(desk):
    status, said, _ = desk("check")
    assert status == 0
    assert "ledger" in said
    assert "set DEALDESK_TELEGRAM_TOKEN or DEALDESK_SLACK_BOT_TOKEN" in said


def test_the_playbook_that_ships_is_sound(desk):
    status, said, _ = desk("playbook", "check")
    assert status == 0
    assert "record (13 questions)" in said


def test_a_wrong_playbook_is_refused_with_place_and_remedy(desk, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('name = "x"\nversion = 3\n')
    status, _, complaint = desk("playbook", "check", str(path))
    assert status == 2
    assert "mine.toml: version: Input should be a valid string" in complaint
    assert "mine.toml: form: Field required" in complaint


def test_odoo_setup_without_a_crm_prepares_the_ledger(desk):
    status, said, _ = desk("odoo", "setup", "--dry-run")
    assert status == 0
    assert "x_dealdesk_soft_requirements" in said


def test_the_slack_manifest_is_json_to_paste(desk):
    status, said, _ = desk("slack", "manifest")
    assert status == 0
    assert '"/dealdesk"' in said
