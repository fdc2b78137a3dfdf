"""What lies around the forest: roads, rivers, fields, houses, scenic spots, special land."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

ROAD = Table(
    "road",
    "道路",
    "Roads",
    (
        Field("road_id", "text", "道路编号", "Road id", width=24, required=True),
        Field("road_name", "text", "道路名称", "Road name", width=60),
        Field("kind", "text", "类别", "Kind", width=20, codes="road_kind"),
    ),
    geometry="MultiLineString",
    key=("road_id",),
    style="road",
    group="base",
)

RIVER = Table(
    "river",
    "河流",
    "Rivers",
    (
        Field("river_id", "text", "河流编号", "River id", width=24, required=True),
        Field("river_name", "text", "河流名称", "River name", width=60),
        Field("kind", "text", "类别", "Kind", width=20, codes="river_kind"),
    ),
    geometry="MultiLineString",
    key=("river_id",),
    style="river",
    group="base",
)

WATER = Table(
    "water",
    "水面",
    "Water",
    (
        Field("water_id", "text", "水面编号", "Water id", width=24, required=True),
        Field("water_name", "text", "水面名称", "Water name", width=60),
        Field("area_m2", "real", "面积", "Area", unit="m2", low=0),
    ),
    geometry="MultiPolygon",
    key=("water_id",),
    style="water",
    group="base",
)

FARMLAND = Table(
    "farmland",
    "农田",
    "Farmland",
    (
        Field("farmland_id", "text", "农田编号", "Farmland id", width=24, required=True),
        Field("kind", "text", "类别", "Kind", width=20, codes="farmland_kind"),
        Field("area_m2", "real", "面积", "Area", unit="m2", low=0),
    ),
    geometry="MultiPolygon",
    key=("farmland_id",),
    style="farmland",
    group="base",
)

SETTLEMENT = Table(
    "settlement",
    "居民点",
    "Settlements",
    (
        Field("settlement_id", "text", "居民点编号", "Settlement id", width=24, required=True),
        Field("settlement_name", "text", "居民点名称", "Settlement name", width=60),
        Field("village_code", "text", "村代码", "Village code", width=12),
        Field("households", "integer", "户数", "Households", low=0),
    ),
    geometry="Point",
    key=("settlement_id",),
    style="settlement",
    group="base",
)

BUILT_UP = Table(
    "built_up",
    "建成区",
    "Built-up land",
    (
        Field("built_up_id", "text", "建成区编号", "Built-up land id", width=24, required=True),
        Field("built_up_name", "text", "名称", "Name", width=60),
        Field("kind", "text", "类别", "Kind", width=20, codes="built_up_kind"),
        Field("area_m2", "real", "面积", "Area", unit="m2", low=0),
    ),
    geometry="MultiPolygon",
    key=("built_up_id",),
    style="built_up",
    group="base",
)

SCENIC_SPOT = Table(
    "scenic_spot",
    "景区",
    "Scenic spots",
    (
        Field("scenic_id", "text", "景区编号", "Scenic spot id", width=24, required=True),
        Field("scenic_name", "text", "景区名称", "Scenic spot name", width=60),
        Field("area_m2", "real", "面积", "Area", unit="m2", low=0),
    ),
    geometry="MultiPolygon",
    key=("scenic_id",),
    style="scenic_spot",
    group="base",
)

SPECIAL_LAND = Table(
    "special_land",
    "易混淆地类",
    "Land that only looks bare",
    (
        Field("special_id", "text", "地块编号", "Plot id", width=24, required=True),
        Field("kind", "text", "类别", "Kind", width=20, required=True, codes="special_land"),
        Field("area_m2", "real", "面积", "Area", unit="m2", low=0),
    ),
    geometry="MultiPolygon",
    key=("special_id",),
    style="special_land",
    group="base",
)
"""Orchard terraces, tea, new oil-tea, felling and planting plots, solar farms: bare in an image,
and no bare slope."""

TABLES_HERE = (ROAD, RIVER, WATER, FARMLAND, SETTLEMENT, BUILT_UP, SCENIC_SPOT, SPECIAL_LAND)
