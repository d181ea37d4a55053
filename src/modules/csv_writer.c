// _csv.writer: lines of text from records.
#include <stddef.h>

#include "gc/heap.h"
#include "modules/csv.h"
#include "modules/module_help.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"

typedef struct Writer {
  Object ob;
  Value write, dialect;      // constant
} Writer;

typedef struct Record {
  Thread *t;
  const Dialect *d;
  StrBuilder text;
  int64_t fields;
} Record;

// --- Fields -----------------------------------------------------------------------------------------------------------------------

static bool has_char(const Str *s, uint32_t c) {
  for (int64_t i = 0; i < s->length; i++)
    if (str_char(s, i) == c) return true;
  return false;
}

static bool is_special(const Dialect *d, uint32_t c) {
  return c == d->delimiter || c == d->escapechar || c == d->quotechar || has_char(v_str(d->lineterminator), c);
}

// How a special character is written.
typedef enum { AS_IT_IS, DOUBLED, ESCAPED } How;

// In a quoted field, or a field that must be quoted for it; without quoting everything special is escaped.
static How how_to_write(const Dialect *d, uint32_t c, bool *quoted) {
  if (d->quoting == CSV_QUOTE_NONE) return ESCAPED;
  if (c == d->quotechar) {
    if (!d->doublequote) return ESCAPED;
    *quoted = true;
    return DOUBLED;
  }
  if (c == d->escapechar) return ESCAPED;
  *quoted = true;
  return AS_IT_IS;
}

// Whether the field must be quoted. -1: it would need an escape character.
static int needs_quotes(Record *r, const Str *s, bool quoted) {
  const Dialect *d = r->d;
  for (int64_t i = 0; i < s->length; i++) {
    uint32_t c = str_char(s, i);
    if (!is_special(d, c) || how_to_write(d, c, &quoted) != ESCAPED || d->escapechar != CSV_NO_CHAR) continue;
    module_raise(r->t, csv_error, "need to escape, but no escapechar set");
    return -1;
  }
  return quoted;
}

static bool put_characters(Record *r, const Str *s) {
  const Dialect *d = r->d;
  int64_t run = 0;
  bool quoted;
  for (int64_t i = 0; i < s->length; i++) {
    uint32_t c = str_char(s, i);
    How how = is_special(d, c) ? how_to_write(d, c, &quoted) : AS_IT_IS;
    if (how == AS_IT_IS) continue;
    strb_slice(&r->text, s, run, i);
    strb_char(&r->text, how == DOUBLED ? d->quotechar : d->escapechar);
    run = i;
  }
  return strb_slice(&r->text, s, run, s->length);
}

static int put_field(Record *r, Value text, bool quoted) {
  const Str *s = v_str(text);
  int quotes = needs_quotes(r, s, quoted);
  if (quotes < 0) return -1;
  if (r->fields++ > 0) strb_char(&r->text, r->d->delimiter);
  if (quotes) strb_char(&r->text, r->d->quotechar);
  put_characters(r, s);
  if (quotes) strb_char(&r->text, r->d->quotechar);
  return r->text.failed ? -1 : 0;
}

static bool is_number(Value v) {
  const TypeSlots *s = &v_type(v)->slots;
  return s->index || s->int_ || s->float_ || v_is_exact(v, SHAPE_COMPLEX);
}

static int put_value(Record *r, Value v) {
  bool quoted = r->d->quoting == CSV_QUOTE_ALL || (r->d->quoting == CSV_QUOTE_NONNUMERIC && !is_number(v));
  if (v_is_none(v)) return put_field(r, str_empty, quoted);
  if (v_is_str(v)) return put_field(r, v, quoted);
  Value text = object_str(r->t, v);
  int status = v_is_null(text) ? -1 : put_field(r, text, quoted);
  v_drop(r->t, text);
  return status;
}

// --- Records ----------------------------------------------------------------------------------------------------------------------

static int put_row(Record *r, Value row) {
  Value it = object_iter(r->t, row), item;
  if (v_is_null(it)) {
    if (!error_matches(r->t, &exc_TypeError)) return -1;
    error_clear(r->t);
    module_raise(r->t, csv_error, "iterable expected, not %.200T", row);
    return -1;
  }
  int status = 0;
  while (status == 0 && !v_is_null(item = object_iternext(r->t, it))) {
    status = put_value(r, item);
    v_drop(r->t, item);
  }
  v_drop(r->t, it);
  if (status < 0 || error_pending(r->t)) return -1;
  if (r->fields > 0 && r->text.length == 0) {   // one empty field: quoted, or it would be no field
    if (r->d->quoting == CSV_QUOTE_NONE) {
      module_raise(r->t, csv_error, "single empty field record must be quoted");
      return -1;
    }
    r->fields--;
    if (put_field(r, str_empty, true) < 0) return -1;
  }
  return strb_str(&r->text, r->d->lineterminator) ? 0 : -1;
}

static Value write_row(Thread *t, Writer *w, Value row) {
  if (v_is_null(w->dialect)) return raise_error(t, &exc_RuntimeError, "uninitialized writer");   // made by its type; python3.11 crashes
  Record r = {.t = t, .d = v_dialect(w->dialect)};
  strb_init(&r.text, t);
  if (put_row(&r, row) < 0) {
    strb_discard(&r.text);
    return V_NULL;
  }
  Value line = strb_finish(&r.text);
  Value result = v_is_null(line) ? V_NULL : object_call1(t, w->write, line);
  v_drop(t, line);
  return result;
}

static NATIVE(writer_writerow) { return write_row(t, (Writer *)v_obj(self), args[0]); }

static NATIVE(writer_writerows) {
  Value it = object_iter(t, args[0]), row;
  if (v_is_null(it)) return V_NULL;
  bool ok = true;
  while (ok && !v_is_null(row = object_iternext(t, it))) {
    Value result = write_row(t, (Writer *)v_obj(self), row);
    ok = !v_is_null(result);
    v_drop(t, row);
    v_drop(t, result);
  }
  v_drop(t, it);
  return ok && !error_pending(t) ? V_NONE : V_NULL;
}

// --- The type ---------------------------------------------------------------------------------------------------------------------

NATIVE(csv_writer) {
  Value write;
  if (native_check_positional(t, "", nargs, 1, 2) < 0) return V_NULL;
  int found = object_lookup_attr(t, args[0], N(write), &write);
  if (found < 0) return V_NULL;
  if (!found || !object_is_callable(write)) {
    v_drop(t, write);
    return raise_type_error(t, "argument 1 must have a \"write\" method");
  }
  Value dialect = csv_dialect_call(t, nargs > 1 ? args[1] : V_NULL, args + nargs, kwnames);
  Value v = v_is_null(dialect) ? V_NULL : type_generic_alloc(t, &type_csv_writer, 0);
  if (v_is_null(v)) {
    v_drop(t, write);
    v_drop(t, dialect);
    return V_NULL;
  }
  Writer *w = (Writer *)v_obj(v);
  w->write = write;
  w->dialect = dialect;
  return v;
}

static void writer_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Writer *)o)->write);
  v_drop(t, ((Writer *)o)->dialect);
  heap_free_object(t, o);
}
static void writer_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Writer *)o)->write, visit, arg);
  gc_visit_value(((Writer *)o)->dialect, visit, arg);
}

static const NativeDef writer_methods[] = {
    {"writerow($self, row, /)", writer_writerow, "Write a record: an iterable of fields. Returns what the file's write() returns.", NATIVE_NO_SIGNATURE},
    {"writerows($self, rows, /)", writer_writerows, "Write the records of an iterable.", NATIVE_NO_SIGNATURE},
    {0},
};
static const MemberDef writer_members[] = {{"dialect", MEMBER_VALUE, offsetof(Writer, dialect), true, NULL}, {0}};
Type type_csv_writer;
static const TypeSpec spec_writer = {
    .name = "_csv.writer",
    .size = sizeof(Writer),
    .flags = TYPE_BASETYPE,
    .slots = {.dealloc = writer_dealloc, .traverse = writer_traverse},
    .methods = writer_methods,
    .members = writer_members,
    .doc = "CSV writer\n\nWrites records as lines of text.",
};

bool csv_writer_init(Thread *t) {
  if (!type_ready(t, &type_csv_writer, &spec_writer, 0)) return false;
  type_csv_writer.flags &= ~(uint32_t)TYPE_NO_INSTANTIATE;     // it can be called, as object can: nothing comes of that
  type_csv_writer.slots.new = type_object.slots.new;
  return true;
}
