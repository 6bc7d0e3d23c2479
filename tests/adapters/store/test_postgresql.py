"""PostgreSQL's own troubles: a connection lost, a server away, a login refused, rows held long."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress

import psycopg
import pytest

from adapters.store.postgresql import Numbers, PostgresqlEngine, Texts
from adapters.store.store import SqlStore
from bot.writer import Worked, Writer
from dialogs.books import Books
from dialogs.errors import StoreUnavailable
from dialogs.rows import Arrived
from tests.adapters.store.conftest import Opener
from tests.rig.postgres import PostgresServer

CUT = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE application_name = 'dealdesk' AND datname = current_database()"
)


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    return postgres.new_database()


@pytest.fixture
def store(url: str, opened: Opener) -> SqlStore:
    store = opened(url)
    store.prepare()
    return store


def test_a_connection_lost_while_idle_is_replaced(
    store: SqlStore, url: str, postgres: PostgresServer
) -> None:
    assert accept(store, "a") == [True]
    postgres.sql(CUT, name_of(url))
    assert accept(store, "a") == [False]


def test_a_connection_lost_in_a_transaction_keeps_nothing(
    store: SqlStore, url: str, postgres: PostgresServer
) -> None:
    def lose_it() -> None:
        with store.transaction() as books:
            books.accept([event("a")])
            postgres.sql(CUT, name_of(url))
            books.accept([event("b")])

    with pytest.raises(StoreUnavailable, match="check that PostgreSQL runs"):
        lose_it()
    assert accept(store, "a") == [True]


def test_a_connection_lost_before_the_commit_keeps_nothing(
    store: SqlStore, url: str, postgres: PostgresServer
) -> None:
    def lose_it() -> None:
        with store.transaction() as books:
            books.accept([event("a")])
            postgres.sql(CUT, name_of(url))

    with pytest.raises(StoreUnavailable):
        lose_it()
    assert accept(store, "a") == [True]


def test_g6_a_server_that_was_away_is_used_again(
    own_postgres: PostgresServer, opened: Opener
) -> None:
    store = opened(own_postgres.new_database())
    store.prepare()
    own_postgres.kill()
    with pytest.raises(StoreUnavailable, match=r"rig:\*\*\*@.* can't be used: check"):
        accept(store, "a")
    own_postgres.start()
    assert accept(store, "a") == [True]


def test_a_wrong_password_is_said_without_telling_it(
    postgres: PostgresServer, opened: Opener
) -> None:
    url = postgres.new_database().replace(":rig@", ":hunter2@")
    with pytest.raises(StoreUnavailable, match="password authentication failed") as refused:
        opened(url).prepare()
    assert "hunter2" not in str(refused.value)


def test_a_database_that_is_missing_is_to_be_created(
    postgres: PostgresServer, opened: Opener
) -> None:
    with pytest.raises(StoreUnavailable, match=r"\"nowhere\" does not exist"):
        opened(postgres.url("nowhere")).prepare()


def test_g7_a_read_only_copy_keeps_nothing_and_says_so(
    store: SqlStore, url: str, postgres: PostgresServer
) -> None:
    postgres.sql(f'ALTER DATABASE "{name_of(url)}" SET default_transaction_read_only = on')
    postgres.sql(CUT, name_of(url))
    with pytest.raises(StoreUnavailable, match="name the primary server"):
        accept(store, "a")


def test_g7_rows_held_too_long_by_another_keep_nothing_and_say_so(
    store: SqlStore, url: str
) -> None:
    accept(store, "a")
    cursor_of(store).execute(b"SET lock_timeout = '50ms'")
    with psycopg.connect(url.replace("+psycopg", "")) as other:
        other.execute("LOCK TABLE inbox")
        with pytest.raises(StoreUnavailable, match="busy with the same rows"):
            accept(store, "b")
    assert accept(store, "b") == [True]


def test_columns_of_a_batch_arrive_as_they_were(store: SqlStore) -> None:
    texts = ["", "plain", None, 'quote " comma , brace } backslash \\', "Grüße ☃", "NULL", "\n"]
    numbers = [0, -1, None, 2**62, -(2**62)]
    with store.transaction():
        asked = cursor_of(store).execute(b"SELECT $1, $2", [Texts(texts), Numbers(numbers)])
        assert asked.fetchone() == (texts, numbers)


def test_a_server_that_hangs_is_noticed_on_both_sides(store: SqlStore) -> None:
    with store.transaction():
        shown = cursor_of(store).execute(
            b"SELECT name, setting FROM pg_settings WHERE name = ANY($1)",
            [["idle_in_transaction_session_timeout", "lock_timeout", "tcp_keepalives_idle"]],
        )
        settings = dict(shown.fetchall())
    assert settings == {
        "idle_in_transaction_session_timeout": "5000",
        "lock_timeout": "800",
        "tcp_keepalives_idle": "10",
    }
    options = cursor_of(store).connection.info.get_parameters()
    assert (options["connect_timeout"], options["keepalives_idle"]) == ("2", "10")


def event(key: str) -> Arrived:
    return Arrived(key, "telegram:1", "event", 0, "{}")


def accept(store: SqlStore, key: str) -> list[bool]:
    with store.transaction() as books:
        return books.accept([event(key)])


def cursor_of(store: SqlStore) -> psycopg.Cursor[tuple[object, ...]]:
    assert isinstance(store._engine, PostgresqlEngine)
    return store._engine._cursor


def name_of(url: str) -> str:
    return url.rpartition("/")[2]


async def test_g8_programs_that_lock_in_opposite_order_both_come_to_an_end(
    url: str, store: SqlStore, opened: Opener
) -> None:
    """Two rounds of turns in one transaction lock in the order in which they happen."""
    writers = [Writer(one, _locked) for one in (store, opened(url))]
    for writer in writers:
        writer.start()
    orders = (("a", "b"), ("b", "a"))
    for _ in range(5):
        asked = [writer.ask(order) for writer, order in zip(writers, orders, strict=True)]
        assert await asyncio.gather(*asked) == ["locked", "locked"]
    for writer in writers:
        await writer.stop()


def _locked(books: Books, requests: Sequence[tuple[str, str]]) -> Worked[str]:
    for first, second in requests:
        books.take([first])
        time.sleep(0.05)
        books.take([second])
    return Worked(["locked" for _ in requests])


def test_g7_a_server_without_a_connection_to_spare_keeps_nothing_and_says_so(
    own_postgres: PostgresServer, opened: Opener
) -> None:
    url = own_postgres.new_database()
    store = opened(url)
    store.prepare()
    store.close()
    with ExitStack() as others:
        crowd(others, url)
        with pytest.raises(StoreUnavailable, match="too many clients"):
            accept(store, "a")
    assert accept(store, "a") == [True]


def crowd(others: ExitStack, url: str) -> None:
    """Take every connection there is."""
    with suppress(psycopg.OperationalError):
        while True:
            others.enter_context(psycopg.connect(url.replace("+psycopg", "")))


def test_h3_a_program_of_the_release_before_works_on_beside_the_new_one(
    store: SqlStore, url: str
) -> None:
    """It leases without a holder: that lease runs out by its time, as it always did."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as older:
        older.execute(OLDER)
        with store.transaction() as books:
            books.beat()
            assert books.claim(999, 2_000, 10) == []
            (taken,) = books.claim(1_000, 2_000, 10)
        assert (taken.key, taken.attempts) == ("k", 2)
        fenced = "UPDATE intent SET status = 'done' WHERE seq = %s AND attempts = 1"
        assert older.execute(fenced, [taken.seq]).rowcount == 0


OLDER = (
    "INSERT INTO intent (key, target, order_key, conversation, body, blocking, attempts, due,"
    " lease_until, created) VALUES ('k', 'chat', 'o', 'c', '{}', 1, 1, 1000, 1000, 1)"
)
