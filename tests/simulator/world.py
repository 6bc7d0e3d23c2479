"""One seed: a world of replicas, a CRM, chats and people, on virtual time, from first to last.

A story is told while faults strike; then they stop, everything has to come to rest, and the
oracles judge.
"""

import asyncio
import json
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass
from random import Random

from bot import codec, dispatcher, replicas, writer
from dialogs.desk import Desk
from dialogs.events import Fired, Said
from tests.simulator import ground, known, oracles
from tests.simulator.chats import Chats
from tests.simulator.crm import CrmNetwork, ModelCrm
from tests.simulator.faults import Faults
from tests.simulator.history import History
from tests.simulator.loop import StandsStill, VirtualLoop
from tests.simulator.people import Somebody, persons
from tests.simulator.platform import Platform
from tests.simulator.replica import EPOCH, Replica, own_task
from tests.simulator.watch import Watch

NEWS = 0.15
"""In so many stories a lead comes in, in as many a meeting has ended."""
CALM_S = 2 * 3600
"""Within this time after the last fault all is at rest: no pause is longer than half an hour."""


class Poison(Exception):  # noqa: N818 - see the fault of that name
    """What a turn makes of an event that it can't take."""


class ShakyDesk(Desk):
    """The real desk, which one word makes stumble."""

    def decide(self, conversation, event, facts):
        if isinstance(event, Said) and event.text == "poison":
            raise Poison
        return super().decide(conversation, event, facts)


@dataclass(frozen=True, slots=True)
class Template:
    """Where a seed begins."""

    rows: dict
    chats: dict
    crm: tuple


class World:
    """Everything of one seed."""

    def __init__(self, seed, template, faults=None, prefix="in", only=()):
        """`faults` takes the place of the seed's own; `only` are all kinds that may strike."""
        self.seed, self.dice = seed, Random(seed)
        self.network = CrmNetwork(self)
        self.loop = VirtualLoop(self.network.carry)
        self.loop.set_task_factory(own_task)
        self.errors = []
        self.loop.set_exception_handler(self._broke)
        self.history = History(self.loop)
        self.note = self.history.note
        self.database = ground.database()
        self.desk = ShakyDesk(ground.library())
        self.faults = faults or self._own_faults(only)
        self.crm, self.chats = ModelCrm(self), Chats(self)
        self.platform = Platform(self, prefix)
        self.replicas = []
        self.sole = not self.faults.has("two replicas")
        self._begin_with(template)
        self._arm_timers()
        self.watch = Watch(self)

    def _own_faults(self, only):
        def note(kind):
            self.note("fault", kind)

        return Faults.only(self.dice, note, only) if only else Faults(self.dice, note)

    def _begin_with(self, template):
        self.database.become(template.rows)
        self.chats.become(template.chats)
        self.crm.become(template.crm)

    def _arm_timers(self):
        """Reminders to come, which somebody may sleep through."""
        payload = codec.happened.write(codec.Happened(Fired("", "reminder"), None))
        self.reminders = [self.dice.uniform(1, 60) for _ in range(self.dice.randint(0, 2))]
        for number, seconds in enumerate(self.reminders):
            due = EPOCH + int(seconds * 1000)
            row = (f"{self.platform.prefix}-{number}", "sam", "reminder", due, payload)
            self.database.rows("INSERT INTO timer VALUES (?, ?, ?, ?, ?, 'armed')", *row)

    def template(self):
        return Template(self.database.copy(), self.chats.copy(), self.crm.copy())

    def run(self):
        """Live through the seed; the violations are the watch's."""
        with self._at_our_pace():
            try:
                self.loop.run(self.story())
            except StandsStill:
                self.watch.broken("I6", "everybody waits for ever")
        oracles.judge(self)

    @contextmanager
    def _at_our_pace(self):
        """Who has nothing to do looks and counts on less often: that is most of a seed's cost."""
        kept = dispatcher.IDLE_S, replicas.BEAT_S, writer.PAUSE_S
        _look_every(10.0)
        writer.PAUSE_S = 0
        try:
            yield
        finally:
            dispatcher.IDLE_S, replicas.BEAT_S, writer.PAUSE_S = kept

    def _broke(self, loop, context):
        if "handle" in context:
            self.errors.append(context.get("exception"))

    # replicas

    def someone(self):
        """A replica that takes events, or None."""
        ready = [one for one in self.replicas if one.taking]
        return self.dice.choice(ready) if ready else None

    async def start(self, name):
        replica = Replica(self, name)
        self.replicas = [*(one for one in self.replicas if one.alive), replica]
        self.note(name, "starts")
        await replica.start()
        self.platform.restarted()

    def died(self, replica):
        self.note(replica.name, "is gone")
        self.loop.create_task(self._restarted(replica.name), context=_outside())

    async def _restarted(self, name):
        await asyncio.sleep(self.dice.choice((0.5, 3, 20, 150)))
        if not self.over:
            await self.start(name)

    # the story

    over = False
    _looks_last = False

    async def story(self):
        names = ("one", "two") if self.faults.strikes("two replicas") else ("one",)
        await asyncio.gather(*(self.start(name) for name in names))
        troubles = [self.loop.create_task(one) for one in (*self._troubles(), *self._news())]
        await asyncio.gather(*(one.work() for one in self._people()))
        await self._calm(troubles)
        await self._rest()
        self.over = True
        for replica in self.replicas:
            if replica.alive:
                await replica.stop()

    def _people(self):
        dice = self.dice
        return [Somebody(self, person, dice.randint(0, 3)) for person in persons()]

    def _troubles(self):
        kinds = {
            "killed at any time": self._kill,
            "stopped and started again": self._stop,
            "paused, and wakes as a zombie": self._pause,
            "clock jumps forward": lambda: self._jump(3_600_000),
            "clock jumps back": lambda: self._jump(-3_600_000),
            "CRM is down for minutes": self._crm_down,
            "manager is demoted": self._demote,
            "manager loses the right in the CRM": self._unvouch,
            "case changed under an open question": self._change,
            "two managers ask for the cards at once": self._ask_both,
        }
        return [self._once(kind, doing) for kind, doing in kinds.items() if self.faults.has(kind)]

    def _news(self):
        """What comes into the CRM by itself, in some stories."""
        return [
            self._comes(one) for one in (self._lead, self._meeting) if self.dice.random() < NEWS
        ]

    async def _comes(self, doing):
        await asyncio.sleep(self.dice.uniform(0.5, 15))
        doing()
        self._looks_last = True
        self._looked_for()

    def _lead(self):
        self.crm.leads.append(known.lead(known.LEAD + len(self.crm.leads)))

    def _meeting(self):
        host = persons()[self.dice.randrange(2)]
        mine = "SELECT id FROM case_file WHERE json_extract(state, '$.owner') = ? ORDER BY id"
        cases = [
            ("", 0),
            *((case, self._number(case)) for (case,) in self.database.rows(mine, host.id)),
        ]
        now = EPOCH + int(self.loop.at * 1000)
        self.crm.meetings.append(known.meeting(host, now, *self.dice.choice(cases)))

    def _number(self, case):
        return self.crm.opportunities.get(case, 0)

    def _looked_for(self):
        for one in self.replicas:
            if one.taking:
                one.looks()

    async def _once(self, kind, doing):
        await asyncio.sleep(self.dice.uniform(0.5, 25))
        if self.faults.strikes(kind):
            await doing()

    async def _kill(self):
        if one := self.someone():
            one.kill()

    async def _stop(self):
        if one := self.someone():
            await one.stop()

    async def _pause(self):
        if one := self.someone():
            one.pause(self.dice.uniform(20, 400))

    async def _jump(self, by):
        if one := self.someone():
            one.clock.jump += by

    async def _crm_down(self):
        self.crm.down_until = self.loop.at + self.dice.uniform(30, 1200)

    async def _demote(self):
        who = self.dice.choice(("mia", "max"))
        self.note(who, "is demoted")
        self.database.rows("UPDATE person SET role = 'sales' WHERE id = ?", who)

    async def _unvouch(self):
        self.crm.managers.clear()

    async def _change(self):
        asked = "SELECT id, state FROM case_file WHERE step = 'decide'"
        for case, text in self.database.rows(asked):
            self.note(case, "is changed")
            state = json.loads(text)
            state["forms"]["assess"]["revenue"] = str(self.dice.randint(2, 900) * 1000)
            changed = "UPDATE case_file SET state = ? WHERE id = ?"
            self.database.rows(changed, json.dumps(state), case)

    async def _ask_both(self):
        both = persons()[2:4]
        for person in both:
            self.platform.send(person.addresses[1], Said("pending"))
        await asyncio.sleep(self.dice.uniform(2, 10))
        if verdict := Somebody(self, self.dice.choice(both), 0).verdict():
            self.platform.send(*verdict)

    async def _calm(self, troubles):
        """No fault from here on: the CRM and the chats are mended; whoever sleeps will wake."""
        self.faults.stop()
        for one in troubles:
            one.cancel()
        self.note("world", "calm")
        self.crm.mend()
        if self.crm.leads or self.crm.meetings:
            self._looks_last = True
        self.chats.mend()
        _look_every(60.0)

    async def _rest(self):
        """Until nothing waits any more, or for far too long."""
        end, pause = self.loop.at + CALM_S, 2.0
        quiet = 0
        while self.loop.at < end and quiet < 2:
            await asyncio.sleep(pause)
            pause = min(pause * 1.3, 60)
            self._revive()
            if self._looks_last and any(one.taking for one in self.replicas):
                self._looks_last = False
                self._looked_for()
            quiet = quiet + 1 if self._at_rest() else 0

    def _at_rest(self):
        waits = self.database.rows(
            "SELECT 1 FROM inbox WHERE status = 'new' UNION ALL"
            " SELECT 1 FROM timer WHERE status = 'armed' AND due < ? UNION ALL"
            " SELECT 1 FROM intent WHERE status = 'pending' OR blocking > 0 LIMIT 1",
            EPOCH + CALM_S * 1000,
        )
        busy = self.platform.busy or any(one.busy for one in self.replicas if one.alive)
        return not waits and not busy

    def _revive(self):
        """The administrator sends again what people were told that the CRM refused."""
        replica = self.someone()
        dead = (
            "SELECT seq FROM intent WHERE status = 'dead' AND target = 'crm' AND EXISTS"
            " (SELECT 1 FROM inbox WHERE source_key LIKE 'refused:' || key || ':%')"
        )
        for (seq,) in self.database.rows(dead) if replica else ():
            replica.spawn(replica.core.do(lambda books, seq=seq: books.revive(seq, 0)))


def _look_every(seconds):
    dispatcher.IDLE_S = replicas.BEAT_S = seconds


def _outside():
    """A context of no replica."""
    return Context()
