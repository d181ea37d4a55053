// Exceptions raised in another thread: a place in its state and a bit of its eval breaker.
#include "vm/async_exc.h"

#include "gc/refcount.h"
#include "objects/error.h"
#include "threading/mutex.h"
#include "vm/slow_raise.h"

typedef struct Sending {
  uint64_t ident;
  Value exc;   // to be put in; then what was there; owned
  bool found;
} Sending;

// Under the table's lock, so that the state is not another thread's before this has ended.
static void put(Thread *w, void *arg) {
  Sending *s = arg;
  if (s->found || w->ident != s->ident) return;
  thread_slot_lock(w);
  if (w->async_exc != V_ABSENT.w) {
    Value old = VALUE(w->async_exc);
    w->async_exc = s->exc.w;
    s->exc = old;
    s->found = true;
  }
  thread_slot_unlock(w);
  if (s->found) breaker_set(w, BREAK_ASYNC_EXC);
}

bool async_exc_send(Thread *t, uint64_t ident, Value exc) {
  Sending s = {.ident = ident, .exc = v_is_null(exc) ? V_NULL : v_own(t, exc)};
  thread_each(put, &s);
  v_drop(t, s.exc);
  return s.found;
}

// What is on its way to t, owned, replaced by `next`.
static Value take(Thread *t, Value next) {
  thread_slot_lock(t);
  Value exc = VALUE(t->async_exc);
  t->async_exc = next.w;
  thread_slot_unlock(t);
  return exc;
}

void async_exc_refuse(Thread *t) { v_drop(t, take(t, V_ABSENT)); }

static __attribute__((noinline)) int deliver(Thread *t) {
  a32_fetch_and_acqrel(&t->breaker, ~(uint32_t)BREAK_ASYNC_EXC);
  Value exc = take(t, V_NULL);
  if (v_is_null(exc)) return 0;   // taken back
  if (v_is_exception_class(exc)) slow_raise(t, exc, V_ABSENT);
  else raise_system_error(t, "_PyErr_SetObject: exception %R is not a BaseException subclass", exc);
  v_drop(t, exc);
  return -1;
}

int async_exc_safepoint(Thread *t) {
  if (breaker_handle(t) < 0) return -1;
  return unlikely(a32_load_rlx(&t->breaker) & BREAK_ASYNC_EXC) ? deliver(t) : 0;
}
