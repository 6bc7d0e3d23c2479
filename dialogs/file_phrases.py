"""What dealdesk says about files that people send, in both languages."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "file_kept": "{name} goes into the CRM with this record.",
    "file_heard": "{name} goes into the CRM with this record. I can't listen to it: please type "
    "what matters.",
    "file_large": "{name} is too large; I take at most {limit} MB.",
    "file_many": "There are {count} files with this record already; {name} is left out.",
    "file_nowhere": "I don't know what {name} belongs to. Begin with “record”, then send it again.",
    "file_to_case": "{name} goes into the CRM with “{title}”.",
    "files": "Files",
    "files_shown": "Files: {names}",
}

DE: Mapping[str, str] = {
    "file_kept": "{name} kommt mit diesem Bericht ins CRM.",
    "file_heard": "{name} kommt mit diesem Bericht ins CRM. Anhören kann ich es nicht: bitte "
    "tippe, was wichtig ist.",
    "file_large": "{name} ist zu groß; ich nehme höchstens {limit} MB.",
    "file_many": "Zu diesem Bericht gibt es schon {count} Dateien; {name} bleibt weg.",
    "file_nowhere": "Ich weiß nicht, wozu {name} gehört. Beginne mit „erfassen“ und sende es "
    "noch einmal.",
    "file_to_case": "{name} kommt zu „{title}“ ins CRM.",
    "files": "Dateien",
    "files_shown": "Dateien: {names}",
}
