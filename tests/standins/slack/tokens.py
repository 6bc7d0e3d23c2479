"""The app's tokens and what each may do."""

from collections.abc import Iterable

from .refusal import Refusal

APP_LEVEL = {"apps.connections.open"}
SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.open": "im:write",
    "conversations.info": "channels:read",
    "conversations.list": "channels:read",
    "conversations.members": "channels:read",
    "conversations.join": "channels:join",
    "conversations.history": "im:history",
    "conversations.replies": "im:history",
    "users.conversations": "channels:read",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
    "bots.info": "users:read",
    "team.info": "team:read",
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
}


class Tokens:
    """The bot token and the app-level token; `scopes` None leaves scopes unchecked."""

    def __init__(self, scopes: Iterable[str] | None = None) -> None:
        self.bot = "xoxb-standin-bot-token"
        self.app_level = "xapp-1-standin-app-token"
        self.scopes = None if scopes is None else frozenset(scopes)
        self._dead: dict[str, str] = {}

    def kill(self, token: str, error: str = "invalid_auth") -> None:
        """Answer `error` to this token from now on, e.g. token_revoked, account_inactive."""
        self._dead[token] = error

    def revive(self, token: str) -> None:
        self._dead.pop(token, None)

    def rotate(self) -> str:
        """A new bot token; the old one is invalid."""
        self.kill(self.bot)
        self.bot = f"{self.bot}-next"
        return self.bot

    def check(self, token: str, method: str) -> None:
        """Whether this token may call this method.

        Raises:
            Refusal: not_authed, invalid_auth, not_allowed_token_type, missing_scope, or the error
                that the token was killed with.
        """
        if not token:
            raise Refusal("not_authed")
        if token in self._dead:
            raise Refusal(self._dead[token])
        if token not in {self.bot, self.app_level}:
            raise Refusal("invalid_auth")
        wanted = self.app_level if method in APP_LEVEL else self.bot
        if token != wanted:
            raise Refusal("not_allowed_token_type")
        self._check_scope(method)

    def _check_scope(self, method: str) -> None:
        needed = SCOPES.get(method)
        if self.scopes is not None and needed and self.scopes.isdisjoint(_sufficient(needed)):
            provided = ",".join(sorted(self.scopes))
            raise Refusal("missing_scope", needed=needed, provided=provided)


def _sufficient(needed: str) -> set[str]:
    # One scope per kind of conversation; which kind a call is about shows only later.
    kinds = {"channels", "groups", "im", "mpim"}
    kind, _, right = needed.partition(":")
    return {f"{each}:{right}" for each in kinds} if kind in kinds else {needed}
