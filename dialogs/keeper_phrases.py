"""What dealdesk says about customers whom somebody else looks after; `phrases` takes it in."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "keeper_hears": "{name} looks after it and hears of it.",
    "keeper_is": "{customer} is looked after by {name}. Your record stands; {name} hears of it, "
    "and can leave the opportunity to you or take it over.",
    "recorded_theirs": "{name} recorded something for your opportunity “{title}”. It stands there "
    "in the CRM. One contact person for each customer: is that fine, or do you take over what is "
    "to be done next?",
    "recorded_customer": "{name} recorded something for {customer}, whom you look after, as an "
    "opportunity of their own: “{title}”. One contact person for each customer: is that fine, or "
    "do you take it over?",
    "recorded_what": "Recorded",
    "recorded_who": "Customer",
    "recorded_by": "By",
    "recorded_when": "When",
    "recorded_fine": "Fine",
    "recorded_mine": "I'll take it over",
    "recorded_allowed": "You leave “{title}” to {name}, who hears of it.",
    "recorded_adopted": "You take “{title}” over from {name}, who hears of it.",
    "recorded_gone": "I don't know that record any more.",
    "recorded_was_allowed": "You have left “{title}” to {name} already. Please speak to each other "
    "if that is to change.",
    "recorded_was_adopted": "You have taken “{title}” over from {name} already.",
    "adopt_over": "“{title}” is over by now ({step}): there is nothing to take over.",
    "adopt_closed": "“{title}” is closed by now: there is nothing to take over.",
    "adopt_failed": "“{title}” is not {name}'s any more, or over by now: I have not changed it.",
    "adopt_given": "{name} looks after the customer and has taken “{title}” over. What you "
    "recorded stands; you hear what becomes of it.",
    "adopt_yours": "“{title}” is yours now, with what was still to be done. I'm putting it into "
    "the CRM; {name} hears what becomes of it.",
    "settled_allowed": "{name} is fine with it: “{title}” stays with you.",
    "settled_adopted": "{name} goes on with what you recorded for “{title}”. It stands in the CRM.",
    "own_now": "It is your own case now; others are asked.",
    "kind_adopt": "Taken over",
    "adopt_note": "Taken over by whoever looks after the customer",
    "adopt_from": "From",
}

DE: Mapping[str, str] = {
    "keeper_hears": "Das betreut {name}; {name} erfährt davon.",
    "keeper_is": "{customer} wird von {name} betreut. Dein Eintrag steht; {name} erfährt davon und "
    "kann dir die Verkaufschance lassen oder sie übernehmen.",
    "recorded_theirs": "{name} hat etwas zu deiner Verkaufschance „{title}“ erfasst. Es steht dort "
    "im CRM. Ein Ansprechpartner je Kunde: Ist das in Ordnung, oder übernimmst du, was als "
    "Nächstes zu tun ist?",
    "recorded_customer": "{name} hat etwas zu {customer} erfasst, den du betreust, als eigene "
    "Verkaufschance: „{title}“. Ein Ansprechpartner je Kunde: Ist das in Ordnung, oder übernimmst "
    "du?",
    "recorded_what": "Erfasst",
    "recorded_who": "Kunde",
    "recorded_by": "Von",
    "recorded_when": "Wann",
    "recorded_fine": "In Ordnung",
    "recorded_mine": "Ich übernehme",
    "recorded_allowed": "Du überlässt „{title}“ {name}; {name} erfährt davon.",
    "recorded_adopted": "Du übernimmst „{title}“ von {name}; {name} erfährt davon.",
    "recorded_gone": "Diesen Eintrag kenne ich nicht mehr.",
    "recorded_was_allowed": "Du hast „{title}“ schon {name} überlassen. Sprecht miteinander, wenn "
    "sich das ändern soll.",
    "recorded_was_adopted": "Du hast „{title}“ schon von {name} übernommen.",
    "adopt_over": "„{title}“ ist inzwischen abgeschlossen ({step}): Es gibt nichts zu übernehmen.",
    "adopt_closed": "„{title}“ ist inzwischen geschlossen: Es gibt nichts zu übernehmen.",
    "adopt_failed": "„{title}“ ist nicht mehr bei {name} oder schon abgeschlossen: Ich habe nichts "
    "geändert.",
    "adopt_given": "{name} betreut den Kunden und hat „{title}“ übernommen. Was du erfasst hast, "
    "bleibt; du erfährst, was daraus wird.",
    "adopt_yours": "„{title}“ ist jetzt bei dir, mit allem, was noch zu tun war. Ich trage es im "
    "CRM ein; {name} erfährt, was daraus wird.",
    "settled_allowed": "{name} ist einverstanden: „{title}“ bleibt bei dir.",
    "settled_adopted": "{name} macht mit dem weiter, was du zu „{title}“ erfasst hast. Es steht im "
    "CRM.",
    "own_now": "Es ist jetzt dein eigener Fall; andere sind gefragt.",
    "kind_adopt": "Übernommen",
    "adopt_note": "Übernommen von dem, der den Kunden betreut",
    "adopt_from": "Von",
}
