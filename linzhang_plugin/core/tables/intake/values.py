"""Delivered cells as codes and numbers: blanks, ``5-林木采伐``, lost zeros, Roman numerals."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

BLANK = {"", "nan", "none", "null", "<null>", "nat", "-", "--", "/", "无", "空", "<空>"}
ROMAN = {"Ⅰ": "1", "Ⅱ": "2", "Ⅲ": "3", "Ⅳ": "4", "Ⅴ": "5", "Ⅵ": "6",
         "I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6",
         "一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6"}  # fmt: skip
WIDTHS = {"xian": 6, "xiang": 3, "cun": 3, "lin_ban": 4, "xiao_ban": 5}
"""Digits of the text codes of the one-map, padded back where a file lost leading zeros."""

_CODE_NAME = re.compile(r"^\s*([0-9A-Za-z]{1,12})\s*[-－—_:：、 ]\s*(\D.*)$")
_NAME_CODE = re.compile(r"^\s*(\D+?)\s*[(（\[]\s*([0-9]{1,12})\s*[)）\]]\s*$")
_WHOLE = re.compile(r"^(\d+)\.0+$")


def text(value: Any) -> str:
    """Give a cell as text: NFKC, stripped, whole numbers without ``.0``, blanks as ``""``.

    Example:
        >>> text(104.0), text(" ０１０４ "), text("<Null>"), text(None)
        ('104', '0104', '', '')
    """
    if value is None or (isinstance(value, float) and not np.isfinite(value)):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "1" if value else "0"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    cleaned = (
        unicodedata.normalize("NFKC", str(value)).replace("\u200b", "").strip(" \t\r\n\0\ufeff")
    )
    whole = _WHOLE.match(cleaned)
    cleaned = whole.group(1) if whole else cleaned
    return "" if cleaned.lower() in BLANK else cleaned


def texts(column: pd.Series) -> list[str]:
    """Give a column's cells as text, each distinct value cleaned once."""
    values = column.tolist()
    known: dict[Any, str] = {}
    result = []
    for value in values:
        key = (type(value), value)
        if key not in known:
            known[key] = text(value)
        result.append(known[key])
    return result


def code_and_name(value: str) -> tuple[str, str]:
    """Split ``5-林木采伐`` or ``林木采伐(5)`` into code and name; a lone code or name stays.

    Example:
        >>> code_and_name("5-林木采伐"), code_and_name("0111"), code_and_name("沙河镇")
        (('5', '林木采伐'), ('0111', ''), ('', '沙河镇'))
    """
    both = _CODE_NAME.match(value)
    if both:
        return both.group(1), both.group(2).strip()
    both = _NAME_CODE.match(value)
    if both:
        return both.group(2), both.group(1).strip()
    if value and any(ord(c) > 0x2FF for c in value):
        return "", value
    return value, ""


def padded(code: str, width: int) -> str:
    """Pad a number back to its width; texts that are no number stay.

    Example:
        >>> padded("4", 3), padded("00012", 5), padded("12-1", 5), padded("", 4)
        ('004', '00012', '12-1', '')
    """
    return code.zfill(width) if code.isdigit() else code


def codes(column: pd.Series, width: int = 0) -> list[str]:
    """Give a column's codes, padded, names dropped."""
    known: dict[str, str] = {}
    for value in texts(column):
        if value not in known:
            code = code_and_name(value)[0]
            known[value] = padded(code, width) if width else code
    return [known[value] for value in texts(column)]


def numbers(column: pd.Series) -> npt.NDArray[np.float64]:
    """Give a column as numbers, NaN where it holds none; thousands separators are understood."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    cleaned = pd.Series([t.replace(",", "") for t in texts(column)], dtype=object)
    return pd.to_numeric(cleaned, errors="coerce").to_numpy(dtype=np.float64)


def grade(value: str) -> str:
    """Give a grade as a digit: Ⅱ, II, 二级, 2 and 02 are all ``2``.

    Example:
        >>> grade("Ⅱ级"), grade("二级"), grade("III"), grade("2-二级")
        ('2', '2', '3', '2')
    """
    code, name = code_and_name(value)
    word = (code or name).replace("级", "").replace("等", "").strip().upper()
    word = ROMAN.get(word, word)
    return word.lstrip("0") if word.isdigit() and word.strip("0") else word
