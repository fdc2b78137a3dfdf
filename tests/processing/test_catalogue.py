"""Every algorithm as a catalogue entry: the fixed names, help and titles in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
)

from linzhang_plugin.processing.provider import ROOMS

ROOT = Path(__file__).parents[2]
HELP = ROOT / "linzhang_plugin" / "help"
ALGORITHMS = [algorithm for room in ROOMS for algorithm in room.ALGORITHMS]
CHINESE = re.compile("[\u4e00-\u9fff]")

# Models, batch scripts and printed manuals call these names: inputs, outputs.
OPTIMIZE_OUTPUTS = (
    "GRIDS STAND_GRID CHANGES REPORT N_GRIDS MAX_DEVIATION_PERCENT CHANGED_PERCENT"
    " MUST_CHANGE_PERCENT N_DISCONNECTED N_ISLANDS N_VIOLATIONS VILLAGE_SPLITS MEAN_TRAVEL_MIN"
    " OBJECTIVE LOWER_BOUND GAP_PERCENT SECONDS"
)
OPTIMIZE_INPUTS = (
    "STANDS STAND_ID_FIELD AREA_FIELD AREA_BASIS WORKLOAD_FIELD TOWN_FIELD VILLAGE_FIELD"
    " PREVIOUS_FIELD START_FIELD LOCKED_FIELD RANGERS GRID_COUNT MODE TOLERANCE MIN_MU MAX_MU"
    " MAX_CHANGE LINK_DISTANCE BARRIERS DEM ROADS WEIGHT_BALANCE WEIGHT_COMPACT WEIGHT_STABLE"
    " WEIGHT_VILLAGE WEIGHT_TRAVEL EFFORT ON_INFEASIBLE COUNTY_CODE USED_CODES SEED YEAR"
    " SCHEDULER"
)
FIXED = {
    "createworkspace": ("COUNTY_CODE COUNTY_NAME YEAR CRS SAMPLE STORE", "WORKSPACE PROJECT"),
    "importstands": ("INPUT FIELD_MAP ENCODING WORKSPACE", "OUTPUT REPORT N_IMPORTED N_REFUSED"),
    "importgrids": ("INPUT CODE_FIELD RANGER_FIELD YEAR WORKSPACE", "REPORT"),
    "importpersons": ("INPUT WORKSPACE", "OUTPUT REPORT N_IMPORTED N_REFUSED"),
    "importadmin": ("INPUT WORKSPACE", "OUTPUT REPORT N_IMPORTED N_REFUSED"),
    "checkworkspace": ("WORKSPACE YEAR", "FINDINGS REPORT N_ERRORS N_WARNINGS"),
    "loadplan": ("WORKSPACE YEAR", "STANDS RANGERS GRIDS"),
    "adoptgrids": ("WORKSPACE YEAR GRIDS STAND_GRID STATUS REPLACE", "N_GRIDS N_ASSIGNED"),
    "exportgrids": ("WORKSPACE YEAR PROFILE PUBLIC", "FOLDER REPORT"),
    "splitstands": ("STANDS LINES MIN_MU", "OUTPUT"),
    "optimizegrids": (OPTIMIZE_INPUTS, OPTIMIZE_OUTPUTS),
    "evaluategrids": ("GRIDS STANDS STAND_GRID RANGERS", "INDICATORS SUMMARY"),
    "comparegrids": ("BEFORE AFTER STANDS", "CHANGES SUMMARY REPORT"),
    "assignrangers": ("GRIDS RANGERS PREVIOUS DEM ROADS", "GRID_RANGER"),
    "numbergrids": ("GRIDS", ""),
    "describebounds": ("GRIDS", ""),
    "printgridmaps": ("WORKSPACE YEAR AS_OF PAGE DPI PUBLIC", "N_PAGES"),
    "delineatehills": ("DEM MIN_PROMINENCE MIN_MU NAMES STANDS", "HILLS PEAKS"),
    "importtraces": (
        "INPUT PERSON_FIELD DATUM TIMEZONE WORKSPACE",
        "FIXES TRACKS REJECTED N_FIXES N_TRACKS N_REJECTED",
    ),
    "assesspatrols": (
        "GRIDS PERSONS RULES GAP_MINUTES PERIOD_START PERIOD_END EXEMPT_DAYS",
        "PATROLS PATROL_DAYS ATTENDANCE RATES TOTAL_KM",
    ),
    "patrolcoverage": ("TRACKS GRIDS STANDS BUFFER_M", "COVERAGE UNVISITED HEAT"),
    "suspecttraces": ("TRACKS", "SUSPECTS"),
    "detectbareslopes": (
        "IMAGE DEM EXCLUDE KNOWN NDVI_MAX BSI_MIN SLOPE_MIN MIN_AREA_M2",
        "CANDIDATES N_SITES",
    ),
}
MAIN_JOB = ("createworkspace", "loadplan", "optimizegrids", "adoptgrids", "printgridmaps")
NUMBERS = re.compile(r"^(N_\w+|\w+_PERCENT|SECONDS|OBJECTIVE|LOWER_BOUND|TOTAL_KM)$")


@pytest.fixture(params=ALGORITHMS, ids=[algorithm.NAME for algorithm in ALGORITHMS])
def algorithm(request, provider):
    """Give each algorithm as the provider has it."""
    found = provider.algorithm(request.param.NAME)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    root = ElementTree.parse(ROOT / "i18n" / "linzhang_zh_CN.ts").getroot()
    return {m.findtext("source"): m.findtext("translation") or "" for m in root.iter("message")}


def test_the_main_job_is_there(provider):
    names = {algorithm.name() for algorithm in provider.algorithms()}
    assert set(MAIN_JOB) <= names


def test_names_are_unique():
    names = [algorithm.NAME for algorithm in ALGORITHMS]
    assert sorted(names) == sorted(set(names))


def test_fixed_names_are_all_there(algorithm):
    inputs, outputs = FIXED.get(algorithm.name(), ("", ""))
    declared = {p.name() for p in algorithm.parameterDefinitions()}
    given = {o.name() for o in algorithm.outputDefinitions()}
    assert set(inputs.split()) - declared == set()
    assert set(outputs.split()) - given == set()


def test_no_input_is_named_like_an_output(algorithm):
    inputs = {p.name() for p in algorithm.parameterDefinitions() if not p.isDestination()}
    assert inputs & {o.name() for o in algorithm.outputDefinitions()} == set()


def test_figures_are_declared_as_numbers(algorithm):
    for output in algorithm.outputDefinitions():
        if NUMBERS.match(output.name()):
            assert isinstance(output, QgsProcessingOutputNumber), output.name()


def test_help_is_written_in_both_languages(algorithm):
    pages = {}
    for code in ("en", "zh"):
        page = HELP / code / f"{algorithm.name()}.html"
        assert page.exists(), page
        pages[code] = page.read_text(encoding="utf-8")
        assert len(pages[code]) > 200, f"{page} says too little"
    assert len(CHINESE.findall(pages["zh"])) > 60
    assert len(CHINESE.findall(pages["zh"])) > len(CHINESE.findall(pages["en"]))


def test_titles_have_their_chinese(algorithm, chinese):
    kind = type(algorithm)
    for text in (kind.TITLE, kind.GROUP):
        assert CHINESE.search(chinese.get(text, "")), text


def test_parameters_are_described(algorithm):
    for parameter in algorithm.parameterDefinitions():
        assert parameter.description().strip(), parameter.name()
        assert parameter.description() != parameter.name(), parameter.name()


def test_required_parameters_come_without_surprise(algorithm):
    """A number that is required has a default, or the dialog starts with 0 unseen."""
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    for parameter in algorithm.parameterDefinitions():
        if isinstance(parameter, QgsProcessingParameterNumber):
            needs = not parameter.flags() & optional
            assert not (needs and parameter.defaultValue() is None), parameter.name()
