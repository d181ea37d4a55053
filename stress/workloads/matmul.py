"""Matrix multiplication on lists of lists: every thread computes its share of the rows of the product."""

from _parallel import arguments, run_threads, share


def matrix(n, a, b):
    return [[(i * a + j * b) % 17 - 8 + (i ^ j) % 3 * 0.25 for j in range(n)] for i in range(n)]


def multiply(threads, left, right):
    n = len(left)
    columns = [[row[j] for row in right] for j in range(n)]
    product = [None] * n

    def work(k):
        for i in share(n, threads, k):
            row, out = left[i], []
            for column in columns:
                total = 0.0
                for j in range(n):
                    total += row[j] * column[j]
                out.append(total)
            product[i] = out

    run_threads(threads, work)
    return product


if __name__ == "__main__":
    threads, scale = arguments()
    n = max(4, round(310 * scale ** (1 / 3)))
    product = multiply(threads, matrix(n, 3, 5), matrix(n, 7, 2))
    trace = sum(product[i][i] for i in range(n))
    total = sum(map(sum, product))
    print(f"{n} x {n}: trace {trace}, sum {total}")
