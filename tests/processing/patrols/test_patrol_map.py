"""Patrols on the map: played by time, coloured by validity, and why one does not count."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from qgis.core import (
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt
from qgis.PyQt.QtGui import QColor

from linzhang_plugin.core.patrols.tables.outings import PATROL
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.outputs import STYLES
from linzhang_plugin.workspace.patrol_map import PatrolMap
from tests.truth.traces import fixes_of, gpx_of, noisy, sampled, start_of, walk

TEMP = "TEMPORARY_OUTPUT"
GREEN, RED = (26, 152, 80), (215, 48, 39)


@pytest.fixture(scope="module")
def written(provider, tmp_path_factory):
    """Give PATROLS as a file, dressed as QGIS dresses a loaded output: R1 150 minutes, R2 60."""
    from qgis import processing

    folder = tmp_path_factory.mktemp("map")
    traces = folder / "traces"
    traces.mkdir()
    rng = np.random.default_rng(4)
    for number, (minutes, day) in enumerate(((150, 3), (60, 4)), start=1):
        fixes = fixes_of([("x", start_of(day, 8), noisy(rng, sampled(walk(rng, minutes), 15), 3))])
        (traces / f"R{number}_2025-03-0{day}.gpx").write_bytes(gpx_of(fixes, f"R{number}"))
    tracks = str(folder / "tracks.gpkg")
    processing.run(
        "linzhang:importtraces",
        {"INPUT": str(traces), "DATUM": 1, "TRACKS": tracks, "REJECTED": TEMP},
    )
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    target = str(folder / "patrols.gpkg")
    processing.run(
        "linzhang:assesspatrols",
        {
            "TRACKS": tracks,
            "PATROLS": QgsProcessingOutputLayerDefinition(target, QgsProject.instance()),
            "PATROL_DAYS": TEMP, "ATTENDANCE": TEMP, "RATES": TEMP,
        },
        context=context, feedback=feedback,
    )  # fmt: skip
    (details,) = context.layersToLoadOnCompletion().values()
    loaded = QgsVectorLayer(target, details.name, "ogr")
    details.postProcessor().postProcessLayer(loaded, context, feedback)
    # what QGIS does with the loaded layer dresses it as the tests below do
    assert loaded.temporalProperties().isActive() and loaded.mapTipsEnabled()
    return target


@pytest.fixture
def patrol_layer(written):
    """Give PATROLS as QGIS dressed it."""
    made = QgsVectorLayer(written, "patrols", "ogr")
    bridge.dress_layer(made, PATROL, STYLES)
    assert made.isValid() and made.featureCount() == 2
    return made


def tip_of(patrol_layer, feature):
    scopes = QgsExpressionContextUtils.globalProjectLayerScopes(patrol_layer)
    context = QgsExpressionContext(scopes)
    context.setFeature(feature)
    return QgsExpression.replaceExpressionText(patrol_layer.mapTipTemplate(), context)


def test_a_click_says_why_a_patrol_does_not_count(patrol_layer):
    assert patrol_layer.mapTipsEnabled()
    tips = {f["person_id"]: tip_of(patrol_layer, f) for f in patrol_layer.getFeatures()}
    assert "不计" in tips["R2"] and "of the 120 minutes required" in tips["R2"]
    assert "有效" in tips["R1"] and "required" not in tips["R1"]
    assert "[%" not in tips["R1"] and "149.75" not in tips["R2"]


def test_a_name_from_a_file_cannot_write_html(patrol_layer):
    feature = next(patrol_layer.getFeatures())
    feature["person_id"] = "<img src=http://x>"
    assert "<img" not in tip_of(patrol_layer, feature)


def test_a_day_can_be_played(patrol_layer):
    played = patrol_layer.temporalProperties()
    assert played.isActive()
    context = QgsVectorLayerTemporalContext()
    context.setLayer(patrol_layer)
    seen = {}
    for hour in (7, 9, 12):  # in China; R1 is out from 8:00 to 10:30 on the third
        start = QDateTime.fromString(f"2025-03-03T{hour - 8:02d}:00:00Z", Qt.DateFormat.ISODate)
        if hour < 8:
            start = QDateTime.fromString("2025-03-02T23:00:00Z", Qt.DateFormat.ISODate)
        span = QgsDateTimeRange(start, start.addSecs(1800))
        request = QgsFeatureRequest().setFilterExpression(played.createFilterString(context, span))
        seen[hour] = sorted(f["person_id"] for f in patrol_layer.getFeatures(request))
    assert seen == {7: [], 9: ["R1"], 12: []}


def test_the_picture_shows_both_kinds(patrol_layer, tmp_path):
    settings = QgsMapSettings()
    settings.setLayers([patrol_layer])
    settings.setDestinationCrs(patrol_layer.crs())
    settings.setExtent(patrol_layer.extent().buffered(0.002))
    settings.setOutputSize(QSize(600, 600))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(str(tmp_path / "map.png"))
    pixels = image.constBits().asarray(image.sizeInBytes())
    colours = np.frombuffer(bytes(pixels), dtype=np.uint8).reshape(-1, 4)[:, 2::-1]
    for colour in (GREEN, RED):
        near = (np.abs(colours.astype(int) - colour) < 12).all(axis=1)
        assert near.sum() > 100, colour


def played_on(patrol_layer, span):
    """Give the fids of the features that the temporal controller shows in a span."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(patrol_layer)
    text = patrol_layer.temporalProperties().createFilterString(context, span)
    return {f.id() for f in patrol_layer.getFeatures(QgsFeatureRequest().setFilterExpression(text))}


@pytest.fixture(scope="module")
def county(provider, tmp_path_factory):
    """Give the folder of a small sample county with a month of traces."""
    from qgis import processing

    folder = tmp_path_factory.mktemp("played")
    given = {"COUNTY_CODE": "360702", "COUNTY_NAME": "示例区", "YEAR": 2025, "SAMPLE": True}
    given |= {"SCALE": 0.07, "TRACE_MONTHS": 1, "IMAGES": False}
    stores = {"STORE": str(folder / "county.gpkg"), "PROJECT": str(folder / "county.qgz")}
    processing.run("linzhang:createworkspace", given | stores)
    return folder


def test_the_project_plays_the_last_day_and_tells_why(county):
    project = QgsProject()
    assert project.read(str(county / "county.qgz"))
    (patrol_layer,) = (
        one for one in project.mapLayers().values() if one.source().endswith("|layername=patrol")
    )
    assert patrol_layer.readOnly() and patrol_layer.temporalProperties().isActive()
    rows = {f.id(): f for f in patrol_layer.getFeatures()}
    names = [field.name() for field in patrol_layer.fields()]
    assert "name" not in names and "phone" not in names
    last = max(f["day"] for f in rows.values())
    assert played_on(patrol_layer, project.timeSettings().temporalRange()) == {
        fid for fid, f in rows.items() if f["day"] == last
    }
    refused = [f for f in rows.values() if not f["valid"]]
    assert refused and any(f["valid"] for f in rows.values())
    for feature in refused:
        tip = tip_of(patrol_layer, feature)
        assert "不计" in tip and feature["reasons"].split("；")[0] in tip
    theme = project.mapThemeCollection()
    assert any(patrol_layer.id() in theme.mapThemeVisibleLayerIds(n) for n in theme.mapThemes())
    del rows, refused, patrol_layer
    project.clear()


def test_adopted_patrols_take_the_place_of_the_days_and_go_with_the_traces(county, written):
    """R1 and R2 of March join the sample's December; kept twice they are there once."""
    path = county / "county.gpkg"
    kept = PatrolMap(path)

    def days():
        found = QgsVectorLayer(f"{kept.path}|layername=patrol", "x", "ogr")
        return sorted(f["day"] for f in found.getFeatures())

    before = days()
    assert before and {day[:7] for day in before} == {"2024-12"}
    source = QgsVectorLayer(written, "patrols", "ogr")
    frame = pd.DataFrame(
        [[bridge.plain(f[n]) for n in PATROL.names] for f in source.getFeatures()],
        columns=PATROL.names,
    )
    frame["wkb"] = [bytes(f.geometry().asWkb()) for f in source.getFeatures()]
    march = {"2025-03-03", "2025-03-04"}
    for _ in range(2):
        assert kept.keep([frame], march) == 2
        assert days() == [*before, "2025-03-03", "2025-03-04"]

    def broken():
        yield frame
        raise ValueError

    with pytest.raises(ValueError):
        kept.keep(broken(), march)
    assert days() == [*before, "2025-03-03", "2025-03-04"]  # what was there still is
    assert kept.purge("2024-12") == 0
    assert kept.purge("2025-01") == len(before)
    assert days() == ["2025-03-03", "2025-03-04"]
