"""The stand-in's own HTTP interface: act as a person, look, order faults, in any language.

`POST /__control/act {"person": "U1", "does": "says", "text": "hi"}` and the like.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .hands import Hands

if TYPE_CHECKING:
    from .standin import SlackStandin

Json = dict[str, Any]


class Control:
    """Answers below `/__control`; a refused request gets 400 with `error`."""

    def __init__(self, slack: "SlackStandin") -> None:
        self._slack = slack
        self._hands = Hands(slack)

    def routes(self) -> list[Route]:
        return [
            Route("/act", self.act, methods=["POST"]),
            Route("/state", self.state),
            Route("/fail", self.fail, methods=["POST"]),
            Route("/person", self.person, methods=["POST"]),
            Route("/channel", self.channel, methods=["POST"]),
            Route("/deliver_to", self.deliver_to, methods=["POST"]),
            Route("/violations", self.violations),
            Route("/reset", self.reset, methods=["POST"]),
        ]

    async def act(self, request: Request) -> Response:
        """Let a person do something; answers what came of it."""
        try:
            return JSONResponse(await self._hands.do(await request.json()))
        except (AssertionError, KeyError, TypeError, ValueError) as impossible:
            return JSONResponse({"error": str(impossible)}, 400)

    async def state(self, request: Request) -> Response:
        """What one person sees: `?person=U1`; every channel, the modals, the Home tab."""
        person = self._slack.people.get(request.query_params.get("person", ""))
        if person is None:
            known = list(self._slack.people)
            return JSONResponse({"error": f"?person= must be one of {known}"}, 400)
        channels = self._slack.workspace.channels_of(person.id)
        return JSONResponse(
            {
                "chats": {c.id: [asdict(m) for m in person.chat(c)] for c in channels},
                "modals": [asdict(each) for each in person.modals],
                "home": asdict(person.home) if person.home else None,
                "notices": person.notices,
            }
        )

    async def fail(self, request: Request) -> Response:
        """Order a fault: {"what": "chat.postMessage", "how": "ratelimited", …}."""
        order = await request.json()
        try:
            self._slack.fail(**order)
        except (TypeError, ValueError) as wrong:
            return JSONResponse({"error": str(wrong)}, 400)
        return JSONResponse({})

    async def person(self, request: Request) -> Response:
        """Add a person: {"id": "U3", "name": "Kim", …}."""
        person = self._slack.person(**await request.json())
        return JSONResponse({"id": person.id, "dm": person.dm})

    async def channel(self, request: Request) -> Response:
        """Add a channel: {"id": "C2", "name": "deals", "members": ["U1"]}."""
        return JSONResponse({"id": self._slack.channel(**await request.json()).id})

    async def deliver_to(self, request: Request) -> Response:
        """Deliver by HTTP from now on: {"address": "http://…/slack/events"}."""
        try:
            await self._slack.hears_by_http((await request.json())["address"])
        except ValueError as refused:
            return JSONResponse({"error": str(refused)}, 400)
        return JSONResponse({})

    async def violations(self, request: Request) -> Response:
        return JSONResponse([asdict(each) for each in self._slack.violations])

    async def reset(self, request: Request) -> Response:
        """Forget messages, views, faults and violations; people and channels stay."""
        self._slack.reset()
        return JSONResponse({})
