// The module _bz2: bzip2 compression on libbz2.
//
// Locking: a compressor's state under its mutex, held while libbz2 works detached; decompressors: decompressor.h.
#include <bzlib.h>
#include <limits.h>
#include <stddef.h>

#include "gc/heap.h"
#include "modules/compressor.h"
#include "modules/decompressor.h"
#include "modules/module_help.h"
#include "modules/shared_library.h"
#include "modules/stream_output.h"
#include "objects/buffer.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"

#define BZ2_FUNCTIONS(X) X(BZ2_bzCompressInit) X(BZ2_bzCompress) X(BZ2_bzCompressEnd) X(BZ2_bzDecompressInit) X(BZ2_bzDecompress) X(BZ2_bzDecompressEnd)
static struct { BZ2_FUNCTIONS(LIBRARY_FIELD) } bz2;
static const char *const bz2_names[] = {BZ2_FUNCTIONS(LIBRARY_NAME)};

typedef struct Bz2Compressor {
  Compressor base;
  bz_stream z;
  bool open;
} Bz2Compressor;

typedef struct Bz2Decompressor {
  Decompressor base;
  bz_stream z;
  bool open;
} Bz2Decompressor;

static Type type_compressor, type_decompressor;
static Bz2Compressor *v_compressor(Value v) { return (Bz2Compressor *)v_obj(v); }

// Raises what a result of libbz2 means. 0 if it is none of the errors.
static int check(Thread *t, int result) {
  switch (result) {
    case BZ_OK: case BZ_RUN_OK: case BZ_FLUSH_OK: case BZ_FINISH_OK: case BZ_STREAM_END: return 0;
    case BZ_PARAM_ERROR: raise_value_error(t, "Internal error - invalid parameters passed to libbzip2"); break;
    case BZ_MEM_ERROR: raise_no_memory(t); break;
    case BZ_DATA_ERROR: case BZ_DATA_ERROR_MAGIC: raise_error(t, &exc_OSError, "Invalid data stream"); break;
    case BZ_IO_ERROR: raise_error(t, &exc_OSError, "Unknown I/O error"); break;
    case BZ_UNEXPECTED_EOF: raise_error(t, &exc_EOFError, "Compressed file ended before the logical end-of-stream was detected"); break;
    case BZ_SEQUENCE_ERROR: raise_error(t, &exc_RuntimeError, "Internal error - Invalid sequence of commands sent to libbzip2"); break;
    default: raise_error(t, &exc_OSError, "Unrecognized error from libbzip2: %d", result); break;
  }
  return -1;
}

// --- Compressor -------------------------------------------------------------------------------------------------------------------

static int compressor_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  Bz2Compressor *c = v_compressor(self);
  if (native_no_keywords(t, "BZ2Compressor", kwnames) < 0 || native_check_positional(t, "BZ2Compressor", nargs, 0, 1) < 0) return -1;
  int level = nargs ? number_as_int(t, args[0]) : 9;
  if (level == -1 && error_pending(t)) return -1;
  if (level < 1 || level > 9) {
    raise_value_error(t, "compresslevel must be between 1 and 9");
    return -1;
  }
  mutex_lock(t, &c->base.lock);
  if (c->open) bz2.BZ2_bzCompressEnd(&c->z);
  memset(&c->z, 0, sizeof c->z);
  int result = bz2.BZ2_bzCompressInit(&c->z, level, 0, 0);
  c->open = result == BZ_OK;
  mutex_unlock(&c->base.lock);
  return check(t, result);
}

static Value compress(Thread *t, Compressor *base, const uint8_t *data, size_t left, bool finish) {
  Bz2Compressor *c = (Bz2Compressor *)base;
  int action = finish ? BZ_FINISH : BZ_RUN;
  StreamOutput out;
  stream_output_init(&out, t, 0, -1);
  c->z.next_in = (char *)(uintptr_t)data;
  c->z.avail_in = c->z.avail_out = 0;
  for (int result = BZ_OK; result != BZ_STREAM_END;) {
    if (c->z.avail_in == 0 && left) {
      c->z.avail_in = (unsigned)(left < UINT_MAX ? left : UINT_MAX);
      left -= c->z.avail_in;
    }
    if (action == BZ_RUN && c->z.avail_in == 0) break;
    if (c->z.avail_out == 0 && !(c->z.next_out = (char *)stream_output_room(&out, &c->z.avail_out))) break;
    unsigned room = c->z.avail_out;
    ALLOW_THREADS_BEGIN(t)
    result = bz2.BZ2_bzCompress(&c->z, action);
    ALLOW_THREADS_END
    out.bytes.length += room - c->z.avail_out;
    if (check(t, result) < 0) break;
  }
  return stream_output_finish(&out);
}

static NATIVE(compressor_native_compress) { return compressor_compress(t, self, args[0], compress); }
static NATIVE(compressor_native_flush) { return compressor_flush(t, self, compress); }

static void compressor_dealloc(Thread *t, Object *o) {
  if (((Bz2Compressor *)o)->open) bz2.BZ2_bzCompressEnd(&((Bz2Compressor *)o)->z);
  heap_free_object(t, o);
}

// --- Decompressor -----------------------------------------------------------------------------------------------------------------

static Value decompressor_new(Thread *t, Type *type, UNUSED_OK const Value *args, UNUSED_OK size_t nargs, UNUSED_OK Value kwnames) {
  Value v = type->slots.alloc(t, type, 0);
  if (!v_is_null(v)) decompressor_reset_locked(t, (Decompressor *)v_obj(v));
  return v;
}

static int decompressor_init(Thread *t, Value self, UNUSED_OK const Value *args, size_t nargs, Value kwnames) {
  Bz2Decompressor *d = (Bz2Decompressor *)v_obj(self);
  if (native_no_keywords(t, "BZ2Decompressor", kwnames) < 0) return -1;
  if (nargs) {
    raise_type_error(t, "BZ2Decompressor() takes no positional arguments");
    return -1;
  }
  mutex_lock(t, &d->base.lock);
  decompressor_reset_locked(t, &d->base);
  if (d->open) bz2.BZ2_bzDecompressEnd(&d->z);
  memset(&d->z, 0, sizeof d->z);
  int result = bz2.BZ2_bzDecompressInit(&d->z, 0, 0);
  d->open = result == BZ_OK;
  mutex_unlock(&d->base.lock);
  return check(t, result);
}

static int decompress_step(Thread *t, Decompressor *base, DecompressStep *step) {
  Bz2Decompressor *d = (Bz2Decompressor *)base;
  bz_stream *z = &d->z;
  unsigned given = (unsigned)(step->in_left < UINT_MAX ? step->in_left : UINT_MAX);
  z->next_in = (char *)(uintptr_t)step->in;
  z->avail_in = given;
  z->next_out = (char *)step->out;
  z->avail_out = step->out_left;
  int result;
  ALLOW_THREADS_BEGIN(t)
  result = bz2.BZ2_bzDecompress(z);
  ALLOW_THREADS_END
  step->in += given - z->avail_in;
  step->in_left -= given - z->avail_in;
  step->out = (uint8_t *)z->next_out;
  step->out_left = z->avail_out;
  return check(t, result) < 0 ? -1 : result == BZ_STREAM_END;
}

static NATIVE(decompressor_native_decompress) { return decompressor_decompress(t, self, args, decompress_step, DECOMPRESS_FAILS_FOR_GOOD); }

static void bz2_decompressor_dealloc(Thread *t, Object *o) {
  Bz2Decompressor *d = (Bz2Decompressor *)o;
  if (d->open) bz2.BZ2_bzDecompressEnd(&d->z);
  decompressor_release(t, &d->base);
  heap_free_object(t, o);
}

// --- The module -------------------------------------------------------------------------------------------------------------------

static const NativeDef compressor_methods[] = {
    {"compress($self, data, /)", compressor_native_compress, "Compress more data: what of the output is ready.", 0},
    {"flush($self, /)", compressor_native_flush, "The rest of the output; the compressor is of no use afterwards.", 0},
    {0},
};
static const TypeSpec spec_compressor = {
    .name = "_bz2.BZ2Compressor",
    .size = sizeof(Bz2Compressor),
    .slots = {.new = module_empty_new, .init = compressor_init, .dealloc = compressor_dealloc},
    .methods = compressor_methods,
    .doc = "A compressor for data that comes in pieces. compresslevel: 1 (fast) to 9 (best).",
    .text_signature = "(compresslevel=9, /)",
};
static const NativeDef decompressor_methods[] = {
    {"decompress($self, /, data, max_length=-1)", decompressor_native_decompress,
     "Decompress more data. max_length: at most so much output, if it is not negative; needs_input says whether there is more.", 0},
    {0},
};
static const TypeSpec spec_decompressor = {
    .name = "_bz2.BZ2Decompressor",
    .size = sizeof(Bz2Decompressor),
    .slots = {.new = decompressor_new, .init = decompressor_init, .dealloc = bz2_decompressor_dealloc},
    .methods = decompressor_methods,
    .computed_members = decompressor_computed,
    .doc = "A decompressor for data that comes in pieces.",
    .text_signature = "()",
};

static int bz2_exec(Thread *t, Value m) {
  if (LIBRARY_LOAD(t, "libbz2.so.1.0", bz2) < 0) return -1;
  if (!type_ready(t, &type_compressor, &spec_compressor, 0) || !type_ready(t, &type_decompressor, &spec_decompressor, 0)) return -1;
  return module_add_type(t, m, &type_compressor) < 0 ? -1 : module_add_type(t, m, &type_decompressor);
}

const ModuleDef module__bz2 = {.name = "_bz2", .exec = bz2_exec};
