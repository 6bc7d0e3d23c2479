"""Compares what the playbook needs with what this Odoo has; reads only."""

from collections.abc import Mapping
from typing import Final

from adapters.crm_rules.names import normal
from adapters.crm_rules.values import LeadField
from adapters.odoo import keys
from adapters.odoo.catalogue import lead_fields
from adapters.odoo.driver import Session
from adapters.odoo.lists import names_of
from adapters.odoo.products import has_quotations
from adapters.odoo.stages import found
from adapters.odoo.standing import reference
from dialogs.crm import CrmNeeds, FieldNeed, Finding, StageNeed

REMEDY: Final = "Run `dealdesk odoo setup` with an administrator's login."
_NOT_OURS: Final = "Install the app it belongs to, or take it out of the playbook."
OURS: Final = "x_"  # what the names of fields begin with that may be made
TAB: Final = "tab Deal desk"
PRODUCT: Final = "product for quotation lines"
FORM_SINCE: Final = 16  # the first version with `get_view`

FITTING: Final[Mapping[str, frozenset[str]]] = {
    "char": frozenset({"char", "text", "html"}),
    "text": frozenset({"text", "html", "char"}),
    "integer": frozenset({"integer", "float", "monetary"}),
    "float": frozenset({"float", "monetary"}),
    "boolean": frozenset({"boolean"}),
    "date": frozenset({"date"}),
    "datetime": frozenset({"datetime"}),
    "selection": frozenset({"selection", "char", "text"}),
}
"""Types of Odoo's that can hold each kind of answer without a loss."""


def fields(odoo: Session, needs: CrmNeeds) -> dict[str, Finding]:
    """Findings by the field's name."""
    there = lead_fields(odoo)
    return {need.name: _field(need, there.get(need.name)) for need in needs.fields}


def stages(odoo: Session, needs: CrmNeeds) -> dict[str, Finding]:
    """Findings by the playbook's id of the stage."""
    there = found(odoo, needs.stages)
    return {need.id: _listed(_stage_called(need), found=need.id in there) for need in needs.stages}


def _stage_called(need: StageNeed) -> str:
    return f"stage {need.names[0]}" + (f" of {need.team}" if need.team else "")


def lost_reasons(odoo: Session, needs: CrmNeeds) -> list[Finding]:
    """Findings in the order of the playbook."""
    there = names_of(odoo, "crm.lost.reason")
    return [
        _listed(
            f"lost reason {in_language(reason, needs.language)}",
            found=any(normal(name) in there for name in reason.values()),
        )
        for reason in needs.lost_reasons
    ]


def teams(odoo: Session, needs: CrmNeeds) -> dict[str, Finding]:
    """Findings by the team's name."""
    there = names_of(odoo, "crm.team") if needs.teams else {}
    return {name: _listed(f"team {name}", found=normal(name) in there) for name in needs.teams}


def tab(odoo: Session, needs: CrmNeeds) -> Finding:
    """Whether the opportunity's form shows all our fields that people see."""
    arch = _form(odoo)
    there = all(f'name="{need.name}"' in arch for need in shown(needs))
    return _listed(TAB, found='name="dealdesk"' in arch and there)


def shown(needs: CrmNeeds) -> list[FieldNeed]:
    """Our fields that people see."""
    return [need for need in needs.fields if is_ours(need) and need.shown]


def product(odoo: Session) -> list[Finding]:
    """Whether quotations can have lines in words; nothing where there are no quotations."""
    if not has_quotations(odoo):
        return []
    return [_listed(PRODUCT, found=bool(reference(odoo, keys.DEMAND)))]


def is_ours(need: FieldNeed) -> bool:
    return need.name.startswith(OURS)


def in_language(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get("en") or next(iter(words.values()), "")


def lacking_options(need: FieldNeed, field: LeadField) -> list[str]:
    return [option for option, _ in need.options if option not in field.options]


def _field(need: FieldNeed, field: LeadField | None) -> Finding:
    subject = f"field {need.name}"
    if field is None:
        return Finding(subject, "missing", REMEDY if is_ours(need) else _NOT_OURS)
    if field.type not in FITTING[need.type]:
        remedy = f"It is of type {field.type} and has to hold {need.type}: name another one."
        return Finding(subject, "wrong", remedy)
    lacking = lacking_options(need, field) if field.type == "selection" else []
    if lacking:
        remedy = REMEDY if is_ours(need) else "Offer only its own options in the playbook."
        return Finding(subject, "wrong", f"It lacks the options {', '.join(lacking)}. {remedy}")
    return Finding(subject, "ok")


def _listed(subject: str, *, found: bool) -> Finding:
    return Finding(subject, "ok") if found else Finding(subject, "missing", REMEDY)


def _form(odoo: Session) -> str:
    if odoo.release >= FORM_SINCE:
        return str(odoo.call("crm.lead", "get_view", view_type="form")["arch"])
    return str(odoo.call("crm.lead", "fields_view_get", view_type="form")["arch"])
