"""Guided by what the readers' code does with it: `python fuzz_readers.py FOLDER -max_total_time=600`. A process of its
own, for its end is its answer: 0, or what it died of."""

import sys
from pathlib import Path

import atheris

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[2])]

with atheris.instrument_imports(include=["appraisal"]):
    from faults_fuzz import corpus, put_in


def main() -> None:
    folder = Path(sys.argv[1])
    for number, seed in enumerate(corpus()):
        (folder / f"seed-{number}").write_bytes(seed)
    atheris.Setup(sys.argv, put_in)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
