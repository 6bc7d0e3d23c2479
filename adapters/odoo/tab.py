"""The tab of the opportunity's form with our fields: short answers in columns, texts below."""

from collections.abc import Sequence
from typing import Final

from dialogs.crm import FieldNeed

TITLE: Final = "Deal desk"


def tab_arch(needs: Sequence[FieldNeed]) -> str:
    """Return the architecture of a view that inherits the opportunity's form."""
    short = [need for need in needs if need.type != "text"]
    half = (len(short) + 1) // 2
    columns = _group(_group(*map(_field, short[:half])), _group(*map(_field, short[half:])))
    texts = "".join(_wide(need) for need in needs if need.type == "text")
    page = f'<page string="{TITLE}" name="dealdesk">{columns}{texts}</page>'
    return f'<xpath expr="//notebook" position="inside">{page}</xpath>'


def _wide(need: FieldNeed) -> str:
    """A text over the whole width, its label above it."""
    label = f'<label for="{need.name}" class="fw-bold"/>'
    return f'<group col="1">{label}<field name="{need.name}" nolabel="1"/></group>'


def _group(*parts: str) -> str:
    return f"<group>{''.join(parts)}</group>"


def _field(need: FieldNeed) -> str:
    return f'<field name="{need.name}"/>'
