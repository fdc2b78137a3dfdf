"""FIT files byte by byte: checksums, chains, compressed times, developer fields, the serial."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.readers.fit import FIT_EPOCH, crc16, read_fit
from linzhang_plugin.core.patrols.readers.importing import as_fixes
from tests.truth.trace_files import fit_file

START = 1_740_787_200  # 2025-03-01 00:00:00 UTC
RECORD_OF = struct.pack("<BBBHB", 0x40, 0, 0, 20, 3) + bytes([253, 4, 134, 0, 4, 133, 1, 4, 133])
SERIAL_OF = struct.pack("<BBBHBBBB", 0x41, 0, 0, 0, 1, 3, 4, 0x8C)


def _spot(k):
    return int((25.8 + k * 1e-4) / 180 * 2**31), int((114.9 + k * 1e-4) / 180 * 2**31)


def _record(k, head=0):
    return struct.pack("<BIii", head, START - FIT_EPOCH + 15 * k, *_spot(k))


def _body(first=0, n=5, serial=0):
    body = SERIAL_OF + struct.pack("<BI", 1, serial) if serial else b""
    return body + RECORD_OF + b"".join(_record(k) for k in range(first, first + n))


def _read(data):
    return read_fit(data, "a.fit", Clock())


def test_the_checksum_is_that_of_the_protocol():
    assert crc16(b"123456789") == 0xBB3D  # check value of CRC-16/ARC


def test_a_good_file_lists_nothing():
    got = _read(fit_file(_body()))
    assert len(got) == 5 and not got.rejected
    assert got.time.tolist() == [(START + 15 * k) * 1000 for k in range(5)]


@pytest.mark.parametrize(("place", "word"), [(3, "head"), (-1, "checksum"), (30, "checksum")])
def test_a_wrong_checksum_keeps_the_fixes_and_is_listed(place, word):
    data = bytearray(fit_file(_body()))
    data[place] ^= 1
    got = _read(bytes(data))
    assert len(got) >= 4
    assert any(word in str(row.reason) for row in got.rejected)


def test_chained_files_are_read_one_after_the_other():
    got = _read(fit_file(_body(0, 5, serial=7001234)) + fit_file(_body(5, 4, serial=7005678)))
    assert len(got) == 9 and not got.rejected
    assert got.track.tolist() == [0] * 5 + [1] * 4
    assert got.device.tolist() == ["7001234"] * 5 + ["7005678"] * 4
    fixes = as_fixes(got, "a.fit", "示例甲")
    assert fixes.devices == ("7001234", "7005678")


def test_a_chain_is_cut_where_the_second_file_is_damaged():
    got = _read(fit_file(_body(0, 5)) + fit_file(_body(5, 4))[:-20])
    assert len(got) == 7 and "cut off" in str(got.rejected[0].reason)
    got = _read(fit_file(_body(0, 5)) + b"rubbish and more")
    assert len(got) == 5 and "16 bytes" in str(got.rejected[0].reason)


def test_a_file_whose_length_was_never_written_is_read_to_its_end():
    data = fit_file(_body())
    got = _read(data[:4] + b"\0\0\0\0" + data[8:])
    assert len(got) == 5 and got.rejected


def test_compressed_times_count_on_over_the_half_minute():
    short = struct.pack("<BBBHBBBBBBB", 0x42, 0, 0, 20, 2, 0, 4, 0x85, 1, 4, 0x85)
    body, stamp = _body(0, 1) + short, START - FIT_EPOCH
    goal = [START]
    for k in range(1, 20):
        stamp += 7
        goal.append(stamp + FIT_EPOCH)
        body += struct.pack("<Bii", 0x80 | 2 << 5 | stamp & 31, *_spot(k))
    got = _read(fit_file(body))
    assert not got.rejected and (got.time // 1000).tolist() == goal


def test_developer_fields_and_big_endian_are_passed_over():
    describe = struct.pack("<BBBHB", 0x43, 0, 0, 206, 1) + bytes([0, 1, 2]) + b"\x03\x09"
    head = struct.pack(">BBBHB", 0x60, 0, 1, 20, 3) + bytes([253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85])
    head += bytes([2, 0, 2, 0, 1, 5, 0])
    rows = b"".join(
        struct.pack(">BIii", 0, START - FIT_EPOCH + 15 * k, *_spot(k)) + b"\xff" * 7
        for k in range(6)
    )
    got = _read(fit_file(describe + head + rows))
    assert not got.rejected
    assert np.allclose(got.lat, [25.8 + k * 1e-4 for k in range(6)], atol=1e-7)
