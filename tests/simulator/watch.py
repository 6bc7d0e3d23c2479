"""What is watched while a seed runs: commits, claims, settlements, shows and entries.

Each promise that can only be broken at one moment is held here; what must be true in the end is
in `oracles`.
"""

import json
from collections import Counter
from dataclasses import dataclass

from bot.turns import LEASE_MS
from dialogs import tokens

MUCH = 50_000
"""What is worth more needs two votes: see `ground.RULES`."""
SILENCE_S = 30
"""Who counted on within this time is not to be taken for dead: here it is done each ten seconds."""
MOVES = {"move:finished": 0, "move:requested": 0, "move:restored": 0, "stage": 1}
"""Acts of a button, and what it moves: the step, or the stage."""
MOVING = (".-.move.", ".-.onward.")


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that was broken, and where to look."""

    oracle: str
    text: str
    about: str = ""
    """A word of the history's lines that belong to it."""


class Watch:
    """The moments of one seed."""

    def __init__(self, world):
        self._world = world
        self.violations = []
        self.acknowledged = {}
        """How often each source key was reported as new."""
        self.shown_seqs = set()
        self._last_shown = {}
        self.overtaken = set()
        """Chats where a process that woke up late put an old message over a newer one.

        No chat platform lets us fence that: whoever presses there is shown the present screen.
        """
        self._running, self._holder = {}, {}
        rows = world.database.rows
        self._versions = dict(rows("SELECT id, version FROM conversation"))
        self._last_event = {}
        self._taken = {}
        self.first_intent = rows("SELECT coalesce(max(seq), 0) FROM intent")[0][0]
        self._numbers = {}
        """By the number under which a replica counts: which one, and when it did last."""
        self.anchors = []
        """Heads of the audit trail as they stood."""
        self._vouched = Counter()
        """How often the CRM vouched for somebody's right to decide, less what they decided."""
        self.verdicts = {}
        self.votes = {}
        """What each person said, by question."""
        self.ruled = set()
        """The cases about which somebody decided."""
        self._cases = {
            case: _place(state) for case, state in rows("SELECT id, state FROM case_file")
        }
        self.stood = {}
        """By the key of a message with buttons that move a case: where the cases stood."""
        self.meant = {}
        """By source key: where they stood when the message was made whose button was pressed."""

    def broken(self, oracle, text, about=""):
        self.violations.append(Violation(oracle, text, str(about)))
        self._world.note("VIOLATION", oracle, text)

    def died(self, replica):
        self._running = {seq: one for seq, one in self._running.items() if one[0] is not replica}

    # commits

    def committed(self, replica, log):
        for kind, item in log:
            getattr(self, "_" + kind.replace(" ", "_"))(replica, item)

    def _take(self, replica, taken):
        self._taken[taken.seq] = taken

    def _claim(self, replica, claimed):
        self._holder[claimed.seq] = replica
        self._world.note(replica.name, "claimed", claimed.seq, claimed.key, claimed.attempts)

    def _take_back(self, replica, _):
        others = [one for one in self._world.replicas if one.alive and one is not replica]
        if others:
            self.broken("I3", f"{replica.name} took claims back that {others[0].name} still holds")

    def _beat(self, replica, number):
        self._numbers[number] = (replica, self._world.loop.at)

    def _strike_off(self, replica, numbers):
        """Who is struck off holds nothing any more; it may be oneself, at the end."""
        for number in numbers:
            gone, at = self._numbers.pop(number, (None, 0))
            self._world.note(replica.name, "strikes off", number)
            if gone is None:
                continue
            self.died(gone)
            if gone is not replica and gone.alive and self._world.loop.at - at < SILENCE_S:
                self.broken("I3", f"{replica.name} struck {gone.name} off, which is alive")

    def _stumble(self, replica, item):
        self._world.note(replica.name, "stumbled", *item)

    def _settle(self, replica, item):
        settled, before, after = item
        self._world.note(replica.name, "settled", settled.seq, settled.attempts, settled.outcome)
        ours = self._holder.get(settled.seq) is replica
        if before != after and not (ours and before[:2] == ("pending", settled.attempts)):
            self.broken(
                "I3", f"a claim that was no longer {replica.name}'s was settled", settled.seq
            )

    def _turn(self, replica, done):
        talk = done.conversation
        self._world.note(replica.name, "turn", talk, done.seq, done.version + 1)
        if done.version != self._versions.get(talk, 0):
            self.broken("I3", f"a turn of {talk} was made from an outdated version", talk)
        if done.seq <= self._last_event.get(talk, 0):
            self.broken("I3", f"events of {talk} were worked off out of order", talk)
        self._versions[talk], self._last_event[talk] = done.version + 1, done.seq
        self._moved(done)
        for vote in done.votes:
            self._vote(vote)
        for verdict in done.verdicts:
            self._verdict(verdict)
        taken = self._taken[done.seq]
        if taken.state is not None:
            self._state_follows(taken, json.loads(taken.state), json.loads(done.state))

    def _moved(self, done):
        """A button moves a case from where it stood when the button was made."""
        for line in done.audit:
            if line.action in MOVES:
                self._as_it_was_meant(done, line)
        self._cases |= {one.id: _place(one.state) for one in done.cases}
        for one in done.intents:
            if any(code in one.body for code in MOVING):
                self.stood[one.key] = dict(self._cases)

    def _as_it_was_meant(self, done, line):
        ((source,),) = self._world.database.rows(
            "SELECT source_key FROM inbox WHERE seq = ?", done.seq
        )
        meant, what = self.meant.get(source), MOVES[line.action]
        before = self._cases[line.subject][what]
        if meant and meant[line.subject][what] != before:
            text = f"a button made at {meant[line.subject][what]} moved a case that is at {before}"
            self.broken("I3", text, line.subject)

    def _vote(self, vote):
        """Each vote was its maker's only one, and they were entitled at that moment."""
        self._world.note("vote", vote.approval, vote.verdict, vote.person)
        said = self.votes.setdefault(vote.approval, {})
        if vote.person in said:
            self.broken("I4", f"{vote.person} voted twice", vote.approval)
        said[vote.person] = vote.verdict
        owner, role, login, *_ = self._question(vote.approval, vote.person)
        entitled = role == "management" and owner != vote.person
        if login:
            entitled = entitled and self._vouched[login] > 0
            self._vouched[login] -= 1
        if not entitled:
            self.broken("I4", f"{vote.person} voted and was not entitled to", vote.approval)

    def _verdict(self, verdict):
        self._world.note("ruling", verdict.approval, verdict.status, verdict.by)
        if self.verdicts.setdefault(verdict.approval, verdict) is not verdict:
            self.broken("I4", "a second verdict counted", verdict.approval)
        owner, role, _, shown, case = self._question(verdict.approval, verdict.by)
        asked = json.loads(shown)
        if verdict.status != "withdrawn":
            self._about_what_was_shown(verdict, asked["case"], json.loads(case))
            self.ruled.add(asked["case"]["id"])
        if verdict.status == "withdrawn":
            entitled = owner == verdict.by
        elif asked.get("kind") == "handover":
            entitled = role == "group"
        else:
            entitled = self._carried(verdict, asked["case"])
        if not entitled:
            self.broken("I4", f"{verdict.by} decided and was not entitled to", verdict.approval)

    def _carried(self, verdict, case):
        """The votes come to this verdict, the last of them by whoever decided."""
        said = self.votes.get(verdict.approval, {})
        if said.get(verdict.by) != verdict.status:
            return False
        needed = 2 if float(case["forms"]["assess"]["revenue"]) > MUCH else 1
        return verdict.status == "rejected" or list(said.values()).count("approved") >= needed

    def _question(self, approval, person):
        ((*row,),) = self._world.database.rows(
            "SELECT a.owner, p.role, p.login, a.subject, c.state"
            " FROM approval a, person p, case_file c"
            " WHERE a.id = ? AND p.id = ? AND c.id = a.case_id",
            *(approval, person),
        )
        return row

    def _about_what_was_shown(self, verdict, shown, case):
        """The owner's turn may have added the verdict in the same transaction."""
        if shown["forms"]["assess"] != case["forms"]["assess"]:
            self.broken("I4", "the verdict is about another case than was shown", verdict.approval)

    def _state_follows(self, taken, before, after):
        """Screens count on; an old button and an old answer of the CRM change no answers."""
        if after.get("screen", 0) < before.get("screen", 0):
            self.broken("I3", f"{taken.conversation} fell back to an earlier state", taken.seq)
        event = json.loads(taken.payload)["event"]
        active = (before.get("dialogues") or [{}])[-1]
        match event:
            case {"type": "found", "query": query}:
                stale = active.get("query", "") != query
            case {"type": "pressed", "token": token}:
                read = tokens.read(token)
                screen = read.screen if isinstance(read, tokens.ScreenToken) else None
                stale = screen is not None and screen != before.get("screen", 0)
            case _:
                stale = False
        if stale and _answers(before) != _answers(after):
            self.broken("I3", f"an outdated {event['type']} changed answers", taken.conversation)

    # what is carried out

    def begins(self, replica, claimed):
        now, held = self._world.loop.at * 1000, self._running.get(claimed.seq)
        if held and now - held[1] < LEASE_MS * 0.85:
            self.broken("I2", "carried out twice at once, before the lease ended", claimed.seq)
        self._running[claimed.seq] = (replica, now)

    def ends(self, replica, claimed):
        if self._running.get(claimed.seq, (None,))[0] is replica:
            del self._running[claimed.seq]

    def shown(self, replica, claimed):
        late = claimed.seq < self._last_shown.get(claimed.order_key, 0)
        if claimed.seq in self.shown_seqs or self._holder.get(claimed.seq) is not replica:
            if late:
                self.overtaken.add(claimed.order_key)
            return
        self.shown_seqs.add(claimed.seq)
        if late:
            self.broken("I3", f"shown out of order in {claimed.order_key}", claimed.order_key)
        self._last_shown[claimed.order_key] = claimed.seq

    def vouched(self, login, *, manages):
        self._world.note("crm", "vouches for" if manages else "does not vouch for", login)
        self._vouched[login] += manages

    def enters(self, delivery, entries):
        missing = [key for key in delivery.after if key not in entries]
        if missing:
            self.broken("I3", f"{delivery.key} was entered before {missing}", delivery.case)

    def receipt(self, arrival, receipt):
        times = self.acknowledged.get(arrival.source_key, 0) + receipt.new
        self.acknowledged[arrival.source_key] = times
        if times > 1:
            self.broken("I2", f"{arrival.source_key} was taken as new twice", arrival.source_key)


def _place(state):
    """The step and the stage of a stored case."""
    kept = json.loads(state)
    return kept["step"], kept.get("stage", "")


def _answers(state):
    """The answers of each dialogue; one that was left or begun doesn't count."""
    return [one.get("answers", {}) for one in state.get("dialogues", [])]
