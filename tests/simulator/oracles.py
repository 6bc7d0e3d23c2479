"""The six promises, as they must hold once everything has come to rest.

Reads the tables, the CRM and the chats; a message names the oracle and what it is about.
"""

import json
from collections import Counter

from dialogs.trail import Anchor, AuditRow, Inspection
from tests.simulator import life
from tests.simulator.people import persons
from tests.simulator.replica import EPOCH

VERDICTS = {
    "approved": "approved",
    "rejected": "rejected",
    "withdrawn": "withdrawn",
    "accepted": "approved",
    "declined": "rejected",
    "handover_withdrawn": "withdrawn",
}
"""What an act of the audit makes of the question that it is about."""
PARKED = "SELECT payload FROM timer WHERE kind = 'parked' AND status <> 'cancelled'"
ORACLES = {
    "I1": "nothing acknowledged is lost",
    "I2": "nothing happens twice",
    "I3": "everything in its order",
    "I4": "one decision, by somebody entitled",
    "I5": "the audit tells the truth",
    "I6": "everything comes to rest",
}


def judge(world):
    """Every violation that shows in the end."""
    for check in (_kept, _carried_out, _once, _ordered, _one_decision, _audit, _at_rest):
        check(world, world.watch.broken, world.database.rows)


def _kept(world, broken, rows):
    """I1: each acknowledged input was worked off, or set aside and the person told."""
    inbox = {
        key: (status, seq) for key, status, seq in rows("SELECT source_key, status, seq FROM inbox")
    }
    told = {key for (key,) in rows("SELECT key FROM intent WHERE target = 'chat'")}
    for key in world.watch.acknowledged:
        status, _ = inbox.get(key, ("not there", 0))
        if status not in {"done", "dead"}:
            broken("I1", f"the acknowledged input {key} is {status}", key)
    for key, (status, seq) in inbox.items():
        if status == "dead" and f"{seq}:dead" not in told:
            broken("I1", f"{key} was set aside and nobody was told", key)
    nobody = world.faults.struck["manager loses the right in the CRM"]
    came = [f"lead:{one.id}:" for one in world.crm.leads if not nobody]
    came += [f"meeting:{one.id}:" for one in world.crm.meetings]
    for key in came:
        if not any(one.startswith(key) for one in inbox):
            broken("I1", f"nobody heard of {key}")
    told = (
        "SELECT id, status FROM timer"
        " WHERE due <= ? AND NOT (kind = 'decision' AND status = 'cancelled')"
    )
    for key, status in rows(told, EPOCH + world.loop.at * 1000):
        if status != "fired" or inbox.get(f"timer:{key}", ("",))[0] != "done":
            broken("I1", f"the reminder {key} is {status}, and its event was not worked off", key)


def _carried_out(world, broken, rows):
    """I1: what counts as done outside was done, and its answer came back."""
    events = {key.rsplit(":", 1)[0] for (key,) in rows("SELECT source_key FROM inbox")}
    told = "SELECT seq, key, target, status FROM intent WHERE seq > ?"
    for seq, key, target, status in rows(told, world.watch.first_intent):
        match target, status:
            case "chat", "done" if seq not in world.watch.shown_seqs:
                broken("I1", f"intent {seq} counts as shown and was not", seq)
            case "crm", "done" if key not in world.crm.entries:
                broken("I1", f"{key} counts as entered and is not in the CRM", key)
            case "crm", "done" if f"delivered:{key}" not in events:
                broken("I1", f"nobody heard that {key} stands in the CRM", key)
            case "crm", "dead" if f"refused:{key}" not in events:
                broken("I1", f"nobody heard that {key} was refused", key)
            case "rights", "done" if f"vouched:{key}" not in events:
                broken("I1", f"the CRM's word about whoever asked {key} was lost", key)
            case "search", "done" if f"found:{key}" not in events:
                broken("I1", f"the answer to search {key} was lost", key)


def _once(world, broken, rows):
    """I2: as many entries in the CRM as were asked for, each once."""
    asked = {key for (key,) in rows("SELECT key FROM intent WHERE target = 'crm'")}
    for key, made in world.crm.entries.items():
        if len(made) != 1:
            broken("I2", f"{key} stands in the CRM {len(made)} times", key)
        if key not in asked:
            broken("I2", f"{key} stands in the CRM and nobody asked for it", key)


def _ordered(world, broken, rows):
    """I3: a conversation's version counts its turns."""
    done = dict(
        rows("SELECT conversation, count(*) FROM inbox WHERE status = 'done' GROUP BY conversation")
    )
    for talk, version in rows("SELECT id, version FROM conversation"):
        if version != done.get(talk, 0):
            broken("I3", f"{talk} has version {version} after {done.get(talk, 0)} turns", talk)


def _one_decision(world, broken, rows):
    """I4: each decided question has one verdict, one entry, and closed cards."""
    for key, status, case, by in rows("SELECT id, status, case_id, decided_by FROM approval"):
        told = rows("SELECT actor, action FROM audit WHERE subject = ?", key)
        lines = [(actor, VERDICTS[action]) for actor, action in told if action in VERDICTS]
        if status == "open" and not lines:
            continue
        if lines != [(by, status)]:
            broken("I4", f"question {key} is {status} by {by}, the audit says {lines}", key)
        entered = [one for one in world.crm.entries if one.startswith(f"{case}-decide-")]
        decided = rows("SELECT id FROM approval WHERE case_id = ? AND decided_by != ''", case)
        if len(entered) > len(decided):
            broken("I4", f"{len(entered)} decisions in the CRM on {len(decided)} of {case}", case)
    whose = (
        "SELECT a.id, a.owner, c.owner FROM approval a JOIN case_file c ON c.id = a.case_id"
        " WHERE a.status = 'open' AND a.id = json_extract(c.state, '$.approval')"
    )
    for key, asks, owner in rows(whose):
        if asks != owner:
            broken("I4", f"question {key} is {asks}'s, and its case {owner}'s", key)
    _closed_cards(world, broken, rows)


def _closed_cards(world, broken, rows):
    refs = {(channel, chat, slot): ref for channel, chat, slot, ref in rows("SELECT * FROM place")}
    decided = {f"card:{key}" for (key,) in rows("SELECT id FROM approval WHERE status <> 'open'")}
    for chat, messages in world.chats.messages.items():
        for one in messages:
            stands = refs.get((*one.say.address.place, one.say.slot)) == one.ref
            buttons = one.say.slot in decided and stands and one.say.show.buttons
            if buttons and chat not in world.chats.deaf:
                broken("I4", f"the card in {chat} still asks after the verdict", one.say.slot)


def _audit(world, broken, rows):
    """I5: the audit is one chain, and its acts are the rows they led to."""
    lines = rows("SELECT action, subject FROM audit ORDER BY seq")
    actors = [who for (who,) in rows("SELECT actor FROM audit ORDER BY seq")]
    case_of = dict(rows("SELECT id, case_id FROM approval"))
    _chain(world, broken, rows)
    _deliveries(broken, rows, lines)
    asks = {"ask_management", "ask_contact"}
    asked = sorted(subject for action, subject in lines if action in asks)
    if asked != sorted(case_of):
        broken("I5", "the audit's questions to people are not the stored ones")
    acts = [
        (actor, action, case_of.get(subject, subject))
        for actor, (action, subject) in zip(actors, lines, strict=True)
    ]
    _lives(world, broken, rows, acts)


def _chain(world, broken, rows):
    """I5: each row is linked to the one before it, up to the head, past every anchor."""
    walk = Inspection([one for one in world.watch.anchors if one])
    walk.follow(AuditRow(*row) for row in rows("SELECT * FROM audit ORDER BY seq"))
    walk.end(Anchor(*rows("SELECT seq, hash FROM audit_head")[0]))
    if walk.fault:
        broken("I5", f"the audit: {walk.fault}")


def _deliveries(broken, rows, lines):
    """I5: the audit tells of each entry that stands once, and of none that does not."""
    told = sorted(what.split()[0] for action, what in lines if action == "delivered")
    stand = rows("SELECT key FROM intent WHERE target = 'crm' AND status = 'done' ORDER BY key")
    if told != [key for (key,) in stand]:
        broken("I5", f"the audit tells of the entries {told}, those that stand are {stand}")


def _lives(world, broken, rows, acts):
    """I5: the life of each case, walked anew by the audit, is the one it is kept with."""
    files = {case: json.loads(text) for case, text in rows("SELECT id, state FROM case_file")}
    try:
        told = {
            case: _walked([*_acts(acts, case, kept["owner"])], case, kept)
            for case, kept in files.items()
        }
    except life.Impossible as what:
        broken("I5", f"the audit tells of what the process does not know: {what}")
        return
    made = Counter(
        (case, kind) for case, one in told.items() for kind in (*one.entries, *one.noted)
    )
    made += Counter((case, life.JOINED) for case in _came_along(rows))
    made += Counter((case, life.INFO) for case in _informed(rows, acts))
    keys = rows("SELECT key FROM intent WHERE target = 'crm'")
    entries = Counter(tuple(key.split("-")[:2]) for (key,) in keys)
    tasks = sum(act.startswith("task:") for _, act, _ in acts)
    if tasks != sum(entries.pop(one) for one in [*entries] if one[1] == life.TASK):
        broken("I5", f"the audit tells of {tasks} tasks that were seen to")
    if made != entries:
        broken("I5", f"the audit tells of {dict(made)}, the entries are {dict(entries)}")
    for case, kept in files.items():
        _life(broken, case, kept, told[case])
        _waits(broken, rows, case, kept)
        _in_the_crm(world, broken, case, kept, told[case])


def _walked(acts, case, kept):
    """The life by the audit; a briefing may have been begun before a verdict, which stands aside.

    The audit does not tell where the case stood when a form was begun.
    """
    keys = kept.get("deliveries", ())
    told = life.lived(case, acts, keys)
    if told.step == kept["step"] or "finish:prepare" not in acts:
        return told
    aside = acts.index("finish:prepare")
    return life.lived(case, [*acts[:aside], "noted:prepare", *acts[aside + 1 :]], keys)


def _acts(acts, case, owner):
    """What was done about a case; a record by somebody who does not look after it is a note.

    `owner` looks after it in the end; who takes it over says from whom.
    """
    about = [(actor, act) for actor, act, of in acts if of == case]
    for _, act in reversed(about):
        owner = act.partition(":")[2] if act.startswith("adopted:") else owner
    for actor, act in about:
        owner = actor if act.startswith("adopted:") else owner
        noted = actor != owner and act.startswith("finish:")
        yield act.replace("finish:", "noted:") if noted else act


def _came_along(rows):
    """The case of each answer of a colleague who comes along that its owner has heard."""
    answers = "SELECT payload FROM inbox WHERE source_key LIKE 'joined:%' AND status = 'done'"
    for (payload,) in rows(answers):
        event = json.loads(payload)["event"]
        if event["accepted"]:
            yield event["case"]


def _informed(rows, acts):
    """The case of each answer to somebody who had asked for information about it."""
    kept = (json.loads(state) for (state,) in rows("SELECT state FROM conversation") if state)
    case_of = {one["id"]: one["case"] for told in kept for one in told.get("requested", ())}
    return [case_of[request] for _, act, request in acts if act == "inform"]


def _waits(broken, rows, case, kept):
    """I5: a case that is parked has a day, and a reminder of that day."""
    until = kept.get("parked_until", "")
    armed = [json.loads(text)["event"]["payload"] for (text,) in rows(PARKED)]
    if life.outcome(kept["step"]) == "parked" and {"case": case, "until": until} not in armed:
        broken("I5", f"case {case} is parked until {until!r}, and nobody will be reminded", case)


def _in_the_crm(world, broken, case, kept, told):
    """I5: once its entries stand, the opportunity is where the case is."""
    made = [one for (one, *_) in world.crm.entries.values() if one.case == case]
    kinds = Counter(one.kind for one in made if one.kind not in {life.JOINED, life.TASK, life.INFO})
    if kinds != Counter((*told.entries, *told.noted)):
        return  # what does not stand yet is another oracle's subject
    stages = [one.stage for one in made if one.stage]
    closed = [one.closing.state for one in made if one.closing]
    stands = (
        stages[-1:],
        closed[-1:] == ["lost"],
        any(one.passed_on for one in made if one.kind != life.ADOPTED),
    )
    over, stage = life.outcome(told.step), [told.stage]
    taken = [one for one in made if one.kind == life.ADOPTED][-1:]
    owner = next((one.name for one in persons() if one.id == kept["owner"]), "")
    if any(not one.passed_on or one.owner.name != owner for one in taken):
        broken("I5", f"{case} is {owner}'s, and the CRM has it with somebody else", case)
    if kept.get("lead") and not stages:
        stage = []  # it stands where it stood
    if stands != (stage, over == "lost" or told.closed, over == "handed_over"):
        broken("I5", f"the CRM has {case} at {stands}, by the audit {told.stage}, {over}", case)


def _life(broken, case, kept, told):
    """I5: one case; what left a stage met what the playbook asks for it."""
    for what in ("step", "stage", "came", "rounds"):
        stands, by_audit = kept.get(what, getattr(life.Life(), what)), getattr(told, what)
        if stands != by_audit:
            broken("I5", f"case {case} stands at {what} {stands}, by the audit {by_audit}", case)
    for missed in life.unmet(told, kept["forms"]):
        broken("I5", f"case {case} left its stage without {missed}", case)


def _at_rest(world, broken, rows):
    """I6: nothing waits any more, and who has a dialogue open has its screen."""
    for key, talk in rows("SELECT source_key, conversation FROM inbox WHERE status = 'new'"):
        broken("I6", f"event {key} of {talk} still waits for its turn", key)
    waiting = "SELECT seq, key, status FROM intent WHERE status = 'pending' OR blocking > 0"
    for seq, key, status in rows(waiting):
        broken("I6", f"intent {seq} ({key}) is still {status}", seq)
    for error in world.errors:
        broken("I6", f"the program broke: {error!r}")
    for talk, state in rows("SELECT id, state FROM conversation WHERE state IS NOT NULL"):
        _has_its_screen(world, broken, talk, json.loads(state))


def _has_its_screen(world, broken, talk, state):
    live = state.get("live")
    if (
        not state.get("dialogues")
        or not live
        or (live["channel"], live["chat"]) in world.chats.deaf
        or f"chat:{live['channel']}:{live['chat']}" in world.watch.overtaken
    ):
        return
    places = {(live["channel"], live["chat"]), *_reopened(world, talk)}
    buttons = [button for at in places for button in _live_buttons(world, at)]
    if not any(button.token.startswith(f"{talk}.{state.get('screen', 0)}.") for button in buttons):
        broken("I6", f"{talk} has a dialogue open and no button of its screen", talk)


def _reopened(world, talk):
    """Chats of the person's that were closed for a while: the screen may have got there late."""
    own = next((one.addresses for one in persons() if one.id == talk), ())
    return {(at.channel, at.chat) for at in own} & world.chats.deaf


def _live_buttons(world, at):
    chat = world.chats.messages.get(at, [])
    shown = [one.say.show for one in chat if one.say.slot == "live" and one.buttons]
    return shown[-1].controls if shown and shown[-1].type in {"ask", "review"} else ()
