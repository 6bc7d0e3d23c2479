"""A "no" of Slack's Web API, as the code inside the stand-in says it."""

from collections.abc import Sequence
from typing import Any

# Refused whatever the state of the workspace: the app built a payload that can never work.
MALFORMED = frozenset(
    {
        "invalid_arguments",
        "invalid_arg_name",
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_form_data",
        "invalid_json",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "invalid_name",
        "invalid_post_type",
        "invalid_trigger_id",
        "markdown_text_conflict",
        "missing_argument",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "push_limit_reached",
        "too_many_attachments",
        "users_list_not_supplied",
        "view_too_large",
    }
)


class Refusal(Exception):  # noqa: N818 - Slack refuses; the app is in error
    """Answered as `{"ok": false, "error": error}` with Slack's explanatory messages.

    `messages` become `response_metadata.messages`; `extra` is merged into the answer.
    """

    def __init__(self, error: str, messages: Sequence[str] = (), **extra: Any) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = tuple(messages)
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
        return body


class MissingArguments(Refusal):
    """A call that lacks required arguments."""

    def __init__(self, names: Sequence[str]) -> None:
        told = [f"[ERROR] missing required field: {name}" for name in names]
        super().__init__("invalid_arguments", told)
