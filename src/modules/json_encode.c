// _json.make_encoder: JSON text of values.
#include <math.h>
#include <stddef.h>

#include "gc/heap.h"
#include "modules/json.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_text.h"
#include "objects/float_type.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/tuple.h"

typedef enum { QUOTE_BY_CALL, QUOTE_ASCII, QUOTE_PLAIN } Quote;

typedef struct Encoder {
  Object ob;
  Value markers, default_, encoder, indent, key_separator, item_separator;
  bool sort_keys, skipkeys, allow_nan;
  uint8_t quote;                  // Quote: how strings are written
} Encoder;

// The containers being written, innermost first: one that occurs in its own contents is an error.
typedef struct Ancestor {
  const struct Ancestor *outer;
  const Object *object;
} Ancestor;

typedef struct Encode {
  Thread *t;
  const Encoder *encoder;
  StrBuilder out;
  bool check_circular;
  uint32_t steps;
} Encode;

static int put_value(Encode *c, Value v, const Ancestor *outer);

// --- Scalars ----------------------------------------------------------------------------------------------------------------------

static inline int put(Encode *c, const char *s, int64_t n) { return json_put(&c->out, s, n) ? 0 : -1; }
static inline int put_str(Encode *c, Value v) {
  const Str *s = v_str(v);
  return (str_is_ascii(s) ? json_put(&c->out, s->data, s->length) : strb_str(&c->out, v)) ? 0 : -1;
}
static int put_and_drop(Encode *c, Value text) {
  int status = v_is_null(text) ? -1 : put_str(c, text);
  v_drop(c->t, text);
  return status;
}

static int put_string(Encode *c, Value v) {
  const Encoder *e = c->encoder;
  if (e->quote != QUOTE_BY_CALL) return json_put_quoted(&c->out, v_str(v), e->quote == QUOTE_ASCII) ? 0 : -1;
  Value text = object_call1(c->t, e->encoder, v);
  if (!v_is_null(text) && !v_is_str(text)) {
    raise_type_error(c->t, "encoder() must return a string, not %.80T", text);
    v_clear(c->t, &text);
  }
  return put_and_drop(c, text);
}

// The text of a number, to be written as it is or, as a key, within quotes.
static int64_t small_int_text(char *end, int64_t n) {
  uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
  char *p = end;
  do *--p = (char)('0' + u % 10); while (u /= 10);
  if (n < 0) *--p = '-';
  return end - p;
}

static Value float_text(Thread *t, const Encoder *e, Value v) {
  double d = float_value(v);
  if (likely(isfinite(d))) return float_repr(t, v);
  if (!e->allow_nan) return raise_value_error(t, "Out of range float values are not JSON compliant");
  return str_from_cstr(t, isnan(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity");
}

static int put_float(Encode *c, Value v) {
  double d = float_value(v);
  if (unlikely(!isfinite(d))) return put_and_drop(c, float_text(c->t, c->encoder, v));
  char text[DOUBLE_REPR_MAX];
  int n = double_repr(d, text, DOUBLE_ADD_DOT_0);
  return put(c, text, n);
}

static int put_int(Encode *c, Value v) {
  char text[24];
  if (!v_is_smi(v)) return put_and_drop(c, int_to_text(c->t, v, 10, false));
  int64_t n = small_int_text(text + sizeof text, v_smi(v));
  return put(c, text + sizeof text - n, n);
}

// --- Containers -------------------------------------------------------------------------------------------------------------------

static bool is_ancestor(const Ancestor *a, Value v) {
  for (; a; a = a->outer)
    if (a->object == v_obj(v)) return true;
  return false;
}

// Goes one level down. 0; -1 with RecursionError or ValueError. Pair with recursion_leave.
static int enter(Encode *c, Value v, const Ancestor *outer) {
  if (unlikely(++c->steps % 1024 == 0) && safepoint(c->t) < 0) return -1;
  if (c->check_circular && is_ancestor(outer, v)) {
    raise_value_error(c->t, "Circular reference detected");
    return -1;
  }
  return recursion_enter(c->t, " while encoding a JSON object");
}

static int put_sequence_items(Encode *c, Value v, const Ancestor *inner) {
  Tuple *tuple = v_is_tuple(v) ? v_tuple(v) : NULL;
  for (int64_t i = 0;; i++) {
    Value item = !tuple ? list_get_inline(c->t, v_list(v), i) : i < tuple->length ? v_own(c->t, tuple->items[i]) : V_NULL;
    if (v_is_null(item)) return 0;
    int status = i ? put_str(c, c->encoder->item_separator) : 0;
    if (status == 0) status = put_value(c, item, inner);
    v_drop(c->t, item);
    if (status < 0) return -1;
  }
}

static int put_sequence(Encode *c, Value v, const Ancestor *outer) {
  bool exact = v_is_exact(v, SHAPE_TUPLE) || v_is_exact(v, SHAPE_LIST);
  Value items = exact ? v_own(c->t, v) : list_copy_of(c->t, v, "_iterencode_list needs a sequence");       // a subclass is asked for its items
  if (v_is_null(items)) return -1;
  int64_t n = v_is_tuple(items) ? v_tuple(items)->length : list_length(v_list(items));
  int status = n ? enter(c, v, outer) : put(c, "[]", 2);
  if (n && status == 0) {
    Ancestor inner = {outer, v_obj(v)};
    status = put(c, "[", 1) < 0 || put_sequence_items(c, items, &inner) < 0 ? -1 : put(c, "]", 1);
    recursion_leave(c->t);
  }
  v_drop(c->t, items);
  return status;
}

// What a key is written as: a str, owned; V_ABSENT: skip the entry.
static Value key_text(Encode *c, Value key) {
  Thread *t = c->t;
  if (v_is_str(key)) return v_own(t, key);
  if (v_is_float(key)) return float_text(t, c->encoder, key);
  if (v_is(key, V_TRUE)) return str_from_cstr(t, "true");
  if (v_is(key, V_FALSE)) return str_from_cstr(t, "false");
  if (v_is_none(key)) return str_from_cstr(t, "null");
  if (v_is_int(key)) return int_to_text(t, key, 10, false);
  if (c->encoder->skipkeys) return V_ABSENT;
  return raise_type_error(t, "keys must be str, int, float, bool or None, not %.100T", key);
}

static int put_entry(Encode *c, Value key, Value value, bool *first, const Ancestor *inner) {
  Value text = key_text(c, key);
  if (v_is_null(text)) return -1;
  if (v_is_absent(text)) return 0;
  int status = *first ? 0 : put_str(c, c->encoder->item_separator);
  *first = false;
  if (status == 0) status = put_string(c, text);
  if (status == 0) status = put_str(c, c->encoder->key_separator);
  v_drop(c->t, text);
  return status < 0 ? -1 : put_value(c, value, inner);
}

enum { FEW_ENTRIES = 16 };

// The entries of an exact dict as it is now: a hook may change it meanwhile.
static int put_dict_entries(Encode *c, Dict *d, const Ancestor *inner) {
  Value few[2 * FEW_ENTRIES];
  int64_t room = dict_length(d), n = 0, pos = 0;
  Value *entries = room <= FEW_ENTRIES ? few : heap_alloc(c->t, (size_t)room * 2 * sizeof(Value));
  if (!entries) {
    raise_no_memory(c->t);
    return -1;
  }
  if (room < FEW_ENTRIES) room = FEW_ENTRIES;
  while (n < room && dict_next(c->t, d, &pos, &entries[2 * n], &entries[2 * n + 1])) n++;
  int status = 0;
  bool first = true;
  for (int64_t i = 0; i < n; i++) {
    if (status == 0) status = put_entry(c, entries[2 * i], entries[2 * i + 1], &first, inner);
    v_drop(c->t, entries[2 * i]);
    v_drop(c->t, entries[2 * i + 1]);
  }
  if (entries != few) heap_free(c->t, entries);
  return status;
}

static Value mapping_items(Thread *t, Value v) {
  if (v_is_dict_exact(v)) return dict_items_list(t, v_dict(v));
  Value view = object_call_method0(t, v, N(items));
  Value list = v_is_null(view) ? V_NULL : object_to_list(t, view);
  if (!v_is_null(view) && v_is_null(list) && error_matches(t, &exc_TypeError) && !v_type(view)->slots.iter) {
    error_clear(t);
    raise_type_error(t, "%.200T.items() returned a non-iterable (type %.200T)", v, view);
  }
  v_drop(t, view);
  return list;
}

static int put_items_list(Encode *c, List *items, const Ancestor *inner) {
  bool first = true;
  for (int64_t i = 0;; i++) {
    Value item = list_get(c->t, items, i);
    if (v_is_null(item)) return 0;
    int status = -1;
    if (v_is_tuple(item) && v_tuple(item)->length == 2) status = put_entry(c, v_tuple(item)->items[0], v_tuple(item)->items[1], &first, inner);
    else raise_value_error(c->t, "items must return 2-tuples");
    v_drop(c->t, item);
    if (status < 0) return -1;
  }
}

static int put_dict_body(Encode *c, Value v, const Ancestor *inner) {
  if (v_is_dict_exact(v) && !c->encoder->sort_keys) return put_dict_entries(c, v_dict(v), inner);
  Value items = mapping_items(c->t, v);
  if (v_is_null(items)) return -1;
  int status = c->encoder->sort_keys ? list_sort(c->t, v_list(items), V_NULL, false) : 0;
  if (status == 0) status = put_items_list(c, v_list(items), inner);
  v_drop(c->t, items);
  return status;
}

static int put_dict(Encode *c, Value v, const Ancestor *outer) {
  if (dict_length(v_dict(v)) == 0) return put(c, "{}", 2);
  if (enter(c, v, outer) < 0) return -1;
  Ancestor inner = {outer, v_obj(v)};
  int status = put(c, "{", 1) < 0 || put_dict_body(c, v, &inner) < 0 ? -1 : put(c, "}", 1);
  recursion_leave(c->t);
  return status;
}

// Whatever else: what the default function makes of it.
static int put_default(Encode *c, Value v, const Ancestor *outer) {
  if (enter(c, v, outer) < 0) return -1;
  Ancestor inner = {outer, v_is_ptr(v) ? v_obj(v) : NULL};
  Value made = object_call1(c->t, c->encoder->default_, v);
  int status = v_is_null(made) ? -1 : put_value(c, made, &inner);
  v_drop(c->t, made);
  recursion_leave(c->t);
  return status;
}

static int put_value(Encode *c, Value v, const Ancestor *outer) {
  if (v_is_smi(v)) return put_int(c, v);
  if (v_is_str(v)) return put_string(c, v);
  if (v_is_none(v)) return put(c, "null", 4);
  if (v_is(v, V_TRUE)) return put(c, "true", 4);
  if (v_is(v, V_FALSE)) return put(c, "false", 5);
  if (v_is_int(v)) return put_int(c, v);
  if (v_is_float(v)) return put_float(c, v);
  if (v_is_list(v) || v_is_tuple(v)) return put_sequence(c, v, outer);
  return v_is_dict(v) ? put_dict(c, v, outer) : put_default(c, v, outer);
}

// --- The type ---------------------------------------------------------------------------------------------------------------------

static Quote quote_of(Value encoder) {
  if (!v_is_exact(encoder, SHAPE_BUILTIN)) return QUOTE_BY_CALL;
  NativeFn fn = ((const Native *)v_obj(encoder))->def->fn;
  return fn == json_encode_basestring_ascii ? QUOTE_ASCII : fn == json_encode_basestring ? QUOTE_PLAIN : QUOTE_BY_CALL;
}

static int flag(Thread *t, Value v, bool *out) {
  int truth = object_is_true(t, v);
  *out = truth > 0;
  return truth < 0 ? -1 : 0;
}

static Value encoder_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value in[9];
  if (native_bind(t, &binder, "make_encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)", args, nargs,
                  kwnames, in) < 0)
    return V_NULL;
  bool sort_keys, skipkeys, allow_nan;
  for (int i = 4; i < 6; i++)
    if (!v_is_str(in[i])) return raise_type_error(t, "make_encoder() argument %d must be str, not %s", i + 1, v_is_none(in[i]) ? "None" : v_type(in[i])->spec ? v_type(in[i])->spec->name : "object");
  if (flag(t, in[6], &sort_keys) < 0 || flag(t, in[7], &skipkeys) < 0 || flag(t, in[8], &allow_nan) < 0) return V_NULL;
  if (!v_is_none(in[0]) && !v_is_dict(in[0])) return raise_type_error(t, "make_encoder() argument 1 must be dict or None, not %.200T", in[0]);
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  Encoder *e = (Encoder *)v_obj(v);
  e->markers = v_own(t, in[0]);
  e->default_ = v_own(t, in[1]);
  e->encoder = v_own(t, in[2]);
  e->indent = v_own(t, in[3]);
  e->key_separator = v_own(t, in[4]);
  e->item_separator = v_own(t, in[5]);
  e->sort_keys = sort_keys;
  e->skipkeys = skipkeys;
  e->allow_nan = allow_nan;
  e->quote = quote_of(in[2]);
  return v;
}

static Value encoder_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value in[2];
  if (native_bind(t, &binder, "_iterencode(obj, _current_indent_level)", args, nargs, kwnames, in) < 0) return V_NULL;
  if (number_as_i64(t, in[1]) == -1 && error_pending(t)) return V_NULL;
  const Encoder *e = (const Encoder *)v_obj(self);
  Encode c = {.t = t, .encoder = e, .check_circular = !v_is_none(e->markers)};
  strb_init(&c.out, t);
  if (put_value(&c, in[0], NULL) < 0) {
    strb_discard(&c.out);
    return V_NULL;
  }
  Value text = strb_finish(&c.out);
  return v_is_null(text) ? V_NULL : list_from_stolen(t, &text, 1);
}

#define ENCODER_FIELDS(X) X(markers) X(default_) X(encoder) X(indent) X(key_separator) X(item_separator)
static void encoder_dealloc(Thread *t, Object *o) {
#define DROP(field) v_drop(t, ((Encoder *)o)->field);
  ENCODER_FIELDS(DROP)
  heap_free_object(t, o);
}
static void encoder_traverse(Object *o, GcVisit visit, void *arg) {
#define VISIT(field) gc_visit_value(((Encoder *)o)->field, visit, arg);
  ENCODER_FIELDS(VISIT)
}

// The separators stay: an encoder in the middle of its work may use them.
static void encoder_clear(Thread *t, Object *o) {
  v_set(t, &((Encoder *)o)->markers, V_NONE);
  v_set(t, &((Encoder *)o)->default_, V_NONE);
  v_set(t, &((Encoder *)o)->encoder, V_NONE);
  v_set(t, &((Encoder *)o)->indent, V_NONE);
}

static const MemberDef encoder_members[] = {
    {"markers", MEMBER_VALUE, offsetof(Encoder, markers), true, "markers"},
    {"default", MEMBER_VALUE, offsetof(Encoder, default_), true, "default"},
    {"encoder", MEMBER_VALUE, offsetof(Encoder, encoder), true, "encoder"},
    {"indent", MEMBER_VALUE, offsetof(Encoder, indent), true, "indent"},
    {"key_separator", MEMBER_VALUE, offsetof(Encoder, key_separator), true, "key_separator"},
    {"item_separator", MEMBER_VALUE, offsetof(Encoder, item_separator), true, "item_separator"},
    {"sort_keys", MEMBER_BOOL, offsetof(Encoder, sort_keys), true, "sort_keys"},
    {"skipkeys", MEMBER_BOOL, offsetof(Encoder, skipkeys), true, "skipkeys"},
    {0},
};

Type type_json_encoder;
static const TypeSpec spec_encoder = {
    .name = "_json.Encoder",
    .size = sizeof(Encoder),
    .flags = TYPE_BASETYPE,
    .slots = {.new = encoder_new, .call = encoder_call, .dealloc = encoder_dealloc, .traverse = encoder_traverse, .clear = encoder_clear},
    .members = encoder_members,
    .doc = "Calls with an object and a level of indentation return the pieces of its JSON text.",
};

bool json_encoder_init(Thread *t) { return type_ready(t, &type_json_encoder, &spec_encoder, 0); }
