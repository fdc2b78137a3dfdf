"""Imports: what an office has (小班, 花名册, last year's grids, boundaries) into our tables.

Pure functions from frames and rows to frames, findings and a report; reading files through QGIS
and writing the workspace is done elsewhere.
"""
