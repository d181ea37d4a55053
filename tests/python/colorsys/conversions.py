# colorsys and mimetypes: colours converted both ways over a grid, palettes sorted; kinds of files guessed from names and addresses.
import colorsys
import mimetypes


GRID = [(r / 4, g / 4, b / 4) for r in range(5) for g in range(5) for b in range(5)]
for name in ("yiq", "hls", "hsv"):
    there, back = getattr(colorsys, f"rgb_to_{name}"), getattr(colorsys, f"{name}_to_rgb")
    worst = max(max(abs(x - y) for x, y in zip(rgb, back(*there(*rgb)))) for rgb in GRID)
    print(name, worst < 1e-9 or round(worst, 6), [tuple(round(x, 6) for x in there(*rgb)) for rgb in GRID[::17]])
print(colorsys.rgb_to_hls(0.5, 0.5, 0.5), colorsys.hls_to_rgb(0.1, 0.7, 0), [colorsys.hsv_to_rgb(i / 6, 1, 1) for i in range(7)], colorsys.hsv_to_rgb(0.5, 0, 0.3), colorsys.rgb_to_hsv(0, 0, 0), colorsys.yiq_to_rgb(2, 1, 1), colorsys.hls_to_rgb(1.5, 0.5, 1), colorsys.rgb_to_hsv(255, 128, 0))


def css(rgb):
    return "#" + "".join(f"{round(x * 255):02x}" for x in rgb)


print([css(colorsys.hls_to_rgb(i / 12, 0.5, 0.8)) for i in range(12)])
palette = sorted(GRID, key=lambda c: colorsys.rgb_to_hsv(*c))
print(css(palette[0]), css(palette[-1]), css(palette[60]))
for wrong in (lambda: colorsys.rgb_to_hls("1", 0, 0), lambda: colorsys.hsv_to_rgb(None, 1, 1), lambda: colorsys.rgb_to_hsv(1, 2), lambda: colorsys.hls_to_rgb(1j, 1, 1)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)

mimetypes.init(files=[])
for name in ("a.py", "a.tar.gz", "A.HTML", "x.tgz", "y.unknown", "noext", "http://h/p/q.png?x", "data:text/csv;base64,xx", "data:,x", "data:no", "dir/.bashrc", "a.svgz", "b.tar.xz", "c.json", "d.mjs", "e.webp", "f.jpg", "a.b.c.txt.Z", "", "file:///x.css", "w.webm", "q.GIF", "e.tar.unknown", "s.rtf"):
    print(name, mimetypes.guess_type(name), mimetypes.guess_type(name, strict=False) != mimetypes.guess_type(name))
print(mimetypes.guess_extension("text/html"), sorted(mimetypes.guess_all_extensions("image/jpeg")), mimetypes.guess_extension("x/none"), mimetypes.guess_extension("IMAGE/PNG"), mimetypes.guess_extension("image/jpg", strict=False))
db = mimetypes.MimeTypes()
db.add_type("application/x-weft", ".weft")
db.add_type("text/x-loose", ".weft", strict=False)
with open("types", "w") as f:
    f.write("# comment\ntext/x-a  a1 a2 # end\n\nx-only\ntext/x-b .b1\n")
db.read("types")
print(db.guess_type("q.weft"), db.guess_type("q.a2"), db.guess_extension("text/x-a"), db.guess_type("x.b1"), db.guess_type(__import__("pathlib").Path("p.py")), mimetypes.read_mime_types("types"), mimetypes.read_mime_types("absent"), db.guess_all_extensions("application/x-weft"))
with open("types") as f:
    db.readfp(f)
for wrong in (lambda: mimetypes.guess_type(5), lambda: db.read("absent"), lambda: mimetypes.guess_extension(5), lambda: db.add_type("a/b")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
