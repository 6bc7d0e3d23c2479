"""What the chat page says by itself, in English: here a playbook's translation of it is held to it.

The page has these sentences of its own, in English and German: it speaks before it is connected.
"""

from collections.abc import Mapping

PAGE = "page_"
"""How the keys of these sentences begin in a translation."""

SENTENCES: Mapping[str, str] = {
    "role_sales": "Sales manager",
    "role_management": "Management",
    "role_group": "Group contact",
    "role_admin": "Administrator",
    "message_as": "Message as {name}",
    "conversation": "Conversation of {name}",
    "language": "Language",
    "placeholder": "Type an answer or a command",
    "send": "Send",
    "newest": "Newest message",
    "hello": "Hello {name}. Press one of these, or type the word:",
    "hello_sales": "You are {name}, just back from a customer. Press, or type the word:",
    "hello_management": "You are {name}, of management. When Sam has assessed a sales "
    "opportunity, it is put before you here.",
    "more": "Older messages are not shown here.",
    "step": "Question {step} of {steps}",
    "optional": "optional",
    "unread": "new messages",
    "sending": "sending",
    "wait_one": "1 message waits to be sent.",
    "wait_many": "{count} messages wait to be sent.",
    "connecting": "Connecting …",
    "lost": "No connection. Trying again … What you type is kept.",
    "store": "That could not be saved just now. Trying again …",
    "stranger": "This link opens no chat. It is incomplete, or it was withdrawn: ask "
    "your administrator for a new one.",
    "origin": "This page may not connect from here. Open the address that your "
    "administrator gave you.",
    "no_token": "This chat opens with your own link only: it goes on behind the # sign. "
    "Ask your administrator for it.",
    "too_long": "That is too long to send: {count} characters. At most {limit}.",
    "not_understood": "The desk did not understand what this page sent. Please reload the page.",
    "attach": "Attach files",
    "attached": "Attached files",
    "drop": "Let go to attach",
    "leave_out": "Leave out {name}",
    "file_many": "At most {count} files go with one message. Left out: {name}.",
    "file_large": "{name} is too large: {size}. At most {limit} are taken.",
    "file_empty": "{name} is empty: there is nothing to send.",
    "file_unread": "{name} can't be read. Attach it again.",
    "file_kind": "{name} is not taken: it is a program, or of a kind that dealdesk does not know.",
    "file_gone": "Your files did not arrive: the page was loaded anew meanwhile. "
    "Attach them again.",
    "mend": "Please look at the marked fields.",
    "chosen": "chosen",
    "today": "Today",
    "yesterday": "Yesterday",
}
