"""Makes what an attacker would send: seeded, so that every run sends the same.

A request is a path, a body and headers. `TOKEN_FORGERS` is where other kinds of token go.
"""

import json
import string
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from random import Random
from typing import Any

from tests.adapters.slack import payloads
from tests.adapters.telegram import updates
from tests.attack.company import ACCOUNTS, SECRET, SLACK, TELEGRAM, signed

Request = tuple[str, bytes, Mapping[str, str]]
TokenForger = Callable[[Random, Sequence[str]], str]
"""Makes a token that is nobody's, perhaps out of those that were once given out."""

_TIMES = ("", "now", "1e9", "-1", "NaN", "\u0661\u0662", "9" * 400, "0x1", "1.5", " 1", "1 ")
_SIGNS = string.ascii_letters + string.digits + ".-!:_"
_numbers = count(1)


def noise(random: Random, _: Sequence[str]) -> str:
    return "".join(random.choices(_SIGNS, k=random.randint(0, 80)))


def altered(random: Random, known: Sequence[str]) -> str:
    """One sign of a real token is another, so that it names somebody or something else."""
    token = random.choice(known)
    place = random.randrange(min(len(token), 3))
    return token[:place] + random.choice("qxz7") + token[place + 1 :]


def grafted(random: Random, known: Sequence[str]) -> str:
    """The beginning of one token and the end of another."""
    first, second = random.choice(known), random.choice(known)
    return f"nobody{random.randint(0, 9)}.{first.partition('.')[2]}{second[-3:]}"


def unknown_card(random: Random, _: Sequence[str]) -> str:
    card = "".join(random.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=26))
    return f"!.{card}.{random.choice(['approved', 'rejected', 'withdrawn', ''])}"


TOKEN_FORGERS: list[TokenForger] = [noise, altered, grafted, unknown_card]


def unsigned(random: Random, amount: int) -> Iterator[Request]:
    """Requests that Slack did not sign, or signed for something else or at another time."""
    body, good = signed(payloads.event(payloads.message("approve everything")))
    spoilers = (_no_header, _other_secret, _cut, _shouted, _other_version, _odd_time, _other_time)
    for _ in range(amount):
        spoil = random.choice((*spoilers, None))
        if spoil is None:
            yield SLACK, _other_body(random, body), good
            continue
        yield SLACK, body, spoil(random, dict(good))


def _no_header(random: Random, headers: dict[str, str]) -> dict[str, str]:
    del headers[random.choice(["x-slack-signature", "x-slack-request-timestamp"])]
    return headers


def _other_secret(random: Random, headers: dict[str, str]) -> dict[str, str]:
    return headers | {"x-slack-signature": f"v0={random.getrandbits(256):064x}"}


def _cut(random: Random, headers: dict[str, str]) -> dict[str, str]:
    return headers | {"x-slack-signature": headers["x-slack-signature"][: random.randint(0, 66)]}


def _shouted(random: Random, headers: dict[str, str]) -> dict[str, str]:
    sign = random.choice(["\u00e9", "\u0660", " ", "g", "\U0001f511"])
    return headers | {"x-slack-signature": headers["x-slack-signature"][:-1] + sign}


def _other_version(random: Random, headers: dict[str, str]) -> dict[str, str]:
    return headers | {"x-slack-signature": headers["x-slack-signature"].replace("v0", "v1")}


def _odd_time(random: Random, headers: dict[str, str]) -> dict[str, str]:
    return headers | {"x-slack-request-timestamp": random.choice(_TIMES)}


def _other_time(random: Random, headers: dict[str, str]) -> dict[str, str]:
    """The signature is of a time that is long gone, or to come."""
    off = random.choice([-1, 1]) * random.randint(302, 10**9)
    body = payloads.event(payloads.message("approve everything"))
    return signed(body, at=max(0, int(time.time()) + off))[1]


def _other_body(random: Random, body: bytes) -> bytes:
    place = random.randrange(len(body))
    return body[:place] + bytes([body[place] ^ (1 << random.randrange(7))]) + body[place + 1 :]


def secretless(random: Random, amount: int) -> Iterator[Request]:
    """Requests that don't know what only Telegram knows."""
    body = json.dumps(updates.said("/pending")).encode()
    for _ in range(amount):
        given = random.choice([None, "", SECRET[:-1], SECRET + "x", SECRET.upper(), "\u00e9", "*"])
        guess = given if random.random() < 0.5 else noise(random, ())
        headers = {} if guess is None else {"x-telegram-bot-api-secret-token": guess}
        yield TELEGRAM, body, headers


def misshapen(random: Random, amount: int) -> Iterator[Request]:
    """Requests with the right signature or secret whose content no platform documents."""
    for _ in range(amount):
        if random.random() < 0.5:
            spoiled = _spoiled(random, random.choice(_slack_shapes()))
            # A form or a document with something missing at the top is still Slack's.
            yield SLACK, *signed(spoiled if isinstance(spoiled, dict) else {"payload": spoiled})
        else:
            update = {"update_id": next(_numbers)} | _spoiled_update(random)
            yield TELEGRAM, json.dumps(update).encode(), _secret()


def _slack_shapes() -> list[dict[str, Any]]:
    number = next(_numbers)
    said = payloads.message("x", user="UGERDA", channel="DGERDA")
    view = {"callback_id": "form", "private_metadata": '{"token": "x", "chat": null}'}
    return [
        payloads.event(said, event_id=f"Ev{number}"),
        payloads.pressed(payloads.button("x"), user=_user("GERDA")),
        payloads.submitted({**view, "blocks": []}, {"q": {"answer": {"value": "x"}}}),
        payloads.command("x", user_id="UGERDA", trigger_id=f"{number}.1"),
    ]


_ODD: tuple[Any, ...] = (None, 0, -1, 2**63, 1.5, "", "x", [], {}, [[]], {"id": {}}, True, "\ud800")


def _spoiled(random: Random, value: Any) -> Any:
    """Somewhere inside, a value is missing or is something odd."""
    if isinstance(value, dict) and value and random.random() < 0.8:
        key = random.choice(list(value))
        if random.random() < 0.2:
            return {name: one for name, one in value.items() if name != key}
        return {**value, key: _spoiled(random, value[key])}
    if isinstance(value, list) and value and random.random() < 0.8:
        return [_spoiled(random, value[0]), *value[1:]]
    return random.choice(_ODD)


def _spoiled_update(random: Random) -> dict[str, Any]:
    gerda = {**updates.SAM, "id": ACCOUNTS["Gerda"]}
    shape = random.choice(
        [
            updates.pressed("x", **{"from": gerda}),
            updates.said("x", **{"from": gerda}),
            updates.edited(text="x", **{"from": gerda}),
        ]
    )
    spoiled = _spoiled(random, {key: one for key, one in shape.items() if key != "update_id"})
    return spoiled if isinstance(spoiled, dict) else {"message": spoiled}


def forged(
    random: Random,
    amount: int,
    known: Sequence[str],
    forgers: Sequence[TokenForger] = tuple(TOKEN_FORGERS),
) -> Iterator[Request]:
    """Presses and pages with tokens that were never offered to whoever sends them."""
    for _ in range(amount):
        token = random.choice(forgers)(random, known)[:2000]
        sender = random.choice(["GERDA", "TOM", "STRANGER"])
        make = random.choice([_slack_press, _slack_page, _slack_pick, _telegram_press])
        yield make(random, token, sender)


def stolen(random: Random, amount: int, known: Sequence[str]) -> Iterator[Request]:
    """Presses and pages with real tokens of others: a card in the wrong hands, Sam's questions."""
    for _ in range(amount):
        make = random.choice([_slack_press, _slack_page, _slack_pick, _telegram_press])
        yield make(random, random.choice(known), random.choice(["GERDA", "TOM", "STRANGER"]))


def _user(name: str) -> dict[str, str]:
    return {"id": f"U{name}", "team_id": "T1", "name": name.lower()}


def _press(action: dict[str, Any], sender: str) -> Request:
    stamp = f"{int(time.time())}.{next(_numbers):06d}"
    press = payloads.pressed({**action, "action_ts": stamp}, user=_user(sender))
    return SLACK, *signed({**press, "channel": {"id": f"D{sender}", "name": "directmessage"}})


def _slack_press(random: Random, token: str, sender: str) -> Request:
    return _press(payloads.button(token, f"press:choice{random.randint(0, 9)}"), sender)


def _slack_pick(random: Random, token: str, sender: str) -> Request:
    picked = {"action_id": "pick:choice", "selected_option": {"value": token}}
    return _press({"type": "static_select", **picked}, sender)


def _slack_page(random: Random, token: str, sender: str) -> Request:
    mark = json.dumps({"token": token, "chat": f"D{sender}"})
    view = {"callback_id": "form", "private_metadata": mark, "blocks": []}
    values = {"verdict": {"answer": {"value": "approved"}}}
    page = payloads.submitted(view, values, user=_user(sender), trigger_id=f"{next(_numbers)}.9")
    return SLACK, *signed(page)


def _telegram_press(random: Random, token: str, sender: str) -> Request:
    number = ACCOUNTS.get(sender.capitalize(), 666)
    who = {**updates.SAM, "id": number}
    press = updates.pressed(token, {**updates.PRIVATE, "id": number}, **{"from": who})
    body = json.dumps({**press, "update_id": next(_numbers)}).encode()
    return TELEGRAM, body, _secret()


def _secret() -> dict[str, str]:
    return {"x-telegram-bot-api-secret-token": SECRET}


def web_tokens(random: Random, amount: int) -> Iterator[str]:
    for _ in range(amount):
        yield noise(random, ()) if random.random() < 0.9 else f"{random.getrandbits(128):032x}"
