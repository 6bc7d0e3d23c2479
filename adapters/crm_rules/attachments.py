"""What hangs on an opportunity beside a note: the files that people sent, then our pictures.

Each has a number that it keeps however often the entry is tried; what could not be had, or drawn,
is left out.
"""

from dataclasses import dataclass, field

from dialogs.crm import Delivery


@dataclass(frozen=True, slots=True)
class Attachment:
    number: int
    """Within its delivery."""
    name: str
    type: str
    """Media type, by its content."""
    content: bytes = field(repr=False)


def attachments(delivery: Delivery) -> tuple[Attachment, ...]:
    """All of the delivery whose content is there."""
    sent = ((one.name, one.type, one.content) for one in delivery.files)
    drawn = ((one.name, "image/png", one.png) for one in delivery.pictures)
    numbered = enumerate((*sent, *drawn), start=1)
    return tuple(Attachment(number, *told) for number, told in numbered if told[-1])
