"""Play blocks of Python as a reader would type them: a JSON list of blocks in, the same blocks as they read today out.

It runs as a process of its own, so that what the documents import stays out of the tests.
"""

import doctest
import io
import json
import sys
from contextlib import redirect_stdout


def played(block, names):
    """Return a block as it reads today: each statement, then what it prints."""
    today = []
    for example in doctest.DocTestParser().get_examples(block):
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(example.source, "<document>", "single"), names)
        first, *rest = example.source.splitlines()
        today += [f">>> {first}", *(f"... {line}" for line in rest), *printed.getvalue().splitlines()]
    return "".join(f"{line}\n" for line in today)


if __name__ == "__main__":
    names = {}
    json.dump([played(block, names) for block in json.loads(sys.stdin.buffer.read())], sys.stdout)
