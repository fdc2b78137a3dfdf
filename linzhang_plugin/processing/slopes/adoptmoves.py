"""``linzhang:adoptmoves``: move sites through their life, each move with its proof."""

from __future__ import annotations

from typing import Any

import pandas as pd
from qgis.core import QgsProcessingOutputNumber

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.moves import Moved, move_sites
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.typed import date_of, read_rows
from linzhang_plugin.core.tables.schema import BARE_SLOPE, BARE_SLOPE_MOVE
from linzhang_plugin.language import translate
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.slopes.books import (
    OptionalListAlgorithm,
    add_as_of,
    add_rules,
    add_texts,
    as_of,
    codes,
    fill,
    first_reason,
    intake_report,
    limits,
    sheets_of,
    show,
)
from linzhang_plugin.processing.slopes.layers import GROUP
from linzhang_plugin.processing.workspace.outcome import declare_outcome, write_outcome
from linzhang_plugin.workspace.store import open_workspace

MOVE_ALIASES: dict[str, str] = {
    "site_code": "site_code 图斑编号 编号 图斑号",
    "status": "status 新状态 状态 流转状态 进展",
    "moved_on": "moved_on 流转日期 日期 办理日期",
    "moved_by": "moved_by 经办人 办理人",
    "document": "document 依据文件 文号 文件",
    "photo": "photo 照片",
    "reason": "reason 说明 理由 原因",
    "measure": "measure 拟采取措施 治理措施 措施",
    "resp_unit": "resp_unit 责任单位",
    "budget_wan": "budget_wan 估算投资 投资 投资万元",
    "plan_end": "plan_end 计划完成 完成时限",
    "owner_status": "owner_status 责任主体",
    "hazard": "hazard 安全隐患",
}
"""Columns of a list of moves."""


class AdoptMoves(OptionalListAlgorithm):
    """Legal moves with their evidence → ``bare_slope`` and ``bare_slope_move``."""

    NAME = "adoptmoves"
    TITLE = tr("Move bare slopes through their life cycle")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_optional(
            tr("Moves"), tr("A list (XLSX, CSV or a table) of sites and statuses; or SITE_CODES.")
        )
        hint = tr("For rows that do not say it themselves.")
        add_texts(
            self,
            ("SITE_CODES", tr("Site codes"), tr("Without a list: separated by commas.")),
            (
                "STATUS",
                tr("New status"),
                tr("Such as 已立项, 施工, 待验收, 验收合格, 管护期, 销号."),
            ),
            ("MOVED_ON", tr("Moved on"), hint),
            ("MOVED_BY", tr("Moved by"), hint),
            ("DOCUMENT", tr("Document"), hint),
            ("PHOTO", tr("Photo"), hint),
            ("REASON", tr("Reason"), hint),
        )
        add_rules(self)
        add_as_of(self)
        self.add_workspace()
        self.add_sink("OUTPUT", BARE_SLOPE_MOVE)
        declare_outcome(self)
        self.addOutput(QgsProcessingOutputNumber("N_MOVED", translate(tr("Moves"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Read the wishes, judge them one after the other, write what is proven."""
        workspace = open_workspace(call.workspace())
        findings: list[Finding] = []
        wishes = self._wishes(call, findings)
        made = move_sites(
            workspace.read("bare_slope"),
            wishes,
            workspace.read("bare_slope_check"),
            workspace.read("bare_slope_move"),
            limits(call, workspace),
            as_of(call),
        )
        findings += made.findings
        refused = [f for f in findings if f.kind == "refused"]
        if not len(made.moves):
            raise InputError(tr("No site was moved: {reason}"), reason=first_reason(refused))
        values = {"n": len(made.moves), "refused": len(refused)}
        said = Message(tr("{n} moves, {refused} rows refused."), values)
        report = intake_report(Message(tr("Moves of bare slopes")), said, findings, len(refused))
        results: dict[str, Any] = {
            "N_MOVED": len(made.moves), "N_IMPORTED": len(made.moves), "N_REFUSED": len(refused),
        }  # fmt: skip
        with workspace.transaction(action=self.NAME) as writer:
            write_moves(writer, made)
            results["OUTPUT"] = call.write("OUTPUT", made.moves, BARE_SLOPE_MOVE)
            results |= write_outcome(call, report, findings)
        show(call, findings)
        call.say(said)
        return results

    def _wishes(self, call: Call, findings: list[Finding]) -> pd.DataFrame:
        """Give the wishes: of the list, or of the sites named."""
        named = codes(call, "SITE_CODES")
        if call.given("INPUT"):
            sheets, _ = sheets_of(call, MOVE_ALIASES, "site_code")
            plain = {k: v for k, v in MOVE_ALIASES.items() if k != "status"}
            plain["wished"] = MOVE_ALIASES["status"]
            table, _ = read_rows(sheets, plain, BARE_SLOPE, {}, findings)
            table = table.rename(columns={"wished": "status"})
            days = [
                None if v is None else date_of("流转日期", str(v), int(row), findings)
                for v, row in zip(table["moved_on"], table["row"], strict=True)
            ]
            table["moved_on"] = pd.Series(days, index=table.index, dtype=object)
            table = table[table["site_code"].notna()].reset_index(drop=True)
        elif named:
            table = pd.DataFrame({"site_code": named, "row": range(1, len(named) + 1)})
        else:
            raise InputError(tr("Give a list in INPUT, or codes in SITE_CODES."))
        for column in MOVE_ALIASES:
            if column not in table:
                table[column] = None
        given = ("STATUS", "MOVED_ON", "MOVED_BY", "DOCUMENT", "PHOTO", "REASON")
        table = fill(table, {name.lower(): call.text(name) for name in given})
        if any(v is None or v != v for v in table["status"]):
            raise InputError(tr("A row says no status; fill it in or give STATUS."))
        return table


def write_moves(writer: Any, made: Moved) -> None:
    """Write the moves, and every site's statuses one after the other as the store wants them."""
    for _, rows in made.moves.groupby("move_no", sort=True):
        step = rows[["site_code", "to_status"]].set_axis(["site_code", "status"], axis=1)
        writer.upsert("bare_slope", step.reset_index(drop=True))
    for _, site in made.sites.groupby("site_code", sort=True):
        kept = [c for c in site.columns if site[c].notna().all()]
        writer.upsert("bare_slope", site[kept])
    writer.upsert("bare_slope_move", made.moves)
