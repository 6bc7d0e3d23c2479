"""Acting as a person by name, for whoever is not Python: the page and the control interface."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from . import interactions
from .blocks import placed_elements
from .delivery import Delivery
from .entering import SEARCHED, Input, entered
from .interactions import Submission, Surface
from .person import Person
from .seen import Seen

if TYPE_CHECKING:
    from .standin import SlackStandin

Json = dict[str, Any]


class Hands:
    """Carries out `{"person": …, "does": …, …}`."""

    def __init__(self, slack: "SlackStandin") -> None:
        self._slack = slack
        self._acts: dict[str, Callable[[Person, Json], Awaitable[Any]]] = {
            "says": self._says,
            "presses": self._presses,
            "enters": self._enters,
            "searches": self._searches,
            "submits": self._submits,
            "closes": self._closes,
            "uses_shortcut": self._uses_shortcut,
            "opens_home": lambda person, order: person.opens_home(),
        }

    async def do(self, order: Json) -> Json:
        """Let the person do it; what came of it is answered.

        Raises:
            KeyError: for an unknown person or act, or a missing detail.
            AssertionError: where the person could not do that.
        """
        person, act = self._slack.people[order["person"]], self._acts[order["does"]]
        return _told(await act(person, order))

    async def _says(self, person: Person, order: Json) -> Any:
        text, channel = order["text"], order.get("channel") or person.dm
        if text.startswith("/"):
            return await person.commands(text, channel)
        return await person.says(text, channel)

    async def _presses(self, person: Person, order: Json) -> Any:
        if "label" in order:
            return await person.presses(order["label"])
        surface, place = self._place(person, order)
        return await interactions.act(self._slack, person.user, surface, place, None)

    async def _enters(self, person: Person, order: Json) -> Any:
        surface, place = self._place(person, order)
        given = order["value"]
        options = order.get("options", ()) if place.kind in SEARCHED else ()
        if isinstance(given, str):
            self._slack.typed.append(given)
        return await person.enters(surface, place, entered(place, given, options))

    async def _searches(self, person: Person, order: Json) -> Any:
        surface, place = self._place(person, order)
        query = order["query"]
        found = await interactions.search(self._slack, person.user, surface, place, query)
        return {"options": found}

    async def _submits(self, person: Person, order: Json) -> Any:
        return await person.submits(values=order.get("values"))

    async def _closes(self, person: Person, order: Json) -> Any:
        return await person.closes(everything=bool(order.get("everything")))

    async def _uses_shortcut(self, person: Person, order: Json) -> Any:
        seen = None
        if "ts" in order:
            chat = person.chat(order["channel"])
            seen = next(each for each in chat if each.ts == order["ts"])
        return await person.uses_shortcut(order["name"], seen)

    def _place(self, person: Person, order: Json) -> tuple[Surface, Input]:
        surface = self._surface(person, order)
        for block, element in placed_elements(surface.blocks):
            place = Input(block, element)
            if (place.block_id, place.action_id) == (order["block_id"], order["action_id"]):
                return surface, place
        raise AssertionError(f"there is no {order['action_id']} any more")

    def _surface(self, person: Person, order: Json) -> Surface:
        workspace = self._slack.workspace
        if "view_id" in order:
            found: Surface | None = workspace.view(order["view_id"])
        else:
            visible = workspace.visible(person.id, order["channel"])
            found = next((m for m in visible if m.ts == order["ts"]), None)
        assert found is not None, "it is no longer visible"
        return found


def _told(result: Any) -> Json:
    if isinstance(result, Seen):
        return asdict(result)
    if isinstance(result, Submission):
        return {"sent": result.sent, "errors": result.errors}
    if isinstance(result, Delivery):
        return {"accepted": result.accepted, "body": result.body}
    return result or {}
