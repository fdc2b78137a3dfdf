"""Patrol grids: stands → links → plan."""
