"""Who calls which Odoo: address, database and credentials; knows no protocol."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """One user of one database; the secret is a password or an API key and is never shown."""

    url: str
    database: str
    login: str
    secret: str = field(repr=False)

    @property
    def site(self) -> str:
        """The address without a slash at its end."""
        return self.url.rstrip("/")

    @property
    def has_key(self) -> bool:
        """True when the secret looks like one of Odoo's API keys: 40 hexadecimal digits."""
        return re.fullmatch(r"[0-9a-f]{40}", self.secret) is not None

    def without_secret(self, text: str) -> str:
        return text.replace(self.secret, "***") if self.secret else text
