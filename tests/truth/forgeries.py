"""Honest months and forged patrols of every kind, from seeds: what doubts are measured on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from linzhang_plugin.core.patrols.datum import gcj_from_wgs
from linzhang_plugin.core.patrols.distance import metres_per_degree
from linzhang_plugin.core.patrols.fixes import Fixes, Floats
from tests.truth.traces import LAT, LON, Walk, degrees, fixes_of, noisy, sampled, start_of, walk

Walks = list[tuple[str, int, Walk]]
DAYS = 5


def again(rng: np.random.Generator, way: Walk, every: float = 15.0, noise: float = 4.0) -> Walk:
    """Walk the same way on another day: another pace, other rests, other GPS errors."""
    n = len(way.seconds)
    drift = np.clip(1 + 0.15 * np.cumsum(rng.normal(0, 0.02, n)), 0.6, 1.6)
    seconds = np.cumsum(drift)
    seconds *= way.seconds[-1] * rng.uniform(0.93, 1.07) / seconds[-1]
    return noisy(rng, sampled(Walk(seconds, way.x, way.y), every), noise)


def honest(rng: np.random.Generator, persons: int = 3, days: int = DAYS) -> Walks:
    """Give rangers who walk their usual way day by day, each phone with its own cadence."""
    walks: Walks = []
    for k in range(persons):
        minutes = rng.uniform(60, 180)
        way = walk(rng, minutes, ((0.4 * minutes, rng.uniform(5, 20)),), start=(k * 4000.0, 0.0))
        every = float(rng.choice([5, 10, 15, 30]))
        for day in range(1, days + 1):
            start = start_of(day, 8 + rng.uniform(0, 3))
            walks.append((f"R{k}", start, again(rng, way, every, rng.uniform(2, 6))))
    return walks


def terrain(rng: np.random.Generator) -> Callable[[Floats, Floats], Floats]:
    """Give hills of 200 m as a function of degrees."""
    angle, phase = rng.uniform(0, 2 * np.pi, 12), rng.uniform(0, 2 * np.pi, 12)
    length = rng.uniform(300, 1500, 12)
    east, north = (float(v) for v in metres_per_degree(LAT))

    def ground(lon: Floats, lat: Floats) -> Floats:
        x, y = (lon - LON) * east, (lat - LAT) * north
        total = np.zeros(np.shape(lon))
        for a, p, size in zip(angle, phase, length, strict=True):
            total += np.sin((x * np.cos(a) + y * np.sin(a)) / size * 2 * np.pi + p)
        return 400.0 + 40.0 * total

    return ground


def with_altitudes(
    rng: np.random.Generator, fixes: Fixes, ground: Callable[[Floats, Floats], Floats]
) -> Fixes:
    """Give honest altitudes: the ground, a phone's offset, drift and noise."""
    n = len(fixes)
    drift = np.cumsum(rng.normal(0, 0.5, n))
    drift -= np.linspace(0, drift[-1] if n else 0.0, n)
    offset = rng.uniform(-35, 15, len(fixes.people))[fixes.person]
    fixes.ele[:] = ground(fixes.lon, fixes.lat) + offset + drift + rng.normal(0, 6, n)
    return fixes


Forgery = Callable[[np.random.Generator, Walks], tuple[Walks, str]]
"""Takes honest walks; gives them with one forged patrol, and the forger's name."""


def _copied(change: Callable[[np.random.Generator, Walk], Walk], own: bool) -> Forgery:
    def forge(rng: np.random.Generator, walks: Walks) -> tuple[Walks, str]:
        source = walks[int(rng.integers(0, DAYS))][2]
        name = "R0" if own else "R1"
        return [*walks, (name, start_of(20, 8 + rng.uniform(0, 4)), change(rng, source))], name

    return forge


def _jitter(metres: float) -> Callable[[np.random.Generator, Walk], Walk]:
    def change(rng: np.random.Generator, walk_: Walk) -> Walk:
        move = rng.normal(0, metres, (2, len(walk_.x)))
        return Walk(walk_.seconds, walk_.x + move[0], walk_.y + move[1])

    return change


def _cut(rng: np.random.Generator, walk_: Walk) -> Walk:
    a = int(len(walk_.x) * rng.uniform(0.05, 0.4))
    return Walk(walk_.seconds[a:] - walk_.seconds[a], walk_.x[a:], walk_.y[a:])


def _backwards(rng: np.random.Generator, walk_: Walk) -> Walk:
    return Walk(walk_.seconds[-1] - walk_.seconds[::-1], walk_.x[::-1], walk_.y[::-1])


def _thinned(rng: np.random.Generator, walk_: Walk) -> Walk:
    step = int(rng.integers(2, 4))
    return Walk(walk_.seconds[::step], walk_.x[::step], walk_.y[::step])


def _shifted(rng: np.random.Generator, walk_: Walk) -> Walk:
    angle = rng.uniform(0, 2 * np.pi)
    return Walk(walk_.seconds, walk_.x + 8 * np.cos(angle), walk_.y + 8 * np.sin(angle))


def _stretched(rng: np.random.Generator, walk_: Walk) -> Walk:
    return Walk(walk_.seconds * rng.choice([0.85, 0.9, 1.1, 1.15]), walk_.x, walk_.y)


def _same(rng: np.random.Generator, walk_: Walk) -> Walk:
    return walk_


def _two_phones(metres: float) -> Forgery:
    def forge(rng: np.random.Generator, walks: Walks) -> tuple[Walks, str]:
        _, start, source = walks[0]
        late = start + round(rng.uniform(-20, 20)) * 1000
        forged = noisy(rng, source, metres) if metres else source
        return [*walks, ("X", late if metres else start, forged)], "X"

    return forge


def _drawn(even: bool) -> Forgery:
    def forge(rng: np.random.Generator, walks: Walks) -> tuple[Walks, str]:
        source = walks[0][2]
        far = rng.uniform(2e4, 4e4)
        anchors = np.arange(0, len(source.x), max(4, int(len(source.x) / rng.integers(6, 25))))
        x, y = source.x[anchors] + far, source.y[anchors]
        way = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
        when = way / rng.uniform(0.7, 1.3) if even else source.seconds[anchors]
        seconds = np.arange(0.0, when[-1], float(rng.choice([5, 10, 15, 30])))
        made = Walk(seconds, np.interp(seconds, when, x), np.interp(seconds, when, y))
        return [*walks, ("A", start_of(9, 8), made)], "A"

    return forge


def _ride(rng: np.random.Generator, walks: Walks) -> tuple[Walks, str]:
    raw = walk(rng, 60, pace=rng.uniform(6, 14), start=(-3e4, 0), bend=0.01)
    return [*walks, ("B", start_of(9, 8), noisy(rng, sampled(raw, 15), 4))], "B"


def _flip(rng: np.random.Generator, walks: Walks) -> tuple[Walks, str]:
    plain = noisy(rng, sampled(walk(rng, 120, start=(0, 3e4)), 15), 4)
    lon, lat = degrees(plain.x, plain.y)
    gcj = gcj_from_wgs(lon, lat)
    east, north = metres_per_degree(LAT)
    late = np.arange(len(plain.x)) > rng.integers(60, 400)
    x = np.where(late, plain.x + (gcj[0] - lon) * float(east), plain.x)
    y = np.where(late, plain.y + (gcj[1] - lat) * float(north), plain.y)
    return [*walks, ("C", start_of(9, 8), Walk(plain.seconds, x, y))], "C"


def _split(rng: np.random.Generator, walks: Walks) -> tuple[Walks, str]:
    every = float(rng.choice([5, 10, 15, 30]))
    whole = noisy(rng, sampled(walk(rng, rng.uniform(120, 240), start=(2e4, 2e4)), every), 4)
    at = int(len(whole.x) * rng.uniform(0.3, 0.7))
    start = start_of(9, 8)
    first = Walk(whole.seconds[:at], whole.x[:at], whole.y[:at])
    rest = Walk(whole.seconds[at:] - whole.seconds[at], whole.x[at:], whole.y[at:])
    begun = start + round(whole.seconds[at] * 1000)
    return [*walks, ("D", start, first), ("E", begun, rest)], "E"


FORGERIES: dict[str, tuple[frozenset[str], Forgery]] = {
    "replay, exact": (frozenset({"replay"}), _copied(_same, True)),
    "replay of another's": (frozenset({"replay"}), _copied(_same, False)),
    "replay, 2 m jitter": (frozenset({"replay"}), _copied(_jitter(2.0), True)),
    "replay, 5 m jitter": (frozenset({"replay"}), _copied(_jitter(5.0), True)),
    "replay, moved by 8 m": (frozenset({"replay"}), _copied(_shifted, True)),
    "replay, cut": (frozenset({"replay"}), _copied(_cut, True)),
    "replay, thinned": (frozenset({"replay"}), _copied(_thinned, False)),
    "replay, backwards": (frozenset({"replay"}), _copied(_backwards, True)),
    "replay, stretched": (frozenset({"replay"}), _copied(_stretched, True)),
    "two phones on one walk": (frozenset({"two_phones"}), _two_phones(3.0)),
    "one track, two names": (frozenset({"same_track"}), _two_phones(0.0)),
    "one phone, two rangers": (frozenset({"shared_phone"}), _split),
    "interpolated": (frozenset({"interpolated"}), _drawn(False)),
    "constant speed": (frozenset({"interpolated", "even_speed"}), _drawn(True)),
    "ride": (frozenset({"vehicle"}), _ride),
    "datum flip": (frozenset({"datum_flip"}), _flip),
}
"""Kind of forgery: the findings that count as found, and how it is made."""


def forged(kind: str, seed: int) -> tuple[Fixes, str, frozenset[str]]:
    """Give fixes with one forged patrol, its forger, and the findings that would tell it."""
    rng = np.random.default_rng(seed)
    expected, forge = FORGERIES[kind]
    walks, name = forge(rng, honest(rng))
    return fixes_of(walks), name, expected


ALTITUDES = {
    "made up": lambda rng, n: rng.uniform(150, 700, n),
    "constant": lambda rng, n: np.full(n, float(rng.integers(100, 600))),
    "another hill's": lambda rng, n: 400 + 100 * np.sin(
        np.linspace(0, rng.uniform(9, 30), n) + rng.uniform(0, 6)
    ) + rng.normal(0, 5, n),
    "drifting": lambda rng, n: 300 + np.cumsum(rng.normal(0, 3, n)),
}  # fmt: skip
"""Altitudes that were made without the ground."""
