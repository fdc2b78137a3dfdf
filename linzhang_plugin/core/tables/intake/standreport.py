"""The page that tells what became of a stand layer."""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.codes import FOREST_LAND, title
from linzhang_plugin.core.tables.intake.findings import list_findings
from linzhang_plugin.core.tables.intake.landclass import TITLES
from linzhang_plugin.core.tables.intake.names import FieldMatch
from linzhang_plugin.core.tables.intake.stands import StandIntake
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.core.tables.units import mu

HOW = {
    "given": tr("FIELD_MAP"),
    "name": tr("name"),
    "cut name": tr("cut name"),
    "values": tr("guessed from the values; please check"),
}

COARSER = (
    tr("Without a DEM, slope classes come from PO_DU, or every stand counts as flat."),
    tr("Without roads, the access factor of every stand is 1."),
    tr(
        "Without rangers' homes, a village point or the forest's centre stands for the home (推定)."
    ),
    tr("Without village boundaries, villages are dissolved from their stands (推定)."),
)
"""What optional inputs are good for: an office without them can still begin."""


def stand_report(intake: StandIntake, layer: str, encoding: str = "") -> Report:
    """Build the report of a stand import.

    Args:
        intake: Its result.
        layer: Name of the layer or file.
        encoding: Encoding of a DBF, empty where there was none to detect.
    """
    report = Report(Message(tr("Import of stands: {layer}"), {"layer": layer}))
    counts = {"n": len(intake.frame), "refused": intake.n_refused}
    report.say(
        Message(tr("{n} stands imported, {refused} rows refused."), counts),
        "refused" if intake.n_refused else "good",
    )
    for warning in intake.warnings:
        report.say(warning, "warning")
    for note in intake.notes:
        report.say(note)
    if encoding:
        report.say(Message(tr("Text encoding: {encoding}."), {"encoding": encoding}))
    report.say(Message(tr("Coordinate reference system: {crs}."), {"crs": intake.frame.crs.name}))
    _areas(report, intake)
    mapping_section(report, intake.match)
    _classes(report, intake)
    list_findings(report, intake.findings)
    coarser_section(report)
    return report


def coarser_section(report: Report) -> None:
    """Name the optional inputs and what gets coarser without them."""
    report.head(Message(tr("Inputs that may come later")))
    for sentence in COARSER:
        report.say(Message(sentence))


def mapping_section(report: Report, match: FieldMatch) -> None:
    """List which column became which field, and which none."""
    report.head(Message(tr("Fields")))
    rows = [(name, column, Message(HOW[match.how[name]])) for name, column in match.columns.items()]
    titles = (Message(tr("Field")), Message(tr("Column")), Message(tr("Told by")))
    report.table(titles, rows)
    if match.unmapped:
        columns = "、".join(match.unmapped)
        report.say(Message(tr("Columns not mapped: {columns}"), {"columns": columns}))


def _areas(report: Report, intake: StandIntake) -> None:
    """Totals before and after, official against drawn, and the difference (差值)."""
    report.head(Message(tr("Areas")))
    official = intake.official
    after_drawn = float(intake.frame["area_m2"].sum())
    rows = [
        _area_row(Message(tr("Drawn, whole file")), float(np.nansum(intake.area_m2))),
        _area_row(Message(tr("Drawn, imported")), after_drawn),
    ]
    if official.unit:
        column = intake.frame["official_m2"].to_numpy(dtype=float)
        after, missing = float(np.nansum(column)), int(np.isnan(column).sum())
        rows.append(_area_row(Message(tr("Official, whole file")), float(np.nansum(official.m2))))
        rows.append(_area_row(Message(tr("Official, imported")), after))
        rows.append(_area_row(Message(tr("Difference (official − drawn)")), after - after_drawn))
        values = {
            "column": intake.match.columns["official"],
            "unit": official.unit,
            "percent": f"{100 * official.agreeing:.1f}",
        }
        text = tr("{column} is in {unit}: {percent} % of the stands agree with their drawing.")
        report.say(Message(text, values))
        if missing:
            report.say(Message(tr("{n} stands have no official area."), {"n": missing}), "warning")
    titles = (Message(tr("Area")), Message(tr("m²")), Message(tr("ha")), Message(tr("mu")))
    report.table(titles, rows)
    if intake.overlap_m2 > 0:
        values = {"mu": f"{mu(intake.overlap_m2):.2f}"}
        report.say(Message(tr("Stands overlap by {mu} mu in all."), values), "warning")


def _area_row(title: Message, m2: float) -> tuple[Message, float, float, float]:
    return title, round(m2, 1), round(m2 / 10_000, 4), round(float(mu(m2)), 1)


def _classes(report: Report, intake: StandIntake) -> None:
    """Land classes of the imported stands."""
    report.head(Message(tr("Land classes")))
    land = intake.land
    if land.generation in TITLES:
        values = {"codes": Message(TITLES[land.generation])}
        report.say(Message(tr("Codes were read as: {codes}."), values))
    frame = intake.frame
    grouped = frame.assign(land_class=frame["land_class"].fillna("?")).groupby("land_class")
    rows = [
        (code, len(part), round(float(mu(part["area_m2"].sum())), 1), code in FOREST_LAND)
        for code, part in grouped
    ]
    yes, no = Message(tr("forest land")), Message(tr("other land"))
    titles = (Message(tr("Land class")), Message(tr("Stands")), Message(tr("mu")), "")
    named = [(f"{title('land_class', row[0])} ({row[0]})", *row[1:]) for row in rows]
    report.table(titles, [(*row[:3], yes if row[3] else no) for row in named])
    for code, n in land.unknown.items():
        text = tr("Unknown land class {code}: {n} stands; they are in no total of forest land.")
        report.say(Message(text, {"code": code, "n": n}), "warning")
