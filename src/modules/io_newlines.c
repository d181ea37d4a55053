// Universal newlines, and IncrementalNewlineDecoder.
#include <stddef.h>
#include <string.h>

#include "gc/heap.h"
#include "modules/io_types.h"
#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- Newlines ---------------------------------------------------------------------------------------------------------------------------

static int64_t find_char(const Str *s, int64_t from, uint32_t c) {
  if (str_kind(s) == 1) {
    const char *p = memchr(s->data + from, (int)c, (size_t)(str_length(s) - from));
    return p ? p - s->data : -1;
  }
  for (int64_t i = from; i < str_length(s); i++)
    if (str_char(s, i) == c) return i;
  return -1;
}

Value newlines_decode(Thread *t, Value text, bool final, bool translate, bool *pending_cr, int *seen) {
  const Str *s = v_str(text);
  int64_t n = str_length(s);
  bool lead = *pending_cr && (final || n > 0);
  bool hold = !final && n > 0 && str_char(s, n - 1) == '\r';
  if (lead) *pending_cr = false;
  if (!lead && !hold && find_char(s, 0, '\r') < 0) {
    if (n && !(*seen & NL_SEEN_LF) && find_char(s, 0, '\n') >= 0) *seen |= NL_SEEN_LF;
    return text;
  }
  StrBuilder b;
  strb_init(&b, t);
  int64_t end = hold ? n - 1 : n;
  if (hold) *pending_cr = true;
  uint32_t previous = lead ? '\r' : 0;
  if (lead && !translate) strb_char(&b, '\r');
  // A '\r' counts when the next character shows whether it stood alone.
  for (int64_t i = 0; i <= end; i++) {
    uint32_t c = i < end ? str_char(s, i) : 0;
    bool at_end = i == end;
    if (previous == '\r') {
      bool pair = !at_end && c == '\n';
      *seen |= pair ? NL_SEEN_CRLF : NL_SEEN_CR;
      if (translate) strb_char(&b, '\n');
      if (pair) {
        if (!translate) strb_char(&b, '\n');
        previous = 0;
        continue;
      }
    }
    if (at_end) break;
    previous = c;
    if (c == '\r') {
      if (!translate) strb_char(&b, '\r');
      continue;
    }
    if (c == '\n') *seen |= NL_SEEN_LF;
    // Runs without newlines are copied whole.
    int64_t j = i + 1;
    while (j < end && str_char(s, j) != '\r' && str_char(s, j) != '\n') j++;
    strb_slice(&b, s, i, j);
    previous = str_char(s, j - 1);
    i = j - 1;
  }
  v_drop(t, text);
  return strb_finish(&b);
}

Value newlines_seen(Thread *t, int seen) {
  Value parts[3];
  size_t n = 0;
  if (seen & NL_SEEN_CR) parts[n++] = str_from_cstr(t, "\r");
  if (seen & NL_SEEN_LF) parts[n++] = str_from_cstr(t, "\n");
  if (seen & NL_SEEN_CRLF) parts[n++] = str_from_cstr(t, "\r\n");
  return n == 0 ? V_NONE : n == 1 ? parts[0] : tuple_from_stolen(t, parts, n);
}

int64_t newline_find(Value text, int64_t start, bool universal, bool translated, Value ending) {
  const Str *s = v_str(text);
  int64_t n = str_length(s);
  if (translated || (!universal && str_length(v_str(ending)) == 1)) {
    uint32_t c = translated ? '\n' : str_char(v_str(ending), 0);
    int64_t at = find_char(s, start, c);
    return at < 0 ? -1 : at + 1;
  }
  if (universal) {
    for (int64_t i = start; i < n; i++) {
      uint32_t c = str_char(s, i);
      if (c == '\n') return i + 1;
      if (c == '\r') return i + 1 < n && str_char(s, i + 1) == '\n' ? i + 2 : i + 1;
    }
    return -1;
  }
  int64_t at = str_find(s, v_str(ending), start, n);
  return at < 0 ? -1 : at + str_length(v_str(ending));
}

// --- IncrementalNewlineDecoder --------------------------------------------------------------------------------------------------------------

typedef struct NewlineDecoder {
  Object ob;
  Value decoder, errors;   // decoder: None for str input
  bool translate, pending_cr;
  int seen;
} NewlineDecoder;
static NewlineDecoder *v_decoder(Value v) { return (NewlineDecoder *)v_obj(v); }

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)

static int decoder_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[3];
  if (native_bind(t, &binder, "IncrementalNewlineDecoder(decoder, translate, errors='strict')", args, nargs, kwnames, a) < 0) return -1;
  int translate = number_as_int(t, a[1]);
  if (translate == -1 && error_pending(t)) return -1;
  NewlineDecoder *d = v_decoder(self);
  v_set(t, &d->decoder, v_own(t, a[0]));
  v_set(t, &d->errors, v_is_absent(a[2]) ? str_from_cstr(t, "strict") : v_own(t, a[2]));
  d->translate = translate;
  d->pending_cr = false;
  d->seen = 0;
  return 0;
}

METHOD(decoder_decode) {
  (void)nargs, (void)kwnames;
  NewlineDecoder *d = v_decoder(self);
  if (v_is_null(d->decoder)) return raise_value_error(t, "IncrementalNewlineDecoder.__init__() not called");
  int final = v_is_absent(args[1]) ? 0 : object_is_true(t, args[1]);
  if (final < 0) return V_NULL;
  Value text;
  if (v_is_none(d->decoder)) text = v_own(t, args[0]);
  else text = object_call_method2(t, d->decoder, N(decode), args[0], v_from_bool(final));
  if (v_is_null(text)) return V_NULL;
  if (!v_is_str(text)) {
    raise_type_error(t, "decoder should return a string result, not '%.200T'", text);
    v_drop(t, text);
    return V_NULL;
  }
  return newlines_decode(t, text, final, d->translate, &d->pending_cr, &d->seen);
}

METHOD(decoder_getstate) {
  (void)args, (void)nargs, (void)kwnames;
  NewlineDecoder *d = v_decoder(self);
  Value buffer = v_own(t, bytes_empty);
  int64_t flag = 0;
  if (!v_is_none(d->decoder)) {
    Value state = io_call0(t, d->decoder, "getstate");
    if (v_is_null(state)) return V_NULL;
    if (!v_is_tuple(state) || v_tuple(state)->length != 2 || !v_is_int(v_tuple(state)->items[1])) {
      v_drop(t, state);
      return raise_type_error(t, "illegal decoder state");
    }
    buffer = v_own(t, v_tuple(state)->items[0]);
    int_as_i64(v_tuple(state)->items[1], &flag);
    v_drop(t, state);
  }
  return tuple_from_stolen(t, (Value[]){buffer, int_from_i64(t, flag << 1 | d->pending_cr)}, 2);
}

METHOD(decoder_setstate) {
  (void)nargs, (void)kwnames;
  NewlineDecoder *d = v_decoder(self);
  int64_t flag;
  if (!v_is_tuple(args[0]) || v_tuple(args[0])->length != 2 || !v_is_int(v_tuple(args[0])->items[1]) || !int_as_i64(v_tuple(args[0])->items[1], &flag))
    return raise_type_error(t, "state argument must be a tuple");
  d->pending_cr = flag & 1;
  if (v_is_none(d->decoder)) return V_NONE;
  Value inner = tuple_pack(t, 2, v_tuple(args[0])->items[0], v_from_smi(flag >> 1));
  Value r = v_is_null(inner) ? V_NULL : io_call1(t, d->decoder, "setstate", inner);
  v_drop(t, inner);
  return r;
}

METHOD(decoder_reset) {
  (void)args, (void)nargs, (void)kwnames;
  NewlineDecoder *d = v_decoder(self);
  d->seen = 0;
  d->pending_cr = false;
  return v_is_none(d->decoder) ? V_NONE : io_call0(t, d->decoder, "reset");
}

static Value decoder_get_newlines(Thread *t, Value self, void *closure) {
  (void)closure;
  return newlines_seen(t, v_decoder(self)->seen);
}

static void decoder_dealloc(Thread *t, Object *o) {
  v_drop(t, ((NewlineDecoder *)o)->decoder);
  v_drop(t, ((NewlineDecoder *)o)->errors);
  heap_free_object(t, o);
}
static void decoder_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((NewlineDecoder *)o)->decoder, visit, arg); }

static const NativeDef decoder_methods[] = {
    {"decode($self, /, input, final=False)", decoder_decode, NULL, 0},
    {"getstate($self, /)", decoder_getstate, NULL, 0},
    {"setstate($self, state, /)", decoder_setstate, NULL, 0},
    {"reset($self, /)", decoder_reset, NULL, 0},
    {0},
};
static const GetSetDef decoder_getset[] = {{"newlines", decoder_get_newlines, NULL, NULL, NULL}, {0}};

Type type_newlinedecoder;
static const TypeSpec spec_decoder = {
    .name = "_io.IncrementalNewlineDecoder",
    .size = sizeof(NewlineDecoder),
    .flags = TYPE_BASETYPE,
    .slots = {.new = module_empty_new, .init = decoder_init, .dealloc = decoder_dealloc, .traverse = decoder_traverse},
    .methods = decoder_methods,
    .getset = decoder_getset,
    .doc = "A decoder that also translates the ends of lines.",
    .text_signature = "(decoder, translate, errors='strict')",
};

bool newlines_init(Thread *t) { return type_ready(t, &type_newlinedecoder, &spec_decoder, 0); }
