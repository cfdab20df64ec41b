"""One module per command; those that find campuses import what they answer with when they answer.

Tab and help need their options only.
"""
