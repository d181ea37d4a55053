// Builtin functions and methods, and the binder that matches a call against a declared signature.
#include "objects/native.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/module_layout.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Value native_builtins_dict;

// --- Signatures -------------------------------------------------------------------------------------------------------------------

enum { PARAM_LIMIT = 32, FEW_PARAMS = 4 };
typedef struct Param {
  Value name;  // interned, immortal
  bool required;
} Param;

// Immutable once made. That of a descriptor or a static binding lives for ever, that of a function as long as it does.
typedef struct Binder {
  const char *name;       // the function's, not terminated; "function" where the signature names none
  int name_length;
  const char *parens;     // what messages write behind it: "()", or nothing behind "function"
  const char *text;       // from the opening parenthesis
  int nparams;            // slots of the bound argument array: positionals, keyword-only ones, *args, **kwargs
  int nposonly, npos;     // of the positional parameters, those without a name; all
  int min_pos;            // positional parameters without a default
  int varargs, varkw;     // slot or -1
  bool plain;             // positional-only throughout and no variadic part
  bool takes_class;       // NATIVE_TAKES_CLASS
  Param params[];
} Binder;

static bool is_name_char(char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Skips a default value: up to the comma or parenthesis that ends the parameter.
static const char *skip_default(const char *s) {
  int depth = 0;
  char quote = 0;
  for (;; s++) {
    if (!*s) return s;
    if (quote) {
      if (*s == '\\' && s[1]) s++;
      else if (*s == quote) quote = 0;
    } else if (*s == '\'' || *s == '"') quote = *s;
    else if (strchr("([{", *s)) depth++;
    else if (depth == 0 && (*s == ',' || *s == ')')) return s;
    else if (strchr(")]}", *s)) depth--;
  }
}

// Parses "name(params)" into b, which is zero and has room for PARAM_LIMIT parameters. False: no memory (exception set).
static bool binder_fill(Thread *t, Binder *b, const char *signature) {
  const char *open = strchr(signature, '(');
  assert(open);
  b->name = open == signature ? "function" : signature;
  b->name_length = open == signature ? 8 : (int)(open - signature);
  b->parens = open == signature ? "" : "()";
  b->text = open;
  b->varargs = b->varkw = -1;
  bool keyword_only = false;
  const char *s = open + 1;
  Value varargs_name = V_NULL, varkw_name = V_NULL;
  while (*s && *s != ')') {
    while (*s == ' ' || *s == ',' || *s == '\n') s++;
    if (*s == ')') break;
    if (*s == '/') {
      b->nposonly = b->nparams;
      s++;
      continue;
    }
    int stars = 0;
    while (*s == '*') stars++, s++;
    if (stars == 1 && (*s == ',' || *s == ' ')) {
      keyword_only = true;
      continue;
    }
    bool is_self = *s == '$';
    if (is_self) s++;
    const char *start = s;
    while (is_name_char(*s)) s++;
    size_t length = (size_t)(s - start);
    const char *end = skip_default(s);
    bool has_default = memchr(s, '=', (size_t)(end - s)) != NULL;
    s = end;
    if (is_self) continue;
    char text[64];
    assert(length > 0 && length < sizeof text);
    memcpy(text, start, length);
    text[length] = '\0';
    Value name = str_intern_cstr(t, text);
    if (v_is_null(name)) return false;
    if (stars == 1) {
      varargs_name = name;
      keyword_only = true;
      continue;
    }
    if (stars == 2) {
      varkw_name = name;
      continue;
    }
    assert(b->nparams < PARAM_LIMIT - 2);
    b->params[b->nparams++] = (Param){name, !has_default};
    if (!keyword_only) {
      b->npos++;
      if (!has_default) b->min_pos = b->npos;
    }
  }
  if (!v_is_null(varargs_name)) {
    b->varargs = b->nparams;
    b->params[b->nparams++] = (Param){varargs_name, false};
  }
  if (!v_is_null(varkw_name)) {
    b->varkw = b->nparams;
    b->params[b->nparams++] = (Param){varkw_name, false};
  }
  b->plain = b->nposonly == b->nparams;
  return true;
}

// As large as it need be. NULL: no memory (exception set).
static Binder *binder_parse(Thread *t, const char *signature) {
  struct { Binder binder; Param room[PARAM_LIMIT]; } parsed = {0};
  if (!binder_fill(t, &parsed.binder, signature)) return NULL;
  size_t size = sizeof(Binder) + (size_t)parsed.binder.nparams * sizeof(Param);
  Binder *b = malloc(size);
  if (b) memcpy(b, &parsed, size);
  else raise_no_memory(t);
  return b;
}

// The binder in *cache, parsed if need be; flags: NativeDef's. NULL: no memory.
static const Binder *binder_get(Thread *t, aptr *cache, const char *signature, uint32_t flags) {
  Binder *b = aptr_load_acq(cache);
  if (likely(b != NULL)) return b;
  b = binder_parse(t, signature);
  if (b) b->takes_class = flags & NATIVE_TAKES_CLASS;
  if (!b || aptr_cas_acqrel(cache, NULL, b)) return b;
  free(b);
  return aptr_load_acq(cache);
}

static void binding_init(NativeBinding *binding, const NativeDef *def) {
  aptr_store_rlx(&binding->binder, NULL);
  a32_store_rlx(&binding->direct, def->flags & NATIVE_RAW ? NATIVE_ANY : NATIVE_NEVER);
}

// --- Binding ----------------------------------------------------------------------------------------------------------------------

static const char *plural(int64_t n) { return n == 1 ? "" : "s"; }

// What is called, for messages.
typedef struct Callee {
  const NativeDef *def;    // NULL: a raw native binds itself
  Value self;
  const Native *function;  // what was bound before, or a module's; NULL: a method through its descriptor
} Callee;

// The class of what it is called on; of a class, itself.
static const Type *own_type(const Callee *c) { return v_is_type(c->self) ? v_as_type(c->self) : v_type(c->self); }

// The class that defines a method.
static const Type *defining_type(const Callee *c) {
  const Type *type = own_type(c);
  for (const Type *k = type; k; k = k->base)
    for (const NativeDef *def = k->spec ? k->spec->methods : NULL; def && def->signature; def++)
      if (def == c->def) return k;
  while (!type->spec && type->base) type = type->base;
  return type;
}

enum { NAME_ROOM = 256 };

// What messages put before its name: the class of what it is bound to, else the class that defines it, or its module. Owned; V_NULL: nothing.
static Value name_prefix(Thread *t, const Callee *c) {
  if (v_is_null(c->self)) return V_NULL;
  if (!c->function) return v_own(t, defining_type(c)->qualname);
  if (!type_is_subtype(v_type(c->self), &type_module)) return v_own(t, own_type(c)->qualname);
  return instance_field_load(t, (Object *)(uintptr_t)c->function, &c->function->module);     // anybody may set it
}

static const char *qualified_name(Thread *t, const Binder *b, const Callee *c, char name[NAME_ROOM]) {
  Value before = name_prefix(t, c);
  const char *text = v_is_null(before) || !v_is_str(before) || v_is(before, N(builtins)) ? NULL : str_utf8(t, before, NULL);
  snprintf(name, NAME_ROOM, "%s%s%.*s", text ? text : "", text ? "." : "", b->name_length, b->name);
  v_drop(t, before);
  return name;
}

static int refuse_keywords(Thread *t, const Binder *b, const Callee *c) {
  char name[NAME_ROOM];
  if (c->def && c->def->flags & NATIVE_VARARGS && c->function) snprintf(name, sizeof name, "%.*s", b->name_length, b->name);
  else qualified_name(t, b, c, name);
  raise_type_error(t, "%s() takes no keyword arguments", name);
  return -1;
}

static int bad_positional_only(Thread *t, const Binder *b, const Callee *c, size_t nargs) {
  char name[NAME_ROOM];
  if (c->def && c->def->flags & NATIVE_PARSED) {
    int bound = (int64_t)nargs < b->min_pos ? b->min_pos : b->npos;
    raise_type_error(t, "%.*s() takes %s %d argument%s (%zu given)", b->name_length, b->name,
                     b->min_pos == b->npos ? "exactly" : (int64_t)nargs < b->min_pos ? "at least" : "at most", bound, plural(bound), nargs);
    return -1;
  }
  if (b->nparams <= 1 && b->min_pos == b->nparams) {
    // CPython's METH_NOARGS and METH_O: the qualified name.
    qualified_name(t, b, c, name);
    if (b->nparams == 0) raise_type_error(t, "%s() takes no arguments (%zu given)", name, nargs);
    else raise_type_error(t, "%s() takes exactly one argument (%zu given)", name, nargs);
    return -1;
  }
  snprintf(name, sizeof name, "%.*s", b->name_length, b->name);
  return native_check_positional(t, name, nargs, (size_t)b->min_pos, (size_t)b->npos);
}

static int bad_keyword(Thread *t, const Binder *b, Value name) {
  raise_type_error(t, "'%S' is an invalid keyword argument for %s%.*s%s", name, *b->parens ? "" : "this ", b->name_length, b->name, b->parens);
  return -1;
}

static int too_many(Thread *t, const Binder *b, size_t nargs, size_t nkw) {
  int named = b->nparams - (b->varargs >= 0) - (b->varkw >= 0);
  if ((int64_t)(nargs + nkw) > named && b->varkw < 0)
    raise_type_error(t, "%.*s%s takes at most %d %sargument%s (%zu given)", b->name_length, b->name, b->parens, named, nargs == 0 ? "keyword " : "",
                     plural(named), nargs + nkw);
  else if (b->npos == 0)
    raise_type_error(t, "%.*s%s takes no positional arguments", b->name_length, b->name, b->parens);
  else
    raise_type_error(t, "%.*s%s takes %s %d positional argument%s (%zu given)", b->name_length, b->name, b->parens,
                     b->min_pos < b->npos ? "at most" : "exactly", b->npos, plural(b->npos), nargs);
  return -1;
}

static int find_param(const Binder *b, Value name) {
  int named = b->nparams - (b->varargs >= 0) - (b->varkw >= 0);
  for (int i = b->nposonly; i < named; i++)
    if (v_is(b->params[i].name, name)) return i;
  for (int i = b->nposonly; i < named; i++)
    if (str_equal(v_str(b->params[i].name), v_str(name))) return i;
  return -1;
}

// A keyword of a call was not taken: says why.
static int refuse_keyword(Thread *t, const Binder *b, Value name, size_t nargs) {
  int i = find_param(b, name);
  if (i < 0) return bad_keyword(t, b, name);
  if ((size_t)i < nargs) raise_type_error(t, "argument for %.*s%s given by name ('%U') and position (%d)", b->name_length, b->name, b->parens, name, i + 1);
  else raise_type_error(t, "%.*s%s got multiple values for argument '%U'", b->name_length, b->name, b->parens, name);
  return -1;
}

// *refused: the name of the first keyword that has no place, V_NULL if all have one. It is complained of after missing arguments.
static int bind_keywords(Thread *t, const Binder *b, const Value *values, Value kwnames, Value *out, Value *refused) {
  for (int64_t k = 0; k < v_tuple(kwnames)->length; k++) {
    Value name = v_tuple(kwnames)->items[k];
    int i = find_param(b, name);
    if (i >= 0 && v_is_absent(out[i])) {
      out[i] = values[k];
    } else if (i < 0 && b->varkw >= 0) {
      if (v_is_absent(out[b->varkw])) {
        out[b->varkw] = dict_new(t);
        if (v_is_null(out[b->varkw])) {
          out[b->varkw] = V_ABSENT;
          return -1;
        }
      }
      if (dict_set(t, v_dict(out[b->varkw]), name, values[k]) < 0) return -1;
    } else if (v_is_null(*refused)) {
      *refused = name;
    }
  }
  return 0;
}

static int check_required(Thread *t, const Binder *b, size_t nargs, const Value *out) {
  if ((int64_t)nargs < b->nposonly && (int64_t)nargs < b->min_pos) {
    int need = b->min_pos < b->nposonly ? b->min_pos : b->nposonly;
    if ((int64_t)nargs < need) {
      raise_type_error(t, "%.*s%s takes %s %d positional argument%s (%zu given)", b->name_length, b->name, b->parens,
                       need < b->npos || b->varargs >= 0 ? "at least" : "exactly", need, plural(need), nargs);
      return -1;
    }
  }
  for (int i = 0; i < b->nparams; i++) {
    if (!b->params[i].required || !v_is_absent(out[i])) continue;
    raise_type_error(t, "%.*s%s missing required argument '%U' (pos %d)", b->name_length, b->name, b->parens, b->params[i].name, i + 1);
    return -1;
  }
  return 0;
}

// A call without arguments may have no array either, which memcpy does not take.
static inline void copy_values(Value *to, const Value *from, size_t n) {
  if (n) memcpy(to, from, n * sizeof *to);
}

// Fills out[nparams] with borrowed values; *args and **kwargs slots are owned by the caller of this function (bind_release).
static int bind(Thread *t, const Binder *b, const Callee *c, const Value *args, size_t nargs, Value kwnames, Value *out) {
  size_t nkw = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length;
  for (int i = 0; i < b->nparams; i++) out[i] = V_ABSENT;
  if (b->takes_class && b->nparams == 0) {
    if (nargs == 0) return 0;     // keywords go unnoticed
    raise_type_error(t, "%.*s() takes no arguments", b->name_length, b->name);
    return -1;
  }
  bool plain = b->nposonly == b->npos && !b->takes_class && b->varkw < 0;
  bool collects = plain && b->varargs >= 0 && b->nparams == b->npos + 1;        // nothing but *args behind the positional ones
  if (plain && (b->nparams == b->npos || (collects && nkw))) {
    if (nkw) return refuse_keywords(t, b, c);
    if ((int64_t)nargs < b->min_pos || (int64_t)nargs > b->npos) return bad_positional_only(t, b, c, nargs);
    copy_values(out, args, nargs);
    return 0;
  }
  if ((int64_t)nargs > b->npos && b->varargs < 0) return too_many(t, b, nargs, nkw);
  if (b->varkw < 0 && b->varargs < 0 && (int64_t)(nargs + nkw) > b->nparams) return too_many(t, b, nargs, nkw);
  size_t direct = (int64_t)nargs < b->npos ? nargs : (size_t)b->npos;
  copy_values(out, args, direct);
  if (b->varargs >= 0) {
    out[b->varargs] = tuple_from(t, args + direct, nargs - direct);
    if (v_is_null(out[b->varargs])) {
      out[b->varargs] = V_ABSENT;
      return -1;
    }
  }
  Value refused = V_NULL;
  if (nkw && bind_keywords(t, b, args + nargs, kwnames, out, &refused) < 0) return -1;
  if (check_required(t, b, nargs, out) < 0) return -1;
  return v_is_null(refused) ? 0 : refuse_keyword(t, b, refused, nargs);
}

static void bind_release(Thread *t, const Binder *b, Value *out) {
  if (b->varargs >= 0) v_drop(t, out[b->varargs]);
  if (b->varkw >= 0) v_drop(t, out[b->varkw]);
}

// Positional arguments only, and no place for others; some of the optional ones are not given.
static Value call_with_defaults(Thread *t, const NativeDef *def, const Binder *b, Value self, const Value *args, size_t nargs) {
  Value out[FEW_PARAMS];
  assert(b->nparams <= FEW_PARAMS);
  for (size_t i = 0; i < nargs; i++) out[i] = args[i];
  for (int i = (int)nargs; i < b->nparams; i++) out[i] = V_ABSENT;
  return def->fn(t, self, out, (size_t)b->nparams, V_NULL);
}

// function: what was bound before; NULL: a method through its descriptor.
static inline Value call(Thread *t, const NativeDef *def, NativeBinding *binding, Value self, const Native *function, const Value *args, size_t nargs,
                         Value kwnames) {
  bool no_keywords = v_is_null(kwnames) || v_tuple(kwnames)->length == 0;
  if (unlikely(!no_keywords && def->flags & NATIVE_VARARGS)) {
    Binder named = {.name = def->signature, .name_length = (int)strcspn(def->signature, "(")};
    refuse_keywords(t, &named, &(Callee){def, self, function});
    return V_NULL;
  }
  if (def->flags & NATIVE_RAW) return def->fn(t, self, args, nargs, no_keywords ? V_NULL : kwnames);
  const Binder *b = aptr_load_acq(&binding->binder);
  if (unlikely(!b)) {
    b = binder_get(t, &binding->binder, def->signature, def->flags);
    if (!b) return V_NULL;
    if (b->npos == b->nparams) a32_store_rlx(&binding->direct, (uint32_t)b->npos);
  }
  if (likely(no_keywords && b->npos == b->nparams)) {
    if ((int64_t)nargs == b->npos) return def->fn(t, self, args, nargs, V_NULL);
    if ((int64_t)nargs < b->npos && (int64_t)nargs >= b->min_pos && b->npos <= FEW_PARAMS) return call_with_defaults(t, def, b, self, args, nargs);
  }
  Value out[PARAM_LIMIT];
  Value result = V_NULL;
  Callee callee = {def, self, function};
  if (bind(t, b, &callee, args, nargs, no_keywords ? V_NULL : kwnames, out) == 0)
    result = def->fn(t, self, out, (size_t)b->nparams, V_NULL);
  bind_release(t, b, out);
  return result;
}

Value native_call(Thread *t, const NativeDef *def, NativeBinding *binding, Value self, const Value *args, size_t nargs, Value kwnames) {
  return call(t, def, binding, self, NULL, args, nargs, kwnames);
}

Value native_call_bound(Thread *t, const Native *n, const Value *args, size_t nargs, Value kwnames) {
  return call(t, n->def, n->binding, n->self, n, args, nargs, kwnames);
}

int native_bind(Thread *t, aptr *cache, const char *signature, const Value *args, size_t nargs, Value kwnames, Value *out) {
  const Binder *b = binder_get(t, cache, signature, 0);
  if (!b) return -1;
  assert(b->varargs < 0 && b->varkw < 0);
  return bind(t, b, &(Callee){.self = V_NULL}, args, nargs, kwnames, out);
}

int native_parse(Thread *t, aptr *cache, const char *signature, const Value *args, size_t nargs, Value kwnames, Value *out, NativeParse *parse) {
  const Binder *b = binder_get(t, cache, signature, 0);
  if (!b) return -1;
  assert(b->varargs < 0 && b->varkw < 0);
  *parse = (NativeParse){b, V_NULL, nargs, out};
  size_t nkw = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length;
  for (int i = 0; i < b->nparams; i++) out[i] = V_ABSENT;
  if ((int64_t)nargs > b->npos || (int64_t)(nargs + nkw) > b->nparams) return too_many(t, b, nargs, nkw);
  copy_values(out, args, nargs);
  return nkw ? bind_keywords(t, b, args + nargs, kwnames, out, &parse->refused) : 0;
}

int native_parse_next(Thread *t, const NativeParse *parse, int i) {
  const Binder *b = parse->binder;
  if (!b->params[i].required || !v_is_absent(parse->out[i])) return 0;
  raise_type_error(t, "%.*s%s missing required argument '%U' (pos %d)", b->name_length, b->name, b->parens, b->params[i].name, i + 1);
  return -1;
}

int native_parse_end(Thread *t, const NativeParse *parse) {
  return v_is_null(parse->refused) ? 0 : refuse_keyword(t, parse->binder, parse->refused, parse->nargs);
}

int native_no_keywords(Thread *t, const char *name, Value kwnames) {
  if (v_is_null(kwnames) || v_tuple(kwnames)->length == 0) return 0;
  raise_type_error(t, "%s() takes no keyword arguments", name);
  return -1;
}

int native_check_positional(Thread *t, const char *name, size_t nargs, size_t min, size_t max) {
  if (nargs >= min && nargs <= max) return 0;
  size_t bound = nargs < min ? min : max;
  raise_type_error(t, "%s expected %s%zu argument%s, got %zu", name, min == max ? "" : nargs < min ? "at least " : "at most ", bound,
                   plural((int64_t)bound), nargs);
  return -1;
}

// --- What both kinds of object show -----------------------------------------------------------------------------------------------

static Value def_name(Thread *t, const NativeDef *def) {
  const char *open = strchr(def->signature, '(');
  return str_from_ascii(t, def->signature, open ? (size_t)(open - def->signature) : strlen(def->signature));
}

static Value def_text_signature(Thread *t, const NativeDef *def) {
  const char *open = strchr(def->signature, '(');
  if (!open || def->flags & NATIVE_NO_SIGNATURE) return V_NONE;
  return str_from_cstr(t, open);
}

// builtins.getattr, owned: what pickling a method refers to.
static Value native_getattr_builtin(Thread *t) {
  Value builtins;
  if (v_is_null(native_builtins_dict)) return raise_system_error(t, "builtins are not there yet");
  if (dict_get_cstr(t, v_dict(native_builtins_dict), "getattr", &builtins) <= 0) {
    if (!error_pending(t)) raise_error(t, &exc_AttributeError, "getattr");
    return V_NULL;
  }
  return builtins;
}

static Value def_doc(Thread *t, const NativeDef *def) { return def->doc ? str_from_cstr(t, def->doc) : V_NONE; }

// --- builtin_function_or_method ---------------------------------------------------------------------------------------------------

static Native *v_native(Value v) { return (Native *)v_obj(v); }

Value native_new(Thread *t, const NativeDef *def, Value self, Value module) {
  struct { Native native; NativeBinding binding; } *function = (void *)heap_new_object(t, SHAPE_BUILTIN, sizeof *function);
  if (!function) return raise_no_memory(t);
  Native *n = &function->native;
  n->def = def;
  n->binding = &function->binding;
  binding_init(n->binding, def);
  n->self = v_own(t, self);
  n->module = v_own(t, module);
  return v_from_obj(n);
}

Value native_new_sharing(Thread *t, const NativeDef *def, NativeBinding *binding, Value self) {
  Native *n = (Native *)heap_new_object(t, def->flags & NATIVE_TAKES_CLASS ? type_builtin_method.shape : SHAPE_BUILTIN, sizeof(Native));
  if (!n) return raise_no_memory(t);
  n->def = def;
  n->binding = binding;
  n->self = v_own(t, self);
  return v_from_obj(n);
}

static Value native_bind_method(Thread *t, NativeDescriptor *d, Value self) { return native_new_sharing(t, d->def, &d->binding, self); }

static Value builtin_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  return native_call_bound(t, v_native(self), args, nargs, kwnames);
}

static Value builtin_repr(Thread *t, Value self) {
  Native *n = v_native(self);
  Value name = def_name(t, n->def), r;
  if (v_is_null(name)) return V_NULL;
  if (v_is_null(n->self) || v_is_exact(n->self, SHAPE_MODULE)) r = str_from_format(t, "<built-in function %U>", name);
  else r = str_from_format(t, "<built-in method %U of %T object at %p>", name, n->self, (void *)v_obj(n->self));
  v_drop(t, name);
  return r;
}

static int64_t builtin_hash(Thread *t, Value self) {
  Native *n = v_native(self);
  (void)t;
  uint64_t h = (n->self.w & ~(uint64_t)1) >> 4 ^ (uint64_t)(uintptr_t)n->def->fn;
  return (int64_t)h == -1 ? -2 : (int64_t)h;
}

static Value builtin_compare(Thread *t, Value a, Value b, int op) {
  (void)t;
  if ((op != CMP_EQ && op != CMP_NE) || !v_is_native(a) || !v_is_native(b)) return V_NOT_IMPLEMENTED;
  bool same = v_is(v_native(a)->self, v_native(b)->self) && v_native(a)->def == v_native(b)->def;
  return v_from_bool(same == (op == CMP_EQ));
}

static Value builtin_get_name(Thread *t, Value self, void *c) { (void)c; return def_name(t, v_native(self)->def); }
static Value builtin_get_doc(Thread *t, Value self, void *c) { (void)c; return def_doc(t, v_native(self)->def); }
static Value builtin_get_signature(Thread *t, Value self, void *c) { (void)c; return def_text_signature(t, v_native(self)->def); }
static Value builtin_get_self(Thread *t, Value self, void *c) {
  (void)c;
  return v_is_null(v_native(self)->self) ? V_NONE : v_own(t, v_native(self)->self);
}
static Value builtin_get_qualname(Thread *t, Value self, void *c) {
  (void)c;
  Native *n = v_native(self);
  Value name = def_name(t, n->def);
  if (v_is_null(name) || v_is_null(n->self) || v_is_exact(n->self, SHAPE_MODULE)) return name;
  Type *type = v_is_type(n->self) ? v_as_type(n->self) : v_type(n->self);
  Value r = str_from_format(t, "%U.%U", type->qualname, name);
  v_drop(t, name);
  return r;
}

// pickle's way: the name of a module function, or getattr(self, name) of a method.
static Value builtin_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Native *n = v_native(self);
  Value name = def_name(t, n->def);
  if (v_is_null(name) || v_is_null(n->self) || v_is_exact(n->self, SHAPE_MODULE)) return name;
  Value getter = native_getattr_builtin(t), r = V_NULL;
  Value inner = v_is_null(getter) ? V_NULL : tuple_pack(t, 2, n->self, name);
  if (!v_is_null(inner)) r = tuple_pack(t, 2, getter, inner);
  v_drop(t, inner);
  v_drop(t, getter);
  v_drop(t, name);
  return r;
}

static void builtin_dealloc(Thread *t, Object *o) {
  Native *n = (Native *)o;
  v_drop(t, n->self);
  v_drop(t, n->module);
  if (n->binding == (NativeBinding *)(n + 1)) free(aptr_load_acq(&n->binding->binder));
  heap_free_object(t, o);
}

static void builtin_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Native *)o)->self, visit, arg);
  gc_visit_value(((Native *)o)->module, visit, arg);
}

static const GetSetDef builtin_getset[] = {
    {"__name__", builtin_get_name, NULL, NULL, NULL},
    {"__qualname__", builtin_get_qualname, NULL, NULL, NULL},
    {"__self__", builtin_get_self, NULL, NULL, NULL},
    {"__doc__", builtin_get_doc, NULL, NULL, NULL},
    {"__text_signature__", builtin_get_signature, NULL, NULL, NULL},
    {0},
};
static const MemberDef builtin_members[] = {{"__module__", MEMBER_VALUE, offsetof(Native, module), false, NULL}, {0}};
static const NativeDef builtin_methods[] = {{"__reduce__($self, /)", builtin_reduce, NULL, NATIVE_NO_SIGNATURE}, {0}};

Type type_builtin_function_or_method;
static const TypeSpec spec_builtin = {
    .name = "builtin_function_or_method",
    .size = sizeof(Native),
    .flags = TYPE_WEAKREF | TYPE_NO_INSTANTIATE,
    .slots = {.call = builtin_call, .repr = builtin_repr, .hash = builtin_hash, .richcompare = builtin_compare,
              .dealloc = builtin_dealloc, .traverse = builtin_traverse},
    .methods = builtin_methods,
    .getset = builtin_getset,
    .members = builtin_members,
};

// What a method that is passed its class becomes when it is bound: CPython keeps the class there.
Type type_builtin_method;
static const TypeSpec spec_builtin_method = {
    .name = "builtin_method",
    .base = &type_builtin_function_or_method,
    .size = sizeof(Native),
    .flags = TYPE_WEAKREF | TYPE_NO_INSTANTIATE,
    .slots = {.call = builtin_call, .repr = builtin_repr, .hash = builtin_hash, .richcompare = builtin_compare,
              .dealloc = builtin_dealloc, .traverse = builtin_traverse},
};

// --- method_descriptor, classmethod_descriptor --------------------------------------------------------------------------------------

static NativeDescriptor *v_descriptor(Value v) { return (NativeDescriptor *)v_obj(v); }

Value native_descriptor_new(Thread *t, const NativeDef *def, Type *type) {
  uint32_t shape = def->flags & NATIVE_CLASS ? SHAPE_CLASSMETHOD_DESCRIPTOR : SHAPE_METHOD_DESCRIPTOR;
  NativeDescriptor *d = (NativeDescriptor *)heap_new_object(t, shape, sizeof(NativeDescriptor));
  if (!d) return raise_no_memory(t);
  d->def = def;
  binding_init(&d->binding, def);
  d->type = type;
  d->shape = type->shape < SHAPE_FIRST_FREE ? type->shape : 0;
  d->name = str_intern_immortal(t, def_name(t, def));
  object_make_immortal(&d->ob);
  return v_steal_obj(d);
}

static Value descriptor_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  NativeDescriptor *d = v_descriptor(self);
  if (nargs == 0) return raise_type_error(t, "unbound method %U.%U() needs an argument", d->type->qualname, d->name);
  if (!type_is_subtype(v_type(args[0]), d->type))
    return raise_type_error(t, "descriptor '%U' for '%N' objects doesn't apply to a '%T' object", d->name, d->type, args[0]);
  return native_call(t, d->def, &d->binding, args[0], args + 1, nargs - 1, kwnames);
}

static Value descriptor_get(Thread *t, Value self, Value obj, Value type) {
  (void)type;
  NativeDescriptor *d = v_descriptor(self);
  if (v_is_null(obj)) return v_own(t, self);
  if (!type_is_subtype(v_type(obj), d->type))
    return raise_type_error(t, "descriptor '%U' for '%N' objects doesn't apply to a '%T' object", d->name, d->type, obj);
  return native_bind_method(t, d, obj);
}

static Value classmethod_descriptor_get(Thread *t, Value self, Value obj, Value type) {
  NativeDescriptor *d = v_descriptor(self);
  if (v_is_null(type)) {
    if (v_is_null(obj)) return raise_type_error(t, "descriptor '%U' for type '%N' needs either an object or a type", d->name, d->type);
    type = v_from_obj(v_type(obj));
  }
  if (!v_is_type(type))
    return raise_type_error(t, "descriptor '%U' for type '%N' needs a type, not a '%T' as arg 2", d->name, d->type, type);
  if (!type_is_subtype(v_as_type(type), d->type))
    return raise_type_error(t, "descriptor '%U' requires a subtype of '%N' but received '%N'", d->name, d->type, v_as_type(type));
  return native_bind_method(t, d, type);
}

static Value classmethod_descriptor_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  NativeDescriptor *d = v_descriptor(self);
  if (nargs == 0) return raise_type_error(t, "unbound method %U.%U() needs an argument", d->type->qualname, d->name);
  Value bound = classmethod_descriptor_get(t, self, V_NULL, args[0]);
  if (v_is_null(bound)) return V_NULL;
  Value r = object_call(t, bound, args + 1, nargs - 1, kwnames);
  v_drop(t, bound);
  return r;
}

static Value descriptor_repr(Thread *t, Value self) {
  return str_from_format(t, "<method '%U' of '%N' objects>", v_descriptor(self)->name, v_descriptor(self)->type);
}

static Value descriptor_get_name(Thread *t, Value self, void *c) { (void)c; return v_own(t, v_descriptor(self)->name); }
static Value descriptor_get_doc(Thread *t, Value self, void *c) { (void)c; return def_doc(t, v_descriptor(self)->def); }
static Value descriptor_get_signature(Thread *t, Value self, void *c) { (void)c; return def_text_signature(t, v_descriptor(self)->def); }
static Value descriptor_get_objclass(Thread *t, Value self, void *c) { (void)c; return v_own_obj(t, v_descriptor(self)->type); }
static Value descriptor_get_qualname(Thread *t, Value self, void *c) {
  (void)c;
  return str_from_format(t, "%U.%U", v_descriptor(self)->type->qualname, v_descriptor(self)->name);
}

static Value descriptor_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value getter = native_getattr_builtin(t), r = V_NULL;
  Value inner = v_is_null(getter) ? V_NULL : tuple_pack(t, 2, v_from_obj(v_descriptor(self)->type), v_descriptor(self)->name);
  if (!v_is_null(inner)) r = tuple_pack(t, 2, getter, inner);
  v_drop(t, inner);
  v_drop(t, getter);
  return r;
}

static const GetSetDef descriptor_getset[] = {
    {"__qualname__", descriptor_get_qualname, NULL, NULL, NULL},
    {"__doc__", descriptor_get_doc, NULL, NULL, NULL},
    {"__text_signature__", descriptor_get_signature, NULL, NULL, NULL},
    {0},
};
static const GetSetDef descriptor_computed[] = {
    {"__name__", descriptor_get_name, NULL, NULL, NULL},
    {"__objclass__", descriptor_get_objclass, NULL, NULL, NULL},
    {0},
};
static const NativeDef descriptor_methods[] = {{"__reduce__($self, /)", descriptor_reduce, NULL, NATIVE_NO_SIGNATURE}, {0}};

Type type_method_descriptor, type_classmethod_descriptor;
static const TypeSpec spec_method_descriptor = {
    .name = "method_descriptor",
    .size = sizeof(NativeDescriptor),
    .flags = TYPE_METHOD_DESCRIPTOR | TYPE_NO_INSTANTIATE,
    .slots = {.call = descriptor_call, .repr = descriptor_repr, .descr_get = descriptor_get},
    .methods = descriptor_methods,
    .getset = descriptor_getset, .computed_members = descriptor_computed,
};
static const TypeSpec spec_classmethod_descriptor = {
    .name = "classmethod_descriptor",
    .size = sizeof(NativeDescriptor),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.call = classmethod_descriptor_call, .repr = descriptor_repr, .descr_get = classmethod_descriptor_get},
    .getset = descriptor_getset, .computed_members = descriptor_computed,
};

bool native_init(Thread *t) {
  return type_ready(t, &type_builtin_function_or_method, &spec_builtin, SHAPE_BUILTIN) && type_ready(t, &type_builtin_method, &spec_builtin_method, 0) &&
         type_ready(t, &type_method_descriptor, &spec_method_descriptor, SHAPE_METHOD_DESCRIPTOR) &&
         type_ready(t, &type_classmethod_descriptor, &spec_classmethod_descriptor, SHAPE_CLASSMETHOD_DESCRIPTOR);
}
