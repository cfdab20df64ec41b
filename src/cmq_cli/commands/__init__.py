"""One module per command, which imports what it answers with when it answers: Tab and help need the options only."""
