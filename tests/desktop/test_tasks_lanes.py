"""The lanes: order, threads, what becomes of errors, cancelling, and closing."""

import gc
import sys
import threading
import time
from functools import partial

import pytest
from PySide6.QtCore import QObject, Signal
from shiboken6 import delete

from desktop.interpreter import BUSY_MS
from desktop.tasks import PROGRESS_INTERVAL, Cancelled, Latest, Progress, Tasks


def test_writes_run_one_by_one_in_order_and_answer_on_the_gui_thread(tasks, qtbot):
    order, answers = [], []

    def work(number):
        time.sleep(0.01 * (3 - number))  # later ones would overtake if they could
        order.append((number, threading.current_thread().name))
        return number

    for number in range(3):
        tasks.write(lambda n=number: work(n),
                    lambda done: answers.append((done.result(), threading.current_thread())))
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert [n for n, _ in order] == [0, 1, 2]
    assert {name for _, name in order} == {"writer_0"}
    assert answers == [(n, threading.main_thread()) for n in range(3)]


def test_a_read_does_not_wait_for_the_writer(tasks, qtbot):
    gate, answers = threading.Event(), []
    tasks.write(gate.wait, lambda done: answers.append("written"))
    tasks.read(lambda: "read", lambda done: answers.append(done.result()))
    qtbot.waitUntil(lambda: answers == ["read"])
    gate.set()
    qtbot.waitUntil(lambda: answers == ["read", "written"])


def test_what_the_work_raises_is_in_the_future(tasks, qtbot):
    seen = []
    tasks.write(lambda: 1 // 0, lambda done: seen.append(done.exception()))
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)


def test_what_a_callback_does_not_catch_reaches_the_excepthook(tasks, qtbot):
    with qtbot.captureExceptions() as caught:
        tasks.write(lambda: 1 // 0, lambda done: done.result())
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


class Page(QObject):
    """Somebody who asks, in each of the ways in which pages do."""

    def __init__(self, tasks):
        super().__init__()
        self.answers = []
        latest = Latest()
        tasks.read(lambda: 1, self.take, latest)
        tasks.read(lambda: 2, lambda done: self.take_as("second", done))
        tasks.read(lambda: 3, partial(self.take_as, "third"))

    def take(self, done):
        self.objectName()  # as anything of a widget, where it is there no more
        self.answers.append(done.result())

    def take_as(self, _name, done):
        self.take(done)


@pytest.mark.parametrize("gone", [False, True])
def test_answers_to_a_page_that_is_gone_are_dropped(tasks, qtbot, gone):
    page, after = Page(tasks), []
    if gone:
        delete(page)
    tasks.write(lambda: time.sleep(0.2), after.append)
    with qtbot.captureExceptions() as caught:
        qtbot.waitUntil(lambda: bool(after))
    assert (sorted(page.answers), caught) == ([] if gone else [1, 2, 3], [])


def test_of_reads_that_replace_each_other_only_the_last_is_answered(tasks, qtbot):
    gate, latest, answers, ran = threading.Event(), Latest(), [], []

    def search(text):
        gate.wait(5)
        ran.append(text)
        return text

    for text in ("l", "li", "lix", "lixi", "lixia"):
        tasks.read(lambda t=text: search(t), lambda done: answers.append(done.result()), latest)
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))
    qtbot.wait(50)
    assert answers == ["lixia"]
    assert "lixi" not in ran  # it had not begun when it was no longer wanted


def test_progress_comes_at_a_bounded_rate_and_ends_with_the_whole(tasks, qtbot):
    steps, results, spent = [], [], []

    def work(progress):
        began = time.monotonic()
        for number in range(1, 20_001):
            progress.step(number, 20_000)
        spent.append(time.monotonic() - began)
        return "all"

    tasks.write_long(work, lambda done: results.append(done.result()),
                     lambda done, total: steps.append((done, total, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(results))
    assert results == ["all"]
    assert steps[-1][:2] == (20_000, 20_000)
    assert len(steps) <= spent[0] / PROGRESS_INTERVAL + 2
    assert {thread for *_, thread in steps} == {threading.main_thread()}


def test_cancel_ends_the_work_at_a_record_and_undoes_it(tasks, qtbot):
    kept, seen, begun = [], [], threading.Event()

    def work(progress):
        made = []
        for number in range(10_000):  # a unit of work: nothing is kept unless it ends
            made.append(number)
            begun.set()
            time.sleep(0.001)
            progress.step(number + 1, 10_000)
        kept.extend(made)

    progress = tasks.write_long(work, lambda done: seen.append(done.exception()), lambda done, total: None)
    assert begun.wait(5)
    progress.cancel()
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], Cancelled)
    assert kept == []


def test_work_cancelled_before_its_turn_never_begins(tasks, qtbot):
    gate, ran, seen = threading.Event(), [], []
    tasks.write(gate.wait, lambda done: None)
    progress = tasks.write_long(ran.append, lambda done: seen.append(done.exception()),
                                lambda done, total: None)
    progress.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], Cancelled)
    assert ran == []


def test_close_waits_for_every_write(qtbot):
    lanes, written = Tasks(), []
    for number in range(5):
        lanes.write(lambda n=number: (time.sleep(0.02), written.append(n)), lambda done: None)
    lanes.close()
    assert written == [0, 1, 2, 3, 4]
    with pytest.raises(RuntimeError):
        lanes.write(lambda: None, lambda done: None)


def test_a_read_that_a_late_answer_asks_for_is_dropped(qtbot):
    lanes, answered, asked = Tasks(), [], []

    def ask_again(done):
        asked.append(done.result())
        lanes.read(lambda: 2, answered.append)

    lanes.write(lambda: 1, ask_again)
    lanes.close()
    qtbot.waitUntil(lambda: asked == [1])
    qtbot.wait(50)
    assert answered == []


def test_step_counts_the_last_record_even_in_a_hurry():
    seen = []
    progress = Progress(lambda done, total: seen.append(done))
    for number in (1, 2, 3):
        progress.step(number, 3)
    assert seen == [1, 3]


class _Emitter(QObject):
    said = Signal(object)


def test_qt_keeps_its_references_to_none(qtbot):
    """PySide6 6.12.0 on Python 3.11 loses one in most calls, and the process dies of it after a while."""
    emitter = _Emitter()
    emitter.said.connect(lambda _: None)
    before = sys.getrefcount(None)
    for _ in range(2000):
        emitter.said.emit(None)
        emitter.setProperty("nothing", None)
        emitter.parent()
    assert before - sys.getrefcount(None) < 500


# garbage

def cycles(count):
    """So many objects that only a collector can take away; and some that live on."""
    kept = []
    for at in range(count):
        one = []
        one.append(one)
        if at % 10 == 0:
            kept.append([one])
    return len(kept)


def test_garbage_is_taken_away_on_the_windows_thread_alone(tasks, qtbot):
    threads, done = set(), []

    def note(phase, _info):
        if phase == "start":
            threads.add(threading.current_thread() is threading.main_thread())

    gc.callbacks.append(note)
    try:
        for _ in range(3):
            tasks.read(lambda: cycles(200_000), done.append)
            tasks.write(lambda: cycles(200_000), done.append)
        qtbot.waitUntil(lambda: len(done) == 6, timeout=20_000)
        qtbot.wait(2 * BUSY_MS)
    finally:
        gc.callbacks.remove(note)
    assert threads == {True}


def test_when_no_lanes_are_left_the_collector_is_as_it_was(qapp):
    assert gc.isenabled()
    first, second = Tasks(), Tasks()
    assert not gc.isenabled()
    second.close()
    assert not gc.isenabled()
    first.close()
    assert gc.isenabled()
