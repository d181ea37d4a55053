// errno: the system's error numbers by name, and their names by number.
#include <errno.h>

#include "objects/dict.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"

// In the order in which CPython enters them: of two names for one number the later stands in errorcode.
#define ERROR_NUMBERS(X) \
    X(ENODEV) X(ENOCSI) X(EHOSTUNREACH) X(ENOMSG) X(EUCLEAN) X(EL2NSYNC) X(EL2HLT) X(ENODATA) X(ENOTBLK) X(ENOSYS) X(EPIPE) X(EINVAL) \
    X(EOVERFLOW) X(EADV) X(EINTR) X(EUSERS) X(ENOTEMPTY) X(ENOBUFS) X(EPROTO) X(EREMOTE) X(ENAVAIL) X(ECHILD) X(ELOOP) X(EXDEV) \
    X(E2BIG) X(ESRCH) X(EMSGSIZE) X(EAFNOSUPPORT) X(EBADR) X(EHOSTDOWN) X(EPFNOSUPPORT) X(ENOPROTOOPT) X(EBUSY) X(EWOULDBLOCK) \
    X(EBADFD) X(EDOTDOT) X(EISCONN) X(ENOANO) X(ESHUTDOWN) X(ECHRNG) X(ELIBBAD) X(ENONET) X(EBADE) X(EBADF) X(EMULTIHOP) X(EIO) \
    X(EUNATCH) X(EPROTOTYPE) X(ENOSPC) X(ENOEXEC) X(EALREADY) X(ENETDOWN) X(ENOTNAM) X(EACCES) X(ELNRNG) X(EILSEQ) X(ENOTDIR) \
    X(ENOTUNIQ) X(EPERM) X(EDOM) X(EXFULL) X(ECONNREFUSED) X(EISDIR) X(EPROTONOSUPPORT) X(EROFS) X(EADDRNOTAVAIL) X(EIDRM) X(ECOMM) \
    X(ESRMNT) X(EREMOTEIO) X(EL3RST) X(EBADMSG) X(ENFILE) X(ELIBMAX) X(ESPIPE) X(ENOLINK) X(ENETRESET) X(ETIMEDOUT) X(ENOENT) X(EEXIST) \
    X(EDQUOT) X(ENOSTR) X(EBADSLT) X(EBADRQC) X(ELIBACC) X(EFAULT) X(EFBIG) X(EDEADLK) X(ENOTCONN) X(EDESTADDRREQ) X(ELIBSCN) X(ENOLCK) \
    X(EISNAM) X(ECONNABORTED) X(ENETUNREACH) X(ESTALE) X(ENOSR) X(ENOMEM) X(ENOTSOCK) X(ESTRPIPE) X(EMLINK) X(ERANGE) X(ELIBEXEC) \
    X(EL3HLT) X(ECONNRESET) X(EADDRINUSE) X(EOPNOTSUPP) X(EREMCHG) X(EAGAIN) X(ENAMETOOLONG) X(ENOTTY) X(ERESTART) X(ESOCKTNOSUPPORT) \
    X(ETIME) X(EBFONT) X(EDEADLOCK) X(ETOOMANYREFS) X(EMFILE) X(ETXTBSY) X(EINPROGRESS) X(ENXIO) X(ENOPKG) X(ENOMEDIUM) X(EMEDIUMTYPE) \
    X(ECANCELED) X(ENOKEY) X(EKEYEXPIRED) X(EKEYREVOKED) X(EKEYREJECTED) X(EOWNERDEAD) X(ENOTRECOVERABLE) X(ERFKILL) X(ENOTSUP)

static const struct { const char *name; int number; } codes[] = {
#define CODE_ENTRY(name) {#name, name},
    ERROR_NUMBERS(CODE_ENTRY)
#undef CODE_ENTRY
};

static int errno_exec(Thread *t, Value m) {
  Value names = dict_new(t);
  if (v_is_null(names)) return -1;
  int r = 0;
  for (size_t i = 0; r == 0 && i < sizeof codes / sizeof *codes; i++) {
    Value name = str_intern_cstr(t, codes[i].name);
    if (v_is_null(name) || dict_set(t, v_dict(names), v_from_smi(codes[i].number), name) < 0 || module_add_int(t, m, codes[i].name, codes[i].number) < 0) r = -1;
    v_drop(t, name);
  }
  if (r == 0) return module_add(t, m, "errorcode", names);
  v_drop(t, names);
  return -1;
}

const ModuleDef module_errno = {
    .name = "errno",
    .doc = "The system's error numbers by their names, and the names by number in errorcode.",
    .exec = errno_exec,
};
