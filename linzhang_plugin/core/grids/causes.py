"""Why a request cannot be kept: the township, the constraint, and the nearest that could be."""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.township import Township
from linzhang_plugin.core.messages import Message


def causes_of(town: Township, tolerance: float | None) -> list[Message]:
    """Give the reasons, known before solving, why a town's hard rules cannot all hold.

    Args:
        town: The township.
        tolerance: Hard deviation in percent, or None.
    """
    found = []
    mu = town.stands["mu"].to_numpy(np.float64)
    total, k = float(mu.sum()), len(town.posts)
    least, most = float(town.least[0]), float(town.most[0])
    if total < k * least - 1e-6:
        found.append(
            Message(
                "Town {town}: {k} grids of at least {least} mu need {need} mu, but it has {total}"
                " mu; {fit} posts would fit, or a minimum of {could} mu.",
                {
                    "town": town.code or "-",
                    "k": k,
                    "least": round(least),
                    "need": round(k * least),
                    "total": round(total),
                    "fit": max(1, int(total // max(least, 1e-9))),
                    "could": int(total // k),
                },
            )
        )
    if total > k * most + 1e-6:
        found.append(
            Message(
                "Town {town}: {k} grids of at most {most} mu hold {hold} mu, but it has {total}"
                " mu; {fit} posts would do, or a maximum of {could} mu.",
                {
                    "town": town.code or "-",
                    "k": k,
                    "most": round(most),
                    "hold": round(k * most),
                    "total": round(total),
                    "fit": int(np.ceil(total / max(most, 1e-9))),
                    "could": int(np.ceil(total / k)),
                },
            )
        )
    return found + _large_stands(town, mu, tolerance) + _lone_lands(town, mu)


def _large_stands(town: Township, mu: Array, tolerance: float | None) -> list[Message]:
    """Name the stand that alone is more than a grid may have."""
    worst = int(np.argmax(mu))
    if mu[worst] > town.most[0] + 1e-6:
        return [
            Message(
                "Town {town}: stand {stand} alone has {mu} mu, more than the {most} mu a grid"
                " may have; split it with splitstands or raise the maximum.",
                {
                    "town": town.code or "-",
                    "stand": town.stands["stand_id"].iloc[worst],
                    "mu": round(float(mu[worst])),
                    "most": round(float(town.most[0])),
                },
            )
        ]
    load = town.stands["workload"].to_numpy(np.float64)
    worst = int(np.argmax(load))
    wanted = float(town.wanted.max())
    if tolerance is not None and load[worst] > wanted * (1 + tolerance / 100.0) + 1e-6:
        return [
            Message(
                "Town {town}: the workload of stand {stand} alone is {over} percent above a"
                " grid's share; split it or allow a tolerance of {could} percent.",
                {
                    "town": town.code or "-",
                    "stand": town.stands["stand_id"].iloc[worst],
                    "over": round(100.0 * (float(load[worst]) / wanted - 1.0), 1),
                    "could": int(np.ceil(100.0 * (float(load[worst]) / wanted - 1.0))),
                },
            )
        ]
    return []


def _lone_lands(town: Township, mu: Array) -> list[Message]:
    """Name the separate parts of a town whose posts cannot have the bounds' mu."""
    found: list[Message] = []
    count = int(town.lands.posts.max()) + 1
    if count < 2:
        return found
    for land in range(count):
        inside = float(mu[town.lands.area == land].sum())
        posts = int((town.lands.posts == land).sum())
        least, most = posts * float(town.least[0]), posts * float(town.most[0])
        if not least - 1e-6 <= inside <= most + 1e-6:
            stand = town.stands["stand_id"].iloc[int(np.flatnonzero(town.lands.area == land)[0])]
            found.append(
                Message(
                    "Town {town}: the part around stand {stand} is cut off by gaps wider than"
                    " the link distance and has {mu} mu for {posts} posts; raise the link"
                    " distance or change the number of posts.",
                    {"town": town.code or "-", "stand": stand, "mu": round(inside), "posts": posts},
                )
            )
    return found


def cause_of_result(town: Township, flags: list[str], tolerance: float | None) -> Message:
    """Give the sentence for a town whose best plan breaks a rule without a cause known before."""
    counts = ", ".join(f"{name} {flags.count(name)}" for name in sorted(set(flags)))
    return Message(
        "Town {town}: no plan was found that keeps every rule ({counts}); allow a wider"
        " tolerance ({tolerance} percent now), other bounds or another number of posts.",
        {
            "town": town.code or "-",
            "counts": counts,
            "tolerance": "-" if tolerance is None else f"{tolerance:g}",
        },
    )
