"""A county's rules for patrols: data, never constants in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from linzhang_plugin.core.messages import InputError, tr


@dataclass(frozen=True)
class PatrolRules:
    """One rule set; times in minutes, distances in m or km, speeds in km/h.

    Attributes:
        name: Short name, such as ``章贡2021``.
        title_zh: What it says, in Chinese, for the notice.
        title_en: The same in English.
        gap_minutes: A longer silence ends a patrol.
        silent_minutes: A longer silence with a way walked in it is bridged and shown apart.
        max_speed_kmh: A fix that needs more to be reached and left is a GPS spike.
        vehicle_kmh: Faster …
        vehicle_minutes: … for so long is a vehicle.
        vehicle_counts: Vehicle minutes count as patrol time.
        stop_minutes: Staying so long within ``stop_radius_m`` is a stop.
        stop_radius_m: See above.
        long_stop_minutes: A stop longer than this is shown as a reason for doubt.
        long_stop_counts: Minutes of such stops count as patrol time.
        grid_buffer_m: A fix so near the own grid is in it.
        min_minutes: Least patrol time.
        min_km: Least way.
        min_share_in_grid: Least share of the minutes in the own grid, 0 to 1.
        min_minutes_in_grid: Least minutes in the own grid.
        min_km_in_grid: Least way in the own grid.
        sum_day: The patrols of a day are judged by their sum.
        days_by_month: Days required in January … December.
        min_per_tenday: Least valid days in each 旬 (1–10, 11–20, 21–end).
        max_repeat_share: A patrol whose way was walked to more than this share on an earlier
            valid day of the month does not count; 1 switches it off.
        repeat_until_share: Share of the own area (cells of 200 m) after which its ways may be
            walked again in the month; 0: not before the next month.
        exempt_days_reduce: Exempt days (bad weather) reduce the days required.
        leave_reduces: Days of leave, training and fire-fighting reduce the days required.
        platform_counts: A day without a trace counts where the platform's totals reach the rule;
            its place cannot be judged, and every print says how many such days there are.
        keep_months: Months that raw traces are kept; results stay.
        goal_online: Percent of 上线率 that a town should reach; the notice names those below.
            0: no goal.
        goal_daily: The same of 平均上线巡护率.
        goal_qualified: The same of 出巡达标率.
    """

    name: str = "章贡2021"
    title_zh: str = ""
    title_en: str = ""
    gap_minutes: float = 60.0
    silent_minutes: float = 5.0
    max_speed_kmh: float = 60.0
    vehicle_kmh: float = 12.0
    vehicle_minutes: float = 3.0
    vehicle_counts: bool = True
    stop_minutes: float = 10.0
    stop_radius_m: float = 50.0
    long_stop_minutes: float = 60.0
    long_stop_counts: bool = True
    grid_buffer_m: float = 100.0
    min_minutes: float = 120.0
    min_km: float = 0.0
    min_share_in_grid: float = 0.5
    min_minutes_in_grid: float = 0.0
    min_km_in_grid: float = 0.0
    sum_day: bool = False
    days_by_month: tuple[float, ...] = (20.0,) * 12
    min_per_tenday: int = 0
    max_repeat_share: float = 1.0
    repeat_until_share: float = 0.0
    exempt_days_reduce: bool = True
    leave_reduces: bool = True
    platform_counts: bool = True
    keep_months: float = 24.0
    goal_online: float = 100.0
    goal_daily: float = 0.0
    goal_qualified: float = 90.0


def patrol_rules(given: Mapping[str, Any]) -> PatrolRules:
    """Make rules from a rule set's JSON object.

    Args:
        given: Names of :class:`PatrolRules` and their values; ``days`` as one number for all
            months. Names that begin with ``_`` are remarks.

    Raises:
        InputError: A name is unknown or a value is of the wrong kind.
    """
    known = {field.name: field for field in fields(PatrolRules)}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name.startswith("_") or name in ("kind", "zh", "en", "source"):
            continue
        if name == "days":
            values["days_by_month"] = (_number(name, value),) * 12
        elif name == "days_by_month":
            if not isinstance(value, (list, tuple)) or len(value) != 12:
                raise InputError(tr("Rule days_by_month needs twelve numbers."))
            values[name] = tuple(_number(name, v) for v in value)
        elif name not in known:
            raise InputError(
                tr("Rule {rule} is not known; known are: {known}."),
                rule=name,
                known=", ".join(sorted(known)),
            )
        else:
            values[name] = _typed(name, value, getattr(PatrolRules(), name))
    return PatrolRules(**values)


def _typed(name: str, value: Any, example: Any) -> Any:
    if isinstance(example, bool):
        if not isinstance(value, bool):
            raise InputError(tr("Rule {rule} must be true or false."), rule=name)
        return value
    if isinstance(example, str):
        return str(value)
    number = _number(name, value)
    return int(number) if isinstance(example, int) else number


def _number(name: str, value: Any) -> float:
    good = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not good or value != value or value < 0:
        raise InputError(
            tr("Rule {rule} must be a number that is not negative, not {value}."),
            rule=name,
            value=str(value),
        )
    return float(value)
