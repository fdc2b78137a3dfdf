"""Which column of a table is what, by its Chinese or English name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

ALIASES: dict[str, tuple[str, ...]] = {
    "time": (
        "time", "datetime", "timestamp", "t", "recordedat", "gpstime", "loctime", "locationtime",
        "fixtime", "createtime", "createdat", "utctime", "basedatetime", "uploadtime", "when",
        "时间", "定位时间", "采集时间", "记录时间", "轨迹时间", "巡护时间", "打卡时间", "签到时间",
        "上报时间", "日期时间", "创建时间", "gps时间", "时刻", "timeutc",
    ),
    "date": ("date", "day", "日期", "巡护日期", "采集日期"),
    "clock": ("clock", "hour", "timeofday", "时分秒", "钟点", "具体时间"),
    "lon": (
        "lon", "lng", "long", "longitude", "x", "经度", "东经", "gpslon", "gpslng", "jd", "经度e",
        "xcoord", "pointx", "lond", "gps经度", "wgs84经度", "easting", "east", "x坐标", "横坐标",
        "东坐标", "东向坐标",
    ),
    "lat": (
        "lat", "latitude", "y", "纬度", "北纬", "gpslat", "wd", "纬度n", "ycoord", "pointy", "latd",
        "gps纬度", "wgs84纬度", "northing", "north", "y坐标", "纵坐标", "北坐标", "北向坐标",
    ),
    "place": ("location", "coordinates", "geometry", "wkt", "geom", "坐标", "经纬度",
        "位置坐标", "坐标点",
    ),
    "ele": ("ele", "alt", "altitude", "elevation", "height", "z", "海拔", "高程", "高度"),
    "accuracy": ("accuracy", "acc", "hacc", "precision", "精度", "定位精度", "误差"),
    "person": (
        "personid", "person", "name", "user", "username", "userid", "ranger", "rangerid",
        "rangername", "subjectid", "tracker", "sourceid", "护林员", "姓名", "人员", "人员编号",
        "护林员编号", "护林员姓名", "巡护员", "巡护人员", "巡护人", "工号", "账号", "用户",
        "用户名",
        "人员姓名", "编号",
    ),
    "track": (
        "track", "trackid", "patrolid", "tripid", "trajectoryid", "trajid", "segmentid", "trackno",
        "轨迹编号", "轨迹id", "巡护编号", "任务编号", "巡护id",
    ),
    "device": (
        "imei", "deviceid", "device", "deviceno", "deviceimei", "devicesn", "devicecode",
        "deviceserial", "terminalid", "terminal", "terminalno", "phoneimei", "meid", "uuiddevice",
        "androidid", "serialnumber", "serialno", "serial", "设备号", "设备编号", "设备id", "设备",
        "设备串号", "设备序列号", "设备识别码", "终端号", "终端编号", "终端id", "终端",
        "手机串号", "手机imei", "imei号", "imei码", "串号", "序列号", "机身号",
    ),
}  # fmt: skip
_NOISE = re.compile(r"[\s_\-.:（）()\[\]【】/\\\"'°]+")
_UNIT = re.compile(r"[（(\[【].*?[）)\]】]")


_DEVICES, _TIMES = frozenset(ALIASES["device"]), frozenset(ALIASES["time"])


@dataclass(frozen=True)
class Columns:
    """Indices of the columns, -1 where a table has none."""

    time: int = -1
    date: int = -1
    clock: int = -1
    lon: int = -1
    lat: int = -1
    place: int = -1
    ele: int = -1
    accuracy: int = -1
    person: int = -1
    track: int = -1
    device: int = -1

    @property
    def enough(self) -> bool:
        """Tell whether position and time are there."""
        where = (self.lon >= 0 and self.lat >= 0) or self.place >= 0
        return where and (self.time >= 0 or self.date >= 0)


_LOSSY = re.compile(r"\d[.,]?\d*[eE][+]?\d+")
_NO_DEVICE = frozenset(
    {"", "0", "-", "--", "null", "none", "nan", "n/a", "na", "unknown", "无", "未知", "空", "没有"}
)


def device_word(value: object) -> str:
    """Give a device id as written, empty where it identifies none.

    A spreadsheet writes an IMEI as ``8.66E+14``: that is many phones' number, so it is none.
    """
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    word = str(value).strip().strip("'\"`")
    if word.endswith(".0") and word[:-2].isdigit():
        word = word[:-2]
    if word.lower() in _NO_DEVICE or _LOSSY.fullmatch(word) or not word.strip("0"):
        return ""
    return word[:64]


_SERIAL_IN = re.compile(
    r"(?:imei|meid|serial(?:number| number| no)?|device ?id|s/n|sn|串号|序列号|设备号)"
    r"\s*[:=#： ]\s*([A-Za-z0-9][A-Za-z0-9-]{4,63})",
    re.IGNORECASE,
)


def device_in(text: str) -> str:
    """Give the serial that a free text names (``Garmin eTrex SN:4012345``), else nothing."""
    found = _SERIAL_IN.search(text)
    return device_word(found[1]) if found and any(c.isdigit() for c in found[1]) else ""


def is_device(name: str) -> bool:
    """Tell whether a field of this name holds a device's id."""
    return key(name) in _DEVICES


def is_time(name: str) -> bool:
    """Tell whether a field of this name holds a moment."""
    return key(name) in _TIMES


def key(name: object) -> str:
    """Give a column name without case, blanks, units and punctuation."""
    word = str(name).replace("\ufeff", "").strip().lower()
    short = _NOISE.sub("", _UNIT.sub("", word))
    return short or _NOISE.sub("", word)


def recognise(header: Sequence[object], person_field: str = "") -> Columns:
    """Tell the columns of a header row.

    Args:
        header: Names as written.
        person_field: Name of the column that says whose fix it is; empty: by the aliases.
    """
    return _recognised(tuple(str(name) for name in header), person_field)


@lru_cache(maxsize=64)
def _recognised(header: tuple[str, ...], person_field: str) -> Columns:
    """Tell the columns once for headers that come again: every record of a JSON has its own."""
    keys = [key(name) for name in header]
    found: dict[str, int] = {}
    for kind, names in ALIASES.items():
        for name in names:
            if name in keys and keys.index(name) not in found.values():
                found[kind] = keys.index(name)
                break
    if person_field:
        wanted = key(person_field)
        found["person"] = keys.index(wanted) if wanted in keys else -1
    return Columns(**found)
