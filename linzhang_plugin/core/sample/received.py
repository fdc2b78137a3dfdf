"""What four rangers of the sample sent in as files, each with a defect that files have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from linzhang_plugin.core.sample.tracks import SampleTraces

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

CHINA_MS = 8 * 3_600_000
NO_TIME_ROWS = 40
A, EE = 6378245.0, 0.00669342162296594323
"""Ellipsoid that the published GCJ-02 formula reckons with."""


@dataclass(frozen=True, eq=False)
class Received:
    """Files of the last month that are still to be imported.

    Attributes:
        files: Content by file name.
        planted: A row a file: ``file, person_id, defect, fixes, rejected``; ``fixes`` are those
            that are new when the files are read in the order of their names.
        waiting: (n,) fixes of the traces that only these files hold.
    """

    files: dict[str, bytes]
    planted: pd.DataFrame
    waiting: Bools


def make_received(traces: SampleTraces) -> Received:
    """Put the last month of four rangers into files.

    One file is in GCJ-02, one was sent twice under two names, one has rows without a time, one
    is KML.
    """
    waiting = np.zeros(len(traces), dtype=bool)
    files: dict[str, bytes] = {}
    rows: list[tuple[str, str, str, int, int]] = []
    columns = ["file", "person_id", "defect", "fixes", "rejected"]
    if not len(traces):
        return Received(files, pd.DataFrame(rows, columns=columns), waiting)
    local = (traces.time + CHINA_MS).astype("datetime64[ms]").astype("datetime64[M]")
    last = local == local.max()
    month = str(local.max())
    chosen = np.unique(traces.person[last])[-4:]
    for code, defect in zip(chosen.tolist(), ("gcj02", "twice", "no_time", "kml"), strict=False):
        own = last & (traces.person == code)
        waiting |= own
        person, count = traces.people[code], int(own.sum())
        name = f"{person}_{month}"
        if defect == "gcj02":
            files[f"{name}.csv"] = _csv(traces, own, person, gcj=True)
            rows.append((f"{name}.csv", person, defect, count, 0))
        elif defect == "no_time":
            files[f"{name}.csv"] = _csv(traces, own, person, holes=NO_TIME_ROWS)
            rows.append((f"{name}.csv", person, defect, count - NO_TIME_ROWS, NO_TIME_ROWS))
        elif defect == "kml":
            files[f"{name}.kml"] = _kml(traces, own, person)
            rows.append((f"{name}.kml", person, defect, count, 0))
        else:
            files[f"{name}.gpx"] = files[f"{name}_副本.gpx"] = _gpx(traces, own, person)
            rows.append((f"{name}.gpx", person, defect, count, 0))
            rows.append((f"{name}_副本.gpx", person, defect, 0, 0))
    return Received(files, pd.DataFrame(rows, columns=columns), waiting)


def _stamps(traces: SampleTraces, own: Bools, ahead: int) -> npt.NDArray[np.str_]:
    moments = (traces.time[own] + ahead).astype("datetime64[ms]")
    return np.asarray(np.datetime_as_string(moments, unit="s"))


def _csv(traces: SampleTraces, own: Bools, person: str, gcj: bool = False, holes: int = 0) -> bytes:
    """Write a platform's CSV: Chinese headers, GBK, local times."""
    lon, lat = traces.lon[own], traces.lat[own]
    if gcj:
        lon, lat = shifted(lon, lat)
    stamps = [str(stamp).replace("T", " ") for stamp in _stamps(traces, own, CHINA_MS)]
    for row in np.linspace(5, len(stamps) - 6, holes).astype(int).tolist() if holes else []:
        stamps[row] = ""
    accuracy = traces.accuracy[own]
    lines = ["护林员编号,定位时间,经度,纬度,精度"]
    lines += [
        f"{person},{stamp},{x:.7f},{y:.7f},{a:.0f}"
        for stamp, x, y, a in zip(stamps, lon, lat, accuracy, strict=True)
    ]
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def _gpx(traces: SampleTraces, own: Bools, person: str) -> bytes:
    points = "".join(
        f'<trkpt lat="{y:.7f}" lon="{x:.7f}"><ele>{e:.0f}</ele><time>{stamp}Z</time></trkpt>\n'
        for stamp, x, y, e in zip(
            _stamps(traces, own, 0), traces.lon[own], traces.lat[own], traces.ele[own], strict=True
        )
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="示例">'
    return f"{head}<trk><name>{person}</name><trkseg>\n{points}</trkseg></trk></gpx>\n".encode()


def _kml(traces: SampleTraces, own: Bools, person: str) -> bytes:
    when = "".join(f"<when>{stamp}Z</when>\n" for stamp in _stamps(traces, own, 0))
    spots = "".join(
        f"<gx:coord>{x:.7f} {y:.7f} {e:.0f}</gx:coord>\n"
        for x, y, e in zip(traces.lon[own], traces.lat[own], traces.ele[own], strict=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"'
        ' xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><Placemark>'
        f"<name>{person}</name><gx:Track>\n{when}{spots}</gx:Track></Placemark></Document></kml>\n"
    ).encode()


def shifted(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Give positions as a map app in GCJ-02 writes them (the published forward formula)."""
    x, y, pi = lon - 105.0, lat - 35.0, np.pi
    wave = 20.0 * np.sin(6 * pi * x) + 20.0 * np.sin(2 * pi * x)
    north = -100.0 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    north += (wave + 20.0 * np.sin(pi * y) + 40.0 * np.sin(pi / 3 * y)) * 2 / 3
    north += (160.0 * np.sin(pi / 12 * y) + 320.0 * np.sin(pi / 30 * y)) * 2 / 3
    east = 300.0 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    east += (wave + 20.0 * np.sin(pi * x) + 40.0 * np.sin(pi / 3 * x)) * 2 / 3
    east += (150.0 * np.sin(pi / 12 * x) + 300.0 * np.sin(pi / 30 * x)) * 2 / 3
    phi = np.radians(lat)
    magic = 1.0 - EE * np.sin(phi) ** 2
    d_lat = north * 180.0 / (A * (1 - EE) / (magic * np.sqrt(magic)) * pi)
    d_lon = east * 180.0 / (A / np.sqrt(magic) * np.cos(phi) * pi)
    return lon + d_lon, lat + d_lat
