"""Splitting into and joining pieces of every length, in-place appending, replacing in short and long texts."""

for n in list(range(0, 20)) + [31, 32, 33, 63, 64, 65, 200]:
    words = ["abcdefghij"[: k % 11] * (1 + k % 3) for k in range(n)]
    for sep in ",", "--", "\xe9", "\u0100", "\U0001F600", "":
        text = sep.join(words)
        if sep:
            assert text.split(sep) == (words or [""]), (n, sep)
            assert text.split(sep, 3) == text.split(sep)[:3] + ([sep.join(text.split(sep)[3:])] if len(text.split(sep)) > 3 else []), (n, sep)
            assert text.rsplit(sep, 2)[-1] == (words or [""])[-1]
        assert len(text) == sum(map(len, words)) + len(sep) * max(0, n - 1)
    for wide in "\xff", "\u4e00", "\U00010000":
        mixed = [w + wide for w in words]
        assert ",".join(mixed).split(",") == (mixed or [""])
        assert wide.join(words) == words[0] + "".join(wide + w for w in words[1:]) if words else wide.join(words) == ""
print("a,b,,c,".split(","), ",".split(","), "".split(","), "abc".split("c"), "abcabc".split("a"), "x".split("x"), "\xe9a\xe9".split("\xe9"))
print(b"a,b,,c,".split(b","), bytearray(b"a,b").split(b","), ("x" * 50 + "," + "y" * 13).split(","), ("y" * 12 + ",z").split(","))
print("a\x00b\x00c".split("\x00"), "\x00".join("xyz"))


def grow(step, times):
    s = ""
    seen = []
    for i in range(times):
        s += step
        if i % 13 == 0:
            seen.append(s)
            hash(s)
        if i % 17 == 0:
            s.encode()
    assert s == step * times
    return [len(x) for x in seen], all(x == step * (len(x) // len(step)) for x in seen), hash(s) == hash(step * times)


for step in "x", "ab", "\xe9", "\u0100y", "\U0001F600", "abcdefghijklmnopqrstuvwxyz" * 2:
    print(grow(step, 70))


def aliases():
    a = "ab" + str(1)
    b = a
    a += "c"
    d = {a: 1}
    a += "d"
    k = [a]
    a += "e"
    return a, b, d, k, "ab1cd" in k


print(aliases(), aliases())


def passed(s):
    s += "x"
    return s


t = "ab" + str(2)
print(passed(t), t, passed(t + "y"), passed("q"))
for n in (0, 1, 5, 31, 32, 33, 100):
    s = "abca" * n
    print(n, s.count("a"), s.replace("a", "b").count("b"), len(s.replace("a", "xyz")), s.replace("a", "", 3).count("a"), s.count("ca"))
