"""Torture of the running program: killed without warning, with a CRM that dies and lies."""
