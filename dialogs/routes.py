"""What each word and each button leads to, and the right that it needs: tables, nothing else."""

from collections.abc import Callable, Mapping
from functools import partial

from dialogs import (
    adoption,
    briefing,
    decision,
    duties,
    ending,
    figures,
    gating,
    handover,
    joining,
    keys,
    leadpress,
    meetings,
    moves,
    overview,
    presses,
    quiet,
    reception,
    requests,
    soon,
    talk,
    taskpress,
    whereabouts,
    withdrawal,
)
from dialogs.people import Action
from dialogs.phrases import language_meant
from dialogs.scene import Scene
from dialogs.turns import Turn

ANYWHERE: Mapping[str | None, tuple[Action, Callable[[Scene], Turn]]] = {
    "help": ("help", reception.help_),
    "start": ("help", reception.welcome),
    "status": ("status", overview.status),
    "stage": ("move", gating.asked),
    "pending": ("decide", decision.pending),
    "tasks": ("tasks", duties.asked),
    "process": ("process", whereabouts.shown),
    "withdraw": ("withdraw", withdrawal.withdraw),
    "quiet": ("settings", quiet.asked),
    "quiet_tomorrow": ("settings", quiet.until_tomorrow),
    "quiet_week": ("settings", quiet.this_week),
    "quiet_off": ("settings", quiet.off),
    "notice": ("settings", soon.asked),
    "notice_off": ("settings", partial(soon.set_to, 0)),
    **{f"notice_{one}": ("settings", partial(soon.set_to, one)) for one in soon.LEADS},
    "key": ("settings", keys.asked),
    "key_forget": ("settings", keys.forgotten),
    "english": ("settings", reception.in_english),
    "german": ("settings", reception.in_german),
}
"""Words that work in any state, with the right that each needs."""
Way = tuple[Action, Callable[[Scene], Turn]]


def anywhere(word: str | None, text: str) -> Way | None:
    """What works in any state: a word of the desk, or the name of a further language."""
    language = language_meant(text)
    speaking = partial(reception.speaking, language=language)
    return ("settings", speaking) if language else ANYWHERE.get(word)


BY_BUTTON: Mapping[tuple[str, int], tuple[Action, Callable[..., Turn]]] = {
    (overview.LOST, 0): ("status", overview.lost_list),
    ("case", 1): ("status", overview.one_case),
    (gating.CODE, 1): ("move", gating.shown),
    ("onward", 2): ("move", gating.onward),
    ("move", 3): ("move", moves.move),
    ("tick", 2): ("move", gating.ticking),
    ("reply", 2): ("answer", presses.reply),
    ("hand", 1): ("hand_over", handover.chosen),
    ("hand", 2): ("hand_over", handover.chosen),
    ("withdraw", 1): ("withdraw", withdrawal.withdraw),
    ("fig", 1): ("figures", figures.again),
    ("process", 1): ("process", whereabouts.shown),
    (joining.COME, 1): ("join", partial(presses.join, answer=joining.COME)),
    (joining.STAY, 1): ("join", partial(presses.join, answer=joining.STAY)),
    (requests.TELL, 1): ("inform", partial(presses.inform, given=True)),
    (requests.CANT, 1): ("inform", partial(presses.inform, given=False)),
    (requests.HEARD, 1): ("inform", presses.heard),
    (adoption.FINE, 1): ("adopt", adoption.allow),
    (adoption.MINE, 1): ("adopt", adoption.take),
    ("brief", 1): ("prepare", briefing.chosen),
    (meetings.TOKEN, 2): ("record", meetings.chosen),
    **{button: ("tasks", doing) for button, doing in taskpress.BUTTONS.items()},
    **{button: ("leads", doing) for button, doing in leadpress.BUTTONS.items()},
}
"""Free buttons by their code and number of arguments, with the right that each needs."""
WITH_A_NAME: Mapping[str, tuple[Action, Callable[[Scene, str], Turn]]] = {
    "status": ("status", overview.by_name),
    "stage": ("move", gating.by_name),
}
"""Words behind which a case can be named, with the right that each needs."""
IN_DIALOGUE: Mapping[str | None, Callable[..., Turn]] = {
    "back": talk.back,
    "skip": talk.skip,
    "keep": talk.keep,
    "done": talk.tick_done,
    "confirm": ending.confirm,
    "cancel": ending.cancel,
    "summary": talk.summary,
}
"""Words of a dialogue; they need the right that its form needs."""
