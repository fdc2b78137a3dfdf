"""Names and ids of rangers in a plan → persons of the workspace."""

from __future__ import annotations

import re

import pandas as pd

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.intake.persons import VACANT
from linzhang_plugin.core.tables.intake.placenames import tidy

_SEPARATORS = re.compile(r"[、,，;；/\s]+")


class RangerIndex:
    """Finds the person meant by a cell of a plan."""

    def __init__(self, persons: pd.DataFrame) -> None:
        """Take ``person`` rows."""
        self._ids = set(persons["person_id"].astype(str)) if len(persons) else set()
        self._by_name: dict[str, list[tuple[str, str]]] = {}
        for person, name, town in zip(
            persons["person_id"], persons["name"], persons["town_code"], strict=True
        ):
            self._by_name.setdefault(tidy(str(name)), []).append((str(person), str(town or "")))

    def find(self, name: str, town: str) -> tuple[str, Message | None]:
        """Give a person's id, or why there is none.

        A name is looked for in the grid's town first, then in the county where it is unique.
        """
        if name in self._ids:
            return name, None
        bearers = self._by_name.get(tidy(name), [])
        here = [person for person, at in bearers if at == town]
        if len(here) == 1:
            return here[0], None
        if len(bearers) == 1:
            return bearers[0][0], None
        if not bearers:
            return "", Message(tr("{name} is not on the roster"), {"name": name})
        return "", Message(
            tr("{name} is the name of {n} persons; give the person's id instead"),
            {"name": name, "n": len(here) or len(bearers)},
        )


def names_in(cell: str) -> list[str]:
    """Split a cell of names; words that mean a vacancy give none.

    Example:
        >>> names_in("张三、李四"), names_in("空缺"), names_in("")
        (['张三', '李四'], [], [])
    """
    return [name for name in _SEPARATORS.split(cell) if name and name not in VACANT]
