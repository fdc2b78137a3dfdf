"""Terrain: slope, surface area, walking time, viewshed; shared by grids, hills and slopes."""
