"""Persons as lists write them — an id, a name — told by the roster."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


class Roster:
    """Who is who: ids and names of the county's people."""

    def __init__(self, persons: pd.DataFrame | None) -> None:
        """Read ``person_id`` and ``name``; without persons every word stays what it is."""
        self.known = persons is not None and len(persons) > 0
        self.ids: set[str] = set()
        self.names: dict[str, list[str]] = {}
        if persons is None:
            return
        for row in persons[["person_id", "name"]].itertuples(index=False):
            person = str(row.person_id)
            self.ids.add(person)
            if isinstance(row.name, str) and row.name.strip():
                self.names.setdefault(row.name.strip(), []).append(person)

    def person(self, word: str) -> str:
        """Give the id of a word; empty where nobody or several fit."""
        if not self.known or word in self.ids:
            return word
        found = self.names.get(word, [])
        return found[0] if len(found) == 1 else ""

    def renamed(self, words: Sequence[str]) -> list[str]:
        """Give ids where the roster knows them, other words as they are."""
        return [self.person(word) or word for word in words]
