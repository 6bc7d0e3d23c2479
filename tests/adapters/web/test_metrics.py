"""Counts of the store as Prometheus reads them."""

import re

from adapters.web.metrics import age_ms, exposition

COUNTS = {
    "inbox.new": 2,
    "inbox.new.oldest": 40_000,
    "intent.crm.pending": 3,
    "intent.crm.pending.oldest": 90_500,
    "timer.armed": 1,
    "timer.armed.oldest": 200_000,
    "approval.open": 0,
    "person": 7,
}
NOW = 100_000
SAMPLE = re.compile(r'[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-z_]+="[^"\\\n]*",?)+\})? -?[0-9.]+')


def test_every_line_is_one_that_prometheus_reads() -> None:
    text = exposition(COUNTS, 4, NOW)
    assert text.endswith("\n")
    lines = text.splitlines()
    samples = [line for line in lines if not line.startswith("#")]
    assert all(SAMPLE.fullmatch(line) for line in samples)
    families = {line.split("{")[0].split(" ")[0] for line in samples}
    assert families == {line.split(" ")[2] for line in lines if line.startswith("# TYPE")}
    assert len(samples) == len(set(samples))


def test_counts_and_ages_are_told_apart() -> None:
    lines = exposition(COUNTS, 4, NOW).splitlines()
    assert 'dealdesk_entries{table="inbox",status="new"} 2' in lines
    assert 'dealdesk_entries{table="intent",target="crm",status="pending"} 3' in lines
    assert 'dealdesk_entries{table="person"} 7' in lines
    assert (
        'dealdesk_oldest_age_seconds{table="intent",target="crm",status="pending"} 9.500' in lines
    )
    assert "dealdesk_open_pages 4" in lines


def test_what_is_not_due_yet_or_not_there_has_no_age() -> None:
    lines = exposition(COUNTS, 0, NOW).splitlines()
    assert 'dealdesk_oldest_age_seconds{table="timer",status="armed"} 0.000' in lines
    assert 'dealdesk_oldest_age_seconds{table="approval",status="open"} 0.000' in lines
    assert age_ms(COUNTS, "inbox.new", NOW) == 60_000
    assert age_ms(COUNTS, "approval.open", NOW) == 0
