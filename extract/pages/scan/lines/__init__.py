"""Ink without rulings -> text lines, their pictures for the recogniser, and the characters that it saw there."""
