"""What a notice is made of: parts with paragraphs and tables, and what the office says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class Percent(float):
    """A percentage that prints itself with two decimals; spreadsheets take it as a number."""

    def __str__(self) -> str:
        """Give it as text, such as ``97.67%``."""
        return f"{float(self):.2f}%"


@dataclass(frozen=True)
class Sheet:
    """A table of the notice.

    Attributes:
        title: Its caption.
        header: Column titles.
        rows: Texts and numbers.
        name: Its name in a template of the user's own: ``{{towns}}`` alone in a paragraph.
        annex: It follows the signature as an annex (附件).
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    name: str = ""
    annex: bool = False


Part = tuple[str, tuple[str, ...], tuple[Sheet, ...]]
"""A heading, its paragraphs and its tables."""


@dataclass(frozen=True)
class Notice:
    """The notice.

    Attributes:
        title: 关于…的通报.
        number: 发文字号, empty for none.
        issuer: Who signs.
        date: 成文日期 in Chinese.
        public: Holds no name and no person id.
        parts: In order.
        fields: Values for a template of the user's own.
        to: Whom it is sent to (主送机关), empty for none.
        sample: Its figures are the sample county's: marked 示例 on every page.
    """

    title: str
    number: str
    issuer: str
    date: str
    public: bool
    parts: tuple[Part, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    to: str = ""
    sample: bool = False

    @property
    def tables(self) -> tuple[Sheet, ...]:
        """All tables in the order in which they are printed, annexes last."""
        every = [table for _, _, tables in self.parts for table in tables]
        return tuple(sorted(every, key=lambda table: table.annex))

    @property
    def annexes(self) -> tuple[Sheet, ...]:
        """The tables that follow the signature."""
        return tuple(table for table in self.tables if table.annex)


@dataclass(frozen=True)
class NoticeOptions:
    """What the office says about the notice.

    Attributes:
        month: ``2025-03``.
        public: Leave out names and person ids.
        county: Name of the county or district.
        issuer: Who signs.
        number: 发文字号 such as ``章林办〔2025〕3号``.
        date: ISO date of signing.
        revision: Number of the correction (申诉更正), 0 for the first issue.
        correction: Who objected to what and what proved it, for a correction.
        goals: Percent wanted of each rate; towns below are named.
        to: 主送机关.
        rules: What the rule set says, printed among the definitions.
        sample: The sample county.
    """

    month: str
    public: bool = True
    county: str = ""
    issuer: str = ""
    number: str = ""
    date: str = ""
    revision: int = 0
    correction: str = ""
    goals: Mapping[str, float] = field(
        default_factory=lambda: {"online_percent": 100.0, "qualified_percent": 90.0}
    )
    to: str = ""
    rules: str = ""
    sample: bool = False
