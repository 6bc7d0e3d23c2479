"""Gets the files of an entry from the chats where they were sent, just before it goes to the CRM.

What is gone, too large or a program goes without: the note names it. Knows channels by their port.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace

from dialogs.crm import Delivery
from dialogs.errors import ChatRefused
from dialogs.files import Attached, type_of
from dialogs.limits import FILE
from dialogs.ports import Channel, FileKeeper, OwnFiles

log = logging.getLogger(__name__)


async def with_files(delivery: Delivery, channels: Mapping[str, Channel]) -> Delivery:
    """The entry with the content of its files.

    Raises:
        ChatUnavailable: a channel can't be asked now.
    """
    if not delivery.files:
        return delivery
    found = [await _fetched(one, channels) for one in delivery.files]
    return replace(delivery, files=tuple(found))


async def let_go(delivery: Delivery, channels: Mapping[str, Channel]) -> None:
    """Its files are in the CRM: where they are kept here, that is over."""
    for one in delivery.files:
        keeper = channels.get(one.channel)
        if isinstance(keeper, OwnFiles):
            await keeper.let_go(one.ref)


async def _fetched(file: Attached, channels: Mapping[str, Channel]) -> Attached:
    keeper = channels.get(file.channel)
    if not isinstance(keeper, FileKeeper):
        return file
    try:
        content = await keeper.fetch(file.ref, FILE)
    except ChatRefused as error:
        log.warning("a file can't be had from %s (%s)", file.channel, type(error).__name__)
        return file
    told = type_of(content)
    return replace(file, content=content, type=told) if told else file
