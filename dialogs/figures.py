"""Key figures and the pipeline: asked for in words or by buttons, shown as a picture with its text.

Knows whose figures may be told: about few people nothing is, but for one's own. What a figure means
is `counting`'s, what an amount costs the playbook's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from dialogs.answers import echo
from dialogs.drawings import Bar, Bars, Board, Tile
from dialogs.entries import staff
from dialogs.events import LookedUp
from dialogs.lookups import Asking
from dialogs.lookups_figures import (
    Effort,
    FigureList,
    Figures,
    Pipeline,
    PipelineFigures,
    Reach,
    StageLine,
    StepFigure,
)
from dialogs.phrases import meaning
from dialogs.scene import Scene
from dialogs.shows import Button, Notice, Picture, Row
from dialogs.spans import Span, of_words, this_quarter
from dialogs.tokens import free
from dialogs.turns import Turn

What = Literal["kpi", "pipeline"]
PATIENCE_MS = 20_000
DAY_PLACES = 1
_REACHES: dict[str, Reach] = {
    **dict.fromkeys(("mine", "my", "me", "own", "meine", "ich", "eigene"), "mine"),
    **dict.fromkeys(("team", "my team", "mein team"), "team"),
    **dict.fromkeys(("company", "all", "firma", "unternehmen", "alle"), "company"),
}


_WHATS: Mapping[str, What] = {"k": "kpi", "p": "pipeline"}
_INITIALS: Mapping[str, Reach] = {"m": "mine", "t": "team", "c": "company"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see; without a span the pipeline as a whole."""

    what: What
    reach: Reach = "company"
    span: Span | None = None

    def __str__(self) -> str:
        """As a button holds it: short."""
        return f"{self.what[0]}~{self.reach[0]}~{self.span or ''}"

    @classmethod
    def read(cls, text: str) -> "Wish":
        """Read what `str` wrote; ValueError for anything else."""
        what, reach, span = text.split("~")
        if what not in _WHATS or reach not in _INITIALS:
            raise ValueError(text)
        return cls(_WHATS[what], _INITIALS[reach], Span.read(span) if span else None)


def wished(text: str, today: date) -> Wish | None:
    """`kpi`, `kpi last quarter team`, `pipeline 2026`: all of the text has to be understood."""
    first, _, rest = text.strip().partition(" ")
    what = next((one for one in _WHATS.values() if one == meaning(first)), None)
    if what is None:
        return None
    reach, words = _reach(rest.casefold().strip())
    span = of_words(words, today) if words else None
    if words and span is None:
        return None
    return Wish(what, reach or "company", span or (this_quarter(today) if what == "kpi" else None))


def _reach(words: str) -> tuple[Reach | None, str]:
    """Who is meant, said before or after the period, and what is left of the words."""
    for name in sorted(_REACHES, key=len, reverse=True):
        for rest in (words.removeprefix(f"{name} "), words.removesuffix(f" {name}")):
            if rest != words:
                return _REACHES[name], rest.strip()
        if words == name:
            return _REACHES[name], ""
    return None, words


def asked(scene: Scene, wish: Wish) -> Turn:
    """Ask the CRM."""
    who, since, until = staff(scene.person), "", ""
    if wish.span is not None:
        since, until = wish.span.since.isoformat(), wish.span.until.isoformat()
    if wish.what == "pipeline":
        asking = Asking(Pipeline(who, wish.reach, since, until), "pipeline", str(wish), PATIENCE_MS)
    else:
        fields = dict(scene.library.current.playbook.figures.fields)
        lookup = Figures(who, wish.reach, since, until, fields)
        asking = Asking(lookup, "kpi", str(wish), PATIENCE_MS)
    return Turn(scene.conversation, asks=(asking,))


def again(scene: Scene, text: str) -> Turn:
    """A button of a picture was pressed."""
    try:
        wish = Wish.read(text)
    except ValueError:
        return scene.notice(Notice(scene.say("unknown_word"), buttons=scene.menu()))
    return asked(scene, wish)


def pipeline(scene: Scene, event: LookedUp) -> Turn:
    """Show the open opportunities by stage."""
    answer = event.answer
    if not isinstance(answer, PipelineFigures):
        return scene.notice(Notice(scene.say("figures_unknown", word="pipeline"), tone="warning"))
    wish = Wish.read(event.subject)
    hidden = _hidden(scene, wish, answer.people)
    if hidden is not None:
        return hidden
    title = scene.say("pipeline", reach=scene.say(f"reach_{wish.reach}"))
    lines = [replace(one, name=_stage_name(scene, one.name)) for one in answer.stages]
    if not lines:
        text = scene.say("pipeline_empty", title=title)
        return scene.notice(Notice(text, buttons=_others(scene, wish)))
    board = _pipeline_board(scene, title, _when(scene, wish), lines)
    rows = tuple(Row(one.name, _stage_text(scene, one)) for one in [*lines, _all(scene, lines)])
    return _pictured(scene, wish, board, rows)


def _pictured(scene: Scene, wish: Wish, board: Board, rows: tuple[Row, ...]) -> Turn:
    text = f"{board.title}\n{board.subtitle}"
    return scene.shown(Picture(text, board, _alt(board), rows, _others(scene, wish)))


def _all(scene: Scene, lines: list[StageLine]) -> StageLine:
    return StageLine(
        scene.say("altogether"),
        sum(one.count for one in lines),
        sum(one.revenue for one in lines),
        sum(one.weighted for one in lines),
    )


def _pipeline_board(scene: Scene, title: str, when: str, lines: list[StageLine]) -> Board:
    whole = _all(scene, lines)
    bars = tuple(Bar(one.name, one.revenue, _short(scene, one), one.weighted) for one in lines)
    tiles = (
        Tile(scene.say("expected"), _money(scene, whole.revenue)),
        Tile(scene.say("weighted"), _money(scene, whole.weighted)),
    )
    return Board(title, when, tiles, (Bars(scene.say("by_stage"), bars),))


def _short(scene: Scene, one: StageLine) -> str:
    return scene.say("stage_bar", count=one.count, money=_money(scene, one.revenue))


def _stage_text(scene: Scene, one: StageLine) -> str:
    revenue, weighted = _money(scene, one.revenue), _money(scene, one.weighted)
    return scene.say("stage_line", count=one.count, revenue=revenue, weighted=weighted)


def _stage_name(scene: Scene, name: str) -> str:
    """The playbook's name of a stage of the CRM, as the person reads it."""
    for stage in scene.library.current.playbook.stages:
        if name.casefold() in {one.casefold() for one in stage.names}:
            return stage.title.of(scene.language)
    return name or scene.say("no_stage")


def kpi(scene: Scene, event: LookedUp) -> Turn:
    """Show what happened in the period."""
    answer = event.answer
    if not isinstance(answer, FigureList):
        return scene.notice(Notice(scene.say("figures_unknown", word="kpi"), tone="warning"))
    wish = Wish.read(event.subject)
    hidden = _hidden(scene, wish, answer.people)
    if hidden is not None:
        return hidden
    title = scene.say("kpi", reach=scene.say(f"reach_{wish.reach}"))
    groups = tuple(group for group in _groups(scene, answer) if group.bars)
    tiles = tuple(Tile(row.label, row.value) for row in _counts(scene, answer))
    board = Board(title, _when(scene, wish), tiles, groups)
    rows = (*_counts(scene, answer), *_details(scene, answer))
    return _pictured(scene, wish, board, rows)


def _hidden(scene: Scene, wish: Wish, people: int) -> Turn | None:
    """Figures about a few people would be figures about each of them; one's own are told."""
    least = scene.library.current.playbook.figures.least_people
    if wish.reach == "mine" or people == 0 or people >= least:
        return None
    text = scene.say("kpi_too_few", people=people, least=least)
    own = _button(scene, replace(wish, reach="mine"), scene.say("reach_mine"))
    return scene.notice(Notice(text, "warning", buttons=(own,)))


def _counts(scene: Scene, found: FigureList) -> tuple[Row, ...]:
    cost, closed = _cost_per(scene, found.won), found.won.cases + found.lost.cases
    return (
        Row(scene.say("kpi_inquiries"), str(found.inquiries)),
        Row(scene.say("kpi_contacts"), str(found.contacts)),
        Row(scene.say("kpi_opportunities"), str(found.opportunities)),
        Row(scene.say("kpi_won_lost"), f"{found.won.cases} / {found.lost.cases}"),
        Row(scene.say("kpi_cost"), cost or "–"),  # noqa: RUF001 - a dash stands for nothing
        Row(scene.say("kpi_rate"), _percent(scene, found.won.cases, closed)),
    )


def _details(scene: Scene, found: FigureList) -> Iterator[Row]:
    lost = _cost(scene, found.lost)
    if found.lost.cases:
        yield Row(scene.say("kpi_lost_cost"), _money(scene, lost))
    yield from _decision_time(scene, found)
    yield from _rounds(scene, found)
    for one in found.steps:
        yield Row(_step_name(scene, one.step), _stay(scene, one))
    for share in found.reasons:
        reason = share.name or scene.say("no_reason")
        yield Row(scene.say("kpi_lost_because", reason=reason), str(share.count))


def _stay(scene: Scene, one: StepFigure) -> str:
    rate = _percent(scene, one.left, one.came)
    if one.days is None:
        return scene.say("kpi_step", came=one.came, left=one.left, rate=rate)
    days = _number(scene, one.days)
    return scene.say("kpi_step_days", came=one.came, left=one.left, rate=rate, days=days)


def _decision_time(scene: Scene, found: FigureList) -> Iterator[Row]:
    step = scene.library.current.playbook.decision.step
    for one in found.steps:
        if one.step == step and one.days is not None:
            yield Row(scene.say("kpi_decision"), scene.say("days", days=_number(scene, one.days)))


def _rounds(scene: Scene, found: FigureList) -> Iterator[Row]:
    wanted = scene.library.current.playbook.figures.round
    for one in found.visits:
        if one.form == wanted:
            yield Row(scene.say("kpi_rounds"), _number(scene, one.times / one.cases))


def _groups(scene: Scene, found: FigureList) -> Iterator[Bars]:
    steps = tuple(
        Bar(_step_name(scene, one.step), one.came, f"{one.left} / {one.came}", one.left)
        for one in found.steps
    )
    reasons = tuple(
        Bar(share.name or scene.say("no_reason"), share.count, str(share.count))
        for share in found.reasons
    )
    yield Bars(scene.say("kpi_steps"), steps)
    yield Bars(scene.say("kpi_reasons"), reasons)


def _step_name(scene: Scene, step: str) -> str:
    for process in scene.library.current.playbook.processes:
        for one in process.steps:
            if one.id == step:
                return one.title.of(scene.language)
    return step


def _cost(scene: Scene, effort: Effort) -> float:
    """Hours times rate, and travel."""
    return effort.hours * scene.library.current.playbook.figures.rate + effort.travel


def _cost_per(scene: Scene, effort: Effort) -> str:
    return _money(scene, _cost(scene, effort) / effort.cases) if effort.cases else ""


def _money(scene: Scene, amount: float) -> str:
    currency = scene.library.current.playbook.currency
    return echo.money(Decimal(str(round(amount, 2))), scene.language, currency)


def _number(scene: Scene, value: float) -> str:
    return echo.number(Decimal(str(round(value, DAY_PLACES))), scene.language)


def _percent(scene: Scene, part: int, whole: int) -> str:
    if not whole:
        return "–"  # noqa: RUF001 - a dash stands for nothing
    return echo.percent(Decimal(round(100 * part / whole)), scene.language)


def _when(scene: Scene, wish: Wish) -> str:
    if wish.span is None:
        return scene.say("span_now")
    return scene.say("span", since=scene.day(wish.span.since), until=scene.day(wish.span.last))


def _alt(board: Board) -> str:
    """What is to be seen, in words."""
    tiles = [f"{tile.label}: {tile.value}" for tile in board.tiles]
    bars = [f"{bar.label}: {bar.text}" for group in board.groups for bar in group.bars]
    return "; ".join([board.title, *tiles, *bars])


def _others(scene: Scene, wish: Wish) -> tuple[Button, ...]:
    """The same for somebody else, and the other picture."""
    reaches: tuple[Reach, ...] = ("mine", "team", "company")
    same = [replace(wish, reach=one) for one in reaches if one != wish.reach]
    other: What = "pipeline" if wish.what == "kpi" else "kpi"
    today = scene.moment(scene.library.current).now.date()
    span = wish.span or (this_quarter(today) if other == "kpi" else None)
    buttons = [_button(scene, one, scene.say(f"reach_{one.reach}")) for one in same]
    return (*buttons, _button(scene, Wish(other, wish.reach, span), scene.say(f"word_{other}")))


def _button(scene: Scene, wish: Wish, text: str) -> Button:
    return Button(text, free(scene.conversation.id, "fig", str(wish)))
