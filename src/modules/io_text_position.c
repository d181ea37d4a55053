// Places in a TextIOWrapper: tell, seek, truncate.
//
// tell() must name a place between characters: for the codecs done here the byte offset is computed by measuring what was given out of the
// chunk; for others the cookie packs a place where the decoder keeps no bytes, its flags there, the bytes to feed and the characters to skip.
#include <string.h>

#include "modules/io_text.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/object.h"

// --- Places of the codecs done here ---------------------------------------------------------------------------------------------------------

// How many characters the first n bytes of the chunk come to; -1. Where errors are not strict, only decoding tells.
static int64_t characters_in(Thread *t, TextIo *x, int64_t n) {
  size_t consumed = 0;
  Value text = utf8_decode(t, v_bytes(x->chunk)->data, (size_t)n, textio_errors(x), &consumed);
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
  if (x->codec == CODEC_UTF8 && strcmp(textio_errors(x), "strict") != 0) {
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

// --- Places of other codecs -----------------------------------------------------------------------------------------------------------------

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
  Value part = bytes_from(t, v_bytes(x->chunk)->data + from, (size_t)n), text = v_is_null(part) ? V_NULL : textio_decode_lines(t, x, part, final);
  int64_t chars = v_is_null(text) ? -1 : str_length(v_str(text));
  v_drop(t, part);
  v_drop(t, text);
  Value bytes;
  if (chars < 0 || textio_decoder_state(t, x, &bytes, flags) < 0) return -1;
  *kept = v_bytes(bytes)->length;
  v_drop(t, bytes);
  return chars;
}

// A first step near the place, guessed from the bytes per character: how many bytes, all decoded and within what was given out; -1.
static int64_t leap(Thread *t, TextIo *x, Place *p) {
  int64_t length = v_bytes(x->chunk)->length, whole = str_length(v_str(x->decoded)), n = whole ? length * x->used / whole : 0, back = 1;
  while (n > 0) {
    int64_t kept, flags;
    if (textio_set_decoder_state(t, x, bytes_empty, x->chunk_flags) < 0) return -1;
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
  return textio_set_decoder_state(t, x, bytes_empty, x->chunk_flags);
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
  if (textio_decoder_state(t, x, &kept, &flags) < 0) return V_NULL;
  int found = find_place(t, x, &p);
  Value error = found < 0 ? error_fetch(t) : V_NULL;
  int restored = textio_set_decoder_state(t, x, kept, flags);
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

NATIVE(textio_tell) {
  TextIo *x = textio_enter(t, self);
  if (!x) return V_NULL;
  Value r = V_NULL;
  if (textio_check_open(t, x) < 0) goto done;
  if (!x->seekable) {
    io_unsupported(t, "underlying stream is not seekable");
    goto done;
  }
  if (!x->telling) {
    raise_error(t, &exc_OSError, "telling position disabled by next() call");
    goto done;
  }
  if (textio_write_pending(t, x) < 0) goto done;
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
  textio_leave(x);
  return r;
}

static int reset_codecs(Thread *t, TextIo *x, bool at_start) {
  textio_forget_read(t, x);
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
    if (textio_need_decoder(t, x) < 0 || ((p.start || p.flags) && textio_set_decoder_state(t, x, bytes_empty, p.flags) < 0)) return V_NULL;
    v_set(t, &x->chunk, v_own(t, bytes_empty));
    x->chunk_flags = p.flags;
    textio_set_decoded(t, x, v_own(t, str_empty));
  }
  if (p.skip) {
    Value data = object_call_method1(t, x->buffer, N(read), v_from_smi(p.feed)), chunk = V_NULL;
    if (!v_is_null(data) && !v_is_bytes(data)) {
      raise_type_error(t, "underlying read() should have returned a bytes object, not '%.200T'", data);
      v_clear(t, &data);
    }
    Value text = v_is_null(data) ? V_NULL : textio_decode_chunk(t, x, data, p.at_end, &chunk);
    v_drop(t, data);
    if (v_is_null(text)) return V_NULL;
    v_set(t, &x->chunk, chunk);
    if ((uint64_t)str_length(v_str(text)) < p.skip) {
      v_drop(t, text);
      return raise_error(t, &exc_OSError, "can't restore logical file position");
    }
    textio_set_decoded(t, x, text);
    x->used = p.skip;
  }
  return v_own(t, cookie);
}

NATIVE(textio_seek) {
  int whence = v_is_absent(args[1]) ? 0 : number_as_int(t, args[1]);
  if (whence == -1 && error_pending(t)) return V_NULL;
  TextIo *x = textio_enter(t, self);
  if (!x) return V_NULL;
  Value r = V_NULL, cookie = V_NULL;
  if (textio_check_open(t, x) < 0) goto done;
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
  textio_leave(x);
  return r;
}

NATIVE(textio_truncate) {
  TextIo *x = textio_attached(t, self);
  if (!x) return V_NULL;
  Value flushed = object_call_method0(t, self, N(flush));
  if (v_is_null(flushed)) return V_NULL;
  v_drop(t, flushed);
  return io_call1(t, x->buffer, "truncate", v_is_absent(args[0]) ? V_NONE : args[0]);
}
