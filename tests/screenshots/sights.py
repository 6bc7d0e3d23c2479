"""What a person photographs: the paper form of an appointment, filled in by hand."""

from tests.screenshots.camera import Camera

PAPER = """
<body style="margin:0;background:#8a7a66"><div style="margin:30px 46px;padding:26px 34px;
height:700px;background:#fbfaf4;transform:rotate(-1.6deg);
font:italic 21px/2.1 cursive;color:#1b2a6b">
<div style="font:bold 17px sans-serif;color:#222">Customer appointment</div>
Airbus Hamburg GmbH<br>18 November, 9 am<br>Mrs Green, purchasing<br>Seats for the A320,
40 a week<br>Budget: 48,000<br>Next: send the offer</div>
"""


async def paper_form(camera: Camera) -> bytes:
    """A picture of it, as JPEG."""
    page = await camera.phone()
    await page.set_content(PAPER)
    taken = await page.screenshot(type="jpeg", quality=60)
    await page.context.close()
    return taken
