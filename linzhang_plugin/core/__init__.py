"""The thinking: tables in, tables out, with no QGIS, no Qt and no global state."""
