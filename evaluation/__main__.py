"""`python -m evaluation`, the same as `qa-eval`."""

from evaluation.cli import main

if __name__ == "__main__":
    main()
