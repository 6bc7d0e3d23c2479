"""What this Odoo has: fields of opportunities, stages, tags; read once, and again when missing."""

import time
from collections.abc import Collection, Mapping
from typing import Any, Final

from adapters.crm_rules.names import normal, tidy
from adapters.crm_rules.values import LeadField
from adapters.odoo import keys, stages
from adapters.odoo.driver import Session
from adapters.odoo.errors import OdooRefused
from adapters.odoo.lists import names_of
from adapters.odoo.load import load
from adapters.odoo.search import literal
from adapters.odoo.standing import reference
from dialogs.crm import CrmNeeds, StageNeed

PATIENCE: Final = 300.0  # seconds before a field that was missing is looked for again


ORIGINS: Final[Mapping[str, str]] = {
    "source_id": "utm.source",
    "medium_id": "utm.medium",
    "campaign_id": "utm.campaign",
}
"""Fields that say where an opportunity comes from, with the model of the records they link to."""


OF_PARTNERS: Final[Mapping[str, str]] = {
    "industry_id": "res.partner.industry",
    "category_id": "res.partner.category",
}
"""Fields of a company that link to records, with the model of those."""
GIVEN: Final = frozenset({"res.partner.industry"})
"""Models whose records only an administrator makes: what is none of them stays in the note."""


class Catalogue:
    def __init__(self, needs: CrmNeeds) -> None:
        self._stages_needed = {stage.id: stage for stage in needs.stages}
        self.forget()

    def forget(self) -> None:
        """Read everything anew when it is needed: somebody has changed Odoo's set-up."""
        self._fields: Mapping[str, LeadField] = {}
        self._read_at = float("-inf")
        self._stages: dict[str, int] = {}
        self._tags: dict[str, int] = {}
        self._reasons: dict[str, int] = {}
        self._teams: Mapping[str, int] = {}
        self._todo: int | None = None
        self._origins: dict[tuple[str, str], int] = {}

    def fields(self, odoo: Session, wanted: Collection[str]) -> Mapping[str, LeadField]:
        """Return the fields of an opportunity by name; no call while the wanted are known."""
        stale = time.monotonic() - self._read_at > PATIENCE
        if stale and not self._fields.keys() >= set(wanted):
            self._fields = lead_fields(odoo)
            self._read_at = time.monotonic()
        return self._fields

    def stage(self, odoo: Session, stage: str) -> int:
        """Return Odoo's id of a stage of the playbook.

        Raises:
            OdooRefused: Odoo has no stage of any of its names.
        """
        need = self._stages_needed.get(stage, StageNeed(stage, (stage,)))
        if stage not in self._stages:
            self._stages = stages.found(odoo, [*self._stages_needed.values(), need])
        if stage not in self._stages:
            names = "' or '".join(need.names)
            raise OdooRefused(
                f"Odoo has no stage '{names}' (playbook: {stage}). Run `dealdesk odoo setup`, or "
                "write Odoo's name of it into the playbook, then retry the delivery."
            )
        return self._stages[stage]

    def lost_reason(self, odoo: Session, names: Mapping[str, str]) -> int:
        """Return Odoo's id of the lost reason that has one of these names.

        Raises:
            OdooRefused: Odoo has none of them.
        """
        wanted = [normal(name) for name in names.values()]
        if not self._reasons.keys() & set(wanted):
            self._reasons = names_of(odoo, "crm.lost.reason")
        found = (self._reasons[name] for name in wanted if name in self._reasons)
        reason = next(found, None)
        if reason is None:
            told = "' or '".join(dict.fromkeys(names.values()))
            raise OdooRefused(
                f"Odoo has no lost reason '{told}'. Run `dealdesk odoo "
                "setup`, or write Odoo's name of it into the playbook, then retry the delivery."
            )
        return reason

    def todo(self, odoo: Session) -> int | None:
        """Return the id of the activity type To-Do; None where somebody has deleted it."""
        if self._todo is None:
            self._todo = reference(odoo, "mail.mail_activity_data_todo")
        return self._todo

    def team(self, odoo: Session, name: str) -> int:
        """Return the id of the sales team with that name.

        Raises:
            OdooRefused: there is none.
        """
        if normal(name) not in self._teams:
            self._teams = names_of(odoo, "crm.team")
        if normal(name) not in self._teams:
            raise OdooRefused(
                f"Odoo has no sales team '{name[:80]}'. Run `dealdesk odoo setup`, or write Odoo's "
                "name of it into the playbook, then retry the delivery."
            )
        return self._teams[normal(name)]

    def tag(self, odoo: Session, name: str) -> int:
        """Return the id of the tag with that name, made if there is none."""
        known = normal(name)
        if known not in self._tags:
            self._tags[known] = _found(odoo, "crm.tag", name) or _made_tag(odoo, name)
        return self._tags[known]

    def fact(self, odoo: Session, field: str, name: str) -> int | None:
        """Return the id of the record with that name for a field of a company."""
        model = OF_PARTNERS[field]
        return _found(odoo, model, name) if model in GIVEN else self.origin(odoo, model, name)

    def origin(self, odoo: Session, model: str, name: str) -> int:
        """Return the id of the channel or campaign with that name, made if there is none."""
        known = (model, normal(name))
        if known not in self._origins:
            self._origins[known] = _found(odoo, model, name) or _made_origin(odoo, model, name)
        return self._origins[known]


def lead_fields(odoo: Session) -> dict[str, LeadField]:
    described = odoo.call("crm.lead", "fields_get", attributes=["type", "selection"])
    return {name: _field(facts) for name, facts in described.items()}


def _field(facts: Mapping[str, Any]) -> LeadField:
    options = frozenset(str(option) for option, _ in facts.get("selection") or ())
    return LeadField(facts["type"], options)


def _found(odoo: Session, model: str, name: str) -> int | None:
    """The record of exactly that name, case and spaces apart."""
    domain = [("name", "=ilike", literal(name))]
    rows = odoo.call(model, "search_read", domain=domain, fields=["name"], order="id")
    return next((row["id"] for row in rows if normal(row["name"]) == normal(name)), None)


def _made_tag(odoo: Session, name: str) -> int:
    return load(odoo, "crm.tag", [{"id": keys.tag(name), "name": name}], {})[0]


def _made_origin(odoo: Session, model: str, name: str) -> int:
    """Make it by an external id: two at once make one."""
    return load(odoo, model, [{"id": keys.origin(model, name), "name": tidy(name)}], {})[0]
