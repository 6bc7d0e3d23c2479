"""What every CRM keeps alike, so that the ledger behaves as Odoo does; reaches nothing itself."""
