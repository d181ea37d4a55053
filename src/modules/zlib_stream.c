// zlib.Compress and zlib.Decompress: data in pieces.
//
// Locking: all of a stream's state is used under its mutex, a real one in both builds, which is held while libz works detached.
#include <limits.h>
#include <stddef.h>

#include "gc/heap.h"
#include "modules/module_help.h"
#include "modules/zlib.h"
#include "objects/buffer.h"
#include "objects/error.h"
#include "objects/object.h"
#include "threading/mutex.h"

typedef struct Stream {
  Object ob;
  Mutex lock;
  z_stream z;
  bool open;                     // libz holds memory for it
  bool inflating, eof;
  Value unused_data;             // bytes after the end of the compressed data
  Value unconsumed_tail;         // bytes that max_length kept from being read
  Value zdict;                   // V_NULL: none
} Stream;

static Type type_compress, type_decompress;
static Stream *v_stream(Value v) { return (Stream *)v_obj(v); }

static Value stream_alloc(Thread *t, Type *type) {
  Value v = type_generic_alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  Stream *s = v_stream(v);
  s->inflating = type == &type_decompress;
  s->unused_data = s->unconsumed_tail = bytes_empty;
  s->zdict = V_NULL;
  return v;
}

static void stream_dealloc(Thread *t, Object *o) {
  Stream *s = (Stream *)o;
  if (s->open) (s->inflating ? zlib.inflateEnd : zlib.deflateEnd)(&s->z);
  v_drop(t, s->unused_data);
  v_drop(t, s->unconsumed_tail);
  v_drop(t, s->zdict);
  heap_free_object(t, o);
}

static void stream_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Stream *)o)->zdict, visit, arg); }

// --- Making -----------------------------------------------------------------------------------------------------------------------

static int int_argument(Thread *t, Value v, int default_, int *out) {
  *out = default_;
  if (v_is_absent(v)) return 0;
  *out = number_as_int(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

static int set_deflate_dictionary(Thread *t, Stream *s, const BufferView *zdict) {
  int error = zlib.deflateSetDictionary(&s->z, zdict->data, (uInt)zdict->len);
  if (error == Z_OK) return 0;
  raise_value_error(t, error == Z_STREAM_ERROR ? "Invalid dictionary" : "deflateSetDictionary()");
  return -1;
}

static Value make_compressor(Thread *t, const int options[5], const BufferView *zdict) {
  if (zdict && zdict->len > UINT_MAX) return raise_overflow(t, "zdict length does not fit in an unsigned int");
  Value v = stream_alloc(t, &type_compress);
  if (v_is_null(v)) return V_NULL;
  Stream *s = v_stream(v);
  int error = zlib.deflateInit2_(&s->z, options[0], options[1], options[2], options[3], options[4], ZLIB_VERSION, (int)sizeof s->z);
  s->open = error == Z_OK;
  if (error == Z_MEM_ERROR) raise_error(t, &exc_MemoryError, "Can't allocate memory for compression object");
  else if (error == Z_STREAM_ERROR) raise_value_error(t, "Invalid initialization option");
  else if (error != Z_OK) zlib_raise(t, &s->z, error, "while creating compression object");
  else if (!zdict || set_deflate_dictionary(t, s, zdict) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

NATIVE(zlib_compressobj) {
  static const int defaults[5] = {Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS, ZLIB_MEM_LEVEL, Z_DEFAULT_STRATEGY};
  int options[5];
  for (int i = 0; i < 5; i++)
    if (int_argument(t, args[i], defaults[i], &options[i]) < 0) return V_NULL;
  if (v_is_absent(args[5])) return make_compressor(t, options, NULL);
  BufferView zdict;
  if (buffer_get(t, args[5], &zdict, BUFFER_SIMPLE) < 0) return V_NULL;
  Value v = make_compressor(t, options, &zdict);
  buffer_release(t, &zdict);
  return v;
}

static int set_inflate_dictionary(Thread *t, Stream *s) {
  BufferView zdict;
  if (buffer_get(t, s->zdict, &zdict, BUFFER_SIMPLE) < 0) return -1;
  int error = Z_OK;
  if (zdict.len > UINT_MAX) raise_overflow(t, "zdict length does not fit in an unsigned int");
  else error = zlib.inflateSetDictionary(&s->z, zdict.data, (uInt)zdict.len);
  if (error != Z_OK) zlib_raise(t, &s->z, error, "while setting zdict");
  buffer_release(t, &zdict);
  return error_pending(t) ? -1 : 0;
}

NATIVE(zlib_decompressobj) {
  int wbits;
  if (int_argument(t, args[0], MAX_WBITS, &wbits) < 0) return V_NULL;
  if (!v_is_absent(args[1]) && !buffer_is_supported(args[1])) return raise_type_error(t, "zdict argument must support the buffer protocol");
  Value v = stream_alloc(t, &type_decompress);
  if (v_is_null(v)) return V_NULL;
  Stream *s = v_stream(v);
  if (!v_is_absent(args[1])) s->zdict = v_own(t, args[1]);
  int error = zlib.inflateInit2_(&s->z, wbits, ZLIB_VERSION, (int)sizeof s->z);
  s->open = error == Z_OK;
  if (error == Z_MEM_ERROR) raise_error(t, &exc_MemoryError, "Can't allocate memory for decompression object");
  else if (error == Z_STREAM_ERROR) raise_value_error(t, "Invalid initialization option");
  else if (error != Z_OK) zlib_raise(t, &s->z, error, "while creating decompression object");
  else if (v_is_null(s->zdict) || wbits >= 0 || set_inflate_dictionary(t, s) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

static Value copy_stream(Thread *t, Value self) {
  Stream *s = v_stream(self);
  const char *what = s->inflating ? "decompression" : "compression";
  Value v = stream_alloc(t, v_type(self));
  if (v_is_null(v)) return V_NULL;
  Stream *copy = v_stream(v);
  mutex_lock(t, &s->lock);
  int error = s->inflating ? zlib.inflateCopy(&copy->z, &s->z) : zlib.deflateCopy(&copy->z, &s->z);
  copy->open = error == Z_OK;
  copy->eof = s->eof;
  copy->unused_data = v_own(t, s->unused_data);
  copy->unconsumed_tail = v_own(t, s->unconsumed_tail);
  copy->zdict = v_own(t, s->zdict);
  mutex_unlock(&s->lock);
  if (error == Z_OK) return v;
  if (error == Z_STREAM_ERROR) raise_value_error(t, "Inconsistent stream state");
  else if (error == Z_MEM_ERROR) raise_error(t, &exc_MemoryError, "Can't allocate memory for %s object", what);
  else zlib_raise(t, &copy->z, error, s->inflating ? "while copying decompression object" : "while copying compression object");
  v_drop(t, v);
  return V_NULL;
}
static NATIVE(stream_copy) { return copy_stream(t, self); }

// --- Compressing ------------------------------------------------------------------------------------------------------------------

static Value compress_piece(Thread *t, Stream *s, const BufferView *data) {
  StreamOutput out;
  stream_output_init(&out, t, 0, -1);
  size_t left = (size_t)data->len;
  int error = Z_OK;
  s->z.next_in = data->data;
  s->z.avail_out = 0;
  do {
    input_feed(&s->z, &left);
    do {
      if (!output_room(&out, &s->z)) break;
      error = output_run(t, &out, &s->z, zlib.deflate, Z_NO_FLUSH);
      if (error == Z_STREAM_ERROR) zlib_raise(t, &s->z, error, "while compressing data");
    } while (s->z.avail_out == 0 && !error_pending(t));
  } while (left && !error_pending(t));
  return stream_output_finish(&out);
}

static NATIVE(compress_compress) {
  BufferView data;
  Stream *s = v_stream(self);
  if (buffer_get(t, args[0], &data, BUFFER_SIMPLE) < 0) return V_NULL;
  mutex_lock(t, &s->lock);
  Value v = compress_piece(t, s, &data);
  mutex_unlock(&s->lock);
  buffer_release(t, &data);
  return v;
}

static Value flush_compressor(Thread *t, Stream *s, int mode) {
  StreamOutput out;
  stream_output_init(&out, t, 0, -1);
  int error = Z_OK;
  s->z.avail_in = 0;
  s->z.avail_out = 0;
  do {
    if (!output_room(&out, &s->z)) break;
    error = output_run(t, &out, &s->z, zlib.deflate, mode);
    if (error == Z_STREAM_ERROR) zlib_raise(t, &s->z, error, "while flushing");
  } while (s->z.avail_out == 0 && !error_pending(t));
  if (!error_pending(t) && error == Z_STREAM_END && mode == Z_FINISH) {
    error = zlib.deflateEnd(&s->z);
    s->open = error != Z_OK;
    if (error != Z_OK) zlib_raise(t, &s->z, error, "while finishing compression");
  } else if (!error_pending(t) && error != Z_OK && error != Z_BUF_ERROR) {
    zlib_raise(t, &s->z, error, "while flushing");
  }
  return stream_output_finish(&out);
}

static NATIVE(compress_flush) {
  int mode;
  Stream *s = v_stream(self);
  if (int_argument(t, args[0], Z_FINISH, &mode) < 0) return V_NULL;
  if (mode == Z_NO_FLUSH) return bytes_empty;
  mutex_lock(t, &s->lock);
  Value v = flush_compressor(t, s, mode);
  mutex_unlock(&s->lock);
  return v;
}

// --- Decompressing ----------------------------------------------------------------------------------------------------------------

// After decompression stopped with `error`: what of the input was not read belongs after the end of the data, or waits for the next call.
static int save_input(Thread *t, Stream *s, const uint8_t *end, int error) {
  size_t left = (size_t)(end - s->z.next_in);
  if (error == Z_STREAM_END && left > 0) {
    BytesBuilder b;
    bytesb_init(&b, t);
    bytesb_put(&b, v_bytes(s->unused_data)->data, v_bytes(s->unused_data)->length);
    bytesb_put(&b, s->z.next_in, (int64_t)left);
    Value joined = bytesb_finish(&b);
    if (v_is_null(joined)) return -1;
    v_set(t, &s->unused_data, joined);
    if (v_bytes(s->unconsumed_tail)->length == 0) return 0;   // else it is said twice, as CPython does
  }
  if (left == 0 && v_bytes(s->unconsumed_tail)->length == 0) return 0;
  Value tail = left ? bytes_from(t, s->z.next_in, left) : bytes_empty;
  if (v_is_null(tail)) return -1;
  v_set(t, &s->unconsumed_tail, tail);
  return 0;
}

// inflate until the input is used up, the limit is reached or the data ends. finishing: inflate is told so with the last piece.
static int inflate_into(Thread *t, Stream *s, StreamOutput *out, const uint8_t *data, size_t size, bool finishing) {
  size_t left = size;
  int error = Z_OK;
  s->z.next_in = (Bytef *)(uintptr_t)data;
  s->z.avail_out = 0;
  do {
    input_feed(&s->z, &left);
    do {
      if (!output_room(out, &s->z)) return error;
      error = output_run(t, out, &s->z, zlib.inflate, !finishing ? Z_SYNC_FLUSH : left ? Z_SYNC_FLUSH : Z_FINISH);
      if (error == Z_NEED_DICT && !v_is_null(s->zdict)) {
        if (set_inflate_dictionary(t, s) < 0) return error;
      } else if (error != Z_OK && error != Z_BUF_ERROR) {
        return error;
      }
    } while (s->z.avail_out == 0 || error == Z_NEED_DICT);
  } while (error != Z_STREAM_END && left);
  return error;
}

static Value decompress_piece(Thread *t, Stream *s, const BufferView *data, int64_t limit) {
  StreamOutput out;
  const uint8_t *end = (const uint8_t *)data->data + data->len;
  stream_output_init(&out, t, 0, limit);
  int error = inflate_into(t, s, &out, data->data, (size_t)data->len, false);
  if (!error_pending(t) && save_input(t, s, end, error) == 0) {
    if (error == Z_STREAM_END) s->eof = true;
    else if (error != Z_OK && error != Z_BUF_ERROR) zlib_raise(t, &s->z, error, "while decompressing data");
  }
  s->z.avail_out = 0;
  return stream_output_finish(&out);
}

static NATIVE(decompress_decompress) {
  BufferView data;
  Stream *s = v_stream(self);
  int64_t limit = 0;
  if (buffer_get(t, args[0], &data, BUFFER_SIMPLE) < 0) return V_NULL;
  Value v = V_NULL;
  if (v_is_absent(args[1]) || module_index(t, args[1], &exc_OverflowError, &limit) == 0) {
    if (limit < 0) {
      raise_value_error(t, "max_length must be non-negative");
    } else {
      mutex_lock(t, &s->lock);
      v = decompress_piece(t, s, &data, limit ? limit : INT64_MAX);
      mutex_unlock(&s->lock);
    }
  }
  buffer_release(t, &data);
  return v;
}

static Value flush_decompressor(Thread *t, Stream *s, int64_t length) {
  StreamOutput out;
  Value tail = v_own(t, s->unconsumed_tail);
  const Bytes *data = v_bytes(tail);
  const uint8_t *end = (const uint8_t *)data->data + data->length;
  stream_output_init(&out, t, length, -1);
  int error = inflate_into(t, s, &out, (const uint8_t *)data->data, (size_t)data->length, true);
  if (!error_pending(t) && save_input(t, s, end, error) == 0 && error == Z_STREAM_END) {
    s->eof = true;
    error = zlib.inflateEnd(&s->z);
    s->open = error != Z_OK;
    if (error != Z_OK) zlib_raise(t, &s->z, error, "while finishing decompression");
  }
  v_drop(t, tail);
  s->z.avail_out = 0;
  return stream_output_finish(&out);
}

static NATIVE(decompress_flush) {
  int64_t length = ZLIB_BUFFER;
  Stream *s = v_stream(self);
  if (!v_is_absent(args[0]) && module_index(t, args[0], &exc_OverflowError, &length) < 0) return V_NULL;
  if (length <= 0) return raise_value_error(t, "length must be greater than zero");
  mutex_lock(t, &s->lock);
  Value v = flush_decompressor(t, s, length);
  mutex_unlock(&s->lock);
  return v;
}

static Value locked_field(Thread *t, Value self, const Value *field) {
  Stream *s = v_stream(self);
  mutex_lock(t, &s->lock);
  Value v = v_own(t, *field);
  mutex_unlock(&s->lock);
  return v;
}
static Value get_unused_data(Thread *t, Value self, UNUSED_OK void *closure) { return locked_field(t, self, &v_stream(self)->unused_data); }
static Value get_unconsumed_tail(Thread *t, Value self, UNUSED_OK void *closure) { return locked_field(t, self, &v_stream(self)->unconsumed_tail); }
static Value get_eof(Thread *t, Value self, UNUSED_OK void *closure) {
  Stream *s = v_stream(self);
  mutex_lock(t, &s->lock);
  bool eof = s->eof;
  mutex_unlock(&s->lock);
  return v_from_bool(eof);
}

// --- The types --------------------------------------------------------------------------------------------------------------------

#define COPY_METHODS                                                    \
  {"copy($self, /)", stream_copy, "A copy of the stream's state.", NATIVE_TAKES_CLASS},  \
  {"__copy__($self, /)", stream_copy, NULL, NATIVE_TAKES_CLASS},                         \
  {"__deepcopy__($self, memo, /)", stream_copy, NULL, NATIVE_TAKES_CLASS}

static const NativeDef compress_methods[] = {
    {"compress($self, data, /)", compress_compress, "Compress more data: what of the output is ready.", NATIVE_TAKES_CLASS},
    {"flush($self, mode=zlib.Z_FINISH, /)", compress_flush, "The rest of the output.", NATIVE_TAKES_CLASS},
    COPY_METHODS,
    {0},
};
static const TypeSpec spec_compress = {
    .name = "zlib.Compress",
    .size = sizeof(Stream),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.dealloc = stream_dealloc, .traverse = stream_traverse},
    .methods = compress_methods,
};

static const NativeDef decompress_methods[] = {
    {"decompress($self, data, /, max_length=0)", decompress_decompress,
     "Decompress more data. max_length: at most so much output; input that was not read is in unconsumed_tail.", 0},
    {"flush($self, length=zlib.DEF_BUF_SIZE, /)", decompress_flush, "The rest of the output. length: bytes to make room for at first.", NATIVE_TAKES_CLASS},
    COPY_METHODS,
    {0},
};
static const GetSetDef decompress_computed[] = {
    {"unused_data", get_unused_data, NULL, NULL, NULL},
    {"unconsumed_tail", get_unconsumed_tail, NULL, NULL, NULL},
    {"eof", get_eof, NULL, NULL, NULL},
    {0},
};
static const TypeSpec spec_decompress = {
    .name = "zlib.Decompress",
    .size = sizeof(Stream),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.dealloc = stream_dealloc, .traverse = stream_traverse},
    .methods = decompress_methods,
    .computed_members = decompress_computed,
};

bool zlib_stream_init(Thread *t) { return type_ready(t, &type_compress, &spec_compress, 0) && type_ready(t, &type_decompress, &spec_decompress, 0); }
