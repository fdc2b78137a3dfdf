"""The county's tables: schema, code lists, units and checks."""
