"""Finds the Python libraries that QGIS does not ship, whatever profile it was started with.

QGIS looks into the ``python`` folder of its own profile. A second profile (a trial, a test, one
a user) has none of its own, so the folder of the user's default profile is appended: it comes
last, and never hides a library that this QGIS has.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

NEEDED = ("numpy", "pandas", "scipy", "shapely", "geopandas", "pyproj")


def missing_libraries() -> list[str]:
    """Give the names of the needed libraries that this Python cannot find."""
    return [name for name in NEEDED if find_spec(name) is None]


def find_libraries() -> list[str]:
    """Make the libraries importable where they are on this machine.

    Returns:
        Names of those that are not; empty when all is well.
    """
    if missing_libraries():
        for folder in _python_folders():
            if folder.is_dir() and str(folder) not in sys.path:
                sys.path.append(str(folder))
    return missing_libraries()


def _python_folders() -> list[Path]:
    """Give the ``python`` folders of the user's default profiles."""
    home = Path.home()
    data = [
        Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share"),
        Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming"),
        home / "Library" / "Application Support",
    ]
    return [
        folder / "QGIS" / version / "profiles" / "default" / "python"
        for folder in data
        for version in ("QGIS3", "QGIS4")
    ]
