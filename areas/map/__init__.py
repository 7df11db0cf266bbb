"""The map: areas and points as layers of GeoJSON, kept as bytes, and as a drawing for a page without a script."""
