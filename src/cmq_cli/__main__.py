"""Run the program as ``python -m cmq_cli``."""

from cmq_cli.cli import main

if __name__ == "__main__":
    main()
