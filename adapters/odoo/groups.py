"""What Odoo's users may: active or not, and in which groups. Asked anew each time."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from adapters.odoo.driver import Session
from adapters.odoo.people import handle_of, rows_of
from adapters.odoo.standing import reference
from dialogs.crm import Staff, Standing

ALL_GROUPS_SINCE: Final = 19
"""From this version on `group_ids` names only what was given; what that implies has its own field.
"""


class Groups:
    """Remembers the ids of groups only, which never change."""

    def __init__(self) -> None:
        """Begin with none."""
        self._ids: dict[str, int] = {}

    def standing(
        self, odoo: Session, colleagues: Sequence[Staff], groups: Collection[str]
    ) -> tuple[Standing, ...]:
        """Ask about all of them in one call."""
        handles = [handle_of(colleague) for colleague in colleagues]
        wanted = [handle for handle in handles if handle is not None]
        field = "all_group_ids" if odoo.release >= ALL_GROUPS_SINCE else "groups_id"
        rows = rows_of(odoo, wanted, ["login", field]) if wanted else []
        ids = self._known(odoo, groups) if rows else {}
        return tuple(_standing(handle, rows, ids, field) for handle in handles)

    def _known(self, odoo: Session, groups: Collection[str]) -> dict[str, int]:
        for group in groups:
            if not self._ids.get(group):
                self._ids[group] = reference(odoo, group) or 0
        return {group: self._ids[group] for group in groups}


def _standing(
    handle: int | str | None, rows: list[dict[str, Any]], ids: dict[str, int], field: str
) -> Standing:
    row = next((one for one in rows if handle in (one["id"], one["login"])), None)
    if row is None:
        return Standing(active=False)
    groups = frozenset(group for group, number in ids.items() if number in row[field])
    return Standing(active=True, groups=groups)
