"""What dealdesk says about a message that answered several questions at once, in both languages."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "told": "I took {count} answers from your message; I ask only for what is missing.",
    "told_words": "{value} « {words} »",
    "told_aside": "For “{form}” I keep from your message: {answers}.",
    "told_answer": "{label} {value}",
}

DE: Mapping[str, str] = {
    "told": "Aus deiner Nachricht habe ich {count} Antworten; ich frage nur, was fehlt.",
    "told_words": "{value} « {words} »",
    "told_aside": "Für „{form}“ merke ich mir aus deiner Nachricht: {answers}.",
    "told_answer": "{label} {value}",
}
