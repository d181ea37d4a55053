// Appending to a str in place, for `s += x`.
#include "vm/slow_append.h"

#include "objects/error.h"
#include "objects/str.h"

// `s += x` in a loop must not copy s each time: where nobody else refers to the left operand, and the result replaces it, the text grows
// in its own block, of which twice the need is taken each time a longer text has outgrown it.

static void copy_text(Str *to, int64_t at, const Str *from) {
  int kind = str_kind(to);
  char *p = to->data + at * kind;
  if (str_kind(from) == kind) {
    memcpy(p, from->data, (size_t)(from->length * kind));
    return;
  }
  for (int64_t i = 0; i < from->length; i++) {
    uint32_t c = str_char(from, i);
    if (kind == 2) ((uint16_t *)(void *)p)[i] = (uint16_t)c;
    else ((uint32_t *)(void *)p)[i] = c;
  }
}

static void end_text(Str *s, int64_t length) {
  s->length = length;
  memset(s->data + length * str_kind(s), 0, (size_t)str_kind(s));
}

bool slow_append_in_place(Thread *t, Ref *slot, Value y) {
  enum { WORTH_GROWING = 32 };
  Value x = ref_value(*slot);
  if (!ref_is_owned(*slot) || !v_is_str_exact(x) || !v_is_str_exact(y) || v_is(x, y)) return false;
  Str *a = v_str(x), *b = v_str(y);
  int kind = str_kind(a);
  if (a->length == 0 || b->length == 0 || str_kind(b) > kind || str_is_ascii(a) != str_is_ascii(b) || str_is_interned(a) ||
      !object_is_unique(t, &a->ob))
    return false;
  int64_t length = a->length + b->length, room = ((int64_t)heap_object_size(&a->ob) - (int64_t)sizeof(Str)) / kind - 1;
  if (length > room) {
    if (a->length < WORTH_GROWING || length > INT64_MAX / 16) return false;
    Value grown = str_new(t, length * 2, kind == 1 ? (str_is_ascii(a) ? 0x7F : 0xFF) : kind == 2 ? 0xFFFF : 0x10FFFF);
    if (v_is_null(grown)) {
      error_clear(t);
      return false;
    }
    memcpy(v_str(grown)->data, a->data, (size_t)(a->length * kind));
    end_text(v_str(grown), a->length);
    int64_t used = a->length;
    ref_set(t, slot, grown);
    a = v_str(grown);
    a->length = used;
  }
  copy_text(a, a->length, b);
  end_text(a, length);
  a64_store_rlx(&a->hash, 0);
  void *utf8 = aptr_load_rlx(&a->utf8);
  if (utf8) {
    aptr_store_rlx(&a->utf8, NULL);
    heap_free(t, utf8);
  }
  return true;
}
