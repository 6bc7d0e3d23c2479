"""What dealdesk says about what can be typed; `phrases` takes it in.

`type_…` is the word as that language types it, `menu_…` what it does.
"""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "type_status": "status",
    "type_tasks": "tasks",
    "type_stage": "stage",
    "type_pending": "pending",
    "type_pipeline": "pipeline",
    "type_kpi": "kpi",
    "type_process": "process",
    "type_quiet": "quiet",
    "type_key": "key",
    "type_notice": "notice",
    "type_help": "help",
    "type_cancel": "cancel",
    "menu_status": "My open cases and where they stand",
    "menu_tasks": "My tasks: what is due, and what came of it",
    "menu_stage": "A case's stage: what it still lacks, and on",
    "menu_pending": "Decisions that wait for me",
    "menu_pipeline": "Open opportunities by stage",
    "menu_kpi": "Key figures, also “kpi last quarter team”",
    "menu_process": "The process, and where my case stands",
    "menu_quiet": "When I don't want to be disturbed",
    "menu_notice": "How long before a meeting the briefing comes",
    "menu_help": "What I can do",
    "menu_cancel": "Discard the dialogue under way",
    "help_tell": "After a meeting, just tell me: who, when, what it was about, what comes next. I "
    "ask only for what is missing.",
    "help_forms": "Or type or press: {words}.",
    "help_own": "To look up or set: {words}.",
    "help_inside": "In a dialogue: back, skip, summary, cancel. Typing another command parks the "
    "dialogue; “continue” brings it back.",
}

DE: Mapping[str, str] = {
    "type_status": "status",
    "type_tasks": "aufgaben",
    "type_stage": "phase",
    "type_pending": "offen",
    "type_pipeline": "pipeline",
    "type_kpi": "kennzahlen",
    "type_process": "prozess",
    "type_quiet": "ruhe",
    "type_key": "schlüssel",
    "type_notice": "erinnern",
    "type_help": "hilfe",
    "type_cancel": "abbrechen",
    "menu_status": "Meine offenen Fälle und ihr Stand",
    "menu_tasks": "Meine Aufgaben: was fällig ist und was daraus wurde",
    "menu_stage": "Die Phase eines Falls: was ihr noch fehlt, und weiter",
    "menu_pending": "Entscheidungen, die auf mich warten",
    "menu_pipeline": "Offene Verkaufschancen je Phase",
    "menu_kpi": "Kennzahlen, auch „Kennzahlen letztes Quartal Team“",
    "menu_process": "Der Prozess, und wo mein Fall steht",
    "menu_quiet": "Wann ich nicht gestört werden will",
    "menu_notice": "Wie lange vor einem Termin das Wichtigste kommt",
    "menu_help": "Was ich kann",
    "menu_cancel": "Den laufenden Dialog verwerfen",
    "help_tell": "Erzähl mir nach einem Termin einfach: wer, wann, worum es ging, was als Nächstes "
    "kommt. Ich frage nur, was fehlt.",
    "help_forms": "Oder tippe oder drücke: {words}.",
    "help_own": "Nachsehen und einstellen: {words}.",
    "help_inside": "Im Dialog: zurück, überspringen, Zusammenfassung, abbrechen. Ein anderer "
    "Befehl lässt den Dialog warten; „weiter“ holt ihn zurück.",
}
