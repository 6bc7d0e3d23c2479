"""What both protocols do for the rest of this folder: call a model's method before a moment."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from adapters.odoo.errors import OdooDenied
from dialogs.errors import OwnKeyDenied

NamedArguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One remote call: named arguments only, `context` among them; `ids` are the records."""

    model: str
    method: str
    ids: Sequence[int] | None
    named: NamedArguments


class Driver(Protocol):
    """One way to speak to Odoo. Safe to use from several threads."""

    @property
    def name(self) -> str: ...

    def call(self, call: Call, until: float) -> Any:
        """Make exactly one request (the first one logs in) and return the method's result.

        Raises:
            CrmUnavailable: not answered clearly before `until`, a moment of `time.monotonic`.
            OdooRefused: Odoo said no.
        """
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Session:
    """A driver and the moment by which everything asked through it has to be over."""

    driver: Driver
    until: float
    release: int
    """Major version of the server: 19 for 19.0, 18 for saas~18.2."""
    writer: Driver | None = None
    """The person's own account, where they gave a key: what is written is written with it."""

    @property
    def has_time(self) -> bool:
        return time.monotonic() < self.until

    def call(
        self, model: str, method: str, ids: Sequence[int] | None = None, /, **named: object
    ) -> Any:
        return self.driver.call(Call(model, method, ids, named), self.until)

    def write(
        self, model: str, method: str, ids: Sequence[int] | None = None, /, **named: object
    ) -> Any:
        """Change something; what has to be seen for it is looked up by the service account.

        Raises:
            OwnKeyDenied: Odoo does not know the person's key, or no longer.
        """
        if self.writer is None:
            return self.call(model, method, ids, **named)
        try:
            return self.writer.call(Call(model, method, ids, named), self.until)
        except OdooDenied:
            raise OwnKeyDenied("Odoo does not accept the author's own API key.") from None

    def later(self, seconds: float) -> "Session":
        """The same with a new end, for work that is many calls (set-up)."""
        return replace(self, until=time.monotonic() + seconds)
