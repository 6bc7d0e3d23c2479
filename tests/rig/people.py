"""Who is in the prepared Odoo: names, logins, passwords and groups, written here once."""

from dataclasses import dataclass

SALESMAN = "sales_team.group_sale_salesman"
ALL_LEADS = "sales_team.group_sale_salesman_all_leads"
MANAGER = "sales_team.group_sale_manager"
EMPLOYEE = "base.group_user"
SYSTEM = "base.group_system"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the rig admits it to a new database."""

    name: str
    login: str
    group: str
    lang: str = "en_US"
    tz: str = "Europe/Berlin"
    password: str = "a long enough password"

    @property
    def email(self) -> str:
        return self.login if "@" in self.login else f"{self.login}@example.com"


@dataclass(frozen=True, slots=True)
class OdooUser:
    """A person in Odoo; the password opens pages and /jsonrpc, the key /jsonrpc and JSON-2."""

    user_id: int
    partner_id: int
    name: str
    login: str
    password: str
    api_key: str


PEOPLE = {
    "admin": Person("Ada Admin", "admin", SYSTEM),
    "sales": Person("Sam Sales", "sam@example.com", SALESMAN),
    "second_sales": Person("Sofia Sales", "sofia@example.com", SALESMAN, lang="de_DE"),
    "manager": Person("Mara Manager", "mara@example.com", MANAGER),
    "service": Person("Dealdesk", "dealdesk@example.com", ALL_LEADS),
    "employee": Person("Emil Employee", "emil@example.com", EMPLOYEE),
}
