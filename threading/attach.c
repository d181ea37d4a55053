// Attaching, detaching, and acting on the eval breaker: the moves between running Python and not (declared in thread.h).
#include <assert.h>
#include <errno.h>
#include <unistd.h>

#include "threading/chaos.h"
#include "threading/critical.h"
#include "threading/gil.h"
#include "threading/parking_lot.h"
#include "threading/qsbr.h"
#include "threading/stats.h"
#include "threading/stw.h"

static a32 shut_down;     // thread_begin_shutdown was called
static aptr finaliser;    // by this thread

bool thread_is_shut_out(const Thread *t) { return a32_load_acq(&shut_down) && aptr_load_acq(&finaliser) != (const void *)t; }

// Never returns: the process ends under it.
static void park_for_ever(void) {
  gil_renounce();
  for (;;) pause();
}

#if WEFT_GIL

void thread_attach_raw(Thread *t) {
  assert(a32_load_rlx(&t->state) == THREAD_DETACHED);
  int saved = errno;
  if (thread_is_shut_out(t)) park_for_ever();
  gil_take(t);
  if (thread_is_shut_out(t)) {
    gil_drop(t);
    park_for_ever();
  }
  a32_store_rel(&t->state, THREAD_ATTACHED);
  errno = saved;
}

void thread_detach_raw(Thread *t) {
  assert(a32_load_rlx(&t->state) == THREAD_ATTACHED && !t->stopping_world);
  int saved = errno;
  chaos_point(t);
  a32_store_rel(&t->state, THREAD_DETACHED);
  stats_count_switch(t, false);
  gil_drop(t);
  errno = saved;
}

void thread_attach(Thread *t) { thread_attach_raw(t); }

#else

static void park_while_suspended(Thread *t) {
  const uint32_t suspended = THREAD_SUSPENDED;
  parking_lot_park(NULL, &t->state, &suspended, 4, -1, 0, NULL);
}

void thread_attach_raw(Thread *t) {
  assert(a32_load_rlx(&t->state) != THREAD_ATTACHED);
  int saved = errno;
  chaos_point(t);
  for (;;) {
    if (thread_is_shut_out(t)) park_for_ever();
    if (!a32_cas_acqrel(&t->state, THREAD_DETACHED, THREAD_ATTACHED)) {
      park_while_suspended(t);
      continue;
    }
    if (!thread_is_shut_out(t)) break;
    a32_store_rel(&t->state, THREAD_DETACHED);
    if (stw_is_requested()) stw_notify();
  }
  qsbr_attach(t);
  errno = saved;
}

// Leaves nothing behind in the merge queue: who sleeps cannot merge. Merging may run Python code, which may detach and attach itself; its
// critical sections know of none around them, for the innermost of these would be retaken when they end.
void thread_detach_raw(Thread *t) {
  assert(a32_load_rlx(&t->state) == THREAD_ATTACHED && !t->stopping_world);
  int saved = errno;
  chaos_point(t);
  critical_release_all(t);
  struct Critical *released = t->critical;
  t->critical = NULL;
  for (;;) {
    while (a32_load_rlx(&t->breaker) & BREAK_MERGE) thread_hooks()->merge(t);
    chaos_point(t);
    qsbr_detach(t);
    // The state, then the breaker, each by an RMW; who gives references back writes the breaker and then reads the state (gc/merge.c).
    // So either we see its bit here, or it sees that we are gone.
    a32_cas_acqrel(&t->state, THREAD_ATTACHED, THREAD_DETACHED);
    uint32_t bits = a32_fetch_add_seq(&t->breaker, 0);
    if (bits & BREAK_STW) stw_notify();
    if (!(bits & BREAK_MERGE)) break;
    thread_attach_raw(t);
  }
  t->critical = released;
  stats_count_switch(t, false);
  errno = saved;
}

void thread_attach(Thread *t) {
  thread_attach_raw(t);
  if (t->critical) critical_retake_innermost(t);
}

#endif

void thread_detach(Thread *t) { thread_detach_raw(t); }

// --- the eval breaker -------------------------------------------------------------------------------------------------------------

enum { BITS = 32 };
static BreakerAction actions[BITS];

void breaker_register(uint32_t bit, BreakerAction action) {
  assert(bit && !(bit & (bit - 1)));
  actions[__builtin_ctz(bit)] = action;
}

static void clear_bit(Thread *t, uint32_t bit) { a32_fetch_and_acqrel(&t->breaker, ~bit); }

static void give_way(Thread *t) {
  clear_bit(t, BREAK_GIL_DROP);
  a32_store_rel(&t->state, THREAD_DETACHED);
  gil_give_way(t);
  a32_store_rel(&t->state, THREAD_ATTACHED);
  if (thread_is_shut_out(t)) {
    a32_store_rel(&t->state, THREAD_DETACHED);
    gil_drop(t);
    park_for_ever();
  }
}

// The bits that threading/ acts on itself come first: they cannot fail.
static int handle(Thread *t) {
  chaos_point(t);
  uint32_t bits = a32_load_acq(&t->breaker);
  if (bits & BREAK_STW) stw_suspend(t);
  if ((bits & BREAK_GIL_DROP) || (MODE_IS_GIL && chaos_chance(t, 16))) give_way(t);
  if (bits & BREAK_MERGE) thread_hooks()->merge(t);
  if (bits & BREAK_QSBR) qsbr_report(t);
  if (bits & BREAK_COMMON) {
    clear_bit(t, BREAK_COMMON);
    critical_use_common(t);
  }
  bits = a32_load_acq(&t->breaker) & ~(uint32_t)(BREAK_STW | BREAK_GIL_DROP | BREAK_MERGE | BREAK_QSBR | BREAK_YIELD | BREAK_COMMON | BREAK_ASYNC_EXC);
  for (; bits; bits &= bits - 1) {
    uint32_t bit = bits & -bits;
    clear_bit(t, bit);
    BreakerAction act = actions[__builtin_ctz(bit)];
    if (act && act(t) < 0) return -1;
  }
  return 0;
}

// No thread gives up an object's ownership, as merging does, while it is in a section as its owner: who finds an object without an owner
// takes that for granted (critical.c). What runs here knows of no section around it, as in thread_detach_raw.
int breaker_handle(Thread *t) {
  if (t->stopping_world) return 0;  // neither detaches nor runs Python code
  if (likely(!critical_is_owner_inside(t))) return handle(t);
  critical_release_all(t);
  struct Critical *released = t->critical;
  t->critical = NULL;
  int r = handle(t);
  t->critical = released;
  critical_retake_innermost(t);
  return r;
}

void thread_begin_shutdown(Thread *t) {
  aptr_store_rel(&finaliser, t);
  a32_store_rel(&shut_down, 1);
  // Whoever runs now is stopped, and does not come back.
  stop_the_world(t);
  start_the_world(t);
}
