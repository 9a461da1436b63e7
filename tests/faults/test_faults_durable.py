"""What is said to be on the disk is there after the power is cut: a file written whole, an upload in two bodies. And a
stick that gives back other bytes than it was given."""

from hashlib import sha256
from pathlib import Path

import pytest
from faults_checks import Place, bundles_on, placed, spread
from faults_disk import CUT, CUT_SOME, KILL, MAKE, NAME, SYNC, Nursery
from faults_steps import kept_file, open_desk, prepare, send

from appraisal.domain.errors import EnvironmentFault
from appraisal.exchange.manifest import FILE
from db.bundle_files import BundleFolders
from db.files import write_durably
from library.web.uploads import spool_in

PEOPLE, SHARE = 3, 14
CUTS = [pytest.param(CUT, id="all"), pytest.param(CUT_SOME, id="some")]


def written(folder: Path) -> None:
    (folder / "disk").mkdir(parents=True)
    write_durably(folder / "disk" / "kept", kept_file(9))


def exported(folder: Path) -> None:
    prepare(folder, PEOPLE)
    centre = open_desk(folder)
    send(centre, folder)
    centre.close()


def cut(nursery: Nursery, place: Place, step: str, action: int, k: int) -> list[list[object]]:
    ended = nursery.run(step, place.fresh(), action=action, at=k)
    assert ended.code in (-9, 0), ended.said
    return ended.said


@pytest.mark.parametrize("action", CUTS)
def test_a_file_is_the_old_one_or_the_new_one(nursery, tmp_path, action):
    place = placed(tmp_path, written)
    for k in spread(nursery.run("keep", place.fresh()).seen, SHARE):
        said = [int(number) for word, *rest in cut(nursery, place, "keep", action, k) if word == "done"
                for number in rest]
        found = (place.work / "disk" / "kept").read_bytes()
        last = max(said, default=-1)
        assert found in map(kept_file, (9, 0) if last < 0 else (last, last + 1)), (k, last)


@pytest.mark.parametrize("action", CUTS)
def test_an_upload_has_what_it_said_that_it_has(nursery, tmp_path, action):
    place = placed(tmp_path, exported)
    (bundle,) = bundles_on(place.kept / "disk" / "stick")
    for k in spread(nursery.run("upload", place.fresh()).seen, SHARE):
        said = cut(nursery, place, "upload", action, k)
        here = {str(name): int(str(length)) for word, *rest in said if word == "here" for name, length in [rest]}
        with spool_in(place.work / "disk" / "spool", reserve=0) as spool:
            signed = (bundle / FILE).read_bytes()
            for folder in (place.work / "disk" / "spool").glob("*/*"):
                for name, length in here.items():
                    file = next(one for one in (folder / name, folder / f".{name}") if one.exists())
                    assert file.read_bytes()[:length] == (bundle / name).read_bytes()[:length], (k, name)
            assert not here or spool.under_way() == 1
            if any(word == "done" for word, *_ in said):
                (upload,) = spool.untaken()
                assert (upload.folder / FILE).read_bytes() == signed
                assert set(upload.offsets().values()) == {part.length for part in upload.parts.values()}


def test_a_bundle_that_has_its_name_is_whole(nursery, tmp_path):
    place = placed(tmp_path, lambda folder: prepare(folder, PEOPLE))
    for k in range(1, nursery.run("export", place.fresh(), classes=NAME | MAKE | SYNC).seen + 1):
        ended = nursery.run("export", place.fresh(), classes=NAME | MAKE | SYNC, action=KILL, at=k)
        assert ended.code in (-9, 0), ended.said
        there = bundles_on(place.work / "disk" / "stick")
        assert len(there) >= len(ended.words("done"))


def test_a_stick_that_gives_back_other_bytes_is_found_out(tmp_path):
    with pytest.raises(EnvironmentFault, match="stick_reads_wrong"):
        write_upon(tmp_path, b"as it was given", b"as it came back")
    assert list(tmp_path.iterdir()) == []
    write_upon(tmp_path, b"as it was given", b"as it was given")


def write_upon(stick: Path, given: bytes, back: bytes) -> None:
    with BundleFolders().target(stick) as target:
        target.begin("20261101T000000000-0badcafe.skb", 1)
        target.write("part-0001", given)
        (file,) = stick.rglob("part-0001")
        file.write_bytes(back)
        target.finish({"part-0001": sha256(given).digest()}, b"manifest")
