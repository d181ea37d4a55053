# unittest.mock: mocks that record, patch, pretend to be functions, files, coroutines and properties, and complain.
import asyncio
import sys
import types
from unittest import mock

m = mock.Mock(return_value=3, name="service")
m.start(1, key="v")
m.queue.put.return_value = "ok"
m.queue.put("a")
m.queue.put("b", timeout=2)
print(m(), m.call_count, m.mock_calls, m.queue.put.call_args_list, m.queue.put.call_args.kwargs, m.method_calls)
m.start.assert_called_once_with(1, key="v")
for check in (lambda: m.start.assert_called_once_with(2), lambda: m.queue.put.assert_called_once(), lambda: m.stop.assert_called(), lambda: m.queue.put.assert_any_call("z"), lambda: m.assert_has_calls([mock.call.start(5)]), lambda: m.start.assert_not_called(),
              lambda: m.assret_called(), lambda: m.queue.assert_has_call(), lambda: m.queue.put.assert_called_with("b", timeout=3)):
    try:
        check()
        print("passed")
    except (AssertionError, AttributeError) as e:
        print(type(e).__name__, e)
m.reset_mock()
print(m.mock_calls, m.return_value)
s = mock.Mock(side_effect=[1, ValueError("second"), mock.DEFAULT], return_value="default")
for _ in range(4):
    try:
        print(s())
    except (ValueError, StopIteration) as e:
        print(type(e).__name__, e)
print(mock.Mock(side_effect=lambda x: x * 2)(4), mock.call(1, a=2) == ((1,), {"a": 2}), mock.call.x(1).y[2], mock.ANY == object(), repr(mock.sentinel.thing), mock.sentinel.thing is mock.sentinel.thing)


class Engine:
    limit = 10

    def __init__(self, size, *, fast=False):
        self.size = size

    def run(self, steps, /, speed=1):
        return "real"

    @staticmethod
    def kind(): return "static"

    @classmethod
    def make(cls, n): return cls(n)

    @property
    def power(self): return self.size * 2

    async def later(self): return 5


spec = mock.create_autospec(Engine)
e = spec(5, fast=True)
print(isinstance(e, Engine), e.run(3, speed=2) is e.run.return_value, e.run.call_args, isinstance(spec.limit, int))
for wrong in (lambda: spec(), lambda: e.run(), lambda: e.run(1, 2, 3), lambda: e.nothing, lambda: spec.make(), lambda: mock.Mock(spec=Engine).absent, lambda: setattr(mock.Mock(spec_set=Engine), "new", 1), lambda: e.run(steps=1)):
    try:
        wrong()
        print("passed")
    except (TypeError, AttributeError) as x:
        print(type(x).__name__, x)
f = mock.create_autospec(lambda a, b=1, *c, d: None, return_value="f")
print(f(1, d=2), f.call_args)

with mock.patch.object(Engine, "run", return_value="patched") as run, mock.patch.object(Engine, "power", new_callable=mock.PropertyMock, return_value=99) as power:
    print(Engine(1).run(7), run.call_args, Engine(1).power, power.mock_calls)
print(Engine(1).run(7), Engine(2).power)
module = types.ModuleType("fake_module")
module.value, module.fetch = 1, lambda: "real"
sys.modules["fake_module"] = module


@mock.patch("fake_module.fetch", autospec=True)
@mock.patch.dict("os.environ", {"MOCKED": "yes"}, clear=False)
@mock.patch.multiple("fake_module", value=mock.DEFAULT, extra=5, create=True)
def inside(fetch, value):
    import os
    fetch.return_value = "fetched"
    return module.fetch(), value is module.value, module.extra, os.environ["MOCKED"]


print(inside(), module.fetch(), hasattr(module, "extra"))
for wrong in (lambda: mock.patch("fake_module.absent").start(), lambda: mock.patch("nodots").start(), lambda: mock.patch("fake_module.fetch", spec=True, autospec=True).start(), lambda: mock.patch.object(module, "absent").start(), lambda: mock.patch("no_module_here.x").start()):
    try:
        wrong()
    except Exception as x:
        print(type(x).__name__, x)
p = mock.patch("fake_module.value", 7)
print(p.start(), module.value, p.stop(), module.value, mock.patch.stopall())
d = {"a": 1}
with mock.patch.dict(d, b=2):
    d["c"] = 3
    print(d)
print(d)

magic = mock.MagicMock()
magic.__len__.return_value = 4
magic.__getitem__.side_effect = lambda i: i * 10
magic.__enter__.return_value = "entered"
with magic as inside_value:
    print(len(magic), magic[3], inside_value, int(magic), bool(magic), list(magic), magic + 1 is magic.__add__.return_value, 5 in magic, str(mock.MagicMock(name="n"))[:22])
print(magic.__exit__.call_args, mock.NonCallableMagicMock().__class__.__name__, callable(mock.NonCallableMock()))
opened = mock.mock_open(read_data="one\ntwo\nthree")
with mock.patch("builtins.open", opened):
    with open("anything") as file:
        print(file.readline(), list(file), file.read())
    open("w", "w").write("data")
print(opened.mock_calls)


async def main():
    a = mock.AsyncMock(side_effect=[1, KeyError("k")])
    print(await a(5), a.await_count, a.await_args)
    try:
        await a()
    except KeyError as x:
        print("KeyError", x)
    a.assert_awaited()
    for check in (lambda: a.assert_awaited_once(), lambda: a.assert_not_awaited(), lambda: a.assert_awaited_with(9)):
        try:
            check()
        except AssertionError as x:
            print(x)
    engine = mock.create_autospec(Engine, instance=True)
    engine.later.return_value = 8
    print(await engine.later(), asyncio.iscoroutinefunction(engine.later), isinstance(engine.run, mock.AsyncMock))
    cm = mock.MagicMock()
    cm.__aiter__.return_value = [1, 2]
    async with cm as c:
        print([x async for x in cm], c is cm.__aenter__.return_value)


asyncio.run(main())
parent = mock.Mock()
parent.attach_mock(mock.Mock(return_value=1), "child")
parent.child(1)
parent.other.deep(2)
mock.seal(parent)
try:
    parent.unknown
except AttributeError as x:
    print(x)
print(parent.mock_calls, [tuple(c) for c in parent.mock_calls][0], mock.Mock(**{"a.b.return_value": 3}).a.b(), repr(mock.Mock(wraps=len)([1, 2])))
