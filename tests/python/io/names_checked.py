# -X dev looks up names of codecs and error handlers that make no difference; -X warn_default_encoding warns of opening without an encoding.
# command: -X dev $SCRIPT names
# command: -X warn_default_encoding $SCRIPT warn
# command: $SCRIPT names
import io
import sys

if sys.argv[1] == "names":
    for data in ("", "text"):
        for what in (lambda e, h: data.encode(e, h), lambda e, h: bytes(data, e, h), lambda e, h: bytearray(data, e, h),
                     lambda e, h: data.encode().decode(e, h), lambda e, h: str(data.encode(), e, h),
                     lambda e, h: io.TextIOWrapper(io.BytesIO(), e, h).errors):
            for names in (("ascii", "none such"), ("utf8", "none such"), ("latin1", "none such"), ("none such", "strict"), ("utf-8", "replace")):
                try:
                    print(what(*names), end=" ")
                except LookupError as e:
                    print(e, end="; ")
            print()
else:
    import warnings
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        open(__file__).close()
        open(__file__, encoding="locale").close()
        open(__file__, "rb").close()
        io.TextIOWrapper(io.BytesIO())
        io.TextIOWrapper(io.BytesIO(), "utf-8")
    print([(type(w.message).__name__, str(w.message), w.lineno) for w in caught])
