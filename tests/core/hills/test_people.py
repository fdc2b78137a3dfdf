"""Who answers on the day of the list, from tables as layers and CSV files bring them."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.hills.dutytables import duty_tables
from linzhang_plugin.core.hills.people import (
    People,
    assignments_of_grids,
    duties_of_year,
    earlier_duties,
    hidden_names,
    in_force,
    list_day,
    persons_of_grids,
    phones_of_grids,
)
from linzhang_plugin.core.messages import InputError

DATED = pd.DataFrame(
    {
        "grid_code": ["W1", "W2", "W3", "W4"],
        "person_id": ["P1", "P2", "P3", "P4"],
        "duty": "ranger",
        "grid_year": [2024, 2024, 2024, 2023],
        "start_on": ["2024-01-01", "2024-06-02", None, None],
        "end_on": ["2024-06-01", None, "", None],
    }
)


@pytest.mark.parametrize("year_as", [int, str, float, lambda year: f" {year}"])
def test_assignments_of_the_year_and_the_day_whatever_the_year_is_written_as(year_as):
    rows = DATED.assign(grid_year=[year_as(y) for y in DATED["grid_year"]])
    assert in_force(rows, 2024, "2024-06-01")["grid_code"].tolist() == ["W1", "W3"]
    assert in_force(rows, 2024, "2024-06-02")["grid_code"].tolist() == ["W2", "W3"]
    assert in_force(rows, None, "2024-06-01")["grid_code"].tolist() == ["W1", "W3", "W4"]


def test_days_of_layers_are_read_as_text_is():
    rows = DATED.assign(start_on=[None, date(2024, 6, 2), pd.NaT, None])
    assert in_force(rows, 2024, "2024-06-01")["grid_code"].tolist() == ["W1", "W3"]


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("2024-03-15", 2020, "2024-03-15"),
        ("", 2024, "2024-05-06"),
        ("", None, "2024-05-06"),
        ("", 2022, "2022-12-31"),
        ("", 2025, "2025-01-01"),
    ],
)
def test_the_day_of_the_list(text, year, day):
    assert list_day(text, year, date(2024, 5, 6)) == day


def test_no_date_gets_a_sentence():
    with pytest.raises(InputError, match="15.3.2024 is no date"):
        list_day("15.3.2024", 2024, date(2024, 5, 6))


def test_grids_name_their_own_rangers():
    grids = pd.DataFrame(
        {
            "grid_code": ["W1", "W2", "W3"],
            "ranger_id": ["P1", None, "P1"],
            "ranger_name": ["示例甲", None, "示例甲"],
        }
    )
    assert persons_of_grids(grids).to_numpy().tolist() == [["P1", "示例甲"]]
    held = assignments_of_grids(grids)
    assert held[["grid_code", "person_id"]].to_numpy().tolist() == [["W1", "P1"], ["W3", "P1"]]
    assert not len(assignments_of_grids(grids[["grid_code"]]))
    assert not len(persons_of_grids(grids[["grid_code"]]))


def test_counts_of_the_last_year_before_stand_in():
    every = pd.DataFrame({"grid_code": ["W1", "W2", "W3"], "grid_year": [2022, 2023, 2026]})
    found, last = earlier_duties(every, 2024)
    assert (found["grid_code"].tolist(), last) == (["W2"], 2023)
    assert earlier_duties(every, 2023)[1] is None
    assert len(earlier_duties(every, 2020)[0]) == 0
    assert duties_of_year(found, 2024)["grid_year"].tolist() == [2024]
    assert duties_of_year(every, 2022)["grid_code"].tolist() == ["W1"]
    assert duties_of_year(every.astype(str), 2022)["grid_code"].tolist() == ["W1"]


def test_phones_of_two_rangers_are_joined():
    rows = pd.DataFrame(
        {"grid_code": ["W1", "W1", "W2"], "person_id": ["P1", "P2", "P3"], "duty": "ranger"}
    )
    rows.loc[2, "duty"] = "supervisor"
    phones = {"P1": "19900000001", "P2": "19900000002", "P3": "19900000003"}
    found = phones_of_grids(People(pd.DataFrame(), rows, phones=phones))
    assert found == {"W1": "19900000001、19900000002"}


@pytest.mark.parametrize("no", [0, False, None, float("nan"), "0", "false", "否", "", "?"])
@pytest.mark.parametrize("yes", [1, True, "1", "true", "是", " Y "])
def test_only_a_clear_yes_publishes_a_name(yes, no):
    persons = pd.DataFrame(
        {
            "name": ["示例甲", "示例乙", "示例丙"],
            "role": ["ranger", "ranger", "chief"],
            "publish_agreed": pd.Series([yes, no, no], dtype=object),
        }
    )
    assert hidden_names(persons) == {"示例乙"}
    assert hidden_names(persons.drop(columns="publish_agreed")) == frozenset()


def test_the_public_tables_hold_no_name_that_was_not_agreed_to():
    hills = gpd.GeoDataFrame(
        {"hill_id": ["H1"], "hill_name": ["东岭"]}, geometry=[shapely.box(0, 0, 9, 9)], crs=4547
    )
    grids = gpd.GeoDataFrame({"grid_code": ["W1"]}, geometry=hills.geometry.to_numpy(), crs=4547)
    persons = pd.DataFrame(
        {"person_id": ["P1", "P2"], "name": ["示例甲", "示例乙"], "publish_agreed": ["1", "0"]}
    )
    rows = pd.DataFrame(
        [("W1", "P1", "ranger"), ("W1", "P2", "ranger"), ("W1", "P2", "supervisor")],
        columns=["grid_code", "person_id", "duty"],
    )
    people = People(persons, rows)
    shown = duty_tables(hills, grids, people, public=True)
    assert shown.rows["ranger"].tolist() == ["示例甲、（未同意公示）"]
    for table in (shown.rows, shown.listed):
        assert "示例乙" not in table.to_csv()
    assert duty_tables(hills, grids, people, public=False).rows["supervisor"].tolist() == ["示例乙"]
    assert shown.orphans["kind"].tolist() == ["double"]
