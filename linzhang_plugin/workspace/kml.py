"""Grids as KML in WGS84 for map apps on the phone: one file a ranger."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>{name}</name>
<Style id="grid"><LineStyle><color>ff0000ff</color><width>3</width></LineStyle>
<PolyStyle><color>200000ff</color></PolyStyle></Style>
<Placemark><name>{name}</name><description>{text}</description><styleUrl>#grid</styleUrl>
<ExtendedData>{data}</ExtendedData>
<MultiGeometry>{shapes}</MultiGeometry></Placemark>
</Document></kml>
"""
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def safe_name(text: str) -> str:
    """Make a file name of a text: no separators, no climbing out of the folder.

    Example:
        >>> safe_name("../../a/b:山")
        'a_b_山'
    """
    parts = [part.strip(". _") for part in UNSAFE.split(text)]
    return "_".join(part for part in parts if part)[:80] or "_"


def write_kml(grids: gpd.GeoDataFrame, folder: Path, public: bool) -> list[Path]:
    """Write each grid into a file named by its code, and its ranger unless public.

    Args:
        grids: ``grid_code``, ``grid_name``, ``area_mu``, ``ranger_name`` …, any CRS.
        folder: Where to.
        public: No names.

    Returns:
        The files in the order of the grids.
    """
    files = []
    for row in grids.to_crs(4326).itertuples():
        ranger = "" if public else str(getattr(row, "ranger_name", None) or "")
        stem = safe_name(f"{row.grid_code}_{ranger}" if ranger else str(row.grid_code))
        path = folder / f"{stem}.kml"
        path.write_text(_page(row, ranger), encoding="utf-8")
        files.append(path)
    return files


def _page(row: Any, ranger: str) -> str:
    name = row.grid_name if isinstance(row.grid_name, str) else row.grid_code
    lines = [f"网格 {row.grid_code}", f"面积 {row.area_mu:.1f} 亩"]
    if ranger:
        lines.append(f"护林员 {ranger}")
    for title, side in (("东至", "e"), ("南至", "s"), ("西至", "w"), ("北至", "n")):
        text = getattr(row, f"bound_{side}")
        if isinstance(text, str) and text:
            lines.append(text if text.startswith(title) else f"{title}{text}")
    values = {"grid_code": row.grid_code, "grid_year": row.grid_year, "area_mu": repr(row.area_mu)}
    data = "".join(
        f'<Data name="{key}"><value>{escape(str(value))}</value></Data>'
        for key, value in values.items()
    )
    shapes = "".join(_polygon(p) for p in shapely.get_parts([row.geometry]))
    return PAGE.format(
        name=escape(str(name)), text=escape("\n".join(lines)), data=data, shapes=shapes
    )


def _polygon(polygon: Any) -> str:
    inner = "".join(
        f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in polygon.interiors
    )
    return f"<Polygon><outerBoundaryIs>{_ring(polygon.exterior)}</outerBoundaryIs>{inner}</Polygon>"


def _ring(ring: Any) -> str:
    points = " ".join(f"{x:.7f},{y:.7f}" for x, y in shapely.get_coordinates(ring))
    return f"<LinearRing><coordinates>{points}</coordinates></LinearRing>"
