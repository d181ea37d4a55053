// The translations of code objects: publication, the list of all, the move of a running frame to the traced form.
#include "vm/exec.h"

#include <stdlib.h>

#include "objects/error_state.h"
#include "threading/mutex.h"
#include "vm/translate.h"

bool exec_fold = true;

// All translations, so that flushes find the caches. Under exec_lock; walked with the world stopped.
static Exec *exec_list;
static Mutex exec_lock = MUTEX_INIT;

static void exec_free(Exec *e) {
  free(e->origin);
  free(e->handlers);
  free(e->heat);
  free(e->lines);
  free(e);
}

static Exec *publish(Thread *t, Code *code, aptr *field, bool fold, bool trace) {
  Exec *e = translate_code(t, code, fold, trace);
  if (!e) return NULL;
  if (!aptr_cas_acqrel(field, NULL, e)) {   // another thread was first; its acquire load pairs with this release
    exec_free(e);
    return aptr_load_acq(field);
  }
  raw_mutex_lock(&exec_lock);
  e->next = exec_list;
  exec_list = e;
  raw_mutex_unlock(&exec_lock);
  return e;
}

Exec *exec_get_slow(Thread *t, Code *code) { return publish(t, code, &code->exec, exec_fold, false); }

Exec *exec_get_traced(Thread *t, Code *code) {
  Exec *e = aptr_load_acq(&code->traced_exec);
  return e ? e : publish(t, code, &code->traced_exec, false, true);
}

const Inst *exec_enter_traced(Thread *t, Frame *f, const Inst *after) {
  Exec *e = exec_get_traced(t, f->exec->code);
  int64_t unit = e ? translate_settle_frame(t, f, (uint32_t)(after - f->exec->insts)) : -1;
  error_clear(t);
  if (unit < 0) return NULL;
  f->exec = e;
  f->pc = &e->insts[exec_find_unit(e, (uint32_t)unit)];
  return f->pc;
}

uint32_t exec_find_unit(const Exec *e, uint32_t unit) {
  uint32_t i = 0;
  while (i + 1 < e->count && e->origin[i] < unit) i++;
  return i;
}

static void exec_unlist(Exec *e) {
  raw_mutex_lock(&exec_lock);
  for (Exec **p = &exec_list; *p; p = &(*p)->next) {
    if (*p == e) {
      *p = e->next;
      break;
    }
  }
  raw_mutex_unlock(&exec_lock);
}

void exec_free_code(Thread *t, Code *code) {
  (void)t;
  aptr *fields[] = {&code->exec, &code->traced_exec};
  for (int i = 0; i < 2; i++) {
    Exec *e = aptr_load_acq(fields[i]);
    if (!e) continue;
    aptr_store_rlx(fields[i], NULL);
    exec_unlist(e);
    exec_free(e);
  }
}

void exec_each(void (*fn)(Exec *e, void *arg), void *arg) {
  for (Exec *e = exec_list; e; e = e->next) fn(e, arg);
}
