// What the files of _pickle share: the opcodes, the two machines that write and read pickles, and the module's own names and tables.
//
// A Saver writes one object after another to a buffer of its own, and from there to a file if it has one; a Loader reads. dumps() and loads()
// keep theirs on the C stack; a Pickler or an Unpickler holds one, under a lock that a thread keeps for a whole dump() or load(), in both
// builds, because these call Python code. A second thread waits; the same thread, coming back from such a call, is refused (RuntimeError), but
// may look at the memo and clear it. So what follows takes `t` from the machine, and locks nothing.
#ifndef WEFT_MODULES_PICKLE_H
#define WEFT_MODULES_PICKLE_H

#include "modules/pickle_memo.h"
#include "modules/stream_lock.h"
#include "objects/type.h"

enum { PICKLE_HIGHEST = 5, PICKLE_DEFAULT = 4, PICKLE_BATCH = 1000, PICKLE_FRAME_MIN = 4, PICKLE_FRAME_TARGET = 64 * 1024, PICKLE_FRAME_HEADER = 9 };

enum {
  PK_MARK = '(', PK_STOP = '.', PK_POP = '0', PK_POP_MARK = '1', PK_DUP = '2', PK_FLOAT = 'F', PK_INT = 'I', PK_BININT = 'J', PK_BININT1 = 'K',
  PK_LONG = 'L', PK_BININT2 = 'M', PK_NONE = 'N', PK_PERSID = 'P', PK_BINPERSID = 'Q', PK_REDUCE = 'R', PK_STRING = 'S', PK_BINSTRING = 'T',
  PK_SHORT_BINSTRING = 'U', PK_UNICODE = 'V', PK_BINUNICODE = 'X', PK_APPEND = 'a', PK_BUILD = 'b', PK_GLOBAL = 'c', PK_DICT = 'd',
  PK_EMPTY_DICT = '}', PK_APPENDS = 'e', PK_GET = 'g', PK_BINGET = 'h', PK_INST = 'i', PK_LONG_BINGET = 'j', PK_LIST = 'l', PK_EMPTY_LIST = ']',
  PK_OBJ = 'o', PK_PUT = 'p', PK_BINPUT = 'q', PK_LONG_BINPUT = 'r', PK_SETITEM = 's', PK_TUPLE = 't', PK_EMPTY_TUPLE = ')', PK_SETITEMS = 'u',
  PK_BINFLOAT = 'G',
  // protocol 2
  PK_PROTO = 0x80, PK_NEWOBJ, PK_EXT1, PK_EXT2, PK_EXT4, PK_TUPLE1, PK_TUPLE2, PK_TUPLE3, PK_NEWTRUE, PK_NEWFALSE, PK_LONG1, PK_LONG4,
  // protocol 3
  PK_BINBYTES = 'B', PK_SHORT_BINBYTES = 'C',
  // protocol 4
  PK_SHORT_BINUNICODE = 0x8c, PK_BINUNICODE8, PK_BINBYTES8, PK_EMPTY_SET, PK_ADDITEMS, PK_FROZENSET, PK_NEWOBJ_EX, PK_STACK_GLOBAL, PK_MEMOIZE,
  PK_FRAME,
  // protocol 5
  PK_BYTEARRAY8 = 0x96, PK_NEXT_BUFFER, PK_READONLY_BUFFER,
};

// --- Names and tables -----------------------------------------------------------------------------------------------------------------

#define PICKLE_NAMES(X)                                                                                                                        \
  X(persistent_id) X(persistent_load) X(reducer_override) X(dispatch_table) X(add) X(readinto) X(latin1) X(toreadonly) X(find_class)
#define PICKLE_NAME(x) pickle_names.x
extern struct PickleNames {
#define X(name) Value name;
  PICKLE_NAMES(X)
#undef X
} pickle_names;

// Objects of other modules: set when the module is first executed, constant afterwards.
extern struct PickleTables {
  Value dispatch_table, extension_registry, inverted_registry, extension_cache;                            // of copyreg
  Value name_mapping_2to3, import_mapping_2to3, name_mapping_3to2, import_mapping_3to2;                      // of _compat_pickle
  Value codecs_encode, partial;
  Value builtins_name;      // "builtins" as builtin functions say it: in CPython not the object that builtin classes say it with
  Value error, pickling_error, unpickling_error;                                                           // the module's own
} pickle_tables;

Value pickle_raise_pickling(Thread *t, const char *format, ...);    // PicklingError
Value pickle_raise_unpickling(Thread *t, const char *format, ...);  // UnpicklingError

// The arguments `encoding` and `errors` are str or V_ABSENT. 0, or -1 with TypeError.
int pickle_check_text(Thread *t, const char *function, Value encoding, Value errors);

// A method that a subclass or an attribute gives (persistent_id...): bound methods of the object itself are kept apart from it, so that they
// make no cycle. function V_NULL: there is none.
typedef struct PickleHook { Value function; bool bound; } PickleHook;
int pickle_hook_find(Thread *t, PickleHook *h, Value self, Value name);          // looks the attribute up anew. 0, -1
Value pickle_hook_call(Thread *t, const PickleHook *h, Value self, Value arg);
Value pickle_hook_get(Thread *t, const PickleHook *h, Value self, Value name);   // as an attribute; AttributeError
// Assignment; TypeError "NAME must be a callable taking one argument", or for deletion. 0, -1
int pickle_hook_set(Thread *t, PickleHook *h, Value value, const char *message);

// The lock of a Pickler or an Unpickler, which stream_lock takes for short looks.
typedef struct PickleLock { StreamLock lock; bool working; } PickleLock;
// For dump() and load(). False: RuntimeError, this thread is inside already. May block, detached.
bool pickle_work_begin(Thread *t, PickleLock *l, const char *what);
void pickle_work_end(PickleLock *l);

// --- Globals (pickle_global.c) ----------------------------------------------------------------------------------------------------------

// "a.b.c" looked up from `root` on; *parent (may be NULL) is what the last name was found on. 1 *out owned; 0 absent; -1.
// What refuses names within functions raises AttributeError "Can't pickle local object...".
int pickle_find_dotted(Thread *t, Value root, Value name, Value *out, Value *parent);
int pickle_check_dotted(Thread *t, Value root /* V_NULL: not known yet */, Value name);
// The name of the module that `global` is found in under `name`.
Value pickle_module_of(Thread *t, Value global, Value name);
Value pickle_import(Thread *t, Value name);
// What Unpickler.find_class does.
Value pickle_find_class(Thread *t, int proto, bool fix_imports, Value module, Value name);
// The names that Python 2 had for a global: replaces both (owned). 0, -1.
int pickle_old_names(Thread *t, Value *module, Value *name);

// --- Writing ------------------------------------------------------------------------------------------------------------------------------

typedef struct Saver {
  Thread *t;
  Value self;               // the Pickler, borrowed; V_NULL: none
  int proto;
  a32 bin, fast;            // attributes of a Pickler
  bool fix_imports, framing;
  int fast_nesting;
  char *out;                // heap block
  int64_t length, capacity;
  int64_t frame_start;      // of the frame being written; -1: none
  int64_t frame_full;       // the length of the output from which on the frame is to be ended; INT64_MAX: there is none
  Value write;              // owned; V_NULL: all stays in `out`
  Value buffer_callback, dispatch_table, reducer_override, fast_memo;  // owned or V_NULL
  PickleHook persistent_id;
  uint32_t plain_shape;     // pickle_instance.c: instances of this shape are plain while their class has this version
  uint64_t plain_version;
  PickleMemo memo;
} Saver;

// What CPython says of a protocol argument (None, an int); and of the other arguments. 0, -1.
int pickle_saver_set_protocol(Thread *t, Saver *s, Value protocol, Value fix_imports);
int pickle_saver_set_file(Thread *t, Saver *s, Value file);
int pickle_saver_set_callback(Thread *t, Saver *s, Value callback);
void pickle_saver_init(Thread *t, Saver *s);
// Drops all it owns but the memo's slots' block; the Saver may be used again after pickle_saver_init.
void pickle_saver_clear(Thread *t, Saver *s);
int pickle_dump(Saver *s, Value v);               // a whole pickle. 0, -1
int pickle_save(Saver *s, Value v);               // one object
int pickle_save_reduce(Saver *s, Value reduced /* tuple */, Value v /* V_NULL: not to be remembered */);
int pickle_save_global(Saver *s, Value v, Value name /* V_NULL: its own */);
int pickle_save_class(Saver *s, Value v);         // an instance of `type` itself
int pickle_save_object(Saver *s, Value v);        // whatever has no opcodes of its own
int pickle_save_instance(Saver *s, Value v);      // a plain instance: 1; 0: it is not one, nothing was written; -1
int pickle_save_items(Saver *s, Value iterator);  // APPENDs
int pickle_save_pairs(Saver *s, Value iterator);  // SETITEMs
int pickle_memoize(Saver *s, Value v);            // remembers v, and says so in the pickle
int pickle_put_memoized(Saver *s, int64_t number);   // only says so
// After an object was made: remembers it. 1: what makes it has led back to v, which so is in the memo already and was fetched from it; 0; -1.
int pickle_remember_made(Saver *s, Value v);
int pickle_put_get(Saver *s, int64_t number);     // says: what was remembered under this number

// The output buffer (pickle_output.c).
char *pickle_reserve_slow(Saver *s, int64_t n);
int pickle_commit_frame(Saver *s);
int pickle_end_frame(Saver *s);                   // and flushes
// Between two opcodes a frame may end.
static inline int pickle_boundary(Saver *s) { return likely(s->length < s->frame_full) ? 0 : pickle_end_frame(s); }
int pickle_flush(Saver *s);                       // to the file, and empties the buffer
// A header and data that may be so large that they get no frame, and are written to the file at once. payload: an object that holds the
// data, or V_NULL.
int pickle_put_large(Saver *s, const void *header, int64_t header_length, const void *data, int64_t n, Value payload);
// Room for n bytes at s->out + s->length, a frame begun where one is due. NULL: MemoryError.
static inline char *pickle_reserve(Saver *s, int64_t n) {
  if (likely(s->capacity - s->length >= n && (!s->framing || s->frame_start >= 0))) return s->out + s->length;
  return pickle_reserve_slow(s, n);
}
static inline int pickle_put(Saver *s, const void *p, int64_t n) {
  char *to = pickle_reserve(s, n);
  if (unlikely(!to)) return -1;
  memcpy(to, p, (size_t)n);
  s->length += n;
  return 0;
}
static inline int pickle_put_op(Saver *s, int op) {
  char *to = pickle_reserve(s, 1);
  if (unlikely(!to)) return -1;
  *to = (char)op;
  s->length++;
  return 0;
}
// Little-endian.
static inline void pickle_pack(char *p, uint64_t n, int bytes) {
  for (int i = 0; i < bytes; i++) p[i] = (char)(n >> 8 * i);
}

// --- Reading ------------------------------------------------------------------------------------------------------------------------------

enum { PICKLE_NAMES_KNOWN = 16 };
typedef struct PickleName { Value key, interned; } PickleName;   // owned or V_NULL

typedef struct Loader {
  Thread *t;
  Value self;               // the Unpickler, borrowed; V_NULL: none
  int proto;
  bool fix_imports;
  const char *in;           // bytes of `view`; from `next` on unread
  int64_t in_length, next;
  int64_t prefetched;       // so far the file itself has been read of them; behind that they were only peeked at
  BufferView view;
  Value read, readline, readinto, peek;  // of the file; read V_NULL: none
  Value encoding, errors;   // str
  Value buffers;            // iterator or V_NULL
  PickleHook persistent_load;
  Value *stack;             // owned
  int64_t length, capacity;
  int64_t fence;            // the topmost mark's: below it the stack is out of reach
  int64_t *marks;           // lengths of the stack at MARKs
  int64_t mark_count, mark_capacity;
  Value *memo;              // owned or V_NULL
  int64_t memo_capacity, memo_count;
  PickleName names[PICKLE_NAMES_KNOWN];  // keys of instances' dicts that were interned lately
  Value sparse_memo;        // dict of entries whose numbers are far beyond the others; V_NULL: none
} Loader;

void pickle_loader_init(Thread *t, Loader *l);
void pickle_loader_clear(Thread *t, Loader *l);
int pickle_loader_set_text(Thread *t, Loader *l, Value encoding, Value errors);   // V_ABSENT: the defaults
int pickle_loader_set_buffers(Thread *t, Loader *l, Value buffers);
int pickle_loader_set_file(Thread *t, Loader *l, Value file);
int pickle_loader_set_data(Thread *t, Loader *l, Value data);    // a bytes-like object
Value pickle_load(Loader *l);
Value pickle_memo_load(Loader *l, int64_t number);               // owned; V_NULL: absent, no exception
int pickle_memo_store(Loader *l, int64_t number, Value v);       // borrowed. 0, -1
void pickle_memo_forget(Thread *t, Loader *l);                   // all of it

// The input (pickle_input.c). n bytes, valid until the next call; NULL: an exception is set.
const char *pickle_read_slow(Loader *l, int64_t n);
static inline const char *pickle_read(Loader *l, int64_t n) {
  if (unlikely(n > l->in_length - l->next)) return pickle_read_slow(l, n);
  l->next += n;
  return l->in + l->next - n;
}
// Up to and with the next newline; *n its length. The text is not NUL-terminated.
const char *pickle_read_line(Loader *l, int64_t *n);
int pickle_read_into(Loader *l, char *p, int64_t n);
int pickle_skip_consumed(Loader *l);                             // tells the file what has been read of what was peeked at
Value pickle_raise_truncated(Loader *l);

// --- Types --------------------------------------------------------------------------------------------------------------------------------

extern Type type_pickler, type_unpickler, type_picklebuffer;
bool pickle_pickler_init(Thread *t);
bool pickle_unpickler_init(Thread *t);
bool pickle_buffer_init(Thread *t);
static inline bool v_is_picklebuffer(Value v) { return v_type(v) == &type_picklebuffer; }
// The view of a PickleBuffer, valid while `v` is pinned; NULL: ValueError, it was released.
const BufferView *pickle_buffer_pin(Thread *t, Value v);
void pickle_buffer_unpin(Thread *t, Value v);

#endif
