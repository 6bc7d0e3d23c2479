"""What `dealdesk check` says about the bot: its token, and how updates reach us. Writes nothing."""

from telegram import WebhookInfo
from telegram.error import InvalidToken

from adapters.telegram.api import Api
from adapters.telegram.faults import UNKNOWN_BOT, told
from dialogs.crm import Finding

_TOKEN = "Telegram: token"  # noqa: S105 - a finding's subject
_AWAY = "check the network and DEALDESK_TELEGRAM_BASE_URL"


async def examined(api: Api, url: str | None) -> tuple[Finding, ...]:
    """Ask Telegram. `url` is our webhook, None when we poll. Never raises."""
    try:
        me = await api.get_me()
        info = await api.get_webhook_info()
    except InvalidToken:
        return (Finding(_TOKEN, "wrong", UNKNOWN_BOT),)
    except Exception as error:  # noqa: BLE001 - an answer of no known shape is a finding too
        return (Finding(_TOKEN, "unknown", f"{_AWAY}: {told(error, api.token)}"),)
    token = Finding(f"{_TOKEN} of @{me.username} ({me.id})", "ok")
    return (token, _way(info, url), *_troubles(info))


def _way(info: WebhookInfo, url: str | None) -> Finding:
    subject = f"Telegram: {'webhook' if url else 'polling'}, {info.pending_update_count} waiting"
    if info.url == (url or ""):
        return Finding(subject, "ok")
    if url is None:
        remedy = "a webhook is set; `dealdesk run` removes it. Is another program using the bot?"
        return Finding(subject, "wrong", remedy)
    return Finding(subject, "missing", "`dealdesk run` registers the webhook")


def _troubles(info: WebhookInfo) -> tuple[Finding, ...]:
    if not info.url or not info.last_error_message:
        return ()
    when = f"{info.last_error_date:%Y-%m-%d %H:%M} UTC" if info.last_error_date else "lately"
    text = f"Telegram's last call failed ({when}): {info.last_error_message}"
    return (Finding("Telegram: calls to the webhook", "wrong", text),)
