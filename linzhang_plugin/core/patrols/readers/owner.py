"""Whose track a file is: by a column, the track's name, the file's name or its folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from linzhang_plugin.core.messages import InputError, tr

PERSON = "{person}"
_DATE = re.compile(
    r"(?:19|20)\d{2}[-_.年/]?\d{1,2}[-_.月/]?\d{1,2}日?(?:[T_\-\s]*\d{1,2}[-_:时.]?\d{2}(?:[-_:分.]?\d{2}秒?)?)?"
)
_PLAIN_WORDS = re.compile(
    r"^(?:护林员|巡护员|巡护轨迹|轨迹|巡护|track|trk|gpx|export|导出|active ?log|current|path|"
    r"untitled|ownship|sheet|工作表|表|gps|log|doc|document|tracks|points|无名|未命名)+[\s#_\-\d]*$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:护林员|巡护员|专职护林员)[:：\s]*(?=\S)")
_COPY = re.compile(
    r"(?:[-_\s]*(?:副本|拷贝|复件|copy)(?:\s*[(（]?\d{1,2}[)）]?)?|\s*[(（]\d{1,2}[)）])+$",
    re.IGNORECASE,
)
"""What a desktop adds to the name of a file that is there twice."""
_ARCHIVE = re.compile(r"\.(?:zip|gz)$", re.IGNORECASE)


@dataclass(frozen=True)
class Naming:
    """How persons are told from names.

    Attributes:
        pattern: File name with ``{person}`` where the person stands and ``*`` for anything
            (``{person}_*``), or a regular expression with a group ``person``; empty: guess.
        folder: The folder's name is the person.
    """

    pattern: str = ""
    folder: bool = False

    def matcher(self) -> re.Pattern[str] | None:
        """Give the compiled pattern, None for none.

        Raises:
            InputError: It is no pattern or names no person.
        """
        if not self.pattern:
            return None
        text = self.pattern
        if PERSON in text:
            escaped = re.escape(text).replace(re.escape(PERSON), "(?P<person>.+?)")
            text = "^" + escaped.replace(r"\*", ".*") + "$"
        try:
            made = re.compile(text)
        except re.error as error:
            raise InputError(
                tr("File name pattern {pattern} cannot be used ({reason})."),
                pattern=self.pattern,
                reason=str(error),
            ) from error
        if "person" not in made.groupindex:
            raise InputError(
                tr("File name pattern {pattern} has no {{person}}; write it like {{person}}_*."),
                pattern=self.pattern,
            )
        return made


def owner(file: str, names: Sequence[str], naming: Naming, matcher: re.Pattern[str] | None) -> str:
    """Give the person a file's tracks belong to, empty where each track's name says it.

    Args:
        file: Name with its path inside the import, ``/`` between parts.
        names: The names that the file's tracks bear.
        naming: How to tell.
        matcher: ``naming.matcher()``.
    """
    whole = PurePosixPath(file).parts
    if len(whole) > 1 and whole[-2].lower().endswith(".kmz"):
        whole = whole[:-1]  # a KMZ is one file, whatever the KML in it is called
    parts = [_ARCHIVE.sub("", part) for part in whole]
    stem = PurePosixPath(parts[-1]).stem if parts else ""
    if matcher is not None:
        found = matcher.search(stem) or matcher.search(parts[-1])
        if found:
            return found["person"].strip()
    if naming.folder and len(parts) > 1:
        return parts[-2].strip()
    telling = {name for name in map(person_in, names) if name}
    if len(telling) > 1:
        return ""
    from_file = person_in(stem)
    if from_file:
        return from_file
    if telling:
        return telling.pop()
    return parts[-2].strip() if len(parts) > 1 else stem


def person_in(name: str) -> str:
    """Give the part of a name that can be a person: without dates and words like 轨迹."""
    word = _DATE.sub("", _COPY.sub("", name)).strip(" _-.()（）#")
    word = re.sub(r"[_\-\s](?:轨迹|巡护轨迹|巡护|track|gpx)\d*$", "", word, flags=re.IGNORECASE)
    if _PLAIN_WORDS.match(word) or not re.search(r"[^\W\d_]|\d{3,}", word):
        return ""
    if re.fullmatch(r"\d{1,2}[-/.:]\d{1,2}.*", word):
        return ""
    return _TITLE.sub("", word).strip()
