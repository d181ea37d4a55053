// The type str: what its slots do, and the table of its methods.

#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str_impl.h"
#include "objects/text_iter.h"
#include "objects/tuple.h"

Type type_str;

// --- Construction -----------------------------------------------------------------------------------------------------------------

// An instance of a subclass with the text of `exact` (stolen).
static Value str_subtype_from(Thread *t, Type *type, Value exact) {
  if (v_is_null(exact)) return exact;
  Str *from = v_str(exact);
  int kind = str_kind(from);
  size_t bytes = (size_t)(from->length + 1) * (size_t)kind;
  Value v = type->slots.alloc(t, type, bytes);
  if (!v_is_null(v)) {
    Str *s = v_str(v);
    s->length = from->length;
    a32_store_rlx(&s->ob.aux, a32_load_rlx(&from->ob.aux) & (STR_KIND | STR_ASCII));
    memcpy(s->data, from->data, bytes - (size_t)kind);
    char_set(kind, s->data, from->length, 0);
    a64_store_rlx(&s->hash, a64_load_rlx(&from->hash));
  }
  v_drop(t, exact);
  return v;
}

static Value str_from_encoded(Thread *t, Value v, Value encoding, Value errors) {
  const char *encoding_name = str_argument(t, "str", "encoding", encoding, "utf-8");
  const char *errors_name = encoding_name ? str_argument(t, "str", "errors", errors, "strict") : NULL;
  if (!errors_name) return V_NULL;
  if (v_is_str(v)) return raise_type_error(t, "decoding str is not supported");
  if (v_is_bytes(v)) return str_decode(t, v_bytes(v)->data, (size_t)v_bytes(v)->length, encoding_name, errors_name);
  BufferView view;
  if (!buffer_try(t, v, &view)) return error_pending(t) ? V_NULL : raise_type_error(t, "decoding to str: need a bytes-like object, %T found", v);
  Value text = str_decode(t, view.data, (size_t)view.len, encoding_name, errors_name);
  buffer_release(t, &view);
  return text;
}

static Value str_make(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (nargs == 1 && v_is_null(kwnames)) {
    Value v = object_str(t, args[0]);
    return type == &type_str ? v : str_subtype_from(t, type, v);
  }
  static aptr binder;
  Value in[3];
  if (native_bind(t, &binder, "str(object='', encoding='utf-8', errors='strict')", args, nargs, kwnames, in) < 0) return V_NULL;
  Value v;
  if (v_is_absent(in[0])) v = str_empty;
  else if (v_is_absent(in[1]) && v_is_absent(in[2])) v = object_str(t, in[0]);
  else v = str_from_encoded(t, in[0], in[1], in[2]);
  return type == &type_str ? v : str_subtype_from(t, type, v);
}

// --- Slots ------------------------------------------------------------------------------------------------------------------------

static int64_t str_hash_slot(Thread *t, Value self) {
  (void)t;
  return str_hash(v_str(self));
}

static Value str_richcompare(Thread *t, Value a, Value b, int op) {
  (void)t;
  if (!v_is_str(a) || !v_is_str(b)) return V_NOT_IMPLEMENTED;
  const Str *x = v_str(a), *y = v_str(b);
  if (op == CMP_EQ || op == CMP_NE) return v_from_bool(str_equal(x, y) == (op == CMP_EQ));
  int c = x == y ? 0 : str_compare(x, y);
  switch (op) {
    case CMP_LT: return v_from_bool(c < 0);
    case CMP_LE: return v_from_bool(c <= 0);
    case CMP_GT: return v_from_bool(c > 0);
    default: return v_from_bool(c >= 0);
  }
}

static int64_t str_length_slot(Thread *t, Value self) {
  (void)t;
  return v_str(self)->length;
}

static Value str_item(Thread *t, Value self, int64_t i) {
  const Str *s = v_str(self);
  if (i < 0 || i >= s->length) return raise_error(t, &exc_IndexError, "string index out of range");
  return str_from_char(t, str_char(s, i));
}

static Value str_stepped(Thread *t, Value self, int64_t start, int64_t step, int64_t n) {
  const Str *s = v_str(self);
  StrBuilder b;
  strb_init(&b, t);
  for (int64_t i = 0; i < n; i++, start += step)
    if (!strb_char(&b, str_char(s, start))) break;
  return strb_finish(&b);
}

static Value str_getitem(Thread *t, Value self, Value key) {
  if (v_is_slice(key)) {
    int64_t start, stop, step;
    if (slice_unpack(t, key, &start, &stop, &step) < 0) return V_NULL;
    int64_t n = slice_adjust(v_str(self)->length, &start, &stop, step);
    if (n <= 0) return str_empty;
    return step == 1 ? str_slice(t, self, start, start + n) : str_stepped(t, self, start, step, n);
  }
  int64_t i;
  if (likely(v_is_smi(key))) {
    i = v_smi(key);
  } else {
    if (!number_is_index(key)) return raise_type_error(t, "string indices must be integers, not '%T'", key);
    if (subscript_index(t, key, &i) < 0) return V_NULL;
  }
  return str_item(t, self, i < 0 ? i + v_str(self)->length : i);
}

static Value str_concat_slot(Thread *t, Value a, Value b) {
  if (!v_is_str(b)) return raise_type_error(t, "can only concatenate str (not \"%T\") to str", b);
  return str_concat(t, a, b);
}

static Value str_remainder(Thread *t, Value a, Value b) { return v_is_str(a) ? str_mod(t, a, b) : V_NOT_IMPLEMENTED; }

static NATIVE(str_getnewargs) {
  Value copy = str_copy(t, self);
  return v_is_null(copy) ? copy : tuple_from_stolen(t, &copy, 1);
}

static NATIVE(str_sizeof) { return int_from_u64(t, heap_object_size(v_obj(self))); }

static NATIVE(str_format_native) {
  if (!v_is_str(args[0])) return raise_type_error(t, "__format__() argument must be str, not %K", args[0]);
  if (str_length(v_str(args[0])) == 0 && !v_is_str_exact(self)) return object_str(t, self);   // a subclass's own __str__
  return str_format_value(t, self, args[0]);
}

static const NativeDef str_methods[] = {
  {"encode($self, /, encoding='utf-8', errors='strict')", str_native_encode, "The text as bytes in an encoding.", 0},
  {"replace($self, old, new, count=-1, /)", str_native_replace, "A copy with occurrences of old replaced by new.", 0},
  {"split($self, /, sep=None, maxsplit=-1)", str_native_split, "The pieces between separators, or between white space.", 0},
  {"rsplit($self, /, sep=None, maxsplit=-1)", str_native_rsplit, "As split, but counting splits from the end.", 0},
  {"join($self, iterable, /)", str_native_join, "The items of iterable with this text between them.", 0},
  {"capitalize($self, /)", str_native_capitalize, "First character in title case, the rest in lower case.", 0},
  {"casefold($self, /)", str_native_casefold, "A form for comparing without regard to case.", 0},
  {"title($self, /)", str_native_title, "Words begin in title case and go on in lower case.", 0},
  {"center($self, width, fillchar=' ', /)", str_native_center, "Padded on both sides.", 0},
  {"count(...)", str_native_count, "S.count(sub[, start[, end]]) -> int\n\nHow often sub occurs without overlap.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
  {"expandtabs($self, /, tabsize=8)", str_native_expandtabs, "Tabs replaced by spaces up to the next column.", 0},
  {"find(...)", str_native_find, "S.find(sub[, start[, end]]) -> int\n\nThe lowest position of sub, or -1.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
  {"partition($self, sep, /)", str_native_partition, "What stands before the first sep, sep, and what follows.", 0},
  {"index(...)", str_native_index, "S.index(sub[, start[, end]]) -> int\n\nThe lowest position of sub; ValueError if there is none.",
   NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
  {"ljust($self, width, fillchar=' ', /)", str_native_ljust, "Padded on the right.", 0},
  {"lower($self, /)", str_native_lower, "In lower case.", 0},
  {"lstrip($self, chars=None, /)", str_native_lstrip, "Without leading white space, or without leading chars.", 0},
  {"rfind(...)", str_native_rfind, "S.rfind(sub[, start[, end]]) -> int\n\nThe highest position of sub, or -1.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
  {"rindex(...)", str_native_rindex, "S.rindex(sub[, start[, end]]) -> int\n\nThe highest position of sub; ValueError if there is none.",
   NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
  {"rjust($self, width, fillchar=' ', /)", str_native_rjust, "Padded on the left.", 0},
  {"rstrip($self, chars=None, /)", str_native_rstrip, "Without trailing white space, or without trailing chars.", 0},
  {"rpartition($self, sep, /)", str_native_rpartition, "What stands before the last sep, sep, and what follows.", 0},
  {"splitlines($self, /, keepends=False)", str_native_splitlines, "The lines of the text.", 0},
  {"strip($self, chars=None, /)", str_native_strip, "Without white space, or chars, at both ends.", 0},
  {"swapcase($self, /)", str_native_swapcase, "Lower case for upper case and the other way round.", 0},
  {"translate($self, table, /)", str_native_translate, "Each character replaced as table says.", 0},
  {"upper($self, /)", str_native_upper, "In upper case.", 0},
  {"startswith(...)", str_native_startswith,
   "Whether the string from start to end has this beginning, or one of these.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
  {"endswith(...)", str_native_endswith, "Whether the string from start to end has this end, or one of these.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
  {"removeprefix($self, prefix, /)", str_native_removeprefix, "Without the prefix, if it is there.", 0},
  {"removesuffix($self, suffix, /)", str_native_removesuffix, "Without the suffix, if it is there.", 0},
  {"isascii($self, /)", str_native_isascii, "True if all characters are ASCII.", 0},
  {"islower($self, /)", str_native_islower, "True if there are cased characters and all are lower case.", 0},
  {"isupper($self, /)", str_native_isupper, "True if there are cased characters and all are upper case.", 0},
  {"istitle($self, /)", str_native_istitle, "True if the text is in title case.", 0},
  {"isspace($self, /)", str_native_isspace, "True if there is white space and nothing else.", 0},
  {"isdecimal($self, /)", str_native_isdecimal, "True if all characters are decimal digits.", 0},
  {"isdigit($self, /)", str_native_isdigit, "True if all characters are digits.", 0},
  {"isnumeric($self, /)", str_native_isnumeric, "True if all characters are numeric.", 0},
  {"isalpha($self, /)", str_native_isalpha, "True if all characters are letters.", 0},
  {"isalnum($self, /)", str_native_isalnum, "True if all characters are letters or numeric.", 0},
  {"isidentifier($self, /)", str_native_isidentifier, "Whether the text could be a name in a program, keywords included.", 0},
  {"isprintable($self, /)", str_native_isprintable, "True if all characters can be shown.", 0},
  {"zfill($self, width, /)", str_native_zfill, "Padded with zeros after the sign.", 0},
  {"format(...)", str_format_method, "S.format(*args, **kwargs) -> str\n\nThe replacement fields in braces filled in.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
  {"format_map($self, mapping, /)", str_native_format_map, "The string with its fields filled in from the mapping.", NATIVE_NO_SIGNATURE},
  {"__format__($self, format_spec, /)", str_format_native, "Formatted as the specification says.", 0},
  {"maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)", str_native_maketrans, "A table for translate.", NATIVE_STATIC},
  {"__sizeof__($self, /)", str_sizeof, "Bytes of memory taken.", 0},
  {"__getnewargs__($self, /)", str_getnewargs, NULL, NATIVE_NO_SIGNATURE},
  {0},
};

static const TypeSpec spec_str = {
  .name = "str",
  .size = sizeof(Str),
  .item_size = 1,
  .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_STR | TYPE_VARSIZE | TYPE_MATCH_SELF,
  .slots = {
    .new = str_make, .dealloc = str_dealloc, .repr = str_repr, .str = str_exact, .hash = str_hash_slot, .richcompare = str_richcompare,
    .iter = str_iter, .length = str_length_slot, .getitem = str_getitem, .seq_item = str_item, .contains = str_contains,
    .concat = str_concat_slot, .repeat = str_repeat, .remainder = str_remainder,
  },
  .methods = str_methods,
  .doc = "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\n"
         "The text form of an object, or the text that bytes hold in an encoding.",
};

bool str_init(Thread *t) { return str_core_init(t) && type_ready(t, &type_str, &spec_str, SHAPE_STR) && text_iter_init(t); }
