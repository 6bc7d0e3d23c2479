"""The test rig: real programs for the tests (Odoo, PostgreSQL, Chromium), and how they get here."""
