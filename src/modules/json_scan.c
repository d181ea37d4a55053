// _json.make_scanner: values from JSON text.
//
// The values of unfinished arrays and objects lie on a stack of the call's own; a finished container takes its part off at once, so that it
// is made in the right size.
#include <stddef.h>

#include "gc/heap.h"
#include "modules/json.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_text.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/tuple.h"

typedef struct Scanner {
  Object ob;
  Value object_hook, object_pairs_hook, parse_float, parse_int, parse_constant;
  bool strict;
} Scanner;

enum {
  SMALL_DIGITS = 18,     // decimal digits that always fit an int's word
  KEY_MAX = 64,          // longer keys are not worth caching
  KEY_SLOTS = 128,
  STACK_SMALL = 64,
};

typedef struct ValueStack {
  int64_t length, capacity;
  Value *items;          // owned values
  Value small[STACK_SMALL];
} ValueStack;

typedef struct Scan {
  Thread *t;
  const Scanner *scanner;
  Value text;            // borrowed from the caller
  const void *data;
  int64_t length;
  bool plain_int, plain_float, pairs_hook, object_hook;
  uint32_t steps;        // containers finished, for safepoints
  ValueStack stack;
  Value keys[KEY_SLOTS]; // owned; the key last seen with that hash
} Scan;

static bool push(Scan *c, Value owned) {
  ValueStack *s = &c->stack;
  if (unlikely(s->length == s->capacity)) {
    size_t size = (size_t)s->capacity * 2 * sizeof(Value);
    Value *items = s->items == s->small ? heap_alloc(c->t, size) : heap_realloc(c->t, s->items, size);
    if (!items) {
      v_drop(c->t, owned);
      raise_no_memory(c->t);
      return false;
    }
    if (s->items == s->small) memcpy(items, s->small, sizeof s->small);
    s->items = items;
    s->capacity *= 2;
  }
  s->items[s->length++] = owned;
  return true;
}

static Value drop_above(Scan *c, int64_t base) {
  ValueStack *s = &c->stack;
  Value exc = error_fetch(c->t);
  while (s->length > base) v_drop(c->t, s->items[--s->length]);
  error_restore(c->t, exc);
  return V_NULL;
}

// A finished container, after a safepoint now and then.
static Value finished(Scan *c, Value v) {
  if (likely(++c->steps % 1024 || !breaker_is_set(c->t)) || v_is_null(v) || breaker_handle(c->t) == 0) return v;
  v_drop(c->t, v);
  return V_NULL;
}

static Value pop_list(Scan *c, int64_t base) {
  ValueStack *s = &c->stack;
  int64_t n = s->length - base;
  s->length = base;
  return finished(c, list_from_stolen(c->t, s->items + base, (size_t)n));
}

static Value call_hook(Scan *c, Value hook, Value made) {
  if (v_is_null(made)) return V_NULL;
  Value v = object_call1(c->t, hook, made);
  v_drop(c->t, made);
  return v;
}

static Value pop_pairs(Scan *c, int64_t base) {
  ValueStack *s = &c->stack;
  int64_t n = (s->length - base) / 2;
  Value list = list_new(c->t, n);
  for (int64_t i = 0; !v_is_null(list) && i < n; i++) {
    Value pair = tuple_from(c->t, s->items + base + 2 * i, 2);
    if (v_is_null(pair) || list_append_steal(c->t, v_list(list), pair) < 0) v_clear(c->t, &list);
  }
  while (s->length > base) v_drop(c->t, s->items[--s->length]);
  return call_hook(c, c->scanner->object_pairs_hook, list);
}

// Keys and values above `base`, in turn, become an object.
static Value pop_object(Scan *c, int64_t base) {
  if (c->pairs_hook) return pop_pairs(c, base);
  ValueStack *s = &c->stack;
  int64_t n = s->length - base;
  Value v = dict_new_sized(c->t, n / 2);
  s->length = base;
  for (int64_t i = base; i < base + n; i += 2) {
    if (v_is_null(v)) v_drop(c->t, s->items[i + 1]);
    else if (dict_set_steal(c->t, v_dict(v), s->items[i], s->items[i + 1]) < 0) v_clear(c->t, &v);
    v_drop(c->t, s->items[i]);
  }
  v = finished(c, v);
  return c->object_hook ? call_hook(c, c->scanner->object_hook, v) : v;
}

static Value make_number(Scan *c, const char *text, int64_t n, bool is_float) {
  Thread *t = c->t;
  const char *end;
  if (is_float && c->plain_float) return float_new(t, double_from_string(text, (size_t)n, &end));
  Value word = str_from_ascii(t, text, (size_t)n);
  if (v_is_null(word)) return V_NULL;
  Value v = !is_float && c->plain_int ? int_from_str(t, word, 10) : object_call1(t, is_float ? c->scanner->parse_float : c->scanner->parse_int, word);
  v_drop(t, word);
  return v;
}

static Value parse_constant(Scan *c, const char *word) {
  Value name = str_from_cstr(c->t, word);
  Value v = v_is_null(name) ? V_NULL : object_call1(c->t, c->scanner->parse_constant, name);
  v_drop(c->t, name);
  return v;
}

static inline uint32_t key_hash(const char *p, int64_t n) {
  uint64_t head = 0;
  memcpy(&head, p, (size_t)(n < 8 ? n : 8));
  uint64_t tail = n > 8 ? (uint8_t)p[n - 1] | (uint64_t)(uint8_t)p[n - 2] << 8 | (uint64_t)(uint8_t)p[n - 3] << 16 : 0;
  uint64_t h = (head ^ tail << 24 ^ (uint64_t)n << 56) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(h >> 40);
}

#define CH uint8_t
#define NAME(x) x##_1
#include "modules/json_scan.inc"
#define CH uint16_t
#define NAME(x) x##_2
#include "modules/json_scan.inc"
#define CH uint32_t
#define NAME(x) x##_4
#include "modules/json_scan.inc"

static Value scan(Thread *t, const Scanner *s, Value text, int64_t i, int64_t *next) {
  Scan c = {
      .t = t, .scanner = s, .text = text, .data = v_str(text)->data, .length = v_str(text)->length,
      .plain_int = v_is(s->parse_int, v_from_obj(&type_int)), .plain_float = v_is(s->parse_float, v_from_obj(&type_float)),
      .pairs_hook = !v_is_none(s->object_pairs_hook), .object_hook = !v_is_none(s->object_hook),
  };
  c.stack.items = c.stack.small;
  c.stack.capacity = STACK_SMALL;
  int kind = str_kind(v_str(text));
  Value v = kind == 1 ? scan_value_1(&c, i, next) : kind == 2 ? scan_value_2(&c, i, next) : scan_value_4(&c, i, next);
  if (c.stack.items != c.stack.small) heap_free(t, c.stack.items);
  for (int k = 0; k < KEY_SLOTS; k++) v_drop(t, c.keys[k]);
  return v;
}

// --- The type ---------------------------------------------------------------------------------------------------------------------

static int take_attribute(Thread *t, Value context, const char *name, Value *out) {
  Value key = str_intern_cstr(t, name);
  *out = v_is_null(key) ? V_NULL : object_getattr(t, context, key);
  return v_is_null(*out) ? -1 : 0;
}

static Value scanner_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value context, strict;
  if (native_bind(t, &binder, "make_scanner(context)", args, nargs, kwnames, &context) < 0) return V_NULL;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  Scanner *s = (Scanner *)v_obj(v);
  if (take_attribute(t, context, "strict", &strict) == 0) {
    int truth = object_is_true(t, strict);
    v_drop(t, strict);
    s->strict = truth > 0;
    if (truth >= 0 && take_attribute(t, context, "object_hook", &s->object_hook) == 0 &&
        take_attribute(t, context, "object_pairs_hook", &s->object_pairs_hook) == 0 && take_attribute(t, context, "parse_float", &s->parse_float) == 0 &&
        take_attribute(t, context, "parse_int", &s->parse_int) == 0 && take_attribute(t, context, "parse_constant", &s->parse_constant) == 0)
      return v;
  }
  v_drop(t, v);
  return V_NULL;
}

static Value scanner_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value in[2];
  if (native_bind(t, &binder, "scan_once(string, idx)", args, nargs, kwnames, in) < 0) return V_NULL;
  int64_t i = number_as_i64(t, in[1]), next = -1;
  if (i == -1 && error_pending(t)) return V_NULL;
  if (!v_is_str(in[0])) return raise_type_error(t, "first argument must be a string, not %.80T", in[0]);
  if (i < 0) return raise_value_error(t, "idx cannot be negative");
  Value v = scan(t, (const Scanner *)v_obj(self), in[0], i, &next);
  return v_is_null(v) ? V_NULL : tuple_from_stolen(t, (Value[]){v, v_from_smi(next)}, 2);
}

static void scanner_dealloc(Thread *t, Object *o) {
  Scanner *s = (Scanner *)o;
  v_drop(t, s->object_hook);
  v_drop(t, s->object_pairs_hook);
  v_drop(t, s->parse_float);
  v_drop(t, s->parse_int);
  v_drop(t, s->parse_constant);
  heap_free_object(t, o);
}

static void scanner_traverse(Object *o, GcVisit visit, void *arg) {
  Scanner *s = (Scanner *)o;
  gc_visit_value(s->object_hook, visit, arg);
  gc_visit_value(s->object_pairs_hook, visit, arg);
  gc_visit_value(s->parse_float, visit, arg);
  gc_visit_value(s->parse_int, visit, arg);
  gc_visit_value(s->parse_constant, visit, arg);
}

static void scanner_clear(Thread *t, Object *o) {
  Scanner *s = (Scanner *)o;
  v_clear(t, &s->object_hook);
  v_clear(t, &s->object_pairs_hook);
  v_clear(t, &s->parse_float);
  v_clear(t, &s->parse_int);
  v_clear(t, &s->parse_constant);
}

static const MemberDef scanner_members[] = {
    {"strict", MEMBER_BOOL, offsetof(Scanner, strict), true, "strict"},
    {"object_hook", MEMBER_VALUE, offsetof(Scanner, object_hook), true, "object_hook"},
    {"object_pairs_hook", MEMBER_VALUE, offsetof(Scanner, object_pairs_hook), true, NULL},
    {"parse_float", MEMBER_VALUE, offsetof(Scanner, parse_float), true, "parse_float"},
    {"parse_int", MEMBER_VALUE, offsetof(Scanner, parse_int), true, "parse_int"},
    {"parse_constant", MEMBER_VALUE, offsetof(Scanner, parse_constant), true, "parse_constant"},
    {0},
};

Type type_json_scanner;
static const TypeSpec spec_scanner = {
    .name = "_json.Scanner",
    .size = sizeof(Scanner),
    .flags = TYPE_BASETYPE,
    .slots = {.new = scanner_new, .call = scanner_call, .dealloc = scanner_dealloc, .traverse = scanner_traverse, .clear = scanner_clear},
    .members = scanner_members,
    .doc = "JSON scanner object",
};

bool json_scanner_init(Thread *t) { return type_ready(t, &type_json_scanner, &spec_scanner, 0); }
