"""Rulings too light, too fine or too worn to be ink: found by the tone of the paper."""
