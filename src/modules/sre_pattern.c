// Pattern objects and the scanners over one text that finditer and re.Scanner use.
#include <stdio.h>
#include <string.h>

#include "gc/heap.h"
#include "modules/module_help.h"
#include "modules/sre.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/list.h"
#include "objects/mappingproxy.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"

#define METHOD(name) static Value pattern_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

static void pattern_dealloc(Thread *t, Object *o) {
  Pattern *p = (Pattern *)o;
  v_drop(t, p->pattern);
  v_drop(t, p->groupindex);
  v_drop(t, p->indexgroup);
  sre_program_free(t, &p->program);
  if (p->code) heap_free(t, p->code);
  heap_free_object(t, o);
}
static void pattern_traverse(Object *o, GcVisit visit, void *arg) {
  Pattern *p = (Pattern *)o;
  gc_visit_value(p->groupindex, visit, arg);
  gc_visit_value(p->indexgroup, visit, arg);
  gc_visit_value(p->pattern, visit, arg);
}

// --- Matching once ------------------------------------------------------------------------------------------------------------------------

static bool as_index(Thread *t, Value v, int64_t default_, int64_t *out) {
  if (v_is_absent(v)) {
    *out = default_;
    return true;
  }
  return module_index(t, v, &exc_OverflowError, out) == 0;
}

// args: string, pos, endpos.
static int begin(Thread *t, SreState *s, Value self, const Value *args) {
  int64_t pos, endpos;
  if (!as_index(t, args[1], 0, &pos) || !as_index(t, args[2], INT64_MAX, &endpos)) return -1;
  return sre_state_begin(t, s, v_pattern(self), args[0], pos, endpos);
}

static Value match_once(Thread *t, Value self, const Value *args, int (*how)(SreState *s), bool all) {
  SreState s;
  if (begin(t, &s, self, args) < 0) return V_NULL;
  s.match_all = all;
  Value m = sre_match_new(t, self, &s, how(&s));
  sre_state_end(&s);
  return m;
}
METHOD(match) { UNUSED; return match_once(t, self, args, sre_match_here, false); }
METHOD(fullmatch) { UNUSED; return match_once(t, self, args, sre_match_here, true); }
METHOD(search) { UNUSED; return match_once(t, self, args, sre_search, false); }

// --- Matching repeatedly --------------------------------------------------------------------------------------------------------------------

// The next match from s->start on; afterwards advance().
static int next_match(SreState *s) {
  sre_state_reset(s);
  return sre_search(s);
}
static void advance(SreState *s) {
  s->must_advance = s->ptr == s->start;
  s->start = s->ptr;
}

static Value group_slice(Thread *t, SreState *s, int64_t group, bool empty) {
  int64_t from = s->marks[2 * group], to = s->marks[2 * group + 1];
  if (from < 0 || to < from) {
    if (!empty) return V_NONE;
    from = to = 0;
  }
  return sre_slice(t, s->string, from, to);
}

// What findall lists for one match.
static Value found_item(Thread *t, SreState *s) {
  if (s->groups == 0) return sre_slice(t, s->string, s->start, s->ptr);
  if (s->groups == 1) return group_slice(t, s, 0, true);
  Value item = tuple_new(t, s->groups);
  for (int64_t i = 0; !v_is_null(item) && i < s->groups; i++) {
    Value v = group_slice(t, s, i, true);
    if (v_is_null(v)) {
      v_drop(t, item);
      return V_NULL;
    }
    v_tuple(item)->items[i] = v;
  }
  return item;
}

// Appends an owned item or V_NULL (an error). 0, -1.
static int append(Thread *t, Value list, Value stolen) { return v_is_null(stolen) ? -1 : list_append_steal(t, v_list(list), stolen); }

static Value finish_list(Thread *t, SreState *s, Value list, int status) {
  sre_state_end(s);
  if (status >= 0) return list;
  v_drop(t, list);
  return V_NULL;
}

METHOD(findall) {
  UNUSED;
  SreState s;
  if (begin(t, &s, self, args) < 0) return V_NULL;
  Value list = list_new(t, 0);
  int status = v_is_null(list) ? -1 : 0;
  while (status >= 0 && s.start <= s.end) {
    status = next_match(&s);
    if (status <= 0) break;
    status = append(t, list, found_item(t, &s));
    advance(&s);
  }
  return finish_list(t, &s, list, status);
}

METHOD(split) {
  UNUSED;
  int64_t most;
  SreState s;
  if (v_is_absent(args[1])) most = 0;
  else if (most = number_as_i64(t, args[1]), most == -1 && error_pending(t)) return V_NULL;
  if (sre_state_begin(t, &s, v_pattern(self), args[0], 0, INT64_MAX) < 0) return V_NULL;
  Value list = list_new(t, 0);
  int status = v_is_null(list) ? -1 : 0;
  int64_t last = s.start;
  for (int64_t n = 0; status >= 0 && (most == 0 || n < most); n++) {
    status = next_match(&s);
    if (status <= 0) break;
    status = append(t, list, sre_slice(t, s.string, last, s.start));
    for (int64_t i = 0; status == 0 && i < s.groups; i++) status = append(t, list, group_slice(t, &s, i, false));
    advance(&s);
    last = s.ptr;
  }
  if (status >= 0) status = append(t, list, sre_slice(t, s.string, last, s.end));
  return finish_list(t, &s, list, status);
}

// --- Substitution -------------------------------------------------------------------------------------------------------------------------------

Value sre_library_function(Thread *t, const char *name) {
  Value re = import_module(t, "re"), key = v_is_null(re) ? V_NULL : str_intern_cstr(t, name);
  Value f = v_is_null(key) ? V_NULL : object_getattr(t, re, key);
  v_drop(t, re);
  return f;
}

static bool is_plain_text(Thread *t, Value template) {
  if (v_is_str(template)) {
    Str *s = v_str(template);
    for (int64_t i = 0; i < str_length(s); i++)
      if (str_char(s, i) == '\\') return false;
    return true;
  }
  BufferView view;
  if (!buffer_try(t, template, &view)) {
    error_clear(t);   // what _subx says of it is better
    return false;
  }
  bool plain = !memchr(view.data, '\\', (size_t)view.len);
  buffer_release(t, &view);
  return plain;
}

// What stands for a match: a function of it, or a constant. Owned.
static Value replacement(Thread *t, Value self, Value template) {
  if (object_is_callable(template) || is_plain_text(t, template)) return v_own(t, template);
  Value f = sre_library_function(t, "_subx");
  Value r = v_is_null(f) ? V_NULL : object_call2(t, f, self, template);
  v_drop(t, f);
  return r;
}

static int append_replacement(Thread *t, Value self, SreState *s, Value list, Value filter, bool call) {
  Value item;
  if (call) {
    Value m = sre_match_new(t, self, s, 1);
    item = v_is_null(m) ? V_NULL : object_call1(t, filter, m);
    v_drop(t, m);
  } else {
    item = v_own(t, filter);
  }
  return v_is_none(item) ? 0 : append(t, list, item);
}

static Value join(Thread *t, SreState *s, Value list) {
  Value empty = v_is_str(s->string) ? v_own(t, str_empty) : v_own(t, bytes_empty);
  Value r = object_call_method1(t, empty, N(join), list);
  v_drop(t, empty);
  return r;
}

// A str with its matches replaced by a str.
static Value substitute_text(Thread *t, SreState *s, Value filter, int64_t most, int64_t *replaced) {
  const Str *text = v_str(s->string);
  StrBuilder b;
  strb_init(&b, t);
  int64_t copied = 0, n = 0;
  int status = 0;
  while ((most == 0 || n < most) && (status = next_match(s)) > 0) {
    if (copied < s->start) strb_slice(&b, text, copied, s->start);
    strb_str(&b, filter);
    copied = s->ptr;
    n++;
    advance(s);
  }
  *replaced = n;
  Value r = V_NULL;
  if (status >= 0 && n == 0) {
    r = sre_slice(t, s->string, 0, s->end);
  } else if (status >= 0) {
    strb_slice(&b, text, copied, s->end);
    return strb_finish(&b);
  }
  strb_discard(&b);
  return r;
}

// The text with matches replaced, and their number. V_NULL: exception.
static Value substitute(Thread *t, Value self, const Value *args, int64_t *replaced) {
  int64_t most = 0, n = 0;
  SreState s;
  if (!v_is_absent(args[2])) {
    most = number_as_i64(t, args[2]);
    if (most == -1 && error_pending(t)) return V_NULL;
  }
  Value filter = replacement(t, self, args[0]);
  if (v_is_null(filter)) return V_NULL;
  bool call = object_is_callable(filter);
  if (sre_state_begin(t, &s, v_pattern(self), args[1], 0, INT64_MAX) < 0) {
    v_drop(t, filter);
    return V_NULL;
  }
  if (!call && v_is_str(filter) && v_is_str(s.string)) {
    Value text = substitute_text(t, &s, filter, most, replaced);
    v_drop(t, filter);
    sre_state_end(&s);
    return text;
  }
  Value list = list_new(t, 0), r = V_NULL;
  int status = v_is_null(list) ? -1 : 0;
  int64_t copied = 0;
  while (status >= 0 && (most == 0 || n < most)) {
    status = next_match(&s);
    if (status <= 0) break;
    if (copied < s.start) status = append(t, list, sre_slice(t, s.string, copied, s.start));
    if (status >= 0) status = append_replacement(t, self, &s, list, filter, call);
    copied = s.ptr;
    n++;
    advance(&s);
  }
  if (status >= 0 && copied < s.end) status = append(t, list, sre_slice(t, s.string, copied, s.end));
  if (status >= 0) r = join(t, &s, list);
  v_drop(t, list);
  v_drop(t, filter);
  sre_state_end(&s);
  *replaced = n;
  return r;
}

METHOD(sub) {
  UNUSED;
  int64_t n;
  return substitute(t, self, args, &n);
}
METHOD(subn) {
  UNUSED;
  int64_t n;
  Value r = substitute(t, self, args, &n);
  return v_is_null(r) ? V_NULL : tuple_from_stolen(t, (Value[]){r, v_from_smi(n)}, 2);
}

// --- Scanner --------------------------------------------------------------------------------------------------------------------------------

typedef struct Scanner {
  Object ob;
  Value pattern;
  a8 busy;          // claimed by whoever moves `state` on: matching passes safepoints
  bool finished;
  SreState state;   // of no thread between calls
} Scanner;

static Scanner *v_scanner(Value v) { return (Scanner *)v_obj(v); }

static void scanner_dealloc(Thread *t, Object *o) {
  Scanner *sc = (Scanner *)o;
  sc->state.t = t;
  sre_state_end(&sc->state);
  v_drop(t, sc->pattern);
  heap_free_object(t, o);
}
static void scanner_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Scanner *)o)->pattern, visit, arg);
  gc_visit_value(((Scanner *)o)->state.string, visit, arg);
  gc_visit_value(((Scanner *)o)->state.view.obj, visit, arg);
}

static Value scan(Thread *t, Value self, int (*how)(SreState *s)) {
  Scanner *sc = v_scanner(self);
  if (!a8_cas_acq(&sc->busy, 0, 1)) return raise_value_error(t, "regular expression scanner already executing");
  Value m = V_NONE;
  if (!sc->finished) {
    SreState *s = &sc->state;
    s->t = t;
    sre_state_reset(s);
    int status = how(s);
    m = sre_match_new(t, sc->pattern, s, status);
    if (status == 0) sc->finished = true;
    else advance(s);
  }
  a8_store_rel(&sc->busy, 0);
  return m;
}
static Value scanner_match(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) { UNUSED; return scan(t, self, sre_match_here); }
static Value scanner_search(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) { UNUSED; return scan(t, self, sre_search); }

static const NativeDef scanner_methods[] = {
    {"match($self, /)", scanner_match, NULL, NATIVE_TAKES_CLASS},
    {"search($self, /)", scanner_search, NULL, NATIVE_TAKES_CLASS},
    {0},
};
static const MemberDef scanner_members[] = {{"pattern", MEMBER_VALUE, offsetof(Scanner, pattern), true, NULL}, {0}};

Type type_sre_scanner;
static const TypeSpec spec_sre_scanner = {
    .name = "_sre.SRE_Scanner",
    .size = sizeof(Scanner),
    .flags = TYPE_NO_INSTANTIATE | TYPE_IMMUTABLE,
    .slots = {.dealloc = scanner_dealloc, .traverse = scanner_traverse},
    .methods = scanner_methods,
    .members = scanner_members,
};

METHOD(scanner) {
  UNUSED;
  Value v = type_generic_alloc(t, &type_sre_scanner, 0);
  if (v_is_null(v)) return V_NULL;
  if (begin(t, &v_scanner(v)->state, self, args) < 0) {
    v_drop(t, v);
    return V_NULL;
  }
  v_scanner(v)->pattern = v_own(t, self);
  return v;
}

METHOD(finditer) {
  Value scanner = pattern_scanner(t, self, args, nargs, kwnames);
  Value search = v_is_null(scanner) ? V_NULL : object_getattr(t, scanner, N(search));
  Value it = v_is_null(search) ? V_NULL : callable_iterator_new(t, search, V_NONE);
  v_drop(t, search);
  v_drop(t, scanner);
  return it;
}

// --- The object itself ----------------------------------------------------------------------------------------------------------------------

METHOD(copy) { UNUSED; return v_own(t, self); }

static Value pattern_groupindex(Thread *t, Value self, void *closure) {
  (void)closure;
  Value names = v_pattern(self)->groupindex;
  return dict_length(v_dict(names)) ? mappingproxy_new(t, names) : dict_new(t);
}

static Value pattern_repr(Thread *t, Value self) {
  static const struct { const char *name; int flag; } names[] = {{"re.TEMPLATE", 1}, {"re.IGNORECASE", 2}, {"re.LOCALE", 4}, {"re.MULTILINE", 8},
      {"re.DOTALL", 16}, {"re.UNICODE", 32}, {"re.VERBOSE", 64}, {"re.DEBUG", 128}, {"re.ASCII", 256}};
  Pattern *p = v_pattern(self);
  int flags = p->flags;
  if (p->is_bytes == 0 && (flags & (4 | 32 | 256)) == 32) flags &= ~32;   // what str patterns have anyway
  char text[160] = "";
  size_t n = 0;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (!(flags & names[i].flag)) continue;
    n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", n ? "|" : "", names[i].name);
    flags &= ~names[i].flag;
  }
  if (flags) n += (size_t)snprintf(text + n, sizeof text - n, "%s0x%x", n ? "|" : "", (unsigned)flags);
  return n ? str_from_format(t, "re.compile(%.200R, %s)", p->pattern, text) : str_from_format(t, "re.compile(%.200R)", p->pattern);
}

static int64_t pattern_hash(Thread *t, Value self) {
  Pattern *p = v_pattern(self);
  int64_t h = object_hash(t, p->pattern);
  if (h == -1) return -1;
  h ^= hash_bytes(p->code, p->code_size * sizeof *p->code) ^ p->flags ^ p->is_bytes ^ (int64_t)p->code_size;
  return h == -1 ? -2 : h;
}

static Value pattern_compare(Thread *t, Value a, Value b, int op) {
  if ((op != CMP_EQ && op != CMP_NE) || v_type(b) != &type_sre_pattern) return V_NOT_IMPLEMENTED;
  Pattern *p = v_pattern(a), *q = v_pattern(b);
  int same = p == q;
  // The code depends on the locale too, so equal patterns may have different code.
  if (!same && p->flags == q->flags && p->is_bytes == q->is_bytes && p->code_size == q->code_size &&
      memcmp(p->code, q->code, p->code_size * sizeof *p->code) == 0)
    same = object_compare_bool(t, p->pattern, q->pattern, CMP_EQ);
  return same < 0 ? V_NULL : v_from_bool(same == (op == CMP_EQ));
}

static const NativeDef methods[] = {
    {"match($self, /, string, pos=0, endpos=sys.maxsize)", pattern_match, "Matches zero or more characters at the beginning of the string.", NATIVE_TAKES_CLASS},
    {"fullmatch($self, /, string, pos=0, endpos=sys.maxsize)", pattern_fullmatch, "Matches against all of the string.", NATIVE_TAKES_CLASS},
    {"search($self, /, string, pos=0, endpos=sys.maxsize)", pattern_search, "Scan through string looking for a match, and return a corresponding match object instance.", NATIVE_TAKES_CLASS},
    {"sub($self, /, repl, string, count=0)", pattern_sub, "Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.", NATIVE_TAKES_CLASS},
    {"subn($self, /, repl, string, count=0)", pattern_subn, "Return the tuple (new_string, number_of_subs_made).", NATIVE_TAKES_CLASS},
    {"split($self, /, string, maxsplit=0)", pattern_split, "Split string by the occurrences of pattern.", 0},
    {"findall($self, /, string, pos=0, endpos=sys.maxsize)", pattern_findall, "Return a list of all non-overlapping matches of pattern in string.", 0},
    {"finditer($self, /, string, pos=0, endpos=sys.maxsize)", pattern_finditer, "Return an iterator over all non-overlapping matches for the RE pattern in string.", NATIVE_TAKES_CLASS},
    {"scanner($self, /, string, pos=0, endpos=sys.maxsize)", pattern_scanner, NULL, NATIVE_TAKES_CLASS},
    {"__copy__($self, /)", pattern_copy, NULL, 0},
    {"__deepcopy__($self, memo, /)", pattern_copy, NULL, 0},
    CLASS_GETITEM_DEF,
    {0},
};
static const GetSetDef getset[] = {{"groupindex", pattern_groupindex, NULL, "A dictionary mapping group names to group numbers.", NULL}, {0}};
static const MemberDef members[] = {
    {"pattern", MEMBER_VALUE, offsetof(Pattern, pattern), true, "The pattern string from which the RE object was compiled."},
    {"flags", MEMBER_I32, offsetof(Pattern, flags), true, "The regex matching flags."},
    {"groups", MEMBER_I64, offsetof(Pattern, groups), true, "The number of capturing groups in the pattern."},
    {0},
};

Type type_sre_pattern;
static const TypeSpec spec_sre_pattern = {
    .name = "re.Pattern",
    .size = sizeof(Pattern),
    .flags = TYPE_NO_INSTANTIATE | TYPE_WEAKREF | TYPE_IMMUTABLE,
    .slots = {.repr = pattern_repr, .hash = pattern_hash, .richcompare = pattern_compare, .dealloc = pattern_dealloc, .traverse = pattern_traverse},
    .methods = methods,
    .getset = getset,
    .members = members,
    .doc = "Compiled regular expression object.",
};

bool sre_types_init(Thread *t) {
  return type_ready(t, &type_sre_pattern, &spec_sre_pattern, 0) && type_ready(t, &type_sre_match, &spec_sre_match, 0) &&
         type_ready(t, &type_sre_scanner, &spec_sre_scanner, 0);
}
