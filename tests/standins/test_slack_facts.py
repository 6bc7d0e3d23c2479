"""The facts about Slack's methods: sound by themselves, equal to the published specification."""

import json
from pathlib import Path
from typing import Any

from tests.standins.slack.acting import ACTS
from tests.standins.slack.faults import EVERY, Fault
from tests.standins.slack.methods import methods

PUBLISHED = Path(__file__).parents[3] / "shared" / "specs" / "slack"
FACTS = json.loads((Path(__file__).parent / "slack" / "methods.json").read_text("utf-8"))


def kind_of(argument: dict[str, Any]) -> str:
    given = argument.get("type")
    kind = "|".join(dict.fromkeys(given)) if isinstance(given, list) else given or "any"
    return kind + ("/json" if argument.get("format") == "json" else "")


def compact(published: dict[str, Any], tiers: dict[str, str]) -> dict[str, Any]:
    arguments = published["args"].items()
    return {
        "arguments": {n: [bool(a["required"]), kind_of(a)] for n, a in sorted(arguments)},
        "errors": sorted(set(published["errors"]) - set(FACTS["common_errors"])),
        "tier": tiers.get(published["name"]),
    }


def published_methods() -> dict[str, Any]:
    tiers = json.loads((PUBLISHED / "rate_limit_tiers.json").read_text("utf-8"))
    every = [p for p in PUBLISHED.glob("methods/*/*.json") if not p.parent.name.startswith("_")]
    read = [json.loads(path.read_text("utf-8")) for path in every]
    return {each["name"]: compact(each, tiers) for each in read}


def test_the_facts_equal_the_published_specification_where_it_is_at_hand():
    if PUBLISHED.exists():
        assert published_methods() == FACTS["methods"]
    assert len(FACTS["methods"]) == 322


def test_the_facts_name_their_sources_and_licences():
    assert "slack-api-ref" in FACTS["source"]
    assert FACTS["licence"].count("MIT") == 1


def test_every_acting_method_is_a_method_of_slack():
    assert set(ACTS) <= set(methods())


def test_required_arguments_and_tiers_are_read_from_the_facts():
    post = methods()["chat.postMessage"]

    assert post.missing({"text": "hi"}) == ["channel"]
    assert post.unknown({"channel": "C1", "colour": "red", "team_id": "T1"}) == ["colour"]
    assert methods()["chat.update"].tier == "Tier3"


def test_common_errors_are_documented_for_every_method():
    assert all(method.documents("ratelimited") for method in methods().values())
    assert not methods()["chat.update"].documents("channel_is_haunted")


def test_a_fault_fits_its_method_and_its_channel_only():
    fault = Fault("chat.postMessage", "is_archived", channel="C1")

    assert fault.fits("chat.postMessage", {"channel": "C1"})
    assert not fault.fits("chat.postMessage", {"channel": "C2"})
    assert not fault.fits("chat.update", {"channel": "C1"})
    assert Fault(EVERY, "500").fits("users.info", {})
