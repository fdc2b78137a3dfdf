"""Which band of a file is which: by the user's word, by the bands' titles, by their number."""

from __future__ import annotations

import re

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.indices import BANDS, SENSORS

SENTINEL = {"b02": "blue", "b03": "green", "b04": "red", "b08": "nir", "b11": "swir1",
            "b12": "swir2"}  # fmt: skip
"""Titles of Sentinel-2 bands, zero-padded and lower case."""

COUNTS = {4: "gaofen_4", 12: "sentinel2_12", 13: "sentinel2_13"}
"""Number of bands → the only product here with so many."""


def band_numbers(given: str, titles: tuple[str, ...]) -> tuple[dict[str, int], Message]:
    """Tell the file's band number (from 1) of each named band.

    Args:
        given: What BANDS was set to: empty, a sensor's name, or ``red=3,nir=4``.
        titles: The bands' descriptions, "" where they have none.

    Returns:
        The numbers by name, and a sentence on how they were told.

    Raises:
        InputError: BANDS cannot be read, or nothing tells the bands.
    """
    count = len(titles)
    if given and given in SENSORS:
        return _of_sensor(given, count), Message("Bands as in {sensor}.", {"sensor": given})
    if given:
        return _written(given, count), Message("Bands as given.")
    named = {name: n for n, name in _titled(titles)}
    if {"red", "nir"} <= set(named):
        return named, Message("Bands told by their titles.")
    if count in COUNTS:
        sensor = COUNTS[count]
        return _of_sensor(sensor, count), Message(
            "{n} bands without titles: taken for {sensor}; set BANDS if that is wrong.",
            {"n": count, "sensor": sensor},
        )
    raise InputError(
        tr("The image has {n} bands and nothing tells which is red; set BANDS, such as {example}."),
        n=count,
        example="blue=1,green=2,red=3,nir=4",
    )


def _of_sensor(sensor: str, count: int) -> dict[str, int]:
    order = SENSORS[sensor]
    if len(order) > count:
        raise InputError(
            tr("BANDS: {sensor} has {wanted} bands but the image has {n}."),
            sensor=sensor,
            wanted=len(order),
            n=count,
        )
    return {name: n + 1 for n, name in enumerate(order) if name}


def _written(given: str, count: int) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for pair in given.split(","):
        found = re.fullmatch(r"\s*(\w+)\s*=\s*(\d+)\s*", pair)
        if not found or found[1] not in BANDS:
            raise InputError(
                tr("BANDS: {part} is not understood; write names of {names} or of {sensors}."),
                part=pair.strip(),
                names="/".join(BANDS) + "=number",
                sensors=", ".join(SENSORS),
            )
        number = int(found[2])
        if not 1 <= number <= count:
            raise InputError(
                tr("BANDS: the image has no band {number}, only {n}."), number=number, n=count
            )
        numbers[found[1]] = number
    return numbers


def _titled(titles: tuple[str, ...]) -> list[tuple[int, str]]:
    """Give (number, name) of bands whose titles tell what they are."""
    found = []
    for number, title in enumerate(titles, 1):
        text = title.strip().lower()
        padded = re.sub(r"^b(\d)$", r"b0\1", text)
        if padded in SENTINEL and len(titles) > 4:
            found.append((number, SENTINEL[padded]))
            continue
        for name in BANDS:
            if text == name or re.search(rf"\b{name}\b", text):
                found.append((number, name))
                break
    return found
