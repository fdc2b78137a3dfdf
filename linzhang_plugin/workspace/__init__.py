"""The county workspace: open, create, migrate, back up; its QGIS project, forms and styles."""
