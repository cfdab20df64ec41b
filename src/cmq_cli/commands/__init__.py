"""A module per command: from the options to an answer; nothing is written here."""
