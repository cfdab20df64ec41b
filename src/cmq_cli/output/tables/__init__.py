"""Answers as a person reads them on a terminal; the only importers of rich."""
