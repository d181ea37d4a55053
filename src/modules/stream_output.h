// Where zlib, bzip2 and lzma put their output: bytes that get more room as they fill up, in CPython's steps, up to a limit.
//
// The steps are part of what programs see: deflate without compression, and decompressors with max_length, depend on the room that they are given.
#ifndef WEFT_MODULES_STREAM_OUTPUT_H
#define WEFT_MODULES_STREAM_OUTPUT_H

#include "objects/bytes.h"

typedef struct StreamOutput {
  BytesBuilder bytes;      // length: what the coder wrote so far; its owner adds to it
  int64_t limit, first;
  int steps;
} StreamOutput;            // never copied

// first: how much room at first; 0: as usual. limit: bytes in all; negative: none.
void stream_output_init(StreamOutput *o, Thread *t, int64_t first, int64_t limit);
// More room, *n bytes. NULL: the limit is reached, or there is no memory (MemoryError).
uint8_t *stream_output_room(StreamOutput *o, unsigned *n);
// The bytes; V_NULL if an exception is pending.
Value stream_output_finish(StreamOutput *o);

#endif
