"""Trace files as bad as offices and platforms can make them: name → bytes, and what is right."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time

import pyproj

from tests.truth.odd_traces import (
    _COORD,
    _KML,
    _WHEN,
    CSV,
    GPX,
    HEAD,
    HOURS,
    SPOTS,
    _book,
    _comma,
    _place_rows,
    _table,
    _zip,
)

Case = tuple[str, bytes, int, int | None, str]
LOCAL, UTC = "2025-03-01T00:00:00", "2025-03-01T08:00:00"
"""First fix where the hours of the file are Beijing's, and where they are UTC."""


def _csv(row: Callable[[str, float, float], list[str]], head: str = HEAD, sep: str = ",") -> bytes:
    return _table(head, _place_rows(row), sep)


def _at(write: Callable[[str], str]) -> bytes:
    """Give a table whose moments are written so."""
    return _csv(lambda h, x, y: ["示例甲", write(h), f"{x}", f"{y}"])


def _day_and_hour(day: str, write: Callable[[str], str]) -> bytes:
    head = "姓名,日期,时间,经度,纬度"
    return _csv(lambda h, x, y: ["示例甲", day, write(h), f"{x}", f"{y}"], head)


def _wide(text: str) -> str:
    return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789:-"})


def _gauss(code: int, swap: bool) -> bytes:
    made = pyproj.Transformer.from_crs(4490, code, always_xy=True)

    def row(hour: str, x: float, y: float) -> list[str]:
        east, north = (f"{v:.3f}" for v in made.transform(x, y))
        return ["示例甲", f"2025-03-01 {hour}", *((north, east) if swap else (east, north))]

    return _csv(row, "姓名,时间,X,Y")


def _rows_of(write: Callable[[int, str, float, float], list[object]], head: str) -> bytes:
    def fill(book) -> None:  # type: ignore[no-untyped-def]
        book.active.append(head.split(","))
        for k, (h, (x, y)) in enumerate(zip(HOURS, SPOTS, strict=True)):
            book.active.append(write(k, h, x, y))

    return _book(fill)


def _merged(book) -> None:  # type: ignore[no-untyped-def]
    sheet = book.active
    sheet.append(["姓名", "日期", "时间", "经度", "纬度"])
    for k, (h, (x, y)) in enumerate(zip(HOURS, SPOTS, strict=True)):
        first = ["示例甲", date(2025, 3, 1)] if k == 0 else [None, None]
        sheet.append([*first, time.fromisoformat(h), x, y])
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("B2:B4")


def _aside(book) -> None:  # type: ignore[no-untyped-def]
    rows = [HEAD.split(","), *_place_rows(lambda h, x, y: ["示例甲", f"2025-03-01 {h}", x, y])]
    for k, row in enumerate(rows):
        for place, value in enumerate(row):
            book.active.cell(5 + k, 4 + place, value)


_MIXED_DATES = ("2025-03-01 08:00:00", 45717 + 8 / 24 + 15 / 86400, datetime(2025, 3, 1, 8, 0, 30))
_RECORDS = [
    {"userName": "示例甲", "locTime": f"2025-03-01 {h}", "lng": x, "lat": y}
    for h, (x, y) in zip(HOURS, SPOTS, strict=True)
]
_TITLED = CSV.decode().split("\n", 1)[1]
_PLACEMARK = (
    "<Placemark><name>示例甲</name>{}<Point><coordinates>{},{}</coordinates></Point></Placemark>"
)

_EMPTY = GPX.replace(b"<trkseg>", b"<trkseg></trkseg><trkseg/><trkseg>")
_COMMAS = [f"<gx:coord>{x},{y},0</gx:coord>" for x, y in SPOTS]
_GONE = ("114.9361", "#N/A", "114.9365")


def _stored(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


def _placemarks(stamp: str) -> bytes:
    spots = "".join(
        _PLACEMARK.format(stamp.format(h), x, y) for h, (x, y) in zip(HOURS, SPOTS, strict=True)
    )
    return f"<kml><Document>{spots}</Document></kml>".encode()


_PREFIXED = (
    GPX.replace(b"<", b"<g:").replace(b"<g:/", b"</g:")
    .replace(b"<g:gpx>", b'<g:gpx xmlns:g="http://www.topografix.com/GPX/1/1">')
)  # fmt: skip

NASTY: dict[str, tuple[Case, str]] = {
    # what: (file, bytes, fixes, line of the first rejection (None: none), words of it), first fix
    "header with commas, rows with tabs": (
        ("a.csv", CSV.replace(b",", b"\t").replace(HEAD.replace(",", "\t").encode(), HEAD.encode()),
         3, None, ""), LOCAL,
    ),
    "one line with semicolons": (
        ("a.csv", b"\n".join(line.replace(b",", b";") if k == 2 else line
                             for k, line in enumerate(CSV.split(b"\n"))), 3, None, ""), LOCAL,
    ),
    "sep= above the header": (("a.csv", b"sep=,\r\n" + CSV, 3, None, ""), LOCAL),
    "GBK behind a BOM of UTF-8": (
        ("a.csv", b"\xef\xbb\xbf" + CSV.decode().encode("gbk"), 3, None, ""), LOCAL,
    ),
    "two BOMs": (("a.csv", b"\xef\xbb\xbf" * 2 + CSV, 3, None, ""), LOCAL),
    "GB18030 with its BOM": (
        ("a.csv", b"\x84\x31\x95\x33" + CSV.decode().encode("gb18030"), 3, None, ""), LOCAL,
    ),
    "UTF-32": (("a.csv", CSV.decode().encode("utf-32"), 3, None, ""), LOCAL),
    "zeros at the end": (("a.csv", CSV + b"\0" * 500, 3, 5, "has 1 columns"), LOCAL),
    "上午 before the hour": (("a.csv", _at(lambda h: f"2025/3/1 上午{h}"), 3, None, ""), LOCAL),
    "下午 and a gap": (
        ("a.csv", _at(lambda h: f"2025/3/1 下午 {h[1:]}"), 3, None, ""), "2025-03-01T12:00:00",
    ),
    "PM behind the hour": (
        ("a.csv", _at(lambda h: f"2025/3/1 {h} PM"), 3, None, ""), "2025-03-01T12:00:00",
    ),
    "American date": (
        ("a.csv", _at(lambda h: f"3/13/2025 {h}"), 3, None, ""), "2025-03-13T00:00:00",
    ),
    "a date that is American or European": (
        ("a.csv", _at(lambda h: f"3/1/2025 {h}"), 0, 2, "time cannot be read"), "",
    ),
    "a year of two figures": (
        ("a.csv", _at(lambda h: f"25/3/1 {h}"), 0, 2, "time cannot be read"), "",
    ),
    "month by name": (("a.csv", _at(lambda h: f"01-Mar-2025 {h}"), 3, None, ""), LOCAL),
    "as Java writes dates": (
        ("a.csv", _at(lambda h: f"Sat Mar 01 {h} CST 2025"), 3, None, ""), LOCAL,
    ),
    "as .NET writes dates": (
        ("a.csv", _at(lambda h: f"/Date(17407872{h[-2:]}000+0800)/"), 3, None, ""), LOCAL,
    ),
    "hours with hyphens": (
        ("a.csv", _at(lambda h: "2025-03-01 " + h.replace(":", "-")), 3, None, ""), LOCAL,
    ),
    "full-width figures": (
        ("a.csv", _at(lambda h: _wide(f"2025-03-01 {h}")), 3, None, ""), LOCAL,
    ),
    "GMT+8": (("a.csv", _at(lambda h: f"2025-03-01 {h} GMT+8"), 3, None, ""), LOCAL),
    "UTC+08:00": (("a.csv", _at(lambda h: f"2025-03-01 {h}UTC+08:00"), 3, None, ""), LOCAL),
    "day, and 上午 with the hour": (
        ("a.csv", _day_and_hour("2025/3/1", lambda h: f"上午{h}"), 3, None, ""), LOCAL,
    ),
    "day and hour as figures": (
        ("a.csv", _day_and_hour("20250301", lambda h: h.replace(":", "")), 3, None, ""), LOCAL,
    ),
    "day with midnight, and hour": (
        ("a.csv", _day_and_hour("2025/3/1 00:00:00", str), 3, None, ""), LOCAL,
    ),
    "day as a serial, hour as a share": (
        ("a.csv", _day_and_hour("45717", lambda h: f"{(28800 + int(h[-2:])) / 86400:.9f}"),
         3, None, ""), LOCAL,
    ),
    "two header rows": (
        ("a.csv", f"巡护员信息,,定位信息,\n{HEAD}\n{_TITLED}".encode(), 3, None, ""), LOCAL,
    ),
    "a Chinese and an English header": (
        ("a.csv", f"{HEAD}\nname,time,lon,lat\n{_TITLED}".encode(), 3, 2, "position"), LOCAL,
    ),
    "quoted decimal commas": (
        ("a.csv", _csv(lambda h, x, y: ["示例甲", f"2025-03-01 {h}", f'"{_comma(x)}"',
                                        f'"{_comma(y)}"']), 3, None, ""), LOCAL,
    ),
    "decimal commas between commas": (
        ("a.csv", _csv(lambda h, x, y: ["示例甲", f"2025-03-01 {h}", _comma(x), _comma(y)]),
         0, 2, "has 6 columns"), "",
    ),
    "western China with columns swapped": (
        ("a.csv", _csv(lambda h, x, y: ["示例甲", f"2025-03-01 {h}", "39.47", "75.99"]),
         0, 2, "changed places"), "",
    ),
    "latitude before longitude in one column": (
        ("a.csv", _csv(lambda h, x, y: ["示例甲", f"2025-03-01 {h}", f"{y},{x}"],
                       "姓名;时间;坐标", ";"), 3, None, ""), LOCAL,
    ),
    "metres of a zone": (("a.csv", _gauss(4526, False), 3, None, ""), LOCAL),
    "metres of a 6° zone as surveyors write them": (
        ("a.csv", _gauss(4498, True), 3, None, ""), LOCAL,
    ),
    "metres without their zone": (("a.csv", _gauss(4547, False), 0, 2, "zone"), ""),
    "a huge field": (
        ("a.csv", CSV.replace(b"\n", b",b\n", 1).replace(b"12\n", b"12," + b"x" * 10**6 + b"\n")
         .replace(b"14\n", b'14,"c\nd"\n').replace(b"16\n", b"16,e\n"), 3, None, ""), LOCAL,
    ),
    "an open quote and 5 MB": (
        ("a.csv", CSV + b'"' + b"x" * 5_000_000, 3, 5, "has 1 columns"), LOCAL,
    ),
    "empty segments": (
        ("示例甲.gpx", _EMPTY, 3, None, ""), UTC,
    ),
    "GPX with a prefix": (("示例甲.gpx", _PREFIXED, 3, None, ""), UTC),
    "GPX that says UTF-16 and is UTF-8": (
        ("示例甲.gpx", b'<?xml version="1.0" encoding="UTF-16"?>' + GPX, 3, None, ""), UTC,
    ),
    "two GPX pasted together": (
        ("示例甲.gpx", GPX + b"\n" + GPX.replace(b"T08", b"T09"), 6, 4, "XML is broken"), UTC,
    ),
    "GPX of another's file": (
        ("示例甲.gpx", b'<?xml version="1.0"?>\n<!DOCTYPE gpx SYSTEM "file:///etc/passwd">' + GPX,
         0, 2, "DOCTYPE"), "",
    ),
    "elements in elements": (("示例甲.gpx", b"<gpx>" + b"<a>" * 10_000, 0, 1, "deeper"), ""),
    "gx:Track with a coord too few": (
        ("示例甲.kml", _KML.format("".join(_WHEN + _COORD[:2])).encode(), 2, 1, "no position"), UTC,
    ),
    "gx:coord with commas": (
        ("示例甲.kml", _KML.format("".join(_WHEN + _COMMAS)).encode(), 3, None, ""), UTC,
    ),
    "placemarks with a TimeSpan": (
        ("示例甲.kml", _placemarks("<TimeSpan><begin>2025-03-01T{}Z</begin></TimeSpan>"),
         3, None, ""), UTC,
    ),
    "placemarks with the time as data": (
        ("示例甲.kml", _placemarks("<ExtendedData><Data name='时间'><value>2025-03-01 {}</value>"
                                "</Data></ExtendedData>"), 3, None, ""), LOCAL,
    ),
    "a KMZ that climbs": (
        ("示例甲.kmz", _zip({"../../doc.kml": _KML.format("".join(_WHEN + _COORD)).encode()}),
         3, None, ""), UTC,
    ),
    "dates as text, serial and date": (
        ("a.xlsx", _rows_of(lambda k, h, x, y: ["示例甲", _MIXED_DATES[k], x, str(y)], HEAD),
         3, None, ""), LOCAL,
    ),
    "name and day merged over the rows": (("a.xlsx", _book(_merged), 3, None, ""), LOCAL),
    "date and share of a day": (
        ("a.xlsx", _rows_of(lambda k, h, x, y: ["示例甲", datetime(2025, 3, 1),
                                                (28_800 + 15 * k) / 86_400, x, y],
                            "姓名,日期,时间,经度,纬度"), 3, None, ""), LOCAL,
    ),
    "a table that begins at D5": (("a.xlsx", _book(_aside), 3, None, ""), LOCAL),
    "#N/A": (
        ("a.xlsx", _rows_of(lambda k, h, x, y: ["示例甲", f"2025-03-01 {h}", _GONE[k],
                                                y], HEAD), 2, 3, "position"), LOCAL,
    ),
    "a workbook that says it is CSV": (("a.csv", _book(_aside), 3, None, ""), LOCAL),
    "a zip of stored workbooks": (("a.zip", _stored("b.xlsx", _book(_aside)), 3, None, ""), LOCAL),
    "text that says it is XLS": (("a.xls", CSV.replace(b",", b"\t"), 3, None, ""), LOCAL),
    "an old workbook": (
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, 0, 0, "XLSX"), "",
    ),
    "RAR": (("a.rar", b"Rar!\x1a\x07\x00" + b"\0" * 99, 0, 0, "ZIP"), ""),
    "a record a line": (
        ("示例甲.json", "\n".join(map(json.dumps, _RECORDS)).encode(), 3, None, ""), LOCAL,
    ),
    "a web service's answer": (
        ("示例甲.json", json.dumps({"code": 0, "data": {"list": _RECORDS}}).encode(), 3, None, ""),
        LOCAL,
    ),
    "brackets in brackets": (("示例甲.json", b"[" * 100_000, 0, 0, "deeper"), ""),
    "a packed table": (("示例甲.csv.gz", gzip.compress(CSV), 3, None, ""), LOCAL),
}  # fmt: skip
