// _string: the parser of str.format laid open for string.Formatter.

#include "objects/error.h"
#include "objects/format_markup.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/text_native.h"
#include "objects/tuple.h"

// Both iterators walk a str they own; `position` moves under the GIL or, in the free build, by its one user: stepping one iterator from
// several threads at once may repeat or skip a piece, as for any iterator, and stays within the str.
typedef struct MarkupIterator { Object ob; Value text; a64 position; } MarkupIterator;

static Type type_formatteriterator, type_fieldnameiterator;

static void iterator_dealloc(Thread *t, Object *o) {
  v_drop(t, ((MarkupIterator *)o)->text);
  heap_free_object(t, o);
}

static Value iterator_self(Thread *t, Value self) { return v_own(t, self); }

static Value iterator_make(Thread *t, const Type *type, Value text, int64_t position) {
  MarkupIterator *it = (MarkupIterator *)heap_new_object(t, type->shape, sizeof *it);
  if (!it) return raise_no_memory(t);
  it->text = v_own(t, text);
  a64_store_rlx(&it->position, (uint64_t)position);
  return v_from_obj(it);
}

static Value range_or_none(Thread *t, Value text, bool present, TextRange r) { return present ? str_slice(t, text, r.start, r.end) : V_NONE; }

// A tuple of owned values, any of which may have failed.
static Value pack_checked(Thread *t, Value *items, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (v_is_null(items[i])) {
      for (size_t j = 0; j < n; j++) v_drop(t, items[j]);
      return V_NULL;
    }
  return tuple_from_stolen(t, items, n);
}

static Value formatter_next(Thread *t, Value self) {
  MarkupIterator *it = (MarkupIterator *)v_obj(self);
  const Str *s = v_str(it->text);
  int64_t position = (int64_t)a64_load_rlx(&it->position);
  MarkupPiece piece;
  int more = markup_next(t, s, &position, s->length, &piece);
  a64_store_rlx(&it->position, (uint64_t)position);
  if (more <= 0) return V_NULL;
  Value items[4] = {
    str_slice(t, it->text, piece.literal.start, piece.literal.end),
    range_or_none(t, it->text, piece.has_field, piece.name),
    range_or_none(t, it->text, piece.has_field, piece.spec),
    piece.conversion ? str_from_char(t, piece.conversion) : V_NONE,
  };
  return pack_checked(t, items, 4);
}

static Value field_next(Thread *t, Value self) {
  MarkupIterator *it = (MarkupIterator *)v_obj(self);
  const Str *s = v_str(it->text);
  int64_t position = (int64_t)a64_load_rlx(&it->position);
  FieldStep step;
  int more = field_step(t, s, &position, s->length, &step);
  a64_store_rlx(&it->position, (uint64_t)position);
  if (more <= 0) return V_NULL;
  Value items[2] = {v_own(t, step.is_attribute ? V_TRUE : V_FALSE),
                    step.index >= 0 && !step.is_attribute ? v_from_smi(step.index) : str_slice(t, it->text, step.name.start, step.name.end)};
  return pack_checked(t, items, 2);
}

static const TypeSpec spec_formatteriterator = {
  .name = "formatteriterator", .size = sizeof(MarkupIterator), .flags = TYPE_NO_INSTANTIATE | TYPE_IMMUTABLE,
  .slots = {.iter = iterator_self, .iternext = formatter_next, .dealloc = iterator_dealloc},
};
static const TypeSpec spec_fieldnameiterator = {
  .name = "fieldnameiterator", .size = sizeof(MarkupIterator), .flags = TYPE_NO_INSTANTIATE | TYPE_IMMUTABLE,
  .slots = {.iter = iterator_self, .iternext = field_next, .dealloc = iterator_dealloc},
};

static NATIVE(formatter_parser) {
  if (!v_is_str(args[0])) return raise_type_error(t, "expected str, got %T", args[0]);
  return iterator_make(t, &type_formatteriterator, args[0], 0);
}

static NATIVE(formatter_field_name_split) {
  if (!v_is_str(args[0])) return raise_type_error(t, "expected str, got %T", args[0]);
  const Str *s = v_str(args[0]);
  TextRange first;
  int64_t index, rest;
  if (field_first(t, s, (TextRange){0, s->length}, &first, &index, &rest) < 0) return V_NULL;
  Value items[2] = {index >= 0 ? v_from_smi(index) : str_slice(t, args[0], first.start, first.end),
                    iterator_make(t, &type_fieldnameiterator, args[0], rest)};
  return pack_checked(t, items, 2);
}

static int string_exec(Thread *t, Value module) {
  (void)module;
  bool ok = (type_formatteriterator.flags & TYPE_READY || type_ready(t, &type_formatteriterator, &spec_formatteriterator, 0)) &&
            (type_fieldnameiterator.flags & TYPE_READY || type_ready(t, &type_fieldnameiterator, &spec_fieldnameiterator, 0));
  return ok ? 0 : -1;
}

static const NativeDef string_functions[] = {
  {"formatter_field_name_split($module, name, /)", formatter_field_name_split, "The first part of a field name, and an iterator over the rest.",
   NATIVE_NO_SIGNATURE},
  {"formatter_parser($module, format, /)", formatter_parser, "An iterator over the pieces of a format string.", NATIVE_NO_SIGNATURE},
  {0},
};

const ModuleDef module__string = {.name = "_string", .doc = "string helper module", .functions = string_functions, .exec = string_exec};
