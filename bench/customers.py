"""How fast a customer is found in a real Odoo with 100,000 partners, and what Odoo itself takes.

The same words are asked for in three ways in one run: as dealdesk searches (each search as a whole,
however many calls it is), as the field of Odoo's web client does (`name_search`), and as its list
of contacts does (`web_search_read` with the domain of its search box). One client, one after the
other.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence

from adapters.odoo import OdooCrm
from dialogs.crm import CrmNeeds
from tests.rig.odoo import OdooServer, serve_odoo
from tests.rig.processes import Workshop

PARTNERS = 100_000
ROUNDS = 12
HITS = 8
HEADS = (
    "Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz",
    "Hoffmann", "Schäfer", "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann",
    "Schwarz", "Zimmermann", "Braun", "Krüger", "Hofmann", "Hartmann", "Lange", "Werner", "Krause",
    "Lehmann", "Köhler", "Walter", "König", "Mayer", "Huber", "Kaiser", "Fuchs", "Peters", "Lang",
    "Scholz", "Möller", "Weiß", "Jung", "Hahn", "Vogel", "Friedrich", "Keller", "Günther", "Böhm",
)  # fmt: skip
TRADES = (
    "Maschinenbau", "Flugzeugbau", "Metallbau", "Werkzeugbau", "Elektrotechnik", "Logistik",
    "Kunststofftechnik", "Anlagenbau", "Präzisionsteile", "Automotive", "Aerospace", "Werft",
    "Consulting", "Systeme", "Energietechnik", "Medizintechnik", "Optik", "Galvanik", "Härterei",
)  # fmt: skip
FORMS = ("GmbH", "AG", "GmbH & Co. KG", "KG", "SE", "e.K.")
CITIES = ("Dresden", "Leipzig", "Hamburg", "Bremen", "München", "Augsburg", "Köln", "Stuttgart")
WORDS = (
    "mueller", "müller", "Muller flugzeugbau", "schröder", "airbus", "koenig werft", "becker ag",
    "praezisionsteile", "haerterei krüger", "weiss", "nobody at all", "50% off", "guenther optik",
    "hof", "werft 4711", "a_b",
)  # fmt: skip
"""What people type: with umlauts and without, parts of names, what is not there, wildcards."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partners", type=int, default=PARTNERS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with Workshop() as workshop:
        odoo = serve_odoo(workshop)
        fill(odoo, given.partners)
        report(odoo, given.partners, given.rounds)


def fill(odoo: OdooServer, partners: int) -> None:
    """Write companies and private persons, each a copy of one that Odoo itself has made."""
    (pattern,) = odoo.call("res.partner", "create", [{"name": "Pattern", "is_company": True}])
    odoo.postgres.sql(_partners(pattern, partners), odoo.database)
    odoo.postgres.sql("ANALYZE res_partner", odoo.database)


def _partners(pattern: int, count: int) -> str:
    """Names as numbers choose them, so that every run has the same ones."""
    heads, trades, forms, cities = map(_array, (HEADS, TRADES, FORMS, CITIES))
    name = (
        f"({heads})[1 + n % {len(HEADS)}] || ' ' || ({trades})[1 + n / 7 % {len(TRADES)}] || ' ' "
        f"|| n || ' ' || ({forms})[1 + n % {len(FORMS)}]"
    )
    made = (
        "SELECT n, nextval('res_partner_id_seq') AS id, "
        f"{name} AS name, ({cities})[1 + n % {len(CITIES)}] AS city "
        f"FROM generate_series(1, {count}) AS n"
    )
    facts = (
        "'id', made.id, 'commercial_partner_id', made.id, 'name', made.name, "
        "'complete_name', made.name, 'commercial_company_name', made.name, 'city', made.city, "
        "'email', 'info' || n || '@example.com', 'is_company', n % 3 > 0"
    )
    return (
        "INSERT INTO res_partner "
        f"SELECT (jsonb_populate_record(one, jsonb_build_object({facts}))).* "
        f"FROM ({made}) AS made, res_partner AS one WHERE one.id = {pattern}"
    )


def _array(texts: Iterable[str]) -> str:
    return "ARRAY[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"


def report(odoo: OdooServer, partners: int, rounds: int) -> None:
    print(f"{partners:,} partners, {len(WORDS)} searches, {rounds} rounds\n")
    print("| series | p50 ms | p95 ms | longest ms |")
    print("| --- | --: | --: | --: |")
    for name, search in _ways(odoo).items():
        search("warm")
        took = sorted(timed(search, words) for _ in range(rounds) for words in WORDS)
        figures = (percentile(took, 50), percentile(took, 95), took[-1])
        print(f"| {name} | " + " | ".join(f"{one:.0f}" for one in figures) + " |")
    _answers(odoo)


def percentile(ordered: Sequence[float], share: int) -> float:
    """The figure that so many of a hundred stay below."""
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def timed(search: Callable[[str], object], words: str) -> float:
    """Milliseconds of one search."""
    before = time.perf_counter()
    search(words)
    return (time.perf_counter() - before) * 1000


def _ways(odoo: OdooServer) -> dict[str, Callable[[str], object]]:
    return {
        "dealdesk, JSON-2": _dealdesk(odoo, "json2"),
        "dealdesk, JSON-RPC": _dealdesk(odoo, "odoorpc"),
        "Odoo's field (`name_search`)": lambda words: odoo.call(
            "res.partner", "name_search", words, [], "ilike", HITS, user=odoo.service
        ),
        "Odoo's list (`web_search_read`)": lambda words: odoo.call(
            "res.partner", "web_search_read", _box(words), {"display_name": {}}, limit=80,
            user=odoo.service,
        ),
    }  # fmt: skip


def _dealdesk(odoo: OdooServer, driver: str) -> Callable[[str], object]:
    crm = OdooCrm.connect(
        odoo.url, odoo.database, odoo.service.login, odoo.service.api_key, driver,  # type: ignore[arg-type] # one of its names
        CrmNeeds((), ()), "Europe/Berlin", 60.0,
    )  # fmt: skip
    return lambda words: crm.search_customers(words, HITS)


def _box(words: str) -> list[object]:
    """The domain of the search box over Odoo's list of contacts."""
    fields = ("complete_name", "ref", "email", "vat", "company_registry")
    return ["|"] * (len(fields) - 1) + [(field, "ilike", words) for field in fields]


def _answers(odoo: OdooServer) -> None:
    """What the words find: with an umlaut or without, and wildcards as letters."""
    search = _dealdesk(odoo, "json2")
    print()
    for words in ("mueller", "50% off", "a_b"):
        print(f"- “{words}”: " + (", ".join(hit.name for hit in search(words)) or "nothing"))  # type: ignore[attr-defined] # hits


if __name__ == "__main__":
    main()
