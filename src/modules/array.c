// The module array: sequences of numbers or characters of one machine type, packed as C would have them. Making arrays, their buffers, and the type.
#include <stdio.h>

#include "modules/array_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"
#include "threading/critical.h"

Type type_array;

// --- Construction -----------------------------------------------------------------------------------------------------------------

// A type code argument. NULL: an exception is set.
static int typecode_get(Thread *t, Value v, const char *function, int position, uint32_t *letter) {
  if (v_is_str(v) && str_length(v_str(v)) == 1) {
    *letter = str_char(v_str(v), 0);
    return 0;
  }
  char where[32] = "";
  snprintf(where, sizeof where, "argument %d", position);
  if (v_is_none(v)) raise_type_error(t, "%s() %s must be a unicode character, not None", function, where);
  else raise_type_error(t, "%s() %s must be a unicode character, not %T", function, where, v);
  return -1;
}

// A list's or a tuple's own length counts, and its items are asked for one by one.
static int fill_by_index(Thread *t, Array *a, Value initial) {
  for (int64_t i = 0; i < (v_is_list(initial) ? list_length(v_list(initial)) : v_tuple(initial)->length); i++) {
    Value item = object_getitem(t, initial, v_from_smi(i));
    int r = v_is_null(item) ? -1 : array_append_value(t, a, item);
    v_drop(t, item);
    if (r < 0) return -1;
  }
  return 0;
}

static int fill(Thread *t, Array *a, Value initial) {
  if (v_is_bytes(initial) || v_is_bytearray(initial)) return array_extend_by_buffer(t, a, initial);
  if (v_is_str(initial) && a->code->letter == 'u') return array_extend_by_text(t, a, initial);
  if (v_is_array(initial) && v_array(initial)->code == a->code) return array_extend_by_array(t, a, initial);
  if ((v_is_list(initial) || v_is_tuple(initial)) && v_type(initial)->flags & TYPE_HEAP) return fill_by_index(t, a, initial);
  return array_extend_by_iterating(t, a, initial);
}

static Value array_new_of(Thread *t, Type *type, uint32_t letter, Value initial) {
  bool given = !v_is_absent(initial), text = letter == 'u';
  if (given && !text && v_is_str(initial)) return raise_type_error(t, "cannot use a str to initialize an array with typecode '%c'", (int)letter);
  if (given && !text && v_is_array(initial) && v_array(initial)->code->letter == 'u')
    return raise_type_error(t, "cannot use a unicode array to initialize an array with typecode '%c'", (int)letter);
  const ArrayCode *code = array_code_find(letter);
  if (!code) {
    // What cannot be iterated is complained of first.
    bool plain = !given || v_is_list(initial) || v_is_tuple(initial) || v_is_bytes(initial) || v_is_bytearray(initial);
    Value it = plain ? V_NONE : object_iter(t, initial);
    if (v_is_null(it)) return V_NULL;
    v_drop(t, it);
    return raise_value_error(t, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  }
  Value v = array_make(t, type, code, NULL, 0);
  if (v_is_null(v) || !given || fill(t, v_array(v), initial) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

static Value array_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  uint32_t letter;
  bool own_init = type->slots.init != type_array.slots.init;   // a subclass's __init__ may want keywords
  if (!own_init && native_no_keywords(t, "array.array", kwnames) < 0) return V_NULL;
  if (nargs < 1) return raise_type_error(t, "array() takes at least 1 argument (0 given)");
  if (nargs > 2) return raise_type_error(t, "array() takes at most 2 arguments (%zu given)", nargs);
  if (typecode_get(t, args[0], "array", 1, &letter) < 0) return V_NULL;
  return array_new_of(t, type, letter, nargs > 1 ? args[1] : V_ABSENT);
}

static NATIVE(array_reconstructor) {
  if (!v_is_type(args[0])) {
    uint32_t ignored;
    return typecode_get(t, args[1], "_array_reconstructor", 2, &ignored) < 0 ? V_NULL
                                                                            : raise_type_error(t, "first argument must be a type object, not %.200T", args[0]);
  }
  uint32_t letter;
  if (typecode_get(t, args[1], "_array_reconstructor", 2, &letter) < 0) return V_NULL;
  int format = number_as_int(t, args[2]);
  if (format == -1 && error_pending(t)) return V_NULL;
  Type *type = v_as_type(args[0]);
  if (!type_is_subtype(type, &type_array)) return raise_type_error(t, "%.200N is not a subtype of %.200N", type, &type_array);
  const ArrayCode *code = array_code_find(letter);
  if (!code) return raise_value_error(t, "second argument must be a valid type code");
  if (format < 0 || format >= MACHINE_COUNT) return raise_value_error(t, "third argument must be a valid machine format code.");
  if (!v_is_bytes(args[3])) return raise_type_error(t, "fourth argument should be bytes, not %.200T", args[3]);
  if (format == code->machine_format) return array_new_of(t, type, letter, args[3]);
  char chosen = (char)letter;
  Value items = array_decode(t, args[3], format, &chosen);
  Value v = v_is_null(items) ? V_NULL : array_new_of(t, type, (uint32_t)chosen, items);
  v_drop(t, items);
  return v;
}

// --- Attributes -------------------------------------------------------------------------------------------------------------------

static Value array_get_typecode(Thread *t, Value self, UNUSED_OK void *closure) { return str_from_char(t, (uint32_t)v_array(self)->code->letter); }
static Value array_get_itemsize(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(v_array(self)->code->size); }

// --- Buffers ----------------------------------------------------------------------------------------------------------------------

static int array_getbuffer(Thread *t, Value self, BufferView *view, int flags) {
  static char nothing[ARRAY_ITEM_MAX];
  Array *a = v_array(self);
  int64_t n;
  char *data;
  CRITICAL_BEGIN(t, a);
  a->exports++;
  n = a->length;
  data = a->data ? a->data : nothing;
  CRITICAL_END(t);
  static const char formats[][2] = {"b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "f", "d"};
  *view = (BufferView){.data = data, .len = n * a->code->size, .itemsize = a->code->size, .ndim = 1, .obj = v_own(t, self), .inline_dims = {n, a->code->size}};
  if (flags & BUFFER_ND) view->shape = &view->inline_dims[0];
  if ((flags & BUFFER_STRIDES) == BUFFER_STRIDES) view->strides = &view->inline_dims[1];
  if (flags & BUFFER_FORMAT) {
    view->format = "w";
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
      if (formats[i][0] == a->code->letter) view->format = formats[i];
  }
  return 0;
}

static void array_releasebuffer(Thread *t, Value self, UNUSED_OK BufferView *view) {
  Array *a = v_array(self);
  CRITICAL_BEGIN(t, a);
  a->exports--;
  CRITICAL_END(t);
}

// --- The module -------------------------------------------------------------------------------------------------------------------

static const GetSetDef array_getset[] = {
    {"typecode", array_get_typecode, NULL, "The letter that says what the items are.", NULL},
    {"itemsize", array_get_itemsize, NULL, "Bytes of an item.", NULL},
    {0},
};
static const TypeSpec spec_array = {
    .name = "array.array",
    .size = sizeof(Array),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF | TYPE_SEQUENCE,
    .slots = {.repr = array_repr, .hash = object_hash_not_implemented, .richcompare = array_compare, .iter = array_iter, .new = array_new,
              .length = array_length, .getitem = array_getitem, .setitem = array_setitem, .seq_item = array_item, .contains = array_contains, .concat = array_concat,
              .iconcat = array_iconcat, .repeat = array_repeat, .irepeat = array_irepeat, .getbuffer = array_getbuffer,
              .releasebuffer = array_releasebuffer, .dealloc = array_dealloc},
    .methods = array_methods,
    .getset = array_getset,
    .doc = "array(typecode [, initializer]) -> array\n\nA sequence of numbers or characters of one machine type:\n"
           "b B 1-byte int, u character, h H 2-byte int, i I 4-byte int, l L q Q 8-byte int, f d float (capitals: unsigned).",
};

static const NativeDef functions[] = {
    {"_array_reconstructor($module, arraytype, typecode, mformat_code, items, /)", array_reconstructor, "What pickles call.", 0},
    {0},
};

// An array is a MutableSequence.
static int register_abc(Thread *t) {
  Value name = str_from_cstr(t, "collections.abc"), module = v_is_null(name) ? V_NULL : import_module_named(t, name), done = V_NULL;
  Value key = N(MutableSequence);
  Value abc = v_is_null(module) || v_is_null(key) ? V_NULL : object_getattr(t, module, key);
  if (!v_is_null(abc)) done = array_call_method(t, abc, "register", v_from_obj(&type_array));
  v_drop(t, name);
  v_drop(t, module);
  v_drop(t, abc);
  v_drop(t, done);
  return v_is_null(done) ? -1 : 0;
}

static int array_exec(Thread *t, Value m) {
  if (!type_ready(t, &type_array, &spec_array, 0) || !array_iterator_init(t)) return -1;
  if (module_add_type(t, m, &type_array) < 0 || module_add(t, m, "ArrayType", v_own_obj(t, &type_array)) < 0) return -1;
  return register_abc(t) < 0 ? -1 : module_add_str(t, m, "typecodes", array_letters);
}

const ModuleDef module_array = {
    .name = "array",
    .doc = "Arrays of numbers or characters, packed as C would have them.",
    .functions = functions,
    .exec = array_exec,
};
