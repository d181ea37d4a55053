// The codecs of one byte a character: ASCII, Latin-1, and charmap, which is told its characters by a table.

#include <stdlib.h>

#include "objects/codec_errors.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str_impl.h"

// --- ASCII and Latin-1, decoding --------------------------------------------------------------------------------------------------

Value latin1_decode(Thread *t, const void *data, size_t n) { return str_from_latin1(t, data, n); }

Value ascii_decode(Thread *t, const void *data, size_t n, const char *errors) {
  if (bytes_are_ascii(data, n)) return str_from_ascii(t, data, n);
  Decoding d;
  decoding_init(&d, t, "ascii", errors, data, n);
  bool ok = true;
  while (ok && d.pos < d.end) {
    size_t run = bytes_ascii_prefix((const char *)d.pos, (size_t)(d.end - d.pos));
    ok = strb_ascii(&d.out, (const char *)d.pos, run);
    d.pos += run;
    int64_t at = d.pos - d.start;
    if (ok && d.pos < d.end) ok = decoding_error(&d, at, at + 1, "ordinal not in range(128)");
  }
  return decoding_finish(&d, ok);
}

// --- ASCII and Latin-1, encoding --------------------------------------------------------------------------------------------------

static bool put_replacement(Encoding *e, Value replacement, uint32_t limit, int64_t start, int64_t end, const char *reason) {
  if (v_is_bytes(replacement)) return bytesb_put(&e->out, v_bytes(replacement)->data, v_bytes(replacement)->length);
  const Str *s = v_str(replacement);
  for (int64_t i = 0; i < s->length; i++) {
    uint32_t c = str_char(s, i);
    if (c >= limit) return encoding_fail(e, start, end, reason);
    if (!bytesb_byte(&e->out, (uint8_t)c)) return false;
  }
  return true;
}

static Value encode_below(Thread *t, Value text, const char *encoding, uint32_t limit, const char *reason, const char *errors) {
  const Str *s = v_str(text);
  Encoding e;
  encoding_init(&e, t, encoding, errors, text);
  bool ok = true;
  for (int64_t i = 0; ok && i < s->length;) {
    uint32_t c = str_char(s, i);
    if (c < limit) {
      ok = bytesb_byte(&e.out, (uint8_t)c);
      i++;
      continue;
    }
    int64_t start = i, end = i + 1;
    while (end < s->length && str_char(s, end) >= limit) end++;
    Value replacement;
    ok = encoding_error(&e, start, end, reason, &replacement, &i);
    if (!ok) break;
    ok = put_replacement(&e, replacement, limit, start, end, reason);
    v_drop(t, replacement);
  }
  return encoding_finish(&e, ok);
}

Value ascii_encode(Thread *t, Value text, const char *errors) {
  const Str *s = v_str(text);
  if (str_is_ascii(s)) return bytes_from(t, s->data, (size_t)s->length);
  return encode_below(t, text, "ascii", 128, "ordinal not in range(128)", errors);
}

Value latin1_encode(Thread *t, Value text, const char *errors) {
  const Str *s = v_str(text);
  if (str_kind(s) == 1) return bytes_from(t, s->data, (size_t)s->length);
  return encode_below(t, text, "latin-1", 256, "ordinal not in range(256)", errors);
}

// --- charmap, decoding ------------------------------------------------------------------------------------------------------------

static const char undefined[] = "character maps to <undefined>";
enum { UNDEFINED_CHAR = 0xFFFE };

// What the table, which is no str, says of a byte: 1 and added to the output, 0 undefined, -1 error.
static int decode_by_mapping(Decoding *d, Value mapping, uint8_t byte) {
  Thread *t = d->t;
  Value to = object_getitem(t, mapping, v_from_smi(byte));
  if (v_is_null(to)) {
    if (!error_matches(t, &exc_LookupError)) return -1;
    error_clear(t);
    return 0;
  }
  int status = -1;
  int64_t c;
  if (v_is_none(to)) {
    status = 0;
  } else if (v_is_int(to)) {
    if (!int_as_i64(to, &c) || c < 0 || c > (int64_t)STR_MAX_CHAR) raise_type_error(t, "character mapping must be in range(0x%x)", STR_MAX_CHAR + 1);
    else if (c == UNDEFINED_CHAR) status = 0;
    else status = strb_char(&d->out, (uint32_t)c) ? 1 : -1;
  } else if (v_is_str(to)) {
    if (v_str(to)->length == 1 && str_char(v_str(to), 0) == UNDEFINED_CHAR) status = 0;
    else status = strb_str(&d->out, to) ? 1 : -1;
  } else {
    raise_type_error(t, "character mapping must return integer, None or str");
  }
  v_drop(t, to);
  return status;
}

Value charmap_decode(Thread *t, const void *data, size_t n, Value mapping, const char *errors) {
  if (v_is_null(mapping)) return latin1_decode(t, data, n);
  const Str *table = v_is_str_exact(mapping) ? v_str(mapping) : NULL;
  Decoding d;
  decoding_init(&d, t, "charmap", errors, data, n);
  bool ok = true;
  while (ok && d.pos < d.end) {
    uint8_t byte = *d.pos;
    int status;
    if (table) {
      uint32_t c = byte < table->length ? str_char(table, byte) : UNDEFINED_CHAR;
      status = c == UNDEFINED_CHAR ? 0 : strb_char(&d.out, c) ? 1 : -1;
    } else {
      status = decode_by_mapping(&d, mapping, byte);
    }
    int64_t at = d.pos - d.start;
    if (status > 0) d.pos++;
    else ok = status == 0 && decoding_error(&d, at, at + 1, undefined);
  }
  return decoding_finish(&d, ok);
}

// --- EncodingMap: a decoding table turned round -----------------------------------------------------------------------------------

typedef struct EncodingEntry { uint16_t c; uint8_t byte; } EncodingEntry;
typedef struct EncodingMap {  // immutable
  Object ob;
  int count;
  EncodingEntry entries[256];  // sorted by character
} EncodingMap;

static Type type_EncodingMap;

static int entry_order(const void *a, const void *b) { return (int)((const EncodingEntry *)a)->c - (int)((const EncodingEntry *)b)->c; }

static int encoding_map_find(const EncodingMap *map, uint32_t c) {
  int low = 0, high = map->count;
  while (low < high) {
    int middle = (low + high) / 2;
    if (map->entries[middle].c < c) low = middle + 1;
    else high = middle;
  }
  return low < map->count && map->entries[low].c == c ? map->entries[low].byte : -1;
}

static void encoding_map_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

static NATIVE(encoding_map_size) { return v_from_smi((int64_t)sizeof(EncodingMap)); }

static const NativeDef encoding_map_methods[] = {
  {"size($self, /)", encoding_map_size, "How many bytes of memory the map takes.", NATIVE_NO_SIGNATURE},
  {0},
};
static const TypeSpec spec_EncodingMap = {
  .name = "EncodingMap", .size = sizeof(EncodingMap), .flags = TYPE_NO_INSTANTIATE | TYPE_IMMUTABLE,
  .slots = {.dealloc = encoding_map_dealloc}, .methods = encoding_map_methods,
};

bool charmap_init(Thread *t) { return type_ready(t, &type_EncodingMap, &spec_EncodingMap, 0); }

static Value charmap_dict(Thread *t, const Str *table, int64_t n) {
  Value dict = dict_new(t);
  for (int64_t i = 0; !v_is_null(dict) && i < n; i++)
    if (dict_set(t, v_dict(dict), v_from_smi(str_char(table, i)), v_from_smi(i)) < 0) v_clear(t, &dict);
  return dict;
}

Value charmap_build(Thread *t, Value table_value) {
  const Str *table = v_str(table_value);
  int64_t n = table->length < 256 ? table->length : 256;
  if (n == 0) return raise_type_error(t, "bad argument type for built-in operation");
  bool needs_dict = str_char(table, 0) != 0;
  for (int64_t i = 1; i < n; i++) needs_dict |= str_char(table, i) == 0 || str_char(table, i) > 0xFFFF;
  if (needs_dict) return charmap_dict(t, table, n);
  EncodingMap *map = (EncodingMap *)heap_new_object(t, type_EncodingMap.shape, sizeof *map);
  if (!map) return raise_no_memory(t);
  for (int64_t i = 0; i < n; i++)
    if (str_char(table, i) != UNDEFINED_CHAR) map->entries[map->count++] = (EncodingEntry){(uint16_t)str_char(table, i), (uint8_t)i};
  qsort(map->entries, (size_t)map->count, sizeof *map->entries, entry_order);
  return v_from_obj(map);
}

// --- charmap, encoding ------------------------------------------------------------------------------------------------------------

// Adds what the mapping gives for c: 1 added, 0 undefined, -1 error.
static int encode_char(Encoding *e, Value mapping, uint32_t c, bool add) {
  Thread *t = e->t;
  if (v_type(mapping) == &type_EncodingMap) {
    int byte = encoding_map_find((const EncodingMap *)v_obj(mapping), c);
    if (byte < 0) return 0;
    return !add || bytesb_byte(&e->out, (uint8_t)byte) ? 1 : -1;
  }
  Value to = object_getitem(t, mapping, v_from_smi(c));
  if (v_is_null(to)) {
    if (!error_matches(t, &exc_LookupError)) return -1;
    error_clear(t);
    return 0;
  }
  int status = -1;
  int64_t byte;
  if (v_is_none(to)) {
    status = 0;
  } else if (v_is_int(to)) {
    if (!int_as_i64(to, &byte) || byte < 0 || byte > 255) raise_type_error(t, "character mapping must be in range(256)");
    else status = !add || bytesb_byte(&e->out, (uint8_t)byte) ? 1 : -1;
  } else if (v_is_bytes(to)) {
    status = !add || bytesb_put(&e->out, v_bytes(to)->data, v_bytes(to)->length) ? 1 : -1;
  } else {
    raise_type_error(t, "character mapping must return integer, bytes or None, not %T", to);
  }
  v_drop(t, to);
  return status;
}

static bool charmap_put_replacement(Encoding *e, Value mapping, Value replacement, int64_t start, int64_t end) {
  if (v_is_bytes(replacement)) return bytesb_put(&e->out, v_bytes(replacement)->data, v_bytes(replacement)->length);
  const Str *s = v_str(replacement);
  for (int64_t i = 0; i < s->length; i++) {
    int status = encode_char(e, mapping, str_char(s, i), true);
    if (status < 0) return false;
    if (status == 0) return encoding_fail(e, start, end, undefined);
  }
  return true;
}

Value charmap_encode(Thread *t, Value text, Value mapping, const char *errors) {
  if (v_is_null(mapping)) return latin1_encode(t, text, errors);
  const Str *s = v_str(text);
  Encoding e;
  encoding_init(&e, t, "charmap", errors, text);
  bool ok = true;
  for (int64_t i = 0; ok && i < s->length;) {
    int status = encode_char(&e, mapping, str_char(s, i), true);
    if (status) {
      ok = status > 0;
      i++;
      continue;
    }
    int64_t start = i, end = i + 1;
    while (end < s->length && (status = encode_char(&e, mapping, str_char(s, end), false)) == 0) end++;
    ok = status >= 0;
    if (!ok) break;
    Value replacement;
    ok = encoding_error(&e, start, end, undefined, &replacement, &i);
    if (!ok) break;
    ok = charmap_put_replacement(&e, mapping, replacement, start, end);
    v_drop(t, replacement);
  }
  return encoding_finish(&e, ok);
}
