"""`entrepot`, and `python -m entrepot`."""

from __future__ import annotations

import signal

from entrepot.core.runtime.extras import bar_pandas
from entrepot.core.runtime.memory_returned import give_back

bar_pandas()  # of the workers of a command too, which load this file
give_back()


def main() -> None:
    """Run the command line. An interrupt while it is still being loaded ends it at once: nothing is written yet."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from entrepot.cli import main as run

    run()


if __name__ == "__main__":
    main()
