"""Shaded cells: their areas, their lattice and the rulings that these make."""
