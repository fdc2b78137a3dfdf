"""Invented names of the sample, and the real area figures that its towns are sized by.

Sizes, villages, forest land and posts follow published figures of towns of that kind (see the
project's notes on the sample county); the names are made up: problems on real names would
slander real places. A person's name is a made-up pair of surname and given name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

COUNTY = "360702"
MARK = "示例"
MEAN_GRID_MU = 3846.0


@dataclass(frozen=True)
class TownPlan:
    """A town as it is to be made.

    Attributes:
        code: Nine digits.
        name: Full name; ``short`` is used in grid names.
        kind: Code of the list ``admin_kind``.
        km2: Area.
        villages: Number of villages.
        forest_mu: Forest land, mu.
        welfare_mu: Public-welfare forest, mu.
        grids: Grids, and so full-time posts, this year.
        assistants: Assistant rangers.
        east, north: Place in the county's rectangle, 0 to 1.
    """

    code: str
    name: str
    short: str
    kind: str
    km2: float
    villages: int
    forest_mu: float
    welfare_mu: float
    grids: int
    assistants: int
    east: float
    north: float

    def scaled(self, scale: float) -> TownPlan:
        """Give the town of a smaller or larger county; none is too small for one grid."""
        if scale == 1.0:
            return self
        factor = scale
        if self.forest_mu:
            least = 4600.0 if self.kind == "state_farm" else 2600.0
            factor = max(scale, min(1.0, least / self.forest_mu))
        forest = self.forest_mu * factor
        return replace(
            self,
            km2=self.km2 * factor,
            forest_mu=forest,
            welfare_mu=self.welfare_mu * factor,
            villages=max(1, round(self.villages * scale)),
            grids=max(1, round(self.grids * factor)) if self.grids else 0,
            assistants=max(1, round(self.assistants * factor)) if self.assistants else 0,
        )


TOWNS: tuple[TownPlan, ...] = (
    TownPlan("360702100", "云岭镇", "云岭", "town", 138.2, 18, 128_500, 61_000, 33, 12, 0.62, 0.22),
    TownPlan("360702101", "松阳坡镇", "松阳坡", "town", 41.0, 9, 32_000, 12_500, 9, 3, 0.80, 0.72),
    TownPlan("360702104", "竹溪镇", "竹溪", "town", 62.2, 9, 61_080, 43_200, 16, 6, 0.15, 0.30),
    TownPlan("360702105", "西屏镇", "西屏", "town", 74.0, 13, 64_400, 22_000, 17, 6, 0.16, 0.75),
    TownPlan("360702005", "江湾街道", "江湾", "street", 20.0, 3, 6_000, 3_200, 2, 1, 0.38, 0.48),
    TownPlan("360702001", "望江街道", "望江", "street", 34.3, 1, 0, 0, 0, 0, 0.51, 0.60),
    TownPlan(
        "360702501", "示例国有林场", "林场", "state_farm", 5.8, 1, 8_000, 7_000, 1, 1, 0.72, 0.08
    ),
)

VILLAGES = [
    "上坪",
    "下坪",
    "枫树坳",
    "樟木排",
    "竹篙岭",
    "石壁下",
    "桐子窝",
    "横坑",
    "大塘面",
    "长坡",
    "水口",
    "老屋场",
    "新田",
    "茶子排",
    "油寮",
    "黄泥塘",
    "白石",
    "半岭",
    "双溪",
    "高排",
    "深坑",
    "禾场背",
    "梅子坝",
    "柏树下",
    "龙岗背",
    "凤形",
    "牛栏坑",
    "马鞍",
    "井头",
    "桥头",
    "庙前",
    "山背",
    "坝上",
    "河洲",
    "沙坝",
    "罗田",
    "蕉坑",
    "杨梅岗",
    "桃源",
    "李屋",
    "柿树",
    "木梓",
    "莲塘",
    "荷树",
    "兰花坑",
    "菊坡",
    "桂坑",
    "榕树下",
    "青云",
    "朝阳",
    "里仁",
    "和睦",
    "安平",
    "永康",
    "福田",
    "吉祥",
    "丰产",
    "同心",
    "明星",
    "红旗",
    "前进",
    "东风",
    "新丰",
    "胜利",
    "联合",
    "团结",
    "曙光",
    "春光",
    "黎明",
    "星光",
]

PLACES = [
    "大坳",
    "小坳",
    "上坑",
    "下坑",
    "里坑",
    "外坑",
    "寨背",
    "寨下",
    "牛形",
    "虎形",
    "狮形",
    "蛇形",
    "鹅公",
    "鸡冠",
    "猪婆",
    "燕子",
    "乌石",
    "白石",
    "黄竹",
    "苦竹",
    "枫树",
    "樟树",
    "荷树",
    "杉山",
    "松山",
    "茶山",
    "油桐",
    "板栗",
    "杨梅",
    "李子",
    "瓦窑",
    "炭窑",
    "石灰窑",
    "纸寮",
    "庵背",
    "庙背",
    "亭子",
    "祠堂",
    "井水",
    "冷水",
    "清水",
    "滴水",
    "高寨",
    "天子",
    "仙人",
    "观音",
    "罗汉",
    "尖峰",
    "圆墩",
    "长岭",
    "横岭",
    "大岭",
    "分水",
    "鸭婆",
    "铜锣",
    "马鞍",
    "轿顶",
    "笔架",
    "香炉",
    "鼓形",
]
TAILS = ["坑", "窝", "岭", "坳", "排", "寨", "垅", "岗", "背", "顶"]

SURNAMES = [
    "柏",
    "竺",
    "岑",
    "符",
    "芮",
    "嵇",
    "甄",
    "靳",
    "郦",
    "宓",
    "池",
    "乔",
    "阴",
    "蔚",
    "越",
    "隆",
    "桑",
    "桂",
    "濮",
    "牛",
    "寿",
    "边",
    "扈",
    "燕",
    "冀",
    "郏",
    "浦",
    "尚",
    "农",
    "别",
    "庄",
    "晏",
    "柴",
    "瞿",
    "阎",
    "充",
    "慕",
    "连",
    "茹",
    "习",
]
MIDDLE = [
    "林",
    "山",
    "森",
    "松",
    "柏",
    "竹",
    "青",
    "翠",
    "岭",
    "溪",
    "泉",
    "石",
    "云",
    "禾",
    "秋",
    "春",
    "田",
    "谷",
    "枫",
    "桐",
]
LAST = [
    "安",
    "明",
    "华",
    "生",
    "福",
    "根",
    "旺",
    "兴",
    "发",
    "平",
    "和",
    "良",
    "清",
    "全",
    "成",
    "荣",
    "保",
    "金",
    "水",
    "先",
]


def person_names(rng: np.random.Generator, count: int) -> list[str]:
    """Make that many different names."""
    total = len(SURNAMES) * len(MIDDLE) * len(LAST)
    picked = np.argsort(rng.random(total), kind="stable")[:count]
    names = []
    for number in picked:
        rest, last = divmod(int(number), len(LAST))
        surname, middle = divmod(rest, len(MIDDLE))
        names.append(SURNAMES[surname] + MIDDLE[middle] + LAST[last])
    return names


def village_names(rng: np.random.Generator, count: int) -> list[str]:
    """Make that many different village names (without 村)."""
    order = np.argsort(rng.random(len(VILLAGES)), kind="stable")
    names = [VILLAGES[i] for i in order]
    while len(names) < count:
        names += ["新" + name for name in names]
    return names[:count]


def place_names(rng: np.random.Generator, count: int) -> list[str]:
    """Make small place names (小地名); they may repeat, as they do in the hills."""
    first = rng.integers(0, len(PLACES), count)
    last = rng.integers(0, len(TAILS), count)
    return [
        PLACES[i] + ("" if PLACES[i][-1] in TAILS else TAILS[j])
        for i, j in zip(first, last, strict=True)
    ]
