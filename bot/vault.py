"""Seals what people entrust to us: AES-256-GCM, bound to whom it is about.

The only file that knows the cryptography package.
Several keys make a change of keys possible: the first seals, all of them open.
"""

import base64
import hashlib
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
NAME_LENGTH = 8


class Sealed(Exception):  # noqa: N818 - it names what it stays
    """None of our keys opens it."""


class Vault:
    """Master keys of 32 bytes each; at least one."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """The first key seals."""
        self._keys = {_name(key): AESGCM(key) for key in keys}
        self._first = _name(keys[0])

    def seal(self, secret: str, about: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        locked = self._keys[self._first].encrypt(nonce, secret.encode(), about.encode())
        return f"{self._first}.{base64.urlsafe_b64encode(nonce + locked).decode()}"

    def open(self, sealed: str, about: str) -> str:
        """Return the secret.

        Raises:
            Sealed: by another key, about somebody else, or damaged.
        """
        name, _, text = sealed.partition(".")
        try:
            raw = base64.urlsafe_b64decode(text)
            opened = self._keys[name].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about.encode())
        except (KeyError, ValueError, InvalidTag):
            raise Sealed from None
        return opened.decode()

    def knows(self, sealed: str) -> bool:
        return sealed.partition(".")[0] in self._keys

    def is_current(self, sealed: str) -> bool:
        """False when it should be sealed anew, with the first key."""
        return sealed.partition(".")[0] == self._first


def _name(key: bytes) -> str:
    """Tell keys apart without telling them."""
    return hashlib.sha256(b"dealdesk master key" + key).hexdigest()[:NAME_LENGTH]
