"""What people type: good and bad answers for every kind of question, and all of Unicode.

Knows kinds by their names only; a kind that is new here is answered by its options, or with words.
"""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from dialogs.answers import Kind, Moment, Understood
from dialogs.phrases import WORDS

PHRASES: Mapping[str, Sequence[str]] = {
    "customer": ("Airbus Hamburg", "Müller & Co. KG", "%", "_", "7", "1", "2.", "A", "株式会社"),
    "person": ("Dr. Anna Brandt", "O'Neill", "-"),
    "product": ("Bench 3000", "…"),
    "email": (
        "anna.lee@example.com",
        "Anna <anna@example.com>",
        "anna@",
        "a b@c.d",
        "@",
        "x@localhost",
    ),
    "phone": ("+49 351 1234567", "0351/123 45-67", "12", "call me", "+4935112345678901234"),
    "file": ("C:\\temp\\plan.pdf", "/etc/passwd", "a.txt"),
    "text": ("some words", "<b>bold</b>", "=1+1", "back to the roots", "x" * 300),
    "long_text": ("one\ntwo\r\nthree", "words " * 300, "words " * 900, "*a* _b_"),
    "recipient": ("anna@example.com", "Eva <eva@a.example>", "a@b", "x@@y.de", "1"),
    "lines": (
        "3 x Welding robot 12,500 €",
        "2 Tage Schulung zu 950\nBench",
        "Bench 3000",
        "€",
        "; ;",
    ),
    "yes_no": ("yes", "nein", "👍", "perhaps", "1", "2", "3", "ja!", "doch"),
    "choice": ("1", "2", "\uff19", "99", "none of it", "-"),
    "multi_choice": ("1, 2", "alle", "none", "1-3", "7, 8", "1 und 2", "\uff12"),
    "scale": ("1", "5", "6", "-1", "★★★", "三", "٤", "4/5", "vier"),
    "date": ("1 Dec", "24.12.", "31.02.", "heute", "in 9 years", "KW 53", "29.02.2027", "10.11."),
    "time": ("14:00", "halb drei", "25:00", "noon"),
    "moment": ("yesterday 14:00", "gestern 9 Uhr", "morgen 14 Uhr", "28.03.2027 02:30", "14:00"),
    "money": ("1250.50", "1.250,50 EUR", "-5", "1e9", "12k", "1.250", "٣٤٥", "100 USD", "1,2 Mio"),
    "percent": ("60", "150 %", "0.6", "fifty-fifty", "-1", "\uff16\uff10"),
    "number": ("2", "1h30", "90 min", "1,5", "-3", "9" * 40, "1.2.3"),
}
ODD = (
    "",
    " ",
    "\n",
    "\x00",
    "nul \x00 inside",
    "\ud83d",
    "half \udc00 emoji",
    "\u202egnp.exe",
    "\u2066\u2069",
    "\u200b\u200c\u200d\ufeff",
    "Z" + "\u0335\u0336" * 30,
    "e\u0301\u0301",
    "\u00df\u1e9e\u0130\u0131",
    "👩🏽\u200d🚀🇩🇪",
    "١٢٣",
    "\uff11\uff12\uff15\uff10.\uff15\uff10",
    "²³¼",
    "\x1b[31mred",
    "a\r\nb",
    "{0} {echo} %s ${x}",
    "<!channel> <@U1> <https://a.example|b>",
    "a" * 100_000,
    "é\u0301" * 3_000,
    "." * 64,
    "!.a.approved",
    "/start",
)
SAID = tuple(word for words in WORDS.values() for word in words)
ANY = st.text(max_size=30)


def typed(kind: Kind | None) -> tuple[str, ...]:
    """What somebody may type while that is asked; None in a review or with nothing open."""
    if kind is None:
        return ("yes", "Airbus", "1", *ODD)
    labels = (label for one in kind.options() for label in one.text.values())
    return (*PHRASES.get(kind.name, PHRASES["text"]), *labels, *ODD)


def good(kind: Kind, moment: Moment) -> tuple[str, ...]:
    """Answers that this kind understands now; what it does not is left out.

    Raises AssertionError for a kind that understands nothing that is known here.
    """
    known = (id(kind), moment)
    if known not in _GOOD:
        labels = [one.label(moment.language) for one in kind.options()]
        tried = [*labels, *PHRASES.get(kind.name, PHRASES["text"]), *_ANYTHING]
        _GOOD[known] = tuple(one for one in tried if _understood(kind, one, moment))
    assert _GOOD[known], f"nobody knows what to answer to {kind}"
    return _GOOD[known]


def _understood(kind: Kind, text: str, moment: Moment) -> bool:
    return isinstance(kind.parse(text, moment), Understood)


_GOOD: dict[tuple[int, Moment], tuple[str, ...]] = {}
_ANYTHING = ("1", "2", "10", "yes", "today", "today 12:00", "some words")
