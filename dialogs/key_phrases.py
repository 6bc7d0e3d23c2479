"""What is said about people's own keys of the CRM, in English and German."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "word_key": "New API key",
    "key_offer": "With an API key of your own, your entries in Odoo are made under your name and "
    "with your rights. In Odoo: your picture, My Preferences, Security, New API Key. Then give it "
    "on this page; the address is yours alone, for 10 minutes. Never send a key in a chat.",
    "key_link": "Give my API key",
    "key_until": "Your entries are made with your own API key, until {day}.",
    "key_endless": "Your entries are made with your own API key.",
    "key_is_denied": "Odoo no longer accepts your API key; your entries wait.",
    "keylack_crm": "There are no API keys to give: this installation keeps its own records.",
    "keylack_login": "I don't know your Odoo login yet. An administrator names it with "
    "“dealdesk people add --odoo-login”.",
    "keylack_master_key": "Keys can't be kept safely yet: an administrator has to set "
    "DEALDESK_MASTER_KEY.",
    "key_kept": "From now on your entries in Odoo are made under your name. Your API key is kept "
    "encrypted until {day}; I'll remind you before. “key forget” deletes it.",
    "key_kept_endless": "From now on your entries in Odoo are made under your name. Your API key "
    "is kept encrypted. “key forget” deletes it.",
    "key_kept_assumed": "From now on your entries in Odoo are made under your name. Your API key "
    "is kept encrypted. Odoo doesn't tell when it ends; I count 90 days, until {day}, and remind "
    "you before. “key forget” deletes it.",
    "key_denied": "Odoo no longer accepts your API key. What you recorded is kept and waits. Give "
    "a new key with “key”; or type “key forget”, and the service account enters it.",
    "key_ends": "Your API key for Odoo ends on {day} (days left: {days}). Make a new one in Odoo "
    "and give it with “key”.",
    "key_forgotten": "Your API key is deleted here. From now on the service account makes your "
    "entries. Delete the key in Odoo too.",
    "key_none": "I have no API key of yours.",
    "keypage_title": "Your API key for Odoo",
    "keypage_whose": "With this key entries are made in Odoo as:",
    "keypage_label": "API key",
    "keypage_submit": "Check and keep",
    "keypage_hint": "In Odoo: your picture, My Preferences, Security, New API Key. The key is "
    "checked, kept encrypted, and never shown again. Is that not you? Close this page.",
    "keypage_shape": "That is no API key: it has 40 digits and letters from a to f. A password "
    "is not kept.",
    "keypage_denied": "Odoo does not accept this key for this account.",
    "keypage_away": "Odoo doesn't answer just now. Please try again.",
    "keypage_done": "Done: your key is kept. You can close this page.",
    "keypage_gone": "This address is used up or too old. Type “key” in the chat for a new one.",
    "key_typed": "That looked like a key or a password. I did not keep it. Others may have seen "
    "it: delete the message, revoke the key where you made it, and make a new one. For Odoo, give "
    "it with “key”, never in a chat.",
}
DE: Mapping[str, str] = {
    "word_key": "Neuer API-Schlüssel",
    "key_offer": "Mit einem eigenen API-Schlüssel stehen deine Einträge unter deinem Namen und mit "
    "deinen Rechten in Odoo. In Odoo: dein Bild, Meine Einstellungen, Sicherheit, Neuer "
    "API-Schlüssel. Gib ihn dann auf dieser Seite ein; die Adresse gilt nur für dich und 10 "
    "Minuten. Sende nie einen Schlüssel im Chat.",
    "key_link": "Meinen API-Schlüssel eingeben",
    "key_until": "Deine Einträge stehen unter deinem eigenen API-Schlüssel, bis {day}.",
    "key_endless": "Deine Einträge stehen unter deinem eigenen API-Schlüssel.",
    "key_is_denied": "Odoo nimmt deinen API-Schlüssel nicht mehr an; deine Einträge warten.",
    "keylack_crm": "Hier gibt es keine API-Schlüssel einzugeben: diese Installation führt ihre "
    "eigenen Bücher.",
    "keylack_login": "Ich kenne deinen Odoo-Login noch nicht. Ein Administrator nennt ihn mit "
    "„dealdesk people add --odoo-login“.",
    "keylack_master_key": "Schlüssel lassen sich noch nicht sicher aufbewahren: ein "
    "Administrator muss DEALDESK_MASTER_KEY setzen.",
    "key_kept": "Ab jetzt stehen deine Einträge in Odoo unter deinem Namen. Dein API-Schlüssel "
    "liegt verschlüsselt bis {day}; ich erinnere dich vorher. „Schlüssel vergessen“ löscht ihn.",
    "key_kept_endless": "Ab jetzt stehen deine Einträge in Odoo unter deinem Namen. Dein "
    "API-Schlüssel liegt verschlüsselt. „Schlüssel vergessen“ löscht ihn.",
    "key_kept_assumed": "Ab jetzt stehen deine Einträge in Odoo unter deinem Namen. Dein "
    "API-Schlüssel liegt verschlüsselt. Odoo sagt nicht, wann er endet; ich rechne mit 90 Tagen, "
    "bis {day}, und erinnere dich vorher. „Schlüssel vergessen“ löscht ihn.",
    "key_denied": "Odoo nimmt deinen API-Schlüssel nicht mehr an. Was du erfasst hast, ist "
    "gespeichert und wartet. Gib mit „Schlüssel“ einen neuen ein; oder tippe „Schlüssel "
    "vergessen“, dann trägt das Dienstkonto es ein.",
    "key_ends": "Dein API-Schlüssel für Odoo endet am {day} (Tage bis dahin: {days}). Lege in Odoo "
    "einen neuen an und gib ihn mit „Schlüssel“ ein.",
    "key_forgotten": "Dein API-Schlüssel ist hier gelöscht. Ab jetzt macht das Dienstkonto deine "
    "Einträge. Lösche den Schlüssel auch in Odoo.",
    "key_none": "Ich habe keinen API-Schlüssel von dir.",
    "keypage_title": "Dein API-Schlüssel für Odoo",
    "keypage_whose": "Mit diesem Schlüssel entstehen Einträge in Odoo als:",
    "keypage_label": "API-Schlüssel",
    "keypage_submit": "Prüfen und behalten",
    "keypage_hint": "In Odoo: dein Bild, Meine Einstellungen, Sicherheit, Neuer API-Schlüssel. Der "
    "Schlüssel wird geprüft, verschlüsselt aufbewahrt und nie wieder gezeigt. Bist du das nicht? "
    "Schließe diese Seite.",
    "keypage_shape": "Das ist kein API-Schlüssel: er hat 40 Ziffern und Buchstaben von a bis f. "
    "Ein Passwort wird nicht behalten.",
    "keypage_denied": "Odoo nimmt diesen Schlüssel für dieses Konto nicht an.",
    "keypage_away": "Odoo antwortet gerade nicht. Bitte versuche es noch einmal.",
    "keypage_done": "Fertig: dein Schlüssel ist verwahrt. Du kannst diese Seite schließen.",
    "keypage_gone": "Diese Adresse ist verbraucht oder zu alt. Tippe im Chat „Schlüssel“ für eine "
    "neue.",
    "key_typed": "Das sah nach einem Schlüssel oder Passwort aus. Ich habe es nicht behalten. "
    "Andere können es gesehen haben: lösche die Nachricht, widerrufe den Schlüssel dort, wo du ihn "
    "angelegt hast, und lege einen neuen an. Für Odoo gib ihn mit „Schlüssel“ ein, nie im Chat.",
}
