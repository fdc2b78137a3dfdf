"""Readers of what patrol apps export; each turns bytes into fixes and rejected rows."""
