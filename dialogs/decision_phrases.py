"""What dealdesk says about votes, questions of management, deadlines and hand-overs."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    # votes
    "votes": "Votes: {count} of {needed}",
    "vote_approved": "✓ {name}, {when}",
    "vote_rejected": "✗ {name}, {when}",
    "votes_note": "Votes",
    "vote_counts": "Your approval of “{title}” counts: {count} of {needed}.",
    "voted": "You have voted about this already ({when}); each person has one vote.",
    "too_few": "“{title}” needs {needed} approvals, and only {count} people can give one. An "
    "administrator links more of management, or changes the playbook's rule.",
    # what management asks back
    "ask_back": "Ask for information",
    "asked_back": "{name} hears your question about “{title}”. The answer comes here and onto the "
    "card; you can decide meanwhile.",
    "enquired": "{name} asks about “{title}”: {question}",
    "answer_it": "Answer",
    "enquiry": "{name}: {question}",
    "enquiry_open": "(not answered yet)",
    "enquiry_answer": "{name}: {answer}",
    "enquiry_over": "“{title}” has been decided; an answer is no longer needed.",
    "enquiry_done": "You have answered that question already.",
    "enquiries_full": "{count} questions have been asked about “{title}” already. Decide, or talk "
    "to {owner}.",
    "answered_you": "{name} answers your question about “{title}”: {answer}",
    "answer_kept": "{name} reads your answer now, and it stands on the card.",
    "note_enquiry": "Question of {name}",
    "note_answer": "Answer of {name}",
    # deadlines
    "card_waits": "⏰ Waiting since",
    "card_also": "Asked after the deadline",
    "overdue": "Nobody has decided about “{title}” within {hours} hours. Asked now too: {names}.",
    "overdue_alone": "Nobody has decided about “{title}” within {hours} hours. It still waits.",
    "no_deputy": "Nobody can stand in for management about “{title}”: whoever the playbook names "
    "as deputy or next level is not linked or not entitled.",
    "card_opportunity": "Opportunity",
    "card_before": "Rejected before",
    # hand-overs
    "handover_title": "Hand-over: {customer}",
    "handover_to": "Hand-over to",
    "handover_reason": "Why not with us",
    "handover_accept": "Take over",
    "handover_decline": "Decline",
    "handover_accepted": "Taken over by {name}, {when}",
    "handover_declined": "Declined by {name}, {when}: {reason}",
    "handover_withdrawn": "This hand-over was withdrawn.",
    "handover_asked": "{target} has been asked to take “{title}” over: {names}.",
    "handover_nobody": "Nobody of {target} is linked and entitled to take “{title}” over. An "
    "administrator has been told; you can choose another target.",
    "handover_alarm": "“{title}” is to be handed over to {target}, and its contact in the playbook "
    "is nobody that is linked with the role group: “dealdesk people add --role group”.",
    "you_accepted": "You take “{title}” over. {owner} hears of it, and the CRM follows.",
    "you_declined": "You declined “{title}”. {owner} hears why.",
    "you_declined_alone": "You declined “{title}”. {owner} hears why; {names} can still take it "
    "over.",
    "declined_already": "You have declined this already; others can still take it over.",
    "handover_declined_by": "Declined so far",
    "handover_over": "That is settled already: {what}",
    "not_contact": "Others were asked to take this customer over.",
    "was_accepted": "{name} ({target}) takes “{title}” over. The opportunity becomes theirs.",
    "was_declined": "{name} ({target}) declined “{title}”: {reason} Who shall be asked now?",
    "was_declined_alone": "{name} ({target}) declined “{title}”: {reason} {names} can still take "
    "it over.",
    "choose_target": "Who shall take “{title}” over?",
    "hand_over": "Hand over: {title}",
    "handed_over_by": "Handed over by",
}

DE: Mapping[str, str] = {
    "votes": "Stimmen: {count} von {needed}",
    "vote_approved": "✓ {name}, {when}",
    "vote_rejected": "✗ {name}, {when}",
    "votes_note": "Stimmen",
    "vote_counts": "Deine Zustimmung zu „{title}“ zählt: {count} von {needed}.",
    "voted": "Du hast dazu schon abgestimmt ({when}); jeder hat eine Stimme.",
    "too_few": "„{title}“ braucht {needed} Zustimmungen, und nur {count} können eine geben. Ein "
    "Administrator verknüpft weitere der Geschäftsleitung oder ändert die Regel im Playbook.",
    "ask_back": "Nachfragen",
    "asked_back": "{name} bekommt deine Frage zu „{title}“. Die Antwort kommt hierher und auf die "
    "Karte; entscheiden kannst du auch schon vorher.",
    "enquired": "{name} fragt zu „{title}“: {question}",
    "answer_it": "Antworten",
    "enquiry": "{name}: {question}",
    "enquiry_open": "(noch nicht beantwortet)",
    "enquiry_answer": "{name}: {answer}",
    "enquiry_over": "Über „{title}“ ist entschieden; eine Antwort ist nicht mehr nötig.",
    "enquiry_done": "Diese Frage hast du schon beantwortet.",
    "enquiries_full": "Zu „{title}“ gab es schon {count} Fragen. Entscheide, oder sprich mit "
    "{owner}.",
    "answered_you": "{name} antwortet auf deine Frage zu „{title}“: {answer}",
    "answer_kept": "{name} liest deine Antwort jetzt, und sie steht auf der Karte.",
    "note_enquiry": "Frage von {name}",
    "note_answer": "Antwort von {name}",
    "card_waits": "⏰ Wartet seit",
    "card_also": "Nach der Frist gefragt",
    "overdue": "Innerhalb von {hours} Stunden hat niemand über „{title}“ entschieden. Jetzt auch "
    "gefragt: {names}.",
    "overdue_alone": "Innerhalb von {hours} Stunden hat niemand über „{title}“ entschieden. Die "
    "Frage wartet weiter.",
    "no_deputy": "Zu „{title}“ kann niemand die Geschäftsleitung vertreten: wen das Playbook als "
    "Vertretung oder nächste Ebene nennt, ist nicht verknüpft oder nicht berechtigt.",
    "card_opportunity": "Verkaufschance",
    "card_before": "Schon einmal abgelehnt",
    "handover_title": "Übergabe: {customer}",
    "handover_to": "Übergabe an",
    "handover_reason": "Warum nicht bei uns",
    "handover_accept": "Übernehmen",
    "handover_decline": "Ablehnen",
    "handover_accepted": "Übernommen von {name}, {when}",
    "handover_declined": "Abgelehnt von {name}, {when}: {reason}",
    "handover_withdrawn": "Diese Übergabe wurde zurückgezogen.",
    "handover_asked": "{target} ist gefragt, „{title}“ zu übernehmen: {names}.",
    "handover_nobody": "Von {target} ist niemand verknüpft und berechtigt, „{title}“ zu "
    "übernehmen. Ein Administrator weiß Bescheid; du kannst ein anderes Ziel wählen.",
    "handover_alarm": "„{title}“ soll an {target} übergeben werden, und der Ansprechpartner im "
    "Playbook ist niemand, der mit der Rolle group verknüpft ist: „dealdesk people add --role "
    "group“.",
    "you_accepted": "Du übernimmst „{title}“. {owner} erfährt es, und das CRM folgt.",
    "you_declined": "Du hast „{title}“ abgelehnt. {owner} erfährt, warum.",
    "you_declined_alone": "Du hast „{title}“ abgelehnt. {owner} erfährt, warum; {names} kann noch "
    "übernehmen.",
    "declined_already": "Du hast schon abgelehnt; andere können noch übernehmen.",
    "handover_declined_by": "Bisher abgelehnt",
    "handover_over": "Das ist schon erledigt: {what}",
    "not_contact": "Andere sind gefragt, diesen Kunden zu übernehmen.",
    "was_accepted": "{name} ({target}) übernimmt „{title}“. Die Verkaufschance geht dorthin über.",
    "was_declined_alone": "{name} ({target}) hat „{title}“ abgelehnt: {reason} Noch übernehmen "
    "kann: {names}.",
    "was_declined": "{name} ({target}) hat „{title}“ abgelehnt: {reason} Wer soll jetzt gefragt "
    "werden?",
    "choose_target": "Wer soll „{title}“ übernehmen?",
    "hand_over": "Übergeben: {title}",
    "handed_over_by": "Übergeben von",
}
