"""A note as the HTML that Odoo's history shows; every word of a person's is escaped."""

import html
from html.parser import HTMLParser

from dialogs.crm import Note


def note_html(note: Note, author: str = "") -> str:
    """The title, then a list of labels and texts; `author` is named where Odoo can't show them."""
    signed = f" ({html.escape(author)})" if author else ""
    title = f"<p><strong>{html.escape(note.title)}</strong>{signed}</p>"
    rows = "".join(f"<li><strong>{html.escape(k)}</strong>: {_lines(v)}</li>" for k, v in note.rows)
    return f"{title}<ul>{rows}</ul>" if rows else title


def paragraph(text: str) -> str:
    """Plain text as one paragraph, line breaks kept; nothing for nothing."""
    return f"<p>{_lines(text)}</p>" if text else ""


def _lines(text: str) -> str:
    return "<br/>".join(html.escape(line) for line in text.splitlines())


def plain(text: str) -> str:
    """What a reader sees of a paragraph that Odoo keeps as HTML."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return "\n".join(line.strip() for line in "".join(reader.words).splitlines()).strip()


class _Reader(HTMLParser):
    """Collects text; what is a block of its own begins a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag in {"br", "p", "li", "div", "tr"}:
            self.words.append("\n")
