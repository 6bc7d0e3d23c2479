"""People's own Odoo keys: given on a page, used for entries, missed, renewed, forgotten."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.vault import Vault
from tests.bot.keyed_office import (
    DAY_S,
    EARLIER_KEY,
    MASTER_KEY,
    PATIENCE_S,
    Office,
    now_clock,
    office,
    settings_of,
)
from tests.transcripts.odoo_company import Company

pytestmark = pytest.mark.timeout(240)  # a real Odoo is set up first


@pytest.mark.parametrize("driver", ["odoorpc", "json2"])
async def test_a10_an_ended_own_key_holds_up_only_its_owner_and_nothing_is_lost(
    driver: str, company: Company, tmp_path: Path
) -> None:
    settings = settings_of(company, driver, tmp_path, DEALDESK_MASTER_KEY=MASTER_KEY)
    async with office(company, settings, now_clock(), (f"Sam {driver}", f"Eve {driver}")) as house:
        sam, eve = house.people.values()
        await sam.asks_for_the_page()
        assert (await house.gives(sam, sam.user.api_key)).status_code == 200
        await house.rests()
        await sam.chat.hears("From now on your entries in Odoo are made under your name.")

        await sam.records(f"Airbus {driver}")
        await eve.records(f"Boeing {driver}")
        await sam.chat.hears(f"Airbus {driver}: in the CRM.")
        await eve.chat.hears(f"Boeing {driver}: in the CRM.")
        assert house.made_by(f"Airbus {driver}") == [sam.user.login]
        assert house.made_by(f"Boeing {driver}") == [company.odoo.service.login]

        house.ends_the_keys_of(sam)
        await sam.records(f"Cessna {driver}")
        await sam.chat.hears("Odoo no longer accepts your API key.")
        await sam.records(f"Dassault {driver}")
        await eve.records(f"Embraer {driver}")
        await eve.chat.hears(f"Embraer {driver}: in the CRM.")
        await house.rests()
        assert await house.waits() == 2
        assert house.made_by(f"Cessna {driver}") == house.made_by(f"Dassault {driver}") == []
        told = [
            one.text for one in sam.chat.chat() if "no longer accepts your API key." in one.text
        ]
        assert len(told) == 1

        await sam.asks_for_the_page()
        assert (await house.gives(sam, house.new_key(sam))).status_code == 200
        await house.rests()
        await sam.chat.hears(f"Cessna {driver}: in the CRM.")
        await sam.chat.hears(f"Dassault {driver}: in the CRM.")
        assert house.made_by(f"Cessna {driver}") == [sam.user.login]
        assert house.made_by(f"Dassault {driver}") == [sam.user.login]
        assert await house.waits() == 0


@pytest.fixture
async def house(company: Company, tmp_path: Path) -> AsyncIterator[Office]:
    settings = settings_of(company, "json2", tmp_path, DEALDESK_MASTER_KEY=MASTER_KEY)
    async with office(company, settings, now_clock(), ("Sam", "Eve")) as house:
        yield house


async def test_a_key_let_go_leaves_what_waits_to_the_service_account(house: Office) -> None:
    sam = house.people["Sam"]
    await sam.asks_for_the_page()
    await house.gives(sam, house.new_key(sam))
    await house.rests()
    house.ends_the_keys_of(sam)
    await sam.records("Fokker")
    await sam.chat.hears("Odoo no longer accepts your API key.")
    await sam.types("Key forget")
    await sam.chat.hears("Your API key is deleted here.")
    await house.rests()
    await sam.chat.hears("Fokker: in the CRM.")
    assert house.made_by("Fokker") == [house.company.odoo.service.login]


async def test_the_page_takes_only_a_good_key_of_that_very_person(house: Office) -> None:
    sam, eve = house.people["Sam"], house.people["Eve"]
    await sam.asks_for_the_page()
    foreign = await house.gives(sam, eve.user.api_key)
    wrong = await house.gives(sam, "0" * 40)
    password = await house.gives(sam, sam.user.password)
    for answer in (foreign, wrong, password):
        assert answer.status_code == 422
        assert "no-store" in answer.headers["cache-control"]
    assert "does not accept" in foreign.text
    assert "A password is not kept" in password.text
    assert sam.user.password not in password.text
    assert await house.program.core.do(lambda books: books.own_keys()) == []


async def test_an_address_is_used_once_ends_and_gives_way_to_a_newer_one(house: Office) -> None:
    sam = house.people["Sam"]
    key = house.new_key(sam)
    first = await sam.asks_for_the_page()
    second = await sam.asks_for_the_page()
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE_S) as browser:
        assert (await browser.get(first)).status_code == 410
        assert (await browser.get(f"{house.url}/key/guessed")).status_code == 410
        assert (await browser.put(second)).status_code == 405
        assert (await browser.post(second, data={"key": key})).status_code == 200
        assert (await browser.post(second, data={"key": key})).status_code == 410
        third = await sam.asks_for_the_page()
        house.clock.turn(10 * 60)
        assert (await browser.get(third)).status_code == 410
        fourth = await sam.asks_for_the_page()
        tries = [await browser.post(fourth, data={"key": "0" * 40}) for _ in range(6)]
    assert [answer.status_code for answer in tries] == [422] * 5 + [410]


async def test_its_end_is_told_14_7_and_1_days_before_once_each_also_after_a_restart(
    company: Company, tmp_path: Path
) -> None:
    settings = settings_of(company, "json2", tmp_path, DEALDESK_MASTER_KEY=MASTER_KEY)
    clock = now_clock()
    ends: list[str] = []
    async with office(company, settings, clock, ("Ira",)) as house:
        ira = house.people["Ira"]
        await ira.asks_for_the_page()
        await house.gives(ira, house.new_key(ira))  # Odoo lets it live for 30 days
        await house.rests()
        await ira.chat.hears("is kept encrypted until")
    for days in (15, 1.5, 0.5, 6.5, 0.5, 5.5, 0.25, 3):
        clock.turn(days * DAY_S)
        async with office(company, settings, clock, ("Ira",)) as house:
            await house.rests()
            await house.rests()
            ends += [one.text for one in house.people["Ira"].chat.chat() if "ends on" in one.text]
    left = [int(re.findall(r"days left: (\d+)", text)[0]) for text in ends]
    assert left == [14, 7, 1]


async def test_a_key_typed_into_the_chat_is_neither_kept_nor_said_again(
    house: Office, tmp_path: Path
) -> None:
    sam = house.people["Sam"]
    key = house.new_key(sam)
    await sam.types(f"here it is: {key}")
    await sam.chat.hears("I did not keep it.")
    await sam.types("record", key)
    await house.rests()
    assert key not in "\n".join(one.text for one in sam.chat.chat())
    assert holding(tmp_path, key) == []


def holding(folder: Path, text: str) -> list[Path]:
    """The files in which the text stands."""
    files = (one for one in folder.rglob("*") if one.is_file())
    return [one for one in files if text.encode() in one.read_bytes()]


async def test_keys_are_sealed_and_the_master_key_can_be_changed(
    company: Company, tmp_path: Path
) -> None:
    earlier = settings_of(company, "json2", tmp_path, DEALDESK_MASTER_KEY=EARLIER_KEY)
    clock = now_clock()
    async with office(company, earlier, clock, ("Max",)) as house:
        max_ = house.people["Max"]
        key = house.new_key(max_)
        await max_.asks_for_the_page()
        await house.gives(max_, key)
        (row,) = await house.program.core.do(lambda books: books.own_keys())
    assert key not in row.sealed
    both = settings_of(
        company, "json2", tmp_path, DEALDESK_MASTER_KEY=f"{MASTER_KEY},{EARLIER_KEY}"
    )
    async with office(company, both, clock, ("Max",)) as house:
        (resealed,) = await house.program.core.do(lambda books: books.own_keys())
    assert Vault(both.master_keys[:1]).open(resealed.sealed, f"max\n{row.login}") == key
    newer = replace(both, master_keys=both.master_keys[:1])
    async with office(company, newer, clock, ("Max",)) as house:
        max_ = house.people["Max"]
        await max_.records("Grob")
        await max_.chat.hears("Grob: in the CRM.")
        assert house.made_by("Grob") == [max_.user.login]
    lost = settings_of(company, "json2", tmp_path, DEALDESK_MASTER_KEY=EARLIER_KEY)
    async with office(company, lost, clock, ("Max",)) as house:
        max_ = house.people["Max"]
        await max_.records("Heinkel")
        await max_.chat.hears("kept safely")
        assert await house.waits() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [({}, "set DEALDESK_MASTER_KEY"), ({"login": None}, "I don't know your Odoo login yet")],
)
async def test_what_is_missing_is_said_before_a_key_is_asked_for(
    change: dict[str, None], said: str, company: Company, tmp_path: Path
) -> None:
    key = {} if not change else {"DEALDESK_MASTER_KEY": MASTER_KEY}
    settings = settings_of(company, "json2", tmp_path, **key)
    async with office(company, settings, now_clock(), ("Sam",)) as house:
        person = replace(house.program.people.directory.persons["sam"], **change)
        await house.program.core.do(lambda books: books.keep_person(person))
        await house.program.core.do(house.program.people.refresh)
        await house.people["Sam"].types("Schlüssel")
        await house.people["Sam"].chat.hears(said)
