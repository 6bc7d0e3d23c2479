"""The methods by which the bot receives: updates, files, and the answers it owes to presses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.standins.telegram import webhook
from tests.standins.telegram.callbacks import notice
from tests.standins.telegram.calls import Call, acts
from tests.standins.telegram.refusals import bad_request

if TYPE_CHECKING:
    from tests.standins.telegram.standin import TelegramStandin


@acts("getUpdates")
async def get_updates(standin: TelegramStandin, call: Call) -> Any:
    wanted = call.parameters
    standin.updates.allow(wanted.get("allowed_updates"))
    limit = min(max(wanted.get("limit", 100), 1), 100)
    updates = await standin.polling.poll(
        wanted.get("offset", 0), limit, wanted.get("timeout", 0), call.gone
    )
    return [update.as_json() for update in updates]


@acts("setWebhook")
async def set_webhook(standin: TelegramStandin, call: Call) -> bool:
    url = call.parameters["url"]
    if url:
        webhook.check_url(url)
        _check_secret(call.parameters.get("secret_token", ""))
    standin.updates.allow(call.parameters.get("allowed_updates"))
    await _replace(standin, call, _settings(call) if url else None)
    return True


def _check_secret(secret: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters", "bad_request")


def _settings(call: Call) -> webhook.Settings:
    wanted = call.parameters
    return webhook.Settings(
        url=wanted["url"],
        secret=wanted.get("secret_token", ""),
        max_connections=min(max(wanted.get("max_connections", 40), 1), 100),
        ip_address=wanted.get("ip_address"),
    )


@acts("deleteWebhook")
async def delete_webhook(standin: TelegramStandin, call: Call) -> bool:
    await _replace(standin, call, None)
    return True


async def _replace(standin: TelegramStandin, call: Call, settings: webhook.Settings | None) -> None:
    if call.parameters.get("drop_pending_updates"):
        standin.updates.clear()
    await standin.use_webhook(settings)


@acts("getWebhookInfo")
async def get_webhook_info(standin: TelegramStandin, call: Call) -> Any:
    current = standin.webhook
    shown: dict[str, Any] = {
        "url": current.settings.url if current else "",
        "has_custom_certificate": False,
        "pending_update_count": len(standin.updates.pending()),
        "allowed_updates": sorted(standin.updates.allowed),
    }
    return shown | (current.info() if current else {})


@acts("answerCallbackQuery")
async def answer_callback_query(standin: TelegramStandin, call: Call) -> bool:
    standin.queries.answer(call.parameters["callback_query_id"], notice(call.parameters))
    standin.chats.changes.notify()
    return True


@acts("getFile")
async def get_file(standin: TelegramStandin, call: Call) -> Any:
    media = standin.files.get(call.parameters["file_id"])
    return {
        "file_id": media.file_id,
        "file_unique_id": media.unique_id,
        "file_size": len(media.content),
        "file_path": standin.files.path(media),
    }
