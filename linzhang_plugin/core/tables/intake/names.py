"""Which column of a delivered file is which field: the alias table and its matcher.

Names are compared without case, underscores, spaces and punctuation; names cut to 10 bytes by
the DBF format are recognised by their beginning. ``Q_…`` columns are those of the previous
survey period (前期) and never match. A user's FIELD_MAP wins over everything.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from linzhang_plugin.core.messages import InputError, tr

_PUNCTUATION = re.compile(r"[\s_\-./\\()（）\[\]【】:：,，、'\"*#]+")
_DUPLICATE = re.compile(r"_\d{1,2}$")


def plain_name(name: str) -> str:
    """Give a name as it is compared: NFKC, lower case, no punctuation.

    Example:
        >>> plain_name(" XIAO_BAN "), plain_name("面积（亩）")
        ('xiaoban', '面积亩')
    """
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", name).lower())


@dataclass
class FieldMatch:
    """Which column was taken for which field.

    Attributes:
        columns: Field → column of the file.
        how: Field → ``given``, ``name``, ``cut name`` or ``values``.
        unmapped: Columns that no field took (kept in ``raw_json`` where there is one).
    """

    columns: dict[str, str] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)

    def take(self, name: str, column: str, how: str) -> None:
        """Note that a column is a field."""
        self.columns[name] = column
        self.how[name] = how
        if column in self.unmapped:
            self.unmapped.remove(column)


def match_fields(
    columns: Iterable[str],
    aliases: Mapping[str, str],
    given: Mapping[str, str] | None = None,
) -> FieldMatch:
    """Find the column of each field by name.

    Args:
        columns: Column names of the file, in order.
        aliases: Field → its aliases.
        given: The user's field → column; an empty column means the field is not in the file.

    Returns:
        The match; each column is taken once.

    Raises:
        InputError: ``given`` names a field that does not exist or a column that is not there.
    """
    names = [str(column) for column in columns]
    found = FieldMatch(unmapped=list(names))
    given = dict(given or {})
    _take_given(found, names, aliases, given)
    plain: dict[str, str] = {}
    for column in names:
        plain.setdefault(plain_name(column), column)
    for name, words in aliases.items():
        if name in given or name in found.columns:
            continue
        for alias in words.split():
            column = plain.get(plain_name(alias), "")
            if column in found.unmapped:
                found.take(name, column, "name")
                break
    for name, words in aliases.items():
        if name not in given and name not in found.columns:
            cut = _cut(found.unmapped, words.split())
            if cut:
                found.take(name, cut, "cut name")
    return found


def _take_given(
    found: FieldMatch, names: list[str], aliases: Mapping[str, str], given: Mapping[str, str]
) -> None:
    lower = {column.lower(): column for column in reversed(names)}
    for name, column in given.items():
        if name not in aliases:
            raise InputError(
                tr("FIELD_MAP names the field {field}, which does not exist; use one of {fields}."),
                field=name,
                fields=", ".join(aliases),
            )
        if not column:
            continue
        if column.lower() not in lower:
            raise InputError(
                tr(
                    "FIELD_MAP takes {field} from column {column}, which the file lacks: {columns}."
                ),
                field=name,
                column=column,
                columns=", ".join(names),
            )
        found.take(name, lower[column.lower()], "given")


def _cut(columns: list[str], aliases: list[str]) -> str:
    """Give the column named by a cut alias, or by an alias with a join's ``_1``, or ``""``."""
    for column in columns:
        last = column.rsplit(".", 1)[-1]
        for name in (last, _DUPLICATE.sub("", last)):
            if name != column and plain_name(name) in map(plain_name, aliases):
                return column
        if not 8 <= _bytes(column) <= 10:
            continue
        short = plain_name(column.rstrip("\ufffd?"))
        longer = [a for a in aliases if _bytes(a) > 10 and plain_name(a).startswith(short)]
        if longer and len(short) >= 3:
            return column
    return ""


def _bytes(name: str) -> int:
    """Give the length of a name in a GBK or UTF-8 DBF: the one nearer the 10-byte limit."""
    gbk, utf8 = len(name.encode("gb18030")), len(name.encode("utf-8"))
    return utf8 if utf8 <= 10 else gbk


def read_field_map(text: str) -> dict[str, str]:
    """Read FIELD_MAP: a JSON object, or ``field=column`` pairs separated by ``;`` or new lines.

    Raises:
        InputError: It is neither.

    Example:
        >>> read_field_map("di_lei=DLBM; xiang = XZDM")
        {'di_lei': 'DLBM', 'xiang': 'XZDM'}
    """
    text = text.strip()
    if not text:
        return {}
    if text.startswith("{"):
        try:
            loaded = json.loads(text)
        except json.JSONDecodeError as error:
            raise InputError(
                tr("FIELD_MAP is no valid JSON ({reason}); write field=column; field=column."),
                reason=str(error),
            ) from error
        return {str(k).strip(): str(v or "").strip() for k, v in loaded.items()}
    pairs = [part for part in re.split(r"[;；\n]", text) if part.strip()]
    if any("=" not in part for part in pairs):
        raise InputError(
            tr("FIELD_MAP {text} lacks a =; write field=column; field=column."), text=text
        )
    split = (part.split("=", 1) for part in pairs)
    return {name.strip(): column.strip() for name, column in split}
