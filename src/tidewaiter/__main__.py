"""``python -m tidewaiter``: the same as the command."""

from tidewaiter.cli import main

if __name__ == "__main__":
    main()
