"""What a CRM may find and answer, odd things too: for whoever tries all that can happen."""

from dialogs.crm import Customer
from dialogs.customer_lookups import (
    Choice,
    Choices,
    ContactList,
    CustomerHistory,
    KnownContact,
    Opening,
    Part,
    Past,
    Unknown,
)
from dialogs.events import Hit

CASE = "0" * 25 + "C"
HITS = (
    (),
    (Hit(1, "Airbus Hamburg", "Hamburg"),),
    (Hit(1, "Airbus", "Hamburg"), Hit(2, "Airbus", "Bremen"), Hit(3, "Airbus")),
    (Hit(1, "Airbus", "Hamburg"), Hit(2, "Airbus", "Hamburg")),
    (Hit(4, "\u202egnp.exe", "\u202eb"), Hit(5, "x" * 400, "info@a.example")),
    (Hit(6, ""), Hit(7, "\x00"), Hit(8, "half \ud83d"), Hit(9, "<!channel>")),
    tuple(Hit(number, f"Werft {number}", "Kiel") for number in range(60)),
)


MUCH = Part(tuple(Past("2026-11-02", "x" * 300, "\u202eb") for _ in range(3)), 47)
KNOWN = (
    CustomerHistory(
        Customer("Airbus", 1),
        tuple(Opening("Airbus " * 40, "Won", 1e9, 75, 3) for _ in range(3)),
        17,
        ("words " * 99,) * 20,
        Past("2026-12-24", ""),
        *(MUCH, MUCH, MUCH, MUCH),
    ),
    Choices(()),
    Choices((Choice(1, "Airbus", "New", CASE), Choice(2, "\x00", "half \ud83d"))),
    Choices((Choice(3, "Airbus", "New", "", "Tom"), Choice(4, "", "", "", "\x00", 9))),
    Choices(tuple(Choice(number, f"Werft {number}", "Kiel") for number in range(60))),
    CustomerHistory(Customer("", 1)),
    ContactList(),
    ContactList(
        (KnownContact(1, "", "\x00", "no address"), KnownContact(2, "x" * 400)), None, "fr"
    ),
    ContactList(tuple(KnownContact(n, f"P {n}", "", f"p{n}@a.example") for n in range(60))),
    Unknown(),
    None,
)
"""What the CRM may answer to a lookup."""
