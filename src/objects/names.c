// The storage of the interned identifiers, and their making at start-up.
#include "objects/names.h"

#include "objects/str.h"

#define NAME(x) Value name_##x;
#include "objects/names.def"
#undef NAME

bool names_init(Thread *t) {
  static const struct { Value *where; const char *text; } all[] = {
#define NAME(x) {&name_##x, #x},
#include "objects/names.def"
#undef NAME
  };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    *all[i].where = str_intern_cstr(t, all[i].text);
    if (v_is_null(*all[i].where)) return false;
  }
  return true;
}
