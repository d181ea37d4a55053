"""Regular expressions over lines: threads pick the fields out of a web server's log with shared patterns."""

import re

from _parallel import arguments, run_threads, share

ENTRY = re.compile(r'(?P<host>\d{1,3}(?:\.\d{1,3}){3}) - (?P<user>\S+) \[(?P<time>[^\]]+)\] '
                   r'"(?P<method>GET|POST|PUT) (?P<path>[^ "?]+)(?:\?(?P<query>[^ "]*))? HTTP/1\.[01]" (?P<status>\d{3}) (?P<size>\d+|-)')
PARAMETER = re.compile(r"([^=&]+)=([^&]*)")
BOT = re.compile(r"\b(?:crawler|spider|bot)\b", re.IGNORECASE)
NUMBER = re.compile(r"\d+")


def make_line(i):
    query = f"?id={i % 97}&sort=name&page={i % 7}" if i % 3 else ""
    agent = ("Mozilla/5.0 (X11; Linux) Gecko", "Example Spider/2.1", "curl/7.88", "searchBOT (+http://bots.example)")[i % 4]
    method = ("GET", "GET", "POST", "PUT", "DELETE")[i % 5]
    return (f'10.{i % 256}.{i * 7 % 256}.{i * 13 % 256} - {"-" if i % 2 else "user%d" % (i % 50)} [21/Nov/2026:10:{i % 60:02d}:00 +0000] '
            f'"{method} /shop/item{i % 31}/view{query} HTTP/1.1" {200 + i % 4 * 100} {i * 37 % 9000 or "-"} "{agent}"')


def digest(line):
    match = ENTRY.match(line)
    if match is None:
        return 1
    value = len(match["path"]) + int(match["status"]) + (0 if match["size"] == "-" else int(match["size"]))
    for key, text in PARAMETER.findall(match["query"] or ""):
        value += len(key) * len(text)
    if BOT.search(line, match.end()):
        value += 1000
    return value + len(NUMBER.sub("#", line)) + len(match["time"].split(":"))


def main():
    threads, scale = arguments()
    total = max(1, round(45_000 * scale))
    lines = [make_line(i) for i in range(total)]
    sums = run_threads(threads, lambda k: sum(digest(lines[i]) for i in share(total, threads, k)))
    print(f"{total} lines, digest {sum(sums)}")


if __name__ == "__main__":
    main()
