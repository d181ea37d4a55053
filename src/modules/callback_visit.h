// A callback from C: the thread that it comes on may touch objects for the time of the visit.
//
//   CallbackVisit visit = callback_visit_begin();
//   ... Python code on visit.t ...
//   callback_visit_end(visit);
//
// C libraries call back on a thread that called them, detached as a rule; it is attached (which may block) and detached again. The pending
// exception is the caller's business.
#ifndef WEFT_MODULES_CALLBACK_VISIT_H
#define WEFT_MODULES_CALLBACK_VISIT_H

#include "threading/thread.h"

typedef struct CallbackVisit {
  Thread *t;
  bool was_detached, is_foreign;
} CallbackVisit;

// On a thread of Python's.
CallbackVisit callback_visit_begin(void);
// On any thread: one that is not Python's has a thread state for the time of the visit. False: no memory for that, there is no visit.
bool callback_visit_begin_anywhere(CallbackVisit *visit);
void callback_visit_end(CallbackVisit visit);

#endif
