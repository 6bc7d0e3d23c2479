"""The manifest asks for what the channel uses, and no more."""

from adapters.slack.inbound import SHORTCUT
from adapters.slack.manifest import manifest

URL = "https://dealdesk.example/slack/events"


def test_socket_mode_needs_no_address():
    made = manifest(None, socket_mode=True)
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["interactivity"] == {"is_enabled": True}
    assert "url" not in made["features"]["slash_commands"][0]


def test_http_names_the_address_wherever_slack_calls():
    made = manifest(URL, socket_mode=False)
    assert made["settings"]["event_subscriptions"]["request_url"] == URL
    assert made["settings"]["interactivity"]["request_url"] == URL
    assert made["features"]["slash_commands"][0]["url"] == URL


def test_the_rights_are_the_least_that_suffice():
    made = manifest(None, socket_mode=True)
    assert made["oauth_config"]["scopes"]["bot"] == [
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "im:history",
        "im:write",
        "users:read",
    ]
    assert "message.im" in made["settings"]["event_subscriptions"]["bot_events"]


def test_people_may_write_and_the_shortcut_is_the_one_that_is_read():
    features = manifest(None, socket_mode=True)["features"]
    assert features["app_home"]["messages_tab_read_only_enabled"] is False
    assert features["shortcuts"][0]["callback_id"] == SHORTCUT
    assert len(features["shortcuts"][0]["name"]) <= 24
