"""A page that is a picture -> Page, by OCR. The rooms stand in the order of the way through them.

``paper`` makes the picture upright, straight and even in tone; ``rulings`` finds the rulings in its ink and the regions
that they close off; ``lines`` finds the text lines in the regions and what the recogniser saw on each; ``reading`` settles
what it doubts, with the help of ``japanese``. ``layout`` is the way to the pictures of the lines, ``page`` the whole.
"""
