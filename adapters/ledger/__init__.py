"""The embedded CRM: one SQLite file behind the same port, for those who have no Odoo (yet)."""

from adapters.ledger.crm import LedgerCrm
from adapters.ledger.views import Opportunity

__all__ = ["LedgerCrm", "Opportunity"]
