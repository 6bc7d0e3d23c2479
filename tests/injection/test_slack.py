"""Nothing that was typed mentions anybody in Slack or links anywhere."""

import re

import pytest

from adapters.slack.home import home_view
from adapters.slack.modal import page_view, remark_view
from adapters.slack.mrkdwn import clean, escape
from adapters.slack.outbound import render
from adapters.slack.words import Words
from tests.contracts.channels.slack_world import SlackWorld
from tests.injection.corpus import CORPUS, NO_TEXT, pages, sample
from tests.injection.places import CRM, everywhere, listed, page
from tests.standins.slack.blocks import check_message, check_view
from tests.standins.slack.content import marked_up
from tests.standins.slack.mentions import as_read, controls

OURS = f"<{CRM.url}|"
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"


def live(text: str) -> list[str]:
    """Mentions and links that Slack would make of it, without the one that is ours."""
    return [one for one in controls(text) if not one.startswith(OURS)]


def test_e9_no_text_mentions_or_links_in_a_message() -> None:
    for text in CORPUS:
        for show in everywhere(text):
            fallback, blocks = render(show)
            acting = [one for marked in (fallback, *marked_up(blocks)) for one in live(marked)]
            assert acting == [], (text, show)


def test_e9_no_text_mentions_or_links_on_a_form_or_on_the_home_tab() -> None:
    for text in CORPUS:
        words = Words(text, text, text, text, text, text, ((text, "status"),))
        for view in (page_view(page(text), text), remark_view(text), home_view(words)):
            assert [live(marked) for marked in marked_up(view)] == [], text


def test_e9_what_was_typed_can_be_read() -> None:
    for text in CORPUS:
        assert as_read(escape(text).replace("*", ""), {}).count("<") == text.count("<"), text


def test_e9_nothing_turns_the_reading_direction() -> None:
    for text in CORPUS:
        assert not set(clean(text)) & set(TURNING), text


def test_e9_slack_takes_all_of_it() -> None:
    for text in sample(10):
        for show in everywhere(text):
            check_message(render(show)[1])
        check_view(page_view(page(text), text), "modal")
        check_view(remark_view(text), "modal")


@pytest.mark.parametrize("text", NO_TEXT)
def test_e5_what_is_no_text_can_be_sent(text: str) -> None:
    for show in everywhere(text):
        fallback, blocks = render(show)
        check_message(blocks)
        assert f"{fallback}{blocks}".encode(), "half an emoji is no text"


async def test_e9_slack_finds_nothing_to_act_on() -> None:
    async with SlackWorld().running() as world:
        for texts in pages(40):
            for show in listed(texts):
                await world.shows(show)
        seen = _unmarked("".join(one.text for one in world.sees()))
        for text in CORPUS:
            assert _unmarked(clean(text)).strip()[:60].strip() in seen, text


def _unmarked(text: str) -> str:
    """Without the marks of formatting, which people may use."""
    return re.sub(r"[*_~`]", "", text)
