"""Run the commands with ``python -m impact``."""

from impact.cli.hoofd import main

if __name__ == "__main__":
    main()
