"""What dealdesk itself says, in English and German; the company's own texts are in the playbook.

A playbook may translate it into further languages (`translations`); what it leaves out is English.

A test holds both languages to the same keys and the same gaps.
"""

from collections.abc import Mapping

from dialogs import (
    appointment_phrases,
    calendar_phrases,
    cycle_phrases,
    decision_phrases,
    figure_phrases,
    file_phrases,
    keeper_phrases,
    key_phrases,
    lead_phrases,
    link_phrases,
    mail_phrases,
    menu_phrases,
    order_phrases,
    request_phrases,
    task_phrases,
    told_phrases,
    translations,
)

EN: Mapping[str, str] = {
    # buttons
    "back": "◀ Back",
    "skip": "Skip",
    "cancel": "Cancel",
    "keep": "Keep: {value}",
    "done": "Done",
    "none_of_these": "None",
    "as_form": "Fill in as a form",
    "confirm": "Save",
    "change": "Change {label}",
    "continue": "Continue: {title}",
    "create": "New customer “{name}”",
    "word_status": "My cases",
    "word_pending": "Decisions",
    "word_help": "Help",
    "approve": "Approve",
    "reject": "Reject",
    "submit": "Next",
    "close": "Close",
    "open_crm": "Open in the CRM",
    # a dialogue
    "heading": "{form} · {about}",
    "echo": "{label}: {value}",
    "skipped": "-",
    "review": "Is everything right? Press a line to change it.",
    "tick": "Tick what applies, then press Done.",
    "stale": "That button belonged to an earlier question. This is where we are:",
    "foreign": "That button belongs to somebody else's dialogue; nothing was changed.",
    "not_here": "That doesn't work at this place. This is where we are:",
    "cant_skip": "This question can't be skipped.",
    "first_question": "This is the first question; there is nothing before it.",
    "unreadable": "I can't read that ({kind}). Please type your answer or press a button.",
    "edited": "I don't follow changes to earlier messages. To correct an answer, type “summary”.",
    "cancelled": "Discarded: {title}. Nothing was saved.",
    "parked": "“{title}” waits; I'll come back to it.",
    "back_to": "Back to “{title}”.",
    "moved": "We go on here with “{title}”.",
    "summary": "What I have so far for “{title}”:",
    "nothing_open": "There is no open dialogue.",
    "too_many": "You have {count} open dialogues. Finish or cancel one of them first:",
    "outdated": "This dialogue no longer fits the playbook; please start again.",
    "barred_pace": "That was too much at once, so I left some of it out. Please wait ten seconds "
    "and go on from the last question that you see.",
    "barred_forged": "Too many buttons that I never made came from your account. For ten minutes "
    "I take nothing from it.",
    "barred_outsider": "Guests and people of other companies can't use dealdesk.",
    "too_long": "That is too long ({length} characters); please send at most {limit}.",
    # the customer search
    "several": "I found several customers for “{query}”. Which one is it?",
    "many": "There are more than {count} customers for “{query}”. Type more of the name, or "
    "choose:",
    "one_hit": "I found this customer for “{query}”. Is it the one?",
    "nobody": "I found no customer for “{query}”. Create it, or type another name.",
    "search_off": "The CRM can't be asked just now; I keep “{query}” and match it on delivery.",
    # after the dialogue
    "kept": "Saved: {title}. I'm putting it into the CRM.",
    "delivered": "{title}: in the CRM.",
    "quoted": "“{text}”",
    "delayed": "The CRM can't be reached just now. {title} is kept safely and will be delivered "
    "by itself as soon as the CRM answers.",
    "refused": "The CRM did not take {title}: {reason} Your record is kept; an administrator "
    "can mend this and send it again.",
    # the decision
    "meeting_with": "Appointment with {customer}",
    "card_title": "Decision: {customer}",
    "card_owner": "Sales manager",
    "card_scores": "Chances / risks",
    "card_line": "{name} ({score})",
    "verdict_approved": "Approved by {name}, {when}",
    "verdict_rejected": "Rejected by {name}, {when}: {reason}",
    "already_approved": "Already approved by {name}, {when}.",
    "already_rejected": "Already rejected by {name}, {when}.",
    "withdrawn": "This question was withdrawn.",
    "asked_management": "Management has been asked: {names}.",
    "nobody_to_ask": "Nobody of management can be reached yet. An administrator links them with "
    "“dealdesk people add”; the question is kept under “pending”.",
    "own_case": "You can't decide about your own case; somebody else of management has to.",
    "you_approved": "You approved “{title}”. {owner} hears of it now.",
    "you_rejected": "You rejected “{title}”. {owner} hears of it now.",
    "approved": "Management approved “{title}” ({name}). Next step: {step}.",
    "rejected": "Management rejected “{title}” ({name}): {reason} Next step: {step}, to {target}.",
    "gone": "This question to management does not exist any more.",
    "set_aside": "Nothing came of what you did just now: it could not be worked through and was "
    "set aside. What you recorded before is kept. Please tell your administrator: number {number}.",
    "nothing_asked": "There is no open question to management of yours.",
    "withdraw": "Take back: {title}",
    "withdrew": "Taken back: “{title}”. Correct it and ask again, or leave it.",
    "too_late": "That can't be taken back any more: “{title}” has been decided.",
    "nobody_decides": "Nobody can decide about “{title}”: no other person of management is linked "
    "and entitled. It waits under “pending”; nothing is approved by itself.",
    "own_case_alone": "You can't decide about your own case, and there is nobody else of "
    "management. It waits until an administrator has linked somebody.",
    "changed": "“{title}” was changed since the card was shown. Your decision does not count yet: "
    "the card now shows how it stands.",
    "not_yours": "You are no longer entitled to decide this; others are asked.",
    "vouching_waits": "The CRM can't be asked just now whether you may decide. Your decision about "
    "{title} is kept and counts as soon as the CRM has confirmed it.",
    "denied_former": "The CRM does not know you as an active colleague with rights (any more), so "
    "nothing was done. An administrator can change that.",
    "was_away": "I was away for {hours} hours; what you wrote or pressed meanwhile may be lost. "
    "What you had told me before is kept.",
    # the desk
    "welcome": "Hello {name}! I take your appointment from your head into the CRM.",
    "unknown_word": "I don't know what to do with that. You can:",
    "no_open_case": "There is no case to do that for. Record an appointment first.",
    "which_case": "Which case is it about?",
    "gone_case": "That is done already, or the case is closed. “status” shows where your cases "
    "stand.",
    "status_none": "You have no open cases.",
    "status": "Your open cases and where they stand:",
    "pending_none": "No decision is waiting for you.",
    "pending": "Waiting for a decision: {count}",
    "stranger": "Hello! I don't know you yet. Please ask your administrator to link you with:",
    "stranger_command": "dealdesk people add --name … --role sales {option}",
    "denied": "You are not entitled to do that ({role}). An administrator can change your role.",
    "language_set": "From now on I speak English.",
    "language_chosen": "From now on: {name}.",
}

DE: Mapping[str, str] = {
    "back": "◀ Zurück",
    "skip": "Überspringen",
    "cancel": "Abbrechen",
    "keep": "Behalten: {value}",
    "done": "Fertig",
    "none_of_these": "Keine",
    "as_form": "Als Formular ausfüllen",
    "confirm": "Speichern",
    "change": "{label} ändern",
    "continue": "Weiter: {title}",
    "create": "Neuer Kunde „{name}“",
    "word_status": "Meine Fälle",
    "word_pending": "Entscheidungen",
    "word_help": "Hilfe",
    "approve": "Genehmigen",
    "reject": "Ablehnen",
    "submit": "Weiter",
    "close": "Schließen",
    "open_crm": "Im CRM öffnen",
    "heading": "{form} · {about}",
    "echo": "{label}: {value}",
    "skipped": "-",
    "review": "Stimmt alles? Drücke eine Zeile, um sie zu ändern.",
    "tick": "Kreuze an, was zutrifft, dann drücke Fertig.",
    "stale": "Der Knopf gehörte zu einer früheren Frage. Hier stehen wir:",
    "foreign": "Der Knopf gehört zum Dialog von jemand anderem; es wurde nichts geändert.",
    "not_here": "Das geht an dieser Stelle nicht. Hier stehen wir:",
    "cant_skip": "Diese Frage lässt sich nicht überspringen.",
    "first_question": "Das ist die erste Frage; davor gibt es nichts.",
    "unreadable": "Das kann ich nicht lesen ({kind}). Bitte tippe deine Antwort oder drücke einen "
    "Knopf.",
    "edited": "Änderungen an früheren Nachrichten verfolge ich nicht. Zum Korrigieren tippe "
    "„Zusammenfassung“.",
    "cancelled": "Verworfen: {title}. Es wurde nichts gespeichert.",
    "parked": "„{title}“ wartet; ich komme darauf zurück.",
    "back_to": "Zurück zu „{title}“.",
    "moved": "Wir machen hier weiter mit „{title}“.",
    "summary": "Das habe ich bisher zu „{title}“:",
    "nothing_open": "Es ist kein Dialog offen.",
    "too_many": "Du hast {count} offene Dialoge. Beende erst einen davon oder brich ihn ab:",
    "outdated": "Dieser Dialog passt nicht mehr zum Playbook; bitte beginne neu.",
    "barred_pace": "Das war zu viel auf einmal, einen Teil habe ich ausgelassen. Bitte zehn "
    "Sekunden warten und bei der letzten Frage weitermachen.",
    "barred_forged": "Von deinem Konto kamen zu viele Knöpfe, die nicht von mir sind. Zehn Minuten "
    "lang nehme ich von dort nichts an.",
    "barred_outsider": "Gäste und Leute aus anderen Firmen können dealdesk nicht benutzen.",
    "too_long": "Das ist zu lang ({length} Zeichen); bitte höchstens {limit} senden.",
    "several": "Zu „{query}“ habe ich mehrere Kunden gefunden. Welcher ist es?",
    "many": "Zu „{query}“ gibt es mehr als {count} Kunden. Tippe mehr vom Namen, oder wähle:",
    "one_hit": "Zu „{query}“ habe ich diesen Kunden gefunden. Ist er es?",
    "nobody": "Zu „{query}“ habe ich keinen Kunden gefunden. Lege ihn an oder tippe einen anderen "
    "Namen.",
    "search_off": "Das CRM antwortet gerade nicht; ich behalte „{query}“ und ordne es beim "
    "Übertragen zu.",
    "kept": "Gespeichert: {title}. Ich übertrage es ins CRM.",
    "delivered": "{title}: steht im CRM.",
    "quoted": "„{text}“",
    "delayed": "Das CRM ist gerade nicht erreichbar. {title} ist sicher gespeichert und wird "
    "von selbst übertragen, sobald das CRM antwortet.",
    "refused": "Das CRM hat {title} nicht angenommen: {reason} Dein Bericht ist gespeichert; ein "
    "Administrator kann das beheben und erneut senden.",
    "meeting_with": "Termin mit {customer}",
    "card_title": "Entscheidung: {customer}",
    "card_owner": "Vertrieb",
    "card_scores": "Chancen / Risiken",
    "card_line": "{name} ({score})",
    "verdict_approved": "Genehmigt von {name}, {when}",
    "verdict_rejected": "Abgelehnt von {name}, {when}: {reason}",
    "already_approved": "Bereits genehmigt von {name}, {when}.",
    "already_rejected": "Bereits abgelehnt von {name}, {when}.",
    "withdrawn": "Diese Frage wurde zurückgezogen.",
    "asked_management": "Die Geschäftsleitung ist gefragt: {names}.",
    "nobody_to_ask": "Von der Geschäftsleitung ist noch niemand erreichbar. Ein Administrator "
    "verknüpft sie mit „dealdesk people add“; die Frage bleibt unter „offen“.",
    "own_case": "Über den eigenen Fall kannst du nicht entscheiden; das muss jemand anderes aus "
    "der Geschäftsleitung tun.",
    "you_approved": "Du hast „{title}“ genehmigt. {owner} erfährt es jetzt.",
    "you_rejected": "Du hast „{title}“ abgelehnt. {owner} erfährt es jetzt.",
    "approved": "Die Geschäftsleitung hat „{title}“ genehmigt ({name}). Nächster Schritt: {step}.",
    "rejected": "Die Geschäftsleitung hat „{title}“ abgelehnt ({name}): {reason} Nächster "
    "Schritt: {step}, an {target}.",
    "gone": "Diese Frage an die Geschäftsleitung gibt es nicht mehr.",
    "set_aside": "Daraus wurde nichts: Deine letzte Eingabe ließ sich nicht verarbeiten und wurde "
    "beiseitegelegt. Was du vorher erfasst hast, bleibt gespeichert. Bitte sag deinem "
    "Administrator Bescheid: Nummer {number}.",
    "nothing_asked": "Von dir ist keine Frage an die Geschäftsleitung offen.",
    "withdraw": "Zurückziehen: {title}",
    "withdrew": "Zurückgezogen: „{title}“. Korrigiere und frage neu, oder lass es.",
    "too_late": "Das lässt sich nicht mehr zurückziehen: „{title}“ ist entschieden.",
    "nobody_decides": "Über „{title}“ kann niemand entscheiden: Von der Geschäftsleitung ist sonst "
    "niemand verknüpft und berechtigt. Es wartet unter „offen“; von selbst genehmigt wird nichts.",
    "own_case_alone": "Über den eigenen Fall kannst du nicht entscheiden, und sonst gibt es in der "
    "Geschäftsleitung niemanden. Er wartet, bis ein Administrator jemanden verknüpft hat.",
    "changed": "„{title}“ wurde geändert, seit die Karte gezeigt wurde. Deine Entscheidung zählt "
    "noch nicht: Die Karte zeigt jetzt den neuen Stand.",
    "not_yours": "Darüber darfst du nicht mehr entscheiden; andere sind gefragt.",
    "vouching_waits": "Das CRM kann gerade nicht sagen, ob du entscheiden darfst. Deine "
    "Entscheidung über {title} ist gespeichert und gilt, sobald das CRM es bestätigt hat.",
    "denied_former": "Das CRM kennt dich nicht (mehr) als aktiven Kollegen mit Rechten; es wurde "
    "nichts getan. Ein Administrator kann das ändern.",
    "was_away": "Ich war {hours} Stunden nicht da; was du inzwischen geschrieben oder gedrückt "
    "hast, kann verloren sein. Was du vorher gesagt hattest, ist aufgehoben.",
    "welcome": "Hallo {name}! Ich bringe deinen Termin aus dem Kopf ins CRM.",
    "unknown_word": "Damit kann ich nichts anfangen. Du kannst:",
    "no_open_case": "Es gibt keinen Fall dafür. Erfasse zuerst einen Termin.",
    "which_case": "Um welchen Fall geht es?",
    "gone_case": "Das ist schon erledigt, oder der Fall ist abgeschlossen. „Stand“ zeigt, wo deine "
    "Fälle stehen.",
    "status_none": "Du hast keine offenen Fälle.",
    "status": "Deine offenen Fälle und wo sie stehen:",
    "pending_none": "Keine Entscheidung wartet auf dich.",
    "pending": "Warten auf eine Entscheidung: {count}",
    "stranger": "Hallo! Ich kenne dich noch nicht. Bitte lass dich vom Administrator verknüpfen:",
    "stranger_command": "dealdesk people add --name … --role sales {option}",
    "denied": "Dazu bist du nicht berechtigt ({role}). Ein Administrator kann deine Rolle ändern.",
    "language_set": "Ab jetzt spreche ich Deutsch.",
    "language_chosen": "Ab jetzt: {name}.",
}

TOPICS = (
    appointment_phrases,
    calendar_phrases,
    cycle_phrases,
    decision_phrases,
    figure_phrases,
    file_phrases,
    keeper_phrases,
    key_phrases,
    lead_phrases,
    link_phrases,
    mail_phrases,
    menu_phrases,
    order_phrases,
    request_phrases,
    task_phrases,
    told_phrases,
)
"""Modules with phrases of one subject each; no key is in two of them."""

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {**EN, **{key: phrase for topic in TOPICS for key, phrase in topic.EN.items()}},
    "de": {**DE, **{key: phrase for topic in TOPICS for key, phrase in topic.DE.items()}},
}

WORDS: Mapping[str, tuple[str, ...]] = {
    "back": ("back", "zurück", "zurueck"),
    "skip": ("skip", "überspringen", "ueberspringen"),
    "cancel": ("cancel", "stop", "abbrechen", "abbruch", "stopp"),
    "help": ("help", "hilfe", "?"),
    "summary": ("summary", "what have i said", "zusammenfassung", "was habe ich gesagt"),
    "continue": ("continue", "resume", "weiter", "fortsetzen"),
    "keep": ("keep", "behalten"),
    "done": ("done", "fertig"),
    "confirm": ("save", "confirm", "speichern", "send", "senden"),
    "status": ("status", "stand", "my cases", "meine fälle"),
    "pending": ("pending", "offen"),
    "stage": ("stage", "phase"),
    "tasks": ("tasks", "my tasks", "aufgaben", "meine aufgaben"),
    "kpi": ("kpi", "key figures", "kennzahlen"),
    "pipeline": ("pipeline",),
    "process": ("process", "prozess"),
    "withdraw": ("withdraw", "take back", "zurückziehen", "zurueckziehen"),
    "start": ("start", "hello", "hi", "hallo", "menu", "menü"),
    "key": ("key", "api key", "schlüssel", "schluessel", "api-schlüssel"),
    "key_forget": ("key forget", "forget key", "schlüssel vergessen", "schluessel vergessen"),
    "english": ("english", "language en", "englisch"),
    "german": ("deutsch", "language de", "german"),
    **calendar_phrases.WORDS,
}
"""The words of the desk, whatever the person's language; a form's own words are in the playbook."""

_MEANS = {word: meaning for meaning, words in WORDS.items() for word in words}
LONGEST_WORD = 32
"""Nothing longer is looked up as a command: it is an answer."""


def say(language: str, key: str, **gaps: object) -> str:
    """Return the phrase in that language with its gaps filled."""
    own = PHRASES.get(language)
    phrase = own[key] if own else translations.said(language, key) or PHRASES["en"][key]
    return phrase.format(**gaps) if gaps else phrase


def spoken(key: str) -> tuple[str, ...]:
    """The languages that have that sentence: for somebody whose language is not known."""
    return (*PHRASES, *translations.each(key))


def meaning(text: str) -> str | None:
    """What the words mean to the desk, if the whole text is one of them."""
    if len(text) > LONGEST_WORD:
        return None
    typed = _typed(text)
    return _MEANS.get(typed) or _MEANS.get(translations.in_english(typed))


def language_meant(text: str) -> str:
    """The further language that is wished, if the whole text is its name; else nothing."""
    return "" if len(text) > LONGEST_WORD else translations.chosen(_typed(text))


def _typed(text: str) -> str:
    return " ".join(text.casefold().strip(" .!/").split()) or text.strip()
