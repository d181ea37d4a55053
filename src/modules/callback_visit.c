// Attaching for a callback from C.
#include "modules/callback_visit.h"

#include "modules/thread_types.h"
#include "vm/vm.h"

CallbackVisit callback_visit_begin(void) {
  CallbackVisit visit = {.t = thread_current()};
  visit.was_detached = a32_load_rlx(&visit.t->state) != THREAD_ATTACHED;
  if (visit.was_detached) thread_attach(visit.t);
  return visit;
}

bool callback_visit_begin_anywhere(CallbackVisit *visit) {
  if (thread_current()) {
    *visit = callback_visit_begin();
    return true;
  }
  *visit = (CallbackVisit){.t = thread_new(NULL), .is_foreign = true};
  if (!visit->t) return false;
  if (!vm_thread_init(visit->t)) {
    vm_thread_exit(visit->t);
    thread_abandon(NULL, visit->t);
    return false;
  }
  thread_start(visit->t);
  return true;
}

void callback_visit_end(CallbackVisit visit) {
  if (visit.is_foreign) {
    thread_local_clear(visit.t);
    thread_release_sentinel(visit.t);
    thread_exit(visit.t);
  } else if (visit.was_detached) {
    thread_detach(visit.t);
  }
}
