# Generators and objects with __del__ that are garbage together with the files they use: the files are closed last.
# flags: -W always
import gc
import xml.etree.ElementTree as ET

gc.disable()
with open("data.xml", "w") as f:
    f.write("<document/>junk")


def lines(keep):
    with open("data.xml") as f:
        try:
            keep.append(keep)
            yield f.read(3)
        finally:
            print("closing", f.closed, f.read(3))


class Owner:
    def __init__(self):
        self.me = self
        self.file = open("data.xml", "rb")

    def __del__(self):
        print("owner", self.file.closed, self.file.read(2))
        self.file.close()


for i in range(5):
    cell = []
    g = lines(cell)
    cell.append(g)
    print(next(g))
    del g, cell
    gc.collect()
    Owner()
    gc.collect()
for i in range(5):
    it = ET.iterparse("data.xml")
    del it
    gc.collect()


def both():
    owner, cell = Owner(), []
    g = lines(cell)
    next(g)
    cell += [g, owner]
    owner.cell = cell


both()
gc.collect()
