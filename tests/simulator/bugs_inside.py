"""Bugs on the way in: acceptance, turns, decisions."""

import asyncio
from dataclasses import replace
from unittest.mock import patch

from adapters.store import turns as stored_turns
from bot import rounds
from bot import turns as turns_module
from bot.core import Core
from bot.memory import Memory
from bot.people import People
from bot.turns import Turns
from dialogs import decision, talk
from dialogs.desk import Desk
from dialogs.people import Person
from dialogs.ports import Receipt
from tests.simulator.planting import planted, sql

# what comes in


@planted
def acknowledged_before_the_commit():
    async def accept(self, arrival):
        self.doing = asyncio.ensure_future(self._writer.ask(arrival))
        self.doing.add_done_callback(lambda done: done.cancelled() or done.exception())
        return Receipt(new=False)

    with patch.object(Core, "accept", accept):
        yield


@planted
def no_deduplication_by_source_key():
    real = Turns.arrived

    def arrived(self, arrival):
        made = real(self, arrival)
        return replace(made, source_key=f"{made.source_key}/{made.event_id}")

    with patch.object(Turns, "arrived", arrived):
        yield


@planted
def newest_event_first():
    with sql(stored_turns.oldest_event, lambda text: text.replace("min(", "max(")):
        yield


@planted
def event_set_aside_and_nobody_told():
    with patch.object(Turns, "_apologise", lambda self, books, row, batch: None):
        yield


# the turn


@planted
def two_transactions_instead_of_one():
    real = stored_turns.enqueue

    def enqueue(engine, *given):
        engine.commit()
        engine.begin()
        return real(engine, *given)

    with patch.object(stored_turns, "enqueue", enqueue):
        yield


@planted
def memory_trusted_without_a_look_at_the_version():
    kept = {}
    read, keep = Memory.conversation_of, Memory.keep

    def conversation_of(self, row):
        return kept.get((id(self), row.conversation)) or read(self, row)

    def keeping(self, done, turns):
        kept.update(
            ((id(self), one.conversation), turn.conversation)
            for one, turn in zip(done, turns, strict=True)
        )
        keep(self, done, turns)

    with (
        patch.object(Memory, "conversation_of", conversation_of),
        patch.object(Memory, "keep", keeping),
    ):
        yield


@planted
def no_order_key():
    real = turns_module._intents

    def intents(*given):
        return (replace(one, order_key=one.key) for one in real(*given))

    with patch.object(turns_module, "_intents", intents):
        yield


@planted
def word_to_the_owner_lost():
    with patch.object(Turns, "_told", lambda self, turn, at: ()):
        yield


@planted
def old_buttons_count():
    def on_screen(self, scene, token):
        active = scene.conversation.active
        if active is None:
            return scene.notice(decision.Notice(scene.say("nothing_open")))
        return talk.press(replace(scene, in_place=True), active, token)

    with patch.object(Desk, "_on_screen", on_screen):
        yield


@planted
def search_answer_taken_by_whatever_dialogue_is_open():
    real = talk.found

    def found(scene, dialogue, event):
        return real(scene, dialogue, replace(event, query=dialogue.query) if dialogue else event)

    with patch.object(talk, "found", found):
        yield


@planted
def cards_asked_for_by_two_in_one_batch():
    real = rounds._touched
    with patch.object(rounds, "_touched", lambda wants, *, every: real(wants, every=False)):
        yield


# the decision


@planted
def no_compare_and_set_on_approvals():
    real = decision.refusal

    def refusal(scene, approval, mark):
        return real(scene, approval and replace(approval, status="open"), mark)

    with (
        patch.object(decision, "refusal", refusal),
        sql(stored_turns.decided_approval, lambda text: text.split(" AND ")[0]),
    ):
        yield


@planted
def verdict_about_a_case_that_was_changed():
    with patch.object(decision, "_renewed", lambda scene, approval: None):
        yield


@planted
def crm_not_asked_about_whoever_decides():
    with patch.object(Person, "in_crm", property(lambda self: False)):
        yield


@planted
def role_remembered_for_ever():
    real = People.refresh

    def refresh(self, books):
        known = dict(self.directory.persons)
        real(self, books)
        roles = {
            key: replace(one, role=known[key].role) if key in known else one
            for key, one in self.directory.persons.items()
        }
        self.know(roles.values())

    with patch.object(People, "refresh", refresh):
        yield


@planted
def role_as_of_the_last_sweep():
    with patch.object(turns_module, "about_decisions", lambda _: False):
        yield
