// _ctypes: arrays of characters and pointers to them as Python sees them: bytes for items of code 'c', str for 'u'.
#include <string.h>
#include <wchar.h>

#include "modules/ctypes.h"
#include "objects/bytes.h"
#include "objects/list.h"
#include "objects/str.h"

Value ctypes_characters(Thread *t, Value copy_stolen, char code, bool whole) {
  if (v_is_null(copy_stolen) || (code == 'c' && whole)) return copy_stolen;
  const char *p = v_bytes(copy_stolen)->data;
  size_t n = (size_t)v_bytes(copy_stolen)->length;
  Value r;
  if (code == 'c') {
    r = bytes_from(t, p, strnlen(p, n));
  } else {
    const wchar_t *text = (const wchar_t *)(const void *)p;
    n /= sizeof *text;
    r = str_from_ucs4(t, (const uint32_t *)(const void *)text, (int64_t)(whole ? n : wcsnlen(text, n)));
  }
  v_drop(t, copy_stolen);
  return r;
}

Value ctypes_characters_at(Thread *t, CData *c, const char *p, int64_t size, char code) {
  Value copy = bytes_new(t, size);
  if (!v_is_null(copy)) ctypes_read(t, c, v_bytes(copy)->data, p, size);
  return ctypes_characters(t, copy, code, false);
}

void ctypes_characters_write(Thread *t, CData *c, int64_t offset, char code, Value v, int64_t n, int64_t room) {
  CRITICAL_BEGIN(t, ctypes_root(c));
  char *p = c->data + offset;
  if (code == 'c') memcpy(p, v_bytes(v)->data, (size_t)(n < room ? n + 1 : n));
  for (int64_t i = 0; code == 'u' && i <= n && i < room; i++) {
    uint32_t ch = i < n ? str_char(v_str(v), i) : 0;
    memcpy(p + i * (int64_t)sizeof ch, &ch, sizeof ch);
  }
  CRITICAL_END(t);
}

Value ctypes_item_list(Thread *t, Value self, int64_t start, int64_t step, int64_t n, Value (*item)(Thread *t, Value self, int64_t i)) {
  Value list = list_new(t, n);
  for (int64_t i = 0; i < n && !v_is_null(list); i++)
    if (list_append_steal(t, v_list(list), item(t, self, start + i * step)) < 0) v_clear(t, &list);
  return list;
}
