"""The corpus is what it says: many strings, for every sink, none twice."""

from tests.injection.corpus import CORPUS, GROUPS

SINKS = {
    "slack_mentions",
    "slack_links",
    "slack_marks",
    "telegram_html",
    "telegram_marks",
    "html",
    "odoo",
    "formula",
    "sql",
    "log",
    "templates",
    "unicode",
    "emoji",
    "data",
    "paths",
}


def test_e9_there_are_at_least_five_hundred_and_some_for_each_sink() -> None:
    assert set(GROUPS) == SINKS
    assert min(map(len, GROUPS.values())) >= 20
    assert len(CORPUS) >= 500
