"""Word count: threads count the words of their parts of a generated text, and the dicts are merged."""

import random

from _parallel import arguments, run_threads, share

LINE_WORDS = 12


def make_lines(count):
    """Text with a few very common words, many rare ones, and punctuation as prose has it."""
    generator = random.Random(2026)
    syllables = ["ka", "lo", "mi", "ren", "tas", "vo", "shi", "el", "dor", "an"]
    rare = ["".join(generator.choices(syllables, k=generator.randint(2, 5))) for _ in range(4000)]
    common = ["the", "of", "and", "to", "in", "was", "that", "it"]
    stop = [",", ".", ";", "", "", "", "", ""]
    lines = []
    for _ in range(count):
        words = generator.choices(common, k=LINE_WORDS // 2) + generator.choices(rare, k=LINE_WORDS // 2)
        generator.shuffle(words)
        lines.append(" ".join(word + generator.choice(stop) for word in words).capitalize())
    return lines


def count_words(lines):
    counts = {}
    for line in lines:
        for word in line.lower().split():
            word = word.strip(".,;")
            counts[word] = counts.get(word, 0) + 1
    return counts


def merge(parts):
    total = {}
    for part in parts:
        for word, count in part.items():
            total[word] = total.get(word, 0) + count
    return total


def main():
    threads, scale = arguments()
    lines = make_lines(max(1, round(10_000 * scale)))
    copies = 10
    parts = run_threads(threads, lambda k: count_words(lines[i % len(lines)] for i in share(copies * len(lines), threads, k)))
    total = merge(parts)
    top = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:5]
    assert sum(total.values()) == copies * len(lines) * LINE_WORDS, "a word was lost"
    print(f"{copies * len(lines)} lines, {len(total)} words, most common: " + ", ".join(f"{word} {count}" for word, count in top))


if __name__ == "__main__":
    main()
