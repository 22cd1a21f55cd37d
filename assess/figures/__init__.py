"""Poses as data, drawn by one renderer: a body with volume from joint angles, in any view, for either side."""
