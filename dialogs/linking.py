"""Linking a chat account to a person: a one-time code, said in private, confirmed with both names.

Knows nothing of how a code got to its person. An account belongs to one person, a person has one
account for each channel: what a new link takes the place of is revoked, and whoever had it is told.
"""

from dataclasses import replace

from dialogs.events import FromPerson, Pressed, Said
from dialogs.linkcodes import (
    LIFETIME_MS,
    PAUSE_MS,
    LinkCode,
    code_in,
    counts,
    digest,
    email_in,
    recent,
    refused,
)
from dialogs.people import Address, Person
from dialogs.phrases import say, spoken
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Button, Notice, Say
from dialogs.tokens import FreeToken, free, read
from dialogs.turns import Conversation, Invitation, Linking, Turn

CONNECT, DECLINE, UNLINK = "connect", "decline", "unlink"
_MINUTES = 60_000


def wanted(conversation: Conversation, event: FromPerson) -> tuple[str, ...]:
    """Hashes of the codes that a turn on this event will look at."""
    match event:
        case Said(text=text) if code := code_in(text):
            return (digest(code),)
        case Pressed(token=token) if conversation.linking and _code_of(token) == CONNECT:
            return (conversation.linking.code,)
        case _:
            return ()


def _code_of(token: str) -> str:
    found = read(token)
    return found.code if isinstance(found, FreeToken) else ""


def about(scene: Scene, event: FromPerson) -> bool:
    """Whether what a known person does is about a link: a code of ours, or its question."""
    match event:
        case Said(text=text, command=command):
            code = code_in(text)
            deep = command and text.startswith("start ")
            return bool(code) and (deep or digest(code or "") in scene.facts.codes)
        case Pressed(token=token):
            return _code_of(token) in {CONNECT, DECLINE}
        case _:
            return False


def answered(scene: Scene, event: FromPerson, address: Address) -> Turn | None:
    """What follows where it is about a link; None where it is about something else."""
    match event:
        case Said(text=text) if code := code_in(text):
            return _redeemed(scene, digest(code), address)
        case Said(text=text) if (email := email_in(text)) and scene.facts.person is None:
            return _by_mail(scene, email, address)
        case Pressed(token=token) if _code_of(token) == CONNECT:
            return _connected(scene, address)
        case Pressed(token=token) if _code_of(token) == DECLINE:
            return _declined(scene)
        case _:
            return None


def _redeemed(scene: Scene, code: str, address: Address) -> Turn:
    known, now = scene.facts.codes.get(code), scene.facts.now
    if address.shared:
        return _burnt_in_public(scene, known, address)
    if refused(scene.conversation.tries, now):
        return _told(scene, "link_pause", minutes=PAUSE_MS // _MINUTES)
    if known is None or not counts(known, address, now):
        return _in_vain(scene, address, "link_wrong")
    return _asked(scene, known, address)


def _burnt_in_public(scene: Scene, known: LinkCode | None, address: Address) -> Turn:
    """Others have read it: it must not count any more."""
    told = _told(scene, "link_in_public")
    if known is None or known.used is not None:
        return told
    audit = AuditLine(_account(address), "link_burnt", known.person.id)
    return replace(told, burnt=(known.hash,), audit=(audit,))


def _in_vain(scene: Scene, address: Address, phrase: str) -> Turn:
    """Count the try; the last one alerts the administrators."""
    now = scene.facts.now
    tries = (*recent(scene.conversation.tries, now), now)
    stage = replace(scene, conversation=replace(scene.conversation, tries=tries))
    audit = AuditLine(_account(address), "link_failed", "")
    if not refused(tries, now):
        return replace(_told(stage, phrase), audit=(audit,))
    locked = AuditLine(_account(address), "link_refused", "")
    told = _told(stage, "link_pause", minutes=PAUSE_MS // _MINUTES)
    alert = _to_administrators(scene, "link_alert", address)
    return replace(told, says=told.says + alert, audit=(audit, locked))


def _asked(scene: Scene, known: LinkCode, address: Address) -> Turn:
    """The code is used up now; to connect is still to be confirmed, with both sides named."""
    person = _now(scene, known)
    language, talk = person.language, scene.conversation.id
    connect = Button(say(language, "connect"), free(talk, CONNECT), style="primary")
    decline = Button(say(language, "decline"), free(talk, DECLINE))
    text = say(language, "link_question", chat=named_chat(address), person=_named(person, language))
    linking = Linking(known.hash, scene.facts.now + LIFETIME_MS)
    kept = replace(scene.conversation, linking=linking, tries=())
    told = replace(scene, conversation=kept).notice(Notice(text, buttons=(connect, decline)))
    audit = AuditLine(_account(address), "link_redeemed", person.id)
    return replace(told, burnt=(known.hash,), audit=(audit,))


def _connected(scene: Scene, address: Address) -> Turn:
    linking = scene.conversation.linking
    known = scene.facts.codes.get(linking.code) if linking else None
    free_scene = replace(scene, conversation=replace(scene.conversation, linking=None))
    if linking is None or known is None or scene.facts.now >= linking.until or address.shared:
        return _told(free_scene, "link_over")
    return _linked(free_scene, _now(scene, known), address)


def _linked(scene: Scene, person: Person, address: Address) -> Turn:
    """The account is theirs from now on; whoever had it, and the person's other chats, hear it."""
    others = tuple(one for one in person.addresses if one.channel != address.channel)
    left = [one for one in person.addresses if one.channel == address.channel and one != address]
    linked = replace(person, addresses=(address, *others))
    before = scene.facts.people.behind(address)
    lost = before if before is not None and before.id != person.id else None
    text = say(person.language, "linked", person=_named(person, person.language))
    says = (
        Say(address, f"n:{scene.facts.event_id}", Notice(text, "good")),
        *_told_others(scene, linked, address, others),
        *(_replaced(scene, person, one) for one in left if one.account != address.account),
        *(_lost(scene, lost, address) if lost else ()),
        *_to_administrators(scene, "link_notice", address, linked),
    )
    audit = [AuditLine(_account(address), "linked", person.id)]
    audit += [AuditLine(_account(address), "unlinked", lost.id)] if lost else []
    audit += [AuditLine(_account(one), "unlinked", person.id) for one in left]
    people = (_without(lost, address.channel), linked) if lost else (linked,)
    return Turn(scene.conversation, says, people=people, audit=tuple(audit))


def _told_others(
    scene: Scene, person: Person, address: Address, others: tuple[Address, ...]
) -> tuple[Say, ...]:
    language = person.language
    button = Button(say(language, "unlink"), free(person.id, UNLINK, address.channel))
    notice = Notice(say(language, "link_notice_own", chat=named_chat(address)), buttons=(button,))
    return tuple(Say(one, f"n:{scene.facts.event_id}", notice) for one in others)


def _replaced(scene: Scene, person: Person, old: Address) -> Say:
    notice = Notice(say(person.language, "link_replaced"), tone="warning")
    return Say(old, f"n:{scene.facts.event_id}", notice)


def _lost(scene: Scene, person: Person, address: Address) -> tuple[Say, ...]:
    notice = Notice(say(person.language, "link_lost", chat=named_chat(address)), tone="warning")
    others = (one for one in person.addresses if one.channel != address.channel)
    return tuple(Say(one, f"n:{scene.facts.event_id}", notice) for one in others)


def _to_administrators(
    scene: Scene, phrase: str, address: Address, person: Person | None = None
) -> tuple[Say, ...]:
    return tuple(
        told
        for admin in scene.facts.people.administrators()
        if person is None or admin.id != person.id
        for told in scene.inform(admin, _admins(admin, phrase, address, person))
    )


def _admins(admin: Person, phrase: str, address: Address, person: Person | None) -> Notice:
    language = admin.language
    if person is None:
        return Notice(say(language, phrase, chat=named_chat(address)), tone="warning")
    token = free(admin.id, UNLINK, address.channel, person.id)
    text = say(language, phrase, chat=named_chat(address), name=person.name)
    return Notice(text, buttons=(Button(say(language, "unlink"), token),))


def _declined(scene: Scene) -> Turn:
    kept = replace(scene.conversation, linking=None)
    return _told(replace(scene, conversation=kept), "link_declined")


def _by_mail(scene: Scene, email: str, address: Address) -> Turn:
    """Ask the CRM to send a code to whoever that is. What is said is the same in any case."""
    if address.shared:
        return _told(scene, "link_private")
    if not scene.facts.mails:
        return _told(scene, "link_no_mail")
    if refused(scene.conversation.tries, scene.facts.now):
        return _told(scene, "link_pause", minutes=PAUSE_MS // _MINUTES)
    counted = _in_vain(scene, address, "link_mailed")
    return replace(counted, invitations=(Invitation(email, address),))


def unlinked(scene: Scene, channel: str, person_id: str = "") -> Turn:
    """Take an account away: one's own on another channel, or, as an administrator, anybody's."""
    person = scene.facts.people.persons.get(person_id or scene.person.id)
    gone = [one for one in person.addresses if one.channel == channel] if person else []
    if person is None or not gone:
        return scene.notice(Notice(scene.say("not_linked"), tone="warning"))
    audit = tuple(AuditLine(scene.person.id, "unlinked", person.id) for _ in gone)
    told = scene.notice(Notice(scene.say("unlinked", name=person.name), "good"))
    ended = Notice(say(person.language, "link_ended"), tone="warning")
    says = tuple(Say(one, f"n:{scene.facts.event_id}", ended) for one in gone)
    return replace(told, says=told.says + says, people=(_without(person, channel),), audit=audit)


def _without(person: Person, channel: str) -> Person:
    return replace(
        person, addresses=tuple(one for one in person.addresses if one.channel != channel)
    )


def _told(scene: Scene, phrase: str, **gaps: object) -> Turn:
    """Say it in the person's language, to a stranger in both."""
    if scene.facts.person is not None:
        return scene.notice(Notice(scene.say(phrase, **gaps), tone="warning"))
    texts = [say(one, phrase, **gaps) for one in spoken(phrase)]
    return scene.notice(Notice("\n\n".join(texts), tone="warning"))


def _now(scene: Scene, known: LinkCode) -> Person:
    """The person as they are now; as they were when the code was made, where they are new."""
    user, persons = known.person.crm_user, scene.facts.people.persons
    same = (one for one in persons.values() if user is not None and one.crm_user == user)
    return persons.get(known.person.id) or next(same, known.person)


def _named(person: Person, language: str) -> str:
    """Both names that tell a person from namesakes: the name and the CRM's login."""
    if person.login is None:
        return person.name
    return say(language, "link_person", name=person.name, login=person.login)


def named_chat(address: Address) -> str:
    """The chat by what never changes; a display name would be no proof."""
    return f"{address.channel.capitalize()} ({address.account})"


def _account(address: Address) -> str:
    return f"{address.channel}:{address.account}"
