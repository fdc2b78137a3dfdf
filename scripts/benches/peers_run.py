"""One open peer on one instance: ``peers_run.py PEER DIR OBJECTIVE SECONDS SEED plan.csv``.

Runs in the peers' own environment (see ``peers_table.py``) and imports nothing of the package. A
peer that searches is stopped by its own CPU seconds, so a busy machine treats all alike. The
plan is judged by ``check_grids.py`` elsewhere; here only the last line says what was done.
"""

from __future__ import annotations

import csv
import functools
import json
import math
import random
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

warnings.filterwarnings("ignore")


class Instance:
    """Units in row order, links by row, bounds of every weight."""

    def __init__(self, folder: Path) -> None:
        """Read units.csv, edges.csv and meta.json."""
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        with (folder / "units.csv").open(newline="", encoding="utf-8") as file:
            units = list(csv.DictReader(file))
        self.ids = [u["id"] for u in units]
        row = {name: number for number, name in enumerate(self.ids)}
        with (folder / "edges.csv").open(newline="", encoding="utf-8") as file:
            links = {tuple(sorted((row[e["i"]], row[e["j"]]))) for e in csv.DictReader(file)}
        self.links = sorted(link for link in links if link[0] != link[1])
        self.xy = np.array([[float(u["x"]), float(u["y"])] for u in units])
        names = [name for name in units[0] if name.startswith("weight")]
        self.weights = np.array([[float(u[name]) for name in names] for u in units])
        self.k = int(meta["k"])
        mean = self.weights.sum(axis=0) / self.k
        share = float(meta.get("tolerance", 0.0))
        self.low = np.array(meta["L"] if "L" in meta else mean * (1 - share)) * np.ones(len(mean))
        self.high = np.array(meta["U"] if "U" in meta else mean * (1 + share)) * np.ones(len(mean))
        self.mean = mean

    def lists(self) -> tuple[list[int], list[int]]:
        """Row starts and neighbours, as METIS and KaHIP want them."""
        near: list[list[int]] = [[] for _ in self.ids]
        for i, j in self.links:
            near[i].append(j)
            near[j].append(i)
        starts = np.concatenate([[0], np.cumsum([len(each) for each in near])])
        return starts.tolist(), [j for each in near for j in each]

    def whole_weights(self) -> list[int]:
        """First weight as whole numbers of at most 10^8 in all."""
        weight = self.weights[:, 0]
        return np.maximum(1, np.round(weight * min(1.0, 1e8 / weight.sum()))).astype(int).tolist()

    def share(self) -> float:
        """Allowed part above the mean of the first weight."""
        return float(self.high[0] / self.mean[0] - 1)


def metis(case: Instance, objective: str, seconds: float, seed: int) -> list[int]:
    """METIS, contiguous parts, the instance's tolerance."""
    import pymetis

    starts, near = case.lists()
    options = pymetis.Options(contig=1, ufactor=max(1, int(1000 * case.share())), seed=seed)
    answer = pymetis.part_graph(
        case.k, xadj=starts, adjncy=near, vweights=case.whole_weights(), options=options,
        recursive=False,
    )  # fmt: skip
    return list(answer[1])


def kahip(case: Instance, objective: str, seconds: float, seed: int) -> list[int]:
    """KaHIP's kaffpa, strong mode, the instance's tolerance."""
    import kahip as library

    starts, near = case.lists()
    _, blocks = library.kaffpa(
        case.whole_weights(), starts, [1] * len(near), near, case.k, case.share(), True, seed, 2
    )
    return list(blocks)


def ward(case: Instance, objective: str, seconds: float, seed: int) -> list[int]:
    """Ward clusters along the links by place, from spopt (scikit-learn): no balance."""
    import geopandas
    from libpysal.weights import W
    from spopt.region import WardSpatial

    near: dict[int, list[int]] = {row: [] for row in range(len(case.ids))}
    for i, j in case.links:
        near[i].append(j)
        near[j].append(i)
    table = geopandas.GeoDataFrame({"x": case.xy[:, 0], "y": case.xy[:, 1]})
    model = WardSpatial(table, W(near, silence_warnings=True), ["x", "y"], case.k)
    model.solve()
    return [int(label) for label in model.labels_]


def value_function(case: Instance, objective: str) -> Callable[[Any], float]:
    """A partition's value; only the districts that changed are counted anew."""
    far = np.hypot(*(case.xy[:, None] - case.xy[None]).transpose(2, 0, 1))
    moment = case.weights[:, :1] * (np.floor(far / 1000 + 0.5) / 1000) ** 2
    known: dict[frozenset[int], float] = {}

    def one(nodes: frozenset[int]) -> float:
        if nodes not in known:
            if len(known) > 5000:
                known.clear()
            at = np.fromiter(nodes, dtype=int)
            inside = np.ix_(at, at)
            if objective == "max_diameter_contiguous":
                known[nodes] = float(far[inside].max())
            else:
                known[nodes] = float(moment[inside].sum(axis=0).min())
        return known[nodes]

    def value(partition: Any) -> float:
        if objective == "cut_edges_contiguous":
            return float(len(partition["cut_edges"]))
        each = [one(frozenset(partition.parts[part])) for part in partition.parts]
        return max(each) if objective == "max_diameter_contiguous" else sum(each)

    return value


def gerrychain(  # noqa: C901 - start, proposal, bursts read best in one place
    case: Instance, objective: str, seconds: float, seed: int
) -> list[int]:
    """GerryChain: ReCom in short bursts towards the objective (Cannon and others 2020)."""
    import networkx
    from gerrychain import Graph, MarkovChain, Partition, accept, constraints
    from gerrychain.proposals import recom
    from gerrychain.tree import bipartition_tree, recursive_tree_part
    from gerrychain.updaters import Tally, cut_edges

    begin = time.process_time()
    draw = random.Random(seed)
    graph = networkx.Graph()
    # Rows in order: the library's own numbers of nodes are then the rows.
    graph.add_nodes_from(range(len(case.ids)))
    graph.add_edges_from(case.links)
    for node in graph.nodes:
        for column in range(case.weights.shape[1]):
            graph.nodes[node][f"w{column}"] = float(case.weights[node, column])
    value = value_function(case, objective)
    updaters = {f"w{c}": Tally(f"w{c}") for c in range(case.weights.shape[1])}
    updaters |= {"cut_edges": cut_edges, "value": value}
    cut = functools.partial(bipartition_tree, max_attempts=100)
    share, mean = case.share(), float(case.mean[0])
    chained = Graph.from_networkx(graph)
    start, room = None, share
    while start is None and time.process_time() - begin < seconds:
        # No tree found with a cut so well balanced: the chain may start a little worse.
        try:
            parts = recursive_tree_part(chained, range(case.k), mean, "w0", room, 0, cut, rng=draw)
            start = Partition(chained, parts, updaters)
        except Exception:  # any failure of the peer means: try again
            room *= 1.3
    if start is None:
        return []

    def proposal(plan: Any, *, rng: random.Random) -> Any:
        try:
            return recom(plan, "w0", mean, share, 0, None, cut, rng=rng)
        except Exception:  # no balanced cut found: stay
            return plan

    def score(plan: Any) -> tuple[float, float]:
        return out_of_balance(case, plan), plan["value"]

    best, least = start, score(start)
    while time.process_time() - begin < seconds:
        rules = constraints.Validator([constraints.contiguous])
        for plan in MarkovChain(proposal, rules, accept.always_accept, best, 10, rng=draw):
            new = score(plan)
            if new <= least:
                best, least = plan, new
            if time.process_time() - begin > seconds:
                break
    return [int(best.assignment[node]) for node in range(len(case.ids))]


def out_of_balance(case: Instance, plan: Any) -> float:
    """Weight outside the bounds, in mean districts, over all weights and districts."""
    total = 0.0
    for column in range(case.weights.shape[1]):
        loads = np.array(list(plan[f"w{column}"].values()))
        off = np.maximum(case.low[column] - loads, 0) + np.maximum(loads - case.high[column], 0)
        total += float(off.sum() / case.mean[column])
    return total


PEERS = {"gerrychain": gerrychain, "metis": metis, "kahip": kahip, "spopt_ward": ward}


def cli() -> int:
    """Run one peer and write its plan."""
    peer, folder, objective, seconds, seed, out = sys.argv[1:7]
    case = Instance(Path(folder))
    begin = time.process_time()
    plan = PEERS[peer](case, objective, float(seconds), int(seed))
    spent = time.process_time() - begin
    if plan:
        with Path(out).open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "district"])
            writer.writerows(zip(case.ids, plan, strict=True))
    print(json.dumps({"peer": peer, "plan": bool(plan), "cpu_seconds": round(spent, 2)}))
    return 0 if math.isfinite(spent) else 1


if __name__ == "__main__":
    raise SystemExit(cli())
