"""What dealdesk says about connecting chat accounts with people; `phrases` takes it in."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "stranger_code": "If you have got a code, type it here.",
    "stranger_mail": "If you have got a code, type it here; or type your work e-mail address.",
    "outsider": "I only work for full members of this company's own workspace.",
    "link_question": "You are about to connect this chat, {chat}, with {person}. Is that you?",
    "link_person": "{name}, {login} in the CRM",
    "connect": "Connect",
    "decline": "No",
    "linked": "Connected: {person}. Type “help” to see what you can do.",
    "link_declined": "Nothing was connected. The code is used up.",
    "link_over": "That code is used up or has ended. Ask for a new one.",
    "link_wrong": "That code does not count: it is wrong, used up, ended, or meant for another "
    "account.",
    "link_pause": "Too many tries. For {minutes} minutes no code is taken from this account; the "
    "administrators have been told.",
    "link_in_public": "Others could read that code, so it no longer counts. Ask for a new one and "
    "type it in a private chat with me.",
    "link_private": "Please write that in a private chat with me.",
    "link_mailed": "If that is a colleague's address, a code is on its way to them. Type it here "
    "within 10 minutes.",
    "link_no_mail": "I can't send a code by e-mail here. Please ask your administrator for one.",
    "link_mail_subject": "Your code for dealdesk",
    "link_mail": "Somebody at {chat} says that they are you. If you are, type this code there "
    "within 10 minutes: {code} If you are not, do nothing and tell your administrator.",
    "link_notice": "{name} is now connected with {chat}. To undo it:",
    "link_notice_own": "You are now connected with {chat} too. If that was not you, disconnect it:",
    "link_ended": "This chat is no longer connected.",
    "link_replaced": "This chat is no longer connected: another one took its place.",
    "link_lost": "Your account {chat} now belongs to somebody else and is no longer yours.",
    "link_alert": "Somebody at {chat} tried several wrong codes and is refused for a while.",
    "unlink": "Disconnect",
    "unlinked": "{name} is no longer connected there.",
    "not_linked": "There is nothing connected there (any more).",
}

DE: Mapping[str, str] = {
    "stranger_code": "Wenn du einen Code hast, tippe ihn hier ein.",
    "stranger_mail": "Wenn du einen Code hast, tippe ihn hier ein; oder deine dienstliche "
    "E-Mail-Adresse.",
    "outsider": "Ich arbeite nur für volle Mitglieder des eigenen Workspace dieser Firma.",
    "link_question": "Du verbindest gleich diesen Chat, {chat}, mit {person}. Bist du das?",
    "link_person": "{name}, {login} im CRM",
    "connect": "Verbinden",
    "decline": "Nein",
    "linked": "Verbunden: {person}. Tippe „Hilfe“, um zu sehen, was du tun kannst.",
    "link_declined": "Es wurde nichts verbunden. Der Code ist verbraucht.",
    "link_over": "Der Code ist verbraucht oder abgelaufen. Lass dir einen neuen geben.",
    "link_wrong": "Der Code gilt nicht: Er ist falsch, verbraucht, abgelaufen oder für ein anderes "
    "Konto.",
    "link_pause": "Zu viele Versuche. {minutes} Minuten lang wird von diesem Konto kein Code "
    "angenommen; die Administratoren wissen davon.",
    "link_in_public": "Den Code konnten andere lesen, deshalb gilt er nicht mehr. Lass dir einen "
    "neuen geben und tippe ihn in einem privaten Chat mit mir.",
    "link_private": "Bitte schreibe das in einem privaten Chat mit mir.",
    "link_mailed": "Wenn das die Adresse eines Kollegen ist, ist ein Code an ihn unterwegs. Tippe "
    "ihn hier innerhalb von 10 Minuten ein.",
    "link_no_mail": "Per E-Mail kann ich hier keinen Code senden. Frage bitte den Administrator.",
    "link_mail_subject": "Dein Code für dealdesk",
    "link_mail": "Jemand bei {chat} sagt, du zu sein. Wenn du es bist, tippe dort innerhalb von 10 "
    "Minuten diesen Code: {code} Wenn nicht, tu nichts und sag es deinem Administrator.",
    "link_notice": "{name} ist jetzt mit {chat} verbunden. Zum Rückgängigmachen:",
    "link_notice_own": "Du bist jetzt auch mit {chat} verbunden. Warst du das nicht, trenne es:",
    "link_ended": "Dieser Chat ist nicht mehr verbunden.",
    "link_replaced": "Dieser Chat ist nicht mehr verbunden: Ein anderer hat ihn ersetzt.",
    "link_lost": "Dein Konto {chat} gehört jetzt jemand anderem und ist nicht mehr deines.",
    "link_alert": "Jemand bei {chat} hat mehrere falsche Codes versucht und wird eine Weile "
    "abgewiesen.",
    "unlink": "Trennen",
    "unlinked": "{name} ist dort nicht mehr verbunden.",
    "not_linked": "Dort ist nichts (mehr) verbunden.",
}
