// The module zlib: deflate and inflate at once, checksums, constants. The stream objects are in zlib_stream.c.
#include "modules/zlib.h"

#include <limits.h>

#include "modules/module_help.h"
#include "objects/buffer.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"

Zlib zlib;
Value zlib_error;
static const char *const zlib_names[] = {ZLIB_FUNCTIONS(LIBRARY_NAME)};

enum { CHECKSUM_DETACH_FROM = 5 * 1024 };

// --- Errors -----------------------------------------------------------------------------------------------------------------------

Value zlib_raise(Thread *t, const z_stream *z, int error, const char *what) {
  const char *message = error == Z_VERSION_ERROR ? "library version mismatch" : z->msg;
  if (!message) {
    switch (error) {
      case Z_BUF_ERROR: message = "incomplete or truncated stream"; break;
      case Z_STREAM_ERROR: message = "inconsistent stream state"; break;
      case Z_DATA_ERROR: message = "invalid input data"; break;
      default: return module_raise(t, zlib_error, "Error %d %s", error, what);
    }
  }
  return module_raise(t, zlib_error, "Error %d %s: %.200s", error, what, message);
}

// --- Input and output -------------------------------------------------------------------------------------------------------------

bool output_room(StreamOutput *o, z_stream *z) {
  if (z->avail_out) return true;
  z->next_out = stream_output_room(o, &z->avail_out);
  return z->next_out != NULL;
}

int output_run(Thread *t, StreamOutput *o, z_stream *z, int (*code)(z_stream *z, int flush), int flush) {
  int error;
  uInt room = z->avail_out;
  ALLOW_THREADS_BEGIN(t)
  error = code(z, flush);
  ALLOW_THREADS_END
  o->bytes.length += room - z->avail_out;
  return error;
}

void input_feed(z_stream *z, size_t *left) {
  z->avail_in = (uInt)(*left < UINT_MAX ? *left : UINT_MAX);
  *left -= z->avail_in;
}

// --- At once ----------------------------------------------------------------------------------------------------------------------

static int int_argument(Thread *t, Value v, int *out) {
  if (v_is_absent(v)) return 0;
  *out = number_as_int(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

static Value compress_all(Thread *t, const BufferView *data, int level, int wbits) {
  z_stream z = {.next_in = data->data};
  int error = zlib.deflateInit2_(&z, level, Z_DEFLATED, wbits, ZLIB_MEM_LEVEL, Z_DEFAULT_STRATEGY, ZLIB_VERSION, (int)sizeof z);
  if (error == Z_MEM_ERROR) return raise_error(t, &exc_MemoryError, "Out of memory while compressing data");
  if (error == Z_STREAM_ERROR) return module_raise(t, zlib_error, "Bad compression level");
  if (error != Z_OK) {
    zlib.deflateEnd(&z);
    return zlib_raise(t, &z, error, "while compressing data");
  }
  StreamOutput out;
  stream_output_init(&out, t, 0, -1);
  size_t left = (size_t)data->len;
  int flush;
  bool failed = false;
  do {
    input_feed(&z, &left);
    flush = left ? Z_NO_FLUSH : Z_FINISH;
    do {
      failed = !output_room(&out, &z);
      if (!failed) error = output_run(t, &out, &z, zlib.deflate, flush);
      failed = failed || error == Z_STREAM_ERROR;
    } while (!failed && z.avail_out == 0);
  } while (!failed && flush != Z_FINISH);
  if (failed && !error_pending(t)) zlib_raise(t, &z, error, "while compressing data");
  error = zlib.deflateEnd(&z);
  if (!failed && error == Z_OK) return bytesb_finish(&out.bytes);
  bytesb_discard(&out.bytes);
  return failed ? V_NULL : zlib_raise(t, &z, error, "while finishing compression");
}

static NATIVE(zlib_compress) {
  BufferView data;
  int level = Z_DEFAULT_COMPRESSION, wbits = MAX_WBITS;
  if (buffer_get(t, args[0], &data, BUFFER_SIMPLE) < 0) return V_NULL;
  Value v = int_argument(t, args[1], &level) < 0 || int_argument(t, args[2], &wbits) < 0 ? V_NULL : compress_all(t, &data, level, wbits);
  buffer_release(t, &data);
  return v;
}

static Value decompress_all(Thread *t, const BufferView *data, int wbits, int64_t first) {
  z_stream z = {.next_in = data->data};
  int error = zlib.inflateInit2_(&z, wbits, ZLIB_VERSION, (int)sizeof z);
  if (error == Z_MEM_ERROR) return raise_error(t, &exc_MemoryError, "Out of memory while decompressing data");
  if (error != Z_OK) {
    zlib.inflateEnd(&z);
    return zlib_raise(t, &z, error, "while preparing to decompress data");
  }
  StreamOutput out;
  stream_output_init(&out, t, first, -1);
  size_t left = (size_t)data->len;
  bool failed = false;
  do {
    input_feed(&z, &left);
    int flush = left ? Z_SYNC_FLUSH : Z_FINISH;
    do {
      failed = !output_room(&out, &z);
      if (failed) break;
      error = output_run(t, &out, &z, zlib.inflate, flush);
      if (error == Z_MEM_ERROR) raise_error(t, &exc_MemoryError, "Out of memory while decompressing data");
      else if (error != Z_OK && error != Z_BUF_ERROR && error != Z_STREAM_END) zlib_raise(t, &z, error, "while decompressing data");
      failed = error_pending(t);
    } while (!failed && z.avail_out == 0 && error != Z_STREAM_END);
  } while (!failed && error != Z_STREAM_END && left);
  if (!failed && error != Z_STREAM_END) {
    failed = true;
    zlib_raise(t, &z, error, "while decompressing data");
  }
  error = zlib.inflateEnd(&z);
  if (!failed && error == Z_OK) return bytesb_finish(&out.bytes);
  bytesb_discard(&out.bytes);
  return failed ? V_NULL : zlib_raise(t, &z, error, "while finishing decompression");
}

static NATIVE(zlib_decompress) {
  BufferView data;
  int wbits = MAX_WBITS;
  int64_t first = ZLIB_BUFFER;
  if (buffer_get(t, args[0], &data, BUFFER_SIMPLE) < 0) return V_NULL;
  Value v = V_NULL;
  if (int_argument(t, args[1], &wbits) == 0 && (v_is_absent(args[2]) || module_index(t, args[2], &exc_OverflowError, &first) == 0)) {
    if (first < 0) raise_value_error(t, "bufsize must be non-negative");
    else v = decompress_all(t, &data, wbits, first ? first : 1);
  }
  buffer_release(t, &data);
  return v;
}

// --- Checksums --------------------------------------------------------------------------------------------------------------------

static Value checksum(Thread *t, const Value *args, uint64_t start, uLong (*update)(uLong, const Bytef *, z_size_t)) {
  BufferView data;
  if (buffer_get(t, args[0], &data, BUFFER_SIMPLE) < 0) return V_NULL;
  if (!v_is_absent(args[1]) && module_u64_masked(t, args[1], &start) < 0) {
    buffer_release(t, &data);
    return V_NULL;
  }
  uLong sum = (uint32_t)start;
  const Bytef *p = data.len ? data.data : (const Bytef *)"";
  if (data.len > CHECKSUM_DETACH_FROM) {
    ALLOW_THREADS_BEGIN(t)
    sum = update(sum, p, (z_size_t)data.len);
    ALLOW_THREADS_END
  } else {
    sum = update(sum, p, (z_size_t)data.len);
  }
  buffer_release(t, &data);
  return v_from_smi((uint32_t)sum);
}
static NATIVE(zlib_adler32) { return checksum(t, args, 1, zlib.adler32_z); }
static NATIVE(zlib_crc32) { return checksum(t, args, 0, zlib.crc32_z); }

// --- The module -------------------------------------------------------------------------------------------------------------------

static const NativeDef functions[] = {
    {"adler32($module, data, value=1, /)", zlib_adler32, "Adler-32 checksum of data, going on from value.", 0},
    {"compress($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)", zlib_compress,
     "Data compressed. level: 0 (none) to 9 (best), -1 the default. wbits: window size and container format.", 0},
    {"compressobj($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n"
     "            strategy=Z_DEFAULT_STRATEGY, zdict=None)",
     zlib_compressobj, "A compressor for data that comes in pieces. zdict: bytes that the data is expected to contain.", 0},
    {"crc32($module, data, value=0, /)", zlib_crc32, "CRC-32 checksum of data, going on from value.", 0},
    {"decompress($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)", zlib_decompress,
     "Data decompressed. wbits: window size and container format. bufsize: bytes to make room for at first.", 0},
    {"decompressobj($module, /, wbits=MAX_WBITS, zdict=b'')", zlib_decompressobj, "A decompressor for data that comes in pieces.", 0},
    {0},
};

static const struct { const char *name; int value; } constants[] = {
    {"MAX_WBITS", MAX_WBITS}, {"DEFLATED", Z_DEFLATED}, {"DEF_MEM_LEVEL", ZLIB_MEM_LEVEL}, {"DEF_BUF_SIZE", ZLIB_BUFFER},
    {"Z_NO_COMPRESSION", Z_NO_COMPRESSION}, {"Z_BEST_SPEED", Z_BEST_SPEED}, {"Z_BEST_COMPRESSION", Z_BEST_COMPRESSION},
    {"Z_DEFAULT_COMPRESSION", Z_DEFAULT_COMPRESSION}, {"Z_FILTERED", Z_FILTERED}, {"Z_HUFFMAN_ONLY", Z_HUFFMAN_ONLY}, {"Z_RLE", Z_RLE},
    {"Z_FIXED", Z_FIXED}, {"Z_DEFAULT_STRATEGY", Z_DEFAULT_STRATEGY}, {"Z_NO_FLUSH", Z_NO_FLUSH}, {"Z_PARTIAL_FLUSH", Z_PARTIAL_FLUSH},
    {"Z_SYNC_FLUSH", Z_SYNC_FLUSH}, {"Z_FULL_FLUSH", Z_FULL_FLUSH}, {"Z_FINISH", Z_FINISH}, {"Z_BLOCK", Z_BLOCK}, {"Z_TREES", Z_TREES},
};

static int zlib_exec(Thread *t, Value m) {
  if (LIBRARY_LOAD(t, "libz.so.1", zlib) < 0 || !zlib_stream_init(t)) return -1;
  if (module_add_exception(t, m, &zlib_error, "zlib", "error", &exc_Exception, NULL) < 0) return -1;
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  if (module_add_str(t, m, "ZLIB_VERSION", ZLIB_VERSION) < 0 || module_add_str(t, m, "ZLIB_RUNTIME_VERSION", zlib.zlibVersion()) < 0) return -1;
  return module_add_str(t, m, "__version__", "1.0");
}

const ModuleDef module_zlib = {
    .name = "zlib",
    .doc = "Compression and decompression on libz, which GNU zip is made of.",
    .functions = functions,
    .exec = zlib_exec,
};
