"""Figures for whoever runs the library, in Prometheus' text format (0.0.4). No personal data, no desk by name."""

from collections import defaultdict
from collections.abc import Mapping
from threading import Lock

TEXT = "text/plain; version=0.0.4; charset=utf-8"
INTAKE_SECONDS = (0.1, 0.5, 1.0, 5.0, 30.0, 120.0, 600.0)
"""Upper bounds of the histogram's buckets."""
COUNTED = {
    "library_requests_total": "Requests answered, by method, route and status.",
    "library_received_bytes_total": "Bytes of parts received.",
    "library_bundles_total": "Bundles completed, by outcome: taken or refused.",
    "library_records_total": "Records named in receipts given here, by fate.",
    "library_quarantined_parts_total": "Parts put aside.",
}
MEASURED = {
    "library_uploads_open": "Uploads without a receipt.",
    "library_bodies_open": "Bodies of parts coming in now.",
    "library_intakes_running": "Bundles being taken in now.",
    "library_spool_free_bytes": "Bytes that uploads may still take.",
}
_INTAKE = "library_intake_seconds"

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """May be counted from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[str, dict[Labels, float]] = {name: defaultdict(float) for name in COUNTED}
        self._intakes = [0] * len(INTAKE_SECONDS)
        self._intake_count, self._intake_seconds = 0, 0.0

    def count(self, name: str, by: float = 1, **labels: str) -> None:
        with self._lock:
            self._counts[name][tuple(sorted(labels.items()))] += by

    def took_in(self, seconds: float) -> None:
        with self._lock:
            self._intake_count += 1
            self._intake_seconds += seconds
            for place, bound in enumerate(INTAKE_SECONDS):
                self._intakes[place] += seconds <= bound

    def text(self, now: Mapping[str, float]) -> str:
        """`now`: the value of each of MEASURED."""
        with self._lock:
            lines = [line for name, about in COUNTED.items() for line in self._counter(name, about)]
            lines += self._histogram()
        for name, about in MEASURED.items():
            lines += [f"# HELP {name} {about}", f"# TYPE {name} gauge", f"{name} {_number(now[name])}"]
        return "\n".join(lines) + "\n"

    def _counter(self, name: str, about: str) -> list[str]:
        found = self._counts[name] or {(): 0.0}
        return [f"# HELP {name} {about}", f"# TYPE {name} counter",
                *(f"{name}{_labels(labels)} {_number(value)}" for labels, value in sorted(found.items()))]

    def _histogram(self) -> list[str]:
        buckets = [f'{_INTAKE}_bucket{{le="{bound}"}} {count}'
                   for bound, count in zip(INTAKE_SECONDS, self._intakes, strict=True)]
        return [f"# HELP {_INTAKE} Seconds from a whole bundle to its receipt.", f"# TYPE {_INTAKE} histogram",
                *buckets, f'{_INTAKE}_bucket{{le="+Inf"}} {self._intake_count}',
                f"{_INTAKE}_sum {self._intake_seconds:.6f}", f"{_INTAKE}_count {self._intake_count}"]


def _labels(labels: Labels) -> str:
    """The values are words of ours: methods, routes, states. None needs escaping."""
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels) + "}" if labels else ""


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
