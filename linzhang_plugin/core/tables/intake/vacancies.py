"""Posts that a roster names and nobody holds (空缺)."""

from __future__ import annotations

import pandas as pd

RANGER = "ranger"


def vacant_posts(vacancies: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of ``vacant_post``: full-time rangers' posts, numbered within their town.

    Args:
        vacancies: Of a ``PersonIntake``: role, town_code, village_code, in file order.

    Returns:
        post_id (``360702104V01``), town_code, village_code.
    """
    posts = vacancies[vacancies["role"] == RANGER].reset_index(drop=True)
    number = posts.groupby("town_code").cumcount() + 1
    ids = [f"{town}V{n:02d}" for town, n in zip(posts["town_code"], number, strict=True)]
    return pd.DataFrame(
        {"post_id": ids, "town_code": posts["town_code"], "village_code": posts["village_code"]},
        dtype=object,
    )
