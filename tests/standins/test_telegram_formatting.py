"""How the Telegram stand-in reads HTML and entities, and how it measures a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import LinkPreviewOptions, MessageEntity
from telegram.constants import MessageLimit
from telegram.error import BadRequest

from tests.standins.telegram import entities, markup
from tests.standins.telegram.detection import with_detected
from tests.standins.telegram.refusals import Refusal

FACE = "😀"  # two UTF-16 code units, one character
READ = {
    "<b>bold</b> <i>italic</i>": ("bold italic", ["bold 0 4", "italic 5 6"]),
    "<B>bold</B>": ("bold", ["bold 0 4"]),
    "<b>bold<i> both</i></b>": ("bold both", ["bold 0 9", "italic 4 5"]),
    "<u>u</u><s>s</s><ins>i</ins><del>d</del>": (
        "usid",
        ["underline 0 1", "strikethrough 1 1", "underline 2 1", "strikethrough 3 1"],
    ),
    "<tg-spoiler>x</tg-spoiler>": ("x", ["spoiler 0 1"]),
    '<span class="tg-spoiler">x</span>': ("x", ["spoiler 0 1"]),
    f"<b>{FACE}</b><i>a</i>": (f"{FACE}a", ["bold 0 2", "italic 2 1"]),
    "1 &lt; 2 &amp;&amp; &quot;x&quot;": ('1 < 2 && "x"', []),
    "&#128512;&#x1F600;": (f"{FACE}{FACE}", []),
    "&nbsp;&copy;": ("&nbsp;&copy;", []),
    "<pre>code</pre>": ("code", ["pre 0 4"]),
    '<pre><code class="language-python">x = 1</code></pre>': ("x = 1", ["pre 0 5"]),
    '<code class="language-python">x</code>': ("x", ["code 0 1"]),
    "<blockquote>said</blockquote>": ("said", ["blockquote 0 4"]),
    "<blockquote expandable>said</blockquote>": ("said", ["expandable_blockquote 0 4"]),
    '<a href="https://example.com/?a=1&amp;b=2">x</a>': ("x", ["text_link 0 1"]),
    "<b></b>nothing bold": ("nothing bold", []),
    "  <b> trimmed </b>\n": ("trimmed", ["bold 0 7"]),
    "<b>a</>": ("a", ["bold 0 1"]),
    "<b>out<code>in</code>out</b>": ("outinout", ["bold 0 3", "code 3 2", "bold 5 3"]),
}
UNREADABLE = {
    "<p>no paragraphs</p>": 'Unsupported start tag "p" at byte offset 0',
    "a<br>b": 'Unsupported start tag "br" at byte offset 1',
    "größer <h1>": 'Unsupported start tag "h1" at byte offset 9',
    "1 < 2": 'Unsupported start tag "" at byte offset 2',
    "x<5": "Unclosed start tag at byte offset 1",
    "<b>open": 'Can\'t find end tag corresponding to start tag "b"',
    "closed</b>": "Unexpected end tag at byte offset 6",
    "<b><i>x</b></i>": 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    "<b>x</b": "Unclosed end tag at byte offset 4",
    "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "<a href>x</a>": (
        'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'
    ),
    '<a href="x>x</a>': "Unclosed start tag at byte offset 0",
    "<a =x>x</a>": 'Empty attribute name in the tag "a" at byte offset 0',
    "<a href=x&y>x</a>": "Unexpected end of name token at byte offset 8",
    "<tg-emoji emoji-id='x'>x</tg-emoji>": "Invalid custom emoji identifier specified",
    "&#xD83D;": "Text contains invalid Unicode characters after decoding",
}
LOST = {
    "<code><b>x</b></code>": "bold inside code",
    '<a href="http://localhost:8069/odoo">x</a>': "Wrong HTTP URL",
    '<a href="ftp://example.com">x</a>': "Unsupported URL protocol",
    "<blockquote>a<blockquote>b</blockquote></blockquote>": "blockquote inside blockquote",
    '<a href="tg://user?id=99">Ada</a>': "mention of the unknown user 99",
}


def named(found):
    return [f"{each.type} {each.offset} {each.length}" for each in found.entities]


@pytest.mark.parametrize("source", READ)
def test_html_is_read_as_telegram_reads_it(source):
    found = entities.settled(markup.parse(source))
    assert (found.text, named(found)) == READ[source]


@pytest.mark.parametrize("source", UNREADABLE)
def test_html_is_refused_in_telegrams_words(source):
    with pytest.raises(Refusal) as refusal:
        markup.parse(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {UNREADABLE[source]}"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_an_escaped_text_comes_back_as_it_was(text):
    escaped = entities.to_html(text, ())
    assert markup.parse(escaped).text == text


@given(st.lists(st.sampled_from(["a", FACE, "<b>", "</b>", "<i>", "</i>", "&lt;", " "])))
def test_what_is_shown_reads_the_same_again(pieces):
    try:
        once = entities.settled(markup.parse("".join(pieces)))
    except Refusal:
        return
    shown = entities.to_html(once.text, once.entities)
    again = entities.settled(markup.parse(shown))
    assert (again.text, entities.to_html(again.text, again.entities)) == (once.text, shown)


async def test_bad_html_reaches_the_bot_as_a_bad_request(telegram, telegram_bot):
    telegram.person(1, started=True)
    with (
        telegram.violations.expected("bad_markup"),
        pytest.raises(BadRequest, match="Can't parse entities: unsupported start tag"),
    ):
        await telegram_bot.send_message(1, "<p>Hello</p>", parse_mode="HTML")


@pytest.mark.parametrize("source", LOST)
async def test_formatting_that_telegram_drops_is_a_violation(telegram, telegram_bot, source):
    telegram.person(1, started=True)
    with telegram.violations.expected("lost_formatting") as lost:
        await telegram_bot.send_message(1, source, parse_mode="html")
    assert LOST[source] in str(lost[0])


async def test_a_mention_of_somebody_known_is_kept(telegram, telegram_bot):
    telegram.person(1, started=True)
    sent = await telegram_bot.send_message(1, '<a href="tg://user?id=1">Ada</a>', parse_mode="HTML")
    assert sent.entities[0].user.first_name == "Ada"


async def test_the_length_counts_after_the_markup_is_read(telegram, telegram_bot):
    ada = telegram.person(1, started=True)
    await telegram_bot.send_message(1, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    assert len(ada.chat[0].text) == MessageLimit.MAX_TEXT_LENGTH


@pytest.mark.parametrize("text", ["x" * 4097, FACE * 2049])
async def test_a_text_over_4096_utf_16_units_is_too_long(telegram, telegram_bot, text):
    telegram.person(1, started=True)
    with (
        telegram.violations.expected("over_limit"),
        pytest.raises(BadRequest, match="Message is too long"),
    ):
        await telegram_bot.send_message(1, text)


async def test_2048_faces_fill_a_message(telegram, telegram_bot):
    telegram.person(1, started=True)
    sent = await telegram_bot.send_message(1, FACE * 2048)
    with (
        telegram.violations.expected("over_limit"),
        pytest.raises(BadRequest, match=r"(?i)message_too_long"),
    ):
        await sent.edit_text(FACE * 2049)


async def test_a_caption_holds_1024_units(telegram, telegram_bot):
    telegram.person(1, started=True)
    await telegram_bot.send_document(1, b"x", caption=FACE * 512)
    with (
        telegram.violations.expected("over_limit"),
        pytest.raises(BadRequest, match="Message caption is too long"),
    ):
        await telegram_bot.send_document(1, b"x", caption=FACE * 513)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("", "Message text is empty"), (" \n ", "Text must be non-empty"), ("<b></b>", "empty")],
)
async def test_a_message_needs_a_text(telegram, telegram_bot, text, complaint):
    telegram.person(1, started=True)
    with telegram.violations.expected("over_limit"), pytest.raises(BadRequest, match=complaint):
        await telegram_bot.send_message(1, text, parse_mode="HTML")


async def test_entities_count_in_utf_16_units(telegram, telegram_bot):
    ada = telegram.person(1, started=True)
    bold = MessageEntity("bold", offset=3, length=4)
    await telegram_bot.send_message(1, f"{FACE} bold", entities=[bold])
    assert ada.chat[0].html == f"{FACE} <b>bold</b>"


@pytest.mark.parametrize(
    ("entity", "complaint"),
    [
        (("bold", 9, 1), "begins after the end of the text at utf-16 offset 9"),
        (("bold", 0, 9), "ends after the end of the text at utf-16 offset 9"),
        (("bold", -1, 1), "incorrect offset -1"),
        (("shouted", 0, 1), "unsupported type specified"),
    ],
)
async def test_entities_must_lie_in_the_text(telegram, telegram_bot, entity, complaint):
    telegram.person(1, started=True)
    kind, offset, length = entity
    with (
        telegram.violations.expected("bad_markup"),
        pytest.raises(BadRequest, match=f"(?i){complaint}"),
    ):
        await telegram_bot.send_message(1, "Hello", entities=[MessageEntity(kind, offset, length)])


async def test_a_mode_that_does_not_exist_is_refused(telegram, telegram_bot):
    telegram.person(1, started=True)
    with telegram.violations.expected("bad_request"), pytest.raises(BadRequest, match="parse_mode"):
        await telegram_bot.send_message(1, "Hello", parse_mode="BBCode")


async def test_markdown_is_not_read_and_says_so(telegram, telegram_bot):
    telegram.person(1, started=True)
    with telegram.violations.expected("not_acted"), pytest.raises(BadRequest, match="stand-in"):
        await telegram_bot.send_message(1, "*Hello*", parse_mode="MarkdownV2")


async def test_the_preview_is_echoed(telegram, telegram_bot):
    telegram.person(1, started=True)
    options = LinkPreviewOptions(is_disabled=True)
    sent = await telegram_bot.send_message(1, "https://example.com", link_preview_options=options)
    assert sent.link_preview_options == options
    assert sent.entities[0].type == "url"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", ["bot_command 0 6"]),
        ("/help@dealdesk_bot", ["bot_command 0 18"]),
        ("ask @ada_l or ada@example.com", ["mention 4 6", "email 14 15"]),
        ("see https://example.com/x.", ["url 4 21"]),
        (f"{FACE} #deal example.com", ["hashtag 3 5", "url 9 11"]),
        ("and/or 1/2 a.b", []),
    ],
)
def test_what_is_tappable_by_itself_is_found(text, found):
    made = with_detected(text, ())
    assert [f"{each.type} {each.offset} {each.length}" for each in made] == found
