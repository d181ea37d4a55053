// _csv.reader: records from lines of text.
//
// The state of the parser lives in the call: every record begins anew. Runs of plain characters are taken as slices of the line.
#include <stddef.h>

#include "gc/heap.h"
#include "modules/csv.h"
#include "modules/module_help.h"
#include "objects/containers.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"

typedef struct Reader {
  Object ob;
  Value input, dialect;      // constant
  a64 line_num;              // lines read so far
} Reader;

typedef enum {
  START_RECORD, START_FIELD, ESCAPED_CHAR, IN_FIELD, IN_QUOTED_FIELD, ESCAPE_IN_QUOTED_FIELD, QUOTE_IN_QUOTED_FIELD, EAT_NEWLINE, AFTER_ESCAPED_NEWLINE,
} State;

#define END_OF_LINE 0xFFFFFFFEu   // what comes after the last character of a line

typedef struct Parse {
  Thread *t;
  const Dialect *d;
  State state;
  Value fields;                // list
  StrBuilder field;            // of the field so far, but for...
  int64_t run_start, run_end;  // ... characters of the present line that were not copied yet
  const Str *line;
  int64_t limit;
  bool numeric;                // the field was not quoted and is to be a number
} Parse;

// --- Fields -----------------------------------------------------------------------------------------------------------------------

static bool flush_run(Parse *p) {
  bool ok = strb_slice(&p->field, p->line, p->run_start, p->run_end);
  p->run_start = p->run_end = 0;
  return ok;
}

static bool within_limit(Parse *p, int64_t more) {
  if (p->field.length + (p->run_end - p->run_start) + more <= p->limit) return true;
  module_raise(p->t, csv_error, "field larger than field limit (%lld)", (long long)p->limit);
  return false;
}

// The characters [start, end) of the line belong to the field.
static bool add_run(Parse *p, int64_t start, int64_t end) {
  if (!within_limit(p, end - start)) return false;
  if (p->run_end > p->run_start && p->run_end != start && !flush_run(p)) return false;
  if (p->run_end == p->run_start) p->run_start = start;
  p->run_end = end;
  return true;
}

static bool add_newline(Parse *p) { return within_limit(p, 1) && flush_run(p) && strb_char(&p->field, '\n'); }

static Value take_text(Parse *p) {
  if (p->field.length == 0 && p->run_end > p->run_start) {
    Value text = str_is_ascii(p->line) ? str_from_ascii(p->t, p->line->data + p->run_start, (size_t)(p->run_end - p->run_start))
                                       : str_slice(p->t, v_from_obj(p->line), p->run_start, p->run_end);
    p->run_start = p->run_end = 0;
    return text;
  }
  return flush_run(p) ? strb_finish(&p->field) : V_NULL;
}

static bool save_field(Parse *p) {
  Value field = take_text(p);
  if (p->numeric && !v_is_null(field)) {
    Value number = number_float(p->t, field);
    v_drop(p->t, field);
    field = number;
  }
  p->numeric = false;
  return !v_is_null(field) && list_append_steal(p->t, v_list(p->fields), field) == 0;
}

// --- The parser -------------------------------------------------------------------------------------------------------------------

static inline bool is_newline(uint32_t c) { return c == '\n' || c == '\r'; }

static bool end_field(Parse *p, uint32_t c) {
  p->state = c == END_OF_LINE ? START_RECORD : c == p->d->delimiter ? START_FIELD : EAT_NEWLINE;
  return save_field(p);
}

static bool begin_field(Parse *p, uint32_t c, int64_t i) {
  const Dialect *d = p->d;
  p->state = START_FIELD;
  if (is_newline(c) || c == END_OF_LINE) return end_field(p, c);
  if (c == d->quotechar && d->quoting != CSV_QUOTE_NONE) p->state = IN_QUOTED_FIELD;
  else if (c == d->escapechar) p->state = ESCAPED_CHAR;
  else if (c == ' ' && d->skipinitialspace) return true;
  else if (c == d->delimiter) return end_field(p, c);
  else {
    p->numeric = d->quoting == CSV_QUOTE_NONNUMERIC;
    p->state = IN_FIELD;
    return add_run(p, i, i + 1);
  }
  return true;
}

static bool in_field(Parse *p, uint32_t c, int64_t i) {
  if (is_newline(c) || c == END_OF_LINE) return end_field(p, c);
  if (c == p->d->escapechar) p->state = ESCAPED_CHAR;
  else if (c == p->d->delimiter) return end_field(p, c);
  else return add_run(p, i, i + 1);   // after an escaped line end the state stays: the record goes on in the next line
  return true;
}

static bool in_quoted_field(Parse *p, uint32_t c, int64_t i) {
  const Dialect *d = p->d;
  if (c == END_OF_LINE) return true;
  if (c == d->escapechar) p->state = ESCAPE_IN_QUOTED_FIELD;
  else if (c == d->quotechar && d->quoting != CSV_QUOTE_NONE) p->state = d->doublequote ? QUOTE_IN_QUOTED_FIELD : IN_FIELD;
  else return add_run(p, i, i + 1);
  return true;
}

static bool after_quote(Parse *p, uint32_t c, int64_t i) {
  const Dialect *d = p->d;
  if (d->quoting != CSV_QUOTE_NONE && c == d->quotechar) {
    p->state = IN_QUOTED_FIELD;
    return add_run(p, i, i + 1);
  }
  if (c == d->delimiter || is_newline(c) || c == END_OF_LINE) return end_field(p, c);
  if (!d->strict) {
    p->state = IN_FIELD;
    return add_run(p, i, i + 1);
  }
  Value delimiter = str_from_char(p->t, d->delimiter), quote = str_from_char(p->t, d->quotechar);
  if (!v_is_null(delimiter) && !v_is_null(quote)) module_raise(p->t, csv_error, "'%U' expected after '%U'", delimiter, quote);
  v_drop(p->t, delimiter);
  v_drop(p->t, quote);
  return false;
}

// Character c, the line's i-th, or its end.
static bool process(Parse *p, uint32_t c, int64_t i) {
  switch (p->state) {
    case START_RECORD:
      if (c == END_OF_LINE) return true;
      if (!is_newline(c)) return begin_field(p, c, i);
      p->state = EAT_NEWLINE;
      return true;
    case START_FIELD: return begin_field(p, c, i);
    case ESCAPED_CHAR:
      p->state = is_newline(c) ? AFTER_ESCAPED_NEWLINE : IN_FIELD;
      return c == END_OF_LINE ? add_newline(p) : add_run(p, i, i + 1);
    case AFTER_ESCAPED_NEWLINE: return c == END_OF_LINE || in_field(p, c, i);
    case IN_FIELD: return in_field(p, c, i);
    case IN_QUOTED_FIELD: return in_quoted_field(p, c, i);
    case ESCAPE_IN_QUOTED_FIELD:
      p->state = IN_QUOTED_FIELD;
      return c == END_OF_LINE ? add_newline(p) : add_run(p, i, i + 1);
    case QUOTE_IN_QUOTED_FIELD: return after_quote(p, c, i);
    case EAT_NEWLINE:
      if (c == END_OF_LINE) p->state = START_RECORD;
      else if (!is_newline(c)) {
        module_raise(p->t, csv_error, "new-line character seen in unquoted field - do you need to open the file in universal-newline mode?");
        return false;
      }
      return true;
  }
  return true;
}

// The characters from i on that mean nothing to the present state.
static int64_t plain_end(const Parse *p, int64_t i) {
  const Dialect *d = p->d;
  bool quoted = p->state == IN_QUOTED_FIELD;
  int64_t n = p->line->length;
  if (str_kind(p->line) == 1) {
    const uint8_t *s = (const uint8_t *)p->line->data;
    if (quoted) while (i < n && s[i] != d->quotechar && s[i] != d->escapechar) i++;
    else while (i < n && s[i] != d->delimiter && s[i] != d->escapechar && s[i] != '\n' && s[i] != '\r') i++;
  } else {
    for (; i < n; i++) {
      uint32_t c = str_char(p->line, i);
      if (c == d->escapechar || c == (quoted ? d->quotechar : d->delimiter) || (!quoted && is_newline(c))) break;
    }
  }
  return i;
}

static bool parse_line(Parse *p, Value line) {
  p->line = v_str(line);
  for (int64_t i = 0; i < p->line->length; i++) {
    if (p->state == IN_FIELD || p->state == IN_QUOTED_FIELD) {
      int64_t end = plain_end(p, i);
      if (end > i && !add_run(p, i, end)) return false;
      i = end;
      if (i == p->line->length) break;
    }
    if (!process(p, str_char(p->line, i), i)) return false;
  }
  return process(p, END_OF_LINE, p->line->length) && flush_run(p);
}

// Reads lines until a record is complete. False: the input is at its end, or an exception is set.
static bool parse_record(Parse *p, Reader *r) {
  do {
    Value line = object_iternext(p->t, r->input);
    if (v_is_null(line)) {
      if (error_pending(p->t) || (p->field.length == 0 && p->state != IN_QUOTED_FIELD)) return false;
      if (!p->d->strict) return save_field(p);
      module_raise(p->t, csv_error, "unexpected end of data");
      return false;
    }
    bool ok = v_is_str(line);
    if (!ok) module_raise(p->t, csv_error, "iterator should return strings, not %.200T (the file should be opened in text mode)", line);
    else a64_fetch_add_acqrel(&r->line_num, 1);
    ok = ok && parse_line(p, line);
    v_drop(p->t, line);
    if (!ok) return false;
  } while (p->state != START_RECORD);
  return true;
}

static Value reader_next(Thread *t, Value self) {
  Reader *r = (Reader *)v_obj(self);
  if (v_is_null(r->dialect)) return raise_error(t, &exc_RuntimeError, "uninitialized reader");   // made by its type; python3.11 crashes
  Parse p = {.t = t, .d = v_dialect(r->dialect), .state = START_RECORD, .limit = (int64_t)a64_load_rlx(&csv_field_limit), .fields = list_new(t, 0)};
  if (v_is_null(p.fields)) return V_NULL;
  strb_init(&p.field, t);
  if (!parse_record(&p, r)) v_clear(t, &p.fields);
  strb_discard(&p.field);
  return p.fields;
}

// --- The type ---------------------------------------------------------------------------------------------------------------------

NATIVE(csv_reader) {
  if (native_check_positional(t, "", nargs, 1, 2) < 0) return V_NULL;
  Value input = object_iter(t, args[0]);
  if (v_is_null(input)) return V_NULL;
  Value dialect = csv_dialect_call(t, nargs > 1 ? args[1] : V_NULL, args + nargs, kwnames);
  Value v = v_is_null(dialect) ? V_NULL : type_generic_alloc(t, &type_csv_reader, 0);
  if (v_is_null(v)) {
    v_drop(t, input);
    v_drop(t, dialect);
    return V_NULL;
  }
  Reader *r = (Reader *)v_obj(v);
  r->input = input;
  r->dialect = dialect;
  return v;
}

static void reader_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Reader *)o)->dialect);
  v_drop(t, ((Reader *)o)->input);
  heap_free_object(t, o);
}
static void reader_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Reader *)o)->dialect, visit, arg);
  gc_visit_value(((Reader *)o)->input, visit, arg);
}

static Value get_line_num(Thread *t, Value self, UNUSED_OK void *closure) { return int_from_u64(t, a64_load_acq(&((Reader *)v_obj(self))->line_num)); }

static const GetSetDef reader_computed[] = {{"line_num", get_line_num, NULL, NULL, NULL}, {0}};
static const MemberDef reader_members[] = {{"dialect", MEMBER_VALUE, offsetof(Reader, dialect), true, NULL}, {0}};
Type type_csv_reader;
static const TypeSpec spec_reader = {
    .name = "_csv.reader",
    .size = sizeof(Reader),
    .flags = TYPE_BASETYPE,
    .slots = {.iter = container_self, .iternext = reader_next, .dealloc = reader_dealloc, .traverse = reader_traverse},
    .computed_members = reader_computed,
    .members = reader_members,
    .doc = "CSV reader\n\nAn iterator of records, each a list of fields, over lines of text.",
};

bool csv_reader_init(Thread *t) {
  if (!type_ready(t, &type_csv_reader, &spec_reader, 0)) return false;
  type_csv_reader.flags &= ~(uint32_t)TYPE_NO_INSTANTIATE;     // it can be called, as object can: nothing comes of that
  type_csv_reader.slots.new = type_object.slots.new;
  return true;
}
