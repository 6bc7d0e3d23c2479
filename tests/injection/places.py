"""A text at every place of every show that holds what somebody typed, or what a CRM said."""

from collections.abc import Sequence

from dialogs.shows import (
    Ask,
    Button,
    Card,
    FormField,
    FormPage,
    Link,
    Notice,
    Review,
    ReviewRow,
    Row,
    Section,
    Show,
)

CRM = Link("Open in the CRM", "https://crm.example/42")


def everywhere(text: str) -> tuple[Show, ...]:
    """One show of each type."""
    press = Button(text, "t1")
    return (
        Ask(text, text, text, text, text, 1, 5, (press, Button(text, "t2")), (press,)),
        Review(text, text, (ReviewRow(text, text, press),), text, text, (press,)),
        Notice(text, "info", (Row(text, text),), (press,), Link(text, "https://crm.example/42")),
        Notice(text, "warning", (Row(text, text),), (press,), CRM),
        Card(text, (Row(text, text),), (Section(text, (text, text)),), (press,), link=CRM),
        Card(text, (Row(text, text),), verdict=text, tone="rejected"),
    )


def listed(texts: Sequence[str]) -> tuple[Show, ...]:
    """Many of them in few shows."""
    rows = tuple(Row("text", text) for text in texts)
    change = Button("Change", "t1")
    return (
        Notice("These", rows=rows),
        Review("Review", "Right?", tuple(ReviewRow("text", text, change) for text in texts)),
        Card("Card", rows),
        Ask("Ask", "Which?", choices=tuple(Button(text, "t1") for text in texts)),
    )


def page(text: str) -> FormPage:
    """A form page with it at every place."""
    options = (("a", text), ("b", "B"))
    kinds = ("text", "long_text", "date", "time", "money")
    return FormPage(
        text,
        "token",
        text,
        text,
        (
            FormField("c", text, "choice", text, options=options, initial=("a",)),
            FormField("m", text, "multi_choice", text, options=options),
            *(FormField(kind, text, kind, text, initial=(text,)) for kind in kinds),
        ),
    )
