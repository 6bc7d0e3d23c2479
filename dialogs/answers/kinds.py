"""Makes kinds of answer from the playbook's words: the name of a kind, and its settings.

Settings are what TOML holds: numbers, texts, tables, lists. Everything that is wrong with them is
a ValueError whose sentence says what and what would be right; the loader adds the place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from dialogs.answers.amounts import Money, Percent
from dialogs.answers.choices import Choice, MultiChoice, YesNo
from dialogs.answers.dates import Clock, Days
from dialogs.answers.demand import Demand
from dialogs.answers.moments import Instant
from dialogs.answers.numbers import Number
from dialogs.answers.reached import Email, Phone
from dialogs.answers.recipients import Recipient
from dialogs.answers.scales import Scale
from dialogs.answers.texts import NAMED, LongText, Named, Text
from dialogs.answers.values import Kind, Option


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a kind: the parameter it becomes, and how its TOML value is read."""

    parameter: str
    read: Callable[[str, Any], Any]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a kind is made."""

    make: Callable[..., Kind]
    settings: Mapping[str, Setting]


def kind_from(name: str, settings: Mapping[str, Any]) -> Kind:
    """Make the kind of this name. Raises ValueError for what it doesn't know or can't be."""
    recipe = _RECIPES.get(name)
    if recipe is None:
        known = ", ".join(sorted(_RECIPES))
        raise ValueError(f"Answer kind '{name}' is unknown; use one of: {known}.")
    _check(name, recipe, settings)
    read = {
        recipe.settings[key].parameter: recipe.settings[key].read(key, value)
        for key, value in settings.items()
    }
    return recipe.make(**read)


def _check(name: str, recipe: Recipe, settings: Mapping[str, Any]) -> None:
    for key in settings:
        if key not in recipe.settings:
            takes = ", ".join(recipe.settings) or "no settings"
            raise ValueError(f"Answer kind '{name}' has no setting '{key}'; it takes: {takes}.")
    for key, setting in recipe.settings.items():
        if setting.required and key not in settings:
            raise ValueError(f"Answer kind '{name}' needs the setting '{key}'.")


def _whole(key: str, value: Any) -> int:
    if type(value) is not int:
        raise ValueError(f"Setting '{key}' must be a whole number, got {value!r}.")
    return value


def _positive(key: str, value: Any) -> int:
    if _whole(key, value) < 1:
        raise ValueError(f"Setting '{key}' must be 1 or more, got {value!r}.")
    return int(value)


def _amount(key: str, value: Any) -> Decimal:
    message = f"Setting '{key}' must be a number, got {value!r}."
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError(message)  # noqa: TRY004 - the loader catches one type
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(message) from None
    if not amount.is_finite():
        raise ValueError(message)
    return amount


def _word(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"Setting '{key}' must be a text, got {value!r}.")  # noqa: TRY004 - see above
    return value


def _options(key: str, value: Any) -> tuple[Option, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(f"Setting '{key}' must be a list of options with id and text.")
    return tuple(_option(key, each) for each in value)


def _option(key: str, value: Any) -> Option:
    if isinstance(value, Option):
        return value
    if not isinstance(value, Mapping) or not {"id", "text"} <= set(value) <= {"id", "text", "also"}:
        message = f"Each of '{key}' must have id and text, and may have also; got {value!r}."
        raise ValueError(message)
    text = _texts(key, value["text"])
    also = value.get("also", ())
    if not isinstance(also, list | tuple):
        raise ValueError(f"'also' of '{key}' must be a list of words, got {also!r}.")  # noqa: TRY004 - see above
    return Option(_word("id", value["id"]), text, tuple(_word("also", word) for word in also))


def _texts(key: str, value: Any) -> Mapping[str, str]:
    if not isinstance(value, Mapping) or not value:
        message = f"A text of '{key}' must be a table by language such as {{en = …, de = …}}"
        raise ValueError(f"{message}, got {value!r}.")
    return {language: _word(f"{key}.{language}", text) for language, text in value.items()}


def _labels(key: str, value: Any) -> tuple[Option, ...]:
    """Read a scale's labels: a table from the number to its text by language."""
    if not isinstance(value, Mapping):
        return _options(key, value)
    return tuple(Option(str(step), _texts(f"{key}.{step}", text)) for step, text in value.items())


_MOST_CHARACTERS = {"max": Setting("most", _positive)}
_BOUNDS = {"min": Setting("least", _amount), "max": Setting("most", _amount)}
_OPTIONS = {"options": Setting("choices", _options, required=True)}
_REACH = {
    "rule": Setting("rule", _word),
    "years": Setting("years", _whole),
    "years_back": Setting("years_back", _whole),
}


def _named(name: str) -> Recipe:
    return Recipe(lambda **settings: Named(name, **settings), _MOST_CHARACTERS)


_RECIPES: Mapping[str, Recipe] = {
    "text": Recipe(Text, _MOST_CHARACTERS),
    "long_text": Recipe(LongText, _MOST_CHARACTERS),
    "choice": Recipe(Choice, _OPTIONS),
    "multi_choice": Recipe(
        MultiChoice,
        {**_OPTIONS, "least": Setting("least", _whole), "most": Setting("most", _whole)},
    ),
    "date": Recipe(Days, _REACH),
    "time": Recipe(Clock, {}),
    "moment": Recipe(Instant, _REACH),
    "money": Recipe(Money, _BOUNDS),
    "percent": Recipe(Percent, _BOUNDS),
    "scale": Recipe(
        Scale,
        {
            "low": Setting("low", _whole),
            "high": Setting("high", _whole),
            "labels": Setting("labels", _labels),
        },
    ),
    "number": Recipe(
        Number,
        {**_BOUNDS, "unit": Setting("unit", _word), "decimals": Setting("decimals", _whole)},
    ),
    "yes_no": Recipe(YesNo, {}),
    "email": Recipe(Email, {}),
    "phone": Recipe(Phone, {}),
    "recipient": Recipe(Recipient, {}),
    "lines": Recipe(Demand, {"max": Setting("most", _positive)}),
} | {name: _named(name) for name in NAMED}
