"""Bugs in the life of a case: moves, stages, what is parked, lost and taken up again."""

from dataclasses import replace
from unittest.mock import ANY, patch

from dialogs import adoption, entries, handover, moves, stages
from dialogs.case import Lifecycle
from tests.simulator.planting import planted


@planted
def move_applied_again_by_a_second_tap():
    with patch.object(moves, "standing", lambda rules, case: ANY):
        yield


@planted
def move_without_a_line_in_the_audit():
    real = moves._moved
    with patch.object(moves, "_moved", lambda *given: replace(real(*given), audit=())):
        yield


@planted
def taken_up_again_where_its_stage_begins():
    real = Lifecycle._returned

    def returned(self, case, back):
        steps = self.playbook.steps.values()
        begins = next(step.id for step in steps if step.stage == case.stage)
        return real(self, case, begins)

    with patch.object(Lifecycle, "_returned", returned):
        yield


@planted
def day_of_a_parked_case_forgotten_while_it_was_lost():
    real = Lifecycle._returned

    def returned(self, case, back):
        return replace(real(self, case, back), parked_until="")

    with patch.object(Lifecycle, "_returned", returned):
        yield


@planted
def round_that_is_not_counted():
    with patch.object(Lifecycle, "_begins_round", lambda self, step: False):
        yield


@planted
def stage_left_without_its_criteria():
    with patch.object(stages, "lacking", lambda rules, case, stage=None: []):
        yield


@planted
def lost_here_and_open_in_the_crm():
    with patch.object(entries, "_closing", lambda *given: None):
        yield


@planted
def handed_over_and_the_crm_was_not_told_to_whom():
    real = handover._delivery

    def delivery(*given, **more):
        return replace(real(*given, **more), passed_on=False)

    with patch.object(handover, "_delivery", delivery):
        yield


@planted
def taken_over_and_the_crm_was_not_told_by_whom():
    real = adoption._delivery

    def delivery(*given, **more):
        return replace(real(*given, **more), passed_on=False)

    with patch.object(adoption, "_delivery", delivery):
        yield


@planted
def taken_over_without_a_line_in_the_audit():
    real = adoption._given
    with patch.object(adoption, "_given", lambda *given: replace(real(*given), audit=())):
        yield
