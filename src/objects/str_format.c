// str.format and str.format_map.

#include "objects/error.h"
#include "objects/float.h"
#include "objects/format_markup.h"
#include "objects/format_spec.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str_impl.h"
#include "objects/tuple.h"

typedef enum { NUMBERING_UNDECIDED, NUMBERING_AUTOMATIC, NUMBERING_MANUAL } Numbering;

typedef struct FormatCall {
  Thread *t;
  const Str *s;            // the format string
  const Value *args;       // NULL: format_map
  size_t nargs;
  Value kwnames;           // names of the values after args; V_NULL: none
  Value mapping;           // format_map's; V_NULL: none
  Value sole;              // the whole result where one text makes it, which is then not copied; else V_NULL. Owned
  Numbering numbering;
  int64_t next_index;
} FormatCall;

static bool format_range(FormatCall *call, StrBuilder *b, const Str *s, TextRange r, int depth);

static bool numbering_agrees(FormatCall *call, bool automatic) {
  if (call->numbering == NUMBERING_UNDECIDED) call->numbering = automatic ? NUMBERING_AUTOMATIC : NUMBERING_MANUAL;
  if (call->numbering == NUMBERING_MANUAL && automatic)
    raise_value_error(call->t, "cannot switch from manual field specification to automatic field numbering");
  else if (call->numbering == NUMBERING_AUTOMATIC && !automatic)
    raise_value_error(call->t, "cannot switch from automatic field numbering to manual field specification");
  else return true;
  return false;
}

static Value range_text(Thread *t, const Str *s, TextRange r) { return str_slice(t, v_from_obj(s), r.start, r.end); }

static Value named_argument(FormatCall *call, const Str *s, TextRange first) {
  Thread *t = call->t;
  Value key = range_text(t, s, first), found = V_NULL;
  if (v_is_null(key)) return key;
  if (!v_is_null(call->mapping)) {
    found = object_getitem(t, call->mapping, key);
  } else {
    size_t n = v_is_null(call->kwnames) ? 0 : (size_t)v_tuple(call->kwnames)->length;
    for (size_t i = 0; i < n && v_is_null(found); i++)
      if (str_equal(v_str(v_tuple(call->kwnames)->items[i]), v_str(key))) found = v_own(t, call->args[call->nargs + i]);
    if (v_is_null(found)) raise_key_error(t, key);
  }
  v_drop(t, key);
  return found;
}

static Value numbered_argument(FormatCall *call, int64_t index) {
  if (!call->args) return raise_value_error(call->t, "Format string contains positional fields");
  if ((uint64_t)index >= call->nargs)
    return raise_error(call->t, &exc_IndexError, "Replacement index %lld out of range for positional args tuple", (long long)index);
  return v_own(call->t, call->args[index]);
}

// One step of a.b[c]; steals obj.
static Value take_step(Thread *t, const Str *s, Value obj, const FieldStep *step) {
  Value next = V_NULL;
  if (step->index >= 0 && !step->is_attribute) {
    next = object_getitem(t, obj, v_from_smi(step->index));
  } else {
    Value name = range_text(t, s, step->name);
    if (!v_is_null(name)) next = step->is_attribute ? object_getattr(t, obj, name) : object_getitem(t, obj, name);
    v_drop(t, name);
  }
  v_drop(t, obj);
  return next;
}

static Value field_value(FormatCall *call, const Str *s, TextRange name) {
  Thread *t = call->t;
  TextRange first;
  int64_t index, pos;
  if (field_first(t, s, name, &first, &index, &pos) < 0) return V_NULL;
  bool empty = first.start == first.end;
  if (empty || index >= 0) {
    if (!numbering_agrees(call, empty)) return V_NULL;
    if (empty) index = call->next_index++;
  }
  Value obj = index >= 0 ? numbered_argument(call, index) : named_argument(call, s, first);
  while (!v_is_null(obj)) {
    FieldStep step;
    int more = field_step(t, s, &pos, name.end, &step);
    if (more == 0) return obj;
    if (more < 0) {
      v_drop(t, obj);
      return V_NULL;
    }
    obj = take_step(t, s, obj, &step);
  }
  return obj;
}

// Applies !r, !s or !a; steals v.
static Value convert(Thread *t, Value v, uint32_t conversion) {
  Value text;
  switch (conversion) {
    case 0: return v;
    case 'r': text = object_repr(t, v); break;
    case 's': text = object_str(t, v); break;
    case 'a': text = object_ascii(t, v); break;
    default:
      text = conversion > 32 && conversion < 127 ? raise_value_error(t, "Unknown conversion specifier %c", (int)conversion)
                                                 : raise_value_error(t, "Unknown conversion specifier \\x%x", conversion);
  }
  v_drop(t, v);
  return text;
}

// The builder's text, or the one text that stands for all of it; ends the builder.
static Value take_result(FormatCall *call, StrBuilder *b, bool ok) {
  Value sole = call->sole;
  call->sole = V_NULL;
  if (ok && v_is_null(sole)) return strb_finish(b);
  strb_discard(b);
  if (ok) return sole;
  v_drop(call->t, sole);
  return V_NULL;
}

static Value spec_text(FormatCall *call, const Str *s, const MarkupPiece *piece, int depth) {
  if (!piece->spec_has_fields) return range_text(call->t, s, piece->spec);
  StrBuilder b;
  strb_init(&b, call->t);
  Value text = take_result(call, &b, format_range(call, &b, s, piece->spec, depth - 1));
  if (v_is_null(text) || v_is_str_exact(text)) return text;
  Value plain = str_slice(call->t, text, 0, v_str(text)->length);
  v_drop(call->t, text);
  return plain;
}

// Steals text. The last one, when nothing came before it, is the result itself: an instance of a subclass shows there.
static bool put_owned(FormatCall *call, StrBuilder *b, Value text, bool last) {
  if (v_is_null(text)) return false;
  if (last && b->length == 0 && v_str(text)->length > 0) {
    call->sole = text;
    return true;
  }
  bool ok = strb_str(b, text);
  v_drop(b->t, text);
  return ok;
}

static bool put_field(FormatCall *call, StrBuilder *b, const Str *s, const MarkupPiece *piece, int depth, bool last) {
  Thread *t = call->t;
  Value v = field_value(call, s, piece->name);
  if (v_is_null(v)) return false;
  v = convert(t, v, piece->conversion);
  if (v_is_null(v)) return false;
  if (piece->spec.start == piece->spec.end && v_is_str_exact(v)) return put_owned(call, b, v, last);
  Value spec = spec_text(call, s, piece, depth);
  Value text = spec;
  if (!v_is_null(spec)) text = object_format(t, v, spec);
  v_drop(t, spec);
  v_drop(t, v);
  return put_owned(call, b, text, last);
}

// False: an exception is set.
static bool format_range(FormatCall *call, StrBuilder *b, const Str *s, TextRange r, int depth) {
  if (depth <= 0) {
    raise_value_error(call->t, "Max string recursion exceeded");
    return false;
  }
  MarkupPiece piece;
  int64_t pos = r.start;
  int more;
  while ((more = markup_next(call->t, s, &pos, r.end, &piece)) > 0) {
    if (!piece.has_field && piece.literal.start == 0 && piece.literal.end == s->length) return put_owned(call, b, v_own(call->t, v_from_obj(s)), true);
    if (!strb_slice(b, s, piece.literal.start, piece.literal.end)) return false;
    if (piece.has_field && !put_field(call, b, s, &piece, depth, pos == r.end)) return false;
  }
  return more == 0;
}

static Value format_run(FormatCall *call, Value self) {
  enum { SPEC_DEPTH = 2 };  // a field, and fields in its specification
  const Str *s = v_str(self);
  StrBuilder b;
  strb_init(&b, call->t);
  return take_result(call, &b, format_range(call, &b, s, (TextRange){0, s->length}, SPEC_DEPTH));
}

Value str_format_method(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static const Value none;
  FormatCall call = {.t = t, .args = args ? args : &none, .nargs = nargs, .kwnames = kwnames, .mapping = V_NULL, .sole = V_NULL};
  return format_run(&call, self);
}

NATIVE(str_native_format_map) {
  FormatCall call = {.t = t, .args = NULL, .kwnames = V_NULL, .mapping = args[0], .sole = V_NULL};
  return format_run(&call, self);
}
