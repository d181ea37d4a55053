// The codec registry: search functions with a cache, error handlers by name, and calling codecs found there.

#include <stdlib.h>

#include "objects/codec_handlers.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/tuple.h"

// Set once by codecs_init, then constant; the containers have their own locks.
static Value search_path;     // list of search functions
static Value search_cache;    // dict: normalised name -> CodecInfo
static Value error_registry;  // dict: name -> handler

static a8 encodings_wanted = {1};  // the package `encodings` registers the standard search function when it is first imported

bool codecs_init(Thread *t) {
  if (!charmap_init(t)) return false;
  search_path = list_new(t, 0);
  search_cache = dict_new(t);
  error_registry = dict_new(t);
  if (v_is_null(search_path) || v_is_null(search_cache) || v_is_null(error_registry)) return false;
  for (const HandlerEntry *e = handler_entries; e->name; e++) {
    Value f = native_new(t, &e->def, V_NULL, V_NULL);
    if (v_is_null(f)) return false;
    int status = dict_set_cstr(t, v_dict(error_registry), e->name, f);
    v_drop(t, f);
    if (status < 0) return false;
  }
  return true;
}

// --- Search -----------------------------------------------------------------------------------------------------------------------

int codec_register(Thread *t, Value search) {
  if (object_is_callable(search)) return list_append(t, v_list(search_path), search);
  raise_type_error(t, "argument must be callable");
  return -1;
}

int codec_unregister(Thread *t, Value search) {
  List *path = v_list(search_path);
  for (int64_t i = 0;; i++) {
    Value f = list_get(t, path, i);
    if (v_is_null(f)) return 0;
    bool same = v_is(f, search);
    v_drop(t, f);
    if (!same) continue;
    dict_clear(t, v_dict(search_cache));
    return list_set_slice(t, path, i, i + 1, V_NULL);
  }
}

// Letters and digits in lower case, all else folded to single underscores.
static Value normalise(Thread *t, const char *encoding) {
  StrBuilder b;
  strb_init(&b, t);
  bool gap = false;
  for (const uint8_t *p = (const uint8_t *)encoding; *p; p++) {
    uint8_t c = *p, lower = c | 0x20;
    bool word = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '.';
    if (!word) {
      gap = true;
      continue;
    }
    if (gap && b.length) strb_char(&b, '_');
    gap = false;
    strb_char(&b, c >= 'A' && c <= 'Z' ? lower : c);
  }
  return str_intern(t, strb_finish(&b));
}

// Other threads wait in the import until the package is whole; one that fails is tried again by the next look-up.
static int import_encodings(Thread *t) {
  if (!a8_load_acq(&encodings_wanted)) return 0;
  Value import = object_builtin(t, N(__import__)), module = V_NULL;
  if (!v_is_null(import)) module = object_call1(t, import, N(encodings));
  v_drop(t, import);
  if (v_is_null(module)) return -1;
  v_drop(t, module);
  a8_store_rel(&encodings_wanted, 0);
  return 0;
}

// Asks the search functions in turn; V_NULL without an exception when none knows the name.
static Value search(Thread *t, Value name) {
  for (int64_t i = 0;; i++) {
    Value f = list_get(t, v_list(search_path), i);
    if (v_is_null(f)) {
      if (i == 0) raise_error(t, &exc_LookupError, "no codec search functions registered: can't find encoding");
      return V_NULL;
    }
    Value info = object_call1(t, f, name);
    v_drop(t, f);
    if (v_is_null(info)) return info;
    if (v_is_none(info)) continue;
    if (v_is_tuple(info) && v_tuple(info)->length == 4) return info;
    v_drop(t, info);
    return raise_type_error(t, "codec search functions must return 4-tuples");
  }
}

Value codec_lookup(Thread *t, const char *encoding) {
  Value name = normalise(t, encoding), info = V_NULL;
  if (v_is_null(name)) return name;
  int found = dict_get(t, v_dict(search_cache), name, &info);
  if (found == 0 && import_encodings(t) == 0) {
    info = search(t, name);
    if (!v_is_null(info) && dict_set(t, v_dict(search_cache), name, info) < 0) v_clear(t, &info);
    if (v_is_null(info) && !error_pending(t)) raise_error(t, &exc_LookupError, "unknown encoding: %s", encoding);
  }
  v_drop(t, name);
  return info;
}

// --- Error handlers -----------------------------------------------------------------------------------------------------------------

int codec_register_error(Thread *t, const char *name, Value handler) {
  if (object_is_callable(handler)) return dict_set_cstr(t, v_dict(error_registry), name, handler);
  raise_type_error(t, "handler must be callable");
  return -1;
}

Value codec_lookup_error(Thread *t, const char *name) {
  Value handler;
  int found = dict_get_cstr(t, v_dict(error_registry), name ? name : "strict", &handler);
  if (found == 0) raise_error(t, &exc_LookupError, "unknown error handler name '%.400s'", name);
  return found > 0 ? handler : V_NULL;
}

// --- Calling codecs ---------------------------------------------------------------------------------------------------------------

// True if type(message) makes an exception like exc: its class adds nothing to Exception, and it carries at most a message.
static bool can_reword(Thread *t, Value exc) {
  const Type *type = v_type(exc);
  if (type->slots.new != exc_Exception.slots.new || type->slots.init != exc_Exception.slots.init) return false;
  Value args = v_exc(exc)->args;
  int64_t n = v_is_null(args) ? 0 : v_tuple(args)->length;
  if (n > 1 || (n == 1 && !v_is_str_exact(v_tuple(args)->items[0]))) return false;
  Value notes;
  if (object_lookup_attr(t, exc, N(__notes__), &notes) != 0) {
    v_drop(t, notes);
    error_clear(t);
    return false;
  }
  return true;
}

// Names the codec in an exception that left it: the same type with a longer message, caused by the first.
static Value reword_error(Thread *t, const char *operation, const char *encoding) {
  Value exc = error_fetch(t);
  if (!can_reword(t, exc)) {
    error_restore(t, exc);
    return V_NULL;
  }
  raise_error(t, v_type(exc), "%s with '%s' codec failed (%T: %S)", operation, encoding, exc, exc);
  Value reworded = error_fetch(t);
  if (!v_is_null(reworded)) {
    exception_set_cause(t, reworded, exc);
    error_restore(t, reworded);
  }
  v_drop(t, exc);
  return V_NULL;
}

// codec(v[, errors])[0]; index 0 the encoder, 1 the decoder of info.
static Value codec_call(Thread *t, Value info, int index, Value v, const char *encoding, const char *errors) {
  Value codec = v_tuple(info)->items[index], result = V_NULL;
  if (errors) {
    Value name = str_from_cstr(t, errors);
    if (!v_is_null(name)) result = object_call2(t, codec, v, name);
    v_drop(t, name);
  } else {
    result = object_call1(t, codec, v);
  }
  if (v_is_null(result)) return reword_error(t, index ? "decoding" : "encoding", encoding);
  Value out = V_NULL;
  if (v_is_tuple(result) && v_tuple(result)->length == 2) out = v_own(t, v_tuple(result)->items[0]);
  else raise_type_error(t, index ? "decoder must return a tuple (object,integer)" : "encoder must return a tuple (object, integer)");
  v_drop(t, result);
  return out;
}

static Value registry_call(Thread *t, Value v, const char *encoding, const char *errors, int index) {
  Value info = codec_lookup(t, encoding);
  if (v_is_null(info)) return info;
  Value out = codec_call(t, info, index, v, encoding, errors);
  v_drop(t, info);
  return out;
}

Value codec_encode(Thread *t, Value v, const char *encoding, const char *errors) { return registry_call(t, v, encoding, errors, 0); }
Value codec_decode(Thread *t, Value v, const char *encoding, const char *errors) { return registry_call(t, v, encoding, errors, 1); }

Value codec_lookup_text(Thread *t, const char *encoding, const char *alternative) {
  Value info = codec_lookup(t, encoding), flag;
  if (v_is_null(info) || v_is_exact(info, SHAPE_TUPLE)) return info;
  Value name = N(_is_text_encoding);
  int found = v_is_null(name) ? -1 : object_lookup_attr(t, info, name, &flag);
  if (found > 0) {
    found = object_is_true(t, flag);
    v_drop(t, flag);
    if (found == 0) {
      raise_error(t, &exc_LookupError, "'%.400s' is not a text encoding; use %s to handle arbitrary codecs", encoding, alternative);
      found = -1;
    }
  }
  if (found < 0) v_clear(t, &info);
  return info;
}

Value codec_encode_text(Thread *t, Value text, const char *encoding, const char *errors) {
  Value info = codec_lookup_text(t, encoding, "codecs.encode()");
  if (v_is_null(info)) return info;
  Value out = codec_call(t, info, 0, text, encoding, errors);
  v_drop(t, info);
  return out;
}

Value codec_decode_text(Thread *t, Value data, const char *encoding, const char *errors) {
  Value info = codec_lookup_text(t, encoding, "codecs.decode()");
  if (v_is_null(info)) return info;
  Value out = codec_call(t, info, 1, data, encoding, errors);
  v_drop(t, info);
  return out;
}
