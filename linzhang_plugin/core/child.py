"""Heavy work in a child process that imports only core, and can be killed within a second.

scipy's HiGHS holds the interpreter lock for a whole solve, so a thread would freeze QGIS and
could not be stopped. The parent polls the child's messages and kills it, with all its own
children, when the user cancels. Arguments and result travel as pickles through temporary
files; progress comes as length-prefixed pickles on the child's standard output.
"""

from __future__ import annotations

import importlib
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Any

from linzhang_plugin.core.faults import fault_of
from linzhang_plugin.core.messages import CancelledError, LinzhangError, Message, tr
from linzhang_plugin.core.progress import Progress, silent

POLL = 0.1
"""Seconds between two looks at the child and at the cancel button."""
ALIVE = 0.2
"""Least seconds between two reports that the child sends."""


class ChildError(LinzhangError):
    """The child process died or raised something that is not meant for users."""


def run_in_child(
    function: str, arguments: tuple[Any, ...], progress: Progress = silent, executable: str = ""
) -> Any:
    """Call ``module:name`` in a child process and give its result.

    Args:
        function: ``package.module:name``; called with the arguments and then ``progress``.
        arguments: Anything that pickles.
        progress: Gets the child's reports, and is asked every 0.1 s whether to go on.
        executable: Python to use; :func:`child_python` when empty.

    Raises:
        CancelledError: ``progress`` answered False; the child is dead.
        LinzhangError: What the function raised.
        ChildError: The child died (killed, out of memory).
        FaultError: It met an error that no input should cause.
    """
    with tempfile.TemporaryDirectory(prefix="linzhang-") as folder:
        task = Path(folder) / "task.pickle"
        with task.open("wb") as file:
            pickle.dump((function, arguments), file, protocol=pickle.HIGHEST_PROTOCOL)
        child = _start(executable or child_python(), task)
        try:
            _relay(child, progress)
        except BaseException:
            kill(child)
            raise
        return _result(child, Path(folder) / "result.pickle", Path(folder) / "errors.txt")


def child_python() -> str:
    """Give a Python interpreter of this installation.

    Inside QGIS on Windows ``sys.executable`` is qgis-bin.exe and would open another QGIS
    window; on Linux it is whatever ``python3`` the PATH finds first, which may be another
    Python than the one QGIS runs. So the one under this Python's own prefixes is taken, and
    ``sys.executable`` last, and only a file named like Python.

    Raises:
        ChildError: There is none.
    """
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    candidates: list[Path] = []
    for prefix in dict.fromkeys((sys.exec_prefix, sys.prefix, sys.base_exec_prefix)):
        root = Path(prefix)
        candidates += [root / "python.exe", root / "python3.exe", root / "bin" / version,
                       root / "bin" / "python3", root / "Scripts" / "python.exe"]  # fmt: skip
    if sys.executable:
        candidates.append(Path(sys.executable))
    for path in candidates:
        name = path.name.lower()
        if name.startswith("python") and not name.startswith("pythonw") and path.is_file():
            return str(path)
    raise ChildError(
        tr("No Python interpreter was found beside QGIS ({prefix}); repair the installation."),
        prefix=sys.base_exec_prefix,
    )


def _start(executable: str, task: Path) -> subprocess.Popen[bytes]:
    """Start the child in a group of its own, with this process's module path."""
    root = str(Path(__file__).resolve().parents[2])
    path = [root, *(p for p in sys.path if p and p != root)]
    code = (
        f"import sys; sys.path[:] = {path!r};"
        f"from linzhang_plugin.core.child import serve; serve({str(task)!r})"
    )
    options: dict[str, Any] = {}
    if os.name == "nt":
        options["creationflags"] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    else:
        options["start_new_session"] = True
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with (task.parent / "errors.txt").open("wb") as errors:
        return subprocess.Popen(
            [executable, "-c", code],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
            **options,
        )


def kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and every process that it started."""
    if os.name == "nt":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(child.pid)], capture_output=True, check=False
        )
    else:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            child.kill()
    child.wait()


def _relay(child: subprocess.Popen[bytes], progress: Progress) -> None:
    """Pass the child's reports on until it ends; raise when the user stops."""
    reports: queue.Queue[tuple[float, Message | None] | None] = queue.Queue()
    reader = threading.Thread(target=_read, args=(child.stdout, reports), daemon=True)
    reader.start()
    fraction = 0.0
    while True:
        message = None
        try:
            report = reports.get(timeout=POLL)
            if report is None:
                break
            fraction, message = report
        except queue.Empty:
            pass
        if not progress(fraction, message):
            raise CancelledError()
    child.wait()


def _read(pipe: IO[bytes] | None, reports: queue.Queue[Any]) -> None:
    """Take length-prefixed pickles from the child's pipe; None at its end."""
    assert pipe is not None
    with pipe:
        while len(head := pipe.read(4)) == 4:
            reports.put(pickle.loads(pipe.read(struct.unpack("<I", head)[0])))  # noqa: S301
    reports.put(None)


def _result(child: subprocess.Popen[bytes], result: Path, errors: Path) -> Any:
    if not result.exists():
        tail = errors.read_text(encoding="utf-8", errors="replace").strip()[-2000:]
        raise ChildError(
            tr(
                "The calculation's process ended with code {code} before it was done (often too"
                " little memory). {details}"
            ),
            code=child.returncode,
            details=tail,
        )
    with result.open("rb") as file:
        good, value = pickle.load(file)  # noqa: S301 - written by our own child
    if good:
        return value
    raise value


def serve(task: str) -> None:
    """Run one task; called in the child only."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    folder = Path(task).parent
    with Path(task).open("rb") as file:
        function, arguments = pickle.load(file)  # noqa: S301 - written by our own parent
    answer: tuple[bool, Any]
    try:
        module, name = function.split(":")
        answer = (True, getattr(importlib.import_module(module), name)(*arguments, _Sender(pipe)))
    except LinzhangError as error:
        answer = (False, error)
    except MemoryError:
        answer = (False, MemoryError())
    except Exception as error:  # every failure has to reach the parent
        answer = (False, fault_of(error))
    with (folder / "result.part").open("wb") as file:
        pickle.dump(answer, file, protocol=pickle.HIGHEST_PROTOCOL)
    (folder / "result.part").replace(folder / "result.pickle")
    pipe.close()


class _Sender:
    """The child's progress: sends reports up, not more often than the parent looks."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self.pipe = pipe
        self.last = 0.0

    def __call__(self, fraction: float, message: Message | None = None) -> bool:
        now = time.monotonic()
        if message is None and now - self.last < ALIVE:
            return True
        self.last = now
        body = pickle.dumps((fraction, message))
        try:
            self.pipe.write(struct.pack("<I", len(body)) + body)
            self.pipe.flush()
        except (BrokenPipeError, OSError):
            os._exit(1)
        return True
