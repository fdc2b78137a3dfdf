"""Notice boards (公示牌): one board a point, one file a board."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

NOTICE_BOARD = Table(
    "notice_board",
    "公示牌",
    "Notice boards",
    (
        Field("board_code", "text", "公示牌编码", "Board code", width=24, required=True),
        Field("level", "integer", "级别", "Level", required=True, codes="admin_level"),
        Field("unit_code", "text", "区划代码", "Unit code", width=12),
        Field("place_name", "text", "设置位置", "Place", width=100),
        Field("set_on", "date", "设置日期", "Set on"),
        Field("lon", "real", "经度", "Longitude", unit="degree", low=-180, high=180),
        Field("lat", "real", "纬度", "Latitude", unit="degree", low=-90, high=90),
        Field("supervision_phone", "text", "监督电话", "Supervision phone", width=20),
        Field("photo", "text", "照片", "Photo", width=200),
        Field("state", "text", "现状", "State", width=12, codes="board_state"),
    ),
    geometry="Point",
    key=("board_code",),
    style="notice_board",
    group="people",
)

TABLES_HERE = (NOTICE_BOARD,)
