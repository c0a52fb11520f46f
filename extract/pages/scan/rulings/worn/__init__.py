"""Tables whose rulings are broken or lost: their lattice from what is left of it and from the text in it."""
