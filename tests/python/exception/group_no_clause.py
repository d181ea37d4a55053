# A clause of except* that matches nothing leaves the group itself to the next one; a traceback's place without a line.
import sys


def run(function):
    try:
        function()
    except BaseException as error:
        print(function.__name__, repr(error), error is group)
        place = error.__traceback__
        while place:
            print(place.tb_lineno, end=" ")
            place = place.tb_next
        print()


group = ExceptionGroup("g", [ValueError(1), ExceptionGroup("h", [KeyError(2)])])


def same_raised():
    try:
        raise group
    except* KeyboardInterrupt as e:
        print("never")
    except* BaseException as e:
        print(e is group)
        raise e


def part_raised():
    try:
        raise group
    except* KeyboardInterrupt as e:
        print("never")
    except* ValueError as e:
        raise e


def all_parts():
    try:
        raise group
    except* TypeError:
        print("never")
    except* (KeyError, ValueError) as e:
        print(e is group)
        raise e


def unhandled():
    try:
        raise group
    except* KeyboardInterrupt:
        print("never")
    except* TypeError:
        print("never")


def other_raised():
    try:
        raise group
    except* TypeError:
        print("never")
    except* Exception as e:
        print(e is group, sys.exc_info()[1] is group)
        raise KeyError("new")


class Odd(ExceptionGroup):
    def derive(self, exceptions):
        return None


def no_line():
    try:
        raise Odd("g", [ValueError(1), KeyError(2)])
    except* KeyError:
        raise


for function in (same_raised, part_raised, all_parts, unhandled, other_raised, no_line):
    run(function)
