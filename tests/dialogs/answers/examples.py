"""One of every kind of answer, and the moment at which everything is typed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dialogs.answers import Kind, Moment, kind_from

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 12, tzinfo=BERLIN)  # a Saturday

OPTIONS = [
    {"id": "strategic", "text": {"en": "Strategic", "de": "Strategisch"}},
    {"id": "logistical", "text": {"en": "Logistical", "de": "Logistisch"}, "also": ["Versand"]},
    {"id": "overload", "text": {"en": "Overload", "de": "Überlast"}},
]
LABELS = {"1": {"en": "very low", "de": "sehr gering"}, "5": {"en": "very high", "de": "sehr hoch"}}

KINDS: dict[str, Kind] = {
    "text": kind_from("text", {}),
    "long_text": kind_from("long_text", {}),
    "choice": kind_from("choice", {"options": OPTIONS}),
    "multi_choice": kind_from("multi_choice", {"options": OPTIONS}),
    "date": kind_from("date", {}),
    "past date": kind_from("date", {"rule": "past"}),
    "future date": kind_from("date", {"rule": "future"}),
    "time": kind_from("time", {}),
    "moment": kind_from("moment", {}),
    "future moment": kind_from("moment", {"rule": "future"}),
    "money": kind_from("money", {"min": -1000000}),
    "percent": kind_from("percent", {}),
    "scale": kind_from("scale", {"labels": LABELS}),
    "bare scale": kind_from("scale", {"low": 0, "high": 3}),
    "number": kind_from("number", {"min": -1000000, "decimals": 3, "unit": "kg"}),
    "whole number": kind_from("number", {"min": -1000000}),
    "hours": kind_from("number", {"unit": "h", "decimals": 2, "max": 24}),
    "yes_no": kind_from("yes_no", {}),
    "email": kind_from("email", {}),
    "phone": kind_from("phone", {}),
    "customer": kind_from("customer", {}),
    "person": kind_from("person", {}),
    "product": kind_from("product", {}),
    "file": kind_from("file", {}),
}


def moment(language: str = "en", now: datetime = NOW, country: str = "") -> Moment:
    return Moment(now, language, country=country)
