"""Attribute kernels: load, store, slots, class attributes, properties, globals, changing shapes."""
from _timer import report

GLOBAL = 1


class Plain:
    shared = 1

    def __init__(self):
        self.a, self.b, self.c = 1, 2, 3

    @property
    def prop(self):
        return self.a


class Slotted:
    __slots__ = ("a",)


def load(n):
    o = Plain()
    for _ in range(n):
        o.b


def store(n):
    o = Plain()
    for i in range(n):
        o.b = i


def update(n):
    o = Plain()
    for _ in range(n):
        o.c += 1


def slot(n):
    o = Slotted()
    o.a = 1
    for _ in range(n):
        o.a


def class_attribute(n):
    o = Plain()
    for _ in range(n):
        o.shared


def prop(n):
    o = Plain()
    for _ in range(n):
        o.prop


def global_load(n):
    for _ in range(n):
        GLOBAL


def polymorphic(n):
    objects = [Plain(), Slotted()]
    objects[1].a = 1
    for i in range(n):
        objects[i & 1].a


def dict_mode(n):
    o = Plain()
    o.__dict__["d"] = 4
    for _ in range(n):
        o.d


report(load=load, store=store, update=update, slot=slot, class_attribute=class_attribute, prop=prop,
       global_load=global_load, polymorphic=polymorphic, dict_mode=dict_mode)
