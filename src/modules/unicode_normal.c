// Normalization: decomposing, ordering what combines, composing again (UAX 15), on libunistring's data.
//
// Our own walk over its tables, because u32_normalize takes lone surrogates for errors, and knows no 3.2.
#include "modules/unicode_normal.h"

#include <stdlib.h>
#include <unictype.h>
#include <uninorm.h>

#include "modules/unicodedata_tables.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str_impl.h"

enum {
  L_BASE = 0x1100, V_BASE = 0x1161, T_BASE = 0x11A7, S_BASE = 0xAC00,   // Hangul: leading consonants, vowels, trailing consonants, syllables
  L_COUNT = 19, V_COUNT = 21, T_COUNT = 28, S_COUNT = L_COUNT * V_COUNT * T_COUNT,
  DETACH_FROM = 4096,
};

typedef struct Text { uint32_t *chars; int64_t length, capacity; bool failed; } Text;   // malloc'd: it grows detached

static void put(Text *text, uint32_t c) {
  if (text->length == text->capacity && !text->failed) {
    int64_t capacity = text->capacity * 2 + 64;
    uint32_t *chars = realloc(text->chars, (size_t)capacity * sizeof *chars);
    if (chars) {
      text->chars = chars;
      text->capacity = capacity;
    } else {
      text->failed = true;
    }
  }
  if (!text->failed) text->chars[text->length++] = c;
}

// --- Decomposing ------------------------------------------------------------------------------------------------------------------

// Decompositions that were corrected after 3.2 (NormalizationCorrections.txt).
static uint32_t old_correction(uint32_t c) {
  switch (c) {
    case 0x2F868: return 0x2136A;
    case 0x2F874: return 0x5F33;
    case 0x2F91F: return 0x43AB;
    case 0x2F95F: return 0x7AAE;
    case 0x2F9BF: return 0x4D57;
    default: return 0;
  }
}

static void decompose(Text *out, uint32_t c, NormalForm form) {
  ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
  int tag;
  if (c < 0xA0) return put(out, c);
  if (c - S_BASE < S_COUNT) {
    uint32_t i = c - S_BASE;
    put(out, L_BASE + i / (V_COUNT * T_COUNT));
    put(out, V_BASE + i / T_COUNT % V_COUNT);
    if (i % T_COUNT) put(out, T_BASE + i % T_COUNT);
    return;
  }
  if (form.old && old_correction(c)) return put(out, old_correction(c));
  int n = form.old && unicodedata_is_later(c) ? -1 : uc_decomposition(c, &tag, parts);
  if (n < 0 || (tag != UC_DECOMP_CANONICAL && !form.compatible)) return put(out, c);
  for (int i = 0; i < n; i++) decompose(out, parts[i], form);
}

// Characters that combine, between starters, in the order of their classes; equal classes stay in the order they have.
static void order(Text *text) {
  int64_t i = 0;
  while (i < text->length) {
    int class = text->chars[i] < 0x300 ? 0 : uc_combining_class(text->chars[i]);
    if (class) {
      uint32_t c = text->chars[i];
      int64_t k = i;
      for (; k > 0; k--) {
        int before = text->chars[k - 1] < 0x300 ? 0 : uc_combining_class(text->chars[k - 1]);
        if (before <= class) break;
        text->chars[k] = text->chars[k - 1];
      }
      text->chars[k] = c;
    }
    i++;
  }
}

// --- Composing --------------------------------------------------------------------------------------------------------------------

static uint32_t composition(uint32_t a, uint32_t b) {
  if (a - L_BASE < L_COUNT && b - V_BASE < V_COUNT) return S_BASE + ((a - L_BASE) * V_COUNT + (b - V_BASE)) * T_COUNT;
  if (a - S_BASE < S_COUNT && (a - S_BASE) % T_COUNT == 0 && b - T_BASE - 1 < T_COUNT - 1) return a + (b - T_BASE);
  return b < 0x300 ? 0 : uc_composition(a, b);
}

static void compose(Text *text) {
  int64_t starter = -1, to = 0;
  int last = 0;               // class of the character before, if a starter came before it
  for (int64_t i = 0; i < text->length; i++) {
    uint32_t c = text->chars[i];
    int class = c < 0x300 ? 0 : uc_combining_class(c);
    bool blocked = to - starter > 1 && (last == 0 || last >= class);
    uint32_t joined = starter >= 0 && !blocked ? composition(text->chars[starter], c) : 0;
    if (joined) {
      text->chars[starter] = joined;
      continue;
    }
    if (class == 0) starter = to;
    last = class;
    text->chars[to++] = c;
  }
  text->length = to;
}

// --- Both -------------------------------------------------------------------------------------------------------------------------

static void normalize(Text *out, const Str *s, NormalForm form) {
  int kind = str_kind(s);
  for (int64_t i = 0; i < s->length; i++) decompose(out, char_get(kind, s->data, i), form);
  if (out->failed) return;
  order(out);
  if (form.compose) compose(out);
}

// All characters below this are in the form.
static uint32_t plain_below(NormalForm form) { return form.compatible ? 0xA0 : form.compose ? 0x300 : 0xC0; }

static bool is_plain(const Str *s, NormalForm form) {
  if (str_is_ascii(s) || (str_kind(s) == 1 && plain_below(form) > 0xFF)) return true;
  for (int64_t i = 0; i < s->length; i++)
    if (str_char(s, i) >= plain_below(form)) return false;
  return true;
}

static bool is_same(const Text *text, const Str *s) {
  if (text->length != s->length) return false;
  for (int64_t i = 0; i < s->length; i++)
    if (text->chars[i] != str_char(s, i)) return false;
  return true;
}

Value unicode_normalize(Thread *t, Value v, NormalForm form) {
  const Str *s = v_str(v);
  if (is_plain(s, form)) return v_own(t, v);
  Text text = {0};
  if (s->length >= DETACH_FROM) {
    ALLOW_THREADS_BEGIN(t)
    normalize(&text, s, form);
    ALLOW_THREADS_END
  } else {
    normalize(&text, s, form);
  }
  Value result = text.failed ? raise_no_memory(t) : is_same(&text, s) ? v_own(t, v) : str_from_ucs4(t, text.chars, text.length);
  free(text.chars);
  return result;
}
