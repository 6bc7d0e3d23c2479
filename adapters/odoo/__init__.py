"""The company's Odoo as the CRM, reached over /jsonrpc or JSON-2, whichever the server speaks."""

from adapters.odoo.crm import OdooCrm

__all__ = ["OdooCrm"]
