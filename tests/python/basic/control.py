"""if, while, for, break, continue, else, pass and nested loops."""

def classify(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    elif n < 10:
        return "small"
    else:
        return "large"

print([classify(n) for n in (-5, 0, 5, 50)])
i = 0
while i < 10:
    i += 1
    if i % 2:
        continue
    if i == 8:
        break
    print(i, end=" ")
else:
    print("not reached")
print("after", i)
while i:
    i -= 1
else:
    print("exhausted", i)
for n in range(2, 20):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        print(n, end=" ")
print()
for x in []:
    print("never")
else:
    print("empty loop's else")
total = 0
for row in [[1, 2], [3, 4], [5]]:
    for value in row:
        if value == 4:
            break
        total += value
print(total)
print("yes" if total > 5 else "no", total and "and", 0 or "or", None or 0, 1 and 2 and 3)
print(not 0, not "x", not [], not None)
def spin():
    while True:
        for k in range(5):
            if k == 3:
                return k
print(spin())
x = 5
if x > 3 and (x < 4 or x == 5) and not x == 6:
    pass
    print("chain")
print(x if x else None, (lambda: x)())
