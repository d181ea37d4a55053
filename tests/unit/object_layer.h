// Starts the object layer without a VM, for unit tests of objects/: the types, not the modules.
#ifndef WEFT_TESTS_UNIT_OBJECT_LAYER_H
#define WEFT_TESTS_UNIT_OBJECT_LAYER_H

#include <stdio.h>
#include <stdlib.h>

#include "threads.h"

#include "objects/bytes.h"
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/instance.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/tuple_type.h"
#include "objects/type_lookup.h"
#include "objects/type_ready.h"

static inline Thread *object_layer(void) {
  static Thread *t;
  if (t) return t;
  hash_init("0");
  shape_table_init();
  t = main_thread();
  const char *failed = type_bootstrap(t) ? builtin_types_init(t) : "type_bootstrap";
  if (failed) {
    fprintf(stderr, "start-up failed in %s\n", failed);
    abort();
  }
  return t;
}

static inline Value name_of(const char *text) { return str_intern_cstr(object_layer(), text); }

// class NAME(*bases): dict. Steals bases and dict.
static inline Value make_class(const char *name, Value bases, Value dict) {
  Thread *t = object_layer();
  Value class = object_call3(t, v_from_obj(&type_type), name_of(name), bases, dict);
  v_drop(t, bases);
  v_drop(t, dict);
  return class;
}

static inline Value plain_class(const char *name) { return make_class(name, v_own(object_layer(), tuple_empty), dict_new(object_layer())); }

// The pending exception is of this type with this text; it is cleared.
static inline void assert_raised(Type *type, const char *text) {
  Thread *t = object_layer();
  Value exc = error_fetch(t);
  assert_false(v_is_null(exc));
  assert_ptr_equal(v_type(exc), type);
  Value message = object_str(t, exc);
  assert_string_equal(str_utf8(t, message, NULL), text);
  v_drop(t, message);
  v_drop(t, exc);
}

static inline void assert_int_attr(Value obj, const char *name, int64_t expected) {
  Thread *t = object_layer();
  Value v = object_getattr(t, obj, name_of(name));
  assert_false(v_is_null(v));
  assert_true(v_is_smi(v));
  assert_int_equal(v_smi(v), expected);
}

#endif
