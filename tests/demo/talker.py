"""Somebody at a page: reads the question, types or presses the answer, waits for what comes."""

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect


@dataclass(frozen=True)
class Press:
    """Press the button with this text."""

    text: str


@dataclass(frozen=True)
class Ticks:
    """Tick these, then press the last button named."""

    texts: tuple[str, ...]
    done: str = "Done"


class Talker:
    """One person's pane."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.pane = page.get_by_role("region", name=name)
        self.box = self.pane.get_by_role("textbox")
        self.messages = self.pane.locator(".msg")
        self.newest = self.pane.locator(".msg.desk").last
        self.prompt = self.newest.locator(".prompt")
        self.state = self.pane.get_by_role("status")

    def button(self, text: str) -> Locator:
        """The newest button with this text."""
        return self.pane.get_by_role("button", name=text, exact=True).last

    async def types(self, text: str) -> None:
        """Type and send; the page shows it at once."""
        await self.box.fill(text)
        await self.box.press("Enter")
        await expect(self.pane.locator(".msg.own p").last).to_have_text(text)

    async def asked(self, prompt: str) -> None:
        """Wait until this is what the newest message asks."""
        await expect(self.prompt).to_have_text(prompt)

    async def told(self, text: str) -> None:
        await expect(self.newest).to_contain_text(text)

    async def answers(self, answer: "str | Press | Ticks") -> None:
        """Answer; returns once the page shows something newer than the question."""
        if isinstance(answer, Ticks):
            await self._ticks(answer.texts)
            answer = Press(answer.done)
        before = await self.newest.get_attribute("data-ref"), await self.newest.inner_text()
        if isinstance(answer, Press):
            await self.button(answer.text).click()
        else:
            await self.types(answer)
        await self._moved(before)

    async def _ticks(self, texts: tuple[str, ...]) -> None:
        for text in texts:
            await self.button(text).click()
            await expect(self.button(text)).to_have_attribute("aria-pressed", "true")

    async def led(self, answers: Mapping[str, "str | Press | Ticks"], until: str) -> None:
        """Answer every question as the table says, until this one is asked.

        A question that the table does not know, as a new playbook may have it, is skipped.
        """
        for _ in range(60):
            prompt = await self.prompt.inner_text()
            if prompt == until:
                return
            await self.answers(answers.get(prompt, Press("Skip")))
        raise AssertionError(f"{until!r} was never asked")

    async def _moved(self, before: tuple[str | None, str]) -> None:
        await self.page.wait_for_function(
            """([name, ref, text]) => {
                const pane = [...document.querySelectorAll(".pane.chat")].find(
                    (one) => one.querySelector("h2").textContent === name);
                const newest = [...pane.querySelectorAll(".msg.desk")].at(-1);
                if (newest.dataset.ref !== ref) return true;
                return newest.innerText !== text && !newest.matches(".quiet"); // its follower comes
            }""",
            arg=[self.name, *before],
        )  # fmt: skip
