// The module _tracemalloc: which Python code allocated the blocks of the heap that are in use.
//
// Locking: the store has a lock of its own; `limit` is atomic; `tracing` changes, and the heap's tracer with it, under `switching`.
#include <stdlib.h>

#include "gc/heap_trace.h"
#include "code/opcode.h"
#include "modules/tracemalloc_store.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "objects/tuple.h"
#include "threading/mutex.h"
#include "vm/frame.h"

enum { FEW_FRAMES = 32 };

static a32 limit = {1};       // frames kept of a traceback
static a32 tracing;
static Mutex switching = MUTEX_INIT;
static Value unknown_name;    // where no Python code runs
static _Thread_local bool silent;   // what this thread allocates just now is tracemalloc's own

static bool is_tracing(void) { return a32_load_acq(&tracing); }

// --- The heap's tracer --------------------------------------------------------------------------------------------------------------------

// Is the frame still making its cells? In CPython it is not to be seen then.
static bool is_incomplete(const Frame *f) {
  uint8_t op = (uint8_t)v_bytes(frame_code(f)->code)->data[frame_lasti(f)];
  return op == OP_MAKE_CELL || op == OP_COPY_FREE_VARS;
}

// Fills in the most recent frames, `room` at most. How many there are in all.
static size_t take_frames(Thread *t, TraceFrame *frames, size_t room) {
  size_t n = 0;
  Frame *f = frame_visible(t->frame);
  if (f && is_incomplete(f)) f = frame_visible(f->previous);
  for (; f && n < TRACE_MAX_FRAMES; f = frame_visible(f->previous), n++)
    if (n < room) frames[n] = (TraceFrame){frame_code(f)->filename, frame_line(f)};
  return n;
}

static void block_allocated(Thread *t, const void *block, size_t size) {
  if (silent) return;
  TraceFrame few[FEW_FRAMES], *frames = few;
  size_t room = a32_load_rlx(&limit);
  if (room > FEW_FRAMES && !(frames = malloc(room * sizeof *frames))) return;
  size_t total = take_frames(t, frames, room);
  if (total == 0) frames[total++] = (TraceFrame){unknown_name, 0};
  store_add(t, block, size, frames, (uint16_t)(total < room ? total : room), (uint16_t)total);
  if (frames != few) free(frames);
}

static const HeapTracer tracer = {.allocated = block_allocated, .freed = store_remove};

// --- Its functions ------------------------------------------------------------------------------------------------------------------------

static NATIVE(tracemalloc_start) {
  int frames = 1;
  if (!v_is_absent(args[0])) {
    frames = number_as_int(t, args[0]);
    if (frames == -1 && error_pending(t)) return V_NULL;
  }
  if (frames < 1 || frames > TRACE_MAX_FRAMES) return raise_value_error(t, "the number of frames must be in range [1; %d]", TRACE_MAX_FRAMES);
  mutex_lock(t, &switching);
  if (!is_tracing()) {
    a32_store_rlx(&limit, (uint32_t)frames);
    a32_store_rel(&tracing, 1);
    heap_set_tracer(t, &tracer);
  }
  mutex_unlock(&switching);
  return V_NONE;
}

static NATIVE(tracemalloc_stop) {
  mutex_lock(t, &switching);
  bool traced = is_tracing();
  if (traced) {
    a32_store_rel(&tracing, 0);
    heap_set_tracer(t, NULL);
  }
  mutex_unlock(&switching);
  if (traced) store_clear(t);
  return V_NONE;
}

static NATIVE(tracemalloc_is_tracing) { return v_from_bool(is_tracing()); }
static NATIVE(tracemalloc_get_traceback_limit) { return v_from_smi(a32_load_rlx(&limit)); }
static NATIVE(tracemalloc_get_tracemalloc_memory) { return int_from_i64(t, (int64_t)store_overhead()); }

static NATIVE(tracemalloc_clear_traces) {
  if (is_tracing()) store_clear(t);
  return V_NONE;
}
static NATIVE(tracemalloc_reset_peak) {
  if (is_tracing()) store_reset_peak();
  return V_NONE;
}

static NATIVE(tracemalloc_get_traced_memory) {
  size_t current, peak;
  store_memory(&current, &peak);
  return tuple_pack(t, 2, v_from_smi((int64_t)current), v_from_smi((int64_t)peak));
}

// ((filename, line), ...), most recent first.
static Value traceback_tuple(Thread *t, const Traceback *tb) {
  Value result = tuple_new(t, tb->count);
  for (int i = 0; i < tb->count && !v_is_null(result); i++) {
    Value frame = tuple_pack(t, 2, tb->frames[i].filename, v_from_smi(tb->frames[i].line));
    if (!v_is_null(frame)) v_tuple(result)->items[i] = frame;
    else {
      v_drop(t, result);
      result = V_NULL;
    }
  }
  return result;
}

static NATIVE(tracemalloc_get_object_traceback) {
  Traceback *tb = v_is_ptr(args[0]) ? store_find(v_obj(args[0])) : NULL;
  if (!tb) return V_NONE;
  silent = true;
  Value result = traceback_tuple(t, tb);
  silent = false;
  store_release(t, tb);
  return result;
}

static int by_traceback(const void *a, const void *b) {
  uintptr_t x = (uintptr_t)((const TracedBlock *)a)->traceback, y = (uintptr_t)((const TracedBlock *)b)->traceback;
  return (x > y) - (x < y);
}

// Adds (domain, size, traceback, total) for each block; blocks that were allocated at the same place share the traceback. 0, -1.
static int list_traces(Thread *t, Value list, const TracedBlock *blocks, size_t n) {
  Value shared = V_NULL;
  int status = 0;
  for (size_t i = 0; i < n && status == 0; i++) {
    if (i == 0 || blocks[i].traceback != blocks[i - 1].traceback) {
      v_drop(t, shared);
      shared = traceback_tuple(t, blocks[i].traceback);
    }
    Value trace = v_is_null(shared) ? V_NULL : tuple_pack(t, 4, v_from_smi(0), v_from_smi((int64_t)blocks[i].size), shared, v_from_smi(blocks[i].traceback->total));
    status = v_is_null(trace) ? -1 : list_append(t, v_list(list), trace);
    v_drop(t, trace);
  }
  v_drop(t, shared);
  return status;
}

static NATIVE(tracemalloc_get_traces) {
  silent = true;
  size_t n = 0;
  Value list = list_new(t, 0);
  TracedBlock *blocks = v_is_null(list) ? NULL : store_snapshot(&n);
  if (!blocks && !v_is_null(list)) raise_no_memory(t);
  if (blocks) qsort(blocks, n, sizeof *blocks, by_traceback);
  int status = blocks ? list_traces(t, list, blocks, n) : -1;
  silent = false;
  for (size_t i = 0; i < n; i++) store_release(t, blocks[i].traceback);
  free(blocks);
  if (status == 0) return list;
  v_drop(t, list);
  return V_NULL;
}

static const NativeDef functions[] = {
    {"is_tracing($module, /)", tracemalloc_is_tracing, "Whether allocations are being traced.", 0},
    {"clear_traces($module, /)", tracemalloc_clear_traces, "Forgets the traces taken so far.", 0},
    {"_get_traces($module, /)", tracemalloc_get_traces,
     "All blocks in use that were traced, as a list of tuples (domain, size, traceback, number of frames). Empty when nothing is traced.", 0},
    {"_get_object_traceback($module, obj, /)", tracemalloc_get_object_traceback,
     "Where an object was allocated: a tuple of (filename, line), most recent first. None if that was not traced.", 0},
    {"start($module, nframe=1, /)", tracemalloc_start, "Starts tracing; of each traceback, nframe frames are kept.", 0},
    {"stop($module, /)", tracemalloc_stop, "Stops tracing, and forgets all traces.", 0},
    {"get_traceback_limit($module, /)", tracemalloc_get_traceback_limit, "How many frames are kept of a traceback.", 0},
    {"get_tracemalloc_memory($module, /)", tracemalloc_get_tracemalloc_memory, "How many bytes tracing takes itself.", 0},
    {"get_traced_memory($module, /)", tracemalloc_get_traced_memory, "The size of all traced blocks in use, and the largest that was, as a tuple.", 0},
    {"reset_peak($module, /)", tracemalloc_reset_peak, "Sets the largest size that was to what it is now.", 0},
    {0},
};

static void forked(Thread *t) {
  (void)t;
  switching = (Mutex)MUTEX_INIT;
  store_after_fork();
}

static int tracemalloc_exec(Thread *t, UNUSED_OK Value m) {
  if (!v_is_null(unknown_name)) return 0;
  thread_at_fork(forked);
  unknown_name = str_intern_cstr(t, "<unknown>");
  return v_is_null(unknown_name) ? -1 : 0;
}

const ModuleDef module__tracemalloc = {
    .name = "_tracemalloc",
    .doc = "Where memory was allocated: what tracemalloc is built on.",
    .functions = functions,
    .exec = tracemalloc_exec,
};
