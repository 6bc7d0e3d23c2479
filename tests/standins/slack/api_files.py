"""Files: the three-step upload and files.info of the Web API."""

import mimetypes
from typing import TYPE_CHECKING, Any

from . import shapes
from .acting import Json, acts, decoded
from .refusal import Refusal
from .workspace import Channel, File, Message

if TYPE_CHECKING:
    from .standin import SlackStandin


@acts("files.getUploadURLExternal")
def get_upload_url(slack: "SlackStandin", args: Json) -> Json:
    if args["length"] <= 0:
        raise Refusal("missing_argument")
    file = new_file(slack, args["filename"], args["length"], slack.app.bot_user)
    return {"upload_url": f"{slack.url}/upload/v1/{file.id}", "file_id": file.id}


def new_file(slack: "SlackStandin", name: str, size: int, owner: str) -> File:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = File(slack.ids.named("F"), name, size, owner, mimetype=kind)
    slack.workspace.files[file.id] = file
    return file


@acts("files.completeUploadExternal")
def complete_upload(slack: "SlackStandin", args: Json) -> Json:
    named = decoded(args["files"], "invalid_arguments")
    if not isinstance(named, list) or not named:
        told = "[ERROR] must provide an array [json-pointer:/files]"
        raise Refusal("invalid_arguments", [told])
    files = [_uploaded(slack, each) for each in named]
    channels = [_open_for_files(slack, each) for each in _targets(args)]
    for file, given in zip(files, named, strict=True):
        file.title = given.get("title") or file.name
        file.completed = True
    for channel in channels:
        _share(slack, channel, files, args)
    return {"files": [shapes.file(each, slack.workspace) for each in files]}


def _open_for_files(slack: "SlackStandin", name: str) -> Channel:
    try:
        return slack.writable(name)
    except Refusal as refusal:
        if refusal.error == "is_archived":
            raise Refusal("posting_to_channel_denied") from None
        raise


def _targets(args: Json) -> list[str]:
    several = args.get("channels") or ""
    one = args.get("channel_id")
    return [*([one] if one else []), *(each for each in several.split(",") if each)]


def _uploaded(slack: "SlackStandin", given: Any) -> File:
    file = slack.workspace.files.get(given.get("id", "")) if isinstance(given, dict) else None
    if file is None or file.content is None or file.completed:
        raise Refusal("file_not_found")
    return file


def _share(slack: "SlackStandin", channel: Channel, files: list[File], args: Json) -> None:
    for file in files:
        file.channels.append(channel.id)
    message = Message(
        channel=channel.id,
        ts=slack.ids.timestamp(),
        user=slack.app.bot_user,
        text=args.get("initial_comment") or "",
        by_app=True,
        thread_ts=args.get("thread_ts"),
        files=files,
    )
    slack.publish(message)


@acts("files.info")
def info(slack: "SlackStandin", args: Json) -> Json:
    file = slack.workspace.files.get(args["file"])
    if file is None:
        raise Refusal("file_not_found")
    return {"file": shapes.file(file, slack.workspace), "comments": []}
