"""Layouts, atlases and documents."""
