"""Linked list, stack, queue and binary search tree as classes."""

class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next

class Linked:
    def __init__(self, items=()):
        self.head = None
        for item in reversed(list(items)):
            self.push(item)

    def push(self, value):
        self.head = Node(value, self.head)

    def __iter__(self):
        node = self.head
        while node is not None:
            yield node.value
            node = node.next

    def reverse(self):
        previous, node = None, self.head
        while node:
            node.next, previous, node = previous, node, node.next
        self.head = previous

    def __len__(self):
        return sum(1 for _ in self)

    def __repr__(self):
        return " -> ".join(map(repr, self)) or "empty"

l = Linked("abcd")
l.push(0)
print(l, len(l), "c" in l)
l.reverse()
print(l, Linked())

class Tree:
    def __init__(self):
        self.root = None
        self.size = 0

    def insert(self, key):
        link, node = ("root", self), self.root
        parent = None
        while node:
            parent = node
            if key == node["key"]:
                return False
            node = node["left" if key < node["key"] else "right"]
        fresh = {"key": key, "left": None, "right": None}
        if parent is None:
            self.root = fresh
        else:
            parent["left" if key < parent["key"] else "right"] = fresh
        self.size += 1
        return True

    def walk(self, node="root"):
        if node == "root":
            node = self.root
        if node:
            yield from self.walk(node["left"])
            yield node["key"]
            yield from self.walk(node["right"])

    def height(self, node="root"):
        node = self.root if node == "root" else node
        return 0 if node is None else 1 + max(self.height(node["left"]), self.height(node["right"]))

t = Tree()
for k in (50, 30, 70, 20, 40, 60, 80, 30, 65):
    print(t.insert(k), end=" ")
print()
print(list(t.walk()), t.size, t.height())
chain = None
for i in range(50000):
    chain = Node(i, chain)
n = 0
while chain:
    n += chain.value
    chain = chain.next
print(n)
