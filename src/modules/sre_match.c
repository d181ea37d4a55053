// Match objects: what matched where.
#include "gc/heap.h"
#include "modules/sre.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/locked_field.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

#define METHOD(name) static Value match_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

Value sre_match_new(Thread *t, Value pattern, SreState *s, int status) {
  if (status <= 0) return status < 0 ? V_NULL : V_NONE;
  Value v = type_generic_alloc(t, &type_sre_match, (size_t)(s->groups + 1) * 2);
  if (v_is_null(v)) return V_NULL;
  Match *m = v_match(v);
  m->pattern = v_own(t, pattern);
  m->string = v_own(t, s->string);
  m->pos = s->pos;
  m->endpos = s->end;
  m->last_index = s->last_index;
  m->groups = s->groups + 1;
  m->marks[0] = s->start;
  m->marks[1] = s->ptr;
  for (int64_t i = 0; i < s->groups; i++) {
    int64_t from = s->marks[2 * i], to = s->marks[2 * i + 1];
    bool whole = from >= 0 && to >= from;   // one that was opened anew but not closed did not match
    m->marks[2 * i + 2] = whole ? from : -1;
    m->marks[2 * i + 3] = whole ? to : -1;
  }
  return v;
}

static void match_dealloc(Thread *t, Object *o) {
  Match *m = (Match *)o;
  v_drop(t, m->regs);
  v_drop(t, m->string);
  v_drop(t, m->pattern);
  heap_free_object(t, o);
}
static void match_traverse(Object *o, GcVisit visit, void *arg) {
  Match *m = (Match *)o;
  gc_visit_value(m->regs, visit, arg);
  gc_visit_value(m->string, visit, arg);
  gc_visit_value(m->pattern, visit, arg);
}

// --- Groups ---------------------------------------------------------------------------------------------------------------------------------

static Value slice_of(Thread *t, Match *m, int64_t group, Value default_) {
  int64_t start = m->marks[2 * group], end = m->marks[2 * group + 1];
  return start < 0 || v_is_none(m->string) ? v_own(t, default_) : sre_slice(t, m->string, start, end);
}

// A group's number from a number or name; -1 with IndexError.
static int64_t group_index(Thread *t, Match *m, Value key) {
  int64_t i = -1;
  if (v_is_smi(key)) {
    i = v_smi(key);
  } else if (number_is_index(key)) {
    i = number_as_i64_clip(t, key);
    if (i == -1 && error_pending(t)) return -1;
  } else if (dict_length(v_dict(v_pattern(m->pattern)->groupindex))) {     // so that without names nothing is hashed
    Value number;
    int found = dict_get(t, v_dict(v_pattern(m->pattern)->groupindex), key, &number);
    if (found < 0) return -1;
    if (!found || !v_is_int(number) || !int_as_i64(number, &i)) i = -1;
    v_drop(t, number);
  }
  if (i >= 0 && i < m->groups) return i;
  raise_error(t, &exc_IndexError, "no such group");
  return -1;
}

static Value group_by(Thread *t, Match *m, Value key) {
  int64_t i = group_index(t, m, key);
  return i < 0 ? V_NULL : slice_of(t, m, i, V_NONE);
}

METHOD(group) {
  (void)kwnames;
  Match *m = v_match(self);
  if (native_no_keywords(t, "re.Match.group", kwnames) < 0) return V_NULL;
  if (nargs == 0) return slice_of(t, m, 0, V_NONE);
  if (nargs == 1) return group_by(t, m, args[0]);
  Value r = tuple_new(t, (int64_t)nargs);
  for (size_t i = 0; !v_is_null(r) && i < nargs; i++) {
    Value item = group_by(t, m, args[i]);
    if (v_is_null(item)) {
      v_drop(t, r);
      return V_NULL;
    }
    v_tuple(r)->items[i] = item;
  }
  return r;
}

METHOD(groups) {
  UNUSED;
  Match *m = v_match(self);
  Value default_ = v_is_absent(args[0]) ? V_NONE : args[0], r = tuple_new(t, m->groups - 1);
  for (int64_t i = 1; !v_is_null(r) && i < m->groups; i++) {
    Value item = slice_of(t, m, i, default_);
    if (v_is_null(item)) {
      v_drop(t, r);
      return V_NULL;
    }
    v_tuple(r)->items[i - 1] = item;
  }
  return r;
}

METHOD(groupdict) {
  UNUSED;
  Match *m = v_match(self);
  Value default_ = v_is_absent(args[0]) ? V_NONE : args[0], r = dict_new(t), name, number;
  int64_t pos = 0;
  while (!v_is_null(r) && dict_next(t, v_dict(v_pattern(m->pattern)->groupindex), &pos, &name, &number)) {
    int64_t i = group_index(t, m, number);
    Value item = i < 0 ? V_NULL : slice_of(t, m, i, default_);
    if (v_is_null(item) || dict_set(t, v_dict(r), name, item) < 0) {
      v_drop(t, r);
      r = V_NULL;
    }
    v_drop(t, item);
    v_drop(t, name);
    v_drop(t, number);
  }
  return r;
}

static Value match_subscript(Thread *t, Value self, Value key) { return group_by(t, v_match(self), key); }

// The group argument of start, end and span: 0 if absent.
static int64_t group_argument(Thread *t, Value self, Value arg) { return v_is_absent(arg) ? 0 : group_index(t, v_match(self), arg); }

static Value pair(Thread *t, int64_t a, int64_t b) { return tuple_from_stolen(t, (Value[]){v_from_smi(a), v_from_smi(b)}, 2); }

METHOD(start) {
  UNUSED;
  int64_t i = group_argument(t, self, args[0]);
  return i < 0 ? V_NULL : v_from_smi(v_match(self)->marks[2 * i]);
}
METHOD(end) {
  UNUSED;
  int64_t i = group_argument(t, self, args[0]);
  return i < 0 ? V_NULL : v_from_smi(v_match(self)->marks[2 * i + 1]);
}
METHOD(span) {
  UNUSED;
  int64_t i = group_argument(t, self, args[0]);
  return i < 0 ? V_NULL : pair(t, v_match(self)->marks[2 * i], v_match(self)->marks[2 * i + 1]);
}

METHOD(expand) {
  UNUSED;
  Value f = sre_library_function(t, "_expand");
  Value r = v_is_null(f) ? V_NULL : object_call3(t, f, v_match(self)->pattern, self, args[0]);
  v_drop(t, f);
  return r;
}

METHOD(copy) { UNUSED; return v_own(t, self); }

// --- Attributes -----------------------------------------------------------------------------------------------------------------------------

static Value match_regs(Thread *t, Value self, void *closure) {
  (void)closure;
  Match *m = v_match(self);
  Value regs = locked_field(t, &m->ob, &m->regs);
  if (!v_is_null(regs)) return regs;
  regs = tuple_new(t, m->groups);
  for (int64_t i = 0; !v_is_null(regs) && i < m->groups; i++) {
    Value p = pair(t, m->marks[2 * i], m->marks[2 * i + 1]);
    if (v_is_null(p)) {
      v_drop(t, regs);
      return V_NULL;
    }
    v_tuple(regs)->items[i] = p;
  }
  if (!v_is_null(regs)) locked_field_set(t, &m->ob, &m->regs, v_own(t, regs));
  return regs;
}
static Value match_lastindex(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_match(self)->last_index >= 0 ? v_from_smi(v_match(self)->last_index) : V_NONE;
}
static Value match_lastgroup(Thread *t, Value self, void *closure) {
  (void)closure;
  Match *m = v_match(self);
  Value names = v_pattern(m->pattern)->indexgroup;
  return m->last_index >= 0 && m->last_index < v_tuple(names)->length ? v_own(t, v_tuple(names)->items[m->last_index]) : V_NONE;
}

static Value match_repr(Thread *t, Value self) {
  Match *m = v_match(self);
  Value text = slice_of(t, m, 0, V_NONE);
  if (v_is_null(text)) return V_NULL;
  Value r = str_from_format(t, "<%T object; span=(%lld, %lld), match=%.50R>", self, (long long)m->marks[0], (long long)m->marks[1], text);
  v_drop(t, text);
  return r;
}

static const NativeDef methods[] = {
    {"group($self, /, *args)", match_group, "Return one or more subgroups of the match, by number or name; 0: all of it.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"start($self, group=0, /)", match_start, "Return index of the start of the substring matched by group.", 0},
    {"end($self, group=0, /)", match_end, "Return index of the end of the substring matched by group.", 0},
    {"span($self, group=0, /)", match_span, "For match object m, return the 2-tuple (m.start(group), m.end(group)).", 0},
    {"groups($self, /, default=None)", match_groups, "Return a tuple containing all the subgroups of the match, from 1.", 0},
    {"groupdict($self, /, default=None)", match_groupdict, "Return a dictionary containing all the named subgroups of the match.", 0},
    {"expand($self, /, template)", match_expand, "Return the string obtained by doing backslash substitution on the string template.", 0},
    {"__copy__($self, /)", match_copy, NULL, 0},
    {"__deepcopy__($self, memo, /)", match_copy, NULL, 0},
    CLASS_GETITEM_DEF,
    {0},
};
static const GetSetDef getset[] = {
    {"lastindex", match_lastindex, NULL, "The integer index of the last matched capturing group.", NULL},
    {"lastgroup", match_lastgroup, NULL, "The name of the last matched capturing group.", NULL},
    {"regs", match_regs, NULL, NULL, NULL},
    {0},
};
static const MemberDef members[] = {
    {"string", MEMBER_VALUE, offsetof(Match, string), true, "The string passed to match() or search()."},
    {"re", MEMBER_VALUE, offsetof(Match, pattern), true, "The regular expression object."},
    {"pos", MEMBER_I64, offsetof(Match, pos), true, "The index into the string at which the RE engine started looking for a match."},
    {"endpos", MEMBER_I64, offsetof(Match, endpos), true, "The index into the string beyond which the RE engine will not go."},
    {0},
};

Type type_sre_match;
const TypeSpec spec_sre_match = {
    .name = "re.Match",
    .size = sizeof(Match),
    .item_size = sizeof(int64_t),
    .flags = TYPE_NO_INSTANTIATE | TYPE_VARSIZE | TYPE_IMMUTABLE,
    .slots = {.repr = match_repr, .getitem = match_subscript, .dealloc = match_dealloc, .traverse = match_traverse},
    .methods = methods,
    .getset = getset,
    .members = members,
    .doc = "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
};
