"""What else the sample's platform and office report: events, its totals, leave, an objection."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.sample.land import frame
from linzhang_plugin.core.sample.names import MARK

EVENTS = 180
"""Of the full county in a quarter."""
TYPES: tuple[tuple[str, float, str], ...] = (
    ("01", 0.06, "发现烟点，已到场处置"), ("02", 0.20, "野外用火劝止"), ("03", 0.05, "疑似盗伐"),
    ("04", 0.10, "疑似违法占用林地"), ("05", 0.34, "发现枯死松树"), ("06", 0.06, "捕鸟网清除"),
    ("07", 0.04, "古树枝干受损"), ("09", 0.09, "标识标牌损坏"), ("10", 0.06, "边坡滑塌"),
)  # fmt: skip
"""Event type, share, description; nine types."""
LIMIT_H = {"01": 24.0, "02": 24.0, "03": 720.0, "04": 720.0}
OPEN_SHARE = 0.05
LATE_SHARE = 0.08
DAY_MS = 86_400_000


def events(
    grid: gpd.GeoDataFrame, assignment: pd.DataFrame, seed: int, year: int, scale: float
) -> gpd.GeoDataFrame:
    """Make a quarter's events, 95 % of them closed, each in the grid of who reported it.

    Args:
        grid: Last year's grids.
        assignment: Who answered for them; a grid's supervisor handles its events.
        seed: Seed.
        year: The year to be planned.
        scale: Share of the full county.
    """
    rng = np.random.default_rng([seed, 63])
    count = max(9, round(EVENTS * scale))
    kinds = rng.choice(len(TYPES), count, p=[share for _, share, _ in TYPES])
    kinds[: len(TYPES)] = np.arange(len(TYPES))
    grid = grid[grid["ranger_id"].notna()].reset_index(drop=True)
    supervisor = _supervisors(assignment)
    start = int(np.datetime64(f"{year - 1}-10-01", "D").astype(np.int64)) * DAY_MS
    moments = np.sort(start + rng.integers(0, 91 * 86_400, count) * 1000 - 8 * 3_600_000)
    rows: list[dict[str, Any]] = []
    shapes = []
    for number, (kind, moment) in enumerate(zip(kinds.tolist(), moments.tolist(), strict=True)):
        code, _, words = TYPES[kind]
        place = int(rng.integers(len(grid)))
        accepted, closed = _handled(rng, code, moment)
        rows.append(
            {
                "event_id": f"E{year - 1}{number + 1:04d}",
                "type": code,
                "found_at": _utc(moment),
                "accepted_at": _utc(accepted),
                "closed_at": _utc(closed) if closed else None,
                "person_id": grid["ranger_id"].iloc[place],
                "handler": supervisor.get(grid["grid_code"].iloc[place]),
                "town_code": grid["town_code"].iloc[place],
                "grid_code": grid["grid_code"].iloc[place],
                "description": f"{MARK}：{words}",
                "status": "已办结" if closed else "处理中",
            }
        )
        shapes.append(_somewhere(rng, grid.geometry.iloc[place]))
    names = list(rows[0])
    points = np.array(shapes, dtype=object)
    return frame({name: [row[name] for row in rows] for name in names}, points)


def _supervisors(table: pd.DataFrame) -> dict[str, str]:
    own = table[table["duty"] == "supervisor"]
    return dict(zip(own["grid_code"], own["person_id"], strict=True))


def _handled(rng: np.random.Generator, code: str, moment: int) -> tuple[int, int]:
    """Give when an event was accepted and closed (0: still open), ms UTC."""
    limit = LIMIT_H.get(code, 168.0)
    accept = float(rng.lognormal(-1.0 if limit < 100 else 0.7, 0.7))
    luck = rng.random()
    if luck < OPEN_SHARE:
        hours = 0.0
    elif luck < OPEN_SHARE + LATE_SHARE:
        hours = limit * float(rng.uniform(1.05, 1.8))
    else:
        hours = max(accept + 0.2, limit * float(rng.uniform(0.05, 0.9)))
    closed = moment + int(hours * 3_600_000) // 1000 * 1000 if hours else 0
    return moment + int(accept * 3_600_000) // 1000 * 1000, closed


def _utc(moment: int) -> str:
    return f"{np.datetime64(moment, 'ms').astype('datetime64[s]')}Z"


def _somewhere(rng: np.random.Generator, shape: Any) -> Any:
    main = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    west, south, east, north = main.bounds
    for _ in range(200):
        x, y = rng.uniform(west, east), rng.uniform(south, north)
        if shapely.contains_xy(main, x, y):
            return shapely.Point(round(x, 2), round(y, 2))
    return main.representative_point()


def platform_days(seed: int, truth: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the platform's totals of the last month, and where they were made to differ.

    The platform counts from the log-in, so it has one to three minutes more; on a few days it
    has an hour more (planted), and for two rangers ten days each that no trace proves (planted).

    Args:
        seed: Seed.
        truth: Planted patrols (``SampleTraces.truth``).

    Returns:
        Rows of ``platform_day``, and ``person_id, day, kind`` of what was planted.
    """
    rng = np.random.default_rng([seed, 64])
    names = ["person_id", "day", "minutes", "km", "source"]
    if not len(truth):
        return pd.DataFrame(columns=names), pd.DataFrame(columns=["person_id", "day", "kind"])
    month = truth["day"].str[:7].max()
    part = truth[truth["day"].str[:7] == month]
    table = part.groupby(["person_id", "day"], as_index=False)[["minutes", "km"]].sum()
    table["minutes"] = np.round(table["minutes"] + rng.uniform(1.0, 3.0, len(table)), 1)
    table["km"] = np.round(table["km"], 2)
    planted = []
    for row in np.sort(rng.permutation(len(table))[: min(6, len(table))]).tolist():
        table.loc[row, "minutes"] += 60.0
        planted.append((table["person_id"].iloc[row], table["day"].iloc[row], "hour_more"))
    people = sorted(set(truth["person_id"]))
    extra = []
    length = int(np.datetime64(month, "M").astype("datetime64[D]").astype(np.int64))
    for person in people[5:7]:
        known = set(table.loc[table["person_id"] == person, "day"])
        free = [d for d in (str(np.datetime64(length + i, "D")) for i in range(28))
                if d not in known][:10]  # fmt: skip
        for day in free:
            extra.append((person, day, 150.0, 6.5))
            planted.append((person, day, "no_trace"))
    more = pd.DataFrame(extra, columns=names[:4])
    whole = pd.concat([table, more], ignore_index=True) if len(more) else table
    whole = whole.sort_values(["person_id", "day"], kind="stable").reset_index(drop=True)
    whole["source"], whole["note"] = "平台数据", MARK
    return whole, pd.DataFrame(planted, columns=["person_id", "day", "kind"])


def absences(seed: int, year: int, rangers: list[str]) -> pd.DataFrame:
    """Give days on which nothing is required: storms, leave, a training day, a fire fought."""
    rng = np.random.default_rng([seed, 65])
    rows: list[tuple[str | None, str, str, str]] = [
        (None, f"{year - 1}-11-10", f"{year - 1}-11-11", "weather"),
        (None, f"{year - 1}-12-15", f"{year - 1}-12-15", "weather"),
    ]
    chosen = [rangers[i] for i in rng.permutation(len(rangers))[: min(4, len(rangers))]]
    reasons = (("leave", 4, 8), ("leave", 12, 14), ("training", 20, 20), ("firefighting", 22, 23))
    for person, (reason, first, last) in zip(chosen, reasons, strict=False):
        days = f"{year - 1}-12-{first:02d}", f"{year - 1}-12-{last:02d}"
        rows.append((person, *days, reason))
    table = pd.DataFrame(rows, columns=["person_id", "first_day", "last_day", "reason"])
    table["note"] = MARK
    return table


def objections(truth: pd.DataFrame) -> pd.DataFrame:
    """Give two objections to the last month: one upheld with proof, one refused."""
    if not len(truth):
        return pd.DataFrame()
    month = truth["day"].str[:7].max()
    short: pd.DataFrame = truth[(truth["day"].str[:7] == month) & (truth["kind"] == "short")]
    year, number = int(month[:4]), int(month[5:7])
    after = f"{year + (number == 12)}-{number % 12 + 1:02d}"
    rows = []
    for index, row in enumerate(short.head(2).to_dict("records")):
        upheld = index == 0
        rows.append(
            {
                "objection_no": f"S{month.replace('-', '')}{index + 1:02d}",
                "month": month,
                "person_id": row["person_id"],
                "day": row["day"],
                "effect": "counts",
                "raised_by": row["person_id"],
                "raised_on": f"{after}-06",
                "reason": "手机没电，后半程未记录" if upheld else "当日天气不好",
                "proof": "监管员现场合影、村委会证明" if upheld else None,
                "decision": "upheld" if upheld else "refused",
                "decided_by": f"{MARK}林长办",
                "decided_on": f"{after}-08",
                "note": MARK,
            }
        )
    return pd.DataFrame(rows)
