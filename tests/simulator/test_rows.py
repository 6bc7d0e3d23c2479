"""Single kinds of fault, striking often: each row of the fault matrix that the simulator shows."""

from collections import Counter

import pytest

from dialogs.events import Said
from tests.simulator.amounts import FOCUSED
from tests.simulator.people import persons
from tests.simulator.running import live, message, quiet
from tests.simulator.templates import Calm, Rehearsal, templates

RESTARTS = ("killed at any time", "stopped and started again")


def lived(*kinds, seeds=FOCUSED):
    """The worlds of some seeds in which only these kinds strike; each kind did."""
    worlds, struck = [], Counter()
    for seed in range(seeds):
        worlds.append(live(seed, kinds))
        struck += worlds[-1].faults.struck
        violations = worlds[-1].watch.violations
        assert not violations, message(seed, violations[0])
    assert set(kinds) == set(struck)
    return worlds


def shown(world, word):
    """What was shown in the story and has this word in it."""
    says = (one.say.show for chat in world.chats.messages.values() for one in chat)
    return [show for show in says if word in getattr(show, "text", "")]


def test_b1_b4_the_same_event_at_once_later_or_after_a_restart_has_one_effect():
    lived(
        *("delivered twice at once", "delivered again later", "delivered again after a restart"),
        *("acknowledgement lost", *RESTARTS),
    )


def test_b2_a_first_delivery_that_is_lost_is_made_up_by_the_second():
    lived("first delivery lost")


def test_b5_a_press_that_overtakes_its_text_is_taken_as_it_arrives_and_changes_nothing_stale():
    lived("delivered out of order", "old button pressed")


def test_b7_b8_d17_killed_before_or_after_any_commit_an_event_has_one_effect():
    worlds = lived(
        *("killed before the commit", "killed after the commit, before the answer"),
        *("killed before something is shown", "killed between show and settlement"),
    )
    assert any(world.watch.verdicts for world in worlds)


def test_b18_an_event_that_no_turn_can_take_is_set_aside_told_and_in_nobodys_way():
    worlds = lived("event that no turn can take")
    assert any(shown(world, "set aside") for world in worlds)


def test_c5_what_was_shown_and_not_answered_is_repeated_and_nothing_else_happens_twice():
    lived("chat shows it, the answer is lost", "chat asks to wait", "chat is unavailable")


def test_a3_an_entry_whose_answer_was_lost_stands_in_the_crm_once():
    lived(
        *("CRM times out after its commit", "CRM answers 5xx after its commit"),
        *("CRM hangs and commits much later", "killed after the CRM committed"),
    )


def test_d1_of_two_taps_one_decides_and_the_second_is_told_by_whom():
    worlds = lived("pressed twice")
    assert any(shown(world, "Already approved by") for world in worlds)


def test_d2_of_two_managers_on_two_replicas_one_decides():
    worlds = lived("two replicas", "pressed twice", "store is slow")
    assert any(world.watch.verdicts for world in worlds)


def test_d3_a_manager_who_was_demoted_after_the_card_decides_nothing():
    worlds = lived("manager is demoted", "delivered out of order")
    assert any(shown(world, "You are not entitled to do that") for world in worlds)


def test_d10_a_case_that_changed_under_its_card_is_shown_anew_before_a_verdict_counts():
    worlds = lived("case changed under an open question")
    assert any(shown(world, "was changed since the card was shown") for world in worlds)


def test_d13_a_verdict_while_the_crm_is_away_is_kept_and_entered_when_it_is_back():
    worlds = lived("CRM is down for minutes")
    late = [one for one in worlds if one.watch.verdicts and shown(one, "can't be reached just now")]
    assert late
    for world in late:
        entered = {
            key[:26] for key in world.crm.entries if "-decide-" in key or "-takeover-" in key
        }
        assert world.watch.ruled <= entered


def test_e12_whoever_changes_the_chat_goes_on_there_with_the_same_draft():
    worlds = lived("changes the chat")
    says = [m.say.show for w in worlds for chat in w.chats.messages.values() for m in chat]
    assert any(getattr(show, "echo", "").startswith("We go on here") for show in says)


def test_f4_a_clock_that_jumps_by_an_hour_sends_nothing_twice_and_leaves_nothing_stuck():
    lived("clock jumps forward", "clock jumps back", "chat is unavailable")


def test_f5_a_reminder_that_came_due_while_down_comes_once():
    worlds = lived(*RESTARTS)
    assert any(down(world, due) for world in worlds for due in world.reminders)


def down(world, second):
    """True if nobody was there at that second."""
    turns = [what[0] for at, _, what in world.history.lines if at < second * 1000]
    return [one for one in turns if one in {"starts", "is gone"}][-1:] == ["is gone"]


def test_g2_a_full_disk_keeps_nothing_and_acknowledges_nothing():
    lived("disk is full", "statement fails", "commit happens, its answer is lost")


def test_g8_g9_a_process_that_slept_settles_nothing_that_another_has_taken_over():
    lived("two replicas", "paused, and wakes as a zombie", "chat shows it, the answer is lost")


@pytest.mark.parametrize("sleeps", [0, 180])
def test_f6_tomorrow_is_the_day_after_it_was_said_however_late_it_is_read(sleeps):
    world = Midnight(77, templates()["nothing"], Calm(), "late")
    world.sleeps = sleeps
    with quiet():
        world.run()
    assert not world.watch.violations
    ((state,),) = world.database.rows("SELECT state FROM conversation WHERE id = 'sam'")
    assert '"next_date":"2026-11-21"' in state


class Midnight(Rehearsal):
    """Sam says "tomorrow" two seconds before midnight in Berlin, to a program that may sleep."""

    sleeps = 0

    async def story(self):
        await self.start("one")
        sam = persons()[0].addresses[0]
        self.loop.at = 7 * 3600 + 3540.0
        for word in ("record", "Nordlicht", None, "no", "ill", "Call"):
            await self.platform.send(sam, self._event(sam, word))
            await self.replicas[0].breath(3)
        await self.replicas[0].breath(8 * 3600 - 2 - self.loop.at)
        if self.sleeps:
            self.replicas[0].pause(self.sleeps)
        await self.platform.send(sam, Said("tomorrow"))
        await self._rest()
        self.over = True
        await self.replicas[0].stop()
