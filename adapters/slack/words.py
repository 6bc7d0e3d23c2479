"""The few words of the channel's own, said where nobody's language is known yet.

Everything else that Slack shows comes from the dialogues, in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    wait: str
    """In a form that is being fetched."""
    late: str
    """To somebody whose form could not be opened in time."""
    closed: str
    """In a form that has nothing more to ask."""
    elsewhere: str
    """To somebody who used the slash command outside the direct message."""
    home: str
    home_title: str
    home_buttons: tuple[tuple[str, str], ...]
    """Button text and the word it says."""


WORDS: Mapping[str, Words] = {
    "en": Words(
        wait="One moment. If nothing happens, close this window: the question is in the chat too.",
        late="The form didn't open in time. Press its button again, or answer in the chat.",
        closed="Nothing more to fill in here. We go on in the chat.",
        elsewhere="See our direct message.",
        home_title="Your sales process, step by step",
        home="I ask what there is to know about an appointment or an opportunity and put it into"
        " the CRM. Type or press: nothing is kept before you have looked over it.",
        home_buttons=(("Record", "record"), ("Assess", "assess"), ("Pending", "pending")),
    ),
    "de": Words(
        wait="Einen Moment. Falls nichts geschieht, dieses Fenster schließen: Die Frage steht auch"
        " im Chat.",
        late="Das Formular ging nicht rechtzeitig auf. Bitte noch einmal auf den Knopf drücken oder"
        " im Chat antworten.",
        closed="Hier ist nichts mehr auszufüllen. Im Chat geht es weiter.",
        elsewhere="Weiter geht es in unserer Direktnachricht.",
        home_title="Der Vertriebsprozess, Schritt für Schritt",
        home="Ich frage, was es zu einem Termin oder einer Chance zu wissen gibt, und trage es ins"
        " CRM ein. Tippen oder drücken: Nichts wird übernommen, bevor du es durchgesehen hast.",
        home_buttons=(("Erfassen", "record"), ("Bewerten", "assess"), ("Offenes", "pending")),
    ),
}
