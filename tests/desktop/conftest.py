"""The plugin as a user has it: the built zip in a clean profile of the installed QGIS."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 150
FORGET = ("PYTHONPATH", "PYTHONHOME", "QGIS_PLUGINPATH", "QT_QPA_PLATFORM", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Installation:
    """A clean QGIS with the plugin.

    Attributes:
        home: Folder that holds the profiles.
        run_dir: Folder for Qt's sockets.
    """

    home: Path
    run_dir: Path

    def environment(self, **more: str) -> dict[str, str]:
        """Give the environment of a user's session: nothing of the tests' own leaks in."""
        kept = {name: value for name, value in os.environ.items() if name not in FORGET}
        return {**kept, "XDG_RUNTIME_DIR": str(self.run_dir), **more}

    def process(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run ``qgis_process``."""
        profile = {"QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": str(self.home)}
        return run(["qgis_process", *arguments], self.environment(**profile, **more))

    def desktop(
        self, startup: Path, *arguments: str, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Start the application on a virtual display; ``startup`` has to end it."""
        command = [
            *("xvfb-run", "-a", "-s", "-screen 0 1440x900x24"),
            *("qgis", "--nologo", "--noversioncheck", "--profiles-path", str(self.home)),
            *("--profile", "default", "--code", str(startup), *arguments),
        ]
        return run(command, self.environment(**more))


def run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command in a group of its own, so that nothing of it outlives the patience."""
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as started:
        try:
            out, err = started.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(command, started.returncode, out, err)


@pytest.fixture(scope="session")
def archive() -> Path:
    """Build the zip from the tree as it is."""
    subprocess.run([sys.executable, ROOT / "scripts" / "package"], check=True, timeout=120)
    return ROOT / "dist" / "linzhang_plugin.zip"


@pytest.fixture
def installation(archive: Path, tmp_path: Path) -> Installation:
    """Unpack the zip where "Install from ZIP" puts it and tick it in the plugin manager."""
    for program in ("qgis", "qgis_process", "xvfb-run"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    profile = tmp_path / "profiles" / "default"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(profile / "python" / "plugins")
    (profile / "QGIS").mkdir()
    (profile / "QGIS" / "QGIS3.ini").write_text("[PythonPlugins]\nlinzhang_plugin=true\n")
    run_dir = tmp_path / "run"
    run_dir.mkdir(mode=0o700)
    return Installation(tmp_path, run_dir)
