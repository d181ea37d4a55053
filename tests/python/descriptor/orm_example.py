"""A small declarative model library on descriptors and metaclasses: fields, validation, queries, inheritance."""

class Field:
    creation = 0
    def __init__(self, kind, default=None, check=None):
        self.kind, self.default, self.check = kind, default, check
        Field.creation += 1
        self.order = Field.creation
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, owner):
        if obj is None:
            return Query(self)
        return obj._values.get(self.name, self.default)
    def __set__(self, obj, value):
        if value is not None and not isinstance(value, self.kind):
            raise TypeError(f"{type(obj).__name__}.{self.name}: expected {self.kind.__name__}, got {value!r}")
        if self.check and not self.check(value):
            raise ValueError(f"{type(obj).__name__}.{self.name}: {value!r} refused")
        obj._values[self.name] = value

class Query:
    def __init__(self, field, op="", value=None): self.field, self.op, self.value = field, op, value
    def __eq__(self, v): return Query(self.field, "==", v)
    def __gt__(self, v): return Query(self.field, ">", v)
    def __and__(self, other): return Both(self, other)
    def __invert__(self): return Not(self)
    def match(self, obj):
        have = obj._values.get(self.field.name, self.field.default)
        return have == self.value if self.op == "==" else have > self.value
    def __repr__(self): return f"{self.field.name} {self.op} {self.value!r}"
    __hash__ = None

class Both(Query):
    def __init__(self, a, b): self.a, self.b = a, b
    def match(self, obj): return self.a.match(obj) and self.b.match(obj)
    def __repr__(self): return f"({self.a!r} and {self.b!r})"

class Not(Query):
    def __init__(self, q): self.q = q
    def match(self, obj): return not self.q.match(obj)
    def __repr__(self): return f"not {self.q!r}"

class ModelMeta(type):
    def __new__(mcs, name, bases, ns, abstract=False):
        cls = super().__new__(mcs, name, bases, ns)
        fields = {}
        for base in reversed(cls.__mro__):
            fields.update({k: v for k, v in vars(base).items() if isinstance(v, Field)})
        cls.fields = dict(sorted(fields.items(), key=lambda kv: kv[1].order))
        if not abstract:
            cls.rows = []
        return cls
    def __iter__(cls): return iter(cls.rows)
    def __len__(cls): return len(cls.rows)

class Model(metaclass=ModelMeta, abstract=True):
    def __init__(self, **values):
        self._values = {}
        unknown = values.keys() - type(self).fields.keys()
        if unknown:
            raise TypeError(f"unknown fields: {', '.join(sorted(unknown))}")
        for k, v in values.items():
            setattr(self, k, v)
        type(self).rows.append(self)
    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}={getattr(self, k)!r}' for k in type(self).fields)})"
    @classmethod
    def where(cls, q): return [r for r in cls if q.match(r)]

class Person(Model):
    name = Field(str)
    age = Field(int, default=0, check=lambda v: v >= 0)

class Worker(Person):
    salary = Field((int), default=100)

Person(name="Ann", age=30)
Person(name="Bob", age=20)
Person(name="Cy")
Worker(name="Dee", salary=500, age=41)
print(Person.fields.keys(), Worker.fields.keys(), len(Person), len(Worker), list(Person), list(Worker))
print(Person.where(Person.age > 10), Person.where(~(Person.name == "Bob") & (Person.age > 5)), ~(Person.name == "x"), (Worker.salary == 500) & (Worker.age > 1))
for bad in (lambda: Person(name=5), lambda: Person(age=-1), lambda: Person(height=3, width=1), lambda: Worker(name="x", salary="lots")):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
p = Person.rows[1]
p.age += 1
p.name = None
print(p, Person.where(Person.age == 21), bool(len(Model.__subclasses__()) == 1))
