"""What an office delivers, with planted truth: stands, a roster, last year's grids.

A chessboard county of square stands; every town is a band of rows, every village a block.
Names are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

COUNTY = "369901"
TOWNS = {"101": "示例青岭镇", "102": "示例白石镇", "201": "示例云田乡"}
SIDE = 200.0
"""Side of a stand, m: 4 ha, 60 mu."""
WEST, SOUTH = 480_000.0, 2_850_000.0
LAND = ("0111", "0113", "0131", "0120", "0210")
"""Land classes in turn; 0210 is cropland, no forest."""


@dataclass(frozen=True)
class Delivered:
    """The three files.

    Attributes:
        stands: As delivered, EPSG:4547, pinyin fields.
        roster: Rows of the 花名册 with a header row, as a sheet holds them.
        grids: Last year's grids as polygons: 网格编号, 护林员.
        grid_of: Stand id → label of its grid.
    """

    stands: gpd.GeoDataFrame
    roster: list[list[object]]
    grids: gpd.GeoDataFrame
    grid_of: dict[str, str]


def make(columns: int = 8, rows: int = 9, seed: int = 1) -> Delivered:
    """Make a county of ``columns × rows`` stands in three towns of two villages each."""
    rng = np.random.default_rng(seed)
    towns = list(TOWNS)
    made, labels, grid_of = [], [], {}
    for row in range(rows):
        town = towns[row * len(towns) // rows]
        for column in range(columns):
            cun = "201" if column < columns // 2 else "202"
            x, y = WEST + column * SIDE, SOUTH + (rows - row) * SIDE
            number = row * columns + column + 1
            land = LAND[number % len(LAND)]
            lin_ban, xiao_ban = f"{row + 1:04d}", f"{column + 1:05d}"
            label = f"{TOWNS[town][2:4]}{1 if column < columns // 2 else 2}号"
            stand = COUNTY + town + cun + lin_ban + xiao_ban
            if land != "0210":
                grid_of[stand] = label
            labels.append(label)
            made.append(
                {
                    "SHENG": COUNTY[:2],
                    "XIAN": COUNTY,
                    "XIANG": town,
                    "CUN": cun,
                    "LIN_BAN": lin_ban,
                    "XIAO_BAN": xiao_ban,
                    "MIAN_JI": round(SIDE * SIDE / 10_000 * (1 + rng.normal(0, 0.001)), 4),
                    "DI_LEI": land,
                    "SEN_LIN_LB": ("11", "12", "21", "22")[number % 4],
                    "LD_QS": "20",
                    "PO_DU": str(1 + number % 6),
                    "YOU_SHI_SZ": "马尾松",
                    "BHYY": "5-林木采伐",
                    "geometry": shapely.box(x, y, x + SIDE, y + SIDE),
                }
            )
    stands = gpd.GeoDataFrame(pd.DataFrame(made), geometry="geometry", crs=4547)
    grids = stands[["geometry"]].assign(label=labels).dissolve("label").reset_index()
    people = ["赵一", "钱二", "孙三", "李四", "周五", "吴六"]
    names = dict(zip(sorted(set(labels)), people, strict=True))
    grids = grids.rename(columns={"label": "网格编号"})
    grids["护林员"] = [f"示例{names[label]}" for label in grids["网格编号"]]
    return Delivered(stands, roster(names), grids[["网格编号", "护林员", "geometry"]], grid_of)


def roster(names: dict[str, str]) -> list[list[object]]:
    """Give a roster with a title, a header, a row a ranger, a supervisor, a vacancy and a total."""
    by_town = {name[2:4]: name for name in TOWNS.values()}
    rows: list[list[object]] = [
        ["示例县2024年护林员花名册", None, None, None, None, None, None, None],
        ["序号", "姓名", "性别", "身份证号", "乡镇", "行政村", "类别", "联系电话"],
    ]
    for number, (label, name) in enumerate(names.items(), start=1):
        town = by_town[label[:2]]
        rows.append(
            [
                number,
                f"示例{name}",
                "男",
                "369901199001010000",
                town,
                f"{201 + (label[2] == '2')}",
                "专职护林员",
                f"199000000{number:02d}",
            ]
        )
    rows.append([7, "示例郑七", "女", None, "青岭镇", None, "监管员", None])
    rows.append([8, "空缺", None, None, "示例云田乡", "201", "护林员", None])
    rows.append(["合计", 8, None, None, None, None, None, None])
    return rows
