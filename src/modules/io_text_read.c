// Reading from a TextIOWrapper: chunks, lines, all of it.
#include <string.h>

#include "modules/io_text.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/object.h"

void textio_forget_read(Thread *t, TextIo *x) {
  v_clear(t, &x->decoded);
  v_clear(t, &x->chunk);
  x->used = 0;
}

void textio_set_decoded(Thread *t, TextIo *x, Value stolen) {
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

Value textio_decode_chunk(Thread *t, TextIo *x, Value data, bool final, Value *chunk) {
  x->chunk_pending_cr = x->pending_cr;
  if (x->codec == CODEC_OTHER) {
    Value kept = v_own(t, bytes_empty);
    if (x->telling && (v_drop(t, kept), textio_decoder_state(t, x, &kept, &x->chunk_flags)) < 0) return V_NULL;
    *chunk = join_bytes(t, v_bytes(kept)->data, v_bytes(kept)->length, data);
    v_drop(t, kept);
  } else {
    *chunk = join_bytes(t, x->tail, x->tail_length, data);
  }
  Value text = v_is_null(*chunk) ? V_NULL : textio_decode_lines(t, x, x->codec == CODEC_OTHER ? data : *chunk, final);
  if (v_is_null(text)) v_clear(t, chunk);
  return text;
}

// Reads and decodes one more chunk: 1, 0 at the end, -1.
static int read_chunk(Thread *t, TextIo *x, int64_t hint) {
  if (textio_need_decoder(t, x) < 0) return -1;
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
  Value chunk, text = textio_decode_chunk(t, x, data, eof, &chunk);
  v_drop(t, data);
  if (v_is_null(text)) return -1;
  v_set(t, &x->chunk, chunk);
  if (str_length(v_str(text)) > 0) eof = false;
  textio_set_decoded(t, x, text);
  return !eof;
}

static int prepare_read(Thread *t, TextIo *x) {
  if (textio_check_open(t, x) < 0) return -1;
  if (!x->can_read) {
    io_unsupported(t, "not readable");
    return -1;
  }
  return textio_write_pending(t, x);
}

static Value read_all(Thread *t, TextIo *x) {
  Value head = textio_need_decoder(t, x) < 0 ? V_NULL : give(t, x, -1), result = V_NULL;
  if (v_is_null(head)) return V_NULL;
  Value data = object_call_method0(t, x->buffer, N(read));
  if (!v_is_null(data) && !v_is_bytes(data)) {
    Value exact = buffer_is_supported(data) ? object_bytes(t, data) : raise_type_error(t, "can't concat %T to bytes", data);
    v_drop(t, data);
    data = exact;
  }
  Value all = V_NULL, text = v_is_null(data) ? V_NULL : textio_decode_chunk(t, x, data, true, &all);
  if (!v_is_null(text)) {
    result = str_length(v_str(head)) == 0 ? v_own(t, text) : str_concat(t, head, text);
    textio_forget_read(t, x);
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

NATIVE(textio_read) {
  int64_t n;
  if (io_size(t, args[0], &n) < 0) return V_NULL;
  TextIo *x = textio_enter(t, self);
  if (!x) return V_NULL;
  Value r = prepare_read(t, x) < 0 ? V_NULL : n < 0 ? read_all(t, x) : read_chars(t, x, n);
  textio_leave(x);
  return r;
}

// One line, limit < 0: whole; '' at the end.
static Value read_line(Thread *t, TextIo *x, int64_t limit) {
  if (textio_write_pending(t, x) < 0) return V_NULL;
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
        textio_forget_read(t, x);
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

NATIVE(textio_readline) {
  int64_t limit;
  if (io_plain_size(t, args[0], -1, &limit) < 0) return V_NULL;
  TextIo *x = textio_enter(t, self);
  if (!x) return V_NULL;
  Value r = prepare_read(t, x) < 0 ? V_NULL : read_line(t, x, limit);
  textio_leave(x);
  return r;
}

Value textio_iternext(Thread *t, Value self) {
  TextIo *x = textio_enter(t, self);
  if (!x) return V_NULL;
  x->telling = false;
  Value line;
  if (v_type(self) == &type_textiowrapper) line = prepare_read(t, x) < 0 ? V_NULL : read_line(t, x, -1);
  else line = io_check_line(t, object_call_method0(t, self, N(readline)), true);
  if (!v_is_null(line) && str_length(v_str(line)) == 0) {
    v_clear(t, &line);
    textio_forget_read(t, x);
    x->telling = x->seekable;
  }
  textio_leave(x);
  return line;
}
