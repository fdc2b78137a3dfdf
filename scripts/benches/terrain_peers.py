"""GDAL's commands, GRASS and the peers' own Python, started, timed and read back.

Every figure is in CPU seconds (user + system) of the whole command; for GRASS those of an empty
command are taken off. A peer that is not installed is told in a sentence and left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / "build" / "peers" / "bin" / "python"


def cpu_seconds(command: list[str]) -> tuple[float, float]:
    """Run a command; gives CPU seconds and peak memory (MB) of it and its children.

    Raises:
        RuntimeError: It failed.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command[0]}: {said.read()[-500:].decode(errors='replace')}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def peak_mb() -> float:
    """Peak memory of this process, MB; unlike rusage's it does not begin with the parent's."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


def missing(command: str) -> bool:
    """Tell whether a command is not installed, and say so."""
    if shutil.which(command):
        return False
    print(f"{command} is not installed: its figures are left out.")
    return True


class Grass:
    """One GRASS session over a DEM."""

    def __init__(self, dem: Path, folder: Path) -> None:
        """Make a location of the DEM and read it."""
        place = Path(tempfile.mkdtemp(prefix="grass_", dir=folder)) / dem.stem
        start = ["grass", "--text", "-c", str(dem), "-e", str(place)]
        subprocess.run(start, check=True, capture_output=True)
        self.run = ["grass", "--text", str(place / "PERMANENT"), "--exec"]
        self.do("r.in.gdal", f"input={dem}", "output=dem", "-o")
        self.do("g.region", "raster=dem")
        self.empty = cpu_seconds([*self.run, "g.version"])[0]

    def do(self, *command: str) -> None:
        """Run a command that is not measured."""
        subprocess.run([*self.run, *command], check=True, capture_output=True)

    def seconds(self, *command: str) -> float:
        """CPU seconds of a command."""
        return max(0.0, cpu_seconds([*self.run, *command])[0] - self.empty)

    def export(self, name: str, path: Path) -> None:
        """Write a raster of the session to a GeoTIFF of 64-bit floats."""
        path.unlink(missing_ok=True)
        self.do("r.out.gdal", f"input={name}", f"output={path}", "type=Float64", "-c", "-f",
                "nodata=-9999")  # fmt: skip


def grass(dem: Path, folder: Path) -> Grass | None:
    """Open GRASS, None where it is not installed."""
    return None if missing("grass") else Grass(dem, folder)


def in_venv(task: str, *arguments: str) -> dict[str, Any] | None:
    """Run a task of ``terrain_venv.py`` in the peers' environment, None where there is none."""
    if not VENV.exists():
        print("build/peers is not there: TopoToolbox, exactextract, rasterstats are left out.")
        return None
    script = Path(__file__).with_name("terrain_venv.py")
    done = subprocess.run(
        [str(VENV), str(script), task, *arguments], check=False, capture_output=True, text=True
    )
    if done.returncode:
        print(f"{task} failed in build/peers: {done.stderr.strip().splitlines()[-1][:200]}")
        return None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
