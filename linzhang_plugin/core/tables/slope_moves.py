"""Which status of a bare slope may follow which: for the register, the store and the forms."""

from __future__ import annotations

SLOPE_MOVES: dict[str, tuple[str, ...]] = {
    "suspected": ("verified", "mistaken"),
    "mistaken": ("suspected",),
    "verified": ("approved", "natural", "mistaken"),
    "approved": ("working", "verified"),
    "working": ("waiting",),
    "waiting": ("passed", "mending"),
    "mending": ("waiting",),
    "passed": ("tending",),
    "tending": ("closed", "mending"),
    "natural": ("waiting", "approved"),
    "closed": ("suspected",),
}
"""Legal moves; nothing skips acceptance, a closed or mistaken site may only be suspected anew."""
