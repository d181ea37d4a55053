"""Matrix arithmetic by nested lists: multiply, transpose, determinant, inverse."""

def multiply(a, b):
    return [[sum(x * y for x, y in zip(row, col)) for col in zip(*b)] for row in a]

def transpose(m):
    return [list(col) for col in zip(*m)]

def determinant(m):
    if len(m) == 1:
        return m[0][0]
    total = 0
    for j, value in enumerate(m[0]):
        minor = [row[:j] + row[j + 1:] for row in m[1:]]
        total += (-1) ** j * value * determinant(minor)
    return total

def identity(n):
    return [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]

def inverse(m):
    n = len(m)
    a = [list(map(float, row)) + unit for row, unit in zip(m, identity(n))]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(a[r][i]))
        if a[p][i] == 0:
            raise ValueError("singular matrix")
        a[i], a[p] = a[p], a[i]
        d = a[i][i]
        a[i] = [x / d for x in a[i]]
        for r in range(n):
            if r != i:
                f = a[r][i]
                a[r] = [x - f * y for x, y in zip(a[r], a[i])]
    return [row[n:] for row in a]

def power(m, k):
    result = [[int(i == j) for j in range(len(m))] for i in range(len(m))]
    while k:
        if k & 1:
            result = multiply(result, m)
        m = multiply(m, m)
        k >>= 1
    return result

a = [[2, 1, 0], [1, 3, 1], [0, 1, 4]]
print(multiply(a, transpose(a)))
print(determinant(a), determinant([[5]]), determinant([[1, 2], [2, 4]]))
inv = inverse(a)
for row in multiply(a, inv):
    print([round(x, 10) + 0.0 for x in row])
print([[round(x, 4) for x in row] for row in inv])
try:
    inverse([[1, 2], [2, 4]])
except ValueError as error:
    print(error)
print(power([[1, 1], [1, 0]], 90)[0][1], power([[1, 1], [1, 0]], 300)[0][1])
