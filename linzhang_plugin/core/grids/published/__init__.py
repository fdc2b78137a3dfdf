"""The published districting objectives: Hess moment, cut links, largest diameter."""
