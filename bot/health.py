"""What the operator is told: what keeps the program from its work, and its counts.

Knows the program's parts; how a page or Prometheus looks is the web adapter's business.
"""

from bot.wiring import Program, age_ms, exposition, gauge
from dialogs.errors import StoreUnavailable

OLDEST_EVENT_MS = 60_000


async def troubles(program: Program) -> list[str]:
    """What keeps events from being taken or chats from being written to.

    A CRM that is away is no trouble: deliveries wait for it.
    """
    try:
        counts = await program.core.do(lambda books: books.counts())
    except StoreUnavailable as error:
        return [f"the store is away: {error}"]
    late = age_ms(counts, "inbox.new", program.clock.now()) > OLDEST_EVENT_MS
    waiting = "events wait for their turn for more than a minute" if late else ""
    chats = program.deliveries.chats.troubles()
    closed = (f"{name}: {trouble}" for name, trouble in chats.items() if trouble)
    return [trouble for trouble in (waiting, program.pulse.trouble, *closed) if trouble]


async def metrics(program: Program) -> str:
    counts = await program.core.do(lambda books: books.counts())
    pages, now = program.web.open_pages, program.clock.now()
    whole = exposition(counts, pages, now, lag=program.pulse.lag)
    return whole + "".join(f"{line}\n" for line in _chat_lines(program))


def _chat_lines(program: Program) -> list[str]:
    works = {
        f'{{channel="{name}"}}': str(int(not trouble))
        for name, trouble in program.deliveries.chats.troubles().items()
    }
    refused = {
        f'{{why="{why}"}}': str(count) for why, count in sorted(program.turnstile.refused.items())
    }
    return [
        *gauge("dealdesk_channel_works", "1 while the chat receives and shows.", works),
        *gauge("dealdesk_refused_inputs", "Inputs not let in since the start.", refused),
    ]
