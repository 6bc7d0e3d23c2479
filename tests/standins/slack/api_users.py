"""People, the workspace and the app itself: users.*, bots.*, team.*, auth.*, api.* and apps.*."""

from typing import TYPE_CHECKING, Any

from . import shapes
from .acting import Json, acts, decoded, page
from .blocks import message_problems, view_problems
from .refusal import Refusal
from .workspace import User

if TYPE_CHECKING:
    from .standin import SlackStandin


@acts("auth.test")
def auth_test(slack: "SlackStandin", args: Json) -> Json:
    app = slack.app
    return {
        "url": f"{slack.url}/",
        "team": app.team_name,
        "user": app.name,
        "team_id": app.team,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


@acts("api.test")
def api_test(slack: "SlackStandin", args: Json) -> Json:
    if "error" in args:
        raise Refusal(args["error"])
    return {"args": args}


@acts("apps.connections.open")
def open_connection(slack: "SlackStandin", args: Json) -> Json:
    address = slack.url.replace("http://", "ws://", 1)
    ticket = slack.socket.ticket()
    return {"url": f"{address}/link/?ticket={ticket}&app_id={slack.app.app_id}"}


@acts("team.info")
def team_info(slack: "SlackStandin", args: Json) -> Json:
    app = slack.app
    if args.get("team", app.team) != app.team:
        raise Refusal("team_not_found")
    team = {"id": app.team, "name": app.team_name, "domain": app.domain, "email_domain": ""}
    return {"team": team}


@acts("bots.info")
def bots_info(slack: "SlackStandin", args: Json) -> Json:
    app = slack.app
    if args.get("bot") not in {None, app.bot_id}:
        raise Refusal("bot_not_found")
    bot = {
        "id": app.bot_id,
        "deleted": False,
        "name": app.name,
        "updated": 1700000000,
        "app_id": app.app_id,
        "user_id": app.bot_user,
        "icons": {},
    }
    return {"bot": bot}


@acts("users.info")
def users_info(slack: "SlackStandin", args: Json) -> Json:
    user = slack.workspace.users.get(args["user"])
    if user is None:
        raise Refusal("user_not_found")
    return {"user": shapes.user(user, locale=bool(args.get("include_locale")))}


@acts("users.list")
def users_list(slack: "SlackStandin", args: Json) -> Json:
    own = [u for u in slack.workspace.users.values() if u.team == slack.app.team]
    found, more = page(own, args)
    locale = bool(args.get("include_locale"))
    return {"members": [shapes.user(u, locale=locale) for u in found], **more}


@acts("users.lookupByEmail")
def lookup_by_email(slack: "SlackStandin", args: Json) -> Json:
    user = _with_email(slack, args["email"])
    if user is None or user.deleted:
        raise Refusal("users_not_found")
    return {"user": shapes.user(user)}


def _with_email(slack: "SlackStandin", email: str) -> User | None:
    same = (u for u in slack.workspace.users.values() if (u.email or "").lower() == email.lower())
    return next(same, None)


@acts("blocks.validate")
def validate(slack: "SlackStandin", args: Json) -> Json:
    if len(args) != 1:
        told = "must provide exactly one of `blocks`, `view`, or `message`"
        raise Refusal("invalid_arguments", [told])
    ((name, given),) = args.items()
    value = decoded(given, "invalid_arguments")
    found = [{"message": p.message, "pointer": p.pointer} for p in _problems(name, value)]
    if found:
        raise Refusal(f"invalid_{name}", errors=found)
    return {}


def _problems(name: str, value: Any) -> list[Any]:
    if name == "view":
        return list(view_problems(value, value.get("type", "modal")))
    blocks = value if name == "blocks" else value.get("blocks", [])
    return list(message_problems(blocks))
