"""Creates in Odoo what the playbook needs: fields, their tab, stages, lost reasons.

Everything has an external id, so that a second run finds what the first one made. Needs an
administrator's login.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from adapters.crm_rules.names import normal
from adapters.odoo import keys, stages, survey
from adapters.odoo.driver import Session
from adapters.odoo.errors import OdooRefused
from adapters.odoo.keys import MODULE, safe, team
from adapters.odoo.lists import languages, names_of
from adapters.odoo.load import Row, load, under
from adapters.odoo.rights import has_group
from adapters.odoo.tab import tab_arch
from dialogs.crm import CrmNeeds, FieldNeed, Finding, StageNeed

FIRST_PLACE: Final = 10
"""Sequence of the first stage that is made; Odoo's own open ones have 1 to 3 and Won has 70."""
WON_PLACE: Final = 70

SOURCE: Final = "en"
"""The language in which Odoo keeps what it then translates."""
ADMINISTRATORS: Final = "base.group_system"

DEMAND: Final[Row] = {
    "id": keys.DEMAND,
    "name": "Demand",
    "type": "service",
    "sale_ok": "1",
    "purchase_ok": "0",
    "list_price": "0",
}
"""The product of quotation lines that are no product of Odoo's."""

Translated = Mapping[str, Sequence[Row]]
"""Rows by language (`de`) that give records their names in it."""


def prepare(odoo: Session, needs: CrmNeeds, *, dry_run: bool) -> tuple[Finding, ...]:
    """Create what is missing, or only say what that would be.

    Raises:
        CrmUnavailable: not all is known to be made; a second run goes on.
        CrmRefused: Odoo does not let this account make it.
    """
    if not dry_run:
        _refuse_without_rights(odoo)
    work = _Work(odoo, dry_run=dry_run)
    return (
        *_fields(work, needs),
        *_teams(work, needs),
        *_stages(work, needs),
        *_lost_reasons(work, needs),
        _tab(work, needs),
        *_product(work),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    odoo: Session
    dry_run: bool

    def done(self, finding: Finding) -> Finding:
        state: Literal["would create", "created"] = "would create" if self.dry_run else "created"
        return replace(finding, state=state, remedy="")

    def make(self, model: str, rows: Sequence[Row], translated: Translated) -> None:
        if self.dry_run or not rows:
            return
        load(self.odoo, model, rows, {})
        for code in languages(self.odoo):
            named = translated.get(code) or translated.get(code[:2], ())
            if named and not code.startswith(SOURCE):
                load(self.odoo, model, named, {"lang": code})


def _refuse_without_rights(odoo: Session) -> None:
    if not has_group(odoo, ADMINISTRATORS):
        raise OdooRefused(
            "Only an administrator of Odoo may make fields and stages. Run `dealdesk odoo setup` "
            "once with an administrator's DEALDESK_CRM_LOGIN and DEALDESK_CRM_SECRET."
        )


def _fields(work: _Work, needs: CrmNeeds) -> Iterator[Finding]:
    found = survey.fields(work.odoo, needs)
    makeable = [need for need in needs.fields if survey.is_ours(need)]
    make = [need for need in makeable if survey.REMEDY in found[need.name].remedy]
    rows = [row for need in make for row in _field_rows(need)]
    spoken = {code for need in make for code in need.label}
    translated = {code: [r for n in make for r in _field_names(n, code)] for code in spoken}
    work.make("ir.model.fields", rows, translated)
    for need in needs.fields:
        yield work.done(found[need.name]) if need in make else found[need.name]


def _field_rows(need: FieldNeed) -> list[Row]:
    head = {
        "id": f"{MODULE}.field_{need.name}",
        "name": need.name,
        "field_description": survey.in_language(need.label, SOURCE),
        "model_id/id": "crm.model_crm_lead",
        "ttype": need.type,
        "tracking": "100" if need.shown else "",
    }
    options = [
        {
            "id": f"{MODULE}.option_{need.name}_{safe(option)}",
            "value": option,
            "name": survey.in_language(label, SOURCE),
            "sequence": str(place),
        }
        for place, (option, label) in enumerate(need.options, 1)
    ]
    return _with_options(head, options if need.type == "selection" else [])


def _field_names(need: FieldNeed, language: str) -> list[Row]:
    head = {
        "id": f"{MODULE}.field_{need.name}",
        "field_description": survey.in_language(need.label, language),
    }
    options = [
        {
            "id": f"{MODULE}.option_{need.name}_{safe(option)}",
            "name": survey.in_language(label, language),
        }
        for option, label in need.options
    ]
    return _with_options(head, options if need.type == "selection" else [])


def _with_options(head: Row, options: Sequence[Row]) -> list[Row]:
    first, *others = [under("selection_ids", option) for option in options] or [{}]
    return [{**head, **first}, *others]


def _stages(work: _Work, needs: CrmNeeds) -> Iterator[Finding]:
    found = survey.stages(work.odoo, needs)
    make = [need for need in needs.stages if found[need.id].state == "missing"]
    of_teams = stages.team_field(work.odoo) if any(need.team for need in make) else ""
    rows = [
        {**_stage(need, place), **_of_team(work, need, of_teams)}
        for place, need in enumerate(needs.stages)
        if need in make
    ]
    work.make("crm.stage", rows, {})
    for need in needs.stages:
        yield work.done(found[need.id]) if need in make else found[need.id]


def _stage(need: StageNeed, place: int) -> Row:
    return {
        "id": f"{MODULE}.stage_{safe(need.id)}",
        "name": need.names[0],
        "sequence": str(WON_PLACE if need.won else FIRST_PLACE + place),
        "is_won": "1" if need.won else "0",
    }


def _of_team(work: _Work, need: StageNeed, field: str) -> Row:
    """The teams stand already; only a dry run has not made them."""
    there = names_of(work.odoo, "crm.team") if need.team else {}
    known = there.get(normal(need.team))
    return {f"{field}/.id": str(known)} if known else {}


def _lost_reasons(work: _Work, needs: CrmNeeds) -> Iterator[Finding]:
    found = survey.lost_reasons(work.odoo, needs)
    make = [
        reason
        for reason, finding in zip(needs.lost_reasons, found, strict=True)
        if finding.state == "missing"
    ]
    rows = [_reason(reason, SOURCE) for reason in make]
    spoken = {code for reason in make for code in reason}
    work.make("crm.lost.reason", rows, {code: [_reason(r, code) for r in make] for code in spoken})
    for reason, finding in zip(needs.lost_reasons, found, strict=True):
        yield work.done(finding) if reason in make else finding


def _reason(reason: Mapping[str, str], language: str) -> Row:
    name = survey.in_language(reason, SOURCE)
    return {
        "id": f"{MODULE}.lost_reason_{safe(name)}",
        "name": survey.in_language(reason, language),
    }


def _teams(work: _Work, needs: CrmNeeds) -> Iterator[Finding]:
    found = survey.teams(work.odoo, needs)
    make = [name for name in needs.teams if found[name].state == "missing"]
    work.make("crm.team", [{"id": team(name), "name": name} for name in make], {})
    for name in needs.teams:
        yield work.done(found[name]) if name in make else found[name]


def _product(work: _Work) -> Iterator[Finding]:
    for found in survey.product(work.odoo):
        if found.state == "ok":
            yield found
            continue
        work.make("product.product", [DEMAND], {"de": [{**DEMAND, "name": "Bedarf"}]})
        yield work.done(found)


def _tab(work: _Work, needs: CrmNeeds) -> Finding:
    found = survey.tab(work.odoo, needs)
    if found.state == "ok":
        return found
    work.make("ir.ui.view", [_view(needs)], {})
    return work.done(found)


def _view(needs: CrmNeeds) -> Row:
    return {
        "id": f"{MODULE}.lead_tab",
        "name": "crm.lead.form.dealdesk",
        "model": "crm.lead",
        "type": "form",
        "inherit_id/id": "crm.crm_lead_view_form",
        "arch": tab_arch(survey.shown(needs)),
    }
