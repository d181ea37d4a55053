// _multibytecodec: the objects through which programs use the East Asian codecs, one shot, in pieces, or over a stream.
//
// Locking: an object's state, what waits and its `errors` are under its mutex, a real one in both builds, which is let go of while an error handler
// or the stream works: two threads that share an object take turns at whole pieces, as they would under a GIL.
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "modules/module_help.h"
#include "modules/multibyte.h"
#include "objects/buffer.h"
#include "objects/codec_errors.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "system/import.h"

typedef struct MbCodecObject { Object ob; const MbCodec *codec; } MbCodecObject;

enum { BYTES_WAITING_MAX = 8, CHARS_WAITING_MAX = 2, STATE_SIZE = sizeof(MbState), ENCODER_STATE_SIZE = 1 + CHARS_WAITING_MAX * 4 + STATE_SIZE };

// An incremental encoder or decoder, a stream's writer or reader.
typedef struct MbObject {
  Object ob;
  const MbCodec *codec;              // constant, so also stream
  Value stream;                      // V_NULL in incremental ones
  Mutex lock;                        // guards the rest
  MbState state;
  Value errors;                      // str
  Value text_waiting;                // encoders: a str whose last character may go together with the next; or V_NULL
  uint8_t bytes_waiting[BYTES_WAITING_MAX];
  size_t waiting;                    // decoders: bytes of an incomplete character
} MbObject;

static Type type_codec, type_encoder, type_decoder, type_reader, type_writer;
static Value errors_strict, name_codec, name_read, name_readline, name_write, name_splitlines;   // immortal, set when the module is made
static inline MbObject *v_mb(Value v) { return (MbObject *)v_obj(v); }

// --- Codec ------------------------------------------------------------------------------------------------------------------------

// `errors` as natives get it: a str that UTF-8 can write without null characters. Borrowed; V_NULL with an exception.
static Value errors_argument(Thread *t, const char *function, Value v) {
  if (v_is_absent_or_none(v)) return errors_strict;
  if (!v_is_str(v)) return raise_type_error(t, "%s() argument 'errors' must be str or None, not %K", function, v);
  return module_c_text(t, v) ? v : V_NULL;
}

static void start_encoding(const MbCodec *codec, MbState *state) {
  *state = (MbState){0};
  if (codec->encode_start) codec->encode_start(state);
}
static void start_decoding(const MbCodec *codec, MbState *state) {
  *state = (MbState){0};
  if (codec->decode_start) codec->decode_start(state);
}

static Value result_and_length(Thread *t, Value stolen, int64_t length) {
  if (v_is_null(stolen)) return V_NULL;
  return tuple_from_stolen(t, (Value[]){stolen, v_from_smi(length)}, 2);
}

static NATIVE(codec_encode_native) {
  const MbCodec *codec = ((MbCodecObject *)v_obj(self))->codec;
  Value errors = errors_argument(t, "encode", args[1]);
  if (v_is_null(errors)) return V_NULL;
  Value text = v_is_str(args[0]) ? v_own(t, args[0]) : object_str(t, args[0]);
  if (v_is_null(text)) return V_NULL;
  MbState state;
  start_encoding(codec, &state);
  MbRun run = {.t = t, .codec = codec, .state = &state, .errors = errors};
  BytesBuilder out;
  int64_t pos = 0;
  bytesb_init(&out, t);
  bool ok = mb_encode(&run, text, &pos, MB_FLUSH | MB_RESET, &out);
  mb_run_end(&run);
  if (!ok) bytesb_discard(&out);
  Value result = ok ? result_and_length(t, bytesb_finish(&out), v_str(text)->length) : V_NULL;
  v_drop(t, text);
  return result;
}

static NATIVE(codec_decode_native) {
  const MbCodec *codec = ((MbCodecObject *)v_obj(self))->codec;
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  Value errors = errors_argument(t, "decode", args[1]), result = V_NULL;
  if (!v_is_null(errors)) {
    MbState state;
    start_decoding(codec, &state);
    MbRun run = {.t = t, .codec = codec, .state = &state, .errors = errors};
    StrBuilder out;
    size_t pos = 0;
    strb_init(&out, t);
    bool ok = mb_decode(&run, view.data, (size_t)view.len, &pos, true, &out);
    mb_run_end(&run);
    if (!ok) strb_discard(&out);
    if (ok) result = result_and_length(t, strb_finish(&out), view.len);
  }
  buffer_release(t, &view);
  return result;
}

// --- Pieces -----------------------------------------------------------------------------------------------------------------------

// Encodes what waited and then `input`, which need not be a str.
static Value encode_piece(Thread *t, MbObject *o, Value input, int flags, const char *not_text) {
  Value text = v_is_str(input) ? v_own(t, input) : object_str(t, input);
  if (v_is_null(text)) return V_NULL;
  if (!v_is_str(text)) {
    v_drop(t, text);
    return raise_type_error(t, "%s", not_text);
  }
  mutex_lock(t, &o->lock);
  Value waited = o->text_waiting, joined = v_is_null(waited) ? v_own(t, text) : str_concat(t, waited, text), waits = V_NULL, result = V_NULL;
  o->text_waiting = V_NULL;
  Value errors = v_own(t, o->errors);
  MbRun run = {.t = t, .codec = o->codec, .state = &o->state, .lock = &o->lock, .errors = errors};
  BytesBuilder out;
  int64_t pos = 0;
  bytesb_init(&out, t);
  if (!v_is_null(joined) && mb_encode(&run, joined, &pos, flags, &out)) {
    result = bytesb_finish(&out);
    if (pos < v_str(joined)->length) waits = str_slice(t, joined, pos, v_str(joined)->length);
  } else {
    bytesb_discard(&out);
    waits = v_is_null(waited) ? V_NULL : v_own(t, waited);
  }
  Value replaced = o->text_waiting;   // another thread's, while an error handler ran
  o->text_waiting = waits;
  mutex_unlock(&o->lock);
  mb_run_end(&run);
  v_drop(t, replaced);
  v_drop(t, waited);
  v_drop(t, joined);
  v_drop(t, errors);
  v_drop(t, text);
  return result;
}

// What is left of a piece waits for the next one; the lock is held.
static bool keep_waiting_locked(Thread *t, MbObject *o, const uint8_t *data, size_t n) {
  if (n > BYTES_WAITING_MAX) {
    raise_error(t, &exc_UnicodeError, "pending buffer overflow");
    return false;
  }
  memcpy(o->bytes_waiting, data, n);
  o->waiting = n;
  return true;
}

// Decodes what waited and then data[0..n) into *out. `complete`: what is left is an error. *seen: how many bytes there were. An error in
// what is left alone keeps what waited before, if `keeps`.
static bool decode_piece(Thread *t, MbObject *o, const uint8_t *data, size_t n, bool complete, bool keeps, size_t *seen, StrBuilder *out) {
  mutex_lock(t, &o->lock);
  uint8_t waited[BYTES_WAITING_MAX], *joined = NULL;
  size_t before = o->waiting, pos = 0;
  memcpy(waited, o->bytes_waiting, before);
  if (before) {
    joined = malloc(before + n);
    if (!joined) {
      mutex_unlock(&o->lock);
      raise_no_memory(t);
      return false;
    }
    memcpy(joined, waited, before);
    memcpy(joined + before, data, n);
    data = joined;
    n += before;
    o->waiting = 0;
  }
  Value errors = v_own(t, o->errors);
  MbRun run = {.t = t, .codec = o->codec, .state = &o->state, .lock = &o->lock, .errors = errors};
  bool ok = mb_decode(&run, data, n, &pos, false, out);
  if (ok && complete && pos < n && !mb_decode_incomplete(&run, data, n, &pos, out)) {
    ok = false;
    if (keeps) keep_waiting_locked(t, o, waited, before);
  }
  if (ok && pos < n) ok = keep_waiting_locked(t, o, data + pos, n - pos);
  mutex_unlock(&o->lock);
  mb_run_end(&run);
  v_drop(t, errors);
  free(joined);
  *seen = n;
  return ok;
}

// --- Incremental encoder and decoder ------------------------------------------------------------------------------------------------

// 1, 0 or -1 with an exception. An int, not just any object that is true or false.
static int final_argument(Thread *t, Value v) {
  if (v_is_absent(v)) return 0;
  int n = number_as_int(t, v);
  return n == -1 && error_pending(t) ? -1 : n != 0;
}

static NATIVE(encoder_encode) {
  int final = final_argument(t, args[1]);
  if (final < 0) return V_NULL;
  return encode_piece(t, v_mb(self), args[0], final ? MB_FLUSH | MB_RESET : 0, "couldn't convert the object to str.");
}

static NATIVE(encoder_getstate) {
  MbObject *o = v_mb(self);
  uint8_t bytes[ENCODER_STATE_SIZE] = {0};
  size_t n = 0;
  mutex_lock(t, &o->lock);
  const char *text = v_is_null(o->text_waiting) ? "" : str_utf8(t, o->text_waiting, &n);
  if (text) {
    bytes[0] = (uint8_t)n;
    memcpy(bytes + 1, text, n);
    memcpy(bytes + 1 + n, o->state.c, STATE_SIZE);
  }
  mutex_unlock(&o->lock);
  return text ? int_from_bytes(t, bytes, 1 + n + STATE_SIZE, true, false) : V_NULL;
}

static NATIVE(encoder_setstate) {
  MbObject *o = v_mb(self);
  uint8_t bytes[ENCODER_STATE_SIZE];
  if (!v_has_flag(args[0], TYPE_INT)) return raise_type_error(t, "setstate() argument must be int, not %K", args[0]);
  if (int_to_bytes(t, args[0], bytes, sizeof bytes, true, false) < 0) return V_NULL;
  if (bytes[0] > CHARS_WAITING_MAX * 4) return raise_error(t, &exc_UnicodeError, "pending buffer too large");
  Value waits = bytes[0] ? str_from_utf8(t, (const char *)bytes + 1, bytes[0]) : V_NULL;
  if (bytes[0] && v_is_null(waits)) return V_NULL;
  mutex_lock(t, &o->lock);
  Value replaced = o->text_waiting;
  o->text_waiting = waits;
  memcpy(o->state.c, bytes + 1 + bytes[0], STATE_SIZE);
  mutex_unlock(&o->lock);
  v_drop(t, replaced);
  return V_NONE;
}

static NATIVE(encoder_reset) {
  MbObject *o = v_mb(self);
  MbBytes bytes = {0};
  mutex_lock(t, &o->lock);
  if (o->codec->encode_end) o->codec->encode_end(&o->state, &bytes);
  Value replaced = o->text_waiting;
  o->text_waiting = V_NULL;
  mutex_unlock(&o->lock);
  v_drop(t, replaced);
  return V_NONE;
}

static NATIVE(decoder_decode) {
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  int final = final_argument(t, args[1]);
  StrBuilder out;
  size_t seen;
  strb_init(&out, t);
  bool ok = final >= 0 && decode_piece(t, v_mb(self), view.data, (size_t)view.len, final, true, &seen, &out);
  if (!ok) strb_discard(&out);
  buffer_release(t, &view);
  return ok ? strb_finish(&out) : V_NULL;
}

static NATIVE(decoder_getstate) {
  MbObject *o = v_mb(self);
  mutex_lock(t, &o->lock);
  MbState state = o->state;
  Value waiting = bytes_from(t, o->bytes_waiting, o->waiting);
  mutex_unlock(&o->lock);
  Value number = v_is_null(waiting) ? V_NULL : int_from_bytes(t, state.c, STATE_SIZE, true, false);
  return tuple_from_stolen(t, (Value[]){waiting, number}, 2);
}

static NATIVE(decoder_setstate) {
  MbObject *o = v_mb(self);
  MbState state;
  if (!v_is_tuple(args[0])) return raise_type_error(t, "setstate() argument must be tuple, not %K", args[0]);
  const Tuple *given = v_tuple(args[0]);
  if (given->length != 2 || !v_is_bytes(given->items[0]) || !v_has_flag(given->items[1], TYPE_INT))
    return raise_type_error(t, "setstate(): illegal state argument");
  if (int_to_bytes(t, given->items[1], state.c, STATE_SIZE, true, false) < 0) return V_NULL;
  const Bytes *waiting = v_bytes(given->items[0]);
  if (waiting->length > BYTES_WAITING_MAX) return raise_error(t, &exc_UnicodeError, "pending buffer too large");
  mutex_lock(t, &o->lock);
  keep_waiting_locked(t, o, (const uint8_t *)waiting->data, (size_t)waiting->length);
  o->state = state;
  mutex_unlock(&o->lock);
  return V_NONE;
}

static NATIVE(decoder_reset) {
  MbObject *o = v_mb(self);
  mutex_lock(t, &o->lock);
  if (o->codec->decode_reset) o->codec->decode_reset(&o->state);
  o->waiting = 0;
  mutex_unlock(&o->lock);
  return V_NONE;
}

// --- Stream reader ----------------------------------------------------------------------------------------------------------------

// A size argument: -1 if there is none. False: an exception is set.
static bool size_argument(Thread *t, Value v, int64_t *size) {
  *size = -1;
  if (v_is_absent_or_none(v)) return true;
  if (!v_has_flag(v, TYPE_INT)) {
    raise_type_error(t, "arg 1 must be an integer");
    return false;
  }
  *size = number_as_i64(t, v);
  return *size != -1 || !error_pending(t);
}

// One piece from the stream, decoded. *done: no more need be read.
static bool read_piece(Thread *t, MbObject *o, Value method, int64_t size, StrBuilder *out, bool *done) {
  Value piece = size < 0 ? object_call_method0(t, o->stream, method) : object_call_method1(t, o->stream, method, v_from_smi(size));
  if (v_is_null(piece)) return false;
  bool ok = v_is_bytes(piece);
  if (!ok) {
    raise_type_error(t, "stream function returned a non-bytes object (%.100T)", piece);
  } else {
    const Bytes *b = v_bytes(piece);
    size_t seen;
    ok = decode_piece(t, o, (const uint8_t *)b->data, (size_t)b->length, b->length == 0 || size < 0, false, &seen, out);
    *done = ok && (size < 0 || out->length != 0 || seen == 0);
  }
  v_drop(t, piece);
  return ok;
}

static Value read_stream(Thread *t, MbObject *o, Value method, Value size_given) {
  int64_t size;
  if (!size_argument(t, size_given, &size)) return V_NULL;
  if (size == 0) return str_empty;
  StrBuilder out;
  strb_init(&out, t);
  for (bool done = false; !done; size = size < 0 ? size : 1) {   // half a character: byte by byte to its end
    if (read_piece(t, o, method, size, &out, &done)) continue;
    strb_discard(&out);
    return V_NULL;
  }
  return strb_finish(&out);
}

static NATIVE(reader_read) { return read_stream(t, v_mb(self), name_read, args[0]); }
static NATIVE(reader_readline) { return read_stream(t, v_mb(self), name_readline, args[0]); }

static NATIVE(reader_readlines) {
  Value text = read_stream(t, v_mb(self), name_read, args[0]);
  if (v_is_null(text)) return V_NULL;
  Value lines = object_call_method1(t, text, name_splitlines, V_TRUE);
  v_drop(t, text);
  return lines;
}

// --- Stream writer ----------------------------------------------------------------------------------------------------------------

static int write_text(Thread *t, MbObject *o, Value text) {
  Value bytes = encode_piece(t, o, text, 0, "couldn't convert the object to str.");
  Value result = v_is_null(bytes) ? V_NULL : object_call_method1(t, o->stream, name_write, bytes);
  v_drop(t, bytes);
  if (v_is_null(result)) return -1;
  v_drop(t, result);
  return 0;
}

static NATIVE(writer_write) { return write_text(t, v_mb(self), args[0]) < 0 ? V_NULL : V_NONE; }

static NATIVE(writer_writelines) {
  if (v_has_flag(args[0], TYPE_DICT) || !v_type(args[0])->slots.getitem) return raise_type_error(t, "arg must be a sequence object");
  for (int64_t i = 0;; i++) {
    int64_t length = object_length(t, args[0]);
    if (length < 0) return V_NULL;
    if (i >= length) return V_NONE;
    Value line = object_getitem(t, args[0], v_from_smi(i));
    int result = v_is_null(line) ? -1 : write_text(t, v_mb(self), line);
    v_drop(t, line);
    if (result < 0) return V_NULL;
  }
}

static NATIVE(writer_reset) {
  MbObject *o = v_mb(self);
  mutex_lock(t, &o->lock);
  bool waits = !v_is_null(o->text_waiting);
  mutex_unlock(&o->lock);
  if (!waits) return V_NONE;
  Value bytes = encode_piece(t, o, str_empty, MB_FLUSH | MB_RESET, "");
  if (v_is_null(bytes)) return V_NULL;
  Value result = v_bytes(bytes)->length ? object_call_method1(t, o->stream, name_write, bytes) : V_NONE;
  v_drop(t, bytes);
  if (v_is_null(result)) return V_NULL;
  v_drop(t, result);
  return V_NONE;
}

// --- What the four have in common -----------------------------------------------------------------------------------------------------

// The class's `codec`, which subclasses have: NULL with an exception.
static const MbCodec *class_codec(Thread *t, Type *type) {
  Value v = object_getattr(t, v_from_obj(&type->ob), name_codec);
  if (v_is_null(v)) return NULL;
  const MbCodec *codec = v_is_ptr(v) && v_type(v) == &type_codec ? ((MbCodecObject *)v_obj(v))->codec : NULL;
  v_drop(t, v);
  if (!codec) raise_type_error(t, "codec is unexpected type");
  return codec;
}

// errors: V_ABSENT or what was given as argument `position` of what CPython calls `function`.
static Value make(Thread *t, Type *type, Value stream, Value errors, const char *function, int position, bool encodes) {
  if (!v_is_absent(errors)) {
    if (!v_is_str(errors)) return raise_type_error(t, "%s() argument %d must be str, not %K", function, position, errors);
    if (!module_c_text(t, errors)) return V_NULL;
  }
  const MbCodec *codec = class_codec(t, type);
  Value v = codec ? type->slots.alloc(t, type, 0) : V_NULL;
  if (v_is_null(v)) return V_NULL;
  MbObject *o = v_mb(v);
  o->codec = codec;
  o->stream = v_is_null(stream) ? V_NULL : v_own(t, stream);
  o->errors = v_own(t, v_is_absent(errors) ? errors_strict : errors);
  o->text_waiting = V_NULL;
  if (encodes) start_encoding(codec, &o->state);
  else start_decoding(codec, &o->state);
  return v;
}

static Value encoder_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[1];
  if (native_bind(t, &binder, "IncrementalEncoder(errors='strict')", args, nargs, kwnames, bound) < 0) return V_NULL;
  return make(t, type, V_NULL, bound[0], "IncrementalEncoder", 1, true);
}
static Value decoder_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[1];
  if (native_bind(t, &binder, "IncrementalDecoder(errors='strict')", args, nargs, kwnames, bound) < 0) return V_NULL;
  return make(t, type, V_NULL, bound[0], "IncrementalDecoder", 1, false);
}
static Value reader_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "StreamReader(stream, errors='strict')", args, nargs, kwnames, bound) < 0) return V_NULL;
  return make(t, type, bound[0], bound[1], "StreamReader", 2, false);
}
static Value writer_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "StreamWriter(stream, errors='strict')", args, nargs, kwnames, bound) < 0) return V_NULL;
  return make(t, type, bound[0], bound[1], "StreamWriter", 2, true);
}

// __new__ has taken the arguments.
static int nothing_to_initialise(UNUSED_OK Thread *t, UNUSED_OK Value self, UNUSED_OK const Value *args, UNUSED_OK size_t nargs, UNUSED_OK Value kwnames) { return 0; }

static Value get_errors(Thread *t, Value self, UNUSED_OK void *closure) {
  MbObject *o = v_mb(self);
  mutex_lock(t, &o->lock);
  Value errors = v_own(t, o->errors);
  mutex_unlock(&o->lock);
  return errors;
}

static int set_errors(Thread *t, Value self, Value value, UNUSED_OK void *closure) {
  MbObject *o = v_mb(self);
  if (v_is_null(value)) return raise_error(t, &exc_AttributeError, "cannot delete attribute"), -1;
  if (!v_is_str(value)) return raise_type_error(t, "errors must be a string"), -1;
  if (!str_utf8(t, value, NULL)) return -1;
  Value errors = v_own(t, value);
  mutex_lock(t, &o->lock);
  Value replaced = o->errors;
  o->errors = errors;
  mutex_unlock(&o->lock);
  v_drop(t, replaced);
  return 0;
}

static void mb_dealloc(Thread *t, Object *ob) {
  MbObject *o = (MbObject *)ob;
  v_drop(t, o->errors);
  v_drop(t, o->stream);
  v_drop(t, o->text_waiting);
  heap_free_object(t, ob);
}

static void mb_traverse(Object *ob, GcVisit visit, void *arg) {
  MbObject *o = (MbObject *)ob;
  gc_visit_value(o->stream, visit, arg);
}

// --- The module -------------------------------------------------------------------------------------------------------------------

static const GetSetDef mb_getset[] = {{"errors", get_errors, set_errors, "How errors are treated: the name of an error handler.", NULL}, {0}};
static const MemberDef stream_members[] = {{"stream", MEMBER_VALUE, offsetof(MbObject, stream), true, NULL}, {0}};

static const NativeDef codec_methods[] = {
    {"encode($self, /, input, errors=None)", codec_encode_native, "Encodes a text: (bytes, how many characters they stand for).", 0},
    {"decode($self, /, input, errors=None)", codec_decode_native, "Decodes bytes: (text, how many bytes were read).", 0},
    {0}};
static const TypeSpec spec_codec = {.name = "_multibytecodec.MultibyteCodec", .size = sizeof(MbCodecObject), .flags = TYPE_NO_INSTANTIATE,
                                    .methods = codec_methods};

#define MB_SLOTS(kind) {.new = kind##_new, .init = nothing_to_initialise, .dealloc = mb_dealloc, .traverse = mb_traverse}

static const NativeDef encoder_methods[] = {
    {"encode($self, /, input, final=False)", encoder_encode, "The bytes for one more piece of text.", 0},
    {"getstate($self, /)", encoder_getstate, "What setstate() needs to go on from here, as an int.", 0},
    {"setstate($self, state, /)", encoder_setstate, "Goes on from where getstate() gave this.", 0},
    {"reset($self, /)", encoder_reset, "Forgets what waits and begins anew.", 0},
    {0}};
static const TypeSpec spec_encoder = {.name = "_multibytecodec.MultibyteIncrementalEncoder", .size = sizeof(MbObject), .flags = TYPE_BASETYPE,
                                      .slots = MB_SLOTS(encoder), .methods = encoder_methods, .getset = mb_getset};

static const NativeDef decoder_methods[] = {
    {"decode($self, /, input, final=False)", decoder_decode, "The text of one more piece of bytes.", 0},
    {"getstate($self, /)", decoder_getstate, "What setstate() needs to go on from here: bytes that wait, and an int.", 0},
    {"setstate($self, state, /)", decoder_setstate, "Goes on from where getstate() gave this.", 0},
    {"reset($self, /)", decoder_reset, "Forgets what waits and begins anew.", 0},
    {0}};
static const TypeSpec spec_decoder = {.name = "_multibytecodec.MultibyteIncrementalDecoder", .size = sizeof(MbObject), .flags = TYPE_BASETYPE,
                                      .slots = MB_SLOTS(decoder), .methods = decoder_methods, .getset = mb_getset};

static const NativeDef reader_methods[] = {
    {"read($self, sizeobj=None, /)", reader_read, "Text from so many bytes of the stream (None: all).", 0},
    {"readline($self, sizeobj=None, /)", reader_readline, "Text from one line of the stream.", 0},
    {"readlines($self, sizehintobj=None, /)", reader_readlines, "The lines of what read() gives, with their ends.", 0},
    {"reset($self, /)", decoder_reset, "Forgets what waits and begins anew.", 0},
    {0}};
static const TypeSpec spec_reader = {.name = "_multibytecodec.MultibyteStreamReader", .size = sizeof(MbObject), .flags = TYPE_BASETYPE,
                                     .slots = MB_SLOTS(reader), .methods = reader_methods, .getset = mb_getset, .members = stream_members};

static const NativeDef writer_methods[] = {
    {"write($self, strobj, /)", writer_write, "Writes a text to the stream, encoded.", 0},
    {"writelines($self, lines, /)", writer_writelines, "Writes each text of a sequence.", 0},
    {"reset($self, /)", writer_reset, "Writes what waits, and begins anew.", 0},
    {0}};
static const TypeSpec spec_writer = {.name = "_multibytecodec.MultibyteStreamWriter", .size = sizeof(MbObject), .flags = TYPE_BASETYPE,
                                     .slots = MB_SLOTS(writer), .methods = writer_methods, .getset = mb_getset, .members = stream_members};

// In CPython a way from one C module to another, of no use to programs; here getcodec() makes the object itself.
static NATIVE(create_codec) { return raise_value_error(t, "argument type invalid"); }

static const NativeDef functions[] = {{"__create_codec($module, arg, /)", create_codec, NULL, 0}, {0}};

Value mb_getcodec(Thread *t, const MbCodec *const *codecs, Value name) {
  if (!v_is_str(name)) return raise_type_error(t, "encoding name must be a string.");
  while (*codecs && !str_equals_cstr(name, (*codecs)->name)) codecs++;
  if (!*codecs) return raise_error(t, &exc_LookupError, "no such codec is supported.");
  for (Charset *const *s = (*codecs)->charsets; *s; s++)
    if (charset_load(t, *s) < 0) return V_NULL;
  Value module = import_module(t, "_multibytecodec");   // readies the types
  if (v_is_null(module)) return V_NULL;
  v_drop(t, module);
  Value v = type_codec.slots.alloc(t, &type_codec, 0);
  if (!v_is_null(v)) ((MbCodecObject *)v_obj(v))->codec = *codecs;
  return v;
}

static int multibytecodec_exec(Thread *t, Value m) {
  static const struct { Value *name; const char *text; } names[] = {
      {&errors_strict, "strict"}, {&name_codec, "codec"}, {&name_read, "read"}, {&name_readline, "readline"}, {&name_write, "write"},
      {&name_splitlines, "splitlines"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (v_is_null(*names[i].name = str_intern_cstr(t, names[i].text))) return -1;
  if (!type_ready(t, &type_codec, &spec_codec, 0)) return -1;
  static struct { Type *type; const TypeSpec *spec; } const types[] = {
      {&type_encoder, &spec_encoder}, {&type_decoder, &spec_decoder}, {&type_reader, &spec_reader}, {&type_writer, &spec_writer}};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (!type_ready(t, types[i].type, types[i].spec, 0) || module_add_type(t, m, types[i].type) < 0) return -1;
  return 0;
}

const ModuleDef module__multibytecodec = {.name = "_multibytecodec", .functions = functions, .exec = multibytecodec_exec};
