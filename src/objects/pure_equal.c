// Equality that can run no Python code: numbers, texts, bytes, and tuples of these.
#include "objects/pure_equal.h"

#include "objects/bytes.h"
#include "objects/object.h"
#include "objects/tuple.h"

int pure_equal_slow(Thread *t, Value a, Value b, int depth) {
  if (v_is(a, b)) return 1;
  int ca = pure_class(a), cb = pure_class(b);
  if (ca == PURE_NO || cb == PURE_NO) return PURE_UNKNOWN;
  if (ca != cb) return bytes_warnings && (ca == PURE_BYTES || cb == PURE_BYTES) ? PURE_UNKNOWN : 0;   // with -b it may warn
  if (ca == PURE_STR) return str_equal(v_str(a), v_str(b));
  if (ca != PURE_TUPLE) return object_equal(t, a, b);
  Tuple *x = v_tuple(a), *y = v_tuple(b);
  if (x->length != y->length) return 0;
  if (depth == 0 || x->length > 16) return PURE_UNKNOWN;
  for (int64_t i = 0; i < x->length; i++) {
    int r = pure_equal_slow(t, x->items[i], y->items[i], depth - 1);
    if (r != 1) return r;
  }
  return 1;
}
