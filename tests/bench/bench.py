"""Prints the measured ratios beside their goals; both sides of each are timed in this one run."""

import sys
from importlib import import_module

PARTS = (
    "bench_scoring",
    "bench_sealing",
    "bench_log",
    "bench_reading",
    "bench_batch",
    "bench_http",
)


def main() -> None:
    chosen = sys.argv[1:] or PARTS
    sys.stdout.write(f"{'what':<66} {'ratio':>8}  goal\n")
    for part in chosen:
        for name, ratio, goal in import_module(f"tests.bench.{part}").measure():
            sys.stdout.write(f"{name:<66} {ratio:>8.2f}  {goal}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
