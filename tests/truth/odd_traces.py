"""Odd trace files of the kinds that offices send, made on the spot: name → bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

HOURS = ("08:00:00", "08:00:15", "08:00:30")
SPOTS = ((114.9361, 25.8312), (114.9363, 25.8314), (114.9365, 25.8316))


def _rows(template: str, hours: tuple[str, ...] = HOURS) -> str:
    return "\n".join(
        template.format(h=hour, x=x, y=y, k=k)
        for k, (hour, (x, y)) in enumerate(zip(hours, SPOTS, strict=True))
    )


def _comma(value: float) -> str:
    return f"{value}".replace(".", ",")


def _dms(value: float, signs: str = "度分秒") -> str:
    whole = int(value)
    minutes = int((value - whole) * 60)
    seconds = ((value - whole) * 60 - minutes) * 60
    return f"{whole}{signs[0]}{minutes:02d}{signs[1]}{seconds:05.2f}{signs[2]}"


def _table(head: str, rows: list[list[str]], separator: str = ",") -> bytes:
    return "\n".join([head, *[separator.join(row) for row in rows], ""]).encode()


def _place_rows(make: Callable[[str, float, float], list[str]]) -> list[list[str]]:
    return [make(h, x, y) for h, (x, y) in zip(HOURS, SPOTS, strict=True)]


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _book(fill: Callable[[object], None]) -> bytes:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(out)
    return out.getvalue()


HEAD = "姓名,时间,经度,纬度"
CSV = _table(HEAD, _place_rows(lambda h, x, y: ["示例甲", f"2025-03-01 {h}", f"{x}", f"{y}"]))
GPX = (
    "<gpx><trk><trkseg>"
    + _rows('<trkpt lat="{y}" lon="{x}"><time>2025-03-01T{h}Z</time></trkpt>')
    + "</trkseg></trk></gpx>"
).encode()
_KML = '<kml xmlns:gx="g"><Document><Placemark><gx:Track>{}</gx:Track></Placemark></Document></kml>'
_WHEN = [f"<when>2025-03-01T{h}Z</when>" for h in HOURS]
_COORD = [f"<gx:coord>{x} {y} 0</gx:coord>" for x, y in SPOTS]


def _merged(book) -> None:  # type: ignore[no-untyped-def]
    sheet = book.active
    sheet.append(["示例县护林员巡护轨迹表"])
    sheet.merge_cells("A1:D1")
    sheet.append(["巡护员", "定位信息", None, None])
    sheet.merge_cells("B2:D2")
    sheet.append(["姓名", "时间", "经度", "纬度"])
    for h, (x, y) in zip(HOURS, SPOTS, strict=True):
        sheet.append(["示例甲", f"2025-03-01 {h}", x, y])


def _sheets(book) -> None:  # type: ignore[no-untyped-def]
    book.active.title = "说明"
    book.active.append(["本表由平台导出"])
    for k, name in enumerate(("示例甲", "示例乙", "示例丙")):
        sheet = book.create_sheet(name)
        sheet.append(["时间", "经度", "纬度"])
        sheet.append([f"2025-03-01 {HOURS[k]}", *SPOTS[k]])


def _formulas(book) -> None:  # type: ignore[no-untyped-def]
    sheet = book.active
    sheet.append(["姓名", "时间", "经度", "纬度"])
    sheet.append(["示例甲", "2025-03-01 08:00:00", 114.9361, 25.8312])
    sheet.append(["示例甲", "=B2+1/5760", 114.9363, 25.8314])
    sheet.append(['=HYPERLINK("http://x")', "2025-03-01 08:00:30", "=C3+0.0002", 25.8316])


def _phones(book) -> None:  # type: ignore[no-untyped-def]
    sheet = book.active
    sheet.append(["护林员编号", "时间", "经度", "纬度"])
    for h, (x, y) in zip(HOURS, SPOTS, strict=True):
        sheet.append([19900000000, f"2025-03-01 {h}", x, y])


def _feature(geometry: str, time: str = '"2025-03-01T08:00:00Z"') -> str:
    return f'{{"type":"Feature","properties":{{"time":{time}}},"geometry":{geometry}}}'


def _collection(*features: str) -> bytes:
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'.encode()


_POINTS = [_feature(f'{{"type":"Point","coordinates":[{x},{y}]}}') for x, y in SPOTS]

ODD: dict[str, tuple[str, bytes, int, int | None, str]] = {
    # what: file, bytes, fixes, line of the first rejection (None: none), words of it
    "UTF-16 with BOM": ("示例甲.csv", CSV.decode().encode("utf-16"), 3, None, ""),
    "UTF-16 without BOM": ("示例甲.csv", CSV.decode().encode("utf-16-le"), 3, None, ""),
    "UTF-16 without header": (
        "示例甲.csv", CSV.decode().split("\n", 1)[1].encode("utf-16"), 0, 1, "no columns",
    ),
    "semicolon and decimal comma": (
        "a.csv",
        _table(
            HEAD.replace(",", ";"),
            _place_rows(lambda h, x, y: ["甲乙", f"2025-03-01 {h}", _comma(x), _comma(y)]),
            ";",
        ), 3, None, "",
    ),
    "度分秒": (
        "a.csv",
        _table(HEAD, _place_rows(lambda h, x, y: ["示例", f"2025-03-01 {h}", _dms(x), _dms(y)])),
        3, None, "",
    ),
    "degrees with signs and halves": (
        "a.csv",
        _table(
            HEAD,
            _place_rows(
                lambda h, x, y: [
                    "示例", f"2025-03-01 {h}", _dms(x, "°′″") + "E", "N" + _dms(y, "°′″")
                ]
            ),
        ), 3, None, "",
    ),
    "Excel serials as text": (
        "a.csv",
        _table(HEAD, _place_rows(lambda h, x, y: ["示例", f"45717.{h[-2:]}333", f"{x}", f"{y}"])),
        3, None, "",
    ),
    "Chinese hours": (
        "a.csv",
        _table(
            HEAD,
            [["示例", "2025年3月1日 8时", "114.93", "25.83"],
             ["示例", "2025年3月1日 8时5分", "114.94", "25.83"],
             ["示例", "2025年3月1日 下午1点零5分", "114.95", "25.83"]],
        ), 2, 4, "time cannot be read",
    ),
    "24:00": (
        "a.csv",
        _table(HEAD, [["示例", "2025-03-01 24:00:00", "114.93", "25.83"],
                      ["示例", "2025-03-01 24:01", "114.93", "25.83"],
                      ["示例", "2025-03-01 25:00", "114.93", "25.83"]]),
        2, 4, "time cannot be read",
    ),
    "mixed zones": (
        "a.csv",
        _table(HEAD, [["示例", "2025-03-01T08:00:00+08:00", "114.93", "25.83"],
                      ["示例", "2025-03-01T00:00:15Z", "114.93", "25.83"],
                      ["示例", "2025-03-01 08:00:30", "114.93", "25.83"]]),
        3, None, "",
    ),
    "old Macintosh lines": ("a.csv", CSV.replace(b"\n", b"\r"), 3, None, ""),
    "tabs in a .txt": ("a.txt", CSV.replace(b",", b"\t"), 3, None, ""),
    "full-width commas": ("a.csv", CSV.decode().replace(",", "，").encode("gb18030"), 3, None, ""),
    "quoted throughout": (
        "a.csv",
        "\n".join(
            ",".join(f'"{c}"' for c in line.split(",")) for line in CSV.decode().split("\n") if line
        ).encode(),
        3, None, "",
    ),
    "title lines and a total": (
        "a.csv", "示例县巡护轨迹,,,\n\n".encode() + CSV + "合计,3,,\n".encode(), 3, 7, "position",
    ),
    "lon and lat changed over": (
        "a.csv",
        _table("time,lat,lon", _place_rows(lambda h, x, y: [f"2025-03-01 {h}", f"{x}", f"{y}"])),
        0, 2, "latitude within",
    ),
    "a zip in a zip": ("a.zip", _zip({"内.zip": _zip({"示例甲.csv": CSV})}), 3, None, ""),
    "too many zips": (
        "a.zip",
        _zip({"b.zip": _zip({"c.zip": _zip({"d.zip": _zip({"e.zip": _zip({"f.csv": CSV})})})})}),
        0, 0, "Archives inside",
    ),
    "a zip bomb": ("a.zip", _zip({"a.csv": b"0" * (600 << 20)}), 0, 0, "larger"),
    "a way out by backslashes": ("a.zip", _zip({"..\\..\\示例甲.csv": CSV}), 3, None, ""),
    "a way out from the root": ("a.zip", _zip({"/etc/../示例甲.gpx": GPX}), 3, None, ""),
    "DOCTYPE in KML": ("a.kml", b"<!DOCTYPE kml [<!ENTITY a 'b'>]><kml>&a;</kml>", 0, 1, "DOCTYPE"),
    "gx:Track with a when too few": (
        "示例甲.kml", _KML.format("".join(_WHEN[:2] + _COORD)).encode(), 2, 1, "no time",
    ),
    "gx:Track without any when": (
        "示例甲.kml", _KML.format("".join(_COORD)).encode(), 0, 1, "no time",
    ),
    "GeoJSON with a bad ring": (
        "示例甲.geojson",
        _collection(_POINTS[0], _feature('{"type":"Polygon","coordinates":[[[1,2],[3]]]}')),
        1, 2, "no time for each",
    ),
    "GeoJSON with empty and odd positions": (
        "示例甲.geojson",
        _collection(
            _feature('{"type":"Point","coordinates":[]}'), _POINTS[0],
            _feature('{"type":"Point","coordinates":["x",null]}'), _feature("null"),
        ), 1, 1, "position cannot",
    ),
    "GeoJSON cut in the middle": (
        "示例甲.geojson", _collection(*_POINTS)[:-60], 2, 1, "JSON is broken",
    ),
    "GPX that says it is CSV": ("示例甲.csv", GPX, 3, None, ""),
    "merged header rows": ("a.xlsx", _book(_merged), 3, None, ""),
    "a sheet a person": ("a.xlsx", _book(_sheets), 3, 1, "no columns"),
    "formulas without values": ("示例甲.xlsx", _book(_formulas), 1, 3, "no time"),
    "phone numbers as ids": ("a.xlsx", _book(_phones), 3, None, ""),
    "a renamed picture": ("a.gpx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 0, 1, "XML is broken"),
    "zeros": ("示例甲.gpx", b"\0" * 4096, 0, 1, ""),
}  # fmt: skip
