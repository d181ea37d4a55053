// The module _lzma: xz, lzma and raw compression on liblzma.
//
// Locking: a compressor's state under its mutex, held while liblzma works detached; decompressors: decompressor.h.
#include <stddef.h>
#include <stdlib.h>

#include "gc/heap.h"
#include "modules/compressor.h"
#include "modules/decompressor.h"
#include "modules/lzma_filters.h"
#include "modules/module_help.h"
#include "modules/stream_output.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"

Lzma lzma;
static const char *const lzma_names[] = {LZMA_FUNCTIONS(LIBRARY_NAME)};
static Value lzma_error;            // class LZMAError; set when the module is first imported

enum { FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW };
#define CHECK_UNKNOWN (LZMA_CHECK_ID_MAX + 1)

typedef struct LzmaCompressor {
  Compressor base;
  lzma_stream z;
} LzmaCompressor;

typedef struct LzmaDecompressor {
  Decompressor base;
  lzma_stream z;
  int check;                        // under the lock
} LzmaDecompressor;

static Type type_compressor, type_decompressor;
static LzmaCompressor *v_compressor(Value v) { return (LzmaCompressor *)v_obj(v); }

Value lzma_raise(Thread *t, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  raise_errorv(t, v_as_type(lzma_error), format, ap);
  va_end(ap);
  return V_NULL;
}

int lzma_check_result(Thread *t, lzma_ret result) {
  switch (result) {
    case LZMA_OK: case LZMA_GET_CHECK: case LZMA_NO_CHECK: case LZMA_STREAM_END: return 0;
    case LZMA_UNSUPPORTED_CHECK: lzma_raise(t, "Unsupported integrity check"); break;
    case LZMA_MEM_ERROR: raise_no_memory(t); break;
    case LZMA_MEMLIMIT_ERROR: lzma_raise(t, "Memory usage limit exceeded"); break;
    case LZMA_FORMAT_ERROR: lzma_raise(t, "Input format not supported by decoder"); break;
    case LZMA_OPTIONS_ERROR: lzma_raise(t, "Invalid or unsupported options"); break;
    case LZMA_DATA_ERROR: lzma_raise(t, "Corrupt input data"); break;
    case LZMA_BUF_ERROR: lzma_raise(t, "Insufficient buffer space"); break;
    case LZMA_PROG_ERROR: lzma_raise(t, "Internal error"); break;
    default: lzma_raise(t, "Unrecognized error from liblzma: %d", (int)result); break;
  }
  return -1;
}

static int int_argument(Thread *t, Value v, int default_, int *out) {
  *out = default_;
  if (v_is_absent(v)) return 0;
  *out = number_as_int(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

// --- Compressor -------------------------------------------------------------------------------------------------------------------

static int start_xz(Thread *t, lzma_stream *z, int check, uint32_t preset, const LzmaChain *chain) {
  return lzma_check_result(t, chain ? lzma.lzma_stream_encoder(z, chain->filters, (lzma_check)check) : lzma.lzma_easy_encoder(z, preset, (lzma_check)check));
}

static int start_alone(Thread *t, lzma_stream *z, uint32_t preset, const LzmaChain *chain) {
  lzma_options_lzma options;
  if (!chain) {
    if (!lzma.lzma_lzma_preset(&options, preset)) return lzma_check_result(t, lzma.lzma_alone_encoder(z, &options));
    lzma_raise(t, "Invalid compression preset: %u", (unsigned)preset);
  } else {
    const lzma_filter *f = chain->filters;
    if (f[0].id == LZMA_FILTER_LZMA1 && f[1].id == LZMA_VLI_UNKNOWN) return lzma_check_result(t, lzma.lzma_alone_encoder(z, f[0].options));
    raise_value_error(t, "Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter");
  }
  return -1;
}

static int compressor_start(Thread *t, LzmaCompressor *c, int format, int check, uint32_t preset, Value specs) {
  LzmaChain chain;
  bool given = !v_is_absent_or_none(specs);
  if (format == FORMAT_RAW && !given) return raise_value_error(t, "Must specify filters for FORMAT_RAW"), -1;
  if (format < FORMAT_XZ || format > FORMAT_RAW) return raise_value_error(t, "Invalid container format: %d", format), -1;
  if (given && lzma_chain_parse(t, specs, &chain) < 0) return -1;
  int status;
  mutex_lock(t, &c->base.lock);
  lzma.lzma_end(&c->z);
  if (format == FORMAT_XZ) status = start_xz(t, &c->z, check == -1 ? LZMA_CHECK_CRC64 : check, preset, given ? &chain : NULL);
  else if (format == FORMAT_ALONE) status = start_alone(t, &c->z, preset, given ? &chain : NULL);
  else status = lzma_check_result(t, lzma.lzma_raw_encoder(&c->z, chain.filters));
  mutex_unlock(&c->base.lock);
  if (given) lzma_chain_free(&chain);
  return status;
}

static int compressor_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value in[4];
  int format, check;
  uint32_t preset = LZMA_PRESET_DEFAULT;
  if (native_bind(t, &binder, "LZMACompressor(format=1, check=-1, preset=None, filters=None)", args, nargs, kwnames, in) < 0) return -1;
  if (int_argument(t, in[0], FORMAT_XZ, &format) < 0 || int_argument(t, in[1], -1, &check) < 0) return -1;
  if (!v_is_absent_or_none(in[2]) && !v_is_absent_or_none(in[3])) {
    raise_value_error(t, "Cannot specify both preset and filter chain");
    return -1;
  }
  if (!v_is_absent_or_none(in[2]) && lzma_u32(t, in[2], &preset) < 0) return -1;
  if (format != FORMAT_XZ && check != -1 && check != LZMA_CHECK_NONE) {
    raise_value_error(t, "Integrity checks are only supported by FORMAT_XZ");
    return -1;
  }
  return compressor_start(t, v_compressor(self), format, check, preset, in[3]);
}

static Value stream_new(Thread *t, Type *type, UNUSED_OK const Value *args, UNUSED_OK size_t nargs, UNUSED_OK Value kwnames) {
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v) || type == &type_compressor) return v;
  LzmaDecompressor *d = (LzmaDecompressor *)v_obj(v);
  decompressor_reset_locked(t, &d->base);
  d->check = CHECK_UNKNOWN;
  return v;
}

static Value compress(Thread *t, Compressor *base, const uint8_t *data, size_t n, bool finish) {
  StreamOutput out;
  stream_output_init(&out, t, 0, -1);
  lzma_stream *z = &((LzmaCompressor *)base)->z;
  lzma_action action = finish ? LZMA_FINISH : LZMA_RUN;
  z->next_in = data;
  z->avail_in = n;
  z->avail_out = 0;
  for (;;) {
    unsigned room;
    if (z->avail_out == 0) {
      z->next_out = stream_output_room(&out, &room);
      if (!z->next_out) break;
      z->avail_out = room;
    }
    room = (unsigned)z->avail_out;
    lzma_ret result;
    ALLOW_THREADS_BEGIN(t)
    result = lzma.lzma_code(z, action);
    ALLOW_THREADS_END
    out.bytes.length += room - (unsigned)z->avail_out;
    if (result == LZMA_BUF_ERROR && n == 0 && z->avail_out > 0) result = LZMA_OK;   // there was nothing to do
    if (lzma_check_result(t, result) < 0) break;
    if (action == LZMA_RUN ? z->avail_in == 0 : result == LZMA_STREAM_END) break;
  }
  return stream_output_finish(&out);
}

static NATIVE(compressor_native_compress) { return compressor_compress(t, self, args[0], compress); }
static NATIVE(compressor_native_flush) { return compressor_flush(t, self, compress); }

static void compressor_dealloc(Thread *t, Object *o) {
  lzma.lzma_end(&((LzmaCompressor *)o)->z);
  heap_free_object(t, o);
}

// --- Decompressor -----------------------------------------------------------------------------------------------------------------

static lzma_ret decoder_start(lzma_stream *z, int format, uint64_t memlimit, const LzmaChain *chain) {
  const uint32_t flags = LZMA_TELL_ANY_CHECK | LZMA_TELL_NO_CHECK;
  switch (format) {
    case FORMAT_AUTO: return lzma.lzma_auto_decoder(z, memlimit, flags);
    case FORMAT_XZ: return lzma.lzma_stream_decoder(z, memlimit, flags);
    case FORMAT_ALONE: return lzma.lzma_alone_decoder(z, memlimit);
    default: return lzma.lzma_raw_decoder(z, chain->filters);
  }
}

static int decompressor_start(Thread *t, LzmaDecompressor *d, int format, uint64_t memlimit, Value specs) {
  LzmaChain chain = {.filters[0].id = LZMA_VLI_UNKNOWN};
  if (format < FORMAT_AUTO || format > FORMAT_RAW) return raise_value_error(t, "Invalid container format: %d", format), -1;
  if (format == FORMAT_RAW && lzma_chain_parse(t, specs, &chain) < 0) return -1;
  mutex_lock(t, &d->base.lock);
  decompressor_reset_locked(t, &d->base);
  lzma.lzma_end(&d->z);
  d->check = format == FORMAT_ALONE || format == FORMAT_RAW ? LZMA_CHECK_NONE : CHECK_UNKNOWN;
  lzma_ret result = decoder_start(&d->z, format, memlimit, &chain);
  mutex_unlock(&d->base.lock);
  lzma_chain_free(&chain);
  return lzma_check_result(t, result);
}

static int decompressor_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value in[3];
  int format;
  uint64_t memlimit = UINT64_MAX;
  if (native_bind(t, &binder, "LZMADecompressor(format=0, memlimit=None, filters=None)", args, nargs, kwnames, in) < 0) return -1;
  if (int_argument(t, in[0], FORMAT_AUTO, &format) < 0) return -1;
  bool filters = !v_is_absent_or_none(in[2]);
  const char *fault = NULL;
  if (!v_is_absent_or_none(in[1])) {
    if (format == FORMAT_RAW) fault = "Cannot specify memory limit with FORMAT_RAW";
    else if (lzma_u64(t, in[1], &memlimit) < 0) return -1;
  }
  if (!fault && format == FORMAT_RAW && !filters) fault = "Must specify filters for FORMAT_RAW";
  if (!fault && format != FORMAT_RAW && filters) fault = "Cannot specify filters except with FORMAT_RAW";
  if (!fault) return decompressor_start(t, (LzmaDecompressor *)v_obj(self), format, memlimit, in[2]);
  raise_value_error(t, "%s", fault);
  return -1;
}

static int decompress_step(Thread *t, Decompressor *base, DecompressStep *step) {
  LzmaDecompressor *d = (LzmaDecompressor *)base;
  lzma_stream *z = &d->z;
  z->next_in = step->in;
  z->avail_in = step->in_left;
  z->next_out = step->out;
  z->avail_out = step->out_left;
  lzma_ret result;
  ALLOW_THREADS_BEGIN(t)
  result = lzma.lzma_code(z, LZMA_RUN);
  ALLOW_THREADS_END
  step->in = z->next_in;
  step->in_left = z->avail_in;
  step->out = z->next_out;
  step->out_left = (unsigned)z->avail_out;
  if (result == LZMA_BUF_ERROR && z->avail_in == 0 && z->avail_out > 0) result = LZMA_OK;   // it wants more input
  if (lzma_check_result(t, result) < 0) return -1;
  if (result == LZMA_GET_CHECK || result == LZMA_NO_CHECK) d->check = (int)lzma.lzma_get_check(z);
  return result == LZMA_STREAM_END;
}

static NATIVE(decompressor_native_decompress) { return decompressor_decompress(t, self, args, decompress_step, DECOMPRESS_DRAINS); }

static Value get_check(Thread *t, Value self, UNUSED_OK void *closure) {
  LzmaDecompressor *d = (LzmaDecompressor *)v_obj(self);
  mutex_lock(t, &d->base.lock);
  int check = d->check;
  mutex_unlock(&d->base.lock);
  return v_from_smi(check);
}

static void lzma_decompressor_dealloc(Thread *t, Object *o) {
  LzmaDecompressor *d = (LzmaDecompressor *)o;
  lzma.lzma_end(&d->z);
  decompressor_release(t, &d->base);
  heap_free_object(t, o);
}

// --- Functions --------------------------------------------------------------------------------------------------------------------

static NATIVE(lzma_is_check_supported) {
  int id = number_as_int(t, args[0]);
  if (id == -1 && error_pending(t)) return V_NULL;
  return v_from_bool(lzma.lzma_check_is_supported((lzma_check)id));
}

static NATIVE(lzma_encode_properties) {
  lzma_filter f;
  uint32_t size;
  if (lzma_filter_parse(t, args[0], &f) < 0) return V_NULL;
  Value v = V_NULL;
  if (lzma_check_result(t, lzma.lzma_properties_size(&size, &f)) == 0) {
    v = bytes_new(t, size);
    if (!v_is_null(v) && lzma_check_result(t, lzma.lzma_properties_encode(&f, (uint8_t *)v_bytes(v)->data)) < 0) v_clear(t, &v);
  }
  free(f.options);
  return v;
}

static NATIVE(lzma_decode_properties) {
  lzma_filter f = {0};
  BufferView data;
  if (lzma_u64(t, args[0], &f.id) < 0 || buffer_get(t, args[1], &data, BUFFER_SIMPLE) < 0) return V_NULL;
  lzma_ret result = lzma.lzma_properties_decode(&f, NULL, data.data, (size_t)data.len);
  buffer_release(t, &data);
  if (lzma_check_result(t, result) < 0) return V_NULL;
  Value v = lzma_filter_spec(t, &f);
  free(f.options);
  return v;
}

// --- The module -------------------------------------------------------------------------------------------------------------------

static const NativeDef compressor_methods[] = {
    {"compress($self, data, /)", compressor_native_compress, "Compress more data: what of the output is ready.", 0},
    {"flush($self, /)", compressor_native_flush, "The rest of the output; the compressor is of no use afterwards.", 0},
    {0},
};
static const TypeSpec spec_compressor = {
    .name = "_lzma.LZMACompressor",
    .size = sizeof(LzmaCompressor),
    .slots = {.new = stream_new, .init = compressor_init, .dealloc = compressor_dealloc},
    .methods = compressor_methods,
    .doc = "LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)\n\nA compressor for data that comes in pieces.\n\n"
           "format: the container, FORMAT_XZ, FORMAT_ALONE (.lzma) or FORMAT_RAW (none). check: the integrity check, for FORMAT_XZ.\n"
           "preset: 0 to 9, with PRESET_EXTREME or'ed in if wanted; or filters: a sequence of filter specifiers.",
};
static const NativeDef decompressor_methods[] = {
    {"decompress($self, /, data, max_length=-1)", decompressor_native_decompress,
     "Decompress more data. max_length: at most so much output, if it is not negative; needs_input says whether there is more.", 0},
    {0},
};
static GetSetDef all_decompressor_computed[5];
static const TypeSpec spec_decompressor = {
    .name = "_lzma.LZMADecompressor",
    .size = sizeof(LzmaDecompressor),
    .slots = {.new = stream_new, .init = decompressor_init, .dealloc = lzma_decompressor_dealloc},
    .methods = decompressor_methods,
    .computed_members = all_decompressor_computed,
    .doc = "A decompressor for data that comes in pieces. format: the container, FORMAT_AUTO to find out. memlimit: bytes that liblzma may use.",
    .text_signature = "(format=FORMAT_AUTO, memlimit=None, filters=None)",
};

static const NativeDef functions[] = {
    {"is_check_supported($module, check_id, /)", lzma_is_check_supported, "Whether an integrity check is supported.", 0},
    {"_encode_filter_properties($module, filter, /)", lzma_encode_properties, "A filter's options as bytes.", 0},
    {"_decode_filter_properties($module, filter_id, encoded_props, /)", lzma_decode_properties, "A filter specifier from a filter's options as bytes.", 0},
    {0},
};

static const struct { const char *name; uint64_t value; } constants[] = {
    {"FORMAT_AUTO", FORMAT_AUTO}, {"FORMAT_XZ", FORMAT_XZ}, {"FORMAT_ALONE", FORMAT_ALONE}, {"FORMAT_RAW", FORMAT_RAW},
    {"CHECK_NONE", LZMA_CHECK_NONE}, {"CHECK_CRC32", LZMA_CHECK_CRC32}, {"CHECK_CRC64", LZMA_CHECK_CRC64}, {"CHECK_SHA256", LZMA_CHECK_SHA256},
    {"CHECK_ID_MAX", LZMA_CHECK_ID_MAX}, {"CHECK_UNKNOWN", CHECK_UNKNOWN}, {"FILTER_LZMA1", LZMA_FILTER_LZMA1}, {"FILTER_LZMA2", LZMA_FILTER_LZMA2},
    {"FILTER_DELTA", LZMA_FILTER_DELTA}, {"FILTER_X86", LZMA_FILTER_X86}, {"FILTER_IA64", LZMA_FILTER_IA64}, {"FILTER_ARM", LZMA_FILTER_ARM},
    {"FILTER_ARMTHUMB", LZMA_FILTER_ARMTHUMB}, {"FILTER_SPARC", LZMA_FILTER_SPARC}, {"FILTER_POWERPC", LZMA_FILTER_POWERPC},
    {"MF_HC3", LZMA_MF_HC3}, {"MF_HC4", LZMA_MF_HC4}, {"MF_BT2", LZMA_MF_BT2}, {"MF_BT3", LZMA_MF_BT3}, {"MF_BT4", LZMA_MF_BT4},
    {"MODE_FAST", LZMA_MODE_FAST}, {"MODE_NORMAL", LZMA_MODE_NORMAL}, {"PRESET_DEFAULT", LZMA_PRESET_DEFAULT}, {"PRESET_EXTREME", LZMA_PRESET_EXTREME},
};

static bool decompressor_ready(Thread *t) {
  if (type_decompressor.flags & TYPE_READY) return true;
  for (int i = 0; i < 3; i++) all_decompressor_computed[i] = decompressor_computed[i];
  all_decompressor_computed[3] = (GetSetDef){"check", get_check, NULL, "Which integrity check the stream carries.", NULL};
  return type_ready(t, &type_decompressor, &spec_decompressor, 0);
}

static int lzma_exec(Thread *t, Value m) {
  if (LIBRARY_LOAD(t, "liblzma.so.5", lzma) < 0) return -1;
  if (!type_ready(t, &type_compressor, &spec_compressor, 0) || !decompressor_ready(t)) return -1;
  if (module_add_exception(t, m, &lzma_error, "_lzma", "LZMAError", &exc_Exception, "What liblzma reports as an error.") < 0) return -1;
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add(t, m, constants[i].name, int_from_u64(t, constants[i].value)) < 0) return -1;
  return module_add_type(t, m, &type_compressor) < 0 ? -1 : module_add_type(t, m, &type_decompressor);
}

const ModuleDef module__lzma = {.name = "_lzma", .functions = functions, .exec = lzma_exec};
