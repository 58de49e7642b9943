"""Run the drawing process: ``python -m impact.tekenaar``."""

from impact.tekenaar.dienst import main

if __name__ == "__main__":
    main()
