"""What dealdesk says about e-mails to a customer; `phrases` takes it in."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "mail_sent": "The e-mail to {to} has been sent.",
    "mail_waiting": "The e-mail to {to} waits in the CRM's outbox.",
    "mail_bounced": "The e-mail to {to} came back{reason}. Check the address and send it again.",
    "mail_no_address": "{to} has no valid e-mail address. Send it again with another one.",
    "mail_no_server": "The CRM reaches no outgoing mail server{reason}, so the e-mail to {to} is "
    "not out. An administrator has to set one up; then it can be sent again there.",
    "mail_failed": "The CRM could not send the e-mail to {to}{reason}.",
    "mail_stopped": "The e-mail to {to} was called off in the CRM.",
    "mail_gone": "The CRM has no e-mail to {to} any more: somebody deleted it.",
    "mail_unsent": "The e-mail to {to} is kept, but not sent: the ledger sends no mail. Here is "
    "the text to copy:",
    "mail_subject": "Subject: {subject}",
    "mail_again": "Write again",
}

DE: Mapping[str, str] = {
    "mail_sent": "Die E-Mail an {to} ist verschickt.",
    "mail_waiting": "Die E-Mail an {to} wartet im Postausgang des CRM.",
    "mail_bounced": "Die E-Mail an {to} kam zurück{reason}. Prüfe die Adresse und schicke sie "
    "noch einmal.",
    "mail_no_address": "{to} hat keine gültige E-Mail-Adresse. Schicke sie an eine andere.",
    "mail_no_server": "Das CRM erreicht keinen Postausgangsserver{reason}; die E-Mail an {to} ist "
    "nicht verschickt. Ein Administrator muss einen einrichten; dann lässt sie sich dort noch "
    "einmal senden.",
    "mail_failed": "Das CRM konnte die E-Mail an {to} nicht verschicken{reason}.",
    "mail_stopped": "Die E-Mail an {to} wurde im CRM zurückgehalten.",
    "mail_gone": "Das CRM hat keine E-Mail an {to} mehr: jemand hat sie gelöscht.",
    "mail_unsent": "Die E-Mail an {to} ist aufgehoben, aber nicht verschickt: das eingebaute Buch "
    "verschickt keine Post. Hier ist der Text zum Kopieren:",
    "mail_subject": "Betreff: {subject}",
    "mail_again": "Neu schreiben",
}
