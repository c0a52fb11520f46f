"""How Japanese offices write dates, periods, times, numbers and units, and what that says; pure.

``text/`` reads cells and lines with it, ``tree/`` the sentences.
"""
