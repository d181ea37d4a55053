// _multiprocessing: SemLock, a lock or semaphore between processes, on POSIX named semaphores.
//
// `count` says how often the calling thread's process holds it, `owner` which thread does; both are atomic words that only a holder, who has
// the semaphore, changes. Waiting runs detached and goes on after signals.
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "modules/deadline.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

enum { KIND_RECURSIVE_MUTEX, KIND_SEMAPHORE, SEMAPHORE_MAX = 2147483647 };

typedef struct SemLock {
  Object ob;
  sem_t *handle;        // constant
  int kind, maximum;    // constant
  a64 owner;            // ident of the thread that acquired last
  a32 count;            // int32_t: acquisitions less releases by this process
  Value name;           // str or None; owned, constant
} SemLock;

static Type type_semlock;
static inline SemLock *v_semlock(Value v) { return (SemLock *)v_obj(v); }
static inline int32_t held(const SemLock *s) { return (int32_t)a32_load_rlx(&s->count); }
static bool is_mine(const SemLock *s, const Thread *t) { return held(s) > 0 && a64_load_rlx(&s->owner) == t->ident; }

#define METHOD(name) static Value semlock_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// --- Making -------------------------------------------------------------------------------------------------------------------------------

static Value semlock_make(Thread *t, Type *type, sem_t *handle, int kind, int maximum, Value name) {
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  SemLock *s = v_semlock(v);
  s->handle = handle;
  s->kind = kind;
  s->maximum = maximum;
  s->name = v_own(t, name);
  return v;
}

static Value semlock_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[5];
  int n[3];
  if (native_bind(t, &binder, "SemLock(kind, value, maxvalue, name, unlink)", args, nargs, kwnames, bound) < 0) return V_NULL;
  for (int i = 0; i < 3; i++) {
    n[i] = number_as_int(t, bound[i]);
    if (n[i] == -1 && error_pending(t)) return V_NULL;
  }
  if (!v_is_str(bound[3])) return raise_type_error(t, "SemLock() argument 'name' must be str, not %T", bound[3]);
  const char *name = str_utf8(t, bound[3], NULL);
  int unlink = name ? object_is_true(t, bound[4]) : -1;
  if (unlink < 0) return V_NULL;
  if (n[0] != KIND_RECURSIVE_MUTEX && n[0] != KIND_SEMAPHORE) return raise_value_error(t, "unrecognized kind");
  sem_t *handle = sem_open(name, O_CREAT | O_EXCL, 0600, (unsigned)n[1]);
  if (handle == SEM_FAILED) return raise_errno(t, errno, V_NULL, V_NULL);
  if (unlink && sem_unlink(name) < 0) raise_errno(t, errno, V_NULL, V_NULL);
  Value v = error_pending(t) ? V_NULL : semlock_make(t, type, handle, n[0], n[2], unlink ? V_NONE : bound[3]);
  if (v_is_null(v)) sem_close(handle);
  return v;
}

METHOD(rebuild) {
  UNUSED;
  int64_t address = number_as_i64(t, args[0]);
  int kind = error_pending(t) ? -1 : number_as_int(t, args[1]), maximum = error_pending(t) ? -1 : number_as_int(t, args[2]);
  if (error_pending(t)) return V_NULL;
  sem_t *handle = (sem_t *)(uintptr_t)address;
  if (!v_is_none(args[3])) {
    const char *name = v_is_str(args[3]) ? str_utf8(t, args[3], NULL) : NULL;
    if (!name) return error_pending(t) ? V_NULL : raise_type_error(t, "_rebuild() argument 4 must be str or None, not %T", args[3]);
    handle = sem_open(name, 0);
    if (handle == SEM_FAILED) return raise_errno(t, errno, V_NULL, V_NULL);
  }
  return semlock_make(t, v_as_type(self), handle, kind, maximum, args[3]);
}

static void semlock_dealloc(Thread *t, Object *o) {
  SemLock *s = (SemLock *)o;
  if (s->handle) sem_close(s->handle);
  v_drop(t, s->name);
  heap_free_object(t, o);
}

// --- Acquiring and releasing ----------------------------------------------------------------------------------------------------------------

// One wait until `when` (NULL: no limit). 0 or an errno.
static int wait_once(Thread *t, SemLock *s, const struct timespec *when) {
  int err;
  ALLOW_THREADS_BEGIN(t)
  err = (when ? sem_timedwait(s->handle, when) : sem_wait(s->handle)) < 0 ? errno : 0;
  ALLOW_THREADS_END
  return err;
}

static int deadline_arg(Thread *t, Value v, struct timespec *when) {
  double seconds = number_as_double(t, v);
  if (seconds == -1.0 && error_pending(t)) return -1;
  if (!(seconds > 0)) seconds = 0;
  if (seconds > 1e9) seconds = 1e9;
  clock_gettime(CLOCK_REALTIME, when);
  int64_t ns = when->tv_nsec + (int64_t)(fmod(seconds, 1) * 1e9 + 0.5);
  when->tv_sec += (time_t)seconds + ns / NS_PER_SECOND;
  when->tv_nsec = ns % NS_PER_SECOND;
  return 0;
}

static Value acquire(Thread *t, SemLock *s, bool block, Value timeout) {
  struct timespec when;
  if (s->kind == KIND_RECURSIVE_MUTEX && is_mine(s, t)) {
    a32_fetch_add_rlx(&s->count, 1);
    return V_TRUE;
  }
  bool limited = block && !v_is_absent_or_none(timeout);
  if (limited && deadline_arg(t, timeout, &when) < 0) return V_NULL;
  int err = sem_trywait(s->handle) < 0 ? errno : 0;
  while (err && block && (err == EAGAIN || err == EINTR)) {
    err = wait_once(t, s, limited ? &when : NULL);
    if (err == EINTR && safepoint(t) < 0) return V_NULL;
  }
  if (err == EAGAIN || err == ETIMEDOUT) return V_FALSE;
  if (err) return raise_errno(t, err, V_NULL, V_NULL);
  a32_fetch_add_rlx(&s->count, 1);
  a64_store_rlx(&s->owner, t->ident);
  return V_TRUE;
}

METHOD(acquire) {
  UNUSED;
  int block = v_is_absent(args[0]) ? 1 : object_is_true(t, args[0]);
  return block < 0 ? V_NULL : acquire(t, v_semlock(self), block, args[1]);
}

METHOD(enter) { UNUSED; return acquire(t, v_semlock(self), true, V_NONE); }

METHOD(release) {
  UNUSED;
  SemLock *s = v_semlock(self);
  if (s->kind == KIND_RECURSIVE_MUTEX) {
    if (!is_mine(s, t)) return raise_error(t, &exc_AssertionError, "attempt to release recursive lock not owned by thread");
    if (held(s) > 1) {
      a32_fetch_add_rlx(&s->count, (uint32_t)-1);
      return V_NONE;
    }
  } else {
    int value;
    if (sem_getvalue(s->handle, &value) < 0) return raise_errno(t, errno, V_NULL, V_NULL);
    if (value >= s->maximum) return raise_value_error(t, "semaphore or lock released too many times");
  }
  a32_fetch_add_rlx(&s->count, (uint32_t)-1);   // before the next holder adds its own
  if (sem_post(s->handle) == 0) return V_NONE;
  int err = errno;
  a32_fetch_add_rlx(&s->count, 1);
  return raise_errno(t, err, V_NULL, V_NULL);
}

METHOD(exit) { return semlock_release(t, self, args, nargs, kwnames); }

METHOD(count) { UNUSED; return v_from_smi(held(v_semlock(self))); }
METHOD(is_mine) { UNUSED; return v_from_bool(is_mine(v_semlock(self), t)); }

METHOD(get_value) {
  UNUSED;
  int value;
  if (sem_getvalue(v_semlock(self)->handle, &value) < 0) return raise_errno(t, errno, V_NULL, V_NULL);
  return v_from_smi(value < 0 ? 0 : value);   // POSIX allows a count of waiters below zero
}

METHOD(is_zero) {
  UNUSED;
  int value;
  if (sem_getvalue(v_semlock(self)->handle, &value) < 0) return raise_errno(t, errno, V_NULL, V_NULL);
  return v_from_bool(value == 0);
}

METHOD(after_fork) {
  UNUSED;
  a32_store_rlx(&v_semlock(self)->count, 0);
  return V_NONE;
}

// --- The type and the module -----------------------------------------------------------------------------------------------------------------

static Value semlock_handle(Thread *t, Value self, void *closure) {
  (void)closure;
  return int_from_u64(t, (uint64_t)(uintptr_t)v_semlock(self)->handle);
}

static const NativeDef semlock_methods[] = {
    {"acquire($self, /, block=True, timeout=None)", semlock_acquire, "Takes the semaphore, waiting for it if need be.", 0},
    {"release($self, /)", semlock_release, "Gives the semaphore back.", 0},
    {"_count($self, /)", semlock_count, "How often this process has taken it and not given it back.", 0},
    {"_is_mine($self, /)", semlock_is_mine, "Whether this thread has taken it.", 0},
    {"_get_value($self, /)", semlock_get_value, "The value the semaphore has at the moment.", 0},
    {"_is_zero($self, /)", semlock_is_zero, "Whether nothing is left to take.", 0},
    {"_rebuild($type, handle, kind, maxvalue, name, /)", semlock_rebuild, NULL, NATIVE_CLASS},
    {"_after_fork($self, /)", semlock_after_fork, "Forgets, in a forked child, what the parent had taken.", 0},
    {"__enter__($self, /)", semlock_enter, "Takes the semaphore at the start of a with statement.", 0},
    {"__exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)", semlock_exit, "Gives the semaphore back at the end of a with statement.", 0},
    {0},
};
static const MemberDef semlock_members[] = {{"kind", MEMBER_I32, offsetof(SemLock, kind), true, NULL},
                                            {"maxvalue", MEMBER_I32, offsetof(SemLock, maximum), true, NULL},
                                            {"name", MEMBER_VALUE, offsetof(SemLock, name), true, NULL},
                                            {0}};
static const GetSetDef semlock_computed[] = {{"handle", semlock_handle, NULL, NULL, NULL}, {0}};
static const TypeSpec spec_semlock = {
    .name = "_multiprocessing.SemLock",
    .size = sizeof(SemLock),
    .flags = TYPE_BASETYPE,
    .slots = {.new = semlock_type_new, .dealloc = semlock_dealloc},
    .methods = semlock_methods,
    .members = semlock_members,
    .computed_members = semlock_computed,
    .doc = "Semaphore/Mutex type",
};

static Value multiprocessing_sem_unlink(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  UNUSED;
  if (!v_is_str(args[0])) return raise_type_error(t, "sem_unlink() argument must be str, not %T", args[0]);
  const char *name = str_utf8(t, args[0], NULL);
  if (!name) return V_NULL;
  return sem_unlink(name) < 0 ? raise_errno(t, errno, V_NULL, V_NULL) : V_NONE;
}

static const NativeDef functions[] = {{"sem_unlink($module, name, /)", multiprocessing_sem_unlink, NULL, 0}, {0}};

static int multiprocessing_exec(Thread *t, Value m) {
  if (!(type_semlock.flags & TYPE_READY)) {
    Value name = type_ready(t, &type_semlock, &spec_semlock, 0) ? str_intern_cstr(t, "SEM_VALUE_MAX") : V_NULL;
    if (v_is_null(name) || dict_set(t, v_dict(type_semlock.dict), name, v_from_smi(SEMAPHORE_MAX)) < 0) return -1;
  }
  Value flags = dict_new(t);
  if (v_is_null(flags) || dict_set_cstr(t, v_dict(flags), "HAVE_SEM_OPEN", v_from_smi(1)) < 0 ||
      dict_set_cstr(t, v_dict(flags), "HAVE_SEM_TIMEDWAIT", v_from_smi(1)) < 0) {
    v_drop(t, flags);
    return -1;
  }
  return module_add(t, m, "flags", flags) < 0 || module_add_type(t, m, &type_semlock) < 0 ? -1 : 0;
}

const ModuleDef module__multiprocessing = {.name = "_multiprocessing", .functions = functions, .exec = multiprocessing_exec};
