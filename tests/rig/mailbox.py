"""An SMTP server that delivers nothing: it keeps what arrives, and refuses who is called nobody."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

UNKNOWN = "nobody@"
"""Addresses that begin so are refused."""


@dataclass(frozen=True, slots=True)
class Received:
    """A mail as it came over the wire."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain", "html"))
        return str(body.get_content()) if body else ""


@dataclass
class Mailbox:
    """What has arrived, the oldest first."""

    port: int = 0
    mails: list[Received] = field(default_factory=list)

    def to(self, address: str) -> list[Received]:
        return [one for one in self.mails if address in one.recipients]


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Serve one on a free port of the loopback."""
    box = Mailbox()
    handler = type("Handler", (_Handler,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=[0.02])
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()


class _Handler(socketserver.StreamRequestHandler):
    """One connection; the few commands that a client needs."""

    box: Mailbox  # that of the subclass which the server uses

    def handle(self) -> None:
        self._say("220 mailbox")
        sender, recipients = "", list[str]()
        while line := self.rfile.readline().decode("utf-8", "replace").strip():
            word = line.upper()
            if word.startswith("MAIL FROM:"):
                sender, recipients = _address(line), []
                self._say("250 ok")
            elif word.startswith("RCPT TO:"):
                self._receive(_address(line), recipients)
            elif word == "DATA":
                self._say("354 go on")
                self.box.mails.append(self._read(sender, tuple(recipients)))
                self._say("250 kept")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _receive(self, address: str, recipients: list[str]) -> None:
        if address.startswith(UNKNOWN):
            self._say("550 no such user here")
        else:
            recipients.append(address)
            self._say("250 ok")

    def _read(self, sender: str, recipients: tuple[str, ...]) -> Received:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        return Received(sender, recipients, cast("EmailMessage", message))

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
