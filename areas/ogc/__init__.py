"""OGC API - Features at `/ogc/`: the layers of the map as collections that QGIS and other software open (Part 1: Core)."""
