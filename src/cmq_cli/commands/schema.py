"""Show the JSON Schema of a registry file."""

from cmq_cli.errors import RegistryError
from cmq_cli.options import JsonOptions, RegistryOptions, reminding
from cmq_cli.output.answer import Answer

_WITHOUT = "The schema is the same for every registry: without --registry and CMQ_REGISTRY it is shown."


def answer(*, where: RegistryOptions) -> Answer:
    """Show the JSON Schema of a registry file, for editors.

    With --registry, that file is checked first, as by every command; the schema is the same for all.

    \b
    Examples:
      cmq schema > campuses.schema.json
      cmq schema -o campuses.schema.json
    """
    from cmq_cli.registry import load
    from cmq_cli.schema import json_schema

    if where.registry is not None:
        with reminding(where.registry):
            try:
                load(where.registry)
            except RegistryError as error:
                raise RegistryError(f"{error} {_WITHOUT}") from None
    described = json_schema()
    return Answer([described], tuple(described), single=True)


OUTPUT = JsonOptions
"""A schema is JSON, and has no records to choose fields of."""
