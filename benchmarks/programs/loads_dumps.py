"""The floor of growth: read a JSON file and write it again, with CPython's own `json`; ``--indent`` as cmq does."""

import json
import sys


def main(name: str, indent: int | None) -> None:
    with open(name, "rb") as file:
        document = json.loads(file.read())
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=indent))


if __name__ == "__main__":
    main(sys.argv[1], 2 if "--indent" in sys.argv else None)
