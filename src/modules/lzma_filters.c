// Filter specifications of _lzma: mappings to liblzma's filters and back.
#include "modules/lzma_filters.h"

#include <stdlib.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"

int lzma_u64(Thread *t, Value v, uint64_t *out) {
  if (!v_is_int(v)) raise_type_error(t, "an integer is required");
  else if (int_sign(v) < 0) raise_overflow(t, "can't convert negative int to unsigned");
  else if (int_as_u64(v, out)) return 0;
  else raise_overflow(t, "int too big to convert");
  return -1;
}

int lzma_u32(Thread *t, Value v, uint32_t *out) {
  uint64_t n;
  if (lzma_u64(t, v, &n) < 0) return -1;
  *out = (uint32_t)n;
  if (n <= UINT32_MAX) return 0;
  raise_overflow(t, "Value too large for uint32_t type");
  return -1;
}

// --- From mappings ----------------------------------------------------------------------------------------------------------------

// spec[key]: 1 and *out owned; 0 there is none; -1.
static int spec_get(Thread *t, Value spec, const char *key, Value *out) {
  Value name = str_intern_cstr(t, key);
  *out = v_is_null(name) ? V_NULL : object_getitem(t, spec, name);
  if (!v_is_null(*out)) return 1;
  if (!error_matches(t, &exc_KeyError)) return -1;
  error_clear(t);
  return 0;
}

// The numbers of a filter's options by name: the spec, a dict, may have "id" and these keys and no others. What is there is stored.
typedef struct Option { const char *name; uint32_t *value; } Option;

static bool read_options(Thread *t, Value spec, const Option *options, size_t n) {
  int64_t pos = 0;
  Value key, value;
  if (!v_is_dict(spec)) return false;
  while (dict_next(t, v_dict(spec), &pos, &key, &value)) {
    bool known = v_is_str(key) && (str_equals_cstr(key, "id") || str_equals_cstr(key, "preset"));
    bool ok = known && (n > 1 || str_equals_cstr(key, "id"));
    for (size_t i = 0; i < n && v_is_str(key); i++)
      if (str_equals_cstr(key, options[i].name)) ok = lzma_u32(t, value, options[i].value) == 0;
    v_drop(t, key);
    v_drop(t, value);
    if (!ok) return false;
  }
  return true;
}

static int refuse(Thread *t, lzma_filter *f, const char *kind) {
  error_clear(t);
  free(f->options);
  f->options = NULL;
  raise_value_error(t, "Invalid filter specifier for %s filter", kind);
  return -1;
}

static int parse_lzma(Thread *t, Value spec, lzma_filter *f) {
  uint32_t preset = LZMA_PRESET_DEFAULT;
  Value value;
  int found = spec_get(t, spec, "preset", &value);
  if (found < 0) return -1;
  if (found) {
    int status = lzma_u32(t, value, &preset);
    v_drop(t, value);
    if (status < 0) return -1;
  }
  lzma_options_lzma *o = f->options = calloc(1, sizeof *o);
  if (!o) return raise_no_memory(t), -1;
  if (lzma.lzma_lzma_preset(o, preset)) {
    free(o);
    f->options = NULL;
    lzma_raise(t, "Invalid compression preset: %u", (unsigned)preset);
    return -1;
  }
  uint32_t mode = o->mode, mf = o->mf;
  const Option options[] = {{"dict_size", &o->dict_size}, {"lc", &o->lc}, {"lp", &o->lp}, {"pb", &o->pb}, {"mode", &mode},
                            {"nice_len", &o->nice_len}, {"mf", &mf}, {"depth", &o->depth}};
  if (!read_options(t, spec, options, sizeof options / sizeof *options)) return refuse(t, f, "LZMA");
  o->mode = (lzma_mode)mode;
  o->mf = (lzma_match_finder)mf;
  return 0;
}

static int parse_delta(Thread *t, Value spec, lzma_filter *f) {
  lzma_options_delta *o = f->options = calloc(1, sizeof *o);
  if (!o) return raise_no_memory(t), -1;
  o->type = LZMA_DELTA_TYPE_BYTE;
  o->dist = 1;
  const Option options[] = {{"dist", &o->dist}};
  return read_options(t, spec, options, 1) ? 0 : refuse(t, f, "delta");
}

static int parse_bcj(Thread *t, Value spec, lzma_filter *f) {
  lzma_options_bcj *o = f->options = calloc(1, sizeof *o);
  if (!o) return raise_no_memory(t), -1;
  const Option options[] = {{"start_offset", &o->start_offset}};
  return read_options(t, spec, options, 1) ? 0 : refuse(t, f, "BCJ");
}

static bool is_mapping(Value v) { return v_type(v)->slots.getitem && !v_is_type(v); }

int lzma_filter_parse(Thread *t, Value spec, lzma_filter *f) {
  Value id;
  f->options = NULL;
  if (!is_mapping(spec)) return raise_type_error(t, "Filter specifier must be a dict or dict-like object"), -1;
  int found = spec_get(t, spec, "id", &id);
  if (found < 0) return -1;
  if (!found) return raise_value_error(t, "Filter specifier must have an \"id\" entry"), -1;
  int status = lzma_u64(t, id, &f->id);
  v_drop(t, id);
  if (status < 0) return -1;
  switch (f->id) {
    case LZMA_FILTER_LZMA1: case LZMA_FILTER_LZMA2: return parse_lzma(t, spec, f);
    case LZMA_FILTER_DELTA: return parse_delta(t, spec, f);
    case LZMA_FILTER_X86: case LZMA_FILTER_POWERPC: case LZMA_FILTER_IA64: case LZMA_FILTER_ARM: case LZMA_FILTER_ARMTHUMB:
    case LZMA_FILTER_SPARC: return parse_bcj(t, spec, f);
    default: raise_value_error(t, "Invalid filter ID: %llu", (unsigned long long)f->id); return -1;
  }
}

void lzma_chain_free(LzmaChain *chain) {
  for (lzma_filter *f = chain->filters; f->id != LZMA_VLI_UNKNOWN; f++) free(f->options);
}

int lzma_chain_parse(Thread *t, Value specs, LzmaChain *chain) {
  if (v_is_dict(specs)) return raise_type_error(t, "%.200T is not a sequence", specs), -1;
  int64_t n = object_length(t, specs);
  if (n < 0) return -1;
  chain->filters[0].id = LZMA_VLI_UNKNOWN;
  if (n > LZMA_FILTERS_MAX) return raise_value_error(t, "Too many filters - liblzma supports a maximum of %d", LZMA_FILTERS_MAX), -1;
  for (int64_t i = 0; i < n; i++) {
    Value spec = object_getitem(t, specs, v_from_smi(i));
    int status = v_is_null(spec) ? -1 : lzma_filter_parse(t, spec, &chain->filters[i]);
    v_drop(t, spec);
    if (status < 0) {
      chain->filters[i].id = LZMA_VLI_UNKNOWN;
      lzma_chain_free(chain);
      return -1;
    }
    chain->filters[i + 1].id = LZMA_VLI_UNKNOWN;
  }
  return 0;
}

// --- To mappings ------------------------------------------------------------------------------------------------------------------

static int put(Thread *t, Value spec, const char *name, uint64_t n) {
  Value v = int_from_u64(t, n);
  int status = v_is_null(v) ? -1 : dict_set_cstr(t, v_dict(spec), name, v);
  v_drop(t, v);
  return status;
}

static int fill_spec(Thread *t, Value spec, const lzma_filter *f) {
  if (put(t, spec, "id", f->id) < 0) return -1;
  const lzma_options_lzma *o = f->options;
  switch (f->id) {
    case LZMA_FILTER_LZMA1:
      return put(t, spec, "lc", o->lc) < 0 || put(t, spec, "lp", o->lp) < 0 || put(t, spec, "pb", o->pb) < 0 ? -1 : put(t, spec, "dict_size", o->dict_size);
    case LZMA_FILTER_LZMA2: return put(t, spec, "dict_size", o->dict_size);
    case LZMA_FILTER_DELTA: return put(t, spec, "dist", ((const lzma_options_delta *)f->options)->dist);
    case LZMA_FILTER_X86: case LZMA_FILTER_POWERPC: case LZMA_FILTER_IA64: case LZMA_FILTER_ARM: case LZMA_FILTER_ARMTHUMB:
    case LZMA_FILTER_SPARC: return f->options ? put(t, spec, "start_offset", ((const lzma_options_bcj *)f->options)->start_offset) : 0;
    default: raise_value_error(t, "Invalid filter ID: %llu", (unsigned long long)f->id); return -1;
  }
}

Value lzma_filter_spec(Thread *t, const lzma_filter *f) {
  Value spec = dict_new(t);
  if (v_is_null(spec) || fill_spec(t, spec, f) == 0) return spec;
  v_drop(t, spec);
  return V_NULL;
}
