// select: waiting until descriptors are ready, by select(), poll() and epoll.
//
// The waits run detached. A signal ends the system call early; its handlers run, and the wait goes on for what is left of the time.
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

#include "modules/deadline.h"
#include "modules/module_help.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// Runs the system call detached until it is not interrupted; n < 0 then means OSError of errno, or that a handler raised.
#define WAIT(t, n, call)                       \
  do {                                         \
    int wait_errno_;                           \
    ALLOW_THREADS_BEGIN(t)                     \
    n = (call);                                \
    wait_errno_ = errno;                       \
    ALLOW_THREADS_END                          \
    errno = wait_errno_;                       \
  } while ((n) < 0 && errno == EINTR && safepoint(t) == 0)

static Value os_error(Thread *t) { return error_pending(t) ? V_NULL : raise_errno(t, errno, V_NULL, V_NULL); }

// A time-out in the given unit, absent or None being none (-1). 0, or -1 with an exception.
static int timeout_arg(Thread *t, Value v, int64_t unit_ns, const char *wanted, int64_t *ns) {
  *ns = -1;
  if (v_is_absent_or_none(v) || module_time_as_ns(t, v, unit_ns, ns) == 0) return 0;
  if (error_matches(t, &exc_TypeError)) {
    error_clear(t);
    raise_type_error(t, "timeout must be %s or None", wanted);
  }
  return -1;
}

// --- select() -----------------------------------------------------------------------------------------------------------------------------

typedef struct Watched {
  Value objects;           // list, owned
  int *fds;                // one for each object
  int64_t count;
  fd_set set;
} Watched;

static void watched_release(Thread *t, Watched *w) {
  v_drop(t, w->objects);
  free(w->fds);
}

// Takes the object's descriptor in. 0, or -1 with an exception.
static int watched_add(Thread *t, Watched *w, Value v, int *highest) {
  int fd;
  if (module_fileno(t, v, &fd) < 0) return -1;
  if (fd >= FD_SETSIZE) return raise_value_error(t, "filedescriptor out of range in select()"), -1;
  if (w->count >= FD_SETSIZE) return raise_value_error(t, "too many file descriptors in select()"), -1;
  if (list_append(t, v_list(w->objects), v) < 0) return -1;
  w->fds[w->count++] = fd;
  FD_SET(fd, &w->set);
  if (fd > *highest) *highest = fd;
  return 0;
}

// 0, or -1 with an exception; *highest is raised to the highest descriptor. A list is followed while fileno() methods change it.
static int watched_fill(Thread *t, Watched *w, Value sequence, int *highest) {
  *w = (Watched){.objects = list_new(t, 0), .fds = malloc(FD_SETSIZE * sizeof *w->fds)};
  FD_ZERO(&w->set);
  if (!w->fds && !error_pending(t)) raise_no_memory(t);
  if (error_pending(t)) return -1;
  Value source = v_is_list_exact(sequence) ? v_own(t, sequence) : object_to_list(t, sequence);
  if (v_is_null(source)) {
    if (!error_matches(t, &exc_TypeError)) return -1;
    error_clear(t);
    return raise_type_error(t, "arguments 1-3 must be sequences"), -1;
  }
  int rc = 0;
  for (int64_t i = 0; rc == 0; i++) {
    Value v = list_get(t, v_list(source), i);
    if (v_is_null(v)) break;
    rc = watched_add(t, w, v, highest);
    v_drop(t, v);
  }
  v_drop(t, source);
  return rc;
}

static Value watched_ready(Thread *t, const Watched *w, const fd_set *ready) {
  Value list = list_new(t, 0);
  for (int64_t i = 0; !v_is_null(list) && i < w->count; i++) {
    if (!FD_ISSET(w->fds[i], ready)) continue;
    Value v = list_get(t, v_list(w->objects), i);
    if (list_append_steal(t, v_list(list), v) < 0) v_clear(t, &list);
  }
  return list;
}

static int select_once(int highest, const Watched *w, fd_set *ready, int64_t deadline) {
  int64_t left = deadline_left(deadline);
  int64_t us = left / 1000 + (left % 1000 > 0);
  struct timeval tv = {us / 1000000, us % 1000000};
  for (int i = 0; i < 3; i++) ready[i] = w[i].set;
  return select(highest + 1, &ready[0], &ready[1], &ready[2], left < 0 ? NULL : &tv);
}

METHOD(select_select) {
  UNUSED;
  int64_t timeout;
  if (timeout_arg(t, args[3], NS_PER_SECOND, "a float", &timeout) < 0) return V_NULL;
  if (!v_is_absent_or_none(args[3]) && timeout < 0) return raise_value_error(t, "timeout must be non-negative");
  Watched *w = calloc(3, sizeof *w);
  fd_set *ready = malloc(3 * sizeof *ready);
  Value lists[3] = {V_NULL, V_NULL, V_NULL}, result = V_NULL;
  int highest = -1, n = -1;
  if (!w || !ready) raise_no_memory(t);
  else if (watched_fill(t, &w[0], args[0], &highest) == 0 && watched_fill(t, &w[1], args[1], &highest) == 0 &&
           watched_fill(t, &w[2], args[2], &highest) == 0) {
    int64_t deadline = deadline_in(timeout);
    WAIT(t, n, select_once(highest, w, ready, deadline));
    if (n < 0) os_error(t);
  }
  for (int i = 0; n >= 0 && i < 3; i++)
    if (v_is_null(lists[i] = watched_ready(t, &w[i], &ready[i]))) n = -1;
  if (n >= 0) result = tuple_pack(t, 3, lists[0], lists[1], lists[2]);
  for (int i = 0; i < 3; i++) {
    v_drop(t, lists[i]);
    if (w) watched_release(t, &w[i]);
  }
  free(w);
  free(ready);
  return result;
}

// --- poll objects -------------------------------------------------------------------------------------------------------------------------

typedef struct Poll {
  Object ob;
  Value events;    // dict: descriptor -> mask; owned, constant
  a32 running;     // a thread is inside poll()
} Poll;

static Type type_poll;
static inline Dict *poll_events(Value self) { return v_dict(((Poll *)v_obj(self))->events); }

METHOD(select_poll) {
  UNUSED;
  Value events = dict_new(t), v = v_is_null(events) ? V_NULL : type_poll.slots.alloc(t, &type_poll, 0);
  if (v_is_null(v)) v_drop(t, events);
  else ((Poll *)v_obj(v))->events = events;
  return v;
}

static int mask_arg(Thread *t, Value v, int default_, int *mask) {
  uint64_t n = (uint64_t)default_;
  if (!v_is_absent(v)) {
    if (!v_is_int(v)) return raise_type_error(t, "an integer is required"), -1;
    if (int_sign(v) < 0) return raise_value_error(t, "value must be positive"), -1;
    if (!int_as_u64(v, &n) || n > USHRT_MAX) return raise_overflow(t, "Python int too large for C unsigned short"), -1;
  }
  *mask = (int)n;
  return 0;
}

METHOD(poll_register) {
  UNUSED;
  int fd, mask;
  if (module_fileno(t, args[0], &fd) < 0 || mask_arg(t, args[1], POLLIN | POLLPRI | POLLOUT, &mask) < 0) return V_NULL;
  return dict_set(t, poll_events(self), v_from_smi(fd), v_from_smi(mask)) < 0 ? V_NULL : V_NONE;
}

METHOD(poll_modify) {
  UNUSED;
  int fd, mask;
  if (module_fileno(t, args[0], &fd) < 0 || mask_arg(t, args[1], 0, &mask) < 0) return V_NULL;
  int known = dict_contains(t, poll_events(self), v_from_smi(fd));
  if (known == 0) return raise_errno(t, ENOENT, V_NULL, V_NULL);
  return known < 0 || dict_set(t, poll_events(self), v_from_smi(fd), v_from_smi(mask)) < 0 ? V_NULL : V_NONE;
}

METHOD(poll_unregister) {
  UNUSED;
  int fd;
  if (module_fileno(t, args[0], &fd) < 0) return V_NULL;
  int gone = dict_delete(t, poll_events(self), v_from_smi(fd));
  return gone < 0 ? V_NULL : gone ? V_NONE : raise_key_error(t, v_from_smi(fd));
}

// What is registered, as poll(2) wants it; NULL: no memory.
static struct pollfd *poll_array(Thread *t, Value self, size_t *count) {
  Dict *events = poll_events(self);
  size_t capacity = (size_t)dict_length(events) + 1;
  struct pollfd *fds = malloc(capacity * sizeof *fds);
  if (!fds) return raise_no_memory(t), NULL;
  int64_t pos = 0;
  Value fd, mask;
  *count = 0;
  while (*count < capacity && dict_next(t, events, &pos, &fd, &mask))
    fds[(*count)++] = (struct pollfd){.fd = (int)v_smi(fd), .events = (short)v_smi(mask)};
  return fds;
}

static Value pair(Thread *t, int fd, uint32_t events) { return tuple_pack(t, 2, v_from_smi(fd), v_from_smi(events)); }

static Value poll_ready(Thread *t, const struct pollfd *fds, size_t count) {
  Value list = list_new(t, 0);
  for (size_t i = 0; !v_is_null(list) && i < count; i++) {
    if (!fds[i].revents) continue;
    Value p = pair(t, fds[i].fd, (uint16_t)fds[i].revents);
    if (v_is_null(p) || list_append_steal(t, v_list(list), p) < 0) v_clear(t, &list);
  }
  return list;
}

static Value poll_wait(Thread *t, Value self, int64_t timeout) {
  size_t count;
  struct pollfd *fds = poll_array(t, self, &count);
  if (!fds) return V_NULL;
  int64_t deadline = deadline_in(timeout);
  int n;
  WAIT(t, n, poll(fds, count, deadline_left_ms(deadline)));
  Value result = n < 0 ? os_error(t) : poll_ready(t, fds, count);
  free(fds);
  return result;
}

// A time-out that poll(2) can express, in whole milliseconds.
static int check_timeout(Thread *t, int64_t ns) {
  if (ns <= (int64_t)INT_MAX * NS_PER_MS) return 0;
  return raise_overflow(t, "timeout is too large"), -1;
}

METHOD(poll_poll) {
  UNUSED;
  Poll *p = (Poll *)v_obj(self);
  int64_t timeout;
  if (timeout_arg(t, args[0], NS_PER_MS, "an integer", &timeout) < 0 || check_timeout(t, timeout) < 0) return V_NULL;
  if (!a32_cas_acqrel(&p->running, 0, 1)) return raise_error(t, &exc_RuntimeError, "concurrent poll() invocation");
  Value result = poll_wait(t, self, timeout);
  a32_store_rel(&p->running, 0);
  return result;
}

static void poll_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Poll *)o)->events);
  heap_free_object(t, o);
}

static const NativeDef poll_methods[] = {
    {"register($self, fd, eventmask=select.POLLIN | select.POLLPRI | select.POLLOUT, /)", poll_register, "Register a file descriptor with the polling object.", 0},
    {"modify($self, fd, eventmask, /)", poll_modify, "Modify an already registered file descriptor.", 0},
    {"unregister($self, fd, /)", poll_unregister, "Remove a file descriptor being tracked by the polling object.", 0},
    {"poll($self, timeout=None, /)", poll_poll, "Polls the set of registered file descriptors.", 0},
    {0},
};
static const TypeSpec spec_poll = {
    .name = "select.poll", .size = sizeof(Poll), .flags = TYPE_NO_INSTANTIATE | TYPE_IMMUTABLE, .slots = {.dealloc = poll_dealloc}, .methods = poll_methods};

// --- epoll objects --------------------------------------------------------------------------------------------------------------------------

typedef struct Epoll {
  Object ob;
  a32 fd;          // int32_t; -1: closed. Exchanged by close(), so that only one thread closes it
} Epoll;

static Type type_epoll;
static inline int epoll_fd(Value self) { return (int32_t)a32_load_acq(&((Epoll *)v_obj(self))->fd); }

// The descriptor, or -1 with ValueError.
static int epoll_open_fd(Thread *t, Value self) {
  int fd = epoll_fd(self);
  if (fd < 0) raise_value_error(t, "I/O operation on closed epoll object");
  return fd;
}

static Value epoll_from_fd(Thread *t, Type *type, int fd) {
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) close(fd);
  else a32_store_rel(&((Epoll *)v_obj(v))->fd, (uint32_t)fd);
  return v;
}

static Value epoll_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "epoll(sizehint=-1, flags=0)", args, nargs, kwnames, bound) < 0) return V_NULL;
  int size = v_is_absent(bound[0]) ? -1 : number_as_int(t, bound[0]);
  int flags = error_pending(t) || v_is_absent(bound[1]) ? 0 : number_as_int(t, bound[1]);
  if (error_pending(t)) return V_NULL;
  if (size != -1 && size <= 0) return raise_value_error(t, "negative sizehint");
  if (flags && flags != EPOLL_CLOEXEC) return raise_error(t, &exc_OSError, "invalid flags");
  int fd = epoll_create1(EPOLL_CLOEXEC);
  return fd < 0 ? os_error(t) : epoll_from_fd(t, type, fd);
}

METHOD(epoll_fromfd) {
  UNUSED;
  int fd = number_as_int(t, args[0]);
  if (fd == -1 && error_pending(t)) return V_NULL;
  return epoll_from_fd(t, v_as_type(self), fd);
}

static int epoll_close_fd(Value self) {
  a32 *word = &((Epoll *)v_obj(self))->fd;
  uint32_t fd = a32_load_acq(word);
  while (fd != (uint32_t)-1 && !a32_cas_acqrel(word, fd, (uint32_t)-1)) fd = a32_load_acq(word);
  return fd == (uint32_t)-1 ? 0 : close((int)fd);
}

METHOD(epoll_close) {
  UNUSED;
  int r;
  ALLOW_THREADS_BEGIN(t)
  r = epoll_close_fd(self) < 0 ? errno : 0;
  ALLOW_THREADS_END
  return r ? raise_errno(t, r, V_NULL, V_NULL) : V_NONE;
}

METHOD(epoll_fileno) {
  UNUSED;
  int fd = epoll_open_fd(t, self);
  return fd < 0 ? V_NULL : v_from_smi(fd);
}

static Value epoll_closed(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_bool(epoll_fd(self) < 0);
}

static Value control(Thread *t, Value self, int op, Value target, uint32_t events) {
  int epfd = epoll_open_fd(t, self), fd, r, err;
  if (epfd < 0 || module_fileno(t, target, &fd) < 0) return V_NULL;
  struct epoll_event event = {.events = events, .data.fd = fd};
  ALLOW_THREADS_BEGIN(t)
  r = epoll_ctl(epfd, op, fd, &event);
  err = errno;
  ALLOW_THREADS_END
  return r < 0 ? raise_errno(t, err, V_NULL, V_NULL) : V_NONE;
}

static Value control_with_mask(Thread *t, Value self, int op, const Value *args) {
  uint64_t mask = EPOLLIN | EPOLLPRI | EPOLLOUT;
  if (!v_is_absent(args[1]) && module_u64_masked(t, args[1], &mask) < 0) return V_NULL;
  return control(t, self, op, args[0], (uint32_t)mask);
}

METHOD(epoll_register) { UNUSED; return control_with_mask(t, self, EPOLL_CTL_ADD, args); }
METHOD(epoll_modify) { UNUSED; return control_with_mask(t, self, EPOLL_CTL_MOD, args); }
METHOD(epoll_unregister) { UNUSED; return control(t, self, EPOLL_CTL_DEL, args[0], 0); }

static Value epoll_ready(Thread *t, const struct epoll_event *events, int n) {
  Value list = list_new(t, n);
  for (int i = 0; !v_is_null(list) && i < n; i++) {
    Value p = pair(t, events[i].data.fd, events[i].events);
    if (v_is_null(p) || list_append_steal(t, v_list(list), p) < 0) v_clear(t, &list);
  }
  return list;
}

METHOD(epoll_poll) {
  UNUSED;
  int fd = epoll_open_fd(t, self), most = fd < 0 || v_is_absent(args[1]) ? -1 : number_as_int(t, args[1]);
  int64_t timeout;
  if (error_pending(t) || timeout_arg(t, args[0], NS_PER_SECOND, "an integer", &timeout) < 0 || check_timeout(t, timeout) < 0) return V_NULL;
  if (most == -1) most = FD_SETSIZE - 1;
  else if (most < 1) return raise_value_error(t, "maxevents must be greater than 0, got %d", most);
  struct epoll_event *events = malloc((size_t)most * sizeof *events);
  if (!events) return raise_no_memory(t);
  int64_t deadline = deadline_in(timeout);
  int n;
  WAIT(t, n, epoll_wait(fd, events, most, deadline_left_ms(deadline)));
  Value result = n < 0 ? os_error(t) : epoll_ready(t, events, n);
  free(events);
  return result;
}

METHOD(epoll_enter) {
  UNUSED;
  return epoll_open_fd(t, self) < 0 ? V_NULL : v_own(t, self);
}

METHOD(epoll_exit) {
  UNUSED;
  return object_call_method0(t, self, N(close));
}

static void epoll_dealloc(Thread *t, Object *o) {
  epoll_close_fd(v_from_obj(o));
  heap_free_object(t, o);
}

static const NativeDef epoll_methods[] = {
    {"fromfd($type, fd, /)", epoll_fromfd, "An epoll object for a file descriptor that is one already.", NATIVE_CLASS},
    {"close($self, /)", epoll_close, "Closes the file descriptor of the epoll object.", 0},
    {"fileno($self, /)", epoll_fileno, "The file descriptor of the epoll object itself.", 0},
    {"modify($self, /, fd, eventmask)", epoll_modify, "Changes which events of the file are waited for.", 0},
    {"register($self, /, fd, eventmask=select.EPOLLIN | select.EPOLLPRI | select.EPOLLOUT)", epoll_register,
     "Adds a file and the events to wait for; it may not be in already.", 0},
    {"unregister($self, /, fd)", epoll_unregister, "Takes a file out.", 0},
    {"poll($self, /, timeout=None, maxevents=-1)", epoll_poll, "The events that came, waiting up to timeout for the first one.", 0},
    {"__enter__($self, /)", epoll_enter, NULL, 0},
    {"__exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)", epoll_exit, NULL, 0},
    {0},
};
static const GetSetDef epoll_getset[] = {{"closed", epoll_closed, NULL, "Whether it has been closed.", NULL}, {0}};
static const TypeSpec spec_epoll = {
    .name = "select.epoll",
    .size = sizeof(Epoll),
    .flags = TYPE_IMMUTABLE,
    .slots = {.new = epoll_type_new, .dealloc = epoll_dealloc},
    .methods = epoll_methods,
    .getset = epoll_getset,
    .doc = "select.epoll(sizehint=-1, flags=0)\n\nReturns an epolling object\n\nflags is there for compatibility; the descriptor is always made non-inheritable.",
};

// --- The module -----------------------------------------------------------------------------------------------------------------------------

static const NativeDef functions[] = {
    {"select($module, rlist, wlist, xlist, timeout=None, /)", select_select,
     "Waits until some of the files can be read or written or have an error.", 0},
    {"poll($module, /)", select_poll, "A new object for waiting with poll().", 0},
    {0},
};

static int select_exec(Thread *t, Value m) {
  static const struct { const char *name; int64_t value; } constants[] = {
#define C(name) {#name, name}
      C(PIPE_BUF), C(POLLIN), C(POLLPRI), C(POLLOUT), C(POLLERR), C(POLLHUP), C(POLLNVAL), C(POLLRDNORM), C(POLLRDBAND), C(POLLWRNORM), C(POLLWRBAND),
      C(POLLMSG), C(POLLRDHUP), C(EPOLLIN), C(EPOLLOUT), C(EPOLLPRI), C(EPOLLERR), C(EPOLLHUP), C(EPOLLRDHUP), {"EPOLLET", (uint32_t)EPOLLET},
      C(EPOLLONESHOT), C(EPOLLEXCLUSIVE), C(EPOLLRDNORM), C(EPOLLRDBAND), C(EPOLLWRNORM), C(EPOLLWRBAND), C(EPOLLMSG), C(EPOLL_CLOEXEC)};
#undef C
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  if (!(type_poll.flags & TYPE_READY) && (!type_ready(t, &type_poll, &spec_poll, 0) || !type_ready(t, &type_epoll, &spec_epoll, 0))) return -1;
  return module_add(t, m, "error", v_own_obj(t, &exc_OSError)) < 0 || module_add_type(t, m, &type_epoll) < 0 ? -1 : 0;
}

const ModuleDef module_select = {
    .name = "select",
    .doc = "Waiting until one of many files can be read or written.",
    .functions = functions,
    .exec = select_exec,
};
