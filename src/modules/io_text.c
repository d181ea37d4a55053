// TextIOWrapper: text over a binary stream.
//
// Reading: bytes are read in chunks, decoded, newlines translated; `decoded` holds the text not yet given out from `used` on. Writing: text is
// encoded at once and its bytes collect in `pending` until a chunk is full, a newline needs flushing, or somebody looks at the stream below.
// UTF-8, ASCII and Latin-1 are decoded and encoded here; other encodings through the codec's incremental classes.
// tell() must name a place between characters: for the codecs done here the byte offset is computed by measuring what was given out of the
// chunk; for others the cookie packs a place where the decoder keeps no bytes, its flags there, the bytes to feed and the characters to skip.
// All under the stream lock, which the same thread may take again (a codec in Python may use the stream).
#include <stddef.h>
#include <string.h>

#include "gc/heap.h"
#include "modules/io_types.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/sys_state.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

typedef enum { CODEC_UTF8, CODEC_ASCII, CODEC_LATIN1, CODEC_OTHER } CodecKind;

typedef struct TextIo {
  IoBase base;
  Value buffer;                     // the binary stream; null: not initialised or detached
  Value encoding, errors;           // str
  Value newline;                    // what lines end with when neither universal nor translated; str
  Value write_newline;              // '\n' is written as this; null: as it is
  Value encoder, decoder;           // CODEC_OTHER: incremental codecs, made on demand; null
  Value decoded;                    // str or null
  int64_t used;                     // characters of `decoded` given out
  char tail[8];                     // bytes of an incomplete character (UTF-8)
  int tail_length;
  Value chunk;                      // bytes that `decoded` came from, those that the decoder had kept included; null
  int64_t chunk_flags;              // CODEC_OTHER: the decoder's flags before the chunk, as decoder_state tells them
  bool chunk_pending_cr;            // as pending_cr before the chunk
  Value pending;                    // list of bytes objects to write, or null
  int64_t pending_bytes, chunk_size;
  CodecKind codec;
  bool universal, translate, pending_cr, line_buffering, write_through, detached, telling, seekable, can_read, can_write, has_read1, finalizing;
  int seen;
  StreamLock lock;
} TextIo;

static TextIo *v_text(Value v) { return (TextIo *)v_obj(v); }

// --- Entering -------------------------------------------------------------------------------------------------------------------------------

static TextIo *attached(Thread *t, Value self) {
  TextIo *x = v_text(self);
  if (!v_is_null(x->buffer)) return x;
  raise_value_error(t, x->detached ? "underlying buffer has been detached" : "I/O operation on uninitialized object");
  return NULL;
}

static TextIo *enter(Thread *t, Value self) {
  TextIo *x = attached(t, self);
  if (!x || !io_is_reachable(t, self, &x->lock)) return NULL;
  stream_lock(t, &x->lock);
  return x;
}
static void leave(TextIo *x) { stream_unlock(&x->lock); }

void io_hold(Thread *t, Value stream, IoHold *h) {
  *h = (IoHold){.text = V_NULL, .buffer = V_NULL};
  if (v_type(stream) != &type_textiowrapper) return;
  TextIo *x = v_text(stream);
  StreamLock *below = v_is_null(x->buffer) ? NULL : io_buffered_lock(x->buffer);
  if (!below && (v_is_null(x->buffer) || v_type(x->buffer) != &type_fileio)) return;
  *h = (IoHold){v_own(t, stream), v_own(t, x->buffer), {&x->lock, below}};
  for (int i = 0; i < 2; i++) if (h->locks[i]) stream_lock(t, h->locks[i]);
}

void io_release(Thread *t, IoHold *h) {
  for (int i = 2; i-- > 0;) if (h->locks[i]) stream_unlock(h->locks[i]);
  v_drop(t, h->text);
  v_drop(t, h->buffer);
}

static int check_open(Thread *t, TextIo *x) {
  int closed = io_is_closed(t, x->buffer);
  if (closed > 0) io_closed_error(t);
  return closed ? -1 : 0;
}

// --- Codecs ---------------------------------------------------------------------------------------------------------------------------------

static CodecKind codec_kind(Value encoding) {
  const Str *s = v_str(encoding);
  char plain[16];
  int n = 0;
  for (int64_t i = 0; i < str_length(s) && n < 15; i++) {
    uint32_t c = str_char(s, i);
    if (c >= 'A' && c <= 'Z') c |= 32;
    if (c != '-' && c != '_' && c != ' ') plain[n++] = (char)(c < 128 ? c : '?');
  }
  plain[n] = '\0';
  if (strcmp(plain, "utf8") == 0) return CODEC_UTF8;
  if (strcmp(plain, "ascii") == 0 || strcmp(plain, "usascii") == 0) return CODEC_ASCII;
  if (strcmp(plain, "latin1") == 0 || strcmp(plain, "iso88591") == 0) return CODEC_LATIN1;
  return CODEC_OTHER;
}

static const char *errors_of(TextIo *x) { return v_str(x->errors)->data; }

// The codec's incremental encoder or decoder.
static Value make_incremental(Thread *t, TextIo *x, const char *which) {
  Value info = codec_lookup(t, v_str(x->encoding)->data), key = v_is_null(info) ? V_NULL : str_intern_cstr(t, which);
  Value factory = v_is_null(key) ? V_NULL : object_getattr(t, info, key);
  v_drop(t, info);
  if (v_is_null(factory)) return V_NULL;
  Value r = object_call1(t, factory, x->errors);
  v_drop(t, factory);
  return r;
}

static int need_decoder(Thread *t, TextIo *x) {
  if (x->codec != CODEC_OTHER || !v_is_null(x->decoder)) return 0;
  x->decoder = make_incremental(t, x, "incrementaldecoder");
  return v_is_null(x->decoder) ? -1 : 0;
}

// Decodes once more what has just failed, through the codec's own decoder: tracebacks show its frames, which programs compare and people search for.
static Value fail_in_decoder(Thread *t, TextIo *x, Value bytes, bool final) {
  if (!error_matches(t, &exc_UnicodeDecodeError) || strcmp(errors_of(x), "strict") != 0) return V_NULL;
  error_clear(t);
  Value decoder = make_incremental(t, x, "incrementaldecoder");
  if (v_is_null(decoder)) return V_NULL;
  Value text = object_call_method2(t, decoder, N(decode), bytes, v_from_bool(final));
  v_drop(t, decoder);
  if (!v_is_null(text) && !v_is_str(text)) {
    raise_type_error(t, "decoder should return a string result, not '%.200T'", text);
    v_clear(t, &text);
  }
  return text;
}

// Text of the bytes (the tail is part of them for UTF-8), newlines not yet looked at.
static Value decode_bytes(Thread *t, TextIo *x, Value bytes, bool final) {
  const Bytes *b = v_bytes(bytes);
  switch (x->codec) {
    case CODEC_UTF8: {
      size_t consumed = 0, n = (size_t)b->length;
      Value text = utf8_decode(t, b->data, n, errors_of(x), final ? NULL : &consumed);
      if (v_is_null(text)) return fail_in_decoder(t, x, bytes, final);
      x->tail_length = final ? 0 : (int)(n - consumed);
      memcpy(x->tail, b->data + (final ? n : consumed), (size_t)x->tail_length);
      return text;
    }
    case CODEC_ASCII: {
      Value text = ascii_decode(t, b->data, (size_t)b->length, errors_of(x));
      return v_is_null(text) ? fail_in_decoder(t, x, bytes, final) : text;
    }
    case CODEC_LATIN1: return latin1_decode(t, b->data, (size_t)b->length);
    default: {
      Value text = object_call_method2(t, x->decoder, N(decode), bytes, v_from_bool(final));
      if (!v_is_null(text) && !v_is_str(text)) {
        raise_type_error(t, "decoder should return a string result, not '%.200T'", text);
        v_clear(t, &text);
      }
      return text;
    }
  }
}

// The same with newlines as the reader wants them.
static Value decode_lines(Thread *t, TextIo *x, Value bytes, bool final) {
  Value text = decode_bytes(t, x, bytes, final);
  return !v_is_null(text) && x->universal ? newlines_decode(t, text, final, x->translate, &x->pending_cr, &x->seen) : text;
}

// CODEC_OTHER: the bytes that the decoder keeps, and its flags with the newlines' in the lowest bit, as an IncrementalNewlineDecoder has them.
static int decoder_state(Thread *t, TextIo *x, Value *kept, int64_t *flags) {
  Value state = io_call0(t, x->decoder, "getstate");
  if (v_is_null(state)) return -1;
  Value *item = v_is_tuple(state) && v_tuple(state)->length == 2 ? v_tuple(state)->items : NULL;
  bool ok = item && v_is_bytes(item[0]) && v_is_int(item[1]);
  if (!ok) raise_type_error(t, "illegal decoder state");
  else if (!int_as_i64(item[1], flags) || *flags >> 30) ok = (raise_error(t, &exc_OverflowError, "decoder state is too large"), false);
  if (ok) {
    *kept = v_own(t, item[0]);
    if (x->universal) *flags = *flags << 1 | x->pending_cr;
  }
  v_drop(t, state);
  return ok ? 0 : -1;
}

static int set_decoder_state(Thread *t, TextIo *x, Value kept, int64_t flags) {
  x->pending_cr = x->universal && (flags & 1);
  Value state = tuple_pack(t, 2, kept, v_from_smi(x->universal ? flags >> 1 : flags));
  Value r = v_is_null(state) ? V_NULL : io_call1(t, x->decoder, "setstate", state);
  v_drop(t, state);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

static Value encode_text(Thread *t, TextIo *x, Value text) {
  switch (x->codec) {
    case CODEC_UTF8: return utf8_encode(t, text, errors_of(x));
    case CODEC_ASCII: return ascii_encode(t, text, errors_of(x));
    case CODEC_LATIN1: return latin1_encode(t, text, errors_of(x));
    default: {
      Value r = io_call1(t, x->encoder, "encode", text);
      if (!v_is_null(r) && !v_is_bytes(r)) {
        raise_type_error(t, "encoder should return a bytes object, not '%.200T'", r);
        v_clear(t, &r);
      }
      return r;
    }
  }
}

// CODEC_OTHER: the encoder, which puts no byte order mark where the stream is not at its start.
static int need_encoder(Thread *t, TextIo *x) {
  if (x->codec != CODEC_OTHER || !x->can_write) return 0;
  v_set(t, &x->encoder, make_incremental(t, x, "incrementalencoder"));
  if (v_is_null(x->encoder)) return -1;
  if (!x->seekable) return 0;
  Value at = io_call0(t, x->buffer, "tell");
  if (v_is_null(at)) return -1;
  Value r = v_is_int(at) && int_sign(at) == 0 ? V_NONE : io_call1(t, x->encoder, "setstate", v_from_smi(0));
  v_drop(t, at);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

// --- Writing --------------------------------------------------------------------------------------------------------------------------------

static int write_pending(Thread *t, TextIo *x) {
  if (v_is_null(x->pending)) return 0;
  Value list = x->pending;
  x->pending = V_NULL;
  x->pending_bytes = 0;
  Value all = list_length(v_list(list)) == 1 ? list_get(t, v_list(list), 0) : object_call_method1(t, bytes_empty, N(join), list);
  v_drop(t, list);
  Value r = v_is_null(all) ? V_NULL : object_call_method1(t, x->buffer, N(write), all);
  v_drop(t, all);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

static void forget_read(Thread *t, TextIo *x) {
  v_clear(t, &x->decoded);
  v_clear(t, &x->chunk);
  x->used = 0;
}

METHOD(text_write) {
  (void)nargs, (void)kwnames;
  if (!v_is_str(args[0])) return raise_type_error(t, "write() argument must be str, not %K", args[0]);
  TextIo *x = enter(t, self);
  if (!x) return V_NULL;
  Value result = V_NULL, bytes = V_NULL, text = v_own(t, args[0]);
  if (check_open(t, x) < 0) goto done;
  if (!x->can_write) {
    io_unsupported(t, "not writable");
    goto done;
  }
  const Str *s = v_str(text);
  int64_t n = str_length(s);
  bool has_lf = (x->line_buffering || !v_is_null(x->write_newline)) && str_kind(s) == 1 ? memchr(s->data, '\n', (size_t)n) != NULL
                                                                                         : str_find(s, v_str(x->newline), 0, n) >= 0;
  if (str_kind(s) != 1) {
    has_lf = false;
    for (int64_t i = 0; i < n && !has_lf; i++) has_lf = str_char(s, i) == '\n';
  }
  bool flush_line = x->line_buffering && (has_lf || (str_kind(s) == 1 && memchr(s->data, '\r', (size_t)n)));
  if (has_lf && !v_is_null(x->write_newline)) {
    Value lf = str_from_char(t, '\n');
    Value replaced = object_call_method2(t, text, N(replace), lf, x->write_newline);
    v_drop(t, lf);
    v_drop(t, text);
    text = replaced;
    if (v_is_null(text)) goto done;
  }
  bytes = encode_text(t, x, text);
  if (v_is_null(bytes)) goto done;
  int64_t length = v_bytes(bytes)->length;
  if (x->pending_bytes && x->pending_bytes + length > x->chunk_size && write_pending(t, x) < 0) goto done;
  if (v_is_null(x->pending)) x->pending = list_new(t, 8);
  if (v_is_null(x->pending) || list_append(t, v_list(x->pending), bytes) < 0) goto done;
  x->pending_bytes += length;
  if ((x->pending_bytes >= x->chunk_size || flush_line || x->write_through) && write_pending(t, x) < 0) goto done;
  if (flush_line) {
    Value r = object_call_method0(t, x->buffer, N(flush));
    if (v_is_null(r)) goto done;
    v_drop(t, r);
  }
  forget_read(t, x);
  if (!v_is_null(x->decoder)) {
    Value r = io_call0(t, x->decoder, "reset");
    if (v_is_null(r)) goto done;
    v_drop(t, r);
  }
  result = int_from_i64(t, n);
done:
  v_drop(t, text);
  v_drop(t, bytes);
  leave(x);
  return result;
}

METHOD(text_flush) {
  UNUSED;
  TextIo *x = enter(t, self);
  if (!x) return V_NULL;
  Value r = V_NULL;
  x->telling = x->seekable;
  if (check_open(t, x) == 0 && write_pending(t, x) == 0) r = object_call_method0(t, x->buffer, N(flush));
  leave(x);
  return r;
}

// --- Reading --------------------------------------------------------------------------------------------------------------------------------

static void set_decoded(Thread *t, TextIo *x, Value stolen) {
  v_set(t, &x->decoded, stolen);
  x->used = 0;
}

// Text not yet given out, at most n characters (n < 0: all); owned.
static Value give(Thread *t, TextIo *x, int64_t n) {
  if (v_is_null(x->decoded)) return v_own(t, str_empty);
  int64_t left = str_length(v_str(x->decoded)) - x->used;
  if (n < 0 || n > left) n = left;
  Value r = x->used == 0 && n == left ? v_own(t, x->decoded) : str_slice(t, x->decoded, x->used, x->used + n);
  if (!v_is_null(r)) x->used += n;
  return r;
}

static Value join_bytes(Thread *t, const char *head, int64_t n, Value tail) {
  if (n == 0) return v_own(t, tail);
  Value joined = bytes_new(t, n + v_bytes(tail)->length);
  if (v_is_null(joined)) return V_NULL;
  memcpy(v_bytes(joined)->data, head, (size_t)n);
  memcpy(v_bytes(joined)->data + n, v_bytes(tail)->data, (size_t)v_bytes(tail)->length);
  return joined;
}

// Decodes data that was read, or its end. *chunk: what the text came from, for tell(); owned.
static Value decode_chunk(Thread *t, TextIo *x, Value data, bool final, Value *chunk) {
  x->chunk_pending_cr = x->pending_cr;
  if (x->codec == CODEC_OTHER) {
    Value kept = v_own(t, bytes_empty);
    if (x->telling && (v_drop(t, kept), decoder_state(t, x, &kept, &x->chunk_flags)) < 0) return V_NULL;
    *chunk = join_bytes(t, v_bytes(kept)->data, v_bytes(kept)->length, data);
    v_drop(t, kept);
  } else {
    *chunk = join_bytes(t, x->tail, x->tail_length, data);
  }
  Value text = v_is_null(*chunk) ? V_NULL : decode_lines(t, x, x->codec == CODEC_OTHER ? data : *chunk, final);
  if (v_is_null(text)) v_clear(t, chunk);
  return text;
}

// Reads and decodes one more chunk: 1, 0 at the end, -1.
static int read_chunk(Thread *t, TextIo *x, int64_t hint) {
  if (need_decoder(t, x) < 0) return -1;
  int64_t want = hint > x->chunk_size ? hint : x->chunk_size;
  Value data = io_call1(t, x->buffer, x->has_read1 ? "read1" : "read", v_from_smi(want));
  if (v_is_null(data)) return -1;
  if (!v_is_bytes(data)) {
    if (buffer_is_supported(data)) {
      Value exact = object_bytes(t, data);
      v_drop(t, data);
      data = exact;
      if (v_is_null(data)) return -1;
    } else {
      raise_type_error(t, "underlying %s() should have returned a bytes-like object, not '%.200T'", x->has_read1 ? "read1" : "read", data);
      v_drop(t, data);
      return -1;
    }
  }
  bool eof = v_bytes(data)->length == 0;
  Value chunk, text = decode_chunk(t, x, data, eof, &chunk);
  v_drop(t, data);
  if (v_is_null(text)) return -1;
  v_set(t, &x->chunk, chunk);
  if (str_length(v_str(text)) > 0) eof = false;
  set_decoded(t, x, text);
  return !eof;
}

static int prepare_read(Thread *t, TextIo *x) {
  if (check_open(t, x) < 0) return -1;
  if (!x->can_read) {
    io_unsupported(t, "not readable");
    return -1;
  }
  return write_pending(t, x);
}

static Value read_all(Thread *t, TextIo *x) {
  Value head = need_decoder(t, x) < 0 ? V_NULL : give(t, x, -1), result = V_NULL;
  if (v_is_null(head)) return V_NULL;
  Value data = object_call_method0(t, x->buffer, N(read));
  if (!v_is_null(data) && !v_is_bytes(data)) {
    Value exact = buffer_is_supported(data) ? object_bytes(t, data) : raise_type_error(t, "can't concat %T to bytes", data);
    v_drop(t, data);
    data = exact;
  }
  Value all = V_NULL, text = v_is_null(data) ? V_NULL : decode_chunk(t, x, data, true, &all);
  if (!v_is_null(text)) {
    result = str_length(v_str(head)) == 0 ? v_own(t, text) : str_concat(t, head, text);
    forget_read(t, x);
  }
  v_drop(t, text);
  v_drop(t, all);
  v_drop(t, data);
  v_drop(t, head);
  return result;
}

static Value read_chars(Thread *t, TextIo *x, int64_t n) {
  Value result = give(t, x, n);
  int64_t left = v_is_null(result) ? 0 : n - str_length(v_str(result));
  while (left > 0) {
    int r = read_chunk(t, x, left);
    if (r < 0) {
      v_drop(t, result);
      return V_NULL;
    }
    if (r == 0) break;
    Value more = give(t, x, left);
    left -= v_is_null(more) ? left : str_length(v_str(more));
    Value joined = v_is_null(more) ? V_NULL : str_concat(t, result, more);
    v_drop(t, more);
    v_drop(t, result);
    result = joined;
    if (v_is_null(result)) return V_NULL;
  }
  return result;
}

METHOD(text_read) {
  (void)nargs, (void)kwnames;
  int64_t n;
  if (io_size(t, args[0], &n) < 0) return V_NULL;
  TextIo *x = enter(t, self);
  if (!x) return V_NULL;
  Value r = prepare_read(t, x) < 0 ? V_NULL : n < 0 ? read_all(t, x) : read_chars(t, x, n);
  leave(x);
  return r;
}

// One line, limit < 0: whole; '' at the end.
static Value read_line(Thread *t, TextIo *x, int64_t limit) {
  if (write_pending(t, x) < 0) return V_NULL;
  Value line = V_NULL;
  for (;;) {
    int64_t have = v_is_null(x->decoded) ? 0 : str_length(v_str(x->decoded)) - x->used;
    if (have == 0) {
      int r = read_chunk(t, x, 0);
      if (r < 0) {
        v_drop(t, line);
        return V_NULL;
      }
      if (r == 0) {
        forget_read(t, x);
        return v_is_null(line) ? v_own(t, str_empty) : line;
      }
      have = str_length(v_str(x->decoded));
      if (have == 0) continue;
    }
    // An ending of two characters may straddle the border: search what has come so far together with the new text.
    Value search = x->decoded;
    int64_t start = x->used, carried = 0;
    Value joined = V_NULL;
    if (!v_is_null(line)) {
      carried = str_length(v_str(line));
      joined = str_concat(t, line, x->decoded);
      if (v_is_null(joined)) {
        v_drop(t, line);
        return V_NULL;
      }
      search = joined;
      start = carried > 0 ? carried - 1 : 0;
    }
    int64_t end = newline_find(search, start, x->universal && !x->translate, x->translate, x->newline);
    int64_t total = str_length(v_str(search)) - (v_is_null(joined) ? x->used : 0);
    int64_t upto = end < 0 ? total : end - (v_is_null(joined) ? x->used : 0);
    bool complete = end >= 0;
    if (limit >= 0 && upto >= limit) {
      upto = limit;
      complete = true;
    }
    // A lone '\r' at the end of the text may be the first half of "\r\n".
    int64_t take = upto - carried;
    if (take < 0) take = 0;
    Value piece = give(t, x, take);
    v_drop(t, joined);
    if (v_is_null(piece)) {
      v_drop(t, line);
      return V_NULL;
    }
    if (v_is_null(line)) {
      line = piece;
    } else {
      Value both = str_concat(t, line, piece);
      v_drop(t, line);
      v_drop(t, piece);
      line = both;
      if (v_is_null(line)) return V_NULL;
    }
    if (complete) return line;
  }
}

METHOD(text_readline) {
  (void)nargs, (void)kwnames;
  int64_t limit;
  if (io_plain_size(t, args[0], -1, &limit) < 0) return V_NULL;
  TextIo *x = enter(t, self);
  if (!x) return V_NULL;
  Value r = prepare_read(t, x) < 0 ? V_NULL : read_line(t, x, limit);
  leave(x);
  return r;
}

static Value text_iternext(Thread *t, Value self) {
  TextIo *x = enter(t, self);
  if (!x) return V_NULL;
  x->telling = false;
  Value line;
  if (v_type(self) == &type_textiowrapper) line = prepare_read(t, x) < 0 ? V_NULL : read_line(t, x, -1);
  else line = io_check_line(t, object_call_method0(t, self, N(readline)), true);
  if (!v_is_null(line) && str_length(v_str(line)) == 0) {
    v_clear(t, &line);
    forget_read(t, x);
    x->telling = x->seekable;
  }
  leave(x);
  return line;
}

// --- Position -------------------------------------------------------------------------------------------------------------------------------

// How many characters the first n bytes of the chunk come to; -1. Where errors are not strict, only decoding tells.
static int64_t characters_in(Thread *t, TextIo *x, int64_t n) {
  size_t consumed = 0;
  Value text = utf8_decode(t, v_bytes(x->chunk)->data, (size_t)n, errors_of(x), &consumed);
  bool pending = x->chunk_pending_cr;
  int seen = 0;
  if (!v_is_null(text) && x->universal) text = newlines_decode(t, text, false, x->translate, &pending, &seen);
  int64_t chars = v_is_null(text) ? -1 : str_length(v_str(text));
  v_drop(t, text);
  return chars;
}

// The smallest number of bytes that give `used` characters.
static int64_t bytes_by_decoding(Thread *t, TextIo *x) {
  int64_t low = 0, high = v_bytes(x->chunk)->length;
  while (low < high) {
    int64_t middle = low + (high - low) / 2, chars = characters_in(t, x, middle);
    if (chars < 0) return -1;
    if (chars < x->used) low = middle + 1;
    else high = middle;
  }
  return low;
}

static int64_t utf8_length(Thread *t, Value text, int64_t n) {
  Value out = str_slice(t, text, 0, n), bytes = v_is_null(out) ? V_NULL : utf8_encode(t, out, "surrogatepass");
  int64_t length = v_is_null(bytes) ? -1 : v_bytes(bytes)->length;
  v_drop(t, out);
  v_drop(t, bytes);
  return length;
}

// How many bytes of the chunk the first `used` characters of its text came from (codecs done here); -1: the '\r' before it is not given out
// yet; -2: an exception.
static int64_t bytes_given_out(Thread *t, TextIo *x) {
  const Bytes *b = v_bytes(x->chunk);
  int64_t lead = x->universal && x->chunk_pending_cr;   // the text begins with the newline of a '\r' before the chunk
  if (lead && x->used == 0) return -1;
  if (x->codec == CODEC_UTF8 && strcmp(errors_of(x), "strict") != 0) {
    int64_t n = bytes_by_decoding(t, x);
    return n < 0 ? -2 : n;
  }
  if (!x->translate && x->codec == CODEC_UTF8) {
    int64_t n = utf8_length(t, x->decoded, x->used);
    return n < 0 ? -2 : n - lead;
  }
  int64_t chars = lead, i = lead && x->translate && b->length && b->data[0] == '\n';
  bool previous_cr = false;
  while (i < b->length && chars < x->used) {
    uint8_t c = (uint8_t)b->data[i];
    int width = x->codec != CODEC_UTF8 || c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (x->translate && previous_cr && c == '\n') {   // the '\r' before it has been counted
      previous_cr = false;
      i++;
      continue;
    }
    previous_cr = c == '\r';
    chars++;
    i += width;
  }
  if (x->translate && previous_cr && i < b->length && b->data[i] == '\n') i++;
  return i;
}

// --- Position, for codecs that are not done here ----------------------------------------------------------------------------------------------

typedef struct Place {
  uint64_t start;                 // of the stream below
  uint32_t flags, feed, skip;     // the decoder's there, no bytes kept; bytes to decode then, and characters of those that have been given out
  uint8_t at_end;                 // whether they are to be decoded as the last ones
} Place;
enum { PLACE_BYTES = 21 };        // as CPython packs the fields

static Value place_pack(Thread *t, const Place *p) {
  uint8_t raw[24] = {0};
  memcpy(raw, &p->start, 8);
  memcpy(raw + 8, &p->flags, 4);
  memcpy(raw + 12, &p->feed, 4);
  memcpy(raw + 16, &p->skip, 4);
  raw[20] = p->at_end;
  mp_limb_t limbs[3];
  memcpy(limbs, raw, sizeof limbs);
  return int_from_limbs(t, limbs, 3, false);
}

static int place_unpack(Thread *t, Value cookie, Place *p) {
  uint8_t raw[PLACE_BYTES];
  if (int_to_bytes(t, cookie, raw, sizeof raw, true, false) < 0) return -1;
  memcpy(&p->start, raw, 8);
  memcpy(&p->flags, raw + 8, 4);
  memcpy(&p->feed, raw + 12, 4);
  memcpy(&p->skip, raw + 16, 4);
  p->at_end = raw[20];
  return 0;
}

// Decodes n bytes of the chunk: how many characters they give, -1. kept: how many bytes the decoder keeps.
static int64_t decode_part(Thread *t, TextIo *x, int64_t from, int64_t n, bool final, int64_t *kept, int64_t *flags) {
  Value part = bytes_from(t, v_bytes(x->chunk)->data + from, (size_t)n), text = v_is_null(part) ? V_NULL : decode_lines(t, x, part, final);
  int64_t chars = v_is_null(text) ? -1 : str_length(v_str(text));
  v_drop(t, part);
  v_drop(t, text);
  Value bytes;
  if (chars < 0 || decoder_state(t, x, &bytes, flags) < 0) return -1;
  *kept = v_bytes(bytes)->length;
  v_drop(t, bytes);
  return chars;
}

// A first step near the place, guessed from the bytes per character: how many bytes, all decoded and within what was given out; -1.
static int64_t leap(Thread *t, TextIo *x, Place *p) {
  int64_t length = v_bytes(x->chunk)->length, whole = str_length(v_str(x->decoded)), n = whole ? length * x->used / whole : 0, back = 1;
  while (n > 0) {
    int64_t kept, flags;
    if (set_decoder_state(t, x, bytes_empty, x->chunk_flags) < 0) return -1;
    int64_t chars = decode_part(t, x, 0, n, false, &kept, &flags);
    if (chars < 0) return -1;
    if (chars > x->used) {
      n -= back;
      back *= 2;
    } else if (kept) {
      n -= kept;
      back = 1;
    } else {
      p->start += (uint64_t)n;
      p->skip -= (uint32_t)chars;
      p->flags = (uint32_t)flags;
      return n;
    }
  }
  return set_decoder_state(t, x, bytes_empty, x->chunk_flags);
}

// Moves the place to the last one before `used` where the decoder keeps nothing, by decoding the chunk again.
static int find_place(Thread *t, TextIo *x, Place *p) {
  int64_t i = leap(t, x, p), length = v_bytes(x->chunk)->length, chars = 0, kept, flags;
  if (i < 0) return -1;
  while (chars < p->skip && i < length) {
    int64_t n = decode_part(t, x, i++, 1, false, &kept, &flags);
    if (n < 0) return -1;
    p->feed++;
    chars += n;
    if (kept || chars > p->skip) continue;
    p->start += p->feed;
    p->skip -= (uint32_t)chars;
    p->flags = (uint32_t)flags;
    p->feed = 0;
    chars = 0;
  }
  if (chars >= p->skip) return 0;
  int64_t n = decode_part(t, x, length, 0, true, &kept, &flags);
  p->at_end = 1;
  if (n >= 0 && chars + n < p->skip) raise_error(t, &exc_OSError, "can't reconstruct logical file position");
  return n < 0 || chars + n < p->skip ? -1 : 0;
}

static Value tell_other(Thread *t, TextIo *x, int64_t here) {
  Place p = {.start = (uint64_t)(here - v_bytes(x->chunk)->length), .flags = (uint32_t)x->chunk_flags, .skip = (uint32_t)x->used};
  if (x->used == 0) return place_pack(t, &p);
  Value kept;
  int64_t flags;
  int seen = x->seen;
  if (decoder_state(t, x, &kept, &flags) < 0) return V_NULL;
  int found = find_place(t, x, &p);
  Value error = found < 0 ? error_fetch(t) : V_NULL;
  int restored = set_decoder_state(t, x, kept, flags);
  v_drop(t, kept);
  x->seen = seen;
  if (!v_is_null(error)) error_restore(t, error);
  return found < 0 || restored < 0 ? V_NULL : place_pack(t, &p);
}

// --- tell and seek ------------------------------------------------------------------------------------------------------------------------------

// The kinds of line ends in some bytes; a '\r' at the end is not known yet. In the first chunk, tell() leaves `newlines` as if only what was given
// out had been read: CPython finds the position by decoding that again.
static int line_ends_in(const char *p, int64_t n) {
  int seen = 0;
  for (int64_t i = 0; i < n; i++) {
    if (p[i] == '\n') seen |= NL_SEEN_LF;
    else if (p[i] == '\r' && i + 1 < n) seen |= p[i + 1] == '\n' ? i++, NL_SEEN_CRLF : NL_SEEN_CR;
  }
  return seen;
}

METHOD(text_tell) {
  UNUSED;
  TextIo *x = enter(t, self);
  if (!x) return V_NULL;
  Value r = V_NULL;
  if (check_open(t, x) < 0) goto done;
  if (!x->seekable) {
    io_unsupported(t, "underlying stream is not seekable");
    goto done;
  }
  if (!x->telling) {
    raise_error(t, &exc_OSError, "telling position disabled by next() call");
    goto done;
  }
  if (write_pending(t, x) < 0) goto done;
  Value flushed = object_call_method0(t, x->buffer, N(flush));
  if (v_is_null(flushed)) goto done;
  v_drop(t, flushed);
  Value at = io_call0(t, x->buffer, "tell");
  if (v_is_null(at)) goto done;
  int64_t here = number_as_i64(t, at);
  v_drop(t, at);
  if (here == -1 && error_pending(t)) goto done;
  if (v_is_null(x->chunk) || v_is_null(x->decoded)) {
    r = int_from_i64(t, here - x->tail_length);
  } else if (x->codec != CODEC_OTHER) {
    int64_t start = here - v_bytes(x->chunk)->length, given_out = bytes_given_out(t, x);
    if (given_out == -2) goto done;
    if (start == 0 && !x->chunk_pending_cr && x->universal && x->used > 0) x->seen = line_ends_in(v_bytes(x->chunk)->data, given_out);
    r = int_from_i64(t, start + given_out);
  } else {
    r = tell_other(t, x, here);
  }
done:
  leave(x);
  return r;
}

static int reset_codecs(Thread *t, TextIo *x, bool at_start) {
  forget_read(t, x);
  x->tail_length = 0;
  x->pending_cr = false;
  Value r = V_NONE;
  if (!v_is_null(x->decoder)) r = io_call0(t, x->decoder, "reset");
  if (!v_is_null(r) && !v_is_null(x->encoder)) {
    v_drop(t, r);
    r = at_start ? io_call0(t, x->encoder, "reset") : io_call1(t, x->encoder, "setstate", v_from_smi(0));
  }
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

static Value seek_cookie(Thread *t, TextIo *x, Value cookie) {
  Place p;
  if (place_unpack(t, cookie, &p) < 0) return V_NULL;
  Value at = io_call1(t, x->buffer, "seek", int_from_u64(t, p.start));
  if (v_is_null(at)) return V_NULL;
  v_drop(t, at);
  if (reset_codecs(t, x, p.start == 0 && p.flags == 0) < 0) return V_NULL;
  if (x->codec == CODEC_OTHER && (p.start || p.flags || p.skip) && x->can_read) {
    if (need_decoder(t, x) < 0 || ((p.start || p.flags) && set_decoder_state(t, x, bytes_empty, p.flags) < 0)) return V_NULL;
    v_set(t, &x->chunk, v_own(t, bytes_empty));
    x->chunk_flags = p.flags;
    set_decoded(t, x, v_own(t, str_empty));
  }
  if (p.skip) {
    Value data = object_call_method1(t, x->buffer, N(read), v_from_smi(p.feed)), chunk = V_NULL;
    if (!v_is_null(data) && !v_is_bytes(data)) {
      raise_type_error(t, "underlying read() should have returned a bytes object, not '%.200T'", data);
      v_clear(t, &data);
    }
    Value text = v_is_null(data) ? V_NULL : decode_chunk(t, x, data, p.at_end, &chunk);
    v_drop(t, data);
    if (v_is_null(text)) return V_NULL;
    v_set(t, &x->chunk, chunk);
    if ((uint64_t)str_length(v_str(text)) < p.skip) {
      v_drop(t, text);
      return raise_error(t, &exc_OSError, "can't restore logical file position");
    }
    set_decoded(t, x, text);
    x->used = p.skip;
  }
  return v_own(t, cookie);
}

METHOD(text_seek) {
  (void)nargs, (void)kwnames;
  int whence = v_is_absent(args[1]) ? 0 : number_as_int(t, args[1]);
  if (whence == -1 && error_pending(t)) return V_NULL;
  TextIo *x = enter(t, self);
  if (!x) return V_NULL;
  Value r = V_NULL, cookie = V_NULL;
  if (check_open(t, x) < 0) goto done;
  if (!x->seekable) {
    io_unsupported(t, "underlying stream is not seekable");
    goto done;
  }
  // Compared as it is, converted when it is needed, and returned as it was.
  cookie = v_own(t, args[0]);
  int is_zero = whence == 1 || whence == 2 ? object_equal(t, cookie, v_from_smi(0)) : 0;
  if (is_zero < 0) goto done;
  if (whence == 1) {
    if (!is_zero) {
      io_unsupported(t, "can't do nonzero cur-relative seeks");
      goto done;
    }
    Value here = io_call0(t, self, "tell");
    if (v_is_null(here)) goto done;
    v_set(t, &cookie, here);
  } else if (whence == 2) {
    if (!is_zero) {
      io_unsupported(t, "can't do nonzero end-relative seeks");
      goto done;
    }
    Value flushed = object_call_method0(t, self, N(flush));
    if (v_is_null(flushed)) goto done;
    v_drop(t, flushed);
    r = object_call_method2(t, x->buffer, N(seek), v_from_smi(0), v_from_smi(2));
    if (!v_is_null(r) && reset_codecs(t, x, v_is_int(r) && int_sign(r) == 0) < 0) v_clear(t, &r);
    goto done;
  } else if (whence != 0) {
    raise_value_error(t, "invalid whence (%d, should be 0, 1 or 2)", whence);
    goto done;
  }
  int negative = object_compare_bool(t, cookie, v_from_smi(0), CMP_LT);
  if (negative > 0) raise_value_error(t, "negative seek position %R", cookie);
  if (negative != 0) goto done;
  Value flushed = object_call_method0(t, self, N(flush));
  if (v_is_null(flushed)) goto done;
  v_drop(t, flushed);
  Value position = number_int(t, cookie);
  if (!v_is_null(position)) r = seek_cookie(t, x, position);
  v_drop(t, position);
  if (!v_is_null(r)) v_set(t, &r, v_own(t, cookie));
done:
  v_drop(t, cookie);
  leave(x);
  return r;
}

METHOD(text_truncate) {
  (void)nargs, (void)kwnames;
  TextIo *x = attached(t, self);
  if (!x) return V_NULL;
  Value flushed = object_call_method0(t, self, N(flush));
  if (v_is_null(flushed)) return V_NULL;
  v_drop(t, flushed);
  return io_call1(t, x->buffer, "truncate", v_is_absent(args[0]) ? V_NONE : args[0]);
}

// --- Construction ---------------------------------------------------------------------------------------------------------------------------

static int set_newline(Thread *t, TextIo *x, Value newline) {
  bool none = v_is_absent_or_none(newline);
  if (!none && str_length(v_str(newline)) && !str_equals_cstr(newline, "\n") && !str_equals_cstr(newline, "\r") && !str_equals_cstr(newline, "\r\n")) {
    raise_value_error(t, "illegal newline value: %U", newline);
    return -1;
  }
  bool empty = !none && str_length(v_str(newline)) == 0;
  x->universal = none || empty;
  x->translate = none;
  v_set(t, &x->newline, none || empty ? str_from_char(t, '\n') : v_own(t, newline));
  bool plain = none || empty || str_equals_cstr(newline, "\n");   // os.linesep is '\n' here
  v_set(t, &x->write_newline, plain ? V_NULL : v_own(t, newline));
  return 0;
}

static int set_encoding(Thread *t, TextIo *x, Value encoding, Value errors) {
  if (unlikely(codec_names_checked) && !v_is_absent_or_none(errors)) {
    const char *name = str_utf8(t, errors, NULL);
    if (!name || codec_check_names(t, NULL, name) < 0) return -1;
  }
  bool locale = v_is_absent_or_none(encoding) || str_equals_cstr(encoding, "locale");
  Value name = locale ? str_from_cstr(t, "UTF-8") : v_own(t, encoding);
  Value handler = v_is_absent_or_none(errors) ? str_from_cstr(t, "strict") : v_own(t, errors);
  if (v_is_null(name) || v_is_null(handler)) {
    v_drop(t, name);
    v_drop(t, handler);
    return -1;
  }
  v_set(t, &x->encoding, name);
  v_set(t, &x->errors, handler);
  v_clear(t, &x->encoder);
  v_clear(t, &x->decoder);
  x->codec = codec_kind(name);
  if (x->codec != CODEC_OTHER) return 0;
  if (!str_utf8(t, name, NULL)) return -1;
  Value info = codec_lookup(t, v_str(name)->data);
  if (v_is_null(info)) return -1;
  Value is_text;
  int r = object_lookup_attr(t, info, N(_is_text_encoding), &is_text);
  v_drop(t, info);
  if (r <= 0) return r;
  r = object_is_true(t, is_text);
  v_drop(t, is_text);
  if (r == 0) raise_error(t, &exc_LookupError, "'%U' is not a text encoding; use codecs.open() to handle arbitrary codecs", name);
  return r > 0 ? 0 : -1;
}


// A flag given as a number: 1, 0, -1.
static int flag_argument(Thread *t, Value v, bool otherwise) {
  if (v_is_absent(v)) return otherwise;
  int n = number_as_int(t, v);
  return n == -1 && error_pending(t) ? -1 : n != 0;
}

static int text_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[6];
  if (native_bind(t, &binder, "TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)", args, nargs,
                  kwnames, a) < 0)
    return -1;
  TextIo *x = v_text(self);
  static const char *const function = "TextIOWrapper";
  if (io_text_argument(t, function, "encoding", a[1], false) < 0 || io_text_argument(t, function, "errors", a[2], true) < 0 ||
      io_text_argument(t, function, "newline", a[3], false) < 0)
    return -1;
  int line_buffering = flag_argument(t, a[4], false), write_through = line_buffering < 0 ? -1 : flag_argument(t, a[5], false);
  if (write_through < 0) return -1;
  v_clear(t, &x->buffer);
  if (sys_config.warn_default_encoding && v_is_absent_or_none(a[1]) && warn(t, &exc_EncodingWarning, 1, "'encoding' argument not specified") < 0) return -1;
  if (set_encoding(t, x, a[1], a[2]) < 0 || set_newline(t, x, a[3]) < 0) return -1;
  forget_read(t, x);
  v_clear(t, &x->pending);
  x->pending_bytes = 0;
  x->tail_length = 0;
  x->chunk_size = IO_BUFFER_SIZE;
  x->line_buffering = line_buffering;
  x->write_through = write_through;
  x->detached = x->pending_cr = false;
  x->seen = 0;
  int readable = io_flag(t, a[0], "readable"), writable = readable < 0 ? -1 : io_flag(t, a[0], "writable");
  int seekable = writable < 0 ? -1 : io_flag(t, a[0], "seekable");
  if (seekable < 0) return -1;
  x->seekable = x->telling = seekable;
  x->can_read = readable;
  x->can_write = writable;
  Value read1;
  int r = object_lookup_attr(t, a[0], N(read1), &read1);
  if (r < 0) return -1;
  if (r) v_drop(t, read1);
  x->has_read1 = r;
  v_set(t, &x->buffer, v_own(t, a[0]));
  if (need_encoder(t, x) == 0) return 0;
  v_clear(t, &x->buffer);
  return -1;
}

static Value text_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return type->slots.alloc(t, type, 0);
}

METHOD(text_reconfigure) {
  (void)self, (void)nargs, (void)kwnames;
  TextIo *x = enter(t, self);
  if (!x) return V_NULL;
  Value result = V_NULL;
  bool new_codec = !v_is_absent_or_none(args[0]) || !v_is_absent_or_none(args[1]) || !v_is_absent(args[2]);
  for (int i = 0; i < 3; i++) {
    if (v_is_absent_or_none(args[i]) || v_is_str(args[i])) continue;
    raise_type_error(t, "bad argument type for built-in operation");
    goto done;
  }
  int line_buffering = flag_argument(t, v_is_none(args[3]) ? V_ABSENT : args[3], x->line_buffering);
  int write_through = line_buffering < 0 ? -1 : flag_argument(t, v_is_none(args[4]) ? V_ABSENT : args[4], x->write_through);
  if (write_through < 0) goto done;
  if (!v_is_null(x->decoded) && new_codec) {
    io_unsupported(t, "It is not possible to set the encoding or newline of stream after the first read");
    goto done;
  }
  Value flushed = object_call_method0(t, self, N(flush));
  if (v_is_null(flushed)) goto done;
  v_drop(t, flushed);
  if (!v_is_absent_or_none(args[0]) || !v_is_absent_or_none(args[1])) {
    Value encoding = v_is_absent_or_none(args[0]) ? v_own(t, x->encoding) : v_own(t, args[0]);
    // A new encoding alone goes back to strict.
    Value errors = !v_is_absent_or_none(args[1]) ? v_own(t, args[1]) : v_is_absent_or_none(args[0]) ? v_own(t, x->errors) : V_NONE;
    int r = set_encoding(t, x, encoding, errors);
    v_drop(t, encoding);
    v_drop(t, errors);
    if (r < 0 || need_encoder(t, x) < 0) goto done;
  }
  if (!v_is_absent(args[2]) && set_newline(t, x, args[2]) < 0) goto done;
  if (new_codec) {   // what has been seen, it has seen with the old one
    x->seen = 0;
    x->pending_cr = false;
  }
  x->line_buffering = line_buffering;
  x->write_through = write_through;
  result = V_NONE;
done:
  leave(x);
  return result;
}

// --- The rest -------------------------------------------------------------------------------------------------------------------------------

METHOD(text_close) {
  UNUSED;
  TextIo *x = attached(t, self);
  if (!x) return V_NULL;
  int closed = io_is_closed(t, x->buffer);
  if (closed) return closed < 0 ? V_NULL : V_NONE;
  if (x->finalizing) {
    Value warned = io_call1(t, x->buffer, "_dealloc_warn", self);
    error_clear(t);
    v_drop(t, warned);
  }
  Value r = object_call_method0(t, self, N(flush));
  Value error = v_is_null(r) ? error_fetch(t) : V_NULL;
  v_drop(t, r);
  r = io_call0(t, x->buffer, "close");
  if (v_is_null(error)) return r;
  error_chain(t, error);
  v_drop(t, r);
  return V_NULL;
}

METHOD(text_detach) {
  UNUSED;
  TextIo *x = attached(t, self);
  if (!x) return V_NULL;
  Value r = object_call_method0(t, self, N(flush));
  if (v_is_null(r)) return V_NULL;
  v_drop(t, r);
  Value buffer = x->buffer;
  x->buffer = V_NULL;
  x->detached = true;
  return buffer;
}

#define FORWARD(method) \
  METHOD(text_##method) { UNUSED; TextIo *x = attached(t, self); return x ? io_call0(t, x->buffer, #method) : V_NULL; }
FORWARD(seekable)
FORWARD(readable)
FORWARD(writable)
FORWARD(fileno)
FORWARD(isatty)

static Value forward_attribute(Thread *t, Value self, void *name) {
  TextIo *x = attached(t, self);
  Value key = x ? str_intern_cstr(t, name) : V_NULL;
  return v_is_null(key) ? V_NULL : object_getattr(t, x->buffer, key);
}
static Value get_newlines(Thread *t, Value self, void *c) {
  (void)c;
  TextIo *x = attached(t, self);
  return !x ? V_NULL : x->universal ? newlines_seen(t, x->seen) : V_NONE;
}
static Value get_buffer(Thread *t, Value self, void *c) {
  (void)c;
  TextIo *x = v_text(self);
  return x->detached || v_is_null(x->buffer) ? V_NONE : v_own(t, x->buffer);
}
static Value get_encoding(Thread *t, Value self, void *c) { (void)c; return v_is_null(v_text(self)->encoding) ? V_NONE : v_own(t, v_text(self)->encoding); }
static Value get_errors(Thread *t, Value self, void *c) {
  (void)c;
  TextIo *x = v_text(self);
  return x->detached || attached(t, self) ? v_own(t, x->errors) : V_NULL;
}
static Value get_chunk_size(Thread *t, Value self, void *c) { (void)c; TextIo *x = attached(t, self); return x ? int_from_i64(t, x->chunk_size) : V_NULL; }
static int set_chunk_size(Thread *t, Value self, Value v, void *c) {
  (void)c;
  TextIo *x = attached(t, self);
  if (!x) return -1;
  if (v_is_null(v)) {
    raise_error(t, &exc_AttributeError, "cannot delete attribute");
    return -1;
  }
  int64_t n = number_as_i64(t, v);
  if (n == -1 && error_pending(t)) return -1;
  if (n <= 0) {
    raise_value_error(t, "a strictly positive integer is required");
    return -1;
  }
  x->chunk_size = n;
  return 0;
}

static Value text_repr(Thread *t, Value self) {
  TextIo *x = v_text(self);
  if (!x->detached && !attached(t, self)) return V_NULL;
  Value name, mode;
  int has_name = object_lookup_attr(t, self, N(name), &name);
  if (has_name < 0) {
    if (!error_matches(t, &exc_ValueError)) return V_NULL;
    error_clear(t);
    has_name = 0;
  }
  int has_mode = object_lookup_attr(t, self, N(mode), &mode);
  if (has_mode < 0) {
    v_drop(t, name);
    return V_NULL;
  }
  Value a = has_name ? str_from_format(t, " name=%R", name) : v_own(t, str_empty);
  Value b = has_mode ? str_from_format(t, " mode=%R", mode) : v_own(t, str_empty);
  Value r = v_is_null(a) || v_is_null(b) ? V_NULL : str_from_format(t, "<_io.TextIOWrapper%U%U encoding=%R>", a, b, x->encoding);
  v_drop(t, a);
  v_drop(t, b);
  if (has_name) v_drop(t, name);
  if (has_mode) v_drop(t, mode);
  return r;
}

METHOD(text_getstate) { UNUSED; return raise_type_error(t, "cannot pickle '%.100T' object", self); }

#define EACH_VALUE(X) X(buffer) X(encoding) X(errors) X(newline) X(write_newline) X(encoder) X(decoder) X(decoded) X(chunk) X(pending)
static void text_clear(Thread *t, Object *o) {
  TextIo *x = (TextIo *)o;
#define CLEAR(field) v_clear(t, &x->field);
  EACH_VALUE(CLEAR)
#undef CLEAR
  io_base_clear(t, o);
}
static void text_dealloc(Thread *t, Object *o) {
  text_clear(t, o);
  heap_free_object(t, o);
}
static void text_traverse(Object *o, GcVisit visit, void *arg) {
  TextIo *x = (TextIo *)o;
#define VISIT(field) gc_visit_value(x->field, visit, arg);
  EACH_VALUE(VISIT)
#undef VISIT
  io_base_traverse(o, visit, arg);
}

static const NativeDef text_methods[] = {
    {"detach($self, /)", text_detach, NULL, 0},
    {"reconfigure($self, /, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)", text_reconfigure,
     "Changes encoding, error handling, newlines or buffering.", 0},
    {"write($self, text, /)", text_write, NULL, 0},
    {"read($self, size=-1, /)", text_read, NULL, 0},
    {"readline($self, size=-1, /)", text_readline, NULL, 0},
    {"flush($self, /)", text_flush, NULL, 0},
    {"close($self, /)", text_close, NULL, 0},
    {"fileno($self, /)", text_fileno, NULL, 0},
    {"seekable($self, /)", text_seekable, NULL, 0},
    {"readable($self, /)", text_readable, NULL, 0},
    {"writable($self, /)", text_writable, NULL, 0},
    {"isatty($self, /)", text_isatty, NULL, 0},
    {"seek($self, cookie, whence=0, /)", text_seek, NULL, 0},
    {"tell($self, /)", text_tell, NULL, 0},
    {"truncate($self, pos=None, /)", text_truncate, NULL, 0},
    {"__getstate__($self, /)", text_getstate, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef text_getset[] = {
    {"name", forward_attribute, NULL, NULL, "name"},
    {"closed", forward_attribute, NULL, NULL, "closed"},
    {"newlines", get_newlines, NULL, NULL, NULL},
    {"buffer", get_buffer, NULL, NULL, NULL},
    {"encoding", get_encoding, NULL, NULL, NULL},
    {"errors", get_errors, NULL, NULL, NULL},
    {"_CHUNK_SIZE", get_chunk_size, set_chunk_size, NULL, NULL},
    {0},
};
static const MemberDef text_members[] = {
    {"line_buffering", MEMBER_BOOL, offsetof(TextIo, line_buffering), true, NULL},
    {"write_through", MEMBER_BOOL, offsetof(TextIo, write_through), true, NULL},
    {"_finalizing", MEMBER_BOOL, offsetof(TextIo, finalizing), false, NULL},
    {0},
};

Type type_textiowrapper;
static const TypeSpec spec_text = {
    .name = "_io.TextIOWrapper",
    .base = &type_textiobase,
    .size = sizeof(TextIo),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER,
    .ext_offset = offsetof(IoBase, ext),
    .slots = {.new = text_new, .init = text_init, .repr = text_repr, .iternext = text_iternext, .finalize = io_finalize,
              .dealloc = text_dealloc, .traverse = text_traverse, .clear = text_clear},
    .methods = text_methods,
    .getset = text_getset,
    .members = text_members,
    .doc = "A stream of text upon a buffered stream of bytes.",
    .text_signature = "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
};

bool textio_init(Thread *t) { return type_ready(t, &type_textiowrapper, &spec_text, 0); }
