"""What dealdesk says about tasks; `phrases` takes it in."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "word_tasks": "My tasks",
    "tasks": "Your tasks: {count}",
    "no_tasks": "Nothing is due in the next {days} days.",
    "tasks_unknown": "The CRM can't be asked just now. Type “tasks” again in a few minutes.",
    "task": "{summary} · {title}",
    "task_overdue": "⚠ {day}",
    "task_today": "Today",
    "task_coming": "{day}",
}

DE: Mapping[str, str] = {
    "word_tasks": "Meine Aufgaben",
    "tasks": "Deine Aufgaben: {count}",
    "no_tasks": "In den nächsten {days} Tagen ist nichts fällig.",
    "tasks_unknown": "Das CRM antwortet gerade nicht. Tippe in ein paar Minuten noch einmal "
    "„Aufgaben“.",
    "task": "{summary} · {title}",
    "task_overdue": "⚠ {day}",
    "task_today": "Heute",
    "task_coming": "{day}",
}
