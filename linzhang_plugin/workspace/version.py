"""The format of workspaces that this version of the plugin reads and writes."""

SCHEMA_VERSION = 2
"""Raised with every change of the schema, together with a step in ``migrate``."""
