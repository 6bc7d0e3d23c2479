"""People and where they are reached, lists, the web chat's history, numbers, forgetting."""

from dataclasses import replace

from adapters.store.tables import inbox, intent, timer
from dialogs.people import Address, Person
from dialogs.rows import Done, Message, StoredCase, Verdict
from tests.contracts.store.rows import (
    DAY,
    LEASE,
    NOW,
    SECOND,
    alarm,
    came,
    claim,
    entry,
    question,
    say,
    settle,
    turn,
)
from tests.contracts.store.stores import Stores

SLACK = Address("slack", "T1:U1", "D1")
TELEGRAM = Address("telegram", "42", "42")
SAM = Person("sam", "Sam", "sales", "de", "Europe/Vienna", "sam@example.com", 7, (TELEGRAM, SLACK))
MARA = Person("mara", "Mara", "management")


class Desk:
    def test_a_person_is_kept_with_the_address_used_last_first(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_person(SAM)
            books.keep_person(MARA)
        with stores.books() as books:
            assert books.people() == [MARA, SAM]

    def test_a_person_is_replaced_with_the_addresses(self, stores: Stores) -> None:
        changed = replace(SAM, name="Samuel", login=None, addresses=(SLACK,))
        with stores.books() as books:
            books.keep_person(SAM)
            books.keep_person(changed)
            assert books.people() == [changed]

    def test_the_order_of_the_addresses_can_change(self, stores: Stores) -> None:
        turned = replace(SAM, addresses=(SLACK, TELEGRAM))
        with stores.books() as books:
            books.keep_person(SAM)
            books.keep_person(turned)
            assert books.people() == [turned]

    def test_an_address_moves_to_the_person_who_proved_it(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_person(SAM)
            books.keep_person(replace(MARA, addresses=(TELEGRAM,)))
            mara, sam = books.people()
        assert (mara.addresses, sam.addresses) == ((TELEGRAM,), (SLACK,))

    def test_cases_are_listed_the_newest_first(self, stores: Stores) -> None:
        for n, (name, owner) in enumerate([("c1", "sam"), ("c2", "sofia"), ("c3", "sam")]):
            with stores.books() as books:
                books.accept([came()])
                (taken,) = books.take(["telegram:1"])
                case = StoredCase(name, owner, "step", f'"{name}"')
                done = Done(taken.seq, "telegram:1", "{}", taken.version, cases=(case,))
                books.write([done], NOW + n, LEASE)
        with stores.books() as books:
            assert books.case_list("sam") == [("c3", '"c3"'), ("c1", '"c1"')]
            assert [name for name, _ in books.case_list(None)] == ["c3", "c2", "c1"]

    def test_open_questions_are_listed_in_the_order_asked(self, stores: Stores) -> None:
        turn(stores, approvals=(question("a"), question("b")))
        with stores.books() as books:
            assert books.open_approvals() == [question("a"), question("b")]

    def test_the_open_questions_about_the_same_case_are_found_from_any_of_them(
        self, stores: Stores
    ) -> None:
        asked = (question("a"), question("b"), question("c", "case-2"), question("d"))
        turn(stores, approvals=asked, verdicts=(Verdict("a", "rejected", "mara"),))
        with stores.books() as books:
            assert books.open_beside(["a"]) == ["b", "d"]
            assert books.open_beside(["c", "d"]) == ["b", "c", "d"]
            assert books.open_beside(["unknown"]) == []

    def test_the_history_gives_the_last_messages_the_oldest_first(self, stores: Stores) -> None:
        with stores.books() as books:
            for n in range(4):
                books.post("web", "sam", f"m{n}", f'"{n}"', NOW + n)
            books.post("web", "mara", "m9", '"9"', NOW)
            expected = [Message("m2", '"2"', NOW + 2), Message("m3", '"3"', NOW + 3)]
            assert books.history("web", "sam", 2) == expected
            assert books.history("web", "nobody", 2) == []

    def test_a_message_posted_again_is_replaced_where_it_stands(self, stores: Stores) -> None:
        with stores.books() as books:
            books.post("web", "sam", "m1", '"old"', NOW)
            books.post("web", "sam", "m2", '"other"', NOW)
            books.post("web", "sam", "m1", '"new"', NOW + 1)
            told = [(message.ref, message.body) for message in books.history("web", "sam", 5)]
        assert told == [("m1", '"new"'), ("m2", '"other"')]

    def test_what_waits_is_counted(self, stores: Stores) -> None:
        turn(
            stores,
            entry("e1"),
            say("k1"),
            timers=(alarm("t", NOW + 7),),
            approvals=(question("q"),),
        )
        with stores.books() as books:
            books.accept([came(at=NOW - 9), came(at=NOW - 3)])
            counts = books.counts()
        assert counts == {
            "inbox.new": 2,
            "inbox.new.oldest": NOW - 9,
            "inbox.dead": 0,
            "timer.armed": 1,
            "timer.armed.oldest": NOW + 7,
            "approval.open": 1,
            "approval.open.oldest": NOW,
            "intent.chat.pending": 1,
            "intent.chat.pending.oldest": NOW,
            "intent.crm.pending": 1,
            "intent.crm.pending.oldest": NOW,
            "intent.search.pending": 0,
            "intent.lookup.pending": 0,
            "intent.rights.pending": 0,
            "intent.invite.pending": 0,
            "intent.chat.dead": 0,
            "intent.crm.dead": 0,
            "intent.search.dead": 0,
            "intent.lookup.dead": 0,
            "intent.rights.dead": 0,
            "intent.invite.dead": 0,
            "conversation": 1,
            "case_file": 0,
            "person": 0,
        }

    def test_what_failed_is_counted(self, stores: Stores) -> None:
        settle(stores, turn(stores, entry("e1"))[0], "dead")
        with stores.books() as books:
            books.accept([came()])
            (taken,) = books.take(["telegram:1"])
            books.stumble(taken.seq, "KeyError", dead=True)
            counts = books.counts()
        assert (counts["intent.crm.dead"], counts["inbox.dead"], counts["inbox.new"]) == (1, 1, 0)

    def test_the_content_of_what_is_finished_is_forgotten(self, stores: Stores) -> None:
        settle(stores, turn(stores, entry("e1"), timers=(alarm("t"),))[0], "done")
        with stores.books() as books:
            assert books.forget(NOW) == 0
            assert books.forget(NOW + 1) == 2
            assert books.forget(NOW + 1) == 0
        assert [row["payload"] for row in stores.table(inbox)] == [""]
        assert [row["body"] for row in stores.table(intent)] == [""]

    def test_keys_stay_known_for_seven_days_more(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came("tg:1:77")])
            (taken,) = books.take(["telegram:1"])
            done = Done(taken.seq, "telegram:1", "{}", 0, intents=(say("k77"),))
            (claimed,) = books.write([done], NOW, LEASE)
        settle(stores, claimed, "done")
        with stores.books() as books:
            books.forget(NOW + 7 * DAY)
            assert books.accept([came("tg:1:77")]) == [False]
            assert books.forget(NOW + 7 * DAY + 1) == 2
            assert books.accept([came("tg:1:77")]) == [True]
        assert stores.table(intent) == []

    def test_what_waits_or_failed_is_never_forgotten(self, stores: Stores) -> None:
        dead, _ = turn(stores, entry("e1"), say("k1"), timers=(alarm("t1"), alarm("t2")))
        settle(stores, dead, "dead", error="no such stage")
        turn(stores, cancelled=("t2",))
        with stores.books() as books:
            books.accept([came("waits")])
            books.forget(NOW + 30 * DAY)
            assert books.accept([came("waits")]) == [False]
            (line,) = books.deliveries(["dead"], 5)
        assert (line.error, line.body) == ("no such stage", '{"entry": "e1"}')
        assert [one.key for one in claim(stores, LEASE)] == ["k1"]
        assert [row["id"] for row in stores.table(timer)] == ["t1"]

    def test_a_number_is_never_given_twice(self, stores: Stores) -> None:
        (first,) = turn(stores, say("k1"))
        settle(stores, first, "done")
        with stores.books() as books:
            books.forget(NOW + 30 * DAY)
        (second,) = turn(stores, say("k2"))
        assert second.seq > first.seq
        assert claim(stores, NOW + SECOND) == []
