// The eval loop: runs execution-form instructions until the frame it was entered with returns or raises.
//
// State kept in locals, and why:
//   ip     the instruction being executed; frame->pc is written (SAVE) before anything that may look at the frame or leave the loop
//   fp     the frame's window: operands are fp[slot]
//   frame  the frame's record, always t->frame while a body runs
//   t      the thread
// Bodies are in the files included below, by subject, each an instruction of exec_ops.def. A body is a few lines; what is long or rare is a
// function slow_* (vm/operands.h). Words used by bodies:
//   NEXT, NEXT2      go on behind the instruction (and its cache word)
//   SET(slot, v)     store an owned value, or one that v_keep, v_load_keep or their like returned (then without a safepoint in between);
//                    then close what the slot held: may run Python code
//   SAVE()           the frame may be looked at from here on
//   SAFEPOINT()      the thread may stop, detach, run signal handlers
//   goto error       an exception is set; ip stands at the faulting instruction
// Calls of Python functions, generators and __init__ do not use the C stack: they push a frame and go on in it. A frame's `ret` word says
// what its result is for.
#include "code/exctable.h"
#include "objects/descriptor.h"
#include "objects/dict.h"
#include "objects/dict_iter.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/range.h"
#include "objects/set.h"
#include "objects/shape.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/str_core.h"
#include "objects/tuple_inline.h"
#include "objects/type_slots.h"
#include "vm/async_exc.h"
#include "vm/async_generator.h"
#include "vm/awaitable.h"
#include "vm/call.h"
#include "vm/comprehension.h"
#include "vm/dunder.h"
#include "vm/exc_group_ops.h"
#include "vm/generator.h"
#include "vm/import_ops.h"
#include "vm/match_ops.h"
#include "vm/slow_attributes.h"
#include "vm/slow_build.h"
#include "vm/slow_names.h"
#include "vm/slow_operators.h"
#include "vm/slow_raise.h"
#include "vm/slow_unpack.h"
#include "vm/slow_with.h"
#include "vm/specialise.h"
#include "vm/trace.h"
#include "vm/traceback.h"
#include "vm/vm.h"

#define TARGET(name) L_##name
#define DISPATCH() goto *labels[a16_load_rlx(&ip->op)]
#define NEXT do { ip++; DISPATCH(); } while (0)
#define NEXT2 do { ip += 2; DISPATCH(); } while (0)
#define JUMP(words) do { ip += (words); DISPATCH(); } while (0)
#define SAVE() (frame->pc = ip)
#define SET(slot, v)                                                   \
  do {                                                                 \
    Value new_ = (v);                                                  \
    Ref *slot_ = &fp[slot], old_ = *slot_;                             \
    *slot_ = ref_from(new_);                                           \
    CLOSE(old_);                                                       \
  } while (0)
// Drops what a slot held: a finaliser may look at the frame.
#define CLOSE(r)                                                       \
  do {                                                                 \
    if (ref_is_owned(r)) {                                             \
      SAVE();                                                          \
      ref_close(t, (r));                                               \
    }                                                                  \
  } while (0)
#define VAL(slot) ref_value(fp[slot])
#define SIGNED(field) ((int16_t)(field))
#define CONSTANT(field) VALUE(ip[SIGNED(field)].word)
#define NAME_AT(i) (v_tuple(frame->exec->code->names)->items[i])
#define DROP(slot) slot_drop(t, frame, (slot))
#define SAFEPOINT() do { if (breaker_is_set(t)) { SAVE(); if (async_exc_safepoint(t) < 0) goto error; } } while (0)
// A destination for a computed float; boxing may fail.
#define SET_FLOAT(slot, d)                                             \
  do {                                                                 \
    Value float_;                                                      \
    if (unlikely(!v_try_flo((d), &float_))) {                          \
      float_ = float_box(t, (d));                                      \
      if (v_is_null(float_)) goto error;                               \
    }                                                                  \
    SET(slot, float_);                                                 \
  } while (0)

static bool smi_lshift(Value x, Value y, Value *r) {
  int64_t n = v_smi(y), i = v_smi(x);
  if (n < 0 || n > 60 || i > SMI_MAX >> n || i < SMI_MIN >> n) return false;
  *r = v_from_smi((int64_t)((uint64_t)i << n));
  return true;
}

static bool smi_floor_divide(Value x, Value y, Value *r) {
  int64_t a = v_smi(x), b = v_smi(y);
  if (b == 0 || (b == -1 && a == SMI_MIN)) return false;
  int64_t q = a / b;
  *r = v_from_smi(q - (a % b != 0 && (a ^ b) < 0));
  return true;
}

static bool smi_remainder(Value x, Value y, Value *r) {
  int64_t a = v_smi(x), b = v_smi(y);
  if (b == 0) return false;
  int64_t m = a % b;
  *r = v_from_smi(m != 0 && (a ^ b) < 0 ? m + b : m);
  return true;
}

// Both are exact doubles and the divisor is not zero: one correctly rounded division.
static bool smi_divides_exactly(Value x, Value y) {
  const int64_t limit = (int64_t)1 << 53;
  int64_t a = v_smi(x), b = v_smi(y);
  return b != 0 && a <= limit && a >= -limit && b <= limit && b >= -limit;
}

// What an exception leaves on the value stack above sp goes from the top down.
static void drop_stack(Thread *t, Frame *frame, Ref *sp) {
  for (Ref *r = frame->fp + frame->exec->frame_size; r-- > sp;) ref_clear(t, r);
}

// Finds the handler for the exception raised at the frame's pc and puts the stack in order for it. NULL: none.
static const Inst *enter_handler(Thread *t, Frame *frame, const Inst *ip) {
  Exec *e = frame->exec;
  uint32_t unit = e->origin[ip - e->insts], lo = 0, hi = e->nhandlers;
  while (lo < hi) {
    uint32_t mid = (lo + hi) / 2;
    if (e->handlers[mid].end <= unit) lo = mid + 1;
    else hi = mid;
  }
  if (lo == e->nhandlers || e->handlers[lo].start > unit) return NULL;
  const ExecHandler *h = &e->handlers[lo];
  Ref *sp = frame->fp + e->nlocals + h->depth;
  drop_stack(t, frame, sp);
  if (h->push_lasti) *sp++ = ref_from(v_from_smi((int64_t)e->origin[frame->pc - e->insts]));
  *sp = ref_from(error_fetch(t));
  return e->insts + h->target;
}

// Moves a call's window from a generator's frame, where nothing can be called, to the thread's stack.
static Ref *leave_generator_window(Thread *t, Frame *frame, Ref *args, size_t n, size_t room) {
  Ref *top = frame_generator(frame)->top;
  if (!stack_reserve(t, top + (n > room ? n : room))) return NULL;
  for (size_t i = 0; i < n; i++) {
    top[i] = args[i];
    args[i] = REF_UNBOUND;
  }
  return top;
}

static Frame *push_record(Thread *t, Frame *frame, Exec *e, Value function, Ref *window, uint64_t ret) {
  Frame *nf = frame->is_generator ? frame_generator(frame)->over : frame + 1;
  nf->pc = e->insts;
  nf->fp = window;
  nf->exec = e;
  nf->previous = frame;
  nf->function = ref_from(function);
  nf->locals = V_NULL;
  nf->object = NULL;
  nf->ret = ret;
  nf->traced = trace_frame_is_traced(t, e);
  t->py_depth++;
  t->frame = nf;
  return nf;
}

// Pushes a frame for function (owned; taken) whose n positional arguments stand at args in the present frame's window. NULL with an
// exception: the arguments have been closed.
static Frame *call_push_window(Thread *t, Frame *frame, Value function, Ref *args, size_t n, uint64_t ret) {
  Function *f = v_function(function);
  Exec *e = function_exec(t, f);
  if (!e) goto fail;
  if (unlikely(t->py_depth >= vm_depth_limit)) {
    frame_depth_exceeded(t);
    goto fail;
  }
  size_t room = n > e->frame_size ? n : e->frame_size;
  if (frame->is_generator) {
    args = leave_generator_window(t, frame, args, n, room);
    if (!args) goto fail;
  }
  if (!stack_reserve(t, args + room)) goto fail;
  if ((int64_t)n == e->plain_argc) {
    for (size_t i = n; i < e->nlocals; i++) args[i] = REF_UNBOUND;
  } else if (!call_bind(t, f, e, args, n, V_NULL)) {
    goto fail;
  }
  return push_record(t, frame, e, function, args, ret);
fail:
  v_drop(t, function);
  return NULL;
}

// Pushes a frame for CALL_COMPREHENSION ip. NULL with an exception.
static Frame *push_comprehension(Thread *t, Frame *frame, const Inst *ip) {
  Value code = VALUE(ip[1].word);
  Ref *args = &frame->fp[ip->a + 1], *cells = frame->fp;
  unsigned n = ip->b;
  uint64_t ret = RET_WORD(RET_STORE, 4, ip->c, 0), slots = ip[2].word;
  Exec *e = aptr_load_acq(&v_code(code)->exec);
  bool direct = likely(e != NULL) && !trace_is_on() && (n == 0 || (a16_load_rlx(&e->insts->op) == X_COPY_FREE && e->insts->b == n)) &&
                (!(v_code(code)->flags & CO_GENERATOR) || comprehension_may_keep(frame_function(frame))) && site_keeps_builtins(t, frame, ip + 3);
  if (unlikely(!direct)) {
    Value function = comprehension_function(t, frame, code, n, slots);
    return v_is_null(function) ? NULL : call_push_window(t, frame, function, args, 1, ret);
  }
  if (unlikely(t->py_depth >= vm_depth_limit)) return frame_depth_exceeded(t), NULL;
  if (frame->is_generator) {
    args = leave_generator_window(t, frame, args, 1, e->frame_size);
    if (!args) return NULL;
  }
  if (!stack_reserve(t, args + e->frame_size)) return NULL;
  unsigned first = e->nlocals - n;
  for (unsigned i = 1; i < first; i++) args[i] = REF_UNBOUND;
  for (unsigned i = 0; i < n; i++) args[first + i] = ref_borrow(cells[comprehension_cell(slots, i)]);
  Frame *nf = push_record(t, frame, e, ref_value(ref_borrow(frame->function)), args, ret);
  if (n) nf->pc++;   // past COPY_FREE
  return nf;
}

// Pushes a frame for the call of a bound method, whose place in the present frame's window has no free slot before it: *callee is the
// method, n arguments follow. They are moved. NULL: nothing has happened, unless an exception is set.
static Frame *push_method(Thread *t, Frame *frame, Ref *callee, size_t n, uint64_t ret) {
  const Method *m = (const Method *)v_obj(ref_value(*callee));
  if (!v_is_exact(m->function, SHAPE_FUNCTION)) return NULL;
  Exec *e = function_exec(t, v_function(m->function));
  if (!e) return NULL;
  Ref *top = frame_stack_top(t, frame);
  if (unlikely(t->py_depth >= vm_depth_limit)) return frame_depth_exceeded(t), NULL;
  if (!stack_reserve(t, top + (n + 1 > e->frame_size ? n + 1 : e->frame_size))) return NULL;
  bool plain = e->plain_argc == (int64_t)n + 1;
  Value function = plain ? v_keep(t, m->function) : v_own(t, m->function);   // binding may take its time
  top[0] = ref_from(plain ? v_keep(t, m->self) : v_own(t, m->self));
  for (size_t i = 1; i <= n; i++) {
    top[i] = callee[i];
    callee[i] = REF_UNBOUND;
  }
  if (plain) {
    for (size_t i = n + 1; i < e->nlocals; i++) top[i] = REF_UNBOUND;
  } else if (!call_bind(t, v_function(function), e, top, n + 1, V_NULL)) {
    v_drop(t, function);
    return NULL;
  }
  Frame *nf = push_record(t, frame, e, function, top, ret);
  ref_clear(t, callee);
  return nf;
}

// The arguments of a frame just pushed were borrowed from something that will not outlive the call: it takes its own references.
static void own_arguments(Thread *t, Frame *frame) {
  for (Ref *r = frame->fp, *end = r + frame->exec->nlocals; r < end; r++) {
    if (!ref_is_owned(*r)) *r = ref_from(v_keep(t, ref_value(*r)));
  }
}

// The items of a dict nobody else sees, as call_push takes keywords: values behind the positional arguments in flat, names in a tuple.
static Value flatten_kwargs(Thread *t, Tuple *args, Dict *kwargs, Value *flat) {
  Value names = tuple_new(t, dict_length(kwargs)), key, value;
  if (v_is_null(names)) return V_NULL;
  int64_t pos = 0;
  for (int64_t i = 0; i < args->length; i++) flat[i] = args->items[i];
  bool strs = true;
  for (int64_t i = 0; dict_next(t, kwargs, &pos, &key, &value); i++) {
    v_tuple(names)->items[i] = key;
    flat[args->length + i] = value;
    strs &= v_is_str(key);
  }
  if (strs) return names;
  for (int64_t i = 0; i < dict_length(kwargs); i++) v_drop(t, flat[args->length + i]);
  v_drop(t, names);
  return raise_type_error(t, "keywords must be strings");
}

// f(*args, **kwargs) of a Python function in window[1]: pushes its frame, which takes the function. NULL with an exception.
static Frame *push_spread(Thread *t, Ref *window, Value args, Value kwargs, uint64_t ret) {
  Function *f = v_function(ref_value(window[1]));
  Tuple *tuple = v_tuple(args);
  int64_t nkw = v_is_null(kwargs) ? 0 : dict_length(v_dict(kwargs));
  Frame *nf;
  if (nkw == 0) {
    nf = call_push(t, f, window[1], tuple->items, (size_t)tuple->length, V_NULL, ret);
    if (nf) own_arguments(t, nf);
  } else {
    Value *flat = heap_calloc(t, (size_t)(tuple->length + nkw) * sizeof *flat);
    Value names = flat ? flatten_kwargs(t, tuple, v_dict(kwargs), flat) : raise_no_memory(t);
    if (v_is_null(names)) {
      heap_free(t, flat);
      return NULL;
    }
    nf = call_push(t, f, window[1], flat, (size_t)tuple->length, names, ret);
    if (nf) own_arguments(t, nf);
    for (int64_t i = 0; i < nkw; i++) v_drop(t, flat[tuple->length + i]);
    heap_free(t, flat);
    v_drop(t, names);
  }
  if (nf) window[1] = REF_UNBOUND;
  return nf;
}

// Stores v, owned and then taken, as a MEGA_STORE word says. False: it no longer holds.
static inline bool mega_store(Thread *t, Value obj, uint64_t w, Value v) {
  return (uint8_t)w == CACHE_SLOT ? instance_store_at(t, v_obj(obj), cache_payload(w), v) || slow_fill_member(t, v_obj(obj), cache_payload(w), v)
                                  : instance_add_slot(t, v_obj(obj), (uint32_t)(w >> 32), cache_payload(w), v);
}

// object.__setattr__(self, name, value), as frozen dataclasses' __init__ and overrides call it, where the thread's table knows what the name
// means. False: nothing has happened.
static inline bool set_past_override(Thread *t, Exec *e, const Inst *ip, Value f, Ref *args) {
  const WrapperDescriptor *d = (const WrapperDescriptor *)v_obj(f);
  if (d->wrapped != (void *)object_generic_setattr || d->entry->wrap != WRAP_SETATTR) return false;
  Value obj = ref_value(args[0]);
  site_is_due(e, ip);
  uint64_t w = mega_find(t, e, ip, obj, ref_value(args[1]), MEGA_OBJECT_STORE);
  if (!w) return false;
  bool counted = ref_is_owned(args[2]);
  Value v = ref_to_owned(t, args[2]);
  if (!mega_store(t, obj, w, v)) {
    v_drop(t, v);
    return false;
  }
  if (counted) ref_clear(t, &args[2]);
  return true;
}

Value vm_run(Thread *t, Frame *frame, const Inst *start, bool throwing) {
  static const void *const labels[] = {
#define X(name, words) &&L_##name,
#include "vm/exec_ops.def"
  };
  const Inst *ip = start;
  Ref *fp = frame->fp;
  Value result;   // of a frame that has ended
  uint64_t ret;   // and what it was for

  if (throwing) {
    if (unlikely(frame->traced)) trace_throw(t, frame);
    goto error;
  }
  if (breaker_is_set(t)) goto entered;
  DISPATCH();

#include "vm/ops_basic.inc"
#include "vm/ops_number.inc"
#include "vm/ops_name.inc"
#include "vm/ops_call.inc"
#include "vm/ops_iter.inc"
#include "vm/ops_build.inc"
#include "vm/ops_rare.inc"

entered:
  // A frame has just begun or gone on: a safepoint.
  SAVE();
  if (breaker_is_set(t) && async_exc_safepoint(t) < 0) goto error;
  DISPATCH();

error:
  SAVE();
  assert(error_pending(t));
  traceback_here(t, frame);
  if (unlikely(frame->traced)) {
    trace_drop_operands(t, frame, ip);
    trace_exception(t, frame);
  }

unwind: {
    const Inst *handler = enter_handler(t, frame, ip);
    if (handler) {
      ip = handler;
      DISPATCH();
    }
  }
  // No handler here: the frame ends and its caller goes on with the exception.
  {
    Value exc = error_fetch(t);
    drop_stack(t, frame, fp + frame->exec->nlocals);
    if (unlikely(frame->traced)) {
      error_restore(t, exc);
      trace_return(t, frame, V_NULL);   // its own error replaces the exception
      exc = error_fetch(t);
    }
    uint8_t kind = frame->kind;
    Frame *caller = frame->previous;
    if (frame->is_generator) {
      error_restore(t, exc);
      generator_end(t, frame_generator(frame), true);
    } else {
      frame_finish(t, frame);
      error_restore(t, exc);
      t->py_depth--;
      t->frame = caller;
    }
    if (kind == RET_ENTRY) return V_NULL;
    frame = caller;
    fp = frame->fp;
    ip = frame->pc;
    if (kind >= RET_DEEP) t->py_depth--;
    if (kind == RET_NEXT && error_matches(t, &exc_StopIteration)) goto for_iter_ended;
    goto error;
  }
}
