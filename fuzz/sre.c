// Fuzz target: _sre with code words of any kind, which it must refuse or run, and with what the library's compiler makes of any pattern, which it
// must take. Matching is held against itself: on the same text in wider characters, and from where a search has found something.
//
// Byte 0: bit 0 code words instead of a pattern, bit 1 bytes instead of str. Byte 1: flags of a pattern; the groups of code words, and in its upper
// half how many of them have a name. Byte 2: the length of the text that follows. The rest is the pattern, or code words: a byte each, from 0xF8 on in
// four bytes behind it.
#include <string.h>

#include "fuzz/target.h"
#include "objects/bytes.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"

enum { CODE_WORDS = 1, AS_BYTES = 2, FIRST_LONG = 0xF8, HEADER = 3, MOST_TEXT = 64, LIMIT = 300 };

static const char helpers[] =
    "import _sre, re\n"
    "import re._compiler\n"
    "FLAGS = re.I, re.L, re.M, re.S, re.U, re.X, re.A\n"
    "def compile_pattern(pattern, bits):\n"
    "    flags = sum(flag for i, flag in enumerate(FLAGS) if bits >> i & 1)\n"
    "    try: return re._compiler.compile(pattern, flags)\n"
    "    except (re.error, OverflowError, RecursionError, ValueError): return None\n"
    "def compile_words(words, bits, is_bytes):\n"
    "    groups = bits & 15\n"
    "    names = (None,) + tuple('g%d' % i for i in range(1, groups + 1) if i <= bits >> 4)\n"
    "    try: return _sre.compile(b'' if is_bytes else '', re.U, words, groups, {name: i for i, name in enumerate(names) if name}, names)\n"
    "    except RuntimeError: return None\n"
    "def shape(match):\n"
    "    if match is None: return None\n"
    "    match.groups(), match.groupdict(), match.lastgroup, match.regs, match[0], match.group(), repr(match)\n"
    "    return match.lastindex, [match.span(group) for group in range(match.re.groups + 1)]\n"
    "def use(pattern, text):\n"
    "    try:\n"
    "        found = pattern.search(text)\n"
    "        spans = shape(found), shape(pattern.match(text)), shape(pattern.fullmatch(text))\n"
    "        if isinstance(text, str):\n"
    "            for wide in '\\uffff', '\\U0010ffff':\n"
    "                other = text + wide\n"
    "                again = tuple(shape(method(other, 0, len(text))) for method in (pattern.search, pattern.match, pattern.fullmatch))\n"
    "                assert again == spans, (spans, again)\n"
    "        for match in pattern.finditer(text): shape(match)\n"
    "        pattern.findall(text), pattern.split(text), pattern.subn(lambda match: '-' if isinstance(text, str) else b'-', text)\n"
    "        pattern.sub('[]' if isinstance(text, str) else b'[]', text, 2)\n"
    "        scanner = pattern.scanner(text, 1)\n"
    "        while match := scanner.match(): shape(match)\n"
    "        return found and (found.start(), shape(found), shape(pattern.match(text, found.start())))\n"
    "    except TimeoutError: pass\n"
    "def check(pattern, text, is_compiled):\n"
    "    found = use(pattern, text)\n"
    "    assert found is None or not is_compiled or found[1] == found[2], found\n"
    "    pattern == pattern.__copy__(), hash(pattern), repr(pattern)\n";

static Value compile_pattern, compile_words, check;

bool target_start(Thread *t) {
  Value space = fuzz_python(t, helpers);
  if (v_is_null(space)) return false;
  compile_pattern = fuzz_global(t, space, "compile_pattern");
  compile_words = fuzz_global(t, space, "compile_words");
  check = fuzz_global(t, space, "check");
  v_drop(t, space);
  return true;
}

static Value words_of(Thread *t, const uint8_t *data, size_t size) {
  Value words = list_new(t, (int64_t)size);
  for (size_t i = 0; i < size && !v_is_null(words); i++) {
    uint32_t word = data[i];
    if (word >= FIRST_LONG && size - i > sizeof word) {
      memcpy(&word, data + i + 1, sizeof word);
      i += sizeof word;
    }
    if (list_append(t, v_list(words), v_from_smi(word)) < 0) v_clear(t, &words);
  }
  return words;
}

static Value text_of(Thread *t, const uint8_t *data, size_t size, bool as_bytes) {
  return as_bytes ? bytes_from(t, data, size) : str_decode_replace(t, (const char *)data, size);
}

void target_run(Thread *t, const uint8_t *data, size_t size) {
  if (size < HEADER) return;
  bool from_words = data[0] & CODE_WORDS, as_bytes = data[0] & AS_BYTES;
  size_t length = data[2] % (MOST_TEXT + 1);
  if (length > size - HEADER) length = size - HEADER;
  const uint8_t *rest = data + HEADER + length;
  size_t left = size - HEADER - length;
  Value text = text_of(t, data + HEADER, length, as_bytes), what = from_words ? words_of(t, rest, left) : text_of(t, rest, left, as_bytes);
  if (v_is_null(text) || v_is_null(what)) fuzz_fail(t, "no input");
  Value pattern = from_words ? object_call3(t, compile_words, what, v_from_smi(data[1]), v_from_bool(as_bytes)) : object_call2(t, compile_pattern, what, v_from_smi(data[1]));
  if (v_is_null(pattern)) fuzz_fail(t, "the pattern is refused in another way");
  if (!v_is_none(pattern)) {
    fuzz_begin_limit(t, LIMIT);
    Value r = object_call3(t, check, pattern, text, v_from_bool(!from_words));
    fuzz_end_limit(t);
    if (v_is_null(r)) fuzz_expect(t, &exc_TimeoutError, NULL);
    v_drop(t, r);
  }
  v_drop(t, pattern);
  v_drop(t, what);
  v_drop(t, text);
}
