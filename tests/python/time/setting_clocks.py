# Clocks that cannot be set, and arguments that are refused, in seconds and nanoseconds; the clock of the machine stays as it is.
import time

CALLS = [(time.CLOCK_MONOTONIC, 5.0), (time.CLOCK_MONOTONIC, -1), (99, 1), (time.CLOCK_REALTIME, "x"), ("x", 1), (1, None), (1, float("nan")), (1, float("inf")), (1, 10**30), (1,), (1, 2, 3), (time.CLOCK_PROCESS_CPUTIME_ID, 0.5), (1.5, 2), (2**40, 1), (1, True)]
for args in CALLS:
    for function in (time.clock_settime, time.clock_settime_ns):
        try:
            print(function.__name__, args, function(*args))
        except Exception as e:
            print(function.__name__, args, type(e).__name__, e)
before = time.clock_gettime(time.CLOCK_MONOTONIC)
print(time.clock_gettime_ns(time.CLOCK_MONOTONIC) >= before * 1e9 - 1, time.clock_getres(time.CLOCK_REALTIME) > 0, time.clock_settime.__text_signature__)
