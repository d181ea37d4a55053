# sched: an agenda on a clock made by hand: order, priorities, cancelling, events that schedule others, errors inside, threads that add.
import sched
import threading
import time


class Clock:
    def __init__(self):
        self.now, self.slept = 0.0, []

    def time(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


clock = Clock()
agenda = sched.scheduler(clock.time, clock.sleep)
log = []


def note(*words, **named):
    log.append((clock.now, *words, *named.items()))


agenda.enter(5, 1, note, ("five",))
agenda.enter(5, 0, note, ("five first",))
agenda.enterabs(2, 9, note, argument=("two",), kwargs={"k": "v"})
agenda.enter(5, 1, note, ("five last",))
doomed = agenda.enter(3, 1, note, ("never",))
print([(e.time, e.priority, e.argument) for e in agenda.queue], agenda.empty())
agenda.cancel(doomed)
try:
    agenda.cancel(doomed)
except ValueError as e:
    print("ValueError", str(e)[:30])


def repeat(times):
    note("tick", times)
    if times:
        agenda.enter(1.5, 1, repeat, (times - 1,))


agenda.enter(1, 1, repeat, (3,))
print(agenda.run(), log, clock.slept, clock.now)
log.clear()

agenda.enter(1, 1, note, ("soon",))
agenda.enter(10, 1, note, ("late",))
print(agenda.run(blocking=False), log)
clock.now += 1
print(agenda.run(blocking=False), log, len(agenda.queue))


def broken():
    raise RuntimeError("inside")


agenda.enter(0, 1, broken)
agenda.enter(2, 1, note, ("after the error",))
try:
    agenda.run()
except RuntimeError as e:
    print("RuntimeError", e, len(agenda.queue))
agenda.run()
print(log)
event = agenda.enter(1, 2, print)
print(event.time - clock.now, event.priority, event.action is print, event.argument, event.kwargs, event._fields, event < agenda.enter(1, 3, print), event == event._replace())
for e in agenda.queue:
    agenda.cancel(e)
for wrong in (lambda: agenda.enter(1, 1), lambda: agenda.enter("x", 1, print), lambda: agenda.cancel(5)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)

# Incomparable arguments never matter: the sequence number decides.
for i in range(3):
    agenda.enter(1, 1, note, ({"i": i},), {})
agenda.run()
print(log[-3:])

# Threads put events into one agenda whose clock stands still until all have done so.
clock = Clock()
shared = sched.scheduler(clock.time, clock.sleep)
done = []


def add(base):
    for i in range(50):
        shared.enterabs((i * 4 + base) / 10, base, done.append, (i * 4 + base,))


threads = [threading.Thread(target=add, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
shared.run()
print(len(done), done == sorted(done), round(clock.now, 3), round(sum(clock.slept), 3))
real = sched.scheduler(time.monotonic, time.sleep)
marks = []
real.enter(0.002, 1, marks.append, ("b",))
real.enter(0.001, 1, marks.append, ("a",))
real.run()
print(marks, real.run(), sched.scheduler().timefunc is time.monotonic)
