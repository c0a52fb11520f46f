"""Ink of a scanned page -> its rulings, however broken, dotted or faint, and the regions that they close off."""
