"""``linzhang:detectbareslopes``: candidates of bare slopes from an image and a DEM."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import geopandas as gpd
import shapely
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.slopes.candidates import candidate_layer
from linzhang_plugin.core.slopes.detect import Detection, detect
from linzhang_plugin.core.slopes.likeness import TRUST
from linzhang_plugin.core.slopes.matching import GONE
from linzhang_plugin.core.slopes.tables import CANDIDATES
from linzhang_plugin.core.terrain.raster import RasterFile
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_number, add_source
from linzhang_plugin.processing.slopes.layers import (
    GROUP,
    add_masks,
    dem_under,
    image_file,
    masks,
    open_image,
    slope_rules,
)

LIMITS = (
    ("NDVI_MAX", tr("Bare below this NDVI"), "ndvi_max"),
    ("BSI_MIN", tr("Bare above this bareness index"), "bsi_min"),
    ("SLOPE_MIN", tr("Steep from this slope on (degrees)"), "slope_min"),
    ("MIN_AREA_M2", tr("Least area of a site (m²)"), "min_area_m2"),
    ("GROW_M", tr("Flat bare ground taken along up to (m)"), "grow_m"),
    ("EDGE_M", tr("Masks may lie off by (m)"), "edge_m"),
    ("CONFIDENCE_MIN", tr("Least confidence of a candidate (0 … 1)"), "confidence_min"),
)

LEAST_VOID = 0.01
"""Share of the image without heights from which it is said."""


class DetectBareSlopes(LinzhangAlgorithm):
    """疑似裸露山体: bare and steep cells, grown into their floors, matched to the register."""

    NAME = "detectbareslopes"
    TITLE = tr("Detect bare slopes")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add(QgsProcessingParameterRasterLayer("IMAGE", translate(tr("Image"))))
        self.add(
            QgsProcessingParameterString("BANDS", translate(tr("Bands")), "", False, True),
            tr("Such as blue=1,green=2,red=3,nir=4 or sentinel2_12; empty: by the bands' titles."),
        )
        add_number(self, "DN_OFFSET", tr("Offset of digital numbers"), 0.0, advanced=True)
        self.add(QgsProcessingParameterRasterLayer("DEM", translate(tr("Elevation (DEM)"))))
        add_masks(self)
        add_number(self, "ROAD_M", tr("Half width of excluded lines (m)"), 12.0, least=0,
                   advanced=True)  # fmt: skip
        kind = QgsProcessing.SourceType
        add_source(self, "KNOWN", tr("Register of known sites"), kind.TypeVectorPolygon)
        for name, title, _ in LIMITS:
            signed = name in ("NDVI_MAX", "BSI_MIN")
            most = 1 if name == "CONFIDENCE_MIN" else None
            add_number(self, name, title, None, least=None if signed else 0, most=most)
        for name, title in (("RULES", tr("Rule set")), ("COUNTY_CODE", tr("County code"))):
            default = "360702" if name == "COUNTY_CODE" else ""
            self.add(
                QgsProcessingParameterString(name, translate(title), default, False, True),
                advanced=True,
            )
        add_number(self, "YEAR", tr("Year"), 2021, whole=True, least=2000)
        self.add_sink("CANDIDATES", CANDIDATES)
        self.addOutput(QgsProcessingOutputNumber("N_SITES", translate(tr("Sites found"))))
        self.addOutput(QgsProcessingOutputNumber("N_NEW", translate(tr("New sites"))))
        self.addOutput(QgsProcessingOutputNumber("N_GONE", translate(tr("Sites bare no more"))))
        self.addOutput(QgsProcessingOutputNumber("N_DOUBTFUL", translate(tr("Doubtful sites"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Detect, outline, match."""
        limits = self._limits(call)
        file = image_file(call, "IMAGE")
        layers = masks(call, file.crs, call.number("ROAD_M") or 12.0)
        if not layers:
            call.warn(
                Message(
                    "Nothing is left out: villages and fields look like bare slopes; give EXCLUDE."
                )
            )
        image = open_image(call, file, dem_under(call, file), layers)
        known = self._known(call, file)
        found = detect(image.read, image.shape, image.cell, limits, progress=call.progress)
        void = image.without_heights()
        if void > LEAST_VOID:
            call.warn(
                Message(
                    "{share:.0%} of the image has no heights: nothing was looked for there.",
                    {"share": void},
                )
            )
        year = call.integer("YEAR")
        layer = candidate_layer(
            found,
            image.grid,
            known,
            call.text("COUNTY_CODE"),
            year,
            image.kind_names,
            limits.edge_m,
            limits.confidence_min,
        )
        made = layer.made
        for reason, cells in image.masked_cells.items():
            hectares = cells * image.cell**2 / 10_000
            call.say(
                Message("Left out as {layer}: {area:.1f} ha.", {"layer": reason, "area": hectares})
            )
        new = int((made["change"] == "new").sum())
        gone = int((made["change"] == GONE).sum())
        doubtful = int((made["confidence"] < TRUST).sum())
        call.say(
            Message(
                "{n} candidates, {new} of them new; {gone} known sites are bare no more.",
                {"n": len(made) - gone, "new": new, "gone": gone},
            )
        )
        if layer.left_out:
            call.say(
                Message(
                    "{n} patches ({mu:.1f} mu) look so much like what is masked that they are no"
                    " candidates; set CONFIDENCE_MIN to 0 to see them.",
                    {"n": layer.left_out, "mu": layer.left_out_mu},
                )
            )
        if doubtful:
            call.say(
                Message(
                    "{n} of them look like something else or lie along a mask: see their reason;"
                    " {sure} are without doubt.",
                    {"n": doubtful, "sure": len(made) - gone - doubtful},
                )
            )
        return {
            "CANDIDATES": call.write("CANDIDATES", made, CANDIDATES, qgis_crs(made.crs)),
            "N_SITES": len(made) - gone,
            "N_NEW": new,
            "N_GONE": gone,
            "N_DOUBTFUL": doubtful,
        }

    def _limits(self, call: Call) -> Detection:
        """Give the thresholds: the rule set's where no parameter is set."""
        rules, usual = slope_rules(call), Detection()
        values: dict[str, float] = {}
        for field in fields(Detection):
            default: float = getattr(usual, field.name)
            number = rules.number(field.name, default)
            values[field.name] = default if number is None else number
        for name, _, key in LIMITS:
            given = call.number(name)
            if given is not None:
                values[key] = given
        if call.number("BSI_MIN") is not None:
            values["visible_min"] = values["bsi_min"]
        return Detection(**values)

    def _known(self, call: Call, file: RasterFile) -> gpd.GeoDataFrame | None:
        """Read the known sites that lie on the image: the others cannot be said to be gone."""
        known = call.frame("KNOWN") if call.given("KNOWN") else None
        if known is None:
            return None
        known = known[known.geometry.notna()].to_crs(file.crs).reset_index(drop=True)
        a, _, c, _, e, f = file.transform
        rows, columns = file.shape
        extent = shapely.box(c, f + e * rows, c + a * columns, f)
        return known[shapely.within(known.geometry.to_numpy(), extent)].reset_index(drop=True)
