"""Golden conversations: what somebody types and presses, and what everybody sees and the CRM holds.

Each `.txt` is one story, readable without a computer; `--rewrite-transcripts` makes the blocks
anew from the engine, and the diff is the review. `transcript.py` tells how a file is written.
"""
