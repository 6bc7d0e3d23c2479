"""Attacks on the doors: whatever is forged, altered or sent again changes nothing."""
