# The line and the carets of SyntaxErrors whose places lie outside of the text, or in one of several lines.
import sys,traceback
cases=[("bad.py", 1, 2, "abcdefg", 1, 7),("bad.py", 1, 2, "abcdefg", 1, 3),("bad.py", 1, 2, "abcdefg", 1, -2),("bad.py", 1, 4, "abcdefg", 1, 2),("bad.py", 1, -4, "abcdefg", 1, -2),("bad.py", 1, -4, "abcdefg", 1, -5),("bad.py", 1, 0, "abcdefg", 1, 0),("bad.py", 1, 0, "abcdefg", 1, 5),("bad.py", 1, 2, "abcdefg", 1, 100),("bad.py", 1, 20, "abcdefg", 1, 100),("bad.py", 1, 8, "abcdefg", 1, 9),("bad.py", 1, 2, "abcdefg", 2, 5),("bad.py", 1, 2, "  abcdefg\n", 1, 5),("bad.py", 1, 1, "\té€abcdefg\n", 1, 15),("bad.py", 1, 2, "abcdefg")]
for a in cases:
    try: raise SyntaxError("bad bad", a)
    except SyntaxError as exc: sys.__excepthook__(*sys.exc_info()); 
for text in ("abcdefg\n", "  abc\n", "ab\ncdefg\n", "", "\n", "abc"):
    for a in ((1,2,100),(1,20,30),(1,1,0),(2,1,3),(1,len(text),len(text)+1),(1,len(text)+1,len(text)+5), (1,3,4)):
        try: raise SyntaxError("bad bad", ("bad.py", 1, a[1], text, a[0], a[2]))
        except SyntaxError as exc: sys.__excepthook__(*sys.exc_info())
