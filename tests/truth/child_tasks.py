"""Functions that a child process runs in tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from linzhang_plugin.core.messages import InputError, Message
from linzhang_plugin.core.progress import step


def double(number, progress):
    step(progress, 0.5, Message("Half of {n}.", {"n": number}))
    return 2 * number


def refuse(progress):
    raise InputError("Row {row} is empty; fill it in.", row=7)


def stumble(progress):
    return 1 / 0


def die(progress):
    os._exit(9)


def noisy(progress):
    print("this goes to standard output")
    os.write(1, b"and this too\n")
    return "heard"


def sleep_with_child(file, progress):
    """Start a grandchild that goes on writing, then sleep with the interpreter lock held."""
    code = f"import time\nwhile True:\n open({file!r}, 'a').write('x'); time.sleep(0.05)"
    subprocess.Popen([sys.executable, "-c", code])
    progress(0.1, Message("asleep"))
    time.sleep(60)


def square(item, progress):
    return item * item


def square_and_log(item, progress):
    """Square, and leave a trace in the folder that the environment names."""
    with open(os.path.join(os.environ["LINZHANG_TEST_LOG"], "log"), "a") as log:
        log.write(f"{item}\n")
    return item * item


def fail_on_three(item, progress):
    if item == 3:
        raise InputError("Item {n} is bad; leave it out.", n=item)
    return item


def forever(item, progress):
    time.sleep(60)


def forget(item, progress):
    os._exit(3)


def name_of(value, progress):
    from linzhang_plugin.core.fingerprint import fingerprint

    return fingerprint(value)
