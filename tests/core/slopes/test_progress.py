"""Progress by town, class and status: totals add up, what should be green is right."""

import numpy as np
import pandas as pd
import pytest

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.slopes.progress import TOTAL, regreening_progress


def register():
    return pd.DataFrame(
        {
            "town_code": ["360702100", "360702100", "360702104", None, "360702104"],
            "loc_class": ["1", "1", "3", "3", None],
            "status": ["验收合格", "施工", "疑似", "误判", "销号"],
            "area_mu": [10.04, 5.04, 3.0, 2.0, 4.04],
        }
    )


def test_suspected_and_mistaken_are_not_due_and_accepted_ones_are_done():
    made = regreening_progress(register())
    whole = made.iloc[-1]
    assert whole.n == 5
    assert whole.mu == 24.1
    assert whole.should_mu == pytest.approx(19.1)
    assert whole.done_mu == pytest.approx(14.0, abs=0.11)
    town = made[(made.town_code == "360702100") & (made.status == TOTAL)].iloc[0]
    assert town.done_percent == pytest.approx(100 * town.done_mu / town.should_mu, abs=0.01)


def test_rows_add_up_to_towns_and_towns_to_the_whole():
    rng = np.random.default_rng(5)
    sites = pd.DataFrame(
        {
            "town_code": rng.choice(["360702100", "360702104"], 200),
            "loc_class": rng.choice(list("1234"), 200),
            "status": rng.choice(["施工", "验收合格", "管护期", "疑似"], 200),
            "area_mu": rng.lognormal(1, 1, 200),
        }
    )
    made = regreening_progress(sites)
    rows = made[made.status != TOTAL]
    towns = made[(made.status == TOTAL) & (made.town_code != TOTAL)]
    classes = made[(made.town_code == TOTAL) & (made.loc_class != TOTAL)]
    whole = made.iloc[-1]
    assert (whole.town_code, whole.loc_class, whole.status) == (TOTAL, TOTAL, TOTAL)
    for column in ("n", "mu", "should_mu", "done_mu"):
        assert rows[column].sum() == pytest.approx(whole[column])
        assert towns[column].sum() == pytest.approx(whole[column])
        assert classes[column].sum() == pytest.approx(whole[column])
    assert whole.mu == pytest.approx(sites.area_mu.sum(), abs=0.06)


def test_nothing_due_has_no_percentage():
    made = regreening_progress(pd.DataFrame({"status": ["疑似"], "area_mu": [1.0]}))
    assert made.done_percent.isna().all()


def test_an_unknown_status_is_refused():
    with pytest.raises(InputError, match="不明"):
        regreening_progress(pd.DataFrame({"status": ["不明"], "area_mu": [1.0]}))
