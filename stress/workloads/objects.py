"""Objects with methods, attributes, inheritance and properties: a fleet of vehicles moves over a map, part by part."""

from _parallel import arguments, run_threads, share

VEHICLES = 240


class Vehicle:
    wheels = 4

    def __init__(self, number):
        self.number = number
        self.x = number % 16
        self.y = number // 16
        self.heading = number % 4
        self._fuel = 500
        self.distance = 0

    @property
    def fuel(self):
        return self._fuel

    @fuel.setter
    def fuel(self, value):
        self._fuel = value if value > 0 else 500

    def consumption(self):
        return 1

    def turn(self, by):
        self.heading = (self.heading + by) % 4

    def forward(self, steps):
        if self.heading == 0:
            self.x += steps
        elif self.heading == 1:
            self.y += steps
        elif self.heading == 2:
            self.x -= steps
        else:
            self.y -= steps
        self.distance += steps
        self.fuel -= steps * self.consumption()

    def step(self, tick):
        if (tick + self.number) % 5 == 0:
            self.turn(1)
        self.forward(1 + tick % 3)

    def position(self):
        return Point(self.x, self.y)


class Truck(Vehicle):
    wheels = 6

    def __init__(self, number):
        super().__init__(number)
        self.load = number % 9

    def consumption(self):
        return super().consumption() + self.load // 4

    def step(self, tick):
        super().step(tick)
        if tick % 7 == 0:
            self.load = (self.load * 3 + tick) % 9


class Bus(Vehicle):
    def __init__(self, number):
        super().__init__(number)
        self.passengers = []

    def step(self, tick):
        super().step(tick)
        if tick % 2:
            self.passengers.append(tick)
        elif len(self.passengers) > 5:
            self.passengers.pop(0)


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y


KINDS = (Vehicle, Truck, Bus)


def drive(numbers, ticks):
    """Moves the vehicles of this part and returns a checksum of where they end."""
    fleet = [KINDS[number % 3](number) for number in numbers]
    met = 0
    for tick in range(ticks):
        for vehicle in fleet:
            vehicle.step(tick)
    checksum = 0
    for vehicle in fleet:
        place = vehicle.position() + Point(vehicle.wheels, vehicle.fuel)
        met += place == Point(place.x, 7)
        checksum += (place.x * 31 + place.y) * (vehicle.number + 1) + vehicle.distance + getattr(vehicle, "load", 0)
    return checksum + met


if __name__ == "__main__":
    threads, scale = arguments()
    ticks = max(1, round(6000 * scale))
    total = sum(run_threads(threads, lambda k: drive(share(VEHICLES, threads, k), ticks)))
    print(f"{VEHICLES} vehicles, {ticks} ticks, checksum {total}")
