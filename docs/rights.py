"""The page of rights as Markdown, from the tables that the code decides by. Writes no file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from dialogs.people import CRM_GROUPS, MAY, OF_OTHERS_CASES, OF_OWN_CASES, Action, Who
from docs.pages import table

DOES: Mapping[Action, str] = {
    "record": "begin, fill in and save the record of an appointment",
    "appoint": "make an appointment with a customer",
    "prepare": "be told a customer's history, note starting points for the appointment",
    "invite": "ask a colleague to an appointment",
    "join": "accept or decline such an invitation",
    "assess": "assess a case",
    "withdraw": "take a question to management back",
    "move": "move a case along its process and its stages, park, lose, win and restore it",
    "decide": "approve, reject, ask back, see what waits for a decision",
    "answer": "answer what management asks back",
    "hand_over": "choose who in the group is asked to take a customer over",
    "take_over": "take a customer over, or decline",
    "adopt": "leave to a colleague what they recorded for one's customer, or take it over",
    "mail": "send the customer of a case an e-mail",
    "inquire": "record what the customer of a case asks for, and quote it",
    "request": "ask a colleague or the contact of a case for information",
    "inform": "answer what a colleague asks, or enter the answer that came",
    "tasks": "see one's own open tasks of the CRM; begin, complete, move them, hand them on",
    "leads": "take, assign and decline leads that came in by themselves",
    "figures": "see key figures and the pipeline; about few people, one's own only",
    "process": "see the flow chart of the process, with one's own case in it",
    "status": "see where one's own cases stand",
    "settings": "change one's language, quiet times and notices of meetings",
    "help": "be greeted and told what there is",
    "leave": "discard one's own dialogue",
    "link": "connect a chat account by a one-time code",
    "unlink": "disconnect one's own account on another channel",
    "unlink_others": "disconnect anybody's account",
}
MEANS: Mapping[Who, str] = {
    "sales": "records and assesses",
    "management": "decides too",
    "group": "takes customers over, where the playbook names them as contact",
    "admin": "is told of links and of questions that nobody can decide",
    "former": "archived in the CRM, or in none of its groups below; the account can be passed on",
    "stranger": "an account that belongs to nobody (yet)",
    "outsider": "a guest, somebody of another company in a shared channel, a program, a deleted "
    "user: the platform says so, and it counts even where the account is linked",
}


def rights_page() -> str:
    """Who may what, who is what, and what the CRM's groups make of somebody."""
    return (
        "# Rights\n\n"
        "What somebody may is asked at each act, from this table and nothing else; what is not "
        "marked is refused, told and written into the audit.\n\n"
        f"{table(('action', *get_args(Who)), _rows())}\n\n"
        "¹ only about one's own cases. ² never about one's own case, where the playbook asks for "
        "four eyes.\n\n"
        f"{table(('role', 'who'), [(f'`{who}`', MEANS[who]) for who in get_args(Who)])}\n\n"
        "## Groups of the CRM\n"
        "Of somebody with a login in the CRM, its groups decide; the role that an administrator "
        "gave is the most they can be ([ADR 0014](adr/0014-roles-from-the-crm.md)). The first "
        "group that fits counts.\n\n"
        f"{table(('group', 'role'), [(f'`{g}`', f'`{r}`') for g, r in CRM_GROUPS.items()])}\n"
    )


def _rows() -> Iterator[Sequence[str]]:
    for action in get_args(Action):
        marks = (_mark(who, action) for who in get_args(Who))
        yield (f"`{action}`: {DOES[action]}", *marks)


def _mark(who: Who, action: Action) -> str:
    if action not in MAY[who]:
        return ""
    return "yes" + "¹" * (action in OF_OWN_CASES) + "²" * (action in OF_OTHERS_CASES)
