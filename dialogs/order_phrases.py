"""What dealdesk says about demand and quotations; `phrases` takes it in."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "lines_so_far": "So far:\n{lines}",
    "strike_line": "✕ {line}",
    "open_quotation": "Open the quotation",
    "quotations": "Quotations for “{title}”:",
    "quotation_row": "{total}, {state}",
    "quotation_draft": "draft",
    "quotation_sent": "sent",
    "quotation_sale": "ordered",
    "quotation_cancel": "cancelled",
    "quotation_anew": "New quotation",
    "quotations_unknown": "The CRM can't be asked for quotations just now. Try again in a few "
    "minutes, or tell me a new one; it is kept until the CRM is back.",
    "quotations_impossible": "Your Odoo has no quotations: the app Sales is not installed. I can "
    "take the demand down; it is kept in the note.",
    "no_quotation_made": "No quotation was made: the CRM has none (Odoo's app Sales). The demand "
    "stands in the note.",
}

DE: Mapping[str, str] = {
    "lines_so_far": "Bisher:\n{lines}",
    "strike_line": "✕ {line}",
    "open_quotation": "Angebot öffnen",
    "quotations": "Angebote zu „{title}“:",
    "quotation_row": "{total}, {state}",
    "quotation_draft": "Entwurf",
    "quotation_sent": "verschickt",
    "quotation_sale": "beauftragt",
    "quotation_cancel": "storniert",
    "quotation_anew": "Neues Angebot",
    "quotations_unknown": "Das CRM kann gerade nicht nach Angeboten gefragt werden. Versuche es in "
    "ein paar Minuten, oder sage mir ein neues; es bleibt gespeichert, bis das CRM wieder da ist.",
    "quotations_impossible": "Euer Odoo kennt keine Angebote: die App Verkauf ist nicht "
    "installiert. Ich kann den Bedarf aufnehmen; er steht dann in der Notiz.",
    "no_quotation_made": "Es wurde kein Angebot angelegt: das CRM kennt keine (Odoos App Verkauf). "
    "Der Bedarf steht in der Notiz.",
}
