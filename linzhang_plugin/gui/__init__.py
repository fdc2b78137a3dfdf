"""Widgets; every action runs an algorithm."""
