"""The way to the app by Socket Mode: single-use addresses, hello, envelopes, acknowledgements.

Knows connections and envelopes; what is in them comes from elsewhere.
"""

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from .changes import Changes
from .clock import Clock, before
from .delivery import ACK_SECONDS, Delivery, Reply
from .violations import Violations
from .wire import reset, transport_of

MAX_CONNECTIONS = 10
ANSWERABLE = {"view_submission", "block_suggestion"}
Goodbye = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]


@dataclass(eq=False)
class Connection:
    """One WebSocket of the app; `half_open` means that nothing passes although it looks alive."""

    number: int
    websocket: WebSocket
    transport: asyncio.Transport
    half_open: bool = False
    dismissed: bool = False
    open: dict[str, asyncio.Future[Reply]] = field(default_factory=dict)

    async def send(self, message: dict[str, Any]) -> None:
        if not self.half_open:
            await self.websocket.send_text(json.dumps(message))


@dataclass
class Sent:
    """An envelope that went out, when, and whether Slack would read a payload in its answer."""

    delivery: Delivery
    at: float
    answerable: bool
    answered: bool = False


class SocketDoor:
    """All connections of the app; each payload goes to one of them, in turn."""

    def __init__(self, clock: Clock, violations: Violations, changes: Changes, app_id: str) -> None:
        self._clock = clock
        self._violations = violations
        self._changes = changes
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._turn = 0
        self._opened = 0
        self._sent: dict[str, Sent] = {}
        self.connections: list[Connection] = []

    def ticket(self) -> str:
        """A single-use right to connect."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, websocket: WebSocket) -> None:
        """One connection of the app, from handshake to end."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close(4001)
            return
        self._tickets.remove(ticket)
        await websocket.accept()
        self._opened += 1
        transport = transport_of(websocket._receive)
        connection = Connection(self._opened, websocket, transport)
        if len(self.connections) >= MAX_CONNECTIONS:
            await self._dismiss(connection, "too_many_websockets")
            await websocket.close()
            return
        self.connections.append(connection)
        try:
            await connection.send(self._hello())
            self._changes.notify()
            await self._listen(connection)
        finally:
            self._gone(connection)

    async def attempt(self, delivery: Delivery, number: int, reason: str) -> Reply:
        connection = self._pick()
        if connection is None:
            return Reply(accepted=False, reason="connection_failed")
        envelope = self._envelope(delivery, number, reason)
        return await self._handed(connection, delivery, envelope)

    async def to_two_connections(self, delivery: Delivery) -> list[Reply]:
        """Hand the same envelope to two connections, as Slack does now and then.

        Raises:
            ValueError: with fewer than two connections.
        """
        if len(self.connections) < 2:
            raise ValueError("connect twice first: the same envelope goes to two connections")
        envelope = self._envelope(delivery, 0, "")
        both = [self._handed(each, delivery, envelope) for each in self.connections[:2]]
        return list(await asyncio.gather(*both))

    async def dismiss(self, reason: Goodbye, *, close: bool = False) -> None:
        """Tell every connection to go, as before a refresh; with `close`, end them as well."""
        for connection in list(self.connections):
            await self._dismiss(connection, reason)
            if close:
                await connection.websocket.close()

    def half_open(self) -> None:
        """Let every connection look alive while nothing passes any more."""
        for connection in self.connections:
            connection.half_open = connection.dismissed = True
            connection.transport.pause_reading()

    def cut(self) -> None:
        """Reset every connection."""
        for connection in list(self.connections):
            connection.dismissed = True
            reset(connection.transport)

    async def close(self) -> None:
        self.cut()

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {
                "host": "applink-standin",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self._app_id},
        }

    async def _dismiss(self, connection: Connection, reason: Goodbye) -> None:
        connection.dismissed = True
        debug = {"host": "applink-standin"}
        message = {"type": "disconnect", "reason": reason, "debug_info": debug}
        await connection.send(message)

    def _pick(self) -> Connection | None:
        live = [c for c in self.connections if c.half_open or not c.dismissed]
        live = live or self.connections
        self._turn += 1
        return live[self._turn % len(live)] if live else None

    def _envelope(self, delivery: Delivery, number: int, reason: str) -> dict[str, Any]:
        answerable = delivery.kind == "slash_commands" or (
            delivery.payload.get("type") in ANSWERABLE
        )
        envelope = {
            "envelope_id": str(uuid4()),
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": answerable,
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        self._sent[str(envelope["envelope_id"])] = Sent(delivery, self._clock.now(), answerable)
        return envelope

    async def _handed(
        self, connection: Connection, delivery: Delivery, envelope: dict[str, Any]
    ) -> Reply:
        answer = asyncio.get_running_loop().create_future()
        connection.open[envelope["envelope_id"]] = answer
        try:
            await connection.send(envelope)
            return await before(self._clock, delivery.deadline, answer)
        except (WebSocketDisconnect, RuntimeError):
            return Reply(accepted=False, reason="connection_failed")
        except TimeoutError:
            self._overdue(connection, delivery)
            return Reply(accepted=False, reason="timeout")
        finally:
            connection.open.pop(envelope["envelope_id"], None)

    def _overdue(self, connection: Connection, delivery: Delivery) -> None:
        if not connection.half_open:
            self._violations.record("unacked", delivery.name, "no acknowledgement within 3 s")

    async def _listen(self, connection: Connection) -> None:
        while True:
            try:
                text = await connection.websocket.receive_text()
            except (WebSocketDisconnect, RuntimeError):
                return
            self._acknowledged(connection, text)

    def _acknowledged(self, connection: Connection, text: str) -> None:
        message = _parsed(text)
        name = message.get("envelope_id", "")
        sent = self._sent.get(name)
        if sent is None:
            self._violations.record("unknown_envelope", "socket", text[:200])
            return
        self._judge(sent, message)
        for each in (connection, *self.connections):
            answer = each.open.get(name)
            if answer is not None and not answer.done():
                answer.set_result(Reply(accepted=True, body=message.get("payload")))

    def _judge(self, sent: Sent, message: dict[str, Any]) -> None:
        where = sent.delivery.name
        if not sent.answered and self._clock.now() - sent.at > ACK_SECONDS:
            late = f"after {self._clock.now() - sent.at:.1f} s"
            self._violations.record("late_ack", where, late)
        sent.answered = True
        if message.get("payload") and not sent.answerable:
            detail = f"Slack reads no payload in this acknowledgement: {message['payload']}"
            self._violations.record("bad_answer", where, detail)

    def _gone(self, connection: Connection) -> None:
        self.connections.remove(connection)
        for answer in connection.open.values():
            if not answer.done():
                answer.set_result(Reply(accepted=False, reason="connection_failed"))
        self._changes.notify()


def _parsed(text: str) -> dict[str, Any]:
    try:
        message = json.loads(text)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}
