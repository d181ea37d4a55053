"""Classes: attributes, methods, inheritance, super, class and static methods, properties."""

class Animal:
    count = 0

    def __init__(self, name):
        self.name = name
        Animal.count += 1

    def speak(self):
        return "..."

    def __str__(self):
        return f"{type(self).__name__}({self.name}): {self.speak()}"

class Dog(Animal):
    def speak(self):
        return "Woof"

class Puppy(Dog):
    def __init__(self, name, age):
        super().__init__(name)
        self.age = age

    def speak(self):
        return super().speak().lower() + "!"

pets = [Animal("thing"), Dog("Rex"), Puppy("Bit", 1)]
for p in pets:
    print(p)
print(Animal.count, Puppy.count, isinstance(pets[2], Dog), issubclass(Dog, Animal), isinstance(pets[0], Dog))
print([c.__name__ for c in Puppy.__mro__])

class Temperature:
    def __init__(self, celsius):
        self._c = celsius

    @property
    def fahrenheit(self):
        return self._c * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, f):
        self._c = (f - 32) * 5 / 9

    @classmethod
    def boiling(cls):
        return cls(100)

    @staticmethod
    def absolute_zero():
        return -273.15

t = Temperature.boiling()
print(t.fahrenheit, t._c, Temperature.absolute_zero(), t.absolute_zero())
t.fahrenheit = 212
print(t._c)
t.extra = "x"
print(sorted(vars(t)), hasattr(t, "extra"), getattr(t, "none", "default"))
del t.extra
print(hasattr(t, "extra"))
setattr(t, "z", 1)
print(t.z, t.__dict__)
try:
    t.missing
except AttributeError as error:
    print(error)
speak = pets[1].speak
print(speak(), Dog.speak(pets[1]), speak.__self__ is pets[1], speak == pets[1].speak)
