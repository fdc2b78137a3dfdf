"""The same fixes as every kind of file that patrol apps and offices export."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyproj

from linzhang_plugin.core.patrols.fixes import Fixes
from linzhang_plugin.core.patrols.readers.fit import FIT_EPOCH, crc16
from tests.truth.traces import gpx_of, kml_of

HOUR_MS = 3_600_000
EAST = 8 * HOUR_MS


def _stamps(fixes: Fixes, ahead: int = 0) -> list[str]:
    text = np.datetime_as_string((fixes.time + ahead).astype("datetime64[ms]"), unit="s")
    return [str(stamp) for stamp in text]


@dataclass(frozen=True)
class Csv:
    """How an app writes its table."""

    separator: str = ","
    encoding: str = "utf-8"
    time: str = "local"
    place: str = "decimal"
    header: str = "zh"
    newline: str = "\n"


def csv_in(fixes: Fixes, how: Csv) -> bytes:
    """Write fixes as a delimited table."""
    first, second = _places(fixes, how.place)
    names = {"zh": ["护林员", "定位时间"], "en": ["person_id", "time"]}[how.header]
    axes = {"zh": ["经度", "纬度"], "en": ["lon", "lat"]}[how.header]
    if how.place == "zone":
        axes = ["X坐标", "Y坐标"]  # the surveyors' X is the northing
    rows = [how.separator.join([*names, *axes])]
    rows += [
        how.separator.join([fixes.people[p], t, a, b])
        for p, t, a, b in zip(fixes.person, times_in(fixes, how.time), first, second, strict=True)
    ]
    text = how.newline.join(rows) + how.newline
    if how.encoding == "utf-16-le":  # with neither a mark nor a word about it
        return text.encode("utf-16-le")
    return text.encode(how.encoding)


def times_in(fixes: Fixes, kind: str) -> list[str]:
    """Write moments as apps do."""
    local = _stamps(fixes, EAST)
    if kind == "utc":
        return [f"{t}Z" for t in _stamps(fixes)]
    if kind == "offset":
        return [f"{t}+08:00" for t in local]
    if kind == "local":
        return [t.replace("T", " ") for t in local]
    if kind == "slash":
        return [f"{t[:4]}/{int(t[5:7])}/{int(t[8:10])} {int(t[11:13])}{t[13:]}" for t in local]
    if kind == "chinese":
        return [
            f"{t[:4]}年{int(t[5:7])}月{int(t[8:10])}日 {int(t[11:13])}时{t[14:16]}分{t[17:19]}秒"
            for t in local
        ]
    if kind == "digits":
        return ["".join(c for c in t if c.isdigit()) for t in local]
    if kind == "seconds":
        return [str(t // 1000) for t in fixes.time.tolist()]
    if kind == "milliseconds":
        return [str(t) for t in fixes.time.tolist()]
    if kind == "excel":
        return [f"{(t + EAST) / 86_400_000 + 25569:.9f}" for t in fixes.time.tolist()]
    raise ValueError(kind)


def _places(fixes: Fixes, kind: str) -> tuple[list[str], list[str]]:
    if kind == "zone":
        made = pyproj.Transformer.from_crs(4490, 4526, always_xy=True)  # 3°, zone 38
        east, north = made.transform(fixes.lon, fixes.lat)
        return [f"{v:.3f}" for v in north], [f"{v:.3f}" for v in east]
    lon, lat = ([f"{v:.7f}" for v in values] for values in (fixes.lon, fixes.lat))
    if kind == "comma":
        return [v.replace(".", ",") for v in lon], [v.replace(".", ",") for v in lat]
    if kind == "dms":
        return [_dms(v, "E") for v in fixes.lon], [_dms(v, "N") for v in fixes.lat]
    if kind == "chinese":
        return [f"东经{v}" for v in lon], [f"北纬{v}" for v in lat]
    return lon, lat


def _dms(value: float, half: str) -> str:
    seconds = round(value * 3600 * 10_000)
    degrees, rest = divmod(seconds, 3600 * 10_000)
    minutes, rest = divmod(rest, 60 * 10_000)
    return f"{degrees}°{minutes:02d}′{rest / 10_000:07.4f}″{half}"


def xlsx_of(fixes: Fixes, sheets: int = 1) -> bytes:
    """Write a workbook, its rows spread over sheets, under a title line."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(np.array_split(np.arange(len(fixes)), sheets)):
        sheet = book.create_sheet(f"第{number + 1}页")
        sheet.append(["巡护轨迹明细"])
        sheet.append(["护林员", "时间", "经度", "纬度"])
        for row in rows:
            moment = np.datetime64(int(fixes.time[row]) + EAST, "ms").astype("datetime64[s]").item()
            place = [round(float(fixes.lon[row]), 7), round(float(fixes.lat[row]), 7)]
            sheet.append([fixes.people[fixes.person[row]], moment, *place])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def geojson_of(fixes: Fixes) -> bytes:
    """Write a point a fix."""
    features = [
        {
            "type": "Feature",
            "properties": {"person_id": fixes.people[p], "time": int(t)},
            "geometry": {"type": "Point", "coordinates": [round(x, 7), round(y, 7)]},
        }
        for p, t, x, y in zip(
            fixes.person, fixes.time, fixes.lon.tolist(), fixes.lat.tolist(), strict=True
        )
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def geojson_line_of(fixes: Fixes) -> bytes:
    """Write one line with ``coordTimes``, as converters from GPX do."""
    spots = [[round(x, 7), round(y, 7), 210] for x, y in zip(fixes.lon, fixes.lat, strict=True)]
    line = {
        "type": "Feature",
        "properties": {"name": fixes.people[0], "coordTimes": [f"{t}Z" for t in _stamps(fixes)]},
        "geometry": {"type": "LineString", "coordinates": spots},
    }
    return json.dumps({"type": "FeatureCollection", "features": [line]}).encode()


def records_of(fixes: Fixes) -> bytes:
    """Write the answer of an app's server: a list of plain records."""
    rows = [
        {"userName": fixes.people[p], "locTime": t, "lng": round(x, 7), "lat": round(y, 7)}
        for p, t, x, y in zip(
            fixes.person, _stamps(fixes, EAST), fixes.lon.tolist(), fixes.lat.tolist(), strict=True
        )
    ]
    return json.dumps({"code": 0, "data": rows}, ensure_ascii=False).encode()


def fit_of(fixes: Fixes) -> bytes:
    """Write a sports watch's file."""
    body = struct.pack("<BBBHB", 0x40, 0, 0, 20, 3) + bytes([253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85])
    for t, x, y in zip(fixes.time, fixes.lon, fixes.lat, strict=True):
        spot = [round(v * 2**31 / 180) for v in (y, x)]
        body += struct.pack("<BIii", 0, int(t) // 1000 - FIT_EPOCH, *spot)
    return fit_file(body)


def fit_file(body: bytes) -> bytes:
    """Give messages with a FIT head and both checksums."""
    head = struct.pack("<BBHI4s", 14, 16, 0, len(body), b".FIT")
    data = head + struct.pack("<H", crc16(head)) + body
    return data + struct.pack("<H", crc16(data))


def zip_of(files: dict[str, bytes]) -> bytes:
    """Pack files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _gpx(fixes: Fixes, version: str, encoding: str = "utf-8") -> bytes:
    text = gpx_of(fixes, fixes.people[0]).decode()
    head = {
        "1.0": '<gpx version="1.0" xmlns="http://www.topografix.com/GPX/1/0">',
        "1.1": '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">',
        "none": "<gpx>",
    }[version]
    text = text.replace('<gpx version="1.1" creator="x">', head)
    declared = {"gb18030": "GBK", "utf-16": "UTF-16"}.get(encoding, "UTF-8")
    return text.replace('encoding="UTF-8"', f'encoding="{declared}"').encode(encoding)


def _kmz(fixes: Fixes) -> bytes:
    return zip_of({"doc.kml": kml_of(fixes, fixes.people[0])})


def _nested(fixes: Fixes) -> bytes:
    inner = zip_of({f"../{fixes.people[0]}.gpx": gpx_of(fixes, fixes.people[0])})
    return zip_of({"三月/inner.zip": inner})


FORMATS: dict[str, tuple[str, Callable[[Fixes], bytes]]] = {
    "GPX 1.0": (".gpx", lambda f: _gpx(f, "1.0")),
    "GPX 1.1": (".gpx", lambda f: _gpx(f, "1.1")),
    "GPX without version": (".gpx", lambda f: _gpx(f, "none")),
    "GPX in GBK": (".gpx", lambda f: _gpx(f, "1.1", "gb18030")),
    "GPX in UTF-16": (".gpx", lambda f: _gpx(f, "1.1", "utf-16")),
    "GPX, gzip": (".gpx.gz", lambda f: gzip.compress(gpx_of(f, f.people[0]))),
    "KML": (".kml", lambda f: kml_of(f, f.people[0])),
    "KMZ": (".kmz", _kmz),
    "CSV": (".csv", lambda f: csv_in(f, Csv())),
    "CSV in GBK": (".csv", lambda f: csv_in(f, Csv(encoding="gb18030", time="chinese"))),
    "CSV in UTF-16": (".csv", lambda f: csv_in(f, Csv("\t", "utf-16", newline="\r\n"))),
    "CSV in UTF-16 without mark": (".csv", lambda f: csv_in(f, Csv("\t", "utf-16-le"))),
    "CSV with a mark": (".csv", lambda f: csv_in(f, Csv(encoding="utf-8-sig", time="offset"))),
    "CSV with comma decimals": (".csv", lambda f: csv_in(f, Csv(";", place="comma", time="utc"))),
    "CSV in degrees, minutes, seconds": (".txt", lambda f: csv_in(f, Csv("|", place="dms"))),
    "CSV with 东经, 北纬": (".csv", lambda f: csv_in(f, Csv("，", place="chinese"))),
    "CSV in metres of zone 38": (".csv", lambda f: csv_in(f, Csv(place="zone", time="slash"))),
    "CSV, seconds since 1970": (".csv", lambda f: csv_in(f, Csv(time="seconds", header="en"))),
    "CSV, milliseconds": (".csv", lambda f: csv_in(f, Csv("\t", time="milliseconds"))),
    "CSV, Excel's days": (".csv", lambda f: csv_in(f, Csv(time="excel"))),
    "CSV, 14 digits": (".csv", lambda f: csv_in(f, Csv("；", time="digits"))),
    "XLSX": (".xlsx", xlsx_of),
    "XLSX of three sheets": (".xlsx", lambda f: xlsx_of(f, 3)),
    "GeoJSON points": (".geojson", geojson_of),
    "GeoJSON line": (".geojson", geojson_line_of),
    "JSON records": (".json", records_of),
    "FIT": (".fit", fit_of),
    "ZIP in ZIP": (".zip", _nested),
}
"""Kind of file: its ending, and how fixes of one person are written; whole seconds only."""
