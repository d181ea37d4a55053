"""N-body simulation: the threads compute the forces on their share of the bodies, a barrier separates the time steps."""

import math
import threading

from _parallel import arguments, run_threads, share

BODIES = 96
DT = 0.001


def start():
    """Bodies on a spiral, their masses and velocities fixed by a small generator."""
    seed, bodies = 42, []
    for i in range(BODIES):
        seed = (seed * 1103515245 + 12345) % 2147483648
        angle, radius = i * 2.399963, 1.0 + seed / 2147483648 * 9.0
        bodies.append([radius * math.cos(angle), radius * math.sin(angle), (i % 7 - 3) * 0.1,
                       -math.sin(angle) * 0.3, math.cos(angle) * 0.3, 0.0, 0.5 + i % 5])
    return [list(column) for column in zip(*bodies)]


def simulate(threads, steps):
    xs, ys, zs, vxs, vys, vzs, masses = start()
    barrier = threading.Barrier(threads)

    def work(k):
        mine = share(BODIES, threads, k)
        everyone = range(BODIES)
        for _ in range(steps):
            for i in mine:
                x, y, z = xs[i], ys[i], zs[i]
                ax = ay = az = 0.0
                for j in everyone:
                    dx, dy, dz = xs[j] - x, ys[j] - y, zs[j] - z
                    distance = dx * dx + dy * dy + dz * dz + 0.01
                    force = masses[j] / (distance * math.sqrt(distance))
                    ax += dx * force
                    ay += dy * force
                    az += dz * force
                vxs[i] += DT * ax
                vys[i] += DT * ay
                vzs[i] += DT * az
            barrier.wait()
            for i in mine:
                xs[i] += DT * vxs[i]
                ys[i] += DT * vys[i]
                zs[i] += DT * vzs[i]
            barrier.wait()

    run_threads(threads, work)
    energy = 0.0
    for i in range(BODIES):
        energy += 0.5 * masses[i] * (vxs[i] ** 2 + vys[i] ** 2 + vzs[i] ** 2)
        for j in range(i):
            gap = math.sqrt((xs[i] - xs[j]) ** 2 + (ys[i] - ys[j]) ** 2 + (zs[i] - zs[j]) ** 2 + 0.01)
            energy -= masses[i] * masses[j] / gap
    return energy


if __name__ == "__main__":
    threads, scale = arguments()
    print(f"energy {simulate(threads, max(1, round(420 * scale))):.12f}")
