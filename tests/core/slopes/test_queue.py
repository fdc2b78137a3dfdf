"""From candidate to register: asked once, decided by somebody, coded for good."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.slopes.queue import queue_candidates
from linzhang_plugin.core.slopes.review import decide
from linzhang_plugin.core.tables.schema.slopes import BARE_SLOPE, BARE_SLOPE_MOVE, SLOPE_REVIEW

CRS = "EPSG:4547"
UNITS = gpd.GeoDataFrame(
    {"unit_code": ["360702100", "360702104"], "level": [4, 4]},
    geometry=[shapely.box(-1000, -1000, 150, 1000), shapely.box(150, -1000, 9000, 1000)],
    crs=CRS,
)


def square(x, side=40.0):
    return shapely.box(x, 0, x + side, side)


def candidates(*shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=CRS)


def table(description, rows=(), shapes=None):
    frame = pd.DataFrame(list(rows), columns=None if rows else description.names)
    for name in description.names:
        if name not in frame:
            frame[name] = None
    if not description.geometry:
        return frame[description.names]
    return gpd.GeoDataFrame(frame[description.names], geometry=list(shapes or []), crs=CRS)


def register(*rows):
    made = [{"site_code": code, "status": status} for code, status, _ in rows]
    return table(BARE_SLOPE, made, [shape for *_, shape in rows])


EMPTY = table(SLOPE_REVIEW)


def queued(found, queue=EMPTY, known=None, day="2026-03-01"):
    sites = register() if known is None else known
    return queue_candidates(found, queue, sites, day, "示例影像", "360702", UNITS)


def decisions(*rows):
    names = ["row", "candidate_no", "status", "decided_on", "decided_by", "reason", "cause"]
    made = [(n, *row, *[None] * (6 - len(row))) for n, row in enumerate(rows, 2)]
    return pd.DataFrame(made, columns=names)


def decided(wishes, queue, known=None, moves=None):
    sites = register() if known is None else known
    past = table(BARE_SLOPE_MOVE) if moves is None else moves
    return decide(wishes, queue, sites, past, "360702", 2026)


def after(queue, made):
    """Give the queue as it is when the reviews are written."""
    rest = queue[~queue.candidate_no.isin(made.reviews.candidate_no)]
    return gpd.GeoDataFrame(pd.concat([rest, made.reviews], ignore_index=True), crs=CRS)


def test_new_candidates_are_numbered_and_placed():
    made = queued(candidates(square(300), square(0), slope_deg=[33.0, 21.0]))
    assert made.n_new == 2
    assert made.frame.candidate_no.tolist() == ["360702Y260002", "360702Y260001"]
    assert made.frame.town_code.tolist() == ["360702104", "360702100"]
    assert made.frame.status.tolist() == ["suspected", "suspected"]
    assert made.frame.area_mu.tolist() == pytest.approx([2.4, 2.4])
    assert made.frame.slope_deg.tolist() == [33.0, 21.0]


def test_a_waiting_candidate_seen_again_keeps_its_number():
    first = queued(candidates(square(0), square(300)))
    again = queued(candidates(square(302), square(600)), first.frame, day="2026-06-01")
    assert (again.n_new, again.n_again) == (1, 1)
    assert again.frame.candidate_no.tolist() == ["360702Y260002", "360702Y260003"]
    assert again.frame.detected_on.tolist() == ["2026-06-01"] * 2


def test_the_register_is_not_asked_about_unless_grown_or_closed():
    known = register(
        ("S1", "working", square(0)), ("S2", "tending", square(300)), ("S3", "closed", square(600)),
        ("S4", "mistaken", square(900)),
    )  # fmt: skip
    found = candidates(square(0), square(300, 60), square(600), square(900))
    made = queued(found, known=known)
    assert made.n_known == 1
    assert made.frame.known_code.tolist() == ["S2", "S3", None]
    assert made.frame.change.tolist() == ["grown", "same", "new"]
    assert "S1" in str(made.findings[0].text)


def test_what_was_judged_mistaken_is_asked_again_only_when_it_grew():
    first = queued(candidates(square(0)))
    done = decided(decisions(("360702Y260001", "误判", "2026-03-09", "示例甲", "脐橙梯田")),
                   first.frame)  # fmt: skip
    queue = after(first.frame, done)
    assert (done.n_mistaken, len(done.sites)) == (1, 0)
    again = queued(candidates(square(1)), queue)
    assert (again.n_judged, len(again.frame)) == (1, 0)
    assert "脐橙梯田" in str(again.findings[0].text)
    assert queued(candidates(square(0, 60)), queue).n_new == 1


def test_what_is_gone_is_no_candidate():
    made = queued(candidates(square(0), square(300), change=["gone", "new"]))
    assert (made.n_gone, made.n_new) == (1, 1)


def test_a_verified_candidate_enters_the_register_with_a_stable_code():
    first = queued(candidates(square(0), square(300)))
    known = register(("360702B260007", "working", square(900)))
    wishes = decisions(
        ("360702Y260002", "已核实", "2026-03-09", "示例甲", "现场为采石面", "01"),
        ("360702Y260001", "误判", "2026-03-09", "示例甲", "采伐迹地"),
    )
    done = decided(wishes, first.frame, known)
    site = done.sites.iloc[0]
    assert (site.site_code, site.status, site.cause) == ("360702B260008", "verified", "01")
    assert site.geometry.equals(square(300))
    assert done.reviews.site_code.tolist() == [None, "360702B260008"]
    move = done.moves.iloc[0]
    assert (move.from_status, move.to_status, move.moved_on) == (
        "suspected", "verified", "2026-03-09",
    )  # fmt: skip
    assert done.n_new == 1
    # Seen again in the next image, it is the same site.
    sites = gpd.GeoDataFrame(pd.concat([known, done.sites], ignore_index=True), crs=CRS)
    again = queued(candidates(square(302)), after(first.frame, done), sites)
    assert (again.n_known, again.n_new) == (1, 0)


def test_a_closed_site_that_is_bare_again_goes_by_suspicion():
    known = register(("S1", "closed", square(0)))
    first = queued(candidates(square(0, 45)), known=known)
    past = pd.DataFrame([{"site_code": "S1", "move_no": 7}])
    done = decided(decisions(("360702Y260001", "已核实", "2026-04-01", "示例甲", "再次裸露")),
                   first.frame, known, past)  # fmt: skip
    assert done.sites.site_code.tolist() == ["S1"]
    assert done.sites.status.tolist() == ["verified"]
    assert done.moves[["move_no", "from_status", "to_status"]].to_numpy(object).tolist() == [
        [8, "closed", "suspected"],
        [9, "suspected", "verified"],
    ]


def test_a_grown_site_under_way_gets_its_outline_and_keeps_its_status():
    known = register(("S1", "working", square(0)), ("S2", "tending", square(300)))
    first = queued(candidates(square(0, 60), square(300, 60)), known=known)
    wishes = decisions(
        *[(no, "已核实", "2026-04-01", "示例甲", "扩大") for no in first.frame.candidate_no]
    )
    done = decided(wishes, first.frame, known)
    assert dict(zip(done.sites.site_code, done.sites.status, strict=True)) == {
        "S1": "working", "S2": "tending",
    }  # fmt: skip
    assert len(done.moves) == 0
    assert done.sites.area_m2.tolist() == [3600.0, 3600.0]
    assert ["S2" in str(f.text) for f in done.findings] == [True]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (("360702Y260009", "已核实", "2026-04-01", "示例甲", "x"), "260009"),
        (("360702Y260001", "施工", "2026-04-01", "示例甲", "x"), "施工"),
        (("360702Y260001", None, "2026-04-01", "示例甲", "x"), "已核实"),
        (("360702Y260001", "已核实", None, "示例甲", "x"), "核查日期"),
        (("360702Y260001", "误判", "2026-04-01", None, None), "理由"),
        (("360702Y260001", "误判", "2026-02-01", "示例甲", "x"), "2026-03-01"),
    ],
)
def test_a_decision_names_who_when_and_why(row, word):
    done = decided(decisions(row), queued(candidates(square(0))).frame)
    assert (len(done.reviews), len(done.sites)) == (0, 0)
    assert word in str(done.findings[0].text)


def test_a_decision_stands_until_it_is_reopened():
    first = queued(candidates(square(0), square(300)))
    one = decided(decisions(("360702Y260001", "误判", "2026-04-01", "示例甲", "光伏")), first.frame)
    queue = after(first.frame, one)
    again = decisions(("360702Y260001", "已核实", "2026-05-01", "示例乙", "看错了"))
    assert "already" in str(decided(again, queue).findings[0].text)
    open_again = decisions(("360702Y260001", "疑似", "2026-05-01", "示例乙", "看错了"))
    queue = after(queue, decided(open_again, queue))
    assert decided(again, queue).n_verified == 1


def test_twice_in_a_list_and_odd_counties_are_refused():
    first = queued(candidates(square(0)))
    row = ("360702Y260001", "误判", "2026-04-01", "示例甲", "光伏")
    assert "twice" in str(decided(decisions(row, row), first.frame).findings[0].text)
    with pytest.raises(InputError, match="36"):
        queue_candidates(candidates(square(0)), EMPTY, register(), "2026-03-01", "", "36")


def test_decisions_are_right_whatever_the_order_of_the_list():
    first = queued(candidates(square(0), square(300), square(600)))
    rows = [(no, "已核实", "2026-04-01", "示例甲", "x") for no in sorted(first.frame.candidate_no)]
    one = decided(decisions(*rows), first.frame)
    two = decided(decisions(*rows[::-1]), first.frame)
    assert one.sites.site_code.tolist() == two.sites.site_code.tolist()
    assert [g.wkt for g in one.sites.geometry] == [g.wkt for g in two.sites.geometry]


def test_how_sure_a_candidate_is_goes_into_the_queue_with_the_doubt():
    found = candidates(square(0), square(300), confidence=[0.31, 0.97], reason=["像果园", None])
    made = queued(found).frame.sort_values("confidence")
    assert made.confidence.tolist() == [0.31, 0.97]
    assert made.note.tolist() == ["像果园", None]
    assert queued(candidates(square(0))).frame.confidence.isna().all()
