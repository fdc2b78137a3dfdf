"""DI_LEI codes of all generations in use → one ``land_class``.

Length alone cannot tell them: the forestry codes (林业地类, before 2020) and the final codes of
the third land survey (三调) both have 4 digits. So the generation is decided by which code list
the values obey, by the field's name, and where 0303/0304 remain doubtful, by the province
(mangroves grow on the coast) – or the user is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.intake.names import plain_name
from linzhang_plugin.core.tables.intake.values import code_and_name

FORESTRY4 = {
    "0110": "arbor", "0111": "arbor", "0112": "mangrove", "0113": "bamboo", "0114": "arbor",
    "0120": "open", "0130": "other_shrub", "0131": "special_shrub", "0132": "other_shrub",
    "0140": "young_planted", "0141": "young_planted", "0142": "young_closed", "0150": "nursery",
    "0160": "other_bare", "0161": "felled", "0162": "burnt", "0163": "other_bare",
    "1631": "other_bare", "1632": "other_bare", "1633": "other_bare", "1634": "other_bare",
    "1635": "other_bare", "0170": "suitable", "0171": "suitable", "0172": "suitable",
    "0173": "suitable", "0180": "auxiliary", "0200": "other", "0210": "cropland",
    "0220": "grassland", "0230": "water", "0240": "unused", "0250": "construction",
    "0251": "construction", "0252": "construction", "0253": "construction", "0254": "other",
}  # fmt: skip
"""林业地类, 4 digits; 0163x is also delivered as 163x."""

OLD3 = {
    "110": "arbor", "111": "arbor", "112": "arbor", "113": "bamboo", "120": "open",
    "130": "other_shrub", "131": "special_shrub", "132": "other_shrub",
    "140": "young_planted", "141": "young_planted", "142": "young_closed", "150": "nursery",
    "160": "other_bare", "161": "felled", "162": "burnt", "163": "other_bare",
    "170": "suitable", "171": "suitable", "172": "suitable", "173": "suitable",
    "180": "auxiliary", "200": "other", "210": "cropland", "220": "grassland", "230": "water",
    "240": "unused", "250": "construction", "251": "construction", "252": "construction",
    "253": "construction", "254": "other",
}  # fmt: skip
"""Older provincial 二调, 3 digits: 111 纯林, 112 混交林."""

LINKED6 = {
    "030100": "arbor", "030200": "bamboo", "030300": "other_shrub", "030301": "special_shrub",
    "030302": "other_shrub", "030400": "other_bare", "030401": "open",
    "030402": "young_planted", "030403": "young_closed", "030404": "nursery",
    "030405": "felled", "030406": "burnt", "030407": "other_bare", "030408": "suitable",
    "030500": "other_shrub", "030501": "special_shrub", "030502": "other_shrub",
    "030700": "other_bare", "030701": "open", "030702": "young_planted",
    "030703": "young_closed", "030704": "nursery", "030705": "felled", "030706": "burnt",
    "030707": "other_bare",
}  # fmt: skip
"""Forestry codes linked to the land survey, 6 digits."""

_SURVEY_REST = {
    **dict.fromkeys(("0101", "0102", "0103"), "cropland"),
    **dict.fromkeys(("0201", "0202", "0203", "0204"), "orchard"),
    **dict.fromkeys(("0401", "0403", "0404"), "grassland"),
    "0402": "wetland",
    **dict.fromkeys(("0501", "0502"), "construction"),
    **dict.fromkeys(("0507", "0508", "05H1", "0601", "0602", "0603"), "construction"),
    **dict.fromkeys(("0701", "0702", "08H1", "08H2", "0809", "0809A"), "construction"),
    **dict.fromkeys(("0810", "0810A", "09", "0900", "1001", "1002"), "construction"),
    **dict.fromkeys(("1003", "1004", "1005", "1006", "1007", "1008"), "construction"),
    "1009": "construction",
    **dict.fromkeys(("1101", "1102", "1103", "1104", "1107", "1110", "1104A", "1107A"), "water"),
    **dict.fromkeys(("0303W", "1105", "1106", "1108"), "wetland"),
    **dict.fromkeys(("1109", "1201"), "construction"),
    **dict.fromkeys(("1202", "1203"), "other"),
    **dict.fromkeys(("1204", "1205", "1206", "1207"), "unused"),
}  # fmt: skip
SURVEY4 = {
    **_SURVEY_REST,
    "0301": "arbor", "0302": "bamboo", "0303": "mangrove", "0304": "forest_swamp",
    "0305": "other_shrub", "0306": "shrub_swamp", "0307": "other_bare",
    "0301K": "arbor", "0302K": "bamboo", "0305K": "other_shrub", "0307K": "other_bare",
}  # fmt: skip
"""Third land survey (TD/T 1055), final codes: 0303 红树林地, 0305 灌木林地, 0307 其他林地."""

VARIANT4 = {**_SURVEY_REST, "0301": "arbor", "0302": "bamboo", "0303": "other_shrub",
            "0304": "other_bare", "0501": "forest_swamp", "0502": "shrub_swamp"}  # fmt: skip
"""The forestry variant of them: 0303 灌木林地, 0304 其他林地, 0501/0502 swamps."""

GENERATIONS: dict[str, dict[str, str]] = {
    "old3": OLD3,
    "forestry4": FORESTRY4,
    "linked6": {**LINKED6, "0501": "forest_swamp", "0502": "shrub_swamp"},
    "survey4": SURVEY4,
    "variant4": VARIANT4,
}
"""Code lists by generation, in the order in which ties are decided."""

TITLES = {
    "forestry4": tr("forestry land classes, 4 digits"),
    "linked6": tr("forestry land classes linked to the land survey, 6 digits"),
    "old3": tr("older provincial land classes, 3 digits"),
    "survey4": tr("third land survey, final 4-digit codes"),
    "variant4": tr("forestry variant of the third land survey, 4 digits"),
    "names": tr("names in Chinese"),
}

NAMES = (
    ("国家特别规定灌木", "special_shrub"), ("国家特别规定的灌木", "special_shrub"),
    ("特灌", "special_shrub"), ("国灌", "special_shrub"), ("森林沼泽", "forest_swamp"),
    ("灌丛沼泽", "shrub_swamp"), ("红树林", "mangrove"), ("灌木", "other_shrub"),
    ("竹林", "bamboo"), ("毛竹", "bamboo"), ("疏林", "open"), ("未成林造林", "young_planted"),
    ("未成林封育", "young_closed"), ("未成林", "young_planted"), ("苗圃", "nursery"),
    ("采伐迹地", "felled"), ("火烧迹地", "burnt"), ("无立木", "other_bare"),
    ("迹地", "felled"), ("宜林", "suitable"), ("辅助生产", "auxiliary"),
    ("非林地", "other"), ("其他林地", "other_bare"), ("乔木", "arbor"), ("纯林", "arbor"),
    ("混交林", "arbor"), ("有林地", "arbor"), ("果园", "orchard"), ("茶园", "orchard"),
    ("园地", "orchard"), ("水田", "cropland"), ("旱地", "cropland"), ("水浇地", "cropland"),
    ("耕地", "cropland"), ("草地", "grassland"), ("湿地", "wetland"), ("滩涂", "wetland"),
    ("水域", "water"), ("水库", "water"), ("坑塘", "water"), ("河流", "water"),
    ("湖泊", "water"), ("建设", "construction"), ("住宅", "construction"),
    ("工矿", "construction"), ("交通", "construction"), ("道路", "construction"),
    ("未利用", "unused"), ("裸", "unused"), ("林地", "arbor"), ("其他", "other"),
)  # fmt: skip
"""Parts of names, the more special first."""

COAST = frozenset({"33", "35", "44", "45", "46"})
"""Provinces where mangroves grow."""


@dataclass(frozen=True)
class LandClasses:
    """The land class of each row and how it was decided.

    Attributes:
        values: ``land_class`` of each row, None where the code is unknown.
        raw: Code or name as delivered.
        generation: Key of :data:`TITLES`, empty when there was nothing to decide.
        unknown: Unknown values and how often they occur.
        doubts: Questions for the user.
    """

    values: list[str | None]
    raw: list[str]
    generation: str
    unknown: dict[str, int]
    doubts: tuple[Message, ...] = ()


def land_classes(
    column: str, texts: list[str], province: str = "", generation: str = ""
) -> LandClasses:
    """Decide the generation of a land class column and map it.

    Args:
        column: The column's name; ``DLBM`` speaks for the land survey.
        texts: The cells as cleaned text.
        province: First two digits of the county code, empty when unknown.
        generation: The user's choice, empty to decide.
    """
    parts = {value: code_and_name(value) for value in set(texts)}
    counts = Counter(parts[t][0] for t in texts if parts[t][0])
    doubts: tuple[Message, ...] = ()
    if not generation:
        generation, doubts = decide(column, counts, province)
    table = GENERATIONS.get(generation, {})
    known = {value: _one(*parts[value], table) for value in parts}
    unknown = Counter(t for t in texts if t and known[t] is None)
    if generation not in TITLES:
        generation = "names" if any(known.values()) else ""
    return LandClasses(
        [known[t] for t in texts], texts, generation, dict(sorted(unknown.items())), doubts
    )


def _one(code: str, name: str, table: dict[str, str]) -> str | None:
    for form in (code, *_zeros(code)):
        if form in table:
            return table[form]
    return by_name(name)


def _zeros(code: str) -> Iterable[str]:
    """Give the forms of a code that lost its leading zero, or has zeros filled on."""
    if code.isdigit():
        if len(code) in (3, 5):
            yield "0" + code
        if len(code) == 5 and code.startswith("0"):
            yield code[1:]
        if len(code) == 6 and code.endswith("00"):
            yield code[:4]


def by_name(name: str) -> str | None:
    """Give the land class that a Chinese name says, None where it says none.

    Example:
        >>> by_name("国家特别规定灌木林地"), by_name("乔木林地"), by_name("？")
        ('special_shrub', 'arbor', None)
    """
    return next((code for part, code in NAMES if name and part in name), None)


def decide(
    column: str, counts: Counter[str], province: str = ""
) -> tuple[str, tuple[Message, ...]]:
    """Tell the generation of codes; counts are how often each occurs.

    Returns:
        Key of :data:`GENERATIONS` (empty without codes), and doubts to put to the user.
    """
    total = sum(counts.values())
    if not total:
        return "", ()
    hits = {
        name: sum(n for code, n in counts.items() if _fits(code, table))
        for name, table in GENERATIONS.items()
    }
    best = max(hits.values())
    tied = [name for name in GENERATIONS if hits[name] == best and best]
    if not tied:
        return "", (
            Message(
                tr(
                    "The values of {column} obey no known list of land classes; give LAND_CODES"
                    " or another column in FIELD_MAP (di_lei=…)."
                ),
                {"column": column},
            ),
        )
    if len(tied) == 1 or not {"survey4", "variant4"} <= set(tied):
        return tied[0], ()
    return _mangrove_or_shrub(column, counts, province)


def _fits(code: str, table: dict[str, str]) -> bool:
    return code in table or any(form in table for form in _zeros(code))


def _mangrove_or_shrub(
    column: str, counts: Counter[str], province: str
) -> tuple[str, tuple[Message, ...]]:
    """Decide between 三调 and its forestry variant where the values obey both."""
    doubtful = sum(n for code, n in counts.items() if code.zfill(4)[:4] in ("0303", "0304"))
    if not doubtful:
        return "survey4", ()
    if province and province not in COAST:
        return "variant4", (
            Message(
                tr(
                    "{column}: 0303 and 0304 are read as shrub land and other forest land, for"
                    " mangroves do not grow in this province; set LAND_CODES if that is wrong."
                ),
                {"column": column},
            ),
        )
    survey = plain_name(column) in ("dlbm", "dldm", "地类编码")
    return "survey4" if survey else "variant4", (
        Message(
            tr(
                "{column}: 0303 and 0304 ({n} stands) can mean mangrove and forest swamp (land"
                " survey) or shrub land and other forest land (forestry variant); the"
                " {chosen} was taken. Set LAND_CODES to decide; the forest area is the same."
            ),
            {
                "column": column,
                "n": doubtful,
                "chosen": Message(TITLES["survey4" if survey else "variant4"]),
            },
        ),
    )
