"""`entrepot`, and `python -m entrepot`."""

from __future__ import annotations

import signal

from entrepot.core.runtime.extras import bar_pandas

bar_pandas()  # of the workers of a command too, which load this file


def main() -> None:
    """Run the command line. An interrupt while it is still being loaded ends it at once: nothing is written yet."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from entrepot.cli import main as run

    run()


if __name__ == "__main__":
    main()
