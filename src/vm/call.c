// Calling Python functions: binding arguments in the callee's window, and the way in from C.
#include "vm/call.h"

#include <stdio.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- Messages -----------------------------------------------------------------------------------------------------------------------

static Value local_name(const Code *c, int64_t i) { return v_tuple(c->localsplusnames)->items[i]; }

// "'a'", "'a' and 'b'", "'a', 'b', and 'c'".
static Value join_names(Thread *t, List *names) {
  StrBuilder b;
  strb_init(&b, t);
  int64_t n = list_length(names);
  for (int64_t i = 0; i < n; i++) {
    if (i > 0) strb_cstr(&b, n == 2 ? " and " : i == n - 1 ? ", and " : ", ");
    Value v = list_get(t, names, i), r = object_repr(t, v);
    strb_str(&b, r);
    v_drop(t, v);
    v_drop(t, r);
  }
  return strb_finish(&b);
}

static bool missing_arguments(Thread *t, Function *f, const Ref *out, int64_t first, int64_t end, const char *kind) {
  Value names = list_new(t, 0);
  if (v_is_null(names)) return false;
  for (int64_t i = first; i < end; i++) {
    if (ref_is_unbound(out[i]) && list_append(t, v_list(names), local_name(v_code(f->code), i)) < 0) {
      v_drop(t, names);
      return false;
    }
  }
  Value text = join_names(t, v_list(names));
  int64_t n = list_length(v_list(names));
  if (!v_is_null(text)) {
    raise_type_error(t, "%U() missing %lld required %s argument%s: %U", f->qualname, (long long)n, kind, n == 1 ? "" : "s", text);
  }
  v_drop(t, text);
  v_drop(t, names);
  return false;
}

static bool too_many_positional(Thread *t, Function *f, const Ref *out, int64_t given) {
  const Code *c = v_code(f->code);
  int64_t kwonly_given = 0, ndefaults = v_is_null(f->defaults) ? 0 : v_tuple(f->defaults)->length;
  for (int64_t i = c->argcount; i < c->argcount + c->kwonlyargcount; i++) kwonly_given += !ref_is_unbound(out[i]);
  bool plural = ndefaults || c->argcount != 1;
  char takes[64], only[96] = "";
  if (ndefaults) snprintf(takes, sizeof takes, "from %lld to %d", (long long)(c->argcount - ndefaults), c->argcount);
  else snprintf(takes, sizeof takes, "%d", c->argcount);
  if (kwonly_given) {
    snprintf(only, sizeof only, " positional argument%s (and %lld keyword-only argument%s)", given != 1 ? "s" : "",
             (long long)kwonly_given, kwonly_given != 1 ? "s" : "");
  }
  raise_type_error(t, "%U() takes %s positional argument%s but %lld%s %s given", f->qualname, takes, plural ? "s" : "", (long long)given, only,
                   given == 1 && !kwonly_given ? "was" : "were");
  return false;
}

// Names given by keyword that are positional-only parameters: true if an error was raised.
static bool positional_only_by_keyword(Thread *t, Function *f, Value kwnames) {
  const Code *c = v_code(f->code);
  StrBuilder b;
  strb_init(&b, t);
  bool any = false;
  for (int64_t k = 0; k < c->posonlyargcount; k++) {
    for (int64_t i = 0; i < v_tuple(kwnames)->length; i++) {
      if (object_equal(t, v_tuple(kwnames)->items[i], local_name(c, k)) != 1) continue;
      if (any) strb_cstr(&b, ", ");
      strb_str(&b, local_name(c, k));
      any = true;
    }
  }
  Value text = strb_finish(&b);
  if (any && !v_is_null(text))
    raise_type_error(t, "%U() got some positional-only arguments passed as keyword arguments: '%U'", f->qualname, text);
  v_drop(t, text);
  return any || error_pending(t);
}

Value call_function_text(Thread *t, Value function) {
  Value qualname, module;
  if (object_lookup_attr(t, function, N(__qualname__), &qualname) < 0) return V_NULL;
  if (v_is_null(qualname)) return object_str(t, function);
  Value text;
  if (object_lookup_attr(t, function, N(__module__), &module) < 0) {
    v_drop(t, qualname);
    return V_NULL;
  }
  bool plain = v_is_null(module) || v_is_none(module) || (v_is_str(module) && str_equals_cstr(module, "builtins"));
  text = plain ? str_from_format(t, "%S()", qualname) : str_from_format(t, "%S.%S()", module, qualname);
  v_drop(t, module);
  v_drop(t, qualname);
  return text;
}

void call_explain_kwargs(Thread *t, Value function, Value kwargs) {
  if (error_matches(t, &exc_AttributeError)) {
    error_clear(t);
    Value text = call_function_text(t, function);
    if (!v_is_null(text)) raise_type_error(t, "%U argument after ** must be a mapping, not %T", text, kwargs);
    v_drop(t, text);
  } else if (error_matches(t, &exc_KeyError)) {
    // One with a traceback is the mapping's own: it said so in Python code.
    Value exc = error_fetch(t), args = v_exc(exc)->args, tb = exception_get_traceback(t, exc);
    bool from_merge = v_is_none(tb) && v_is_null(v_exc(exc)->context);    // CPython knows a key from an exception only while none is handled
    v_drop(t, tb);
    if (from_merge && v_is_tuple(args) && v_tuple(args)->length == 1) {
      Value key = v_tuple(args)->items[0], text = call_function_text(t, function);
      if (v_is_null(text)) {
        v_drop(t, exc);
        return;
      }
      raise_type_error(t, "%U got multiple values for keyword argument '%S'", text, key);
      v_drop(t, text);
      v_drop(t, exc);
    } else {
      error_restore(t, exc);
    }
  }
}

// As CPython's check before it makes the tuple: of a builtin type's subscripts only those of a sequence count.
static bool iterable_at_first_sight(const Type *type) {
  return type->slots.iter || type->slots.seq_item || (type->flags & TYPE_HEAP && type->slots.getitem);
}

bool call_check_args_iterable(Thread *t, Value function, Value args) {
  if (v_type(args)->slots.iter || iterable_at_first_sight(v_type(args))) return true;
  Value text = call_function_text(t, function);
  if (!v_is_null(text)) raise_type_error(t, "%U argument after * must be an iterable, not %T", text, args);
  v_drop(t, text);
  return false;
}

// --- Binding ------------------------------------------------------------------------------------------------------------------------

// A binding under way: `in` holds the call's words (moved out of the window), `out` the parameters.
typedef struct Binding {
  Thread *t;
  Function *f;
  const Code *code;
  Ref *in, *out;
  size_t npos, nkw;
  Value kwnames;
  int64_t nparams, kwdict_at;    // kwdict_at -1: no **kwargs
} Binding;

// The parameter named by a keyword, among those that may be: by identity, then by equality. -1: none, -2: error.
static int64_t find_parameter(Binding *b, Value name) {
  int64_t first = b->code->posonlyargcount, end = b->code->argcount + b->code->kwonlyargcount;
  for (int64_t i = first; i < end; i++) {
    if (v_is(local_name(b->code, i), name)) return i;
  }
  for (int64_t i = first; i < end; i++) {
    int eq = object_equal(b->t, name, local_name(b->code, i));
    if (eq < 0) return -2;
    if (eq) return i;
  }
  return -1;
}

static bool bind_keywords(Binding *b) {
  Thread *t = b->t;
  for (size_t k = 0; k < b->nkw; k++) {
    Value name = v_tuple(b->kwnames)->items[k];
    if (!v_is_str(name)) {
      raise_type_error(t, "%U() keywords must be strings", b->f->qualname);
      return false;
    }
    int64_t i = find_parameter(b, name);
    if (i == -2) return false;
    Ref *word = &b->in[b->npos + k];
    if (i >= 0) {
      if (!ref_is_unbound(b->out[i])) {
        raise_type_error(t, "%U() got multiple values for argument '%S'", b->f->qualname, name);
        return false;
      }
      b->out[i] = *word;
      *word = REF_UNBOUND;
    } else if (b->kwdict_at >= 0) {
      Value v = ref_take(t, word);
      if (dict_set_steal(t, v_dict(ref_value(b->out[b->kwdict_at])), name, v) < 0) return false;
    } else {
      if (b->code->posonlyargcount > 0 && positional_only_by_keyword(t, b->f, b->kwnames)) return false;
      raise_type_error(t, "%U() got an unexpected keyword argument '%S'", b->f->qualname, name);
      return false;
    }
  }
  return true;
}

static bool bind_defaults(Binding *b) {
  Thread *t = b->t;
  const Code *c = b->code;
  int64_t ndefaults = v_is_null(b->f->defaults) ? 0 : v_tuple(b->f->defaults)->length, required = c->argcount - ndefaults;
  if ((int64_t)b->npos < c->argcount) {
    for (int64_t i = (int64_t)b->npos; i < required; i++) {
      if (ref_is_unbound(b->out[i])) return missing_arguments(t, b->f, b->out, 0, required, "positional");
    }
    for (int64_t i = required < 0 ? 0 : required; i < c->argcount; i++) {
      if (ref_is_unbound(b->out[i])) b->out[i] = ref_from(v_own(t, v_tuple(b->f->defaults)->items[i - required]));
    }
  }
  bool missing = false;
  for (int64_t i = c->argcount; i < c->argcount + c->kwonlyargcount; i++) {
    if (!ref_is_unbound(b->out[i])) continue;
    Value v = V_NULL;
    if (!v_is_null(b->f->kwdefaults) && dict_get(t, v_dict(b->f->kwdefaults), local_name(c, i), &v) < 0) return false;
    if (v_is_null(v)) missing = true;
    else b->out[i] = ref_from(v);
  }
  if (missing) return missing_arguments(t, b->f, b->out, c->argcount, c->argcount + c->kwonlyargcount, "keyword-only");
  return true;
}

static bool bind(Binding *b) {
  Thread *t = b->t;
  const Code *c = b->code;
  int64_t named = c->argcount + c->kwonlyargcount, varargs_at = c->flags & CO_VARARGS ? named : -1;
  if (b->kwdict_at >= 0) {
    Value d = dict_new(t);
    if (v_is_null(d)) return false;
    b->out[b->kwdict_at] = ref_from(d);
  }
  int64_t n = (int64_t)b->npos < c->argcount ? (int64_t)b->npos : c->argcount;
  for (int64_t i = 0; i < n; i++) {
    b->out[i] = b->in[i];
    b->in[i] = REF_UNBOUND;
  }
  if (varargs_at >= 0) {
    int64_t rest = (int64_t)b->npos - n;
    Value tuple = rest == 0 ? tuple_empty : tuple_new(t, rest);
    if (v_is_null(tuple)) return false;
    for (int64_t i = 0; i < rest; i++) v_tuple(tuple)->items[i] = ref_take(t, &b->in[n + i]);
    b->out[varargs_at] = ref_from(tuple);
  }
  if (!bind_keywords(b)) return false;
  if ((int64_t)b->npos > c->argcount && varargs_at < 0) return too_many_positional(t, b->f, b->out, (int64_t)b->npos);
  return bind_defaults(b);
}

// The common short call: positional arguments, the rest from defaults.
static bool bind_from_defaults(Thread *t, Function *f, Exec *e, Ref *fp, size_t npos) {
  Value defaults = v_load_acq(&f->defaults);
  if (e->plain_argc < 0 || (int64_t)npos > e->plain_argc || v_is_null(defaults)) return false;
  Tuple *d = v_tuple(defaults);
  int64_t first = e->plain_argc - d->length;
  if ((int64_t)npos < first) return false;
  for (int64_t i = (int64_t)npos; i < e->plain_argc; i++) fp[i] = ref_from(v_keep(t, d->items[i - first]));
  for (unsigned i = (unsigned)e->plain_argc; i < e->nlocals; i++) fp[i] = REF_UNBOUND;
  return true;
}

// Functions with *args, and perhaps **kwargs, that are called by position with all their parameters. False: nothing was touched.
static bool bind_rest(Thread *t, Exec *e, Ref *fp, size_t npos) {
  const Code *c = e->code;
  size_t n = (size_t)c->argcount, at = n, rest = npos - n;
  if (!(c->flags & CO_VARARGS) || c->kwonlyargcount || npos < n) return false;
  Value dict = c->flags & CO_VARKEYWORDS ? dict_new(t) : V_ABSENT, tuple = rest == 0 ? tuple_empty : tuple_new(t, (int64_t)rest);
  if (unlikely(v_is_null(dict) || v_is_null(tuple))) {
    v_drop(t, dict);
    v_drop(t, tuple);
    error_clear(t);   // the general binder will raise it again
    return false;
  }
  for (size_t i = 0; i < rest; i++) v_tuple(tuple)->items[i] = ref_take(t, &fp[n + i]);
  fp[at++] = ref_from(tuple);
  if (!v_is_absent(dict)) fp[at++] = ref_from(dict);
  for (; at < e->nlocals; at++) fp[at] = REF_UNBOUND;
  return true;
}

// The common call with keywords: all of them name parameters of a function without variadic or keyword-only ones. False: nothing was
// touched, the general binder must look (and complain).
static bool bind_plain_keywords(Thread *t, Function *f, Exec *e, Ref *fp, size_t npos, Value kwnames) {
  enum { LIMIT = 16 };
  Ref out[LIMIT];
  int64_t argc = e->plain_argc;
  Tuple *names = v_tuple(kwnames);
  if (argc < 0 || argc > LIMIT || (int64_t)npos > argc) return false;
  for (int64_t i = 0; i < argc; i++) out[i] = i < (int64_t)npos ? fp[i] : REF_UNBOUND;
  for (int64_t k = 0; k < names->length; k++) {
    int64_t i = e->code->posonlyargcount;
    while (i < argc && !v_is(local_name(e->code, i), names->items[k])) i++;
    if (i == argc || !ref_is_unbound(out[i])) return false;
    out[i] = fp[(int64_t)npos + k];
  }
  Value defaults = v_load_acq(&f->defaults);
  int64_t first = argc - (v_is_null(defaults) ? 0 : v_tuple(defaults)->length);
  for (int64_t i = (int64_t)npos; i < argc && i < first; i++) if (ref_is_unbound(out[i])) return false;
  for (int64_t i = (int64_t)npos; i < argc; i++) {
    fp[i] = ref_is_unbound(out[i]) ? ref_from(v_keep(t, v_tuple(defaults)->items[i - first])) : out[i];
  }
  for (unsigned i = (unsigned)argc; i < e->nlocals; i++) fp[i] = REF_UNBOUND;
  for (size_t i = e->nlocals; i < npos + (size_t)names->length; i++) fp[i] = REF_UNBOUND;
  return true;
}

bool call_bind(Thread *t, Function *f, Exec *e, Ref *fp, size_t npos, Value kwnames) {
  if (v_is_null(kwnames) && (int64_t)npos == e->plain_argc) {   // a function's first call
    for (size_t i = npos; i < e->nlocals; i++) fp[i] = REF_UNBOUND;
    return true;
  }
  if (v_is_null(kwnames) ? bind_from_defaults(t, f, e, fp, npos) || bind_rest(t, e, fp, npos) : bind_plain_keywords(t, f, e, fp, npos, kwnames)) return true;
  Ref small[64], *words = small;
  const Code *c = e->code;
  Binding b = {.t = t, .f = f, .code = c, .npos = npos, .nkw = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length, .kwnames = kwnames};
  b.nparams = c->argcount + c->kwonlyargcount + !!(c->flags & CO_VARARGS) + !!(c->flags & CO_VARKEYWORDS);
  b.kwdict_at = c->flags & CO_VARKEYWORDS ? b.nparams - 1 : -1;
  size_t nin = b.npos + b.nkw, nout = (size_t)b.nparams;
  if (nin + nout > sizeof small / sizeof *small) {
    words = heap_alloc(t, (nin + nout) * sizeof(Ref));
    if (!words) {
      for (size_t i = 0; i < nin; i++) ref_clear(t, &fp[i]);
      raise_no_memory(t);
      return false;
    }
  }
  b.in = words;
  b.out = words + nin;
  for (size_t i = 0; i < nin; i++) {
    b.in[i] = ref_from(v_kept_own(t, ref_value(fp[i])));  // binding may run Python code
    fp[i] = REF_UNBOUND;
  }
  for (size_t i = 0; i < nout; i++) b.out[i] = REF_UNBOUND;
  bool ok = bind(&b);
  if (ok) {
    memcpy(fp, b.out, nout * sizeof(Ref));
    for (size_t i = nout; i < e->nlocals; i++) fp[i] = REF_UNBOUND;
    for (size_t i = 0; i < nin; i++) ref_close(t, b.in[i]);
  } else {
    for (size_t i = 0; i < nin + nout; i++) ref_close(t, words[i]);
  }
  if (words != small) heap_free(t, words);
  return ok;
}

// --- From C -------------------------------------------------------------------------------------------------------------------------

Exec *function_exec(Thread *t, Function *f) {
  Exec *e = aptr_load_acq(&f->exec);
  if (likely(e != NULL)) return e;
  Code *code = v_code(v_load_acq(&f->code));   // another thread may be assigning __code__; a replaced one lives on with the function
  if (trace_is_on()) return t->vm->tracing == 0 && trace_wants(t) ? exec_get_traced(t, code) : exec_get(t, code);   // not cached
  e = exec_get(t, code);
  if (e) aptr_store_rel(&f->exec, e);
  return e;
}

Frame *call_push(Thread *t, Function *f, Ref function, const Value *args, size_t npos, Value kwnames, uint64_t ret) {
  Exec *e = function_exec(t, f);
  if (!e) return NULL;
  size_t n = npos + (v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length);
  if (unlikely(t->py_depth >= vm_depth_limit)) {
    frame_depth_exceeded(t);
    return NULL;
  }
  Frame *caller = t->frame;
  Ref *fp = frame_stack_top(t, caller);
  if (!stack_reserve(t, fp + (n > e->frame_size ? n : e->frame_size))) return NULL;
  for (size_t i = 0; i < n; i++) fp[i] = ref_borrow(ref_from(args[i]));
  if (v_is_null(kwnames) && (int64_t)npos == e->plain_argc) {
    for (size_t i = npos; i < e->nlocals; i++) fp[i] = REF_UNBOUND;
  } else if (!call_bind(t, f, e, fp, npos, kwnames)) {
    return NULL;
  }
  Frame *nf = frame_next_record(t, caller);
  nf->pc = e->insts;
  nf->fp = fp;
  nf->exec = e;
  nf->previous = caller;
  nf->function = function;
  nf->locals = V_NULL;
  nf->object = NULL;
  nf->ret = ret;
  nf->traced = trace_frame_is_traced(t, e);
  t->py_depth++;
  t->frame = nf;
  return nf;
}

// A function entered from C with whatever binding it needs.
static __attribute__((noinline)) Value enter(Thread *t, Value function, const Value *args, size_t nargs, Value kwnames) {
  Frame *f = call_push(t, v_function(function), ref_borrow(ref_from(function)), args, nargs, kwnames, RET_WORD(RET_ENTRY, 0, 0, 0));
  return f ? vm_run(t, f, f->pc, false) : V_NULL;
}

// What sort and map call for each item comes through here. As long as there is room and nothing to bind, no call but the last is made, so
// that registers need not be saved for more.
Value vm_call_function(Thread *t, Value function, const Value *args, size_t nargs, Value kwnames) {
  if (thread_stack_low(t)) return raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded while calling a Python object");
  Exec *e = aptr_load_acq(&v_function(function)->exec);
  Frame *caller = t->frame;
  bool plain = likely(e && caller) && v_is_null(kwnames) && e->plain_argc == (int64_t)nargs;
  Ref *window = plain ? call_ready_window(t, caller, e) : NULL;
  if (unlikely(!window)) return enter(t, function, args, nargs, kwnames);
  call_begin_plain(t, caller, caller + 1, window, e, ref_borrow(ref_from(function)), args, nargs, RET_WORD(RET_ENTRY, 0, 0, 0));
  return vm_run(t, caller + 1, e->insts, false);
}
