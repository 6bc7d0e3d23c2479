"""The App Home: what dealdesk is for, and three words to press instead of typing them."""

import hashlib
import json

from adapters.slack import limits
from adapters.slack.blocks import WORD, Block, header, plain, section
from adapters.slack.words import Words


def home_view(words: Words) -> Block:
    blocks = [*header(words.home_title), *section(words.home), _buttons(words)]
    return {"type": "home", "blocks": blocks, "private_metadata": _edition(blocks)}


def same_edition(standing: object, view: Block) -> bool:
    """Tell whether the view that somebody opened, as Slack reports it, is up to date."""
    match standing:
        case {"private_metadata": str(standing)}:
            return bool(standing == view["private_metadata"])
        case _:
            return False


def _buttons(words: Words) -> Block:
    elements = [
        {
            "type": "button",
            "action_id": f"{WORD}{word}",
            "text": plain(text, limits.BUTTON),
            "value": word,
        }
        for text, word in words.home_buttons
    ]
    return {"type": "actions", "elements": elements}


def _edition(blocks: list[Block]) -> str:
    return hashlib.sha256(json.dumps(blocks).encode()).hexdigest()[:16]
