"""`python -m benchmarks [--quick] [WORD…]`: ours and the peers in turns, the median of the ratios, a table.

Without the peers' scripts beside the repository, ours alone. Absolute rates move up to twice between runs on one
machine; ratios taken in turns move 5-20 %. So only ratios are compared, of five turns or more.
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import peers
from benchmarks.figures import Figure, all_figures, median

README = Path(__file__).with_name("README.md")
HEAD = ("| figure | n | ours | peer or floor | theirs | ratio | goal | |", "|---|---|---|---|---|---|---|---|")
START, END = "<!-- table -->", "<!-- end of table -->"


def measure(figure: Figure, turns: int) -> str:
    """A row of the table."""
    mine, theirs, ratios = [], [], []
    for _ in range(turns):
        mine.append(figure.ours())
        if figure.peer is not None and peers.are_here():
            theirs.append(figure.peer())
            ratios.append(mine[-1] / theirs[-1])
    reached = median(ratios) if ratios else median(mine) if figure.peer is None else None
    sign = "≤" if figure.less else "≥"
    goal = f"{sign} {figure.goal:g}{f' {figure.unit}' if figure.peer is None else ''}"
    met = "" if reached is None else "met" if figure.is_met(reached) else "**not met**"
    return (f"| {figure.name} | {figure.n:,} | {median(mine):,.3g} {figure.unit} | {figure.beside} | "
            f"{f'{median(theirs):,.3g} {figure.unit}' if theirs else '–'} | "
            f"{f'{median(ratios):.2f}' if ratios else '–'} | {goal} | {met} |")


def write(rows: list[str], turns: int) -> None:
    before, _, rest = README.read_text("utf-8").partition(START)
    after = rest.partition(END)[2]
    told = f"{datetime.now(UTC):%Y-%m-%d}, {turns} turns each, medians."
    README.write_text(f"{before}{START}\n{told}\n\n" + "\n".join((*HEAD, *rows)) + f"\n{END}{after}", "utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="small sizes, one turn, nothing written")
    arguments.add_argument("--turns", type=int, default=5)
    arguments.add_argument("figures", nargs="*", help="only figures with one of these words in their name")
    chosen = arguments.parse_args()
    turns = 1 if chosen.quick else chosen.turns
    if not peers.are_here():
        print(f"no {peers.SCRIPTS}: ours alone, without ratios", file=sys.stderr)
    rows = []
    print("\n".join(HEAD))
    for figure in all_figures(quick=chosen.quick):
        if not chosen.figures or any(word in figure.name for word in chosen.figures):
            rows.append(measure(figure, turns))
            print(rows[-1], flush=True)
    if not chosen.quick and not chosen.figures:
        write(rows, turns)


if __name__ == "__main__":
    main()
