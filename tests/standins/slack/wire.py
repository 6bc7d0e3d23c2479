"""The TCP connection under a request, for faults that happen below HTTP.

Knows uvicorn's protocol objects; nothing else here does.
"""

import asyncio
import socket
import struct
from typing import Any

RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 seconds


def transport_of(receive: Any) -> asyncio.Transport:
    """The transport behind an ASGI `receive`, which uvicorn binds to its connection."""
    transport: asyncio.Transport = receive.__self__.transport
    return transport


def reset(transport: asyncio.Transport) -> None:
    """Break the connection so that the other side sees "connection reset by peer"."""
    raw = transport.get_extra_info("socket")
    if raw is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    transport.abort()
