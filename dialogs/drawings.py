"""What a picture shows, as data: frozen values with their texts in the reader's language.

A painter makes pixels of it, the same ones each time; nothing here knows how. Whatever a drawing
says stands as text beside it too.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Discriminator

Tone = Literal["good", "bad", "plain"]


@dataclass(frozen=True, slots=True)
class Point:
    """Something judged by likelihood (across) and impact (upwards), from 1 to `Matrix.most`."""

    text: str
    tone: Tone
    x: int
    y: int
    before: tuple[int, int] | None = None
    """Where it stood last time, if elsewhere."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Chances and risks by likelihood and impact."""

    title: str
    across: str
    upwards: str
    points: tuple[Point, ...]
    legend: tuple[tuple[Tone, str], ...] = ()
    most: int = 5
    type: Literal["matrix"] = "matrix"


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure, large, with its name."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: float
    """Length of the bar."""
    text: str
    """What stands beside it."""
    part: float | None = None
    """The darker piece of the bar, from its beginning."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars under a heading, all on one scale."""

    heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Key figures: tiles on top, groups of bars below."""

    title: str
    subtitle: str = ""
    tiles: tuple[Tile, ...] = ()
    groups: tuple[Bars, ...] = ()
    type: Literal["board"] = "board"


@dataclass(frozen=True, slots=True)
class Box:
    """A step of a flow chart."""

    id: str
    text: str
    below: str = ""
    """Who is responsible."""
    state: Literal["past", "here", "ahead"] = "ahead"


@dataclass(frozen=True, slots=True)
class Arrow:
    start: str
    end: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class FlowChart:
    """Boxes from top to bottom in their order, and what leads from one to another."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    here: str = ""
    """What is written at the box where somebody stands."""
    type: Literal["flow_chart"] = "flow_chart"


Drawing = Annotated[Matrix | Board | FlowChart, Discriminator("type")]
