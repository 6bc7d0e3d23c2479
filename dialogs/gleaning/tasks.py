"""What is to be done next, and by when, in a clause that announces it."""

import re
from collections.abc import Sequence

from dialogs.gleaning.days import Day

_ON = r"(?:zum\s*|am\s*|on\s*)?(?:the\s*|dem\s*|den\s*)?"
_BY = re.compile(
    r"\b(?:by|until|till|before|not later than|on|bis|spätestens|zum|am|vor|due|fällig)\s*"
    rf"(?:spätestens\s*)?{_ON}$",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"\b(?:by|until|till|not later than|bis|spätestens|due|fällig)\b[^.]{0,12}$", re.IGNORECASE
)
_DOING = re.compile(
    r"(?:ich|wir)\s+(?!werde|soll|muss|müss)|meld|(?:need|have) to send", re.IGNORECASE
)
_ORDER = re.compile(
    r"^(?:please\s+)?(?:send|prepare|submit|draft|deliver|arrange|organi[sz]e|call|e-?mail|write"
    r"|provide|check|clarify|book)\s",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    r"\b(?:schicken|senden|zusenden|vorbereiten|anrufen|erstellen|liefern|klären|einreichen"
    r"|nachreichen|organisieren|buchen|prüfen|nachfassen)$",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:er|sie|man|kunde\w*|nicht|kein\w*|will|woll\w+|soll\w*|kann|könn\w+|konnt\w+"
    r"|würd\w+|muss\w*|müss\w+|did|didn't|not|they|customer)\b",
    re.IGNORECASE,
)
_EDGE = " ,;:\u2013-."
_FILLER = re.compile(
    r"^(?:(?:is|are|ist|sind|wäre|would be)\s+)?(?:to\s+|that\s+|dass\s+)?", re.IGNORECASE
)
_BRACKETS = re.compile(r"\(\s*\)|\s{2,}")


def due(text: str, found: Sequence[Day]) -> Day | None:
    """The day that the task is due on; None of none, or of several without `by`."""
    firm = [day for day in found if _FIRM.search(text[: day.start])]
    chosen = firm or found
    return chosen[0] if len(chosen) == 1 else None


def ordered(text: str, found: Sequence[Day]) -> bool:
    """Whether a clause tells by itself what is to be done by a day: `Send the offer by Friday`."""
    day = due(text, found)
    if day is None or not _FIRM.search(text[: day.start]) or _OF_OTHERS.search(text):
        return False
    return bool(_ORDER.match(text) or _TO_DO.search(_bare(text, day)))


def task(begun: str, text: str, day: Day | None) -> str:
    """The task's words without its day: `send the offer by Friday` is to send the offer.

    The announcement belongs to it where it holds the verb: `Ich schicke das Angebot`; and it is the
    task where nothing but a day follows: `New date 3 December`.
    """
    bare = _bare(text, day)
    if not bare:
        return begun if day else ""
    return f"{begun} {bare}" if _DOING.match(begun) else bare


def _bare(text: str, day: Day | None) -> str:
    if day is not None:
        before = _BY.sub("", text[: day.start])
        text = f"{before.rstrip()} {text[day.end :].lstrip()}"
    bare = _BRACKETS.sub(" ", _FILLER.sub("", text.strip(_EDGE)))
    return bare.strip(_EDGE).replace(" ,", ",")
