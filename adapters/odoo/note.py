"""A note as the HTML that Odoo's history shows; every word of a person's is escaped."""

import html

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
