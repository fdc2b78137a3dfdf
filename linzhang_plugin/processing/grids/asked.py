"""Parameters that optimizegrids and tradeoffgrids share, and the request made of them."""

from __future__ import annotations

import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.grids.intake import StandFields, code_text
from linzhang_plugin.core.grids.job import Request
from linzhang_plugin.core.grids.params import ADJUST, GridParams
from linzhang_plugin.core.grids.report import FIGURES
from linzhang_plugin.core.grids.rules import GridRules, grid_rules
from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.rules import load_rules
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import (
    add_choice,
    add_number,
    add_source,
    raster_source,
)

GROUP = tr("Management grids")
Number = QgsProcessingParameterNumber

FIELDS = (
    ("STAND_ID_FIELD", tr("Stand id field"), "stand_id"),
    ("AREA_FIELD", tr("Official area field"), "official_m2"),
    ("WORKLOAD_FIELD", tr("Workload field"), ""),
    ("TOWN_FIELD", tr("Town field (grids never cross towns)"), "town_code"),
    ("VILLAGE_FIELD", tr("Village field"), "village_code"),
    ("PREVIOUS_FIELD", tr("Field with last year's grid"), "previous_grid_code"),
    ("START_FIELD", tr("Field with a draft to continue"), "start_grid_code"),
    ("LOCKED_FIELD", tr("Lock field (0 free, 1 stays, 2 grid closed)"), "locked"),
    ("SLOPE_FIELD", tr("Slope field (class or degrees)"), "po_du"),
)
"""Field parameters: name, title, the workspace's column taken when nothing is given."""

BOUNDS = (
    ("TOLERANCE", tr("Tolerance of workload (percent; hard where set)")),
    ("MIN_MU", tr("Least forest area of a grid (mu)")),
    ("MAX_MU", tr("Greatest forest area of a grid (mu)")),
    ("MAX_CHANGE", tr("Forest that may change hands (percent of mu)")),
)
WEIGHTS = (
    ("WEIGHT_BALANCE", tr("Weight of equal workload"), GridParams.weight_balance),
    ("WEIGHT_COMPACT", tr("Weight of compactness"), GridParams.weight_compact),
    ("WEIGHT_STABLE", tr("Weight of keeping last year's grids"), GridParams.weight_stable),
    ("WEIGHT_VILLAGE", tr("Weight of keeping villages whole"), GridParams.weight_village),
    ("WEIGHT_TRAVEL", tr("Weight of the ranger's walk"), GridParams.weight_travel),
    ("WEIGHT_RIDGE", tr("Weight of ridges as borders (with a DEM)"), GridParams.weight_ridge),
)
GREATEST_WEIGHT = 1e6
"""A wish that outweighs all others long before; sums of greater ones overflow."""


def declare_stands(algorithm: LinzhangAlgorithm, fields: tuple[tuple[str, str, str], ...]) -> None:
    """Add STANDS and its field parameters."""
    add_source(algorithm, "STANDS", tr("Stands"), QgsProcessing.SourceType.TypeVectorPolygon, False)
    for name, title, taken in fields:
        hint = tr("Empty: the workspace's own column where the layer has it.") if taken else ""
        algorithm.add(
            QgsProcessingParameterField(
                name, translate(title), parentLayerParameterName="STANDS", optional=True
            ),
            hint,
        )


def declare_request(algorithm: LinzhangAlgorithm) -> None:
    """Add every parameter of an optimisation."""
    declare_stands(algorithm, FIELDS)
    basis = [tr("Official where within 1 % of geometry"), tr("Geometry"), tr("Official")]
    add_choice(algorithm, "AREA_BASIS", tr("Area that counts"), basis, 0, advanced=True)
    vector = QgsProcessing.SourceType
    add_source(algorithm, "RANGERS", tr("Rangers (a row a post)"), vector.TypeVector)
    add_number(algorithm, "GRID_COUNT", tr("Number of grids where there are no rangers"), None,
               whole=True, least=1)  # fmt: skip
    modes = [tr("Adjust last year's plan"), tr("Divide afresh")]
    add_choice(algorithm, "MODE", tr("Mode"), modes, 0)
    for name, title in BOUNDS:
        add_number(algorithm, name, title, None, least=0)
    add_number(algorithm, "LINK_DISTANCE", tr("Widest gap that is bridged (m)"), 200.0, least=0,
               advanced=True)  # fmt: skip
    add_source(algorithm, "BARRIERS", tr("Barriers"), vector.TypeVectorAnyGeometry)
    add_source(algorithm, "BRIDGES", tr("Bridges over barriers (besides the roads)"),
               vector.TypeVectorAnyGeometry)  # fmt: skip
    algorithm.add(
        QgsProcessingParameterRasterLayer("DEM", translate(tr("Elevation (DEM)")), None, True)
    )
    add_source(algorithm, "ROADS", tr("Roads"), vector.TypeVectorLine)
    add_source(algorithm, "RISK_ZONES", tr("Key risk zones"), vector.TypeVectorPolygon)
    for name, title, default in WEIGHTS:
        add_number(algorithm, name, title, default, least=0, advanced=True, most=GREATEST_WEIGHT)
    efforts = [tr("Quick"), tr("Standard"), tr("Thorough")]
    add_choice(algorithm, "EFFORT", tr("Effort"), efforts, 1, advanced=True)
    infeasible = [tr("Stop and write nothing"), tr("Give the plan with the least violations")]
    add_choice(algorithm, "ON_INFEASIBLE", tr("Where rules cannot be kept"), infeasible, 1,
               advanced=True)  # fmt: skip
    for name, title in (("COUNTY_CODE", tr("County code (6 digits)")), ("RULES", tr("Rule set"))):
        algorithm.add(
            QgsProcessingParameterString(name, translate(title), "", False, True), advanced=True
        )
    add_source(algorithm, "USED_CODES", tr("Codes never issued again"), vector.TypeVector)
    add_source(algorithm, "PREVIOUS_GRIDS", tr("Last year's grids (for rangers' names)"),
               vector.TypeVector)  # fmt: skip
    add_number(algorithm, "CLOSE_GAP", tr("Slivers closed up to (m)"), 5.0, least=0, advanced=True)
    algorithm.add(
        QgsProcessingParameterBoolean(
            "SHAPE", translate(tr("Fill gaps that are not forest, for maps")), False
        ),
        advanced=True,
    )
    add_number(algorithm, "SEED", tr("Seed"), 0, whole=True, least=0, advanced=True)
    add_number(algorithm, "YEAR", tr("Year"), None, whole=True, advanced=True)
    add_number(algorithm, "PROCESSES", tr("Processes (0: one a core)"), 0, whole=True, least=0,
               advanced=True)  # fmt: skip
    algorithm.add(
        QgsProcessingParameterString(
            "SCHEDULER", translate(tr("Dask scheduler address")), "", False, True
        ),
        advanced=True,
    )


def add_figures(algorithm: LinzhangAlgorithm, names: tuple[str, ...] = tuple(FIGURES)) -> None:
    """Declare the numeric outputs."""
    for name in names:
        algorithm.addOutput(QgsProcessingOutputNumber(name, translate(FIGURES[name])))


def field_of(call: Call, columns: list[str], name: str, taken: str) -> str:
    """Give the column of a field parameter: the given one, else the workspace's where it is.

    Raises:
        InputError: The given column is not in the layer.
    """
    given = call.field(name)
    if given and given not in columns:
        raise InputError(
            tr("{parameter}: the layer has no field {field}; its fields are {fields}."),
            parameter=name,
            field=given,
            fields=", ".join(columns),
        )
    return given or (taken if taken in columns else "")


def stand_fields(call: Call, layer: pd.DataFrame) -> StandFields:
    """Settle which column is what; the workspace's own columns count where they hold something.

    Raises:
        InputError: There is no id field.
    """
    columns = [str(c) for c in layer.columns if c != "geometry"]
    filled = {c for c in columns if layer[c].map(code_text).ne("").any()}
    found = [
        field_of(call, columns, name, taken if taken in filled else "")
        if call.algorithm.parameterDefinition(name)
        else ""
        for name, _, taken in FIELDS
    ]
    stand_id, area, workload, town, village, previous, start, locked, slope = found
    if not stand_id:
        raise InputError(
            tr("STANDS has no field stand_id; give STAND_ID_FIELD (fields: {fields})."),
            fields=", ".join(columns),
        )
    return StandFields(stand_id, area, workload, town, village, previous, start, locked, slope)


def read_rules(call: Call) -> GridRules:
    """Give the rules that RULES names, with the state farms' preset."""
    name = call.text("RULES") if call.algorithm.parameterDefinition("RULES") else ""
    return grid_rules(load_rules(name, "grids"), load_rules("mountain", "grids"))


def read_params(call: Call, has_previous: bool) -> GridParams:
    """Read the wishes and limits, with the defaults that depend on the mode."""
    adjust = call.choice("MODE") == ADJUST
    tolerance, change = call.number("TOLERANCE"), call.number("MAX_CHANGE")
    if tolerance is None and not adjust:
        tolerance = 10.0
    if change is None and adjust:
        change = 10.0
    county = call.text("COUNTY_CODE")
    if county and not (county.isdigit() and len(county) == 6):
        raise InputError(
            tr("COUNTY_CODE {code} is no county code; give its six digits."), code=county
        )
    del has_previous
    return GridParams(
        mode=call.choice("MODE"),
        tolerance=tolerance,
        min_mu=call.number("MIN_MU"),
        max_mu=call.number("MAX_MU"),
        max_change=change,
        grid_count=int(call.number("GRID_COUNT") or 0),
        link_distance=float(call.number("LINK_DISTANCE") or 0.0),
        weight_balance=float(call.number("WEIGHT_BALANCE") or 0.0),
        weight_compact=float(call.number("WEIGHT_COMPACT") or 0.0),
        weight_stable=float(call.number("WEIGHT_STABLE") or 0.0),
        weight_village=float(call.number("WEIGHT_VILLAGE") or 0.0),
        weight_travel=float(call.number("WEIGHT_TRAVEL") or 0.0),
        weight_ridge=float(call.number("WEIGHT_RIDGE") or 0.0),
        effort=call.choice("EFFORT"),
        stop_if_infeasible=call.choice("ON_INFEASIBLE") == 0,
        county_code=county,
        year=int(call.number("YEAR") or 0),
        seed=call.integer("SEED"),
        close_gap=float(call.number("CLOSE_GAP") or 0.0),
        fill=call.switch("SHAPE"),
    )


def read_request(call: Call) -> Request:
    """Read every input of an optimisation.

    Raises:
        InputError: A layer or field cannot be used.
    """
    stands = call.frame("STANDS")
    assert stands is not None
    fields = stand_fields(call, stands)
    rangers = call.frame("RANGERS", needs_crs=False)
    if rangers is not None and rangers.crs is None:
        rangers = rangers.set_geometry(rangers.geometry.set_crs(stands.crs))
    return Request(
        stands=stands,
        fields=fields,
        rangers=rangers,
        previous=previous_grids(call),
        params=read_params(call, bool(fields.previous)),
        rules=read_rules(call),
        basis=call.choice("AREA_BASIS"),
        barriers=call.frame("BARRIERS"),
        bridges=call.frame("BRIDGES"),
        roads=call.frame("ROADS"),
        risk_zones=call.frame("RISK_ZONES"),
        dem=raster_source(call, "DEM") or None,
        used_codes=used_codes(call),
    )


def previous_grids(call: Call) -> pd.DataFrame | None:
    """Read last year's grids for their rangers' names."""
    layer = call.frame("PREVIOUS_GRIDS", needs_crs=False)
    if layer is None or "grid_code" not in layer or "ranger_name" not in layer:
        return None
    names = pd.DataFrame(layer[["grid_code", "ranger_name"]])
    names["grid_code"] = [code_text(v) for v in names["grid_code"]]
    return names


def used_codes(call: Call) -> tuple[str, ...]:
    """Read the codes never issued again: column grid_code, else the first."""
    layer = call.frame("USED_CODES", needs_crs=False)
    if layer is None:
        return ()
    columns = [c for c in layer.columns if c != "geometry"]
    column = "grid_code" if "grid_code" in columns else columns[0]
    return tuple(sorted({code_text(v) for v in layer[column]} - {""}))
