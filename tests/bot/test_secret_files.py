"""Where secrets come from, and when a file that holds one is refused."""

import os
import sys
from types import SimpleNamespace

import pytest

from bot.settings import SECRET, environment, read_settings, secret_values
from dialogs.errors import BadConfiguration


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A secrets folder; the working directory is beside it."""
    monkeypatch.chdir(tmp_path)
    for name in [one for one in os.environ if one.startswith("DEALDESK_")]:
        monkeypatch.delenv(name)
    made = tmp_path / "secrets"
    made.mkdir()
    return made


def written(path, text="a-secret", mode=0o600):
    path.write_text(text)
    path.chmod(mode)
    return path


def complaint(folder):
    with pytest.raises(BadConfiguration) as caught:
        environment(folder)
    return str(caught.value)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o602])
@pytest.mark.parametrize("name", sorted(SECRET))
def test_h6_a_secret_that_others_can_read_is_refused_with_the_command_that_mends_it(
    name, mode, folder
):
    path = written(folder / name, mode=mode)
    assert complaint(folder) == (
        f"{path} holds a secret and others can read it: run `chmod 600 {path}`."
    )


def test_h6_files_of_their_owner_alone_and_files_without_a_secret_are_read(folder):
    written(folder / "DEALDESK_CRM_SECRET", "s\n", 0o400)
    written(folder / "dealdesk_telegram_token", "1:t", 0o600)
    written(folder / "DEALDESK_LANGUAGE", "de", 0o644)
    written(folder / "README", "not ours", 0o644)
    assert environment(folder) == {
        "DEALDESK_CRM_SECRET": "s",
        "DEALDESK_TELEGRAM_TOKEN": "1:t",
        "DEALDESK_LANGUAGE": "de",
    }


def test_h6_the_links_that_kubernetes_mounts_are_followed(folder, monkeypatch):
    inner = folder / "..2026_11_21"
    inner.mkdir()
    written(inner / "DEALDESK_CRM_SECRET", "mounted", 0o644)
    folder.joinpath("..data").symlink_to(inner.name)
    folder.joinpath("DEALDESK_CRM_SECRET").symlink_to("..data/DEALDESK_CRM_SECRET")
    assert "chmod 600" in complaint(folder)  # a folder like any other
    monkeypatch.setattr(os.path, "ismount", lambda path: path == folder)
    assert environment(folder) == {"DEALDESK_CRM_SECRET": "mounted"}


def test_h6_what_is_missing_or_unreadable_is_said_in_a_sentence(folder, monkeypatch):
    folder.joinpath("DEALDESK_CRM_SECRET").symlink_to("nowhere")
    folder.joinpath("DEALDESK_LANGUAGE").write_bytes(b"\xff\xfe")
    assert [line.partition("/DEALDESK_")[2][:24] for line in complaint(folder).splitlines()] == [
        "CRM_SECRET leads nowhere",
        "LANGUAGE can't be read (",
    ]
    monkeypatch.setenv("DEALDESK_SECRETS", "/nowhere/at/all")
    assert "DEALDESK_SECRETS names /nowhere/at/all" in complaint(None)


def test_h6_a_dotenv_with_a_secret_is_its_owners_alone(folder, tmp_path):
    path = written(tmp_path / ".env", "DEALDESK_LANGUAGE=de\n", 0o644)
    assert environment(folder) == {"DEALDESK_LANGUAGE": "de"}
    written(path, "DEALDESK_TELEGRAM_TOKEN=1:t\n", 0o644)
    assert complaint(folder) == (
        ".env holds DEALDESK_TELEGRAM_TOKEN and others can read it: run `chmod 600 .env`."
    )
    path.chmod(0o600)
    assert environment(folder) == {"DEALDESK_TELEGRAM_TOKEN": "1:t"}


def test_the_keyring_is_asked_only_when_a_setting_says_so_and_only_for_what_is_missing(
    folder, monkeypatch
):
    asked = []

    def kept(service, name):
        asked.append((service, name))
        return {"DEALDESK_CRM_SECRET": "from the keyring"}.get(name)

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=kept))
    monkeypatch.setenv("DEALDESK_TELEGRAM_TOKEN", "1:t")
    assert environment(folder) == {"DEALDESK_TELEGRAM_TOKEN": "1:t"}
    assert asked == []
    monkeypatch.setenv("DEALDESK_KEYRING", "dealdesk")
    assert environment(folder)["DEALDESK_CRM_SECRET"] == "from the keyring"
    assert {name for _, name in asked} == SECRET.keys() - {"DEALDESK_TELEGRAM_TOKEN"}


def test_a_keyring_that_is_not_installed_or_locked_is_said_in_a_sentence(folder, monkeypatch):
    monkeypatch.setenv("DEALDESK_KEYRING", "dealdesk")
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert "install dealdesk[keyring]" in complaint(folder)

    def locked(service, name):
        raise RuntimeError("locked with hunter2")

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=locked))
    assert "unlock it" in complaint(folder)
    assert "hunter2" not in complaint(folder)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"DEALDESK_TELEGRAM_TOKN": "1:t"}, "did you mean DEALDESK_TELEGRAM_TOKEN?"),
        ({"DEALDESK_LOGLEVEL": "DEBUG"}, "did you mean DEALDESK_LOG_LEVEL?"),
        ({"DEALDESK_LOG_LEVEL": "LOUD"}, "write DEBUG, INFO, WARNING, ERROR"),
        ({"DEALDESK_LOG_FORMAT": "xml"}, "write text or json"),
        ({"DEALDESK_LOG_WIRE": "maybe"}, "write yes or no"),
        ({"DEALDESK_PUBLIC_URL": "dealdesk.example.com"}, "write http:// or https://"),
        ({"DEALDESK_MASTER_KEY": "too-short"}, "`openssl rand -base64 32` makes one"),
    ],
)
def test_h5_a_wrong_setting_stops_the_start_with_what_to_write(given, said):
    with pytest.raises(BadConfiguration, match=said.replace("?", r"\?")) as caught:
        read_settings(given)
    assert "too-short" not in str(caught.value)


def test_h5_settings_of_parts_that_are_not_connected_are_no_mistakes():
    read_settings(
        {
            "DEALDESK_CRM_LOGIN": "a", "DEALDESK_CRM_DATABASE": "b", "DEALDESK_CRM_SECRET": "c",
            "DEALDESK_SLACK_API_BASE_URL": "https://d", "DEALDESK_RIG_DIR": "e",
            "DEALDESK_TELEGRAM_WEBHOOK_URL": "f", "DEALDESK_TORTURE": "long",
        }
    )  # fmt: skip


def test_settings_shown_show_no_secret():
    given = {
        "DEALDESK_CRM_URL": "http://odoo", "DEALDESK_CRM_DATABASE": "d", "DEALDESK_CRM_LOGIN": "l",
        "DEALDESK_CRM_SECRET": "canary-crm", "DEALDESK_TELEGRAM_TOKEN": "123:canary-telegram",
        "DEALDESK_TELEGRAM_WEBHOOK_SECRET": "canary-webhook",
        "DEALDESK_SLACK_BOT_TOKEN": "xoxb-canary", "DEALDESK_SLACK_APP_TOKEN": "xapp-canary",
        "DEALDESK_SLACK_SIGNING_SECRET": "canary-signing",
        "DEALDESK_MASTER_KEY": "Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LWNhbmE=",
        "DEALDESK_DATABASE_URL": "postgresql://dealdesk:canary%2Fdb@db/dealdesk",
    }  # fmt: skip
    assert given.keys() >= SECRET.keys()
    settings = read_settings(given)
    assert "anary" not in repr(settings)
    assert "Y2FuYXJ5" not in repr(settings)
    for secret in secret_values(given):
        assert secret not in repr(settings)
    assert settings.secrets >= {"canary-crm", "canary-telegram", "canary/db", "xoxb-canary"}
