"""What a refusal says: why, and what to type instead, in English and German.

In a further language it is the sentence `refused_…` of the playbook's translation.

One entry for each code; the words in braces are the refusal's facts.
"""

from collections.abc import Mapping

from dialogs.answers.values import Refusal
from dialogs.translations import said

TEXTS: Mapping[str, Mapping[str, str]] = {
    # any answer
    "empty": {
        "en": "There was nothing to read. Please type your answer.",
        "de": "Da war nichts zu lesen. Bitte die Antwort eintippen.",
    },
    "too_long": {
        "en": "That is {length} characters; {limit} fit here. Please shorten it.",
        "de": "Das sind {length} Zeichen; hier passen {limit}. Bitte kürzen.",
    },
    "unreadable": {
        "en": "That contains characters that can't be stored. Please type it instead of pasting.",
        "de": "Darin sind Zeichen, die sich nicht speichern lassen. Bitte tippen statt einfügen.",
    },
    "type_it": {
        "en": "There is nothing to press for this question. Please type your answer.",
        "de": "Bei dieser Frage gibt es nichts zu drücken. Bitte die Antwort eintippen.",
    },
    "no_name": {
        "en": "A name has letters or digits. Please type it, for example: Miller Ltd.",
        "de": "Ein Name hat Buchstaben oder Ziffern. Bitte eintippen, zum Beispiel: Müller GmbH.",
    },
    "not_an_email": {
        "en": "That is no e-mail address. Please type one like anna.lee@example.com.",
        "de": "Das ist keine E-Mail-Adresse. Bitte so eintippen: anna.lee@example.com.",
    },
    "not_a_phone": {
        "en": "That is no phone number. Please type it in digits, for example +49 351 123456.",
        "de": "Das ist keine Telefonnummer. Bitte in Ziffern, zum Beispiel +49 351 123456.",
    },
    "no_address": {
        "en": "That is no e-mail address. Please type one like anna@example.com.",
        "de": "Das ist keine E-Mail-Adresse. Bitte eine wie anna@example.com eintippen.",
    },
    # lines of a demand
    "price_or_name": {
        "en": "Is {number} the price? Then please type “{number} €” at the end; else type “{line}, "
        "price open”.",
        "de": "Ist {number} der Preis? Dann bitte am Ende „{number} €“ tippen; sonst „{line}, "
        "Preis offen“.",
    },
    "nameless_line": {
        "en": "“{line}” says no product or service. Please type for example: 3 x Welding robot "
        "12,500 €.",
        "de": "„{line}“ nennt kein Produkt und keine Leistung. Bitte zum Beispiel: 3 x "
        "Schweißroboter 12.500 €.",
    },
    "uneven_total": {
        "en": "That total can't be parted into {quantity} equal prices. Please type the price of "
        "one.",
        "de": "Diese Summe lässt sich nicht auf {quantity} gleiche Preise teilen. Bitte den Preis "
        "für eines eintippen.",
    },
    "too_many_lines": {
        "en": "That is too long a list. Please keep to {most} lines.",
        "de": "Die Liste ist zu lang. Bitte höchstens {most} Zeilen.",
    },
    # numbers
    "not_a_number": {
        "en": "I can't read a number there. Please type it in digits, for example 1250 or 12k.",
        "de": "Das lese ich nicht als Zahl. Bitte in Ziffern, zum Beispiel 1250 oder 12 Tsd.",
    },
    "unclear_number": {
        "en": "The dots and commas there don't make one number. Please type it like 1,250.50.",
        "de": "Punkte und Kommas ergeben so keine Zahl. Bitte so eintippen: 1.250,50.",
    },
    "ambiguous_number": {
        "en": "That can be read two ways. Please type {first} or {second}.",
        "de": "Das lässt sich auf zwei Arten lesen. Bitte {first} oder {second} eintippen.",
    },
    "too_many_decimals": {
        "en": "Too many digits after the decimal sign; allowed: {decimals}. Please round it.",
        "de": "Zu viele Nachkommastellen; erlaubt: {decimals}. Bitte runden.",
    },
    "one_number": {
        "en": "One number is needed here, not a range. Please type the one that fits best.",
        "de": "Hier braucht es eine Zahl, keine Spanne. Bitte die am besten passende eintippen.",
    },
    "below": {
        "en": "That is too little. Please type {least} or more.",
        "de": "Das ist zu wenig. Bitte mindestens {least}.",
    },
    "above": {
        "en": "That is too much. Please type {most} at most.",
        "de": "Das ist zu viel. Bitte höchstens {most}.",
    },
    "foreign_currency": {
        "en": "That is {given}; the amount is needed in {expected}. Please convert it, "
        "for example: 1250 {expected}.",
        "de": "Das ist {given}; der Betrag wird in {expected} gebraucht. Bitte umrechnen, "
        "zum Beispiel: 1250 {expected}.",
    },
    "other_unit": {
        "en": "“{given}” is not the unit here. Please type the number in {unit}.",
        "de": "„{given}“ ist hier nicht die Einheit. Bitte die Zahl in {unit} eintippen.",
    },
    "fraction_or_percent": {
        "en": "Do you mean {first} or {second}? Please type it with the % sign.",
        "de": "{first} oder {second}? Bitte mit dem %-Zeichen eintippen.",
    },
    # days and times
    "not_a_date": {
        "en": "I can't read a date there. Please type one like {example}, "
        "24.12., tomorrow or in two weeks.",
        "de": "Das lese ich nicht als Datum. Bitte zum Beispiel {example}, "
        "24.12., morgen oder in zwei Wochen eintippen.",
    },
    "not_a_time": {
        "en": "I can't read a time there. Please type one like 14:00, 2pm or half past two.",
        "de": "Das lese ich nicht als Uhrzeit. Bitte zum Beispiel 14:00, 14 Uhr oder halb drei.",
    },
    "not_a_moment": {
        "en": "I can't read a date and time there. Please type them like {example} "
        "or tomorrow 2pm.",
        "de": "Datum und Uhrzeit lese ich da nicht. Bitte zum Beispiel {example} "
        "oder morgen 14 Uhr eintippen.",
    },
    "missing_time": {
        "en": "{date}, and at what time? Please type both, for example: tomorrow 14:00.",
        "de": "{date}, und um wie viel Uhr? Bitte beides eintippen, zum Beispiel: morgen 14 Uhr.",
    },
    "missing_date": {
        "en": "{time}, and on which day? Please type both, for example: tomorrow {time}.",
        "de": "{time} Uhr, und an welchem Tag? Bitte beides, zum Beispiel: morgen {time}.",
    },
    "no_such_day": {
        "en": "There is no {given} in the calendar. Please check the day and the month.",
        "de": "Den {given} gibt es im Kalender nicht. Bitte Tag und Monat prüfen.",
    },
    "no_such_week": {
        "en": "There is no week {week} then. Please check it, or type a date like 24.12.",
        "de": "Eine KW {week} gibt es da nicht. Bitte prüfen, oder ein Datum wie 24.12.",
    },
    "no_such_time": {
        "en": "There is no “{given}” on the clock. Please type a time from 00:00 to 23:59.",
        "de": "„{given}“ gibt es auf der Uhr nicht. Bitte eine Zeit von 00:00 bis 23:59.",
    },
    "no_such_hour": {
        "en": "{given} does not exist: the clocks go forward then. Please type {next} instead.",
        "de": "{given} gibt es nicht: Da wird die Uhr vorgestellt. Bitte stattdessen {next}.",
    },
    "one_time": {
        "en": "One time is needed here, not two. Please type when it begins.",
        "de": "Hier braucht es eine Uhrzeit, nicht zwei. Bitte den Beginn eintippen.",
    },
    "ambiguous_date": {
        "en": "Is that {first} or {second}? Please type it with the month's name.",
        "de": "Ist das {first} oder {second}? Bitte mit dem Namen des Monats eintippen.",
    },
    "weekday_mismatch": {
        "en": "The weekday doesn't fit: it would be {date}. Please type the date you mean.",
        "de": "Der Wochentag passt nicht: Es wäre {date}. Bitte das gemeinte Datum eintippen.",
    },
    "in_the_past": {
        "en": "{date} is over. Please type one that is still to come.",
        "de": "{date} ist vorbei. Bitte einen Termin eintippen, der noch kommt.",
    },
    "in_the_future": {
        "en": "{date} is still to come. Please type when it was.",
        "de": "{date} kommt erst noch. Bitte eintippen, wann es war.",
    },
    "too_far_ahead": {
        "en": "{date} is more than {years} years ahead. Please check the year.",
        "de": "{date} liegt mehr als {years} Jahre voraus. Bitte das Jahr prüfen.",
    },
    "too_long_ago": {
        "en": "{date} is more than {years} years ago. Please check the year.",
        "de": "{date} liegt mehr als {years} Jahre zurück. Bitte das Jahr prüfen.",
    },
    "out_of_reach": {
        "en": "That is further away than the calendar goes. Please type a date like 24.12.",
        "de": "Das liegt weiter weg, als der Kalender reicht. Bitte ein Datum wie 24.12.",
    },
    # choices
    "not_an_option": {
        "en": "“{given}” is not one of the options. Please press one, or type its number: "
        "{options}.",
        "de": "„{given}“ steht nicht zur Auswahl. Bitte drücken oder die Nummer tippen: {options}.",
    },
    "ambiguous_choice": {
        "en": "That fits more than one option. Please type the number: {candidates}.",
        "de": "Das passt auf mehrere. Bitte die Nummer eintippen: {candidates}.",
    },
    "not_offered": {
        "en": "That option is not offered here any more. Please choose one that is shown.",
        "de": "Das steht hier nicht mehr zur Auswahl. Bitte etwas Gezeigtes wählen.",
    },
    "choose_one": {
        "en": "Please choose exactly one option.",
        "de": "Bitte genau eine Möglichkeit wählen.",
    },
    "too_few": {
        "en": "Please choose at least {least}, for example by number: 1, 3.",
        "de": "Bitte mindestens {least} wählen, zum Beispiel per Nummer: 1, 3.",
    },
    "too_many": {
        "en": "Please choose {most} at most, for example by number: 1, 3.",
        "de": "Bitte höchstens {most} wählen, zum Beispiel per Nummer: 1, 3.",
    },
    "yes_or_no": {
        "en": "Please answer yes or no.",
        "de": "Bitte mit ja oder nein antworten.",
    },
    "not_on_scale": {
        "en": "Please answer with a whole number from {low} to {high}.",
        "de": "Bitte mit einer ganzen Zahl von {low} bis {high} antworten.",
    },
}


def say(refusal: Refusal, language: str) -> str:
    """Return the sentence, in English for other languages. Raises KeyError for an unknown code."""
    texts = TEXTS[refusal.code]
    text = texts.get(language) or said(language, f"refused_{refusal.code}") or texts["en"]
    return text.format_map(refusal.facts)
