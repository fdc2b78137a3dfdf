"""The format of workspaces that this version of the plugin reads and writes."""

SCHEMA_VERSION = 3
"""Raised with every change of the schema, together with a step in ``migrate``."""
