// TextIOWrapper inside: its state, and what its files do for each other.
//
// Reading: bytes are read in chunks, decoded, newlines translated; `decoded` holds the text not yet given out from `used` on. Writing: text is
// encoded at once and its bytes collect in `pending` until a chunk is full, a newline needs flushing, or somebody looks at the stream below.
// UTF-8, ASCII and Latin-1 are decoded and encoded by io_text_codec.c itself; other encodings through the codec's incremental classes.
//
// Locking: all under the stream lock, which the same thread may take again: what takes a TextIo expects it to be held, and may run Python code
// (a codec, the stream below) that uses the stream. io_text.c is the type, io_text_read.c reads, io_text_position.c tells and seeks.
#ifndef WEFT_MODULES_IO_TEXT_H
#define WEFT_MODULES_IO_TEXT_H

#include "modules/io_types.h"
#include "objects/str.h"
#include "objects/text_native.h"

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

static inline TextIo *v_text(Value v) { return (TextIo *)v_obj(v); }

// --- Entering -------------------------------------------------------------------------------------------------------------------------------

// The state; NULL, ValueError: not initialised or detached. No lock is needed.
TextIo *textio_attached(Thread *t, Value self);
// The same, its lock taken (blocks, detached); textio_leave gives it back.
TextIo *textio_enter(Thread *t, Value self);
static inline void textio_leave(TextIo *x) { stream_unlock(&x->lock); }
int textio_check_open(Thread *t, TextIo *x);   // 0, or -1 with ValueError

// --- Codecs (io_text_codec.c) ---------------------------------------------------------------------------------------------------------------

static inline const char *textio_errors(const TextIo *x) { return v_str(x->errors)->data; }
// Takes an encoding and its error handler (absent or None: the defaults), and forgets the codecs of those before. 0, -1.
int textio_set_encoding(Thread *t, TextIo *x, Value encoding, Value errors);
int textio_need_decoder(Thread *t, TextIo *x);   // makes it where there is none yet. 0, -1
// CODEC_OTHER: makes the encoder anew, which puts no byte order mark where the stream is not at its start. 0, -1.
int textio_need_encoder(Thread *t, TextIo *x);
// Text of the bytes (the tail is part of them for UTF-8), newlines as the reader wants them; owned.
Value textio_decode_lines(Thread *t, TextIo *x, Value bytes, bool final);
Value textio_encode(Thread *t, TextIo *x, Value text);   // owned bytes
// CODEC_OTHER: the bytes that the decoder keeps (owned), and its flags with the newlines' in the lowest bit, as an IncrementalNewlineDecoder
// has them. 0, -1.
int textio_decoder_state(Thread *t, TextIo *x, Value *kept, int64_t *flags);
int textio_set_decoder_state(Thread *t, TextIo *x, Value kept, int64_t flags);

// --- Reading (io_text_read.c) ---------------------------------------------------------------------------------------------------------------

void textio_set_decoded(Thread *t, TextIo *x, Value stolen);   // text to give out
void textio_forget_read(Thread *t, TextIo *x);
// Decodes data that was read, or its end; owned. *chunk: what the text came from, for tell(); owned.
Value textio_decode_chunk(Thread *t, TextIo *x, Value data, bool final, Value *chunk);
NATIVE(textio_read);
NATIVE(textio_readline);
Value textio_iternext(Thread *t, Value self);

// --- Writing (io_text.c) --------------------------------------------------------------------------------------------------------------------

int textio_write_pending(Thread *t, TextIo *x);   // hands what is pending to the stream below. 0, -1

// --- Position (io_text_position.c) ----------------------------------------------------------------------------------------------------------

NATIVE(textio_tell);
NATIVE(textio_seek);
NATIVE(textio_truncate);

#endif
