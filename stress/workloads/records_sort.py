"""Dataclasses and sorting: threads make, order, group and merge records with several keys."""

import heapq
from dataclasses import dataclass, field, replace
from operator import attrgetter

from _parallel import arguments, run_threads, share

BLOCK = 500


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int
    label: str = ""


@dataclass(frozen=True)
class Package:
    name: str
    version: Version
    size: int
    tags: tuple = field(default=(), compare=False)


def make(i):
    mixed = (i * 2654435761) & 0xFFFFFFFF
    return Package(f"lib{mixed % 211:03d}", Version(mixed >> 8 & 7, mixed >> 12 & 15, "rc" if mixed & 1 else ""), mixed % 10007, ("t", mixed % 5))


def block(first, last):
    """Sorted by name, newest version first, and by size; the digest of both orders."""
    packages = [make(i) for i in range(first, last)]
    packages.sort(key=attrgetter("version"), reverse=True)
    packages.sort(key=attrgetter("name"))
    by_size = sorted(packages, key=lambda package: (package.size, package.name))
    newest = {}
    for package in packages:
        newest.setdefault(package.name, replace(package, size=package.size + 1))
    digest = 0
    for place, (a, b) in enumerate(zip(packages, by_size)):
        digest = (digest * 31 + a.size * place + len(b.name) + (a == b)) % 1000000007
    smallest = heapq.nsmallest(3, newest.values(), key=lambda package: (package.version, package.name, package.size))
    return digest + sum(package.size for package in smallest) + len(set(packages))


def main():
    threads, scale = arguments()
    blocks = max(1, round(100 * scale))
    sums = run_threads(threads, lambda k: sum(block(i * BLOCK, (i + 1) * BLOCK) for i in share(blocks, threads, k)))
    print(f"{blocks * BLOCK} records, digest {sum(sums)}")


if __name__ == "__main__":
    main()
