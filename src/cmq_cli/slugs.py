"""A name as an id: ASCII words joined by hyphens."""

from cmq_cli.text import plain


def slug(name: str) -> str:
    """Return a name as an id, which a shell needs no quotes for either.

    >>> slug("Île-de-France")
    'ile-de-france'
    """
    return "-".join("".join(char if char.isalnum() else " " for char in plain(name)).split())
