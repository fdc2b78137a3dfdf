"""The 3° zone of a county that only its code is known of.

Exact for Jiangxi, whose counties the plugin is first used in; elsewhere the middle of the
province, which the caller has to say.
"""

from __future__ import annotations

from linzhang_plugin.core.tables.zones import PROVINCES

LONGITUDES: dict[str, float] = {
    "3601": 115.9, "3602": 117.2, "3603": 113.9, "3604": 115.9, "3605": 114.9, "3606": 117.0,
    "3607": 114.9, "3608": 114.9, "3609": 114.4, "3610": 116.4, "3611": 117.9,
    "360730": 116.0, "360733": 115.8, "360734": 115.65, "360735": 116.3, "360781": 116.0,
    "360924": 114.8, "360981": 115.8, "360983": 115.4, "360423": 115.1, "360424": 114.4,
}  # fmt: skip
"""Longitude of the middle of prefectures (4 digits) and of counties in another zone (6)."""
MIDDLE_OF_CHINA = 105.0


def longitude_of(county_code: str) -> tuple[float, bool]:
    """Give a county's longitude, degrees, and whether it is known rather than guessed.

    Example:
        >>> longitude_of("360702"), longitude_of("360730")
        ((114.9, True), (116.0, True))
    """
    for digits in (6, 4):
        found = LONGITUDES.get(county_code[:digits])
        if found is not None:
            return found, True
    west, east = PROVINCES.get(county_code[:2], (MIDDLE_OF_CHINA, MIDDLE_OF_CHINA))
    same_zone = round(west / 3) == round(east / 3) and west != east
    return (west + east) / 2, same_zone
