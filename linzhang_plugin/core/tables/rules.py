"""Named rule sets: numbers a county decides on, as data.

A rule set is a flat JSON object with ``name``, ``zh``, ``en``, ``kind`` (the room it is for) and
its parameters. Shipped ones lie in ``linzhang_plugin/rules``; a county's own come from a JSON
file or from the workspace's ``rule_set`` table.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from linzhang_plugin.core.messages import InputError, tr

FOLDER = Path(__file__).parents[2] / "rules"
DEFAULT_GRID_RULES = "jiangxi_hills"
TITLES = ("name", "zh", "en", "kind", "source")


@dataclass(frozen=True)
class RuleSet:
    """A named set of parameters.

    Attributes:
        name: Its name; what RULES is given.
        zh: Title in Chinese.
        en: Title in English.
        kind: Room it is for (``grids``, ``patrols``, ``slopes`` …).
        parameters: The numbers and lists, by name.
    """

    name: str
    zh: str
    en: str
    kind: str
    parameters: Mapping[str, Any]

    def get(self, name: str, default: Any = None) -> Any:
        """Give a parameter, or the default where the set does not have it."""
        return self.parameters.get(name, default)

    def number(self, name: str, default: float | None = None) -> float | None:
        """Give a number, None where the set says there is no limit.

        Raises:
            InputError: The value is not a number.
        """
        value = self.parameters.get(name, default)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise InputError(
                tr("Rule set {rules}: {name} is {value}; write a number or null."),
                rules=self.name,
                name=name,
                value=value,
            )
        return float(value)


def shipped_names(kind: str = "") -> list[str]:
    """Give the names of the shipped sets, of one room or of all."""
    names = []
    for path in sorted(FOLDER.glob("*.json")):
        if not kind or parse(path.read_text(encoding="utf-8"), path.name).kind == kind:
            names.append(path.stem)
    return names


def parse(text: str, source: str) -> RuleSet:
    """Read a rule set from JSON.

    Args:
        text: The JSON object.
        source: File or table it came from, for the error.

    Raises:
        InputError: It is not a JSON object with a name.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        raise InputError(
            tr("Rule set {source} is not valid JSON ({reason}); correct the file."),
            source=source,
            reason=str(error),
        ) from error
    if not isinstance(document, dict) or not isinstance(document.get("name"), str):
        raise InputError(
            tr("Rule set {source} has no name; it must be a JSON object with a name."),
            source=source,
        )
    parameters = {name: value for name, value in document.items() if name not in TITLES}
    return RuleSet(
        document["name"],
        str(document.get("zh", document["name"])),
        str(document.get("en", document["name"])),
        str(document.get("kind", "")),
        MappingProxyType(parameters),
    )


def load_rules(rules: str, kind: str = "grids", stored: Mapping[str, str] | None = None) -> RuleSet:
    """Find a rule set by what RULES was given.

    Args:
        rules: A name (in the workspace, then shipped; Chinese titles count too), or the path
            of a JSON file; empty for the default of the room.
        kind: The room that asks; a set of another room is refused.
        stored: Texts of the workspace's ``rule_set`` table by name.

    Raises:
        InputError: There is no such set, or it is for another room.
    """
    wanted = rules.strip() or (DEFAULT_GRID_RULES if kind == "grids" else "")
    found = _stored(wanted, stored or {}) or _shipped(wanted, kind) or _file(wanted)
    if found is None:
        raise InputError(
            tr("There is no rule set {rules}; choose one of {names} or a JSON file."),
            rules=wanted or "-",
            names=", ".join(dict.fromkeys([*(stored or {}), *shipped_names(kind)])),
        )
    if found.kind and kind and found.kind != kind:
        raise InputError(
            tr("Rule set {rules} is for {kind}, not for {wanted}; choose another."),
            rules=found.name,
            kind=found.kind,
            wanted=kind,
        )
    return found


def _stored(wanted: str, stored: Mapping[str, str]) -> RuleSet | None:
    text = stored.get(wanted)
    return None if text is None else parse(text, wanted)


def _shipped(wanted: str, kind: str) -> RuleSet | None:
    for name in shipped_names():
        path = FOLDER / f"{name}.json"
        found = parse(path.read_text(encoding="utf-8"), path.name)
        if wanted == name or (wanted in (found.zh, found.en) and found.kind == kind):
            return found
    return None


def _file(wanted: str) -> RuleSet | None:
    path = Path(wanted)
    # os.path.isfile: a text that can be no path at all is no file to it, and no error.
    if path.suffix.lower() != ".json" or not os.path.isfile(wanted):
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            tr("Rule set {source} cannot be read as UTF-8 text; save it so."), source=wanted
        ) from error
    return parse(text, path.name)
