"""Hills: DEM → hill units and peaks; responsibility."""
