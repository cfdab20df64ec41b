"""Look up the French Campus des métiers et des qualifications, every fact with its source."""

__version__ = "0.1.0"
