"""The customer a note is about: a name with its legal form, or what follows `at` and `bei`."""

import re

from dialogs.answers.words import listed

_WORD = r"[A-ZÄÖÜ][\w&\-'\u2019]*"
_FORM = (
    r"(?:GmbH(?:\s*&\s*Co\.?\s*KG(?:aA)?)?|gGmbH|eG|AG(?:\s*&\s*Co\.?\s*KG)?|SE|KG|OHG|UG|e\.\s?V\."
    r"|Ltd\.?|Limited|Inc\.?|LLC|Corp\.?|plc|PLC|S\.A\.|SA|B\.V\.|BV|NV|S\.p\.A\.|SpA|Srl|SARL|SAS|Oy|AB|AS"
    r"|ApS|GbR|mbH|Pty|Co\.)(?!\w)"
)
_LEGAL = re.compile(rf"(?<!\w){_WORD}(?:\s+(?:(?:&|und|and|\+)\s+)?{_WORD}){{0,4}}?\s+{_FORM}")
_PLACED = (
    r"(?:just\s+)?left|(?:just\s+)?back\s+from|at|visited|visiting"
    r"|bei(?:\s+(?:der|dem))?(?:\s+(?:Firma|Fa\.?))?|beim|Firma|Fa\.|besuch(?:t)?\s+bei"
    r"|customer|client|Kunden?"
)
_AT = re.compile(
    rf"(?<!\w)(?:(?:{_PLACED})\s+|@\s*)"
    rf"(?P<name>(?:Gebr\.\s+)?{_WORD}(?:\s+(?:(?:&|of|für)\s+)?[A-ZÄÖÜ][\w&\-]*){{0,3}})"
)
_LEAD_WORDS = listed(
    "Herr Herrn Frau Mr Mr. Mrs Mrs. Ms Ms. Heute Gestern Today Yesterday Termin Besuch Meeting "
    "Visit Visited Visiting Call Telefonat Gespräch Firma Kunde Kunden Customer Met Was The Die "
    "Der Bei At With Mit Von From Our Unser War Just Erstgespräch Ersttermin Back Protokoll "
    "Kurzprotokoll Notiz Notizen Gesprächsnotiz Besuchsbericht Bericht Minutes Notes Note Summary "
    "Info Update Betreff Subject Achtung Also Saw Left Fa Hier Here Folks",
)
_NO_COMPANY = listed(
    "Kunde Kunden Customer The Mr Mrs Ms Herr Herrn Frau Dr Kaffee Lunch Mittagessen Interesse "
    "Bedarf Fragen Uns Us Ihm Ihr Ihnen Noon Monday Tuesday Wednesday Thursday Friday Montag "
    "Dienstag Next Projektstart Abnahme Vertragsabschluss Auftrag Auftragserteilung Annahme "
    "Lieferung Preis Preisen Budget Weitem Tisch Site Their",
)


def company(text: str) -> str | None:
    """The one company a clause names; None of none or of several."""
    found = {_bare(one[0]) for one in _LEGAL.finditer(text)}
    found = {name for name in found if name and len(name.split()) > 1}
    if not found:
        names = (one["name"] for one in _AT.finditer(text))
        found = {_trimmed(name) for name in names if name.split()[0] not in _NO_COMPANY}
    return found.pop() if len(found) == 1 else None


def _bare(name: str) -> str:
    """Without the words that begin the sentence."""
    words = name.split()
    while words and words[0] in _LEAD_WORDS:
        words.pop(0)
    return " ".join(words)


def _trimmed(name: str) -> str:
    """Without the weekday, number or sentence end that follows."""
    words = name.rstrip(".,:;").split()
    while len(words) > 1 and (words[-1] in _NO_COMPANY or words[-1].isdigit()):
        words.pop()
    return " ".join(words).removesuffix("'s").removesuffix("\u2019s")
