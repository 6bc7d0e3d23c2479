"""The briefing before an appointment: what the CRM knows of the customer, on one screen of a phone.

It is shown when a form begins that wants it (`briefing` in the playbook), or alone, for a customer
without a case. What is told of each kind is chosen by the CRM's adapter; here it is cut and laid
out.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dialogs.answers import echo
from dialogs.crm import Customer
from dialogs.customer_lookups import Choices, CustomerHistory, History, Opening, Part, Past
from dialogs.events import LookedUp
from dialogs.flow import Dialogue
from dialogs.lookups import Asking
from dialogs.scene import Scene, follow
from dialogs.shows import Button, Link, Notice, Row
from dialogs.talk import stand
from dialogs.tokens import free
from dialogs.turns import Turn

LINE = 44
"""Characters of a line that a phone shows without making two of it, or not many more."""
WISHES = 1
MOST = 2
"""So many of each kind fit one screen of a phone."""
PURPOSE = "briefing"


def begun(scene: Scene, dialogue: Dialogue) -> Turn | None:
    """Ask for the history before the first question; None where the form wants none."""
    case = scene.facts.cases.get(dialogue.subject)
    if case is None or case.customer is None or not scene.form(dialogue).briefing:
        return None
    others = (one for one in scene.conversation.dialogues if one.id != dialogue.id)
    talk = replace(scene.conversation, dialogues=(*others, dialogue))
    customer = Customer(case.customer.name, case.company or case.customer.id)
    return Turn(talk, asks=(Asking(history(scene, customer), PURPOSE, dialogue.id),))


def history(scene: Scene, customer: Customer) -> History:
    """What the CRM is asked about a customer."""
    now = scene.moment(scene.library.current).now
    return History(customer, now.isoformat(), most=MOST)


def about(scene: Scene, words: str) -> Turn:
    """The history of the customer of that name."""
    return _asked(scene, Customer(words))


def of(scene: Scene, customer: int) -> Turn:
    """The history of the customer that was chosen."""
    return _asked(scene, Customer("", customer))


def chosen(scene: Scene, customer: str) -> Turn:
    """The button of one of several customers was pressed."""
    if customer.isascii() and customer.isdecimal():
        return of(scene, int(customer))
    return scene.notice(Notice(scene.say("unknown_word"), buttons=scene.menu()))


def _asked(scene: Scene, customer: Customer) -> Turn:
    return Turn(scene.conversation, asks=(Asking(history(scene, customer), PURPOSE),))


def shown(scene: Scene, event: LookedUp) -> Turn:
    """Tell it, and go on with the dialogue that waits for it."""
    told = scene.notice(_notice(scene, event))
    active = scene.conversation.active
    if active is None or active.id != event.subject:
        return told
    return follow(told, stand(scene, active))


def _notice(scene: Scene, event: LookedUp) -> Notice:
    match event.answer:
        case CustomerHistory() as history:
            text = scene.say("briefing", customer=history.customer.name)
            told = tuple(rows(scene, history))
            if not told:
                text = scene.say("briefing_new", customer=history.customer.name)
            return Notice(text, rows=told, link=presentation(scene))
        case Choices(choices=hits):
            talk = scene.conversation.id
            buttons = tuple(Button(one.name, free(talk, "brief", str(one.id))) for one in hits)
            return Notice(scene.say("briefing_which"), buttons=buttons)
        case None:
            return Notice(scene.say("briefing_off"), tone="warning", link=presentation(scene))
        case _:
            return Notice(scene.say("briefing_nobody"), tone="warning", link=presentation(scene))


def presentation(scene: Scene) -> Link | None:
    """The company's own, to be shown to a customer."""
    url = scene.library.current.playbook.presentation
    return Link(scene.say("presentation"), url) if url else None


def rows(scene: Scene, history: CustomerHistory) -> Iterator[Row]:
    """The briefing line by line."""
    if history.next:
        yield Row(scene.say("brief_next"), _line(scene, history.next))
    yield from _listed(scene, "brief_meetings", history.meetings)
    if history.wishes:
        lines = [cut(one) for one in history.wishes[:WISHES]]
        yield Row(scene.say("brief_wishes"), _together(scene, lines, len(history.wishes) - WISHES))
    if history.openings:
        lines = [_opening(scene, one) for one in history.openings]
        yield Row(scene.say("brief_openings"), _together(scene, lines, history.more_openings))
    yield from _listed(scene, "brief_tasks", history.tasks)
    yield from _listed(scene, "brief_quotations", history.quotations)
    yield from _listed(scene, "brief_messages", history.messages)


def _listed(scene: Scene, key: str, part: Part) -> Iterator[Row]:
    if part.told:
        lines = [_line(scene, one) for one in part.told]
        yield Row(scene.say(key), _together(scene, lines, part.more))


def _together(scene: Scene, lines: list[str], more: int) -> str:
    """The lines below one another, and how many there are beside them."""
    rest = [scene.say("brief_more", count=more)] if more > 0 else []
    return "\n".join([*(f"• {line}" for line in lines), *rest])


def _line(scene: Scene, past: Past) -> str:
    day = echo.short_day(date.fromisoformat(past.on), scene.language)
    who = f"{past.who}: " if past.who else ""
    return cut(f"{day} {who}{past.what}")


def _opening(scene: Scene, one: Opening) -> str:
    currency = scene.library.current.playbook.currency
    money = echo.rounded(one.revenue, scene.language, currency) if one.revenue else ""
    scores = f"↑{one.chances} ↓{one.risks}" if one.chances or one.risks else ""
    facts = " · ".join(filter(None, (one.stage, money, scores)))
    return f"{cut(one.title, LINE - len(facts))} · {facts}"


def cut(text: str, limit: int = LINE) -> str:
    """One line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
