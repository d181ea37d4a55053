"""A little event loop with tasks, sleeping by virtual time, queues, cancellation and gathering: no asyncio."""

class Suspend:
    def __init__(self, what): self.what = what
    def __await__(self): return (yield self.what)

def sleep(delay): return Suspend(("sleep", delay))
def spawn(coro, name): return Suspend(("spawn", coro, name))
def join(task): return Suspend(("join", task))
def cancel(task): return Suspend(("cancel", task))

class Cancelled(Exception): pass

class Task:
    def __init__(self, coro, name):
        self.coro, self.name, self.result, self.error, self.done, self.waiting = coro, name, None, None, False, []

class Loop:
    def __init__(self):
        self.now, self.ready, self.sleeping, self.order = 0, [], [], 0
    def run(self, coro):
        main = Task(coro, "main")
        self.ready.append((main, None, None))
        while self.ready or self.sleeping:
            if not self.ready:
                self.sleeping.sort(key=lambda s: s[:2])
                self.now, _, task = self.sleeping.pop(0)
                self.ready.append((task, None, None))
            task, value, error = self.ready.pop(0)
            try:
                request = task.coro.throw(error) if error else task.coro.send(value)
            except StopIteration as stop:
                self.finish(task, result=stop.value)
            except Exception as e:
                self.finish(task, error=e)
            else:
                getattr(self, "do_" + request[0])(task, *request[1:])
        if main.error:
            raise main.error
        return main.result
    def finish(self, task, result=None, error=None):
        task.result, task.error, task.done = result, error, True
        for waiter in task.waiting:
            self.ready.append((waiter, result, error))
    def do_sleep(self, task, delay):
        self.order += 1
        self.sleeping.append((self.now + delay, self.order, task))
    def do_spawn(self, task, coro, name):
        new = Task(coro, name)
        self.ready += [(new, None, None), (task, new, None)]
    def do_join(self, task, other):
        if other.done:
            self.ready.append((task, other.result, other.error))
        else:
            other.waiting.append(task)
    def do_cancel(self, task, other):
        self.sleeping = [s for s in self.sleeping if s[2] is not other]
        if not other.done:
            self.ready.append((other, None, Cancelled(other.name)))
        self.ready.append((task, None, None))

loop = Loop()
async def ticker(name, period, count):
    try:
        for i in range(count):
            await sleep(period)
            print(f"{loop.now:>3} {name} {i}")
        return f"{name} finished"
    except Cancelled as e:
        print(f"{loop.now:>3} {name} cancelled")
        raise
    finally:
        print(f"{loop.now:>3} {name} cleanup")

async def fails():
    await sleep(4)
    raise ValueError("task failed")

async def producer(queue):
    for i in range(4):
        await sleep(2)
        queue.append(i)
    queue.append(None)

async def consumer(queue):
    total = 0
    while True:
        while not queue:
            await sleep(1)
        item = queue.pop(0)
        if item is None:
            return total
        total += item * 10

async def main():
    a = await spawn(ticker("a", 3, 3), "a")
    b = await spawn(ticker("b", 2, 10), "b")
    f = await spawn(fails(), "f")
    q = []
    p, c = await spawn(producer(q), "p"), await spawn(consumer(q), "c")
    print(await join(a))
    await cancel(b)
    for t in (b, f, c, p):
        try:
            print(t.name, await join(t))
        except Exception as e:
            print(t.name, repr(e))
    return loop.now

print("ended at", loop.run(main()))
