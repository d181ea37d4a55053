// What the files of _io share: the stream types, their structs, and common checks.
//
// Locking: FileIO has no state that changes but its descriptor; buffered and text streams, BytesIO and StringIO work under their own stream
// lock (a recursive mutex that detaches while it waits), in both builds, for the GIL is given up during reads and writes.
#ifndef WEFT_MODULES_IO_TYPES_H
#define WEFT_MODULES_IO_TYPES_H

#include "modules/stream_lock.h"
#include "objects/type.h"

extern Type type_iobase, type_rawiobase, type_bufferediobase, type_textiobase, type_fileio, type_bytesio, type_stringio, type_bufferedreader,
    type_bufferedwriter, type_bufferedrandom, type_bufferedrwpair, type_textiowrapper, type_newlinedecoder;
extern Type *io_unsupported_operation;  // class UnsupportedOperation(OSError, ValueError)

enum { IO_BUFFER_SIZE = 8192 };

typedef struct IoBase { Object ob; uint64_t ext; bool closed; } IoBase;

// --- Common -------------------------------------------------------------------------------------------------------------------------------
Value io_unsupported(Thread *t, const char *message);                   // raises UnsupportedOperation
Value io_closed_error(Thread *t);                                       // ValueError "I/O operation on closed file."
int io_is_closed(Thread *t, Value stream);                              // stream.closed: 1, 0, -1
Value io_call0(Thread *t, Value stream, const char *method);
Value io_call1(Thread *t, Value stream, const char *method, Value a);
bool io_is_reachable(Thread *t, Value stream, const StreamLock *l);     // false, RuntimeError: l is orphaned
int io_flag(Thread *t, Value stream, const char *method);               // bool(stream.method()): 1, 0, -1
Value io_base_get_closed(Thread *t, Value self, void *closure);         // of streams that keep it in IoBase
void io_finalize(Thread *t, Value self);                                // __del__: closes
// What a stream's own readline() has answered (stolen): OSError unless it is a str (text), or bytes.
Value io_check_line(Thread *t, Value line, bool text);
// A size argument: absent or None is -1. 0, or -1 with TypeError or OverflowError.
int io_size(Thread *t, Value v, int64_t *out);
// A size argument where None is no number: absent is `otherwise`. 0, or -1 with TypeError or OverflowError.
int io_plain_size(Thread *t, Value v, int64_t otherwise, int64_t *out);
// An argument that is a text or None, and absent at will: 0, or -1 with TypeError, or ValueError for a NUL in it unless `nul`.
int io_text_argument(Thread *t, const char *function, const char *name, Value v, bool nul);
// A writable buffer to read into; TypeError "FUNCTION() argument must be read-write bytes-like object, not %T". 0, -1.
int io_writable_buffer(Thread *t, Value v, const char *function, BufferView *view);
// Whether a raw stream can do what its method says (readable...): 0, or -1 with UnsupportedOperation.
int io_check_raw(Thread *t, Value raw, const char *method);
void io_base_clear(Thread *t, Object *o);
void io_base_traverse(Object *o, GcVisit visit, void *arg);
void io_base_dealloc(Thread *t, Object *o);
bool io_base_init(Thread *t);

// --- FileIO -----------------------------------------------------------------------------------------------------------------------------
typedef struct FileIo {
  IoBase base;
  int fd;
  bool created, readable, writable, appending, closefd, finalizing;
  signed char seekable;    // -1: not asked yet
  int32_t block_size;
} FileIo;
// n bytes at most; 0 end of file, -1 error, -2 would block. Detaches; signal handlers run on EINTR.
int64_t fileio_read_into(Thread *t, FileIo *f, char *p, int64_t n);
int64_t fileio_write_from(Thread *t, FileIo *f, const char *p, int64_t n);
bool fileio_init(Thread *t);

// --- Holding ----------------------------------------------------------------------------------------------------------------------------
// Others kept out of a text stream and the buffer below it.
typedef struct IoHold { Value text, buffer; StreamLock *locks[2]; } IoHold;
// Waits for who is writing to `stream`, if that is a TextIOWrapper over a file: only such a writer needs no other lock. Nothing is held otherwise.
void io_hold(Thread *t, Value stream, IoHold *h);
void io_release(Thread *t, IoHold *h);
StreamLock *io_buffered_lock(Value v);   // of a buffered writer over a file; NULL: v is not one

// --- The others -------------------------------------------------------------------------------------------------------------------------
bool bytesio_init(Thread *t);
bool stringio_init(Thread *t);
bool buffered_init(Thread *t);
bool rwpair_init(Thread *t);
bool textio_init(Thread *t);
bool newlines_init(Thread *t);
Value io_open(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);
Value io_text_encoding(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);

// --- Newlines ---------------------------------------------------------------------------------------------------------------------------
enum { NL_SEEN_CR = 1, NL_SEEN_LF = 2, NL_SEEN_CRLF = 4 };
// Universal newlines: *pending_cr carries a '\r' at the end of the last piece; translate turns all kinds into '\n'. Owned str; steals text.
Value newlines_decode(Thread *t, Value text, bool final, bool translate, bool *pending_cr, int *seen);
Value newlines_seen(Thread *t, int seen);                               // the `newlines` attribute
// End of the first line of s at or after start: the index behind it, or -1. universal: \n, \r, \r\n; else the given ending.
int64_t newline_find(Value text, int64_t start, bool universal, bool translated, Value ending);

#endif
