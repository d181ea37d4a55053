"""Trees whose nodes know their parents: every tree is cyclic garbage once it is dropped, for the collector to find."""

from _parallel import arguments, run_threads, share

DEPTH = 8


class Node:
    def __init__(self, parent, value):
        self.parent = parent
        self.value = value
        self.children = []

    def grow(self, depth):
        if depth:
            for side in (1, 2):
                child = Node(self, self.value * 2 + side)
                self.children.append(child)
                child.grow(depth - 1)

    def total(self):
        return self.value + sum(child.total() for child in self.children)

    def depth(self):
        node, steps = self, 0
        while node.parent is not None:
            node, steps = node.parent, steps + 1
        return steps


def build(numbers):
    checksum = 0
    kept = []
    for number in numbers:
        root = Node(None, number)
        root.grow(DEPTH)
        leaf = root
        while leaf.children:
            leaf = leaf.children[number & 1]
        checksum += root.total() % 1000003 + leaf.depth()
        kept.append(leaf.parent)            # a few survive for a while, held by a node in the middle
        if len(kept) > 5:
            kept.pop(0)
    return checksum


if __name__ == "__main__":
    threads, scale = arguments()
    trees = max(1, round(1700 * scale))
    total = sum(run_threads(threads, lambda k: build(share(trees, threads, k))))
    print(f"{trees} trees of {2 ** (DEPTH + 1) - 1} nodes, checksum {total}")
