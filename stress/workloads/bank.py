"""A bank: threads move money between accounts that each have a lock, taken in the order of the account numbers."""

import threading

from _parallel import arguments, run_threads, share

ACCOUNTS = 64
OPENING = 10_000


class Account:
    def __init__(self, number):
        self.number = number
        self.balance = OPENING
        self.transfers = 0
        self.lock = threading.Lock()

    def deposit(self, amount):
        self.balance += amount
        self.transfers += 1

    def withdraw(self, amount):
        self.balance -= amount
        self.transfers += 1


def transfer(source, target, amount):
    first, second = (source, target) if source.number < target.number else (target, source)
    with first.lock:
        with second.lock:
            source.withdraw(amount)
            target.deposit(amount)


def order(i):
    """The i-th transfer: which accounts and how much."""
    mixed = (i * 2654435761) & 0xFFFFFFFF
    source = mixed % ACCOUNTS
    target = (source + 1 + (mixed >> 8) % (ACCOUNTS - 1)) % ACCOUNTS
    return source, target, (mixed >> 16) % 100 + 1


def main():
    threads, scale = arguments()
    total = max(1, round(1_350_000 * scale))
    accounts = [Account(number) for number in range(ACCOUNTS)]

    def work(k):
        for i in share(total, threads, k):
            source, target, amount = order(i)
            transfer(accounts[source], accounts[target], amount)

    run_threads(threads, work)
    assert sum(account.balance for account in accounts) == ACCOUNTS * OPENING, "money was made or lost"
    assert sum(account.transfers for account in accounts) == 2 * total, "a transfer was lost"
    checksum = sum(account.number * account.balance for account in accounts)
    print(f"{total} transfers, {ACCOUNTS} accounts, checksum {checksum}")


if __name__ == "__main__":
    main()
