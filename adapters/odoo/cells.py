"""Answers and meetings as the cells of Odoo's `load`, which takes text and reads it by type.

`load` reads times as the wall clock of the context's zone and has no words for an offset.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.crm_rules.values import LeadField, cells, moment, wall_clock
from adapters.odoo.note import paragraph
from dialogs.crm import Meeting, Value


def odoo_cells(
    values: Mapping[str, Value], fields: Mapping[str, LeadField], zone: ZoneInfo
) -> dict[str, str]:
    """The columns for those values whose field the server has; HTML is made of plain text.

    Raises:
        CrmRefused: a value does not fit its field.
    """
    plain = cells(values, fields, zone)
    return {n: paragraph(cell) if fields[n].type == "html" else cell for n, cell in plain.items()}


def local_times(meeting: Meeting, zone: ZoneInfo) -> tuple[str, str]:
    """Start and end as the wall clock of `zone` shows them."""
    start, stop = _span(meeting, zone)
    return wall_clock(start, zone), wall_clock(stop, zone)


def telling_zone(meeting: Meeting | None, values: Mapping[str, Value], zone: ZoneInfo) -> ZoneInfo:
    """The zone itself, or UTC when one of the times falls into the hour that autumn has twice.

    Odoo takes such a wall clock time for the later of the two.
    """
    texts = [value.value for value in values.values() if isinstance(value.value, str)]
    moments = [at for at in map(_instant, texts) if at is not None]
    moments += _span(meeting, zone) if meeting is not None else ()
    earlier_of_two = any(_first_of_two(at.astimezone(zone)) for at in moments)
    return ZoneInfo("UTC") if earlier_of_two else zone


def _span(meeting: Meeting, zone: ZoneInfo) -> tuple[datetime, datetime]:
    start = moment(meeting.start, zone)
    return start, start + timedelta(minutes=max(1, meeting.minutes))


def _first_of_two(local: datetime) -> bool:
    return local.fold == 0 and local.utcoffset() != local.replace(fold=1).utcoffset()


def _instant(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo else None
