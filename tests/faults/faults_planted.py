"""Bugs that others have had, one at a time in a copy of our code: a test must see each of them.

`old` stands exactly once in its file; where somebody has changed it, the bug has to be planted anew.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TREE = ("appraisal", "db", "library", "desktop", "resources", "tests", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Planted:
    name: str
    file: str
    old: str
    new: str
    sees: str
    """The test that must fail."""

    def applies(self, root: Path) -> bool:
        return (root / self.file).read_text("utf-8").count(self.old) == 1

    def plant(self, root: Path) -> None:
        path = root / self.file
        path.write_text(path.read_text("utf-8").replace(self.old, self.new), "utf-8")


def copied(root: Path) -> Path:
    """The sources, and nothing that a run has left."""
    for name in TREE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copyfile(ROOT / name, root / name)
    return root


def passes(root: Path, *tests: str) -> bool:
    """Runs `tests` upon that tree, which stands first on the path."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist",
         f"--basetemp={root / 'tmp'}", *tests],
        cwd=root, env=os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True,
        text=True, check=False)
    if done.returncode not in (0, 1):  # 1: a test has failed; else nothing was run at all
        raise AssertionError(f"{tests}: {done.stdout}{done.stderr}")
    return done.returncode == 0


DISK = "tests/faults/test_faults_disk.py"
KILLED = "tests/faults/test_faults_killed.py"
CUT = f"{DISK}::test_the_power_is_cut_and_what_was_not_synced_is_gone"
TRIP = "tests/library/test_library_round_trip.py"

PLANTED = (
    Planted("the library's cursor is committed before the entries", "library/paging.py", """\
        with connection.begin():
            _take_page(connection, run, epoch, arrivals[at:at + PAGE], keys)
""", """\
        page = arrivals[at:at + PAGE]
        with connection.begin():
            bulk(connection, insert_new(connection, inbox), _INBOX, [
                (run.desk, epoch, one.seq, one.hash, "applied" if one.raw else WITHHELD, "", run.id) for one in page])
        with connection.begin():
            _take_page(connection, run, epoch, page, keys)
""", f"{KILLED}::test_killed_nothing_is_lost_doubled_or_stuck[intake]"),
    Planted("the desk's end of chain moves before the commit", "db/desk.py", """\
                end = work.close()
            self._end = end
            if work.sends:
""", """\
                end = self._end = work.close()
            if work.sends:
""", "tests/db/test_crashes.py::test_after_a_commit_that_fails_the_next_command_follows_what_was_kept"),
    Planted("offset paging over rows that go", "library/settling.py", """\
            page = connection.execute(select(unsettled).where(unsettled.c.person > last)
                                      .order_by(unsettled.c.person).limit(PAGE)).all()
""", """\
            page = connection.execute(select(unsettled).order_by(unsettled.c.person).offset(done).limit(PAGE)).all()
""", "tests/faults/test_faults_small_pages.py"),
    Planted("check, then insert", "library/intake.py", """\
        connection.execute(insert_new(connection, attachment), [
            {"id": sha256(one.sealed).hexdigest(), "person": one.person, "sealed": one.sealed}
            for one in found[at:at + PAGE]])
""", """\
        rows = {sha256(one.sealed).hexdigest(): one for one in found[at:at + PAGE]}
        here = set(connection.scalars(select(attachment.c.id).where(attachment.c.id.in_(rows))))
        for name, one in rows.items():
            if name not in here:
                connection.execute(attachment.insert().values(id=name, person=one.person, sealed=one.sealed))
""", "tests/faults/test_faults_at_once.py::test_two_that_have_both_looked_before_either_writes"),
    Planted("marks through floats", "db/projections/marks.py", "return None if value is None else str(value)",
            "return None if value is None else str(float(value))", "tests/library/test_merging_orders.py"),
    Planted("the epoch ignored in the inbox", "library/paging.py", """\
        select(inbox).where(inbox.c.desk == run.desk, inbox.c.epoch == epoch,
                            inbox.c.seq.between(page[0].seq, page[-1].seq)))}
""", """\
        select(inbox).where(inbox.c.desk == run.desk,
                            inbox.c.seq.between(page[0].seq, page[-1].seq)))}
""", "tests/faults/test_faults_small_pages.py"),
    Planted("a part on the stick without fsync", "db/bundle_files.py", """\
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            raise _not_written(path, fault) from fault
""", """\
                file.write(data)
        except OSError as fault:
            raise _not_written(path, fault) from fault
""", CUT),
    Planted("renamed before the fsync", "db/files.py", """\
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
""", """\
            file.write(data)
        temporary.replace(path)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        sync_folder(path.parent)
""", "tests/faults/test_faults_durable.py"),
    Planted("a rename whose folder is not synced", "db/files.py", """\
        temporary.replace(path)
        sync_folder(path.parent)
    except""", """\
        temporary.replace(path)
    except""", "tests/faults/test_faults_durable.py"),
    Planted("the bundle's own name is not synced", "db/bundle_files.py", """\
            self._folder = self._final
            sync_folder(self._out)
""", """\
            self._folder = self._final
""", CUT),
    Planted("an upload without fsync", "library/web/uploads.py", "            os.fsync(self._descriptor)\n",
            "            pass\n", "tests/faults/test_faults_durable.py"),
    Planted("the manifest is written before the parts", "db/bundle_files.py", """\
            sync_folder(self._folder)
            self._folder.rename(self._final)
            self._folder = self._final
            sync_folder(self._out)
        except OSError as fault:
            raise _not_written(self._final, fault) from fault
        write_durably(self._final / self._signed, manifest)
""", """\
            self._final.mkdir()
            write_durably(self._final / self._signed, manifest)
            for one in sorted(self._folder.iterdir()):
                one.rename(self._final / one.name)
            self._folder.rmdir()
            self._folder = self._final
            sync_folder(self._final)
        except OSError as fault:
            raise _not_written(self._final, fault) from fault
""", "tests/faults/test_faults_durable.py"),
    Planted("nothing is read back from the stick", "db/bundle_files.py",
            "                if _digest(self._folder / name) != digest:\n",
            "                if not (self._folder / name).exists():\n", "tests/faults/test_faults_durable.py"),
    Planted("a receipt outside the chain of receipts", "appraisal/usecases/import_receipt.py",
            "        _require_chained(receipt, known, outbox)\n", "", TRIP),
    Planted("a receipt's digest is not compared", "appraisal/usecases/import_receipt.py",
            "    return digest_of(hashes) == receipt.digest\n", "    return True\n", TRIP),
    Planted("no lock for a desk", "library/paging.py",
            "    connection.execute(select(cursor.c.desk).where(cursor.c.desk == name).with_for_update()).one()\n", "",
            "tests/faults/test_faults_at_once.py"),
    Planted("the hash is not compared at a duplicate", "library/paging.py", "        if row.hash != one.hash:\n",
            "        if row is None:\n", "tests/library/test_library_damage.py"),
    Planted("pictures leave without consent", "appraisal/exchange/packing.py", """\
        if row.leaves:
            sent.count(row)
            if""", """\
        if row.kind in ATTACHED and not row.leaves:
            sent.attachments[read(row.entry).body[ATTACHED[row.kind]]] = None
        if row.leaves:
            sent.count(row)
            if""", "tests/faults/test_faults_withheld.py"),
    Planted("numbers of an earlier epoch are used again", "db/repositories.py",
            "            if lease.scheme == scheme and epoch.may_use(lease):\n",
            "            if lease.scheme == scheme:\n",
            "tests/library/test_restoration.py"),
    Planted("a backup put back goes on in its epoch", "db/epochs.py",
            "        return _Judgement(here, None if same else Beginning.RESTORED)\n",
            "        return _Judgement(here)\n", "tests/db/test_epochs.py"),
    Planted("what is parked is never tried again", "library/intake.py", "    late = retry_parked(library, run.id)\n",
            "    late = 0\n",
            "tests/library/test_library_damage.py"),
    Planted("held is shown as accepted", "db/queries/states.py", "Fate.HELD: SyncState.NEEDS_YOU",
            "Fate.HELD: SyncState.ACCEPTED", "tests/db/test_record_states.py"),
    Planted("on the stick is shown as accepted", "db/queries/states.py",
            "    self._read(connection.execute(_SENT).all(), lambda _: _ON_STICK)\n",
            "    self._read(connection.execute(_SENT).all(), lambda _: Standing(SyncState.ACCEPTED))\n",
            "tests/db/test_record_states.py"),
    Planted("a revocation is lost when lists are signed anew", "library/publish.py",
            "    for query in (by_desk, here):\n", "    for query in (by_desk,):\n",
            "tests/library/test_library_lists.py"),
    Planted("a clock that goes back is followed", "db/journal.py",
            "        at = (now, 0) if now > last.at[0] else (last.at[0], last.at[1] + 1)\n", "        at = (now, 0)\n",
            "tests/db/test_journal_verified.py"),
    Planted("an older trust list is taken", "appraisal/credential/trust.py", """\
    if len(theirs) < len(ours) or trust.version < seen.version:
        raise RuleViolation("trust_list_older", version=trust.version, seen=seen.version)
""", """\
    if len(theirs) < len(ours):
        raise RuleViolation("trust_list_older", version=trust.version, seen=seen.version)
    if trust.version < seen.version:
        return
""", "tests/credential/test_credential_trust.py"),
    Planted("nobody checks who signed a bundle", "library/desk_keys.py",
            "        return read_manifest(signed, follow(row, said.rotations).transport)\n",
            "        return said\n", "tests/faults/test_faults_forged.py"),
    Planted("a part is not held against its digest", "appraisal/exchange/parts.py",
            "        return len(data) == self.length and sha256(data).digest() == self.digest\n",
            "        return len(data) == self.length\n", "tests/faults/test_faults_mutated.py"),
    Planted("since the last export, not since the last receipt", "db/outbox.py", """\
        for row in self._connection.execute(SAID):
            spans""", """\
        for row in self._connection.execute(select(bundle_span)):
            spans[row.epoch].append((row.first, row.last, True))
        for row in self._connection.execute(SAID):
            spans""", TRIP),
    Planted("a desk is not told that a fate has changed", "library/telling.py",
            "        make_news(connection, [place for place, _ in changed])\n", "", "tests/library/test_questions.py"),
    Planted("news of a fate is told to one copy only", "library/receipts.py",
            "or_(news.c.told.is_(None), news.c.told > heard))", "or_(news.c.told.is_(None), news.c.told > 1 << 30))",
            "tests/faults/test_faults_two_copies.py"),
    Planted("an entry that does not follow the one before is applied", "library/reading.py",
            "    if before is not None and before != entry.prev:\n", "    if before is None and entry.prev is None:\n",
            "tests/faults/test_faults_poison.py"),
    Planted("a withdrawn consent stays at the desk", "db/outbox.py",
            "bool(leaves) or seq in self._told[chain.epoch],", "bool(leaves),",
            "tests/faults/test_faults_withheld.py"),
)
