"""A strict stand-in of Telegram's Bot API server, with people in it.

This file holds the pieces together; each piece knows its own subject. `server` speaks HTTP.
"""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, Any, Literal, Self

from tests.standins.serving import Serving
from tests.standins.telegram.callbacks import DEADLINE, Queries, Query
from tests.standins.telegram.chats import Chat, Chats
from tests.standins.telegram.clock import Clock, WallClock
from tests.standins.telegram.faults import Fault, Faults
from tests.standins.telegram.files import Files
from tests.standins.telegram.flood import Flood, FloodLimit
from tests.standins.telegram.groups import Group, hears_all, member_json
from tests.standins.telegram.messages import Message, User
from tests.standins.telegram.people import Person
from tests.standins.telegram.polling import REPLACED_BY_WEBHOOK, Polling
from tests.standins.telegram.profile import Profile
from tests.standins.telegram.specification import compact
from tests.standins.telegram.updates import Update, Updates
from tests.standins.telegram.violations import Violation, Violations
from tests.standins.telegram.waiting import Bell, first
from tests.standins.telegram.webhook import Settings, Webhook

if TYPE_CHECKING:
    from types import TracebackType

    from tests.standins.telegram.calls import Call
    from tests.standins.telegram.refusals import Refusal

TOKEN = "7012345678:AAE-standin_of_the_bot_api_x0123456"
BOT = User(7012345678, "dealdesk", username="dealdesk_bot", is_bot=True)


class TelegramStandin:
    """`async with TelegramStandin() as telegram:` serves until the block is left.

    A bot reaches it with `token`, `base_url` and `base_file_url`.

    Args:
        token: the only one that is accepted
        clock: the machine's if none is given; a `HandClock` lets a test pass days
        flood: the flood limit, or None for none
        answer_deadline: seconds within which a button press must be answered
        port: a free one is taken when it is 0
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        clock: Clock | None = None,
        flood: FloodLimit | None = None,
        answer_deadline: float = DEADLINE,
        port: int = 0,
    ) -> None:
        from tests.standins.telegram.server import application  # noqa: PLC0415 - it needs this class

        self.token = token
        self.clock: Clock = WallClock() if clock is None else clock
        self.bot = BOT
        self.specification = compact()
        self.url = ""
        self.serving = Serving(application(self), port=port)
        self.violations = Violations()
        self._flood_limit = flood
        self._answer_deadline = answer_deadline
        self._webhook: Webhook | None = None
        self._begin()

    def _begin(self) -> None:
        self.calls: list[Call] = []
        self._arrivals = Bell()
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.profile = Profile()
        self.files = Files()
        self.faults = Faults()
        self.flood = Flood(self.clock, self._flood_limit)
        self.chats = Chats(self.clock, self.bot)
        self.updates = Updates(self.clock)
        self.queries = Queries(self.clock, self.violations, self._answer_deadline)
        self.polling = Polling(self.clock, self.updates, lambda: self.webhook is not None)

    async def __aenter__(self) -> Self:
        self.url = await self.serving.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.use_webhook(None)
        self.faults.mend()
        await self.serving.__aexit__(kind, error, trace)

    @property
    def base_url(self) -> str:
        """For python-telegram-bot's `base_url`; the token is appended to it."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """For python-telegram-bot's `base_file_url`; the token is appended to it."""
        return f"{self.url}/file/bot"

    def person(
        self,
        id: int,  # noqa: A002 - Telegram's own word
        first_name: str = "Ada",
        language_code: str = "en",
        *,
        last_name: str | None = None,
        username: str | None = None,
        started: bool = False,
    ) -> Person:
        """Somebody with an account; the same again for an identifier that is known.

        Until they press Start or write, the bot may not write to them, unless `started`.
        """
        if id not in self.people:
            user = User(id, first_name, last_name, username, language_code)
            self.chats.users[id] = user
            standing: Literal["left", "member"] = "member" if started else "left"
            self.chats.all[id] = Chat(id, "private", first_name, [id], standing)
            self.people[id] = Person(self, user)
        return self.people[id]

    def group(self, id: int, title: str, *people: Person) -> Group:  # noqa: A002 - as above
        """A group with these people, the first of whom adds the bot.

        Args:
            id: negative, as Telegram has it for groups; below -10**12 it is a supergroup
            title: its name
            people: at least one
        """
        kind: Literal["group", "supergroup"] = "supergroup" if id < -(10**12) else "group"
        chat = Chat(id, kind, title, [each.id for each in people], bot="left")
        self.chats.all[id] = chat
        self.groups[id] = Group(self, chat)
        self.welcome(chat, "member", people[0].user)
        return self.groups[id]

    def fail(self, method: str, fault: Fault | Refusal, times: int | None = 1) -> None:
        """Let the next `times` calls of `method` fail so; None: until `faults.mend(method)`."""
        self.faults.order(method, fault, times)

    def receives(self, call: Call) -> None:
        """Note a call of the bot, before anything is done about it."""
        self.calls.append(call)
        self._arrivals.notify()

    async def called(self, method: str, times: int = 1, *, timeout: float = 5.0) -> list[Call]:  # noqa: ASYNC109 - the word a reader looks for
        """Wait until the bot has called `method` so many times; all its calls of it.

        Raises:
            AssertionError: it has not within `timeout` seconds
        """
        try:
            async with asyncio.timeout(timeout):
                while len(made := [each for each in self.calls if each.method == method]) < times:
                    await self._arrivals.after(self._arrivals.count)
        except TimeoutError:
            raise AssertionError(f"{method} was called {len(made)} times, not {times}") from None
        return made

    async def settled(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - the word a reader looks for
        """Wait until the bot has confirmed every update and answered every press.

        Raises:
            AssertionError: it has not within `timeout` seconds
        """
        try:
            async with asyncio.timeout(timeout):
                while owed := self._owed():
                    await self._moved()
        except TimeoutError:
            raise AssertionError(f"the bot still owes {owed}") from None

    def finish(self) -> list[Violation]:
        """All violations, presses that were never answered among them."""
        for each in self.queries.abandoned():
            self.violations.record("unanswered_query", "answerCallbackQuery", each)
        return list(self.violations)

    async def reset(self) -> None:
        """Forget everybody and everything; the address and the token stay."""
        await self.use_webhook(None)
        self.faults.mend()
        self.violations.clear()
        self._begin()

    @property
    def webhook(self) -> Webhook | None:
        """The webhook that is set, if one is."""
        return None if self._webhook is None or self._webhook.given_up else self._webhook

    async def use_webhook(self, settings: Settings | None) -> None:
        """Deliver to this webhook from now on; None: wait for polls."""
        if self._webhook is not None:
            await self._webhook.close()
            self._webhook = None
        if settings is not None:
            self.polling.end(REPLACED_BY_WEBHOOK)
            self._webhook = Webhook(settings, self.clock, self.updates, self.delivered)

    def delivered(self, update: Update) -> None:
        """The bot has received an update."""
        if update.kind == "callback_query":
            self.queries.delivered(update.content["id"])

    def announce(self, kind: str, message: Message) -> None:
        """Queue an update about a message, if the bot may see it."""
        chat = self.chats.all[message.chat_id]
        if hears_all(chat, message, self.bot):
            self.updates.add(kind, self.chats.message_json(message), f"chat {chat.id}")

    def announce_press(self, query: Query, user: User, message: Message) -> None:
        """Queue an update about a button that was pressed."""
        content = {
            "id": query.id,
            "from": user.as_json(),
            "message": self._pressed(message),
            "chat_instance": str(message.chat_id * 7919 % 10**18),
            "data": query.data,
        }
        self.updates.add("callback_query", content, f"presses of {user.id}")

    def _pressed(self, message: Message) -> dict[str, Any]:
        chat = self.chats.all[message.chat_id]
        now = chat.messages[message.id]
        if now.deleted:
            return {"chat": self.chats.chat_json(chat), "message_id": now.id, "date": 0}
        return self.chats.message_json(now)

    def welcome(
        self, chat: Chat, standing: Literal["member", "administrator", "kicked"], by: User
    ) -> None:
        """Change what the bot is in a chat, and tell it so."""
        content = {
            "chat": self.chats.chat_json(chat),
            "from": by.as_json(),
            "date": math.floor(self.clock.now()),
            "old_chat_member": member_json(chat.bot, self.bot),
            "new_chat_member": member_json(standing, self.bot),
        }
        first_start = chat.kind == "private" and chat.bot == "left"
        chat.bot = standing
        self.chats.changes.notify()
        if not first_start:  # in private chats Telegram tells of blocking and unblocking only
            self.updates.add("my_chat_member", content, f"chat {chat.id}")

    def _owed(self) -> str:
        pending, presses = len(self.updates.pending()), len(self.queries.unanswered())
        return f"{pending} updates, {presses} answers" if pending or presses else ""

    async def _moved(self) -> None:
        changes = self.chats.changes
        await first(self.updates.changed(), changes.after(changes.count))
