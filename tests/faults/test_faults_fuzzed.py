"""Every reader of certificates and lists, fuzzed: by hypothesis with damaged vectors, and by atheris along the code."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faults_fuzz import READERS, SEEDS, corpus, put_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SECONDS = 600
RSS_MB = 1024


@st.composite
def damaged(draw):
    """A seed, cut, flipped, doubled and mixed with another; or anything."""
    place = draw(st.integers(0, len(READERS) - 1))
    seeds = SEEDS[READERS[place].__name__]
    if not seeds or draw(st.integers(0, 9)) == 0:
        return bytes([place]) + draw(st.binary(max_size=300))
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["flip", "cut", "insert", "double", "splice"])):
            case "flip" if at < len(data):
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[at:at + draw(st.integers(1, 40))]
            case "insert":
                data[at:at] = draw(st.binary(min_size=1, max_size=20))
            case "double":
                data[at:at] = data[at:at + 60]
            case "splice":
                data[at:] = draw(st.sampled_from(seeds))[at:]
    return bytes([place]) + bytes(data)


@given(damaged())
def test_damaged_seeds(data):
    put_in(data)


def test_the_seeds_themselves():
    for seed in corpus():
        put_in(seed)


@pytest.mark.long
@pytest.mark.timeout(3 * SECONDS)
def test_damaged_seeds_for_ten_minutes(counts):
    tried = 0

    @settings(max_examples=5_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(damaged())
    def some(data):
        nonlocal tried
        tried += 1
        put_in(data)

    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        some()
    counts(f"{tried:,} damaged seeds in {SECONDS} s")


@pytest.mark.long
@pytest.mark.timeout(3 * SECONDS)
@pytest.mark.skipif(sys.platform != "linux", reason="atheris has wheels for Linux")
def test_along_the_code_for_ten_minutes(tmp_path, counts):
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("fuzz_readers.py")), str(tmp_path), f"-max_total_time={SECONDS}",
         f"-rss_limit_mb={RSS_MB}", "-max_len=16384", "-timeout=20", "-print_final_stats=1"],
        capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    executed = int(re.search(r"number_of_executed_units: (\d+)", done.stderr).group(1))
    assert executed > 10_000
    counts(f"{executed:,} inputs along the code in {SECONDS} s")
