"""Updates as the Bot API sends them, for tests of what is read from them."""

from typing import Any

from adapters.telegram.inbound import Me

US = Me(id=4711, username="DealdeskBot")
SAM = {"id": 70, "is_bot": False, "first_name": "Sam", "language_code": "de"}
PRIVATE = {"id": 70, "type": "private", "first_name": "Sam"}
GROUP = {"id": -100200, "type": "supergroup", "title": "Management"}
SECOND = 1_767_603_600


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": SECOND, "chat": PRIVATE, "from": SAM, **content}


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"update_id": 900, "message": message(text=text, **more)}


def holding(kind: str, content: Any) -> dict[str, Any]:
    return {"update_id": 900, "message": message(**{kind: content})}


def edited(**content: Any) -> dict[str, Any]:
    return {"update_id": 900, "edited_message": message(edit_date=SECOND + 60, **content)}


def pressed(token: str, chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    card = {"message_id": 5, "date": SECOND, "chat": chat, "text": "card"}
    query = {"id": "31", "from": SAM, "message": card, "chat_instance": "9", "data": token, **more}
    return {"update_id": 901, "callback_query": query}
