"""A small inventory program: classes, dicts, formatting and errors working together."""

class OutOfStock(Exception):
    pass

class Item:
    def __init__(self, name, price, quantity):
        self.name, self.price, self.quantity = name, price, quantity

    def __repr__(self):
        return f"Item({self.name!r}, {self.price}, {self.quantity})"

class Inventory:
    def __init__(self):
        self._items = {}
        self.history = []

    def add(self, name, price, quantity=1):
        if name in self._items:
            self._items[name].quantity += quantity
        else:
            self._items[name] = Item(name, price, quantity)
        self.history.append(("add", name, quantity))
        return self

    def sell(self, name, quantity=1):
        try:
            item = self._items[name]
        except KeyError:
            raise OutOfStock(f"no such item: {name}") from None
        if item.quantity < quantity:
            raise OutOfStock(f"only {item.quantity} of {name}")
        item.quantity -= quantity
        if not item.quantity:
            del self._items[name]
        self.history.append(("sell", name, -quantity))
        return item.price * quantity

    def __iter__(self):
        return iter(sorted(self._items.values(), key=lambda i: i.name))

    def __len__(self):
        return sum(i.quantity for i in self._items.values())

    def __contains__(self, name):
        return name in self._items

    @property
    def value(self):
        return sum(i.price * i.quantity for i in self)

    def report(self):
        yield f"{'name':<10}|{'price':>8}|{'qty':>4}"
        yield "-" * 24
        for item in self:
            yield f"{item.name:<10}|{item.price:>8.2f}|{item.quantity:>4}"
        yield f"{'total':<10}|{self.value:>8.2f}|{len(self):>4}"

inv = Inventory()
inv.add("widget", 2.5, 10).add("gadget", 10, 3).add("doohickey", 0.333, 100).add("widget", 2.5, 5)
print("\n".join(inv.report()))
for name, quantity in (("widget", 4), ("gadget", 5), ("gizmo", 1), ("gadget", 3)):
    try:
        print(f"sold {quantity} {name}: {inv.sell(name, quantity):.2f}")
    except OutOfStock as error:
        print("cannot sell:", error, error.__cause__, error.__suppress_context__)
print("gadget" in inv, list(inv), len(inv.history))
totals = {}
for action, name, quantity in inv.history:
    totals.setdefault(name, []).append(quantity)
print({name: (sum(q), len(q)) for name, q in sorted(totals.items())})
*_, last = inv.report()
print(last)
