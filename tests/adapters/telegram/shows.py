"""Any Show at all, for properties; and a reader of Telegram's HTML for what was made of it."""

import string
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from dialogs.shows import Ask, Button, Card, Link, Notice, Review, ReviewRow, Row, Section
from tests.standins.telegram.entities import Formatted, settled
from tests.standins.telegram.markup import parse

# A machine that others load too must not fail a property.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NASTY = [
    "",
    " ",
    "\u200b",
    "</b>",
    "<script>&amp;",
    "a & b < c > d",
    "\u202e moc.elgoog",
    "😀" * 40,
    "\ud83d alone",
    "\x00\x07 bell",
    "line\nline\n\nline",
    '"quoted"',
    "&lt;",
    "/cancel @somebody #tag",
]


class Long(str):
    """A long text that a report of a failed example shows by its length only."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Long(… {len(self)} characters)"


short = st.one_of(st.sampled_from(NASTY), st.text(max_size=20))
long = st.builds(
    lambda piece, times: Long(piece * times),
    st.sampled_from(["long winded 😀 ", "x&", "Wörter "]),
    st.sampled_from([50, 200, 700, 3000]),
)
words = short | long
tokens = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=64)


def many(item: Callable[[st.SearchStrategy], st.SearchStrategy]) -> st.SearchStrategy:
    """A few with any texts, or a crowd with short ones: more than Telegram takes."""
    few = st.lists(item(words), max_size=4).map(tuple)
    crowd = st.tuples(item(short), st.sampled_from([20, 100, 150])).map(_repeated)
    return few | crowd


def _repeated(pair: tuple[Any, int]) -> tuple[Any, ...]:
    return (pair[0],) * pair[1]


def button(text: st.SearchStrategy) -> st.SearchStrategy[Button]:
    return st.builds(
        Button,
        text=text,
        token=tokens,
        style=st.sampled_from(["plain", "primary", "danger"]),
        selected=st.booleans(),
        opens_form=st.booleans(),
    )


def row(text: st.SearchStrategy) -> st.SearchStrategy[Row]:
    return st.builds(Row, label=text, value=text)


def review_row(text: st.SearchStrategy) -> st.SearchStrategy[ReviewRow]:
    return st.builds(ReviewRow, label=text, value=text, edit=button(short))


links = st.builds(Link, text=words, url=words | st.just("https://odoo.example.com/web?a=1&b='\"<"))
sections = st.builds(Section, heading=words, lines=many(lambda text: text))

shows = st.one_of(
    st.builds(
        Ask,
        title=words,
        prompt=words,
        hint=words,
        echo=words,
        refusal=words,
        step=st.integers(0, 99),
        steps=st.integers(0, 99),
        choices=many(button),
        controls=many(button),
    ),
    st.builds(
        Review,
        title=words,
        prompt=words,
        rows=many(review_row),
        echo=words,
        refusal=words,
        controls=many(button),
    ),
    st.builds(
        Notice,
        text=words,
        tone=st.sampled_from(["info", "good", "warning"]),
        rows=many(row),
        buttons=many(button),
        link=st.none() | links,
    ),
    st.builds(
        Card,
        title=words,
        facts=many(row),
        sections=st.lists(sections, max_size=4).map(tuple),
        buttons=many(button),
        verdict=words,
        tone=st.sampled_from(["open", "approved", "rejected", "withdrawn"]),
        link=st.none() | links,
    ),
)


def as_read(markup: str) -> Formatted:
    """What Telegram makes of this HTML; raises Refusal where it could not read it."""
    return settled(parse(markup))
