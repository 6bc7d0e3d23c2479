import pytest

from bot.settings import environment, read_settings
from dialogs.errors import BadConfiguration
from dialogs.people import Address


def test_nothing_set_is_the_embedded_installation():
    settings = read_settings({})
    assert settings.database_url == "sqlite:///dealdesk-data/dealdesk.sqlite3"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert (settings.crm, settings.telegram, settings.slack, settings.management) == (None,) * 4


def test_all_mistakes_are_named_at_once_with_their_remedy():
    given = {
        "DEALDESK_LISTEN": "8080",
        "DEALDESK_TIMEZONE": "Mars/Olympus",
        "DEALDESK_LANGUAGE": "French",
        "DEALDESK_CRM_URL": "http://odoo",
        "DEALDESK_CRM_DRIVER": "soap",
        "DEALDESK_SLACK_BOT_TOKEN": "xoxb-1",
        "DEALDESK_MANAGEMENT_CHAT": "mail:boss",
    }
    with pytest.raises(BadConfiguration) as caught:
        read_settings(given)
    complaints = str(caught.value).splitlines()
    assert len(complaints) == 9
    for name in ("LISTEN", "TIMEZONE", "LANGUAGE", "CRM_DATABASE", "CRM_LOGIN", "CRM_SECRET"):
        assert any(line.startswith(f"DEALDESK_{name} ") for line in complaints), name
    assert any("xoxb" not in line and "SLACK_APP_TOKEN" in line for line in complaints)


def test_no_complaint_shows_a_secret():
    given = {
        "DEALDESK_CRM_URL": "http://odoo",
        "DEALDESK_CRM_SECRET": "canary-7c1",
        "DEALDESK_LISTEN": "x",
    }
    with pytest.raises(BadConfiguration) as caught:
        read_settings(given)
    assert "canary-7c1" not in str(caught.value)


def test_a_webhook_needs_its_secret():
    with pytest.raises(BadConfiguration, match="TELEGRAM_WEBHOOK_SECRET"):
        read_settings(
            {"DEALDESK_TELEGRAM_TOKEN": "1:a", "DEALDESK_TELEGRAM_WEBHOOK_URL": "https://b"}
        )


def test_the_management_chat_is_one_that_others_read():
    settings = read_settings({"DEALDESK_MANAGEMENT_CHAT": "telegram:-100123"})
    assert settings.management == Address("telegram", "", "-100123", shared=True)


def test_variables_win_over_the_file_and_the_file_over_secrets(tmp_path, monkeypatch):
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    secret = secrets.joinpath("dealdesk_crm_secret")
    secret.write_text("from secrets\n")
    secret.chmod(0o600)
    secrets.joinpath("DEALDESK_CRM_LOGIN").write_text("from secrets")
    secrets.joinpath("DEALDESK_LANGUAGE").write_text("de")
    tmp_path.joinpath(".env").write_text(
        "# mine\nDEALDESK_CRM_LOGIN='from file'\nDEALDESK_LANGUAGE=en\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEALDESK_LANGUAGE", "de")
    given = environment(secrets)
    assert given["DEALDESK_CRM_SECRET"] == "from secrets"
    assert given["DEALDESK_CRM_LOGIN"] == "from file"
    assert given["DEALDESK_LANGUAGE"] == "de"
