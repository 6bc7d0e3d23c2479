"""What goes on after the answer harms nobody when it fails, and is waited for at the end."""

import asyncio

from adapters.slack.errands import Errands


async def test_an_errand_that_fails_is_reported_and_forgotten(caplog):
    errands = Errands()

    async def fails():
        raise RuntimeError("broken")

    errands.run(fails())
    await errands.finish()
    assert "please report it" in caplog.text


async def test_what_is_under_way_is_waited_for():
    errands, done = Errands(), []

    async def works():
        await asyncio.sleep(0)
        done.append("done")

    errands.run(works())
    await errands.finish()
    assert done == ["done"]
