# unittest: suites loaded, run, skipped, expected to fail, timed out of the way, with sub-tests, fixtures of every level and every assertion's message.
import asyncio
import io
import logging
import re
import sys
import unittest
import warnings

order = []


def setUpModule():
    order.append("setUpModule")
    unittest.addModuleCleanup(order.append, "module cleanup")


def tearDownModule():
    order.append("tearDownModule")


class Fixtures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        order.append("setUpClass")
        cls.addClassCleanup(order.append, "class cleanup")

    @classmethod
    def tearDownClass(cls):
        order.append("tearDownClass")

    def setUp(self):
        self.addCleanup(order.append, f"cleanup {self._testMethodName}")

    def test_passes(self):
        """A first line.

        More."""
        order.append("passes")

    @unittest.skip("not today")
    def test_skipped(self): pass

    @unittest.skipIf(sys.version_info > (3,), "too new")
    def test_conditional(self): pass

    @unittest.expectedFailure
    def test_expected(self): self.fail("as expected")

    @unittest.expectedFailure
    def test_unexpected(self): pass

    def test_subtests(self):
        for i in range(4):
            with self.subTest("number", i=i):
                self.assertEqual(i % 2, 0)
        with self.subTest():
            raise RuntimeError("in a sub-test")

    def test_error(self): raise KeyError("broken")

    def test_skip_inside(self): self.skipTest("inside")


MESSAGES = [
    lambda s: s.assertEqual(1, 2, "my words"), lambda s: s.assertEqual([1, 2, 3], [1, 5, 3, 4]), lambda s: s.assertEqual({"a": 1, "b": [1]}, {"a": 2, "b": [1]}), lambda s: s.assertEqual({1, 2}, {2, 3}), lambda s: s.assertEqual("one\ntwo\n", "one\n2\n"),
    lambda s: s.assertEqual((1,), (1, 2)), lambda s: s.assertTrue(0), lambda s: s.assertIsNone(5), lambda s: s.assertIs([], []), lambda s: s.assertIn(1, [2]), lambda s: s.assertIsInstance(1, str), lambda s: s.assertNotIsInstance(1, int), lambda s: s.assertAlmostEqual(1.0, 1.1), lambda s: s.assertAlmostEqual(1, 1.5, delta=.2),
    lambda s: s.assertGreater(1, 2), lambda s: s.assertLessEqual(2, 1), lambda s: s.assertRegex("abc", "x+"), lambda s: s.assertNotRegex("abc", "b"), lambda s: s.assertCountEqual([1, 1, 2], [1, 2, 2]), lambda s: s.assertRaises(ValueError, int, "1"), lambda s: s.assertRaisesRegex(ValueError, "nope", int, "x"),
    lambda s: s.assertWarns(UserWarning, len, ""), lambda s: s.assertMultiLineEqual("a" * 90, "a" * 89 + "b"), lambda s: s.assertSequenceEqual([1], (1, 2), seq_type=None), lambda s: s.assertNotAlmostEqual(1, 1.00000001), lambda s: s.assertDictEqual({}, []), lambda s: s.assertLogs("x", "INFO").__enter__() and s.fail(None),
    lambda s: s.assertNotEqual(1, True), lambda s: s.assertListEqual(list(range(50)), list(range(49)) + [0]),
]


class Messages(unittest.TestCase):
    maxDiff = 600

    def test_all(self):
        for i, m in enumerate(MESSAGES):
            try:
                m(self)
                print(i, "passed")
            except AssertionError as e:
                print(i, e)

    def test_contexts(self):
        with self.assertRaises(ValueError) as caught:
            int("x")
        print(caught.exception)
        with self.assertLogs("lib", "WARNING") as logs, self.assertNoLogs("other"):
            logging.getLogger("lib.x").warning("careful")
        print(logs.output)
        with self.assertWarnsRegex(DeprecationWarning, "old"):
            warnings.warn("very old", DeprecationWarning)
        try:
            with self.assertNoLogs(level="INFO"):
                logging.getLogger("noisy").error("e")
        except AssertionError as e:
            print(e)
        try:
            with self.assertLogs("quiet"):
                pass
        except AssertionError as e:
            print(e)


class Async(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.queue = asyncio.Queue()
        self.addAsyncCleanup(self.clean)

    async def clean(self):
        order.append(f"async cleanup {self.queue.qsize()}")

    async def test_queue(self):
        await self.queue.put(1)
        self.assertEqual(self.queue.qsize(), 1)

    async def test_fails(self):
        self.assertEqual(await asyncio.sleep(0, 2), 3)


class BrokenClass(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise OSError("no class")

    def test_never(self): pass


def show(text):
    text = re.sub(r"in \d+\.\d+s", "in TIME", text)
    print("\n".join(line for line in text.splitlines() if not line.startswith("  ")))


loader = unittest.TestLoader()
suite = loader.loadTestsFromModule(sys.modules["__main__"])
print(suite.countTestCases(), [type(t).__name__ for t in suite])
stream = io.StringIO()
result = unittest.TextTestRunner(stream, verbosity=2).run(suite)
show(stream.getvalue())
print(result, result.wasSuccessful(), len(result.unexpectedSuccesses))
print(order)
for names in ("__main__.Fixtures.test_passes", "__main__.Nope", "no_such_module_x", "__main__.Fixtures.absent"):
    r = unittest.TestResult()
    loader.loadTestsFromName(names)(r)
    print(names, r.testsRun, [t[1].strip().splitlines()[-1] for t in r.errors])
loader.testMethodPrefix, loader.testNamePatterns = "test_s", ["*skip*"]
print(loader.getTestCaseNames(Fixtures))
stream = io.StringIO()
print(unittest.TextTestRunner(stream, failfast=True, buffer=True, resultclass=None).run(unittest.TestSuite([Fixtures("test_error"), Fixtures("test_passes"), unittest.FunctionTestCase(lambda: None, description="d")])).testsRun)
program = unittest.main(argv=["prog", "Fixtures.test_passes", "-q"], exit=False, testRunner=unittest.TextTestRunner(io.StringIO()))
print(program.result.testsRun, Fixtures("test_passes").shortDescription(), Fixtures("test_passes"), Fixtures("test_passes") == Fixtures("test_passes"), unittest.TestSuite([Fixtures("test_error")]))
