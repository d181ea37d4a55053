# Threads share the East Asian codecs: tables that all of them want first, and one encoder and decoder that take whole pieces in turns.
import codecs
import threading

NAMES = "gb18030 big5hkscs euc_jis_2004 cp949 johab iso2022_jp_2 cp932 hz".split()
TEXT = "\u4e00\u4e8c\u4e09 abc \u5341"


def run(function, count=4):
    barrier = threading.Barrier(count)
    failures = []

    def work(number):
        barrier.wait()
        try:
            function(number)
        except BaseException as error:
            failures.append(repr(error))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def first_use(number):
    for name in NAMES[number:] + NAMES[:number]:
        for _ in range(20):
            assert TEXT.encode(name).decode(name) == TEXT, name


print("first use", run(first_use))

# Whatever the order, each piece comes out whole: nothing waits between them, for each ends in ASCII.
decoder = codecs.getincrementaldecoder("gb18030")()
pieces = [[] for _ in range(4)]
data = TEXT.encode("gb18030")


def decode(number):
    for _ in range(300):
        pieces[number].append(decoder.decode(data + b"."))


print("pieces", run(decode), set(map(tuple, pieces)) == {(TEXT + ".",) * 300}, decoder.getstate())

# Halves of characters: all bytes are in somebody's text, though not in what order.
decoder = codecs.getincrementaldecoder("big5")("replace")
total = [0] * 4


def halves(number):
    for _ in range(300):
        total[number] += len(decoder.decode(b"\xa4"))


print("halves", run(halves), sum(total) == 600, decoder.getstate())

# An encoder that keeps the last character back, with an error handler that lets others in, while its errors and state are changed.
codecs.register_error("test.marks", lambda error: ("?", error.end))
encoder = codecs.getincrementalencoder("euc_jis_2004")("test.marks")


def encode(number):
    for i in range(200):
        if number == 0:
            encoder.errors = ("replace", "test.marks")[i % 2]
            encoder.setstate(encoder.getstate())
        elif number == 1 and i % 50 == 0:
            encoder.reset()
        else:
            assert set(encoder.encode("\xe6\ua000\u304b")) <= set("?".encode() + "\u304b\xe6\u304b\u309a".encode("euc_jis_2004"))


print("errors", run(encode))
