"""A wired program from start to stop: supervised channels, sweep, web server, a clean end."""

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from bot import health
from bot.ownkeys import PATH as KEY_PATH
from bot.redaction import hide
from bot.replicas import Replicas
from bot.showcase import PICTURES as LEDGER_PICTURES
from bot.wiring import (
    PICTURES,
    Persona,
    Program,
    Site,
    languages_of,
    listening,
    menu_of,
    page_words,
)
from dialogs.people import Address, Person
from dialogs.ports import Accept, Channel, HttpHook, PathPage

log = logging.getLogger(__name__)

DRAIN_S = 10.0
COLLECT_AFTER = (20_000, 20, 50)
PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
LOOK_S = 0.25


@asynccontextmanager
async def running(program: Program, personas: Sequence[Persona] = ()) -> AsyncIterator[str]:
    """Run until the block ends; yields the web server's address."""
    calm_collector()
    hide.learn(program.settings.secrets)
    await program.core.start(program.deliveries.deliver)
    tasks: list[asyncio.Task[None]] = []
    settings = program.settings
    try:
        async with listening(_site(program, tuple(personas)), settings.host, settings.port) as url:
            tasks += [asyncio.create_task(work) for work in _work(program)]
            yield url
            await _end(tasks)
    finally:
        await _end(tasks)
        await _close(program)


def calm_collector() -> None:
    """Let the garbage collector leave alone what stays for good, and look less often.

    A turn makes a few hundred short-lived values and no cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


async def _close(program: Program) -> None:
    """Finish what is under way; what can't be finished comes back after its lease."""
    await program.deliveries.drain(DRAIN_S)
    await program.core.stop()
    for channel in program.channels.values():
        await channel.close()
    program.painting.close()
    program.crm.close()
    program.store.close()


def _work(program: Program) -> list[Coroutine[Any, Any, None]]:
    serve = [_supervised(name, _serving(program, name)) for name in program.channels]
    dispatch = _supervised("dispatcher", program.dispatcher.run)
    roll_call = _supervised("roll call", program.roll_call.run)
    leads = _supervised("leads", program.leads.run)
    watched = set(program.channels) - {program.web.name}
    vigil = _supervised("vigil", partial(program.vigil.run, watched))
    watch = (
        [_supervised("calendar watch", program.calendar.run)] if program.settings.calendar_s else []
    )
    own = [dispatch, roll_call, leads, vigil, *watch]
    return [*serve, *own, program.pulse.run(), program.deliveries.greet()]


def _serving(program: Program, name: str) -> Callable[[], Coroutine[Any, Any, None]]:
    serve = partial(_serve, program.channels[name], program.turnstile.accept)
    if name not in program.polls or program.store.sole:
        return serve
    return partial(_while_leading, name, program.replicas, serve)


async def _serve(channel: Channel, accept: Accept) -> None:
    await channel.serve(accept)


async def _while_leading(
    name: str, replicas: Replicas, serve: Callable[[], Coroutine[Any, Any, None]]
) -> None:
    """Receive while this is the replica that leads; the others stand by."""
    while True:
        while not replicas.leads:  # noqa: ASYNC110 - time passing ends it, no event does
            await asyncio.sleep(LOOK_S)
        log.info("this replica receives from %s", name)
        receiving = asyncio.create_task(serve())
        try:
            while replicas.leads and not receiving.done():
                await asyncio.wait([receiving], timeout=LOOK_S)
        finally:
            receiving.cancel()
        await asyncio.wait([receiving])
        if not receiving.cancelled():
            receiving.result()


async def _supervised(name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run it; if it dies, say so and start it again after a growing pause."""
    pause = PAUSE_S
    while True:
        try:
            await work()
        except Exception:
            log.exception("%s died; it starts again in %.0f s", name, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)
        else:
            return


async def _end(tasks: Sequence["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _site(program: Program, personas: tuple[Persona, ...]) -> Site:
    hooks: dict[str, HttpHook] = {}
    for channel in program.channels.values():
        hooks |= channel.hooks(program.turnstile.accept)

    def who(account: str) -> Person | None:
        return program.people.behind(Address("web", account, account))

    pages: dict[str, PathPage] = {PICTURES: program.web.picture}
    if program.key_form is not None:
        pages[KEY_PATH] = program.key_form
    if program.has_ledger:
        pages[LEDGER_PICTURES] = program.ledger_picture
    return Site(
        accept=program.turnstile.accept,
        hooks=hooks,
        chat=program.web,
        who=who,
        menu=partial(menu_of, program.library),
        languages=partial(languages_of, program.library),
        words=page_words,
        ready=lambda: health.troubles(program),
        metrics=lambda: health.metrics(program),
        personas=personas,
        look=program.look if program.has_ledger else None,
        pages=pages,
    )


async def until_told_to_stop() -> None:
    """Return on SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
