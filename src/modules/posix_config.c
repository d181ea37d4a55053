// posix: what the system says of its limits: sysconf, confstr, pathconf.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str.h"

#define PATHCONF_NAMES(X) \
  X(PC_ALLOC_SIZE_MIN) X(PC_ASYNC_IO) X(PC_CHOWN_RESTRICTED) X(PC_FILESIZEBITS) X(PC_LINK_MAX) X(PC_MAX_CANON) X(PC_MAX_INPUT) X(PC_NAME_MAX) \
  X(PC_NO_TRUNC) X(PC_PATH_MAX) X(PC_PIPE_BUF) X(PC_PRIO_IO) X(PC_REC_INCR_XFER_SIZE) X(PC_REC_MAX_XFER_SIZE) X(PC_REC_MIN_XFER_SIZE) \
  X(PC_REC_XFER_ALIGN) X(PC_SOCK_MAXBUF) X(PC_SYMLINK_MAX) X(PC_SYNC_IO) X(PC_VDISABLE)

#define CONFSTR_NAMES(X) \
  X(CS_GNU_LIBC_VERSION) X(CS_GNU_LIBPTHREAD_VERSION) X(CS_LFS64_CFLAGS) X(CS_LFS64_LDFLAGS) X(CS_LFS64_LIBS) X(CS_LFS64_LINTFLAGS) X(CS_LFS_CFLAGS) \
  X(CS_LFS_LDFLAGS) X(CS_LFS_LIBS) X(CS_LFS_LINTFLAGS) X(CS_PATH) X(CS_XBS5_ILP32_OFF32_CFLAGS) X(CS_XBS5_ILP32_OFF32_LDFLAGS) \
  X(CS_XBS5_ILP32_OFF32_LIBS) X(CS_XBS5_ILP32_OFF32_LINTFLAGS) X(CS_XBS5_ILP32_OFFBIG_CFLAGS) X(CS_XBS5_ILP32_OFFBIG_LDFLAGS) \
  X(CS_XBS5_ILP32_OFFBIG_LIBS) X(CS_XBS5_ILP32_OFFBIG_LINTFLAGS) X(CS_XBS5_LP64_OFF64_CFLAGS) X(CS_XBS5_LP64_OFF64_LDFLAGS) X(CS_XBS5_LP64_OFF64_LIBS) \
  X(CS_XBS5_LP64_OFF64_LINTFLAGS) X(CS_XBS5_LPBIG_OFFBIG_CFLAGS) X(CS_XBS5_LPBIG_OFFBIG_LDFLAGS) X(CS_XBS5_LPBIG_OFFBIG_LIBS) \
  X(CS_XBS5_LPBIG_OFFBIG_LINTFLAGS)

#define SYSCONF_NAMES(X) \
  X(SC_2_CHAR_TERM) X(SC_2_C_BIND) X(SC_2_C_DEV) X(SC_2_C_VERSION) X(SC_2_FORT_DEV) X(SC_2_FORT_RUN) X(SC_2_LOCALEDEF) X(SC_2_SW_DEV) X(SC_2_UPE) \
  X(SC_2_VERSION) X(SC_AIO_LISTIO_MAX) X(SC_AIO_MAX) X(SC_AIO_PRIO_DELTA_MAX) X(SC_ARG_MAX) X(SC_ASYNCHRONOUS_IO) X(SC_ATEXIT_MAX) X(SC_AVPHYS_PAGES) \
  X(SC_BC_BASE_MAX) X(SC_BC_DIM_MAX) X(SC_BC_SCALE_MAX) X(SC_BC_STRING_MAX) X(SC_CHARCLASS_NAME_MAX) X(SC_CHAR_BIT) X(SC_CHAR_MAX) X(SC_CHAR_MIN) \
  X(SC_CHILD_MAX) X(SC_CLK_TCK) X(SC_COLL_WEIGHTS_MAX) X(SC_DELAYTIMER_MAX) X(SC_EQUIV_CLASS_MAX) X(SC_EXPR_NEST_MAX) X(SC_FSYNC) \
  X(SC_GETGR_R_SIZE_MAX) X(SC_GETPW_R_SIZE_MAX) X(SC_INT_MAX) X(SC_INT_MIN) X(SC_IOV_MAX) X(SC_JOB_CONTROL) X(SC_LINE_MAX) X(SC_LOGIN_NAME_MAX) \
  X(SC_LONG_BIT) X(SC_MAPPED_FILES) X(SC_MB_LEN_MAX) X(SC_MEMLOCK) X(SC_MEMLOCK_RANGE) X(SC_MEMORY_PROTECTION) X(SC_MESSAGE_PASSING) X(SC_MINSIGSTKSZ) \
  X(SC_MQ_OPEN_MAX) X(SC_MQ_PRIO_MAX) X(SC_NGROUPS_MAX) X(SC_NL_ARGMAX) X(SC_NL_LANGMAX) X(SC_NL_MSGMAX) X(SC_NL_NMAX) X(SC_NL_SETMAX) \
  X(SC_NL_TEXTMAX) X(SC_NPROCESSORS_CONF) X(SC_NPROCESSORS_ONLN) X(SC_NZERO) X(SC_OPEN_MAX) X(SC_PAGESIZE) X(SC_PAGE_SIZE) X(SC_PASS_MAX) \
  X(SC_PHYS_PAGES) X(SC_PII) X(SC_PII_INTERNET) X(SC_PII_INTERNET_DGRAM) X(SC_PII_INTERNET_STREAM) X(SC_PII_OSI) X(SC_PII_OSI_CLTS) X(SC_PII_OSI_COTS) \
  X(SC_PII_OSI_M) X(SC_PII_SOCKET) X(SC_PII_XTI) X(SC_POLL) X(SC_PRIORITIZED_IO) X(SC_PRIORITY_SCHEDULING) X(SC_REALTIME_SIGNALS) X(SC_RE_DUP_MAX) \
  X(SC_RTSIG_MAX) X(SC_SAVED_IDS) X(SC_SCHAR_MAX) X(SC_SCHAR_MIN) X(SC_SELECT) X(SC_SEMAPHORES) X(SC_SEM_NSEMS_MAX) X(SC_SEM_VALUE_MAX) \
  X(SC_SHARED_MEMORY_OBJECTS) X(SC_SHRT_MAX) X(SC_SHRT_MIN) X(SC_SIGQUEUE_MAX) X(SC_SSIZE_MAX) X(SC_STREAM_MAX) X(SC_SYNCHRONIZED_IO) X(SC_THREADS) \
  X(SC_THREAD_ATTR_STACKADDR) X(SC_THREAD_ATTR_STACKSIZE) X(SC_THREAD_DESTRUCTOR_ITERATIONS) X(SC_THREAD_KEYS_MAX) X(SC_THREAD_PRIORITY_SCHEDULING) \
  X(SC_THREAD_PRIO_INHERIT) X(SC_THREAD_PRIO_PROTECT) X(SC_THREAD_PROCESS_SHARED) X(SC_THREAD_SAFE_FUNCTIONS) X(SC_THREAD_STACK_MIN) \
  X(SC_THREAD_THREADS_MAX) X(SC_TIMERS) X(SC_TIMER_MAX) X(SC_TTY_NAME_MAX) X(SC_TZNAME_MAX) X(SC_T_IOV_MAX) X(SC_UCHAR_MAX) X(SC_UINT_MAX) \
  X(SC_UIO_MAXIOV) X(SC_ULONG_MAX) X(SC_USHRT_MAX) X(SC_VERSION) X(SC_WORD_BIT) X(SC_XBS5_ILP32_OFF32) X(SC_XBS5_ILP32_OFFBIG) X(SC_XBS5_LP64_OFF64) \
  X(SC_XBS5_LPBIG_OFFBIG) X(SC_XOPEN_CRYPT) X(SC_XOPEN_ENH_I18N) X(SC_XOPEN_LEGACY) X(SC_XOPEN_REALTIME) X(SC_XOPEN_REALTIME_THREADS) X(SC_XOPEN_SHM) \
  X(SC_XOPEN_UNIX) X(SC_XOPEN_VERSION) X(SC_XOPEN_XCU_VERSION) X(SC_XOPEN_XPG2) X(SC_XOPEN_XPG3) X(SC_XOPEN_XPG4)

typedef struct Name { const char *text; int number; } Name;
#define ROW(name) {#name, _##name},
static const Name pathconf_names[] = {PATHCONF_NAMES(ROW) {NULL, 0}};
static const Name confstr_names[] = {CONFSTR_NAMES(ROW) {NULL, 0}};
static const Name sysconf_names[] = {SYSCONF_NAMES(ROW) {NULL, 0}};
#undef ROW

// A name, or its number. 0, or -1 with an exception.
static int name_arg(Thread *t, Value v, const Name *names, int *out) {
  if (v_is_int(v)) return posix_int(t, v, out);
  if (!v_is_str(v)) {
    raise_type_error(t, "configuration names must be strings or integers");
    return -1;
  }
  for (; names->text; names++) {
    if (!str_equals_cstr(v, names->text)) continue;
    *out = names->number;
    return 0;
  }
  raise_value_error(t, "unrecognized configuration name");
  return -1;
}

// -1 is an answer ("no limit") unless errno, cleared before, is set.
static Value limit(Thread *t, long value, Value path) { return value == -1 && errno ? raise_errno(t, errno, path, V_NULL) : int_from_i64(t, value); }

POSIX(sysconf) {
  POSIX_UNUSED;
  int name;
  if (name_arg(t, args[0], sysconf_names, &name) < 0) return V_NULL;
  errno = 0;
  return limit(t, sysconf(name), V_NULL);
}

POSIX(fpathconf) {
  POSIX_UNUSED;
  int fd, name;
  if (fd_arg(t, args[0], &fd) < 0 || name_arg(t, args[1], pathconf_names, &name) < 0) return V_NULL;
  errno = 0;
  return limit(t, fpathconf(fd, name), V_NULL);
}

POSIX(pathconf) {
  POSIX_UNUSED;
  PathArg p;
  int name;
  if (path_arg(t, args[0], "pathconf", true, false, &p) < 0) return V_NULL;
  Value r = V_NULL;
  if (name_arg(t, args[1], pathconf_names, &name) == 0) {
    errno = 0;
    long value = p.name ? pathconf(p.name, name) : fpathconf(p.fd, name);
    // A name that the system does not know is nothing that the path could help.
    r = limit(t, value, errno == EINVAL ? V_NULL : p.object);
  }
  path_release(t, &p);
  return r;
}

POSIX(confstr) {
  POSIX_UNUSED;
  int name;
  char small[256];
  if (name_arg(t, args[0], confstr_names, &name) < 0) return V_NULL;
  errno = 0;
  size_t n = confstr(name, small, sizeof small);
  if (n == 0) return errno ? posix_status(t, -1) : V_NONE;
  if (n <= sizeof small) return str_decode_fs(t, small, n - 1);
  char *text = malloc(n);
  if (!text) return raise_no_memory(t);
  confstr(name, text, n);
  Value r = str_decode_fs(t, text, n - 1);
  free(text);
  return r;
}

const NativeDef posix_config_functions[] = {
    {"sysconf(name, /)", posix_sysconf, "The value of a configuration number.", 0},
    {"fpathconf(fd, name, /)", posix_fpathconf, "The limit of that name for an open file.", 0},
    {"pathconf(path, name)", posix_pathconf, "The limit of that name for a path.", 0},
    {"confstr(name, /)", posix_confstr, "The value of a configuration string.", 0},
    {0},
};

static int add_names(Thread *t, Value m, const char *attribute, const Name *names) {
  Value d = dict_new(t);
  for (; !v_is_null(d) && names->text; names++)
    if (dict_set_cstr(t, v_dict(d), names->text, v_from_smi(names->number)) < 0) v_clear(t, &d);
  return v_is_null(d) ? -1 : module_add(t, m, attribute, d);
}

int posix_config_init(Thread *t, Value m) {
  return add_names(t, m, "sysconf_names", sysconf_names) < 0 || add_names(t, m, "pathconf_names", pathconf_names) < 0 ? -1 : add_names(t, m, "confstr_names", confstr_names);
}
