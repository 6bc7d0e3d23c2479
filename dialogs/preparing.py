"""The way from the notice of a meeting to its preparation: a button that says the desk's word.

The one place that knows the word; where nothing understands it there is no button.
"""

from dialogs import follow_ups, overview, tokens
from dialogs.agenda import Engagement
from dialogs.phrases import meaning
from dialogs.scene import Scene
from dialogs.shows import Button

TOKEN = "prep"  # noqa: S105 - the code of our button
WORD = "prepare"


def offer(scene: Scene, meeting: Engagement) -> tuple[Button, ...]:
    """The button, where there is a case to prepare for."""
    understood = meaning(WORD) or scene.library.current.form_meant(WORD)
    if not understood or not overview.matching(scene.conversation, meeting.about):
        return ()
    token = tokens.free(scene.conversation.id, TOKEN, str(meeting.id))
    return (Button(scene.say("prepare"), token, style="primary"),)


def said(scene: Scene, number: int) -> str:
    """The words that the button of that meeting stands for; empty when it is long over."""
    known = follow_ups.known(scene.conversation, number)
    return f"{WORD} {known.meeting.about}" if known else ""
