"""Patrols: readers, datum, cleaning, rules, coverage, risk zones, doubts, rates."""
