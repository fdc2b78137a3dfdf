"""Columns of what the patrol algorithms give, a module a subject."""
