"""The thirteen integrity rules of a year's plan and the register, as one run over the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import geopandas as gpd
import pandas as pd

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.tables import check_books as books
from linzhang_plugin.core.tables import check_shapes as shapes
from linzhang_plugin.core.tables.check_data import CheckData, Finding, outline
from linzhang_plugin.core.tables.check_slopes import slopes
from linzhang_plugin.core.tables.plan_tables import FINDING
from linzhang_plugin.core.tables.rules import RuleSet

TABLES = (
    "stand",
    "grid",
    "grid_stand",
    "assignment",
    "person",
    "person_private",
    "hill",
    "hill_duty",
    "notice_board",
    "bare_slope",
    "bare_slope_check",
    "bare_slope_move",
    "slope_review",
)
"""Tables that the checks read."""

Rule = Callable[[CheckData], Iterator[Finding]]

RULES: tuple[tuple[int, str, Rule], ...] = (
    (1, tr("Every forest stand in one grid"), shapes.stands_once),
    (2, tr("No overlaps and gaps"), shapes.overlaps_and_gaps),
    (3, tr("Grids in one piece"), shapes.enclaves),
    (4, tr("One full-time ranger a grid"), books.rangers),
    (5, tr("Area within bounds"), books.bounds),
    (6, tr("No grid across towns"), shapes.towns_crossed),
    (7, tr("Four limits written"), books.limits_text),
    (8, tr("Every hill in charge"), books.hills),
    (9, tr("Grid codes"), books.codes),
    (10, tr("Sums of mu"), books.sums),
    (11, tr("Dates of assignments"), books.dates),
    (12, tr("What boards publish"), books.public),
    (13, tr("Register of bare slopes"), slopes),
)
"""Number, title and function of every rule (DOMAIN: integrity rules)."""

SEVERITIES = ("error", "warning", "info")


def check_plan(
    tables: Mapping[str, pd.DataFrame],
    year: int,
    rules: RuleSet,
    county_code: str = "",
    progress: Progress = silent,
) -> list[Finding]:
    """Check a year's plan by all thirteen rules.

    Args:
        tables: The workspace's tables named in TABLES, all years, in the workspace's CRS (m).
        year: The year.
        rules: Bounds and the link distance.
        county_code: For findings about the whole county.
        progress: Receives progress.

    Returns:
        Findings in the order of the rules; within a rule in the order of codes.

    Raises:
        InputError: The year has no plan.
        CancelledError: The user stopped it.
    """
    data = CheckData(tables, year, rules, county_code)
    if data.grids.empty:
        years = sorted({int(y) for y in tables["grid"]["grid_year"]})
        raise InputError(
            tr("The workspace has no plan of {year}; there are plans of {years}."),
            year=year,
            years=", ".join(str(y) for y in years) or "-",
        )
    found: list[Finding] = []
    for number, title, rule in RULES:
        step(
            progress,
            (number - 1) / len(RULES),
            Message(tr("Rule {number}: {title}"), {"number": number, "title": Message(title)}),
        )
        for finding in rule(data):
            found.append(finding)
            if len(found) % 200 == 0:
                step(progress, (number - 0.5) / len(RULES))
    step(progress, 1.0)
    return found


def finding_frame(found: list[Finding], like: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give findings as rows of FINDING; one about the whole county lies over all of ``like``.

    Args:
        found: The findings.
        like: The year's grids: CRS, and the place of findings that have none.
    """
    everywhere = like.geometry.unary_union.envelope if len(like) else None
    rows = [
        {
            "rule": f.rule,
            "severity": f.severity,
            "object_kind": f.kind,
            "object_id": f.id,
            "town_code": f.town,
            "text": f.text,
            "area_mu": f.mu,
        }
        for f in found
    ]
    places = [outline(f.geometry if f.geometry is not None else everywhere) for f in found]
    frame = pd.DataFrame(rows, columns=FINDING.names)
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(places, crs=like.crs), crs=like.crs)


def counts(found: list[Finding]) -> dict[tuple[int, str], int]:
    """Count findings by rule and severity."""
    made: dict[tuple[int, str], int] = {}
    for finding in found:
        key = (finding.rule, finding.severity)
        made[key] = made.get(key, 0) + 1
    return made
