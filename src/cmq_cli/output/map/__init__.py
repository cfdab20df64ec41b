"""Where the campuses are: what the map on the terminal and the one in a file have in common, and each of them."""
