# unittest and unittest.mock: results of all kinds, fixtures, subtests, patches, specs, call records.
import io
import unittest
from unittest import mock


class Things(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.log = ["class"]

    def setUp(self):
        self.log.append("up")
        self.addCleanup(self.log.append, "clean")

    def test_equal(self):
        self.assertEqual([1, 2, 3], [1, 2, 4])

    def test_dict(self):
        self.assertEqual({"a": 1, "b": [1, 2]}, {"a": 1, "b": [1, 3]})

    def test_text(self):
        self.assertMultiLineEqual("one\ntwo\n", "one\nthree\n")

    def test_raises(self):
        with self.assertRaisesRegex(ValueError, "^no"):
            raise ValueError("no way")
        with self.assertRaises(KeyError) as caught:
            {}["k"]
        self.assertEqual(caught.exception.args, ("k",))

    def test_error(self):
        raise RuntimeError("broken")

    @unittest.skip("not today")
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.assertTrue(False)

    def test_subtests(self):
        for i in range(4):
            with self.subTest(i=i):
                self.assertNotEqual(i, 2, "two is bad")

    def test_logs(self):
        import logging
        with self.assertLogs("x", "INFO") as captured:
            logging.getLogger("x").info("hello")
        self.assertEqual(captured.output, ["INFO:x:hello"])

    def test_almost(self):
        self.assertAlmostEqual(1.0, 1.1, places=3)

    def test_in(self):
        self.assertIn(5, [1, 2])

    def test_count(self):
        self.assertCountEqual([1, 2, 2], [2, 1, 1])


stream = io.StringIO()
suite = unittest.defaultTestLoader.loadTestsFromTestCase(Things)
result = unittest.TextTestRunner(stream=stream, verbosity=2).run(suite)
text = stream.getvalue().replace(__file__, "FILE")
print("\n".join(line for line in text.split("\n") if not line.startswith("Ran ")))
print(result, len(result.failures), Things.log)


class Api:
    def get(self, key, default=None):
        return "real"

    @property
    def size(self):
        return 1


m = mock.Mock(return_value=3, side_effect=[1, KeyError("k"), mock.DEFAULT])
print(m(1, a=2), m.call_args, m.call_count)
try:
    m()
except KeyError as e:
    print(repr(e))
print(m(), m.mock_calls, m.call_args_list == [mock.call(1, a=2), mock.call(), mock.call()])
for check in (lambda: m.assert_called_once(), lambda: m.assert_called_with(5), lambda: m.assert_any_call(9), lambda: m.assert_not_called()):
    try:
        check()
    except AssertionError as e:
        print(e)
auto = mock.create_autospec(Api)
a = auto()
a.get("k", default=1)
a.get.assert_called_once_with("k", default=1)
for bad in (lambda: a.get(), lambda: a.nope, lambda: mock.Mock(spec=Api).other):
    try:
        bad()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
with mock.patch.object(Api, "get", return_value="patched") as p:
    print(Api().get("x"), p.called)
print(Api().get("x"))
with mock.patch.dict("os.environ", {"WEFT_T": "1"}, clear=False):
    import os
    print(os.environ["WEFT_T"])
print("WEFT_T" in os.environ)
with mock.patch("builtins.open", mock.mock_open(read_data="a\nb\n")) as o:
    print(open("f").read(), [line for line in open("f")], o.mock_calls[:1])
mm = mock.MagicMock()
mm.__len__.return_value = 7
mm.__getitem__.side_effect = lambda k: k * 2
mm.a.b.c(1)
print(len(mm), mm[4], bool(mm), mm.mock_calls[-2:], isinstance(mock.MagicMock(spec=dict), dict), mock.sentinel.x, mock.ANY == 3)
with mock.patch.object(Api, "size", new_callable=mock.PropertyMock) as size:
    size.return_value = 99
    print(Api().size)


@mock.patch("math.sqrt", return_value=-1)
@mock.patch("math.floor")
def decorated(floor, sqrt):
    import math
    print(math.sqrt(4), floor is math.floor)


decorated()


class Async(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.m = mock.AsyncMock(return_value=4)

    async def test_it(self):
        self.assertEqual(await self.m(1), 4)
        self.m.assert_awaited_once_with(1)


import logging
logging.getLogger("asyncio").setLevel(logging.ERROR)   # a slow machine's slow steps are warned of
print(unittest.TextTestRunner(stream=io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(Async)))
