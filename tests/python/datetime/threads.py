"""Many threads share dates, zones and their hashes, and see them whole."""

import threading
from datetime import date, datetime, time, timedelta, timezone, tzinfo

class Zone(tzinfo):
    def utcoffset(self, dt): return timedelta(hours=2)
    def dst(self, dt): return timedelta()
    def tzname(self, dt): return "Z"

shared = [datetime(2020, 1, 1, 12, tzinfo=Zone()), date(2020, 1, 1), time(12, tzinfo=Zone()), timedelta(1, 2, 3), timezone(timedelta(hours=1), "one"), datetime(2020, 1, 1, fold=1)]
expected = [hash(x) for x in [datetime(2020, 1, 1, 12, tzinfo=Zone()), date(2020, 1, 1), time(12, tzinfo=Zone()), timedelta(1, 2, 3), timezone(timedelta(hours=1), "one"), datetime(2020, 1, 1)]]
start = threading.Barrier(6)
answers = [None] * 6

def work(n):
    start.wait()
    hashes = [hash(x) for x in shared]
    total, moved = timedelta(), shared[0]
    for i in range(300):
        moved += timedelta(minutes=i)
        total += moved - shared[0].astimezone(timezone.utc)
        assert datetime.fromisoformat(moved.isoformat()) == moved and moved.strftime("%H:%M %z %Z").endswith(" +0200 Z")
    answers[n] = hashes == expected, total, str(moved)

threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(answers[0], len(set(answers)))
