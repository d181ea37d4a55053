"""C modules under many threads: dates and zones that all share, one tokenizer, allocations traced while others allocate and free."""

import _tokenize
import datetime
import queue
import threading
import tracemalloc

from _hammer import main


class Zone(datetime.tzinfo):
    def utcoffset(self, when):
        return datetime.timedelta(hours=2)

    def dst(self, when):
        return datetime.timedelta()

    def tzname(self, when):
        return "Z"


def shared_dates(run):
    """Hashes, texts and sums of shared objects are the same for everybody."""
    zone, utc = Zone(), datetime.timezone.utc
    moment = datetime.datetime(2020, 1, 1, 12, tzinfo=zone)
    shared = [moment, moment.timetz(), moment.date(), datetime.timedelta(1, 2, 3), datetime.timezone(datetime.timedelta(hours=1), "one")]
    expected = [hash(datetime.datetime(2020, 1, 1, 10, tzinfo=utc)), hash(datetime.time(10, tzinfo=utc)), hash(datetime.date(2020, 1, 1)),
                hash(datetime.timedelta(1, 2, 3)), hash(datetime.timezone(datetime.timedelta(hours=1)))]

    def work(k, choices):
        for i in range(run.iterations(20)):
            assert [hash(x) for x in shared] == expected
            delta = datetime.timedelta(seconds=choices.below(10 ** 9), microseconds=i)
            later = moment + delta
            assert later - moment.astimezone(utc) == delta and datetime.datetime.fromisoformat(str(later)) == later
            assert later.strftime("%z %Z") == "+0200 Z"

    run.hammer(work)


def shared_tokenizer(run):
    """Each token is handed out once."""
    count = run.iterations(4)
    tokens = _tokenize.TokenizerIter("".join(f"name{i}\n" for i in range(count)))

    def work(k, choices):
        got = []
        while True:
            try:
                got += [text for text, *_ in [next(tokens)] if text]
            except ValueError as error:
                assert str(error) == "tokenizer already executing"
            except StopIteration:
                return got

    got = [text for part in run.hammer(work)[work] for text in part]
    assert sorted(got) == sorted(f"name{i}" for i in range(count))


def traced_allocations(run):
    """Tracing comes and goes while threads allocate, free, and free what others allocated; in the end the books are balanced."""
    given, done = queue.SimpleQueue(), threading.Event()

    def allocate(k, choices):
        try:
            for i in range(run.iterations(4)):
                given.put([bytearray(choices.below(5000)), {i: str(i)}, [i] * choices.below(300)])
                try:
                    del given.get_nowait()[:]
                except queue.Empty:
                    pass
        finally:
            done.set()

    def trace(k, choices):
        while not done.is_set():
            tracemalloc.start(1 + choices.below(40))
            mine = [bytearray(500) for _ in range(20)]
            for block in mine:
                traceback = tracemalloc.get_object_traceback(block)
                assert traceback is None or traceback[-1].filename == __file__
            current, peak = tracemalloc.get_traced_memory()
            assert 0 <= current <= peak
            choices.pick((tracemalloc.clear_traces, tracemalloc.reset_peak, tracemalloc.stop, tracemalloc.get_tracemalloc_memory))()
            if choices.below(8) == 0 and tracemalloc.is_tracing():
                try:
                    tracemalloc.take_snapshot()
                except RuntimeError:
                    pass    # stopped meanwhile

    run.hammer(allocate, trace)
    tracemalloc.stop()
    assert tracemalloc.get_traced_memory() == (0, 0)
    tracemalloc.start()
    kept = [bytearray(1000) for _ in range(100)]
    held = tracemalloc.get_traced_memory()[0]
    del kept
    assert held - tracemalloc.get_traced_memory()[0] >= 100_000
    tracemalloc.stop()


if __name__ == "__main__":
    main(shared_dates, shared_tokenizer, traced_allocations)
