# Context managers written in Python, the first use of each: one that has been entered is left, or else it would keep its lock for ever.
import sys

entered = []


class Plain:
    def __enter__(self):
        entered.append(self)

    def __exit__(self, exc_type, exc, tb):
        entered.remove(self)


class Swallowing:
    def __enter__(self):
        entered.append(self)

    def __exit__(self, exc_type, exc, tb):
        entered.remove(self)
        return exc_type is KeyError


class Inherited(Plain):
    def __exit__(self, exc_type, exc, tb):
        Plain.__exit__(self, exc_type, exc, tb)


class Awaited:
    async def __aenter__(self):
        entered.append(self)

    async def __aexit__(self, exc_type, exc, tb):
        entered.remove(self)


def plain():
    with Plain():
        pass


def swallowing():
    with Swallowing():
        raise KeyError("swallowed")


def inherited():
    with Inherited(), Plain():
        pass


def awaited():
    async def main():
        async with Awaited():
            pass

    try:
        main().send(None)
    except StopIteration:
        pass


for use in (plain, swallowing, inherited, awaited):
    try:
        use()
        print(use.__name__)
    except MemoryError:
        print("MemoryError", file=sys.stderr)
    if entered:
        raise SystemError(f"{use.__name__}: a manager that was entered has not been left")
