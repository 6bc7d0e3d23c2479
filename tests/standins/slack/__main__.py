"""Run by hand: `python -m tests.standins.slack --port 8082` prints addresses and tokens."""

import argparse
import asyncio

from .standin import SlackStandin

PEOPLE = (("U1", "Sam Sales"), ("U2", "Mia Manager"), ("U3", "Piet Project"))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.standins.slack", description=__doc__)
    parser.add_argument("--port", type=int, default=8082, help="0 takes a free one")
    parser.add_argument("--events", help="deliver to this address by HTTP, not by Socket Mode")
    return parser.parse_args()


async def serve(port: int, events: str | None) -> None:
    slack = SlackStandin()
    people = [slack.person(*each, email=f"{each[0].lower()}@example.com") for each in PEOPLE]
    slack.channel("C1", "sales", members=people)
    async with slack.running(port):
        if events:
            await slack.hears_by_http(events)
        print(addresses(slack), flush=True)  # noqa: T201 - what it was started for
        await asyncio.Event().wait()


def addresses(slack: SlackStandin) -> str:
    return "\n".join(
        [
            f"page             {slack.url}/__page",
            f"Web API          {slack.api_url}",
            f"bot token        {slack.tokens.bot}",
            f"app-level token  {slack.tokens.app_level}",
            f"signing secret   {slack.signing_secret}",
        ]
    )


def main() -> None:
    asked = arguments()
    try:
        asyncio.run(serve(asked.port, asked.events))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
