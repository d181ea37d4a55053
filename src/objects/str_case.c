// str: case mapping and the is...() questions.

#include "objects/error_state.h"
#include "objects/object.h"
#include "objects/str_impl.h"
#include "objects/unicode.h"

// --- ASCII, eight bytes at a time -----------------------------------------------------------------------------------------------------

#define ONES 0x0101010101010101u

// Bit 0x20 in each byte of w (all below 0x80) that lies in [first, last].
static inline uint64_t case_bits(uint64_t w, uint8_t first, uint8_t last) {
  uint64_t at_least = w + ONES * (uint64_t)(0x80 - first), beyond = w + ONES * (uint64_t)(0x80 - last - 1);
  return (at_least & ~beyond & (ONES * 0x80)) >> 2;
}

static void ascii_flip(char *out, const char *in, int64_t n, uint8_t first, uint8_t last) {
  int64_t i = 0;
  for (; i + 8 <= n; i += 8) {
    uint64_t w;
    memcpy(&w, in + i, 8);
    w ^= case_bits(w, first, last);
    memcpy(out + i, &w, 8);
  }
  for (; i < n; i++) out[i] = (char)(in[i] ^ ((uint8_t)in[i] >= first && (uint8_t)in[i] <= last ? 0x20 : 0));
}

static inline bool ascii_upper(uint32_t c) { return c - 'A' < 26; }
static inline bool ascii_lower(uint32_t c) { return c - 'a' < 26; }

static Value ascii_result(Thread *t, const Str *s) { return str_new(t, s->length, 0x7F); }

// A one-character ASCII result must be the cached object.
static Value ascii_case(Thread *t, const Str *s, uint8_t first, uint8_t last) {
  if (s->length == 1) {
    uint8_t c = (uint8_t)s->data[0];
    return str_latin1_char(c >= first && c <= last ? c ^ 0x20 : c);
  }
  Value out = ascii_result(t, s);
  if (!v_is_null(out) && s->length) ascii_flip(v_str(out)->data, s->data, s->length, first, last);
  return out;
}

// --- Full mappings ----------------------------------------------------------------------------------------------------------------

// A capital sigma becomes the final form after a cased letter and not before one (letters that case ignores do not count).
static bool sigma_is_final(const Str *s, int64_t i) {
  int64_t j = i - 1;
  while (j >= 0 && unicode_is_case_ignorable(str_char(s, j))) j--;
  if (j < 0 || !unicode_is_cased(str_char(s, j))) return false;
  for (j = i + 1; j < s->length && unicode_is_case_ignorable(str_char(s, j));) j++;
  return j == s->length || !unicode_is_cased(str_char(s, j));
}

static int lower_at(const Str *s, int64_t i, uint32_t out[3]) {
  uint32_t c = str_char(s, i);
  if (c < 0x80) {
    out[0] = ascii_upper(c) ? c | 0x20 : c;
    return 1;
  }
  if (c == 0x3A3) {
    out[0] = sigma_is_final(s, i) ? 0x3C2 : 0x3C3;
    return 1;
  }
  return unicode_to_lower(c, out);
}

static int upper_at(const Str *s, int64_t i, uint32_t out[3]) {
  uint32_t c = str_char(s, i);
  if (c < 0x80) {
    out[0] = ascii_lower(c) ? c ^ 0x20 : c;
    return 1;
  }
  return unicode_to_upper(c, out);
}

static int title_at(const Str *s, int64_t i, uint32_t out[3]) {
  uint32_t c = str_char(s, i);
  return c < 0x80 ? upper_at(s, i, out) : unicode_to_title(c, out);
}

static int fold_at(const Str *s, int64_t i, uint32_t out[3]) {
  uint32_t c = str_char(s, i);
  return c < 0x80 ? lower_at(s, i, out) : unicode_fold(c, out);
}

static int swap_at(const Str *s, int64_t i, uint32_t out[3]) {
  uint32_t c = str_char(s, i);
  if (c < 0x80 ? ascii_upper(c) : unicode_is_upper(c)) return lower_at(s, i, out);
  if (c < 0x80 ? ascii_lower(c) : unicode_is_lower(c)) return upper_at(s, i, out);
  out[0] = c;
  return 1;
}

typedef int (*MapAtFn)(const Str *s, int64_t i, uint32_t out[3]);

// The mapped text as it grows: up to three characters for one, so room is made for the worst case of a stretch at a time.
typedef struct Mapping { Thread *t; const Str *s; uint32_t *chars; int64_t count; uint32_t small[256]; } Mapping;

static bool mapping_init(Mapping *m, Thread *t, const Str *s) {
  m->t = t;
  m->s = s;
  m->count = 0;
  m->chars = m->small;
  if (s->length * 3 <= (int64_t)(sizeof m->small / sizeof *m->small)) return true;
  m->chars = s->length > INT64_MAX / 16 ? NULL : heap_alloc(t, (size_t)s->length * 3 * sizeof(uint32_t));
  if (!m->chars) raise_no_memory(t);
  return m->chars != NULL;
}

static inline void mapping_put(Mapping *m, int64_t start, int64_t end, MapAtFn map) {
  for (int64_t i = start; i < end; i++) m->count += map(m->s, i, m->chars + m->count);
}

static Value mapping_finish(Mapping *m) {
  Value v = str_from_ucs4(m->t, m->chars, m->count);
  if (m->chars != m->small) heap_free(m->t, m->chars);
  return v;
}

static Value map_all(Thread *t, const Str *s, MapAtFn map) {
  Mapping m;
  if (!mapping_init(&m, t, s)) return V_NULL;
  mapping_put(&m, 0, s->length, map);
  return mapping_finish(&m);
}

NATIVE(str_native_lower) {
  const Str *s = v_str(self);
  return str_is_ascii(s) ? ascii_case(t, s, 'A', 'Z') : map_all(t, s, lower_at);
}

NATIVE(str_native_upper) {
  const Str *s = v_str(self);
  return str_is_ascii(s) ? ascii_case(t, s, 'a', 'z') : map_all(t, s, upper_at);
}

NATIVE(str_native_casefold) {
  const Str *s = v_str(self);
  return str_is_ascii(s) ? ascii_case(t, s, 'A', 'Z') : map_all(t, s, fold_at);
}

NATIVE(str_native_swapcase) { return map_all(t, v_str(self), swap_at); }

NATIVE(str_native_capitalize) {
  const Str *s = v_str(self);
  Mapping m;
  if (s->length == 0) return str_empty;
  if (!mapping_init(&m, t, s)) return V_NULL;
  mapping_put(&m, 0, 1, title_at);
  mapping_put(&m, 1, s->length, lower_at);
  return mapping_finish(&m);
}

NATIVE(str_native_title) {
  const Str *s = v_str(self);
  Mapping m;
  if (!mapping_init(&m, t, s)) return V_NULL;
  bool in_word = false;
  for (int64_t i = 0; i < s->length; i++) {
    uint32_t c = str_char(s, i);
    mapping_put(&m, i, i + 1, in_word ? lower_at : title_at);
    in_word = c < 0x80 ? ascii_upper(c & ~0x20u) : unicode_is_cased(c);
  }
  return mapping_finish(&m);
}

// --- Questions --------------------------------------------------------------------------------------------------------------------

static bool is_alnum(uint32_t c) {
  if (c < 0x80) return ascii_lower(c | 0x20) || c - '0' < 10;
  return unicode_is_alpha(c) || unicode_is_decimal(c) || unicode_is_digit(c) || unicode_is_numeric(c);
}
static bool is_alpha(uint32_t c) { return c < 0x80 ? ascii_lower(c | 0x20) : unicode_is_alpha(c); }
static bool is_decimal(uint32_t c) { return c < 0x80 ? c - '0' < 10 : unicode_is_decimal(c); }
static bool is_digit(uint32_t c) { return c < 0x80 ? c - '0' < 10 : unicode_is_digit(c); }
static bool is_numeric(uint32_t c) { return c < 0x80 ? c - '0' < 10 : unicode_is_numeric(c); }
static inline bool is_upper(uint32_t c) { return c < 0x80 ? ascii_upper(c) : unicode_is_upper(c); }
static inline bool is_lower(uint32_t c) { return c < 0x80 ? ascii_lower(c) : unicode_is_lower(c); }

static bool all_are(const Str *s, bool (*is)(uint32_t c)) {
  for (int64_t i = 0; i < s->length; i++)
    if (!is(str_char(s, i))) return false;
  return true;
}

static Value all_and_some(Value self, bool (*is)(uint32_t c)) {
  const Str *s = v_str(self);
  return v_from_bool(s->length && all_are(s, is));
}

NATIVE(str_native_isalnum) { return all_and_some(self, is_alnum); }
NATIVE(str_native_isalpha) { return all_and_some(self, is_alpha); }
NATIVE(str_native_isdecimal) { return all_and_some(self, is_decimal); }
NATIVE(str_native_isdigit) { return all_and_some(self, is_digit); }
NATIVE(str_native_isnumeric) { return all_and_some(self, is_numeric); }
NATIVE(str_native_isspace) { return all_and_some(self, unicode_is_space); }
NATIVE(str_native_isprintable) { return v_from_bool(all_are(v_str(self), unicode_is_printable)); }
NATIVE(str_native_isascii) { return v_from_bool(str_is_ascii(v_str(self))); }
NATIVE(str_native_isidentifier) { return v_from_bool(str_is_identifier(self)); }

bool str_is_identifier(Value v) {
  const Str *s = v_str(v);
  if (s->length == 0) return false;
  for (int64_t i = 0; i < s->length; i++) {
    uint32_t c = str_char(s, i);
    bool ok = c < 0x80 ? ascii_lower(c | 0x20) || c == '_' || (i && c - '0' < 10) : i ? unicode_is_xid_continue(c) : unicode_is_xid_start(c);
    if (!ok) return false;
  }
  return true;
}

NATIVE(str_native_islower) {
  const Str *s = v_str(self);
  bool some = false;
  for (int64_t i = 0; i < s->length; i++) {
    uint32_t c = str_char(s, i);
    if (is_upper(c) || (c >= 0x80 && unicode_is_title(c))) return V_FALSE;
    some = some || is_lower(c);
  }
  return v_from_bool(some);
}

NATIVE(str_native_isupper) {
  const Str *s = v_str(self);
  bool some = false;
  for (int64_t i = 0; i < s->length; i++) {
    uint32_t c = str_char(s, i);
    if (is_lower(c) || (c >= 0x80 && unicode_is_title(c))) return V_FALSE;
    some = some || is_upper(c);
  }
  return v_from_bool(some);
}

NATIVE(str_native_istitle) {
  const Str *s = v_str(self);
  bool some = false, in_word = false;
  for (int64_t i = 0; i < s->length; i++) {
    uint32_t c = str_char(s, i);
    if (is_upper(c) || (c >= 0x80 && unicode_is_title(c))) {
      if (in_word) return V_FALSE;
      in_word = some = true;
    } else if (is_lower(c)) {
      if (!in_word) return V_FALSE;
      some = true;
    } else {
      in_word = false;
    }
  }
  return v_from_bool(some);
}
