"""The floor of a Typer program: one option, one line of output."""

import typer


def main(name: str = "world") -> None:
    print(f"Hello {name}")


if __name__ == "__main__":
    typer.run(main)
