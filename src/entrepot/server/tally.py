"""What the server has answered, for `/metrics`, in the text format of Prometheus."""

from __future__ import annotations

import threading
from collections import Counter

from entrepot import __version__

# What a client may call a method is its own affair, and each that is counted takes memory.
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
# Seconds. A page is to be there within the fourth, a match within the second: what the server is measured by.
_BOUNDS = (0.005, 0.025, 0.1, 0.5, 2.0, 10.0, 60.0)


class Tally:
    """Counts of requests by route and status, and how long they took."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: Counter[tuple[str, str, int]] = Counter()
        self._within: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        method = method if method in _METHODS else "other"
        with self._lock:
            self._answers[method, route, status] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]
            for bound in _BOUNDS:
                if seconds <= bound:
                    self._within[route, bound] += 1

    def text(self) -> str:
        """All counts. Routes are patterns, so no name that somebody searched for stands here."""
        with self._lock:
            answers, within, seconds = dict(self._answers), dict(self._within), dict(self._seconds)
        lines = [
            "# HELP entrepot_info Version of Entrepot.",
            "# TYPE entrepot_info gauge",
            f'entrepot_info{{version="{__version__}"}} 1',
            "# HELP entrepot_requests_total Requests answered.",
            "# TYPE entrepot_requests_total counter",
        ]
        lines += [
            f'entrepot_requests_total{{method="{m}",route="{r}",status="{s}"}} {count}'
            for (m, r, s), count in sorted(answers.items())
        ]
        lines += ["# HELP entrepot_request_seconds Time to an answer.", "# TYPE entrepot_request_seconds histogram"]
        for route, total in sorted(seconds.items()):
            count = sum(c for (_, r, _), c in answers.items() if r == route)
            buckets = [(f"{b:g}", within.get((route, b), 0)) for b in _BOUNDS] + [("+Inf", count)]
            lines += [f'entrepot_request_seconds_bucket{{route="{route}",le="{le}"}} {n}' for le, n in buckets]
            lines += [f'entrepot_request_seconds_sum{{route="{route}"}} {total:.6f}']
            lines += [f'entrepot_request_seconds_count{{route="{route}"}} {count}']
        return "\n".join([*lines, ""])
