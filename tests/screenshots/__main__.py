"""`python -m tests.screenshots [part …]`: all pictures, or those of the parts that are named."""

import asyncio
import sys

from tests.rig.odoo import OdooServer, serve_odoo
from tests.rig.places import REPOSITORY, plainly
from tests.rig.processes import Workshop
from tests.screenshots import (
    briefing_picture,
    demo_pictures,
    drawing_pictures,
    record_pictures,
    slack_pictures,
    telegram_pictures,
)
from tests.screenshots.camera import Camera, camera
from tests.screenshots.company import furnish

CHATS = {"telegram": telegram_pictures, "slack": slack_pictures}
DEMOS = {"demo": demo_pictures, "briefing": briefing_picture, "drawings": drawing_pictures}
PARTS = (*DEMOS, *CHATS, "records")


async def main(parts: tuple[str, ...]) -> None:
    with Workshop() as workshop:
        async with camera(workshop) as ours:
            for part in (one for one in DEMOS if one in parts):
                await DEMOS[part].take(ours, workshop)
            await _chats(ours, workshop, [part for part in CHATS if part in parts])
            if "records" in parts:
                odoo = await asyncio.to_thread(serve_odoo, workshop)
                await record_pictures.take(ours, workshop, odoo)
            for path in ours.taken:
                sys.stdout.write(f"{path.relative_to(REPOSITORY)}\n")


async def _chats(ours: Camera, workshop: Workshop, parts: list[str]) -> None:
    if not parts:
        return
    odoo: OdooServer = await asyncio.to_thread(serve_odoo, workshop)
    furnish(odoo)
    for part in parts:
        await CHATS[part].take(ours, workshop, odoo)


if __name__ == "__main__":
    chosen = tuple(sys.argv[1:]) or PARTS
    if not set(chosen) <= set(PARTS):
        sys.exit(f"Usage: python -m tests.screenshots [{' | '.join(PARTS)}]")
    with plainly():
        asyncio.run(main(chosen))
