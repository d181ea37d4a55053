"""Paths of characters that no file name can have: os.path works on text all the same."""

import os.path
import zoneinfo

for path in ("a/\ud800/../b", "\ud800", "//\udfff/./\U0001f600/..", "x\0y/../z", "a\0b/.", "a//b\udc80", "\u20ac/../..", "/../\ud800", "é/" * 40 + ".." ):
    print(ascii(os.path.normpath(path)), ascii(os.path.abspath("/" + path)), ascii(os.path.split(path)), os.path.exists(path))
try: zoneinfo.ZoneInfo("America/New\ud800York")
except zoneinfo.ZoneInfoNotFoundError as e: print(ascii(e))
