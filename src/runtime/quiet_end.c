// Whether a program's end can be noticed: one look at every object in the heap.
//
// Most programs leave behind nothing but functions, classes and containers, whose deaths are nobody's business. What counts is an object with
// a finaliser, a generator that would be closed, a weak reference whose callback would be called, and every builtin type that is not known
// here to do no more than release what it holds. Unknown types are taken for noisy, so forgetting one costs time and nothing else.
#include "runtime/quiet_end.h"

#include <stdlib.h>
#include <string.h>

#include "code/code.h"
#include "gc/heap.h"
#include "gc/shape.h"
#include "modules/abc_callback.h"
#include "modules/io_types.h"
#include "objects/error.h"
#include "objects/function.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/weakref.h"
#include "system/config.h"
#include "system/lifecycle_hooks.h"
#include "system/sys_state.h"
#include "threading/stw.h"
#include "vm/generator.h"

typedef enum { UNKNOWN, QUIET, NOISY, GENERATOR, WEAK, STREAM } Verdict;

enum { STREAMS = 3, LAYERS = 3 };

typedef struct Look {
  unsigned char *verdicts;         // Verdict of each shape, as far as they have been met
  Object *streams[STREAMS][LAYERS];  // the standard ones: text, buffer, file; borrowed
  bool quiet;
} Look;

// --- Types ------------------------------------------------------------------------------------------------------------------------------

// Modules none of whose types does more at an instance's death than release references and memory. Sorted.
static const char *const quiet_modules[] = {
    "_abc", "_collections", "_contextvars", "_csv", "_json", "_queue", "_random", "_struct", "_thread", "array", "ast",
    "collections", "datetime", "decimal", "functools", "itertools", "operator", "re", "types", "unicodedata", "zoneinfo",
};

static int compare_names(const void *a, const void *b) { return strcmp(a, *(const char *const *)b); }

static bool module_is_quiet(const char *type_name) {
  const char *dot = strrchr(type_name, '.');
  char module[32];
  size_t n = dot ? (size_t)(dot - type_name) : 0;
  if (!n || n >= sizeof module) return false;
  memcpy(module, type_name, n);
  module[n] = '\0';
  return bsearch(module, quiet_modules, sizeof quiet_modules / sizeof *quiet_modules, sizeof *quiet_modules, compare_names);
}

static bool is_stream(const Type *type) {
  return type == &type_textiowrapper || type == &type_bufferedreader || type == &type_bufferedwriter || type == &type_fileio;
}

// A class has its solid base's own way to die, after its slots and its dict have gone.
static const Type *solid_base(const Type *type) {
  while (type->flags & TYPE_HEAP) type = type->base;
  return type;
}

static Verdict judge(const Type *type) {
  if (type == &type_generator) return GENERATOR;
  if (is_stream(type)) return STREAM;
  if (type->flags & TYPE_HAS_FINALIZER) return NOISY;
  for (const Type *solid = solid_base(type); solid; solid = solid->base) {
    if (solid->shape == SHAPE_WEAKREF || solid->shape == SHAPE_WEAKPROXY || solid->shape == SHAPE_WEAKCALLABLEPROXY) return WEAK;
    if (solid->shape < SHAPE_FIXED_END || solid->flags & (TYPE_EXC | TYPE_TUPLE)) return QUIET;
    if (solid->spec && module_is_quiet(solid->spec->name)) return QUIET;
    if (solid->base && solid->slots.dealloc != solid->base->slots.dealloc) return NOISY;
  }
  return NOISY;
}

// --- Objects ----------------------------------------------------------------------------------------------------------------------------

static bool is_from_library(Value filename, const char *file) {
  const char *stdlib = sys_config.stdlib;
  size_t n = strlen(stdlib);
  char path[4096];
  if (n + strlen(file) + 2 > sizeof path) return false;
  memcpy(path, stdlib, n);
  path[n] = '/';
  strcpy(path + n + 1, file);
  return v_is_str(filename) && str_equals_cstr(filename, path);
}

// Callbacks of the library that take an entry out of a container which dies as well: weak sets, dicts with weak keys, logging's list.
static const struct { const char *qualname, *file; } tidying[] = {
    {"WeakSet.__init__.<locals>._remove", "_weakrefset.py"},
    {"WeakKeyDictionary.__init__.<locals>.remove", "weakref.py"},
    {"_removeHandlerRef", "logging/__init__.py"},
};

static bool tidies_container(Value callback) {
  if (abc_is_callback(callback)) return true;
  if (!v_is_exact(callback, SHAPE_FUNCTION)) return false;
  const Code *code = v_code(v_function(callback)->code);
  for (size_t i = 0; i < sizeof tidying / sizeof *tidying; i++)
    if (str_equals_cstr(code->qualname, tidying[i].qualname) && is_from_library(code->filename, tidying[i].file)) return true;
  return false;
}

static bool weak_is_quiet(const Object *o) {
  const WeakRef *r = (const WeakRef *)o;
  return !aptr_load_acq(&r->referent) || v_is_null(r->callback) || tidies_container(r->callback);
}

static bool generator_is_quiet(const Object *o) {
  GenState state = generator_state((const Generator *)o);
  return state == GEN_CREATED || state == GEN_DONE;
}

static bool stream_is_standard(const Look *look, const Object *o) {
  for (int i = 0; i < STREAMS; i++)
    for (int k = 0; k < LAYERS; k++)
      if (look->streams[i][k] == o) return true;
  return false;
}

static void look_at(Object *o, void *arg) {
  Look *look = arg;
  uint32_t shape = object_shape(o);
  unsigned char *verdict = &look->verdicts[shape];
  if (likely(*verdict == QUIET) || !look->quiet) return;
  if (*verdict == UNKNOWN) *verdict = (unsigned char)judge(shape_table[shape].type);
  switch ((Verdict)*verdict) {
    case UNKNOWN: case NOISY: look->quiet = false; break;
    case QUIET: break;
    case GENERATOR: look->quiet = generator_is_quiet(o); break;
    case WEAK: look->quiet = weak_is_quiet(o); break;
    case STREAM: look->quiet = stream_is_standard(look, o); break;
  }
}

// --- Streams ----------------------------------------------------------------------------------------------------------------------------

// What stands in a stream's attribute, borrowed from the stream; NULL: nothing.
static Object *below(Thread *t, Object *stream, const char *attribute) {
  Value name = str_intern_cstr(t, attribute), v;
  if (!stream || v_is_null(name) || object_lookup_attr(t, v_from_obj(stream), name, &v) <= 0) {
    error_clear(t);
    return NULL;
  }
  Object *o = v_is_ptr(v) ? v_obj(v) : NULL;
  v_drop(t, v);
  return o;
}

// One that is as it was made, and so has been flushed. None at all will do as well.
static bool find_stream(Thread *t, Value name, Value dunder, Object **layers) {
  Value stream = sys_get(t, name), original = sys_get(t, dunder);
  error_clear(t);
  bool same = !v_is_null(stream) && v_is(stream, original), made = same && v_type(stream) == &type_textiowrapper;
  if (made) {
    layers[0] = v_obj(stream);
    layers[1] = below(t, layers[0], "buffer");
    if (layers[1] && is_stream(object_type(layers[1]))) layers[2] = below(t, layers[1], "raw");
  }
  v_drop(t, original);
  v_drop(t, stream);
  return made || (same && v_is_none(stream));
}

bool end_is_quiet(Thread *t) {
  if (runtime_collections_watched_hook && runtime_collections_watched_hook(t)) return false;
  Look look = {.quiet = true};
  if (!find_stream(t, N(stdin), N(__stdin__), look.streams[0]) || !find_stream(t, N(stdout), N(__stdout__), look.streams[1]) ||
      !find_stream(t, N(stderr), N(__stderr__), look.streams[2]))
    return false;
  look.verdicts = calloc(shape_next(), 1);
  if (!look.verdicts) return false;
  stop_the_world(t);
  heap_walk(look_at, &look);
  start_the_world(t);
  free(look.verdicts);
  return look.quiet;
}
