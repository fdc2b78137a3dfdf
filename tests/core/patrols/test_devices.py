"""Marks of phones: the same phone, the same mark, and never the IMEI."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from linzhang_plugin.core.patrols.devices import device_mark, with_marks
from linzhang_plugin.core.patrols.fixes import make_fixes

IMEI = ("866000000000011", "866000000000029")


def test_a_mark_tells_phones_apart_and_names_none():
    marks = [device_mark(name) for name in IMEI]
    assert len(set(marks)) == 2 and all(mark.startswith("d-") for mark in marks)
    assert not any(imei[-6:] in mark for imei in IMEI for mark in marks)
    assert device_mark(f" {IMEI[0]} ") == marks[0] == device_mark(marks[0])
    assert device_mark("") == ""
    assert device_mark("SN-ab12") == device_mark("sn-AB12")


def test_fixes_keep_whose_phone_it_was():
    phones = [IMEI[1], "", IMEI[0], IMEI[1], "sn-1", "SN-1"]
    n = len(phones)
    fixes = make_fixes(["A"] * n, np.arange(n), np.zeros(n), np.zeros(n), device=phones)
    marked = with_marks(fixes)
    got = marked.frame()["device_id"].fillna("").tolist()
    assert got == [device_mark(p) for p in phones]
    assert got[4] == got[5] and len(marked.devices) == 3
    assert with_marks(marked).frame()["device_id"].fillna("").tolist() == got
    plain = replace(fixes, devices=(), device=np.full(n, -1, dtype=np.int32))
    assert with_marks(plain) is plain
