"""The Odoo adapter where the contract can't look: on the wire, in trouble, in older versions."""
