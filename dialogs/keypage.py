"""The page on which somebody gives their own key for the CRM, as HTML without a script.

Knows words and escaping; decides nothing and never holds a key.
"""

from html import escape
from string import Template
from typing import Literal

from dialogs.phrases import say

Told = Literal["", "shape", "denied", "away"]
Ended = Literal["done", "gone"]
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_GAPS = ("title", "whose", "label", "submit", "hint")
_PAGE = Template("""<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>dealdesk</title>
<link rel="icon" href="/static/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/page.css">
<link rel="stylesheet" href="/static/key.css">
</head>
<body>
<main class="key">
$inside
</main>
</body>
</html>
""")
_FORM = Template("""<h1>$title</h1>
<p>$whose</p>
<p class="account">$name &middot; $login</p>
$told
<form method="post">
<label for="key">$label</label>
<input id="key" name="key" type="password" autocomplete="off" spellcheck="false" required autofocus>
<button type="submit">$submit</button>
</form>
<p class="hint">$hint</p>""")


def asking(language: str, name: str, login: str, told: Told = "") -> bytes:
    """The form; it says whose account it is, and why the last try was not taken."""
    words = {gap: escape(say(language, f"keypage_{gap}")) for gap in _GAPS}
    why = escape(say(language, f"keypage_{told}")) if told else ""
    trouble = f'<p class="trouble" role="alert">{why}</p>' if told else ""
    inside = _FORM.substitute(words, name=escape(name), login=escape(login), told=trouble)
    return _page(language, inside)


def ended(language: str, what: Ended) -> bytes:
    """There is nothing to fill in: it is done, or the address is no longer good."""
    return _page(language, f"<h1>{escape(say(language, f'keypage_{what}'))}</h1>")


def _page(language: str, inside: str) -> bytes:
    return _PAGE.substitute(language=language, inside=inside).encode()
