"""Files from the page: kept before it is said so, taken once, and only by who may send them."""

import asyncio
import logging

import httpx
import pytest

from adapters.web import uploads as web_uploads
from adapters.web.channel import account_of
from adapters.web.uploads import AT_ONCE_OF_ONE
from dialogs.errors import ChatRefused
from dialogs.events import Shared
from dialogs.files import Attached
from dialogs.limits import FILE, FILES, LIMITS
from tests.adapters.web.house import MIA, SAM, House, Visit

PHOTO = b"\xff\xd8\xff\xe0 a photo"
ACCOUNT = account_of(SAM)


async def uploads(
    client: httpx.AsyncClient,
    content: bytes = PHOTO,
    ref: str = "u1",
    token: str = SAM,
    **more: str,
) -> tuple[int, str]:
    headers = {"authorization": f"Bearer {token}", **more}
    answer = await client.post(f"/upload/{ref}", content=content, headers=headers)
    return answer.status_code, answer.text


async def posting(house: House, rest: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A request of Sam's as it is written, with the end of its head and what follows."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(house.url.rpartition(":")[2]))
    head = f"POST /upload/u1 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {SAM}\r\n"
    writer.write(head.encode() + rest)
    await writer.drain()
    return reader, writer


def share(*files: dict[str, str], text: str = "", name: str = "n1") -> dict[str, object]:
    return {"type": "share", "id": name, "text": text, "files": list(files)}


def file(ref: str = "u1", name: str = "photo.jpg", media: str = "image/jpeg") -> dict[str, str]:
    return {"id": ref, "name": name, "media": media}


async def sends(page: Visit, frame: dict[str, object]) -> dict[str, object]:
    await page.sends(frame)
    while (heard := await page.hears())["type"] == "message":
        pass
    return heard


async def test_a_file_is_kept_named_shown_and_fetched(
    house: House, client: httpx.AsyncClient
) -> None:
    assert await uploads(client) == (200, "kept")
    async with house.visited() as page:
        await page.sends(share(file(), text=" the paper form "))
        shown = await page.hears("message")
        assert (await page.hears("kept"))["new"] is True
    assert (shown["text"], shown["files"]) == (
        "the paper form",
        [{"name": "photo.jpg", "size": len(PHOTO)}],
    )
    (arrival,) = house.arrivals
    kept = Attached("web", f"{ACCOUNT}.u1", "photo.jpg", len(PHOTO))
    assert arrival.event == Shared("photo", (kept,), "the paper form")
    assert await house.chat.fetch(kept.ref, FILE) == PHOTO
    with pytest.raises(ChatRefused, match="larger"):
        await house.chat.fetch(kept.ref, len(PHOTO) - 1)
    await house.chat.let_go(kept.ref)
    with pytest.raises(ChatRefused, match="any more"):
        await house.chat.fetch(kept.ref, FILE)


async def test_the_kind_of_a_message_is_that_of_its_first_file(
    house: House, client: httpx.AsyncClient
) -> None:
    for ref in ("a", "b", "c"):
        await uploads(client, ref=ref)
    async with house.visited() as page:
        await sends(page, share(file("a", media="audio/ogg"), file("b"), name="n1"))
        await sends(page, share(file("c", media=""), name="n2"))
    told = [arrival.event for arrival in house.arrivals]
    assert [(one.kind, len(one.files)) for one in told if isinstance(one, Shared)] == [
        ("voice", 2),
        ("file", 1),
    ]


async def test_what_is_sent_again_is_taken_once(house: House, client: httpx.AsyncClient) -> None:
    assert await uploads(client) == (200, "kept")
    assert await uploads(client, b"%PDF- the same id with something else") == (200, "kept")
    async with house.visited() as page:
        assert (await sends(page, share(file())))["new"] is True
        assert (await sends(page, share(file())))["new"] is False
        await house.chat.let_go(f"{ACCOUNT}.u1")
        assert (await sends(page, share(file())))["new"] is False
    assert len(house.arrivals) == 1


async def test_an_upload_that_breaks_off_keeps_nothing_and_is_sent_again(
    house: House, client: httpx.AsyncClient
) -> None:
    _, writer = await posting(house, b"content-length: 1000\r\n\r\n" + PHOTO)
    writer.close()
    await writer.wait_closed()
    async with house.visited() as page:
        heard = await sends(page, share(file()))
        assert (heard["type"], heard["why"]) == ("error", "file_gone")
        assert house.files == {}
        assert await uploads(client) == (200, "kept")
        assert (await sends(page, share(file())))["new"] is True


async def test_a_file_is_not_confirmed_before_the_store_has_it(
    house: House, client: httpx.AsyncClient
) -> None:
    house.shut = 1
    assert await uploads(client) == (503, "store")
    assert house.files == {}
    assert await uploads(client) == (200, "kept")
    async with house.visited() as page:
        house.shut = 1
        heard = await sends(page, share(file()))
        assert (heard["type"], heard["why"]) == ("error", "store")
        assert (await sends(page, share(file())))["new"] is True


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"", (400, "file_empty")),
        (b"MZ\x90\x00 a program", (415, "file_kind")),
        (b"#!/bin/sh\n", (415, "file_kind")),
        (bytes(9), (415, "file_kind")),
        (PHOTO.ljust(FILE, b"x"), (200, "kept")),
    ],
    ids=["empty", "program", "script", "unknown", "largest"],
)
async def test_what_a_file_is_decides_its_content(
    house: House, client: httpx.AsyncClient, content: bytes, answer: tuple[int, str]
) -> None:
    assert await uploads(client, content) == answer
    assert len(house.files) == (answer[0] == httpx.codes.OK)


@pytest.mark.parametrize(
    "body",
    [
        f"content-length: {FILE + 1}\r\n\r\n".encode(),
        f"transfer-encoding: chunked\r\n\r\n{FILE + 1:x}\r\n".encode() + bytes(FILE + 1),
    ],
    ids=["says so", "says nothing"],
)
async def test_one_that_is_too_large_is_not_read_to_its_end(house: House, body: bytes) -> None:
    reader, writer = await posting(house, body)
    async with asyncio.timeout(10):
        assert b" 413 " in await reader.readline()
    writer.close()
    assert house.files == {}


async def test_one_that_does_not_come_is_not_waited_for_for_ever(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_uploads, "PATIENCE_S", 0.1)
    reader, writer = await posting(house, b"content-length: 99\r\n\r\n" + PHOTO)
    async with asyncio.timeout(10):
        assert b" 408 " in await reader.readline()
    writer.close()
    assert house.files == {}


@pytest.mark.parametrize(
    ("token", "headers"),
    [("x", {}), ("nobody", {}), (SAM, {"origin": "https://evil.example"})],
    ids=["a mark", "a stranger", "another site"],
)
async def test_who_may_not_speak_may_not_send(
    house: House, client: httpx.AsyncClient, token: str, headers: dict[str, str]
) -> None:
    assert await uploads(client, token=token, **headers) == (403, "stranger")
    assert house.files == {}


async def test_nobody_names_a_file_of_somebody_else(
    house: House, client: httpx.AsyncClient
) -> None:
    await uploads(client, token=MIA)
    async with house.visited() as page:
        for ref in ("u1", f"{account_of(MIA)}_u1"):
            assert (await sends(page, share(file(ref))))["why"] == "file_gone"
        assert (await sends(page, share(file(f"{account_of(MIA)}.u1"))))["why"] == "not_understood"
    assert house.arrivals == []


async def test_one_more_than_a_message_takes_is_refused(
    house: House, client: httpx.AsyncClient
) -> None:
    await uploads(client)
    async with house.visited() as page:
        heard = await sends(page, share(*[file()] * (FILES + 1)))
        assert (heard["type"], heard["why"], heard["id"]) == ("error", "file_many", "n1")
    assert house.arrivals == []


@pytest.mark.parametrize(
    "files",
    [
        [],
        "u1",
        [{"id": "u1"}],
        [file(), 5],
        [{"id": "../u1", "name": "x"}],
        [{"id": 1, "name": "x"}],
    ],
    ids=str,
)
async def test_a_message_without_its_files_is_none(house: House, files: object) -> None:
    async with house.visited() as page:
        heard = await sends(page, {**share(), "files": files})
        assert (heard["type"], heard["why"]) == ("error", "not_understood")
    assert house.arrivals == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etc_passwd"),
        ("..\\..\\evil.exe", "evil.exe"),
        ("a\r\nb\x00.pdf", "a__b_.pdf"),
        ("<script>alert(1)</script>.png", "script_alert(1)__script_.png"),
        ("/", "file"),
        ("x" * 500 + ".pdf", "x" * 76 + ".pdf"),
    ],
)
async def test_a_name_leads_nowhere(
    house: House, client: httpx.AsyncClient, name: str, kept: str
) -> None:
    await uploads(client)
    async with house.visited() as page:
        await sends(page, share(file(name=name)))
    (arrival,) = house.arrivals
    assert isinstance(arrival.event, Shared)
    assert [one.name for one in arrival.event.files] == [kept]


@pytest.mark.parametrize("ref", ["..%2F..%2Fx", "%2e%2e", "a%20b", "x" * 65, "a.b", ""])
async def test_an_address_leads_nowhere(house: House, client: httpx.AsyncClient, ref: str) -> None:
    assert (await uploads(client, ref=ref))[0] in {400, 404}
    assert house.files == {}


async def test_more_than_a_person_sends_is_put_off(house: House, client: httpx.AsyncClient) -> None:
    told = [(await uploads(client, ref=f"u{n}"))[0] for n in range(LIMITS.uploads.most + 1)]
    assert told == [*[200] * LIMITS.uploads.most, 429]
    assert (await uploads(client, token=MIA))[0] == httpx.codes.OK
    assert len(house.files) == LIMITS.uploads.most + 1


async def test_one_account_has_few_on_their_way_at_once(
    house: House, client: httpx.AsyncClient
) -> None:
    """The others keep their doors open meanwhile."""
    under_way = [
        await posting(house, b"content-length: 20\r\nexpect: 100-continue\r\n\r\n")
        for _ in range(AT_ONCE_OF_ONE)
    ]
    for reader, _ in under_way:
        assert b" 100 " in await reader.readline()
        assert await reader.readline() == b"\r\n"
    assert (await uploads(client, ref="more"))[0] == httpx.codes.TOO_MANY_REQUESTS
    assert (await uploads(client, token=MIA))[0] == httpx.codes.OK
    for reader, writer in under_way:
        writer.write(b"a text of 20 letters")
        async with asyncio.timeout(10):
            assert b" 200 " in await reader.readline()
        writer.close()
    assert (await uploads(client, ref="more"))[0] == httpx.codes.OK


async def test_a_secret_in_the_caption_leaves_nothing_behind(
    house: House, client: httpx.AsyncClient
) -> None:
    await uploads(client)
    async with house.visited() as page:
        await page.sends(share(file(), text=f"my key {'0af1' * 10}"))
        assert (await page.hears("kept"))["new"] is True
    assert [arrival.event for arrival in house.arrivals] == [Shared("key")]
    assert house.messages == {}


async def test_neither_name_nor_content_stands_in_the_log(
    house: House, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with house.visited() as page:
        for content in (b"%PDF- zyqaxwort", b"MZ zyqaxwort"):
            await uploads(client, content)
        await sends(page, share(file(name="wuxolqim.pdf")))
        await sends(page, share(file("nothing", name="wuxolqim.pdf"), name="n2"))
        house.shut = 1
        await house.chat.let_go(f"{ACCOUNT}.u1")
    said = [one.getMessage() for one in caplog.records if not one.name.startswith("websockets")]
    assert any("stays here" in one for one in said)
    assert not [one for one in said if "zyqaxwort" in one or "wuxolqim" in one]
