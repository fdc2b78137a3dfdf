"""Instances like the published ones, made from a seed: ``made_grids.py FOLDER [--seed N]``.

For seeing how the solvers do on instances that nobody tuned them to. Three kinds: counties (few
units, weights that differ a hundredfold), tracts (many units of like weight, dense in towns)
and commercial districting (uniform points with three weights, as Gliesch, Ritt and Moreira 2018
draw them).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import Delaunay

CENSUS = ("hess_moment_of_inertia_contiguous", "cut_edges_contiguous")
COMMERCIAL = ("max_diameter_contiguous",)
KINDS = ("county", "tract", "commercial")


def links_of(xy: np.ndarray, kept: float, rng: np.random.Generator) -> np.ndarray:
    """Delaunay links, the longest dropped and some at random, the units still all linked."""
    triangles = Delaunay(xy).simplices
    ends = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [0, 2]]])
    ends = np.unique(np.sort(ends, axis=1), axis=0)
    length = np.hypot(*(xy[ends[:, 0]] - xy[ends[:, 1]]).T) + 1e-9
    n = len(xy)
    tree = minimum_spanning_tree(csr_matrix((length, ends.T), shape=(n, n))).tocoo()
    needed = {
        tuple(sorted(pair)) for pair in zip(tree.row.tolist(), tree.col.tolist(), strict=True)
    }
    short = length <= np.quantile(length, 0.98)
    stay = short & (rng.random(len(ends)) < kept)
    stay |= np.array([tuple(pair) in needed for pair in ends.tolist()])
    return np.asarray(ends[stay])


def county(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Jittered lattice places (m) and lumpy weights."""
    wide = int(np.ceil(np.sqrt(n)))
    place = np.stack(np.divmod(np.arange(n), wide), axis=1) * 40_000.0
    weights = np.exp(rng.normal(9.9, 0.9, n)).round()
    # No unit may be heavier than a district: the great towns are capped.
    return place + rng.uniform(-14_000, 14_000, (n, 2)), weights[:, None]


def tract(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Places (m) in towns and between them, weights of about 4,000."""
    towns = rng.uniform(0, 500_000, (max(2, n // 80), 2))
    size = rng.pareto(1.2, len(towns)) + 0.2
    home = rng.choice(len(towns), n, p=size / size.sum())
    near = towns[home] + rng.normal(0, 12_000, (n, 2))
    wide = rng.uniform(0, 500_000, (n, 2))
    xy = np.where((rng.random(n) < 0.7)[:, None], near, wide)
    return xy, rng.normal(4000, 1400, (n, 1)).clip(200).round()


def commercial(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Uniform places and three weights: customers, demand, workload."""
    ranges = ((4, 20), (15, 400), (15, 100))
    weights = np.stack([rng.uniform(low, high, n) for low, high in ranges], axis=1)
    return rng.uniform(0, 1000, (n, 2)), weights


def make(folder: Path, kind: str, n: int, k: int, seed: int, tolerance: float) -> Path:
    """Write one instance; give its folder."""
    rng = np.random.default_rng([seed, n, k])
    xy, weights = {"county": county, "tract": tract, "commercial": commercial}[kind](n, rng)
    if kind == "county":
        weights = np.minimum(weights, 0.8 * weights.sum() / k).round()
    links = links_of(xy, 1.0 if kind == "commercial" else 0.95, rng)
    name = f"{kind}-n{n}-k{k}-s{seed}"
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    columns = {f"weight{c + 1 if c else ''}": weights[:, c] for c in range(weights.shape[1])}
    units = pd.DataFrame({"id": np.arange(n), "x": xy[:, 0], "y": xy[:, 1], **columns})
    units.to_csv(place / "units.csv", index=False)
    pd.DataFrame(links, columns=["i", "j"]).to_csv(place / "edges.csv", index=False)
    objectives = COMMERCIAL if kind == "commercial" else CENSUS
    meta = {"name": name, "k": k, "tolerance": tolerance, "synthetic": True, "seed": seed,
            "objectives": dict.fromkeys(objectives, "as published"), "published": {}}  # fmt: skip
    (place / "meta.json").write_text(json.dumps(meta, indent=1), encoding="utf-8")
    return place


SIZES = {
    "county": ((30, 2), (60, 3), (75, 6), (100, 4), (160, 9)),
    "tract": ((300, 2), (700, 4), (1200, 7), (2500, 14)),
    "commercial": ((500, 5), (1000, 20), (5000, 50), (10000, 100), (20000, 200)),
}
TOLERANCES = {"county": 0.01, "tract": 0.005, "commercial": 0.05}


def cli(arguments: list[str] | None = None) -> int:
    """Parse and write the usual sizes of each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    for kind in given.kind or KINDS:
        for n, k in SIZES[kind]:
            print(make(given.folder, kind, n, k, given.seed, TOLERANCES[kind]))
    return 0


if __name__ == "__main__":
    raise SystemExit(cli())
