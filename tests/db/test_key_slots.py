"""Key slots: a passphrase each, withdrawn by itself; and one process a file."""

import json
import stat
import unicodedata

import pytest
from crash_kit import FORKED, hold_open
from kit_centre import PASSPHRASE, around, found, open_as

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from db.centre import DATABASE, KEYS
from db.engine import open_sqlcipher
from db.keyslots import Cost, KeySlots

KEY, CHEAP = bytes(range(32)), Cost(1, 8, 1)


@pytest.fixture
def slots(tmp_path):
    return KeySlots(tmp_path / KEYS, cost=CHEAP)


def refusal(call, *arguments):
    with pytest.raises(RuleViolation) as caught:
        call(*arguments)
    return caught.value.code, caught.value.field


def test_each_operator_opens_with_their_own_passphrase_only(slots):
    slots.add("zhao", "zhao four words", KEY)
    slots.add("qian", "qian four words", KEY)
    assert slots.logins() == ("zhao", "qian")
    assert slots.open("zhao", "zhao four words") == slots.open("qian", "qian four words") == KEY
    for login, words in (("zhao", "qian four words"), ("zhao", "zhao four wordz"), ("zhao", ""),
                         ("nobody", "zhao four words")):
        assert refusal(slots.open, login, words) == ("passphrase_wrong", "passphrase")


def test_a_slot_moved_to_another_login_opens_nothing(slots, tmp_path):
    slots.add("zhao", "zhao four words", KEY)
    kept = json.loads((tmp_path / KEYS).read_text("utf-8"))
    kept["slots"][0]["login"] = "qian"
    (tmp_path / KEYS).write_text(json.dumps(kept), "utf-8")
    assert refusal(slots.open, "qian", "zhao four words") == ("passphrase_wrong", "passphrase")


def test_one_passphrase_typed_by_two_input_methods_is_the_same(slots):
    words = "café número 十二"
    slots.add("zhao", unicodedata.normalize("NFD", words), KEY)
    assert slots.open("zhao", unicodedata.normalize("NFC", words)) == KEY


def test_a_new_passphrase_takes_the_place_of_the_old(slots):
    slots.add("zhao", "zhao four words", KEY)
    slots.add("zhao", "five quite new words", KEY)
    assert slots.logins() == ("zhao",)
    assert slots.open("zhao", "five quite new words") == KEY
    assert refusal(slots.open, "zhao", "zhao four words") == ("passphrase_wrong", "passphrase")


def test_a_withdrawn_slot_opens_nothing_and_the_last_one_stays(slots):
    slots.add("zhao", "zhao four words", KEY)
    slots.add("qian", "qian four words", KEY)
    slots.withdraw("zhao")
    assert refusal(slots.open, "zhao", "zhao four words") == ("passphrase_wrong", "passphrase")
    assert slots.open("qian", "qian four words") == KEY
    assert refusal(slots.withdraw, "qian") == ("last_key_slot", "login")


@pytest.mark.parametrize("words", ["", "nine char", "九个汉字的口令太短"])
def test_a_short_passphrase_is_refused_and_nothing_written(slots, tmp_path, words):
    assert refusal(slots.add, "zhao", words, KEY) == ("passphrase_short", "passphrase")
    assert not (tmp_path / KEYS).exists()


def test_ten_characters_are_enough(slots):
    slots.add("zhao", "十个汉字的口令就足够", KEY)
    assert slots.open("zhao", "十个汉字的口令就足够") == KEY


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"format": 1}', b'{"format": 1, "slots": [{}]}'])
def test_a_damaged_key_file_says_so(slots, tmp_path, content):
    (tmp_path / KEYS).write_bytes(content)
    with pytest.raises(EnvironmentFault, match="key_file_damaged"):
        slots.open("zhao", "zhao four words")


@pytest.mark.parametrize(("field", "value"), [
    ("salt", "zz"), ("salt", ""), ("nonce", "00"), ("wrapped", "xy"), ("time", 0), ("memory", -1), ("lanes", 0),
    ("memory", 1 << 40)])
def test_a_damaged_slot_says_so(slots, tmp_path, field, value):
    slots.add("zhao", "zhao four words", KEY)
    kept = json.loads((tmp_path / KEYS).read_text("utf-8"))
    kept["slots"][0][field] = value
    (tmp_path / KEYS).write_text(json.dumps(kept), "utf-8")
    with pytest.raises(EnvironmentFault, match="key_file_damaged"):
        slots.open("zhao", "zhao four words")


def test_the_key_file_tells_nobody_the_key_and_only_its_owner_reads_it(slots, tmp_path):
    slots.add("zhao", "zhao four words", KEY)
    text = (tmp_path / KEYS).read_text("utf-8")
    assert KEY.hex() not in text
    assert "zhao four words" not in text
    assert stat.S_IMODE((tmp_path / KEYS).stat().st_mode) == 0o600


def test_a_wrong_passphrase_opens_no_centre_and_holds_no_lock(tmp_path):
    found(tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert refusal(open_as, tmp_path, "administrator", "four loud words") == ("passphrase_wrong", "passphrase")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    open_as(tmp_path, "administrator").close()


def test_without_its_key_file_a_centre_does_not_open(tmp_path):
    found(tmp_path)
    (tmp_path / KEYS).unlink()
    assert refusal(open_as, tmp_path, "administrator") == ("passphrase_wrong", "passphrase")


def test_another_key_does_not_open_the_file(tmp_path):
    found(tmp_path)
    engine = open_sqlcipher(tmp_path / DATABASE, bytes(32))
    with pytest.raises(EnvironmentFault, match="database_unreadable"), engine.begin():
        pass
    engine.dispose()


def test_a_folder_without_a_centre_says_so(tmp_path):
    with pytest.raises(EnvironmentFault, match="no_centre_here"):
        open_as(tmp_path / "nothing", "administrator")


def test_one_process_a_file(tmp_path):
    found(tmp_path)
    ours, theirs = FORKED.Pipe()
    other = FORKED.Process(target=hold_open, args=(tmp_path, PASSPHRASE, theirs))
    other.start()
    try:
        assert ours.recv() == "open"
        with pytest.raises(EnvironmentFault, match="desk_already_open"):
            open_as(tmp_path, "administrator")
    finally:
        other.kill()
        other.join()
    centre = open_as(tmp_path, "administrator")  # the dead hold no lock
    with pytest.raises(EnvironmentFault, match="desk_already_open"):
        open_as(tmp_path, "administrator")
    centre.close()
    open_as(tmp_path, "administrator").close()
    assert around().cost == CHEAP
