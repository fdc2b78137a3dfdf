"""Sites move legally, with their proof, and every move is kept: properties and examples."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.slopes import lifecycle as life
from linzhang_plugin.core.slopes.due import DONE, DUE, OVERDUE, UNKNOWN, due_checks
from linzhang_plugin.core.slopes.evidence import PROOFS, Limits
from linzhang_plugin.core.slopes.moves import move_sites

TODAY = date(2026, 11, 1)
LIMITS = Limits({"1": 80.0, "4": 60.0}, 85.0, (3, 12, 36))
CHECK_COLUMNS = ["site_code", "check_on", "kind", "passed", "cover_pct", "survival_pct"]
MOVE_COLUMNS = ["site_code", "move_no", "moved_on", "from_status", "to_status"]
FULL = {
    "document": "示例〔2026〕1号",
    "photo": "a.jpg",
    "reason": "现场核实",
    "measure": "03",
    "resp_unit": "示例镇政府",
    "budget_wan": 12.5,
    "plan_end": "2026-12-31",
}


def site(status, **more):
    return pd.DataFrame([{"site_code": "A", "status": status, **more}])


def wish(status, day="2026-06-01", row=1, **more):
    return {"row": row, "site_code": "A", "status": status, "moved_on": day,
            "moved_by": "示例甲", **more}  # fmt: skip


def checks(*rows):
    made = [("A", *row, *[None] * (5 - len(row))) for row in rows]
    return pd.DataFrame(made, columns=CHECK_COLUMNS)


def moved(sites, *wishes, made=(), history=()):
    past = pd.DataFrame(list(history), columns=MOVE_COLUMNS)
    return move_sites(sites, pd.DataFrame(list(wishes)), checks(*made), past, LIMITS, TODAY)


def refusal(*arguments, **more):
    out = moved(*arguments, **more)
    assert len(out.moves) == 0
    return str(out.findings[0].text)


def test_every_legal_move_and_no_other_has_its_proof():
    legal = {(old, new) for old, news in life.MOVES.items() for new in news}
    assert set(PROOFS) == legal
    assert all(PROOFS.values())


def test_a_whole_life_is_recorded_move_by_move():
    way = [
        wish("已立项", "2022-01-10", **FULL),
        wish("施工", "2022-03-01", photo="b.jpg"),
        wish("待验收", "2022-09-01", photo="c.jpg"),
        wish("验收合格", "2022-10-08", document="示例验〔2022〕3号"),
        wish("管护期", "2022-11-01"),
        wish("销号", "2026-01-05", document="示例销〔2026〕1号"),
    ]
    made = [
        ("2022-10-01", "acceptance", True, 85.0, 90.0),
        ("2023-01-02", "month_3", True),
        ("2023-10-03", "month_12", None, 88.0),
        ("2025-10-01", "month_36", True, 90.0, 95.0),
    ]
    # The file's rows need not be in order.
    out = moved(site("verified", material="1"), *reversed(way), made=made)
    assert out.findings == []
    assert out.moves["move_no"].tolist() == [1, 2, 3, 4, 5, 6]
    assert out.moves["to_status"].tolist()[-1] == "closed"
    row = out.sites.iloc[0]
    assert (row.status, row.accepted_on, row.measure) == ("closed", "2022-10-01", "03")
    assert row.resp_unit == "示例镇政府"


@pytest.mark.parametrize("lost", ["document", "measure", "resp_unit", "budget_wan", "plan_end"])
def test_approval_lacks_what_it_lacks(lost):
    words = {"document": "document", "measure": "measure", "resp_unit": "unit",
             "budget_wan": "budget", "plan_end": "planned end"}  # fmt: skip
    facts = {k: v for k, v in FULL.items() if k != lost}
    assert words[lost] in refusal(site("verified"), wish("已立项", **facts))


def test_what_the_site_has_already_need_not_be_told_again():
    known = {k: FULL[k] for k in ("measure", "resp_unit", "budget_wan", "plan_end")}
    out = moved(site("verified", **known), wish("已立项", document="示例1号"))
    assert out.sites.status.tolist() == ["approved"]
    assert out.sites.measure.tolist() == ["03"]


@pytest.mark.parametrize(
    ("made", "word"),
    [
        ([], "acceptance check"),
        ([("2026-05-01", "acceptance", False)], "did not"),
        ([("2026-05-01", "acceptance", True, 70.0)], "did not"),  # its own figure says no
        ([("2026-05-01", "acceptance", True, 85.0, 40.0)], "did not"),
        ([("2026-07-01", "acceptance", True)], "acceptance check"),  # after the move
        ([("2026-03-31", "acceptance", True)], "acceptance check"),  # before it was waiting
        ([("2026-05-01", "month_3", True)], "acceptance check"),
    ],
)
def test_acceptance_rests_on_a_check_that_passed(made, word):
    past = [("A", 3, "2026-04-01", "working", "waiting")]
    said = refusal(site("waiting", material="1"), wish("验收合格", document="x"), made=made,
                   history=past)  # fmt: skip
    assert word in said


def test_hard_rock_needs_less_cover_than_soil():
    made = [("2026-05-01", "acceptance", None, 65.0)]
    rock = moved(site("waiting", material="4"), wish("验收合格", document="x"), made=made)
    assert rock.sites.accepted_on.tolist() == ["2026-05-01"]
    assert "did not" in refusal(site("waiting"), wish("验收合格", document="x"), made=made)


def test_closing_wants_every_check_and_none_too_early():
    good = [("2023-01-01", "month_3", True), ("2023-10-01", "month_12", True)]
    tended = site("tending", accepted_on="2022-10-01")
    closing = wish("销号", document="x")
    assert "36" in refusal(tended, closing, made=good)
    early = [*good, ("2025-08-01", "month_36", True)]  # due 2025-10-01
    assert "36" in refusal(tended, closing, made=early)
    failed = [*good, ("2025-10-01", "month_36", False)]
    assert "passed" in refusal(tended, closing, made=failed)
    assert len(moved(tended, closing, made=[*good, ("2025-10-01", "month_36", True)]).moves) == 1


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (wish("待验收", **FULL), "已立项"),
        (wish("已核实", **FULL), "already"),
        (wish("已立项", "2027-01-01", **FULL), "2026-11-01"),
        (wish("已立项", "2026-03-31", **FULL), "last move"),
        ({**wish("已立项", **FULL), "moved_by": " "}, "who"),
        ({**wish("已立项", **FULL), "moved_on": None}, "day"),
        ({**wish("已立项", **FULL), "site_code": "B"}, "B"),
        (wish("半拉子", **FULL), "半拉子"),
    ],
)
def test_bad_wishes_are_refused_in_a_sentence(bad, word):
    past = [("A", 1, "2026-04-01", "suspected", "verified")]
    assert word in refusal(site("verified"), bad, history=past)


STATUSES = st.sampled_from(sorted(life.NAMES))
FACTS = st.dictionaries(st.sampled_from(sorted(FULL)), st.just(None))


@settings(max_examples=80, deadline=None)
@given(
    start=STATUSES,
    steps=st.lists(st.tuples(STATUSES, st.integers(0, 900), FACTS), max_size=12),
    made=st.lists(
        st.tuples(
            st.integers(0, 1200),
            st.sampled_from(["acceptance", "month_3", "month_12", "month_36"]),
            st.sampled_from([True, False, None]),
        ),
        max_size=8,
        unique=True,
    ),
)
def test_whatever_is_wished_only_legal_proven_moves_happen(start, steps, made):
    first = date(2022, 1, 1)
    wishes = [
        wish(new, (first + timedelta(days=days)).isoformat(), row, **{**FULL, **lost})
        for row, (new, days, lost) in enumerate(steps)
    ]
    rows = [((first + timedelta(days=d)).isoformat(), kind, ok) for d, kind, ok in made]
    accepted = "2022-01-01" if start in life.GREEN else None
    out = moved(site(start, accepted_on=accepted), *wishes, made=rows) if wishes else None
    if out is None:
        return
    assert len(out.moves) + len(out.findings) == len(wishes)
    state, day = start, ""
    for row in out.moves.to_dict("records"):
        assert row["from_status"] == state
        assert row["to_status"] in life.MOVES[state]
        assert row["moved_on"] >= day
        if row["to_status"] == life.PASSED:
            assert any(k == "acceptance" and ok and on <= row["moved_on"] for on, k, ok in rows)
        if row["to_status"] == life.CLOSED:
            assert {k for _, k, ok in rows if ok} >= {"month_3", "month_12", "month_36"}
        state, day = row["to_status"], row["moved_on"]
    assert out.moves["move_no"].tolist() == list(range(1, len(out.moves) + 1))
    if len(out.moves):
        assert out.sites["status"].tolist() == [state]


def register():
    return pd.DataFrame(
        [
            ("A", "tending", "2025-07-31", "1"),
            ("B", "passed", None, "1"),
            ("C", "working", None, None),
            ("D", "closed", "2020-01-01", None),
            ("E", "passed", "2026-10-10", None),
        ],
        columns=["site_code", "status", "accepted_on", "material"],
    )


def test_due_checks_tell_how_long_they_are_overdue():
    made = checks(("2025-10-20", "month_3", True))
    due = due_checks(register(), made, LIMITS, date(2026, 8, 20))
    assert due[["site_code", "kind", "state", "days_overdue"]].to_numpy(object).tolist() == [
        ["A", "month_12", OVERDUE, 20],
        ["B", None, UNKNOWN, None],
    ]
    assert due.due_on[0] == "2026-07-31"
    assert "20 days" in str(due.text[0])


def test_what_falls_due_soon_is_told_and_what_is_done_is_not():
    soon = due_checks(register(), checks(), LIMITS, date(2026, 12, 20), ahead_days=30)
    rows = {(r.site_code, r.kind): r.state for r in soon.itertuples()}
    assert rows[("E", "month_3")] == DUE
    assert ("E", "month_12") not in rows
    assert rows[("A", "month_3")] == OVERDUE
    whole = due_checks(register(), checks(("2025-10-30", "month_3", True)), LIMITS,
                       date(2026, 8, 20), everything=True)  # fmt: skip
    assert whole[(whole.site_code == "A") & (whole.kind == "month_3")].state.tolist() == [DONE]
    assert (whole.site_code == "D").sum() == 3


@given(st.dates(date(2018, 1, 1), date(2026, 1, 1)), st.dates(date(2018, 1, 1), date(2030, 1, 1)))
def test_due_checks_agree_with_the_plain_rule(accepted, as_of):
    sites = pd.DataFrame(
        {"site_code": ["A"], "status": ["管护期"], "accepted_on": [accepted.isoformat()]}
    )
    due = due_checks(sites, checks(), LIMITS, as_of, ahead_days=0)
    expected = life.checks_due(accepted, LIMITS.months, 0, as_of)
    assert due.due_on.tolist() == [d.isoformat() for d in expected]
