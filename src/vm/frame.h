// Frames: the records of running Python code, their windows on the thread's stack of Refs, and the frame objects that programs see.
//
// A thread has one array of frame records and one stack of Refs; both are large reservations that are committed as they are used. A frame's
// window is `exec->frame_size` Refs: locals (arguments first), then the value stack. A callee's window begins at its first argument, inside
// the caller's window. A generator owns its record and its window (vm/generator.h); what it calls goes to the thread's stack.
//
// Refs. A slot is owned (a counted reference, bit 0 clear), an immediate, an immortal, or *borrowed*: bit 0 set on a mortal pointer whose
// supporter is a constant of the running code, an argument or a comprehension's cell that the caller holds in a slot of its frame, or that
// needs none: a DEFERRED object (gc/deferred.h). Other locals are never borrowed but for DEFERRED objects; a generator that is suspended counts
// those, so that nobody must look for them there. Slots are always closable: a dropped temporary that held a pointer becomes UNBOUND, so at every
// moment any slot of the reservation that was ever handed out can be closed without knowing what is in it. A dead slot may keep a stale word
// with bit 0 set; nobody follows one: the collector's roots are the owned slots, and addresses of borrowed ones are compared only.
#ifndef WEFT_VM_FRAME_H
#define WEFT_VM_FRAME_H

#include "code/code.h"
#include "gc/refcount.h"
#include "objects/function.h"
#include "objects/native.h"
#include "objects/object.h"

// --- Refs -------------------------------------------------------------------------------------------------------------------------
#define REF(word) ((Ref){(word)})
#define REF_UNBOUND REF(0x09)
static inline Value ref_value(Ref r) { return VALUE(r.w); }
static inline Ref ref_from(Value v) { return REF(v.w); }
static inline bool ref_is_unbound(Ref r) { return r.w == 0x09; }
static inline bool ref_is_owned(Ref r) { return !(r.w & 1); }
static inline Ref ref_borrow(Ref r) { return REF(r.w | 1); }
// Drops what a slot held. The slot itself must have been overwritten before.
static inline void ref_close(Thread *t, Ref r) {
  if (!(r.w & 1)) decref(t, (Object *)(uintptr_t)r.w);
}
static inline Value ref_to_owned(Thread *t, Ref r) { return v_own(t, VALUE(r.w)); }
// What a slot held, as an owned value; the slot becomes UNBOUND.
static inline Value ref_take(Thread *t, Ref *slot) {
  Ref r = *slot;
  *slot = REF_UNBOUND;
  return r.w & 1 ? v_own(t, VALUE(r.w)) : VALUE(r.w);
}
static inline void ref_clear(Thread *t, Ref *slot) {
  Ref r = *slot;
  *slot = REF_UNBOUND;
  ref_close(t, r);
}
// Stores an owned value; the old one is dropped after the new one is in place.
static inline void ref_set(Thread *t, Ref *slot, Value owned) {
  Ref old = *slot;
  slot->w = owned.w;
  ref_close(t, old);
}

// --- The execution form (made by vm/translate.c) ------------------------------------------------------------------------------------
// One instruction: an opcode of vm/exec_ops.def and three operands, mostly slots of the frame. `bc` is b and c as one signed number. The
// op is rewritten in place by specialisation; operands never change after publication. Words behind an instruction are its cache and data.
typedef union Inst {
  struct { a16 op; uint16_t a, b, c; };
  struct { uint32_t op_and_a; int32_t bc; };
  a64 cache;
  uint64_t word;
} Inst;
_Static_assert(sizeof(Inst) == 8, "an instruction is one word");

typedef struct ExecHandler {   // from the exception table, in units of the stack form
  uint32_t start, end, depth;
  uint32_t target;             // word index
  bool push_lasti;
} ExecHandler;

typedef struct Exec {
  Code *code;                  // owns this
  int32_t plain_argc;          // a call with so many positional arguments needs no binding; -1: always binds
  uint16_t nlocals;            // all of localsplus
  uint16_t frame_size;         // nlocals + stack size
  uint32_t count;              // words of instructions
  uint32_t nconsts;            // words after them: the constant pool
  uint32_t nhandlers;
  bool folded, wide;
  bool traced;                 // made for tracing: a TRACE before each instruction, and `lines`
  int32_t *lines;              // traced: per word; -1 none
  uint32_t first_traceable;    // traced: the unit of the first RESUME
  ExecHandler *handlers;
  uint32_t *origin;            // per word: the unit of the stack form it came from
  uint8_t *heat;               // per word: misses of the inline cache, relaxed and lossy
  struct Exec *next;           // list of all translations (vm/exec.c)
  Inst insts[];
} Exec;

// --- Frame records ------------------------------------------------------------------------------------------------------------------
typedef struct Frame Frame;
typedef enum {        // what a frame's result is for
  RET_STORE,          // store it in the caller's slot `dest` and go on `skip` words behind the caller's pc
  RET_ENTRY,          // return it to the C caller of vm_run
  RET_INIT,           // __init__: check for None, then move the instance from caller's slot `aux` to `dest`
  RET_DROP,           // drop it
  RET_ITER,           // a generator stepped by FOR_ITER
  RET_SEND,           // a generator or coroutine stepped by SEND
  RET_SWITCH,         // as RET_STORE, but the caller may have to go on in the traced form: tracing began below it
  RET_OPERATOR,       // finish the caller's instruction with it (vm/dunder.h)
  RET_NEXT,           // store it as FOR_ITER does; StopIteration ends the loop
  RET_DEEP,           // from here on: the call counted twice against the recursion limit, as where C code lies in between
  RET_COMPARISON = RET_DEEP,  // as RET_OPERATOR
  RET_CALL,           // __call__: as RET_SWITCH
} RetKind;

struct Frame {
  const Inst *pc;          // while anything else runs: the instruction it stands at; NULL: it is ending, and not to be seen (frame_visible)
  Ref *fp;                 // its window
  Exec *exec;
  Frame *previous;         // its caller's record, also across C
  Ref function;            // Function; owned, or borrowed from the caller's window; a comprehension's: its caller's (vm/comprehension.h)
  Value locals;            // namespace of a class body, module or exec; in a function the dict that locals() refreshes; owned or null
  struct FrameObject *object;  // owned; NULL until somebody asks
  union {
    struct {
      uint16_t dest, aux;
      uint8_t skip, kind;  // RetKind
      bool is_generator;
      bool traced;         // runs the unfolded form under a trace function
    };
    uint64_t ret;          // all of them: see RET_WORD
  };
};
_Static_assert(sizeof(Frame) == 64, "a frame record is one cache line");

#define RET_WORD(kind, skip, dest, aux) \
  ((uint64_t)(uint16_t)(dest) | (uint64_t)(uint16_t)(aux) << 16 | (uint64_t)(skip) << 32 | (uint64_t)(kind) << 40)
#define RET_GENERATOR ((uint64_t)1 << 48)
static inline Function *frame_function(const Frame *f) { return (Function *)v_obj(ref_value(f->function)); }
static inline Code *frame_code(const Frame *f) { return f->exec->code; }
static inline int frame_lasti(const Frame *f) { return (int)f->exec->origin[f->pc - f->exec->insts] * 2; }  // byte offset
int frame_line(const Frame *f);

typedef struct ExcItem {       // an exception being handled: one per thread, one per generator
  Value value;                 // owned; null: none
  struct ExcItem *previous;
} ExcItem;

// What a name means on a shape, as a site's cache word says it (vm/specialise.h). key: the name's word and the use; 0: empty. Read and written by
// the thread alone, emptied with the world stopped.
typedef struct MegaEntry { uint64_t key, word; } MegaEntry;
enum { MEGA_ENTRIES = 256 };

typedef struct VmThread {
  Ref *stack, *limit, *stack_end;     // [stack, limit) is committed and closable
  Frame *frames, *frames_end;
  ExcItem *exc, base_exc;             // innermost; the thread's own
  bool yielded;                       // why vm_run returned to generator_resume: by a yield
  Value asyncgen_firstiter, asyncgen_finalizer;  // sys.set_asyncgen_hooks; owned or null
  int coroutine_origin_depth;
  Value trace, profile;               // sys.settrace, sys.setprofile; owned or null
  int tracing;                        // > 0 inside a trace function
  const char *trace_event;            // the event it was called for; NULL outside
  struct {                            // the last builtin context manager's class (immutable), and its native methods
    const Type *type;
    NativeDescriptor *enter, *exit;   // immortal
  } manager;
  MegaEntry mega[MEGA_ENTRIES];       // for sites that meet objects of several shapes
} VmThread;

// --- Generators -------------------------------------------------------------------------------------------------------------------
// Generators, coroutines and asynchronous generators: one struct, told apart by shape. The window lies in the object. State moves from
// CREATED or SUSPENDED to RUNNING by CAS (acquire), back by a release store, so that a second thread gets ValueError, not a torn frame.
// Frame and window belong to the thread that made it RUNNING. Others look at those of one that does not run under GEN_LOOKED, which is added
// to the state for a few instructions and which a resumer waits for; no safepoint, lock or Python code under it. The name fields change
// under the object's lock.
typedef enum { GEN_CREATED, GEN_SUSPENDED, GEN_RUNNING, GEN_DONE, GEN_LOOKED = 8 } GenState;
typedef struct Generator {
  Object ob;
  Value name, qualname;    // owned
  Value code;              // from v_refer: gi_code outlives the frame
  a32 state;               // GenState, as generator_state gives it, and GEN_LOOKED
  a8 closed;               // async generator: ag_closed
  a8 running_async;        // async generator: an asend, athrow or aclose is under way; claimed by CAS
  a8 hooks_inited;         // async generator: the hooks have been asked for, by whose CAS
  bool was_fresh;          // while it runs: it had not begun before
  Value finalizer;         // async generator: its finalizer hook; owned or null
  Value origin;            // coroutine: cr_origin; owned or null
  ExcItem exc;             // what it handles; linked while it runs
  Frame frame;             // frame.function is null once done
  Frame *over;             // while it runs: record and stack room for what it calls
  Ref *top;
  uint32_t nslots;
  Ref slots[];
} Generator;

static inline Generator *frame_generator(const Frame *f) { return (Generator *)(void *)((char *)f - offsetof(Generator, frame)); }

// The record and the stack room for the next frame pushed on top of `f` (NULL: the thread's first).
static inline Frame *frame_next_record(Thread *t, Frame *f) {
  if (unlikely(!f)) return t->vm->frames;
  return unlikely(f->is_generator) ? frame_generator(f)->over : f + 1;
}
static inline Ref *frame_stack_top(Thread *t, Frame *f) {
  if (unlikely(!f)) return t->vm->stack;
  return unlikely(f->is_generator) ? frame_generator(f)->top : f->fp + f->exec->frame_size;
}
// Makes [.., end) usable. False with RecursionError or MemoryError.
bool stack_grow(Thread *t, Ref *end);
static inline bool stack_reserve(Thread *t, Ref *end) { return likely(end <= t->vm->limit) || stack_grow(t, end); }

extern int vm_depth_limit;   // sys.setrecursionlimit, capped by the room for frame records
int frame_limit(void);       // as it was set
void frame_set_limit(int limit);
// The thread's records and stack. False: no memory. The exit drops what the thread still holds.
bool frame_thread_init(Thread *t);
void frame_thread_exit(Thread *t);
// f or its first caller that is not just ending: what its locals' finalisers see is their caller, as in CPython.
Frame *frame_visible(Frame *f);
// Counts a frame against the recursion limit: false with RecursionError.
bool frame_depth_exceeded(Thread *t);

// A frame that leaves the stack: gives its locals to its frame object, if there is one, else closes them in order; drops what it owns.
void frame_finish(Thread *t, Frame *f);
// Closes all slots of the window.
void frame_clear_slots(Thread *t, Frame *f);
Value frame_globals(const Frame *f);   // borrowed
Value frame_builtins(const Frame *f);  // borrowed
// locals() of a frame, owned; 3.11's: one dict a frame, refreshed by each call.
Value frame_locals(Thread *t, Frame *f);
// The same for a frame object's frame, which may be another thread's or have ended.
struct FrameObject;
Value frame_object_locals(Thread *t, struct FrameObject *o);
// Writes that dict back to the fast locals (trace functions). clear: absent names are unbound.
void frame_locals_to_fast(Thread *t, Frame *f, bool clear);

// --- Frame objects ------------------------------------------------------------------------------------------------------------------
// Made on demand. While the frame runs (or its generator lives) `frame` points to the record; when it ends the object takes over the locals
// into `own`, which then serves as the record.
//
// A live record, and what only tracing uses here, belongs to the thread that runs the frame. Others, and all who look at a suspended
// generator's frame, stop the world for it (frame_look). Once `finished` is set (release; read by acquire) the locals and `trace` change under
// the object's lock.
typedef struct FrameObject {
  Object ob;
  aptr frame;              // the live record or &own
  Frame own;
  Ref *slots;              // locals taken over; NULL while live
  Value back;              // FrameObject, kept when the frame has ended; owned or null
  Value trace;             // f_trace; owned or null
  int trace_line;          // what f_lineno shows during a trace function; 0: where the frame stands
  uint32_t last_unit;      // the instruction traced last
  const Inst *jump_to;     // where a trace function's assignment to f_lineno leads; NULL: nowhere
  a8 trace_lines, trace_opcodes;
  a8 finished;             // the frame has ended
  bool fast_as_locals;     // f_locals was read by the frame's own thread: trace functions write it back
} FrameObject;

Value frame_object(Thread *t, Frame *f);   // owned; V_NULL + MemoryError
static inline FrameObject *v_frame(Value v) { return (FrameObject *)v_obj(v); }
static inline bool frame_object_finished(const FrameObject *o) { return a8_load_acq(&o->finished); }
static inline Frame *frame_object_record(const FrameObject *o) { return aptr_load_acq(&o->frame); }
// The record of o, held still until frame_look_away: *stopped says whether the world had to be stopped for it. No Python code in between.
Frame *frame_look(Thread *t, FrameObject *o, bool *stopped);
void frame_look_away(Thread *t, bool stopped);
// Whether f, a live record, is on t's own stack.
bool frame_is_own(const Thread *t, const Frame *f);
int frame_object_line(Thread *t, FrameObject *o);
// The line of the instruction at byte offset lasti of o's code.
int frame_object_line_at(Thread *t, FrameObject *o, int lasti);
// gi_frame and its like, owned: None when the generator is done.
Value generator_frame_object(Thread *t, Generator *g);
bool frame_init(Thread *t);

#endif
