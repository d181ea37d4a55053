"""Runs one test module of the CPython test-suite inside the interpreter under test and reports method by method.

usage: PYTHON runner.py MODULE REPORT [SKIP]

Lines are appended to the file REPORT, their fields separated by tabs, as things happen, so that a crash or a hang loses nothing:
  S ID                  the method begins
  R ID RESULT REASON    it has ended: pass, fail, error, skip, xfail, xpass
  N REASON              the module cannot be run here (skipped as a whole)
  X REASON              the module cannot be imported or loaded
  E                     the module has been run to its end
SKIP names a file of method ids, one a line, that are not run (those of an earlier, interrupted run).

Only modules that every test needs anyway are imported: what this program imports must work before anything can be measured.
"""

import os
import sys
import unittest

# Modules whose tests do nothing unless test_main() has chosen what is tested.
NEEDS_TEST_MAIN = {"test.test_xml_etree", "test.test_xml_etree_c"}


class Report:
    def __init__(self, path):
        self.stream = open(path, "a", encoding="utf-8", errors="backslashreplace")

    def write(self, *fields):
        line = "\t".join(field.replace("\t", " ").replace("\n", " ") for field in fields)
        self.stream.write(line + "\n")
        self.stream.flush()


def reason_of(err):
    """'TypeError: message' of an exc_info triple, one line."""
    try:
        message = str(err[1]).strip()
    except Exception as error:
        message = f"<str() raised {type(error).__name__}>"
    lines = [line for line in message.splitlines() if line.strip()]
    return f"{err[0].__name__}: {lines[0] if lines else ''}"[:300]


class MethodResult(unittest.TestResult):
    """A method passes if it and all of its subtests do; the worst outcome counts when an id comes twice."""

    def __init__(self, report):
        super().__init__()
        self.report = report
        self.outcome = None

    def startTest(self, test):
        super().startTest(test)
        self.outcome = ("pass", "")
        self.report.write("S", test.id())

    def note(self, test, result, reason):
        if self.outcome is None:        # setUpClass, setUpModule: no method of its own
            self.report.write("R", test.id(), result, reason)
        elif self.outcome[0] in ("pass", "skip"):
            self.outcome = (result, reason)

    def stopTest(self, test):
        super().stopTest(test)
        self.report.write("R", test.id(), *self.outcome)
        self.outcome = None
        self.failures.clear()           # tracebacks keep the tests' objects alive
        self.errors.clear()

    def addError(self, test, err):
        self.note(test, "error", reason_of(err))

    def addFailure(self, test, err):
        self.note(test, "fail", reason_of(err))

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note(test, "fail" if issubclass(err[0], test.failureException) else "error", reason_of(err))

    def addSkip(self, test, reason):
        if self.outcome is None or self.outcome[0] == "pass":
            self.note(test, "skip", str(reason))

    def addExpectedFailure(self, test, err):
        self.note(test, "xfail", reason_of(err))

    def addUnexpectedSuccess(self, test):
        self.note(test, "xpass", "unexpected success")


def without(suite, skip):
    """The suite less the tests whose id is in `skip`, its nesting kept."""
    kept = []
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            kept.append(without(test, skip))
        elif test.id() not in skip:
            kept.append(test)
    return type(suite)(kept)


def run_test_main(module, run):
    """A module with test_main() sets things up there before it hands over its classes, as regrtest lets it; run(suite) is given what it hands over."""
    from test import support
    unittest_runner = support.run_unittest
    loader = unittest.defaultTestLoader
    support.run_unittest = lambda *classes: run(unittest.TestSuite(
        part if isinstance(part, (unittest.TestSuite, unittest.TestCase)) else loader.loadTestsFromModule(sys.modules[part]) if isinstance(part, str)
        else loader.loadTestsFromTestCase(part) for part in classes))
    try:
        module.test_main()
    finally:
        support.run_unittest = unittest_runner


def main(module_name, report_path, skip_path=None):
    report = Report(report_path)
    skip = set()
    if skip_path:
        with open(skip_path, encoding="utf-8") as lines:
            skip = set(lines.read().splitlines())
    try:
        from test import support
        support.use_resources = []      # as regrtest without -u
        __import__(module_name)
        suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module_name])
    except unittest.SkipTest as reason:
        report.write("N", str(reason))
        return
    except BaseException:
        report.write("X", reason_of(sys.exc_info()))
        return
    result = MethodResult(report)
    module = sys.modules[module_name]
    if module_name in NEEDS_TEST_MAIN:
        run_test_main(module, lambda suite: without(suite, skip).run(result))
    else:
        without(suite, skip).run(result)
    report.write("E")


if __name__ == "__main__":
    main(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(0)                         # threads that a failed test left behind must not hold up the harness
