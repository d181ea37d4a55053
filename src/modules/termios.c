// termios: the settings of terminals.
#include <errno.h>
#include <sys/ioctl.h>
#include <termios.h>

#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/tuple.h"

#define FN(name) static Value termios_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

static Value error_class;

// termios.error(errno, text)
static Value tty_error(Thread *t, int err) {
  raise_errno(t, err, V_NULL, V_NULL);
  Value os_error = error_fetch(t), arguments = v_exc(os_error)->args;
  Value exc = object_call(t, error_class, v_tuple(arguments)->items, (size_t)v_tuple(arguments)->length, V_NULL);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, exc);
  v_drop(t, os_error);
  return V_NULL;
}

// Runs the call detached; an errno, or 0.
#define DETACHED(err, call)                 \
  do {                                      \
    ALLOW_THREADS_BEGIN(t)                  \
    err = (call) < 0 ? errno : 0;           \
    ALLOW_THREADS_END                       \
  } while (0)

static Value status(Thread *t, int err) { return err ? tty_error(t, err) : V_NONE; }

// --- Attributes -------------------------------------------------------------------------------------------------------------------------

// The control characters as one-byte strings; VMIN and VTIME are numbers where lines are not edited.
static Value control_characters(Thread *t, const struct termios *mode) {
  Value list = list_new(t, NCCS);
  for (int i = 0; i < NCCS && !v_is_null(list); i++) {
    bool number = !(mode->c_lflag & ICANON) && (i == VMIN || i == VTIME);
    Value item = number ? v_from_smi(mode->c_cc[i]) : bytes_from(t, &mode->c_cc[i], 1);
    if (v_is_null(item) || list_append_steal(t, v_list(list), item) < 0) v_clear(t, &list);
  }
  return list;
}

FN(tcgetattr) {
  UNUSED;
  struct termios mode;
  int fd, err;
  if (module_fileno(t, args[0], &fd) < 0) return V_NULL;
  DETACHED(err, tcgetattr(fd, &mode));
  if (err) return tty_error(t, err);
  Value cc = control_characters(t, &mode);
  if (v_is_null(cc)) return V_NULL;
  return list_from_stolen(t, (Value[]){v_from_smi(mode.c_iflag), v_from_smi(mode.c_oflag), v_from_smi(mode.c_cflag), v_from_smi(mode.c_lflag),
                                       v_from_smi(cfgetispeed(&mode)), v_from_smi(cfgetospeed(&mode)), cc}, 7);
}

static int take_character(Thread *t, Value v, cc_t *out) {
  if (v_is_bytes(v) && v_bytes(v)->length == 1) {
    *out = (cc_t)v_bytes(v)->data[0];
    return 0;
  }
  if (!v_is_int(v)) return raise_type_error(t, "tcsetattr: elements of attributes must be characters or integers"), -1;
  int64_t n = number_as_i64(t, v);
  if (n == -1 && error_pending(t)) return -1;
  *out = (cc_t)n;
  return 0;
}

// Fills mode from [iflag, oflag, cflag, lflag, ispeed, ospeed, cc]. 0 or -1.
static int take_attributes(Thread *t, Value list, struct termios *mode, speed_t *speeds) {
  tcflag_t *const flags[] = {&mode->c_iflag, &mode->c_oflag, &mode->c_cflag, &mode->c_lflag};
  if (!v_is_list(list) || list_length(v_list(list)) != 7) return raise_type_error(t, "tcsetattr, arg 3: must be 7 element list"), -1;
  Value tuple = list_to_tuple(t, v_list(list));
  if (v_is_null(tuple)) return -1;
  int rc = 0;
  for (int i = 0; rc == 0 && i < 6; i++) {
    int64_t n = number_as_i64(t, v_tuple(tuple)->items[i]);
    if (n == -1 && error_pending(t)) rc = -1;
    else if (i < 4) *flags[i] = (tcflag_t)n;
    else speeds[i - 4] = (speed_t)n;
  }
  Value cc = v_tuple(tuple)->items[6];
  if (rc == 0 && (!v_is_list(cc) || list_length(v_list(cc)) != NCCS))
    rc = (raise_type_error(t, "tcsetattr: attributes[6] must be %d element list", NCCS), -1);
  for (int i = 0; rc == 0 && i < NCCS; i++) {
    Value v = list_get(t, v_list(cc), i);
    rc = v_is_null(v) ? -1 : take_character(t, v, &mode->c_cc[i]);
    v_drop(t, v);
  }
  v_drop(t, tuple);
  return rc;
}

FN(tcsetattr) {
  UNUSED;
  struct termios mode;
  speed_t speeds[2];
  int fd, err, when = 0;
  if (module_fileno(t, args[0], &fd) < 0) return V_NULL;
  when = number_as_int(t, args[1]);
  if (when == -1 && error_pending(t)) return V_NULL;
  if (!v_is_list(args[2]) || list_length(v_list(args[2])) != 7) return raise_type_error(t, "tcsetattr, arg 3: must be 7 element list");
  DETACHED(err, tcgetattr(fd, &mode));   // what the list does not name stays
  if (err) return tty_error(t, err);
  if (take_attributes(t, args[2], &mode, speeds) < 0) return V_NULL;
  if (cfsetispeed(&mode, speeds[0]) < 0 || cfsetospeed(&mode, speeds[1]) < 0) return tty_error(t, errno);
  DETACHED(err, tcsetattr(fd, when, &mode));
  return status(t, err);
}

// --- The line ---------------------------------------------------------------------------------------------------------------------------

// The descriptor and the int behind it. 0 or -1.
static int fd_and_int(Thread *t, const Value *args, int *fd, int *n) {
  if (module_fileno(t, args[0], fd) < 0) return -1;
  *n = number_as_int(t, args[1]);
  return *n == -1 && error_pending(t) ? -1 : 0;
}

FN(tcsendbreak) {
  UNUSED;
  int fd, duration, err;
  if (fd_and_int(t, args, &fd, &duration) < 0) return V_NULL;
  DETACHED(err, tcsendbreak(fd, duration));
  return status(t, err);
}

FN(tcdrain) {
  UNUSED;
  int fd, err;
  if (module_fileno(t, args[0], &fd) < 0) return V_NULL;
  DETACHED(err, tcdrain(fd));
  return status(t, err);
}

FN(tcflush) {
  UNUSED;
  int fd, queue, err;
  if (fd_and_int(t, args, &fd, &queue) < 0) return V_NULL;
  DETACHED(err, tcflush(fd, queue));
  return status(t, err);
}

FN(tcflow) {
  UNUSED;
  int fd, action, err;
  if (fd_and_int(t, args, &fd, &action) < 0) return V_NULL;
  DETACHED(err, tcflow(fd, action));
  return status(t, err);
}

FN(tcgetwinsize) {
  UNUSED;
  struct winsize size;
  int fd, err;
  if (module_fileno(t, args[0], &fd) < 0) return V_NULL;
  DETACHED(err, ioctl(fd, TIOCGWINSZ, &size));
  return err ? tty_error(t, err) : tuple_pack(t, 2, v_from_smi(size.ws_row), v_from_smi(size.ws_col));
}

FN(tcsetwinsize) {
  UNUSED;
  struct winsize size;
  int fd, err;
  int64_t n[2];
  if (module_fileno(t, args[0], &fd) < 0) return V_NULL;
  if (!v_type(args[1])->slots.getitem || !v_type(args[1])->slots.length || object_length(t, args[1]) != 2)
    return error_pending(t) ? V_NULL : raise_type_error(t, "tcsetwinsize, arg 2: must be a two-item sequence");
  for (int i = 0; i < 2; i++) {
    Value v = object_getitem(t, args[1], v_from_smi(i));
    n[i] = v_is_null(v) ? -1 : number_as_i64(t, v);
    v_drop(t, v);
    if (n[i] == -1 && error_pending(t)) return V_NULL;
  }
  DETACHED(err, ioctl(fd, TIOCGWINSZ, &size));   // the sizes in pixels stay
  if (err) return tty_error(t, err);
  size.ws_row = (unsigned short)n[0];
  size.ws_col = (unsigned short)n[1];
  if (size.ws_row != n[0] || size.ws_col != n[1]) return raise_overflow(t, "winsize value(s) out of range.");
  DETACHED(err, ioctl(fd, TIOCSWINSZ, &size));
  return status(t, err);
}

// --- The module -------------------------------------------------------------------------------------------------------------------------

static const NativeDef functions[] = {
    {"tcgetattr($module, fd, /)", termios_tcgetattr, "The settings of a terminal, as a list.", 0},
    {"tcsetattr($module, fd, when, attributes, /)", termios_tcsetattr, "Changes the settings of a terminal.", 0},
    {"tcsendbreak($module, fd, duration, /)", termios_tcsendbreak, "Sends a break over the line.", 0},
    {"tcdrain($module, fd, /)", termios_tcdrain, "Waits until all that was written has been sent.", 0},
    {"tcflush($module, fd, queue, /)", termios_tcflush, "Throws away data that wait to be read or sent.", 0},
    {"tcflow($module, fd, action, /)", termios_tcflow, "Stops or restarts sending or receiving.", 0},
    {"tcgetwinsize($module, fd, /)", termios_tcgetwinsize, "How many rows and columns a terminal has.", 0},
    {"tcsetwinsize($module, fd, winsize, /)", termios_tcsetwinsize, "Says how many rows and columns a terminal has.", 0},
    {0},
};

#define C(name) {#name, name}
static const struct { const char *name; int64_t value; } constants[] = {
    C(B0), C(B1000000), C(B110), C(B115200), C(B1152000), C(B1200), C(B134), C(B150), C(B1500000), C(B1800), C(B19200), C(B200), C(B2000000),
    C(B230400), C(B2400), C(B2500000), C(B300), C(B3000000), C(B3500000), C(B38400), C(B4000000), C(B460800), C(B4800), C(B50), C(B500000),
    C(B57600), C(B576000), C(B600), C(B75), C(B921600), C(B9600), C(BRKINT), C(BS0), C(BS1), C(BSDLY), C(CBAUD), C(CBAUDEX), C(CDSUSP), C(CEOF),
    C(CEOL), C(CEOT), C(CERASE), C(CFLUSH), C(CIBAUD), C(CINTR), C(CKILL), C(CLNEXT), C(CLOCAL), C(CQUIT), C(CR0), C(CR1), C(CR2), C(CR3), C(CRDLY),
    C(CREAD), C(CRPRNT), C(CRTSCTS), C(CS5), C(CS6), C(CS7), C(CS8), C(CSIZE), C(CSTART), C(CSTOP), C(CSTOPB), C(CSUSP), C(CWERASE), C(ECHO),
    C(ECHOCTL), C(ECHOE), C(ECHOK), C(ECHOKE), C(ECHONL), C(ECHOPRT), C(EXTA), C(EXTB), C(FF0), C(FF1), C(FFDLY), C(FIOASYNC), C(FIOCLEX),
    C(FIONBIO), C(FIONCLEX), C(FIONREAD), C(FLUSHO), C(HUPCL), C(ICANON), C(ICRNL), C(IEXTEN), C(IGNBRK), C(IGNCR), C(IGNPAR), C(IMAXBEL), C(INLCR),
    C(INPCK), C(IOCSIZE_MASK), C(IOCSIZE_SHIFT), C(ISIG), C(ISTRIP), C(IUCLC), C(IXANY), C(IXOFF), C(IXON), C(NCC), C(NCCS), C(NL0), C(NL1),
    C(NLDLY), C(NOFLSH), C(N_MOUSE), C(N_PPP), C(N_SLIP), C(N_STRIP), C(N_TTY), C(OCRNL), C(OFDEL), C(OFILL), C(OLCUC), C(ONLCR), C(ONLRET),
    C(ONOCR), C(OPOST), C(PARENB), C(PARMRK), C(PARODD), C(PENDIN), C(TAB0), C(TAB1), C(TAB2), C(TAB3), C(TABDLY), C(TCFLSH), C(TCGETA), C(TCGETS),
    C(TCIFLUSH), C(TCIOFF), C(TCIOFLUSH), C(TCION), C(TCOFLUSH), C(TCOOFF), C(TCOON), C(TCSADRAIN), C(TCSAFLUSH), C(TCSANOW), C(TCSBRK), C(TCSBRKP),
    C(TCSETA), C(TCSETAF), C(TCSETAW), C(TCSETS), C(TCSETSF), C(TCSETSW), C(TCXONC), C(TIOCCONS), C(TIOCEXCL), C(TIOCGETD), C(TIOCGICOUNT),
    C(TIOCGLCKTRMIOS), C(TIOCGPGRP), C(TIOCGSERIAL), C(TIOCGSOFTCAR), C(TIOCGWINSZ), C(TIOCINQ), C(TIOCLINUX), C(TIOCMBIC), C(TIOCMBIS),
    C(TIOCMGET), C(TIOCMIWAIT), C(TIOCMSET), C(TIOCM_CAR), C(TIOCM_CD), C(TIOCM_CTS), C(TIOCM_DSR), C(TIOCM_DTR), C(TIOCM_LE), C(TIOCM_RI),
    C(TIOCM_RNG), C(TIOCM_RTS), C(TIOCM_SR), C(TIOCM_ST), C(TIOCNOTTY), C(TIOCNXCL), C(TIOCOUTQ), C(TIOCPKT), C(TIOCPKT_DATA), C(TIOCPKT_DOSTOP),
    C(TIOCPKT_FLUSHREAD), C(TIOCPKT_FLUSHWRITE), C(TIOCPKT_NOSTOP), C(TIOCPKT_START), C(TIOCPKT_STOP), C(TIOCSCTTY), C(TIOCSERCONFIG),
    C(TIOCSERGETLSR), C(TIOCSERGETMULTI), C(TIOCSERGSTRUCT), C(TIOCSERGWILD), C(TIOCSERSETMULTI), C(TIOCSERSWILD), C(TIOCSER_TEMT), C(TIOCSETD),
    C(TIOCSLCKTRMIOS), C(TIOCSPGRP), C(TIOCSSERIAL), C(TIOCSSOFTCAR), C(TIOCSTI), C(TIOCSWINSZ), C(TOSTOP), C(VDISCARD), C(VEOF), C(VEOL), C(VEOL2),
    C(VERASE), C(VINTR), C(VKILL), C(VLNEXT), C(VMIN), C(VQUIT), C(VREPRINT), C(VSTART), C(VSTOP), C(VSUSP), C(VSWTC), {"VSWTCH", 7}, C(VT0),
    C(VT1), C(VTDLY), C(VTIME), C(VWERASE), C(XCASE), C(XTABS),
};

static int termios_exec(Thread *t, Value m) {
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  return module_add_exception(t, m, &error_class, "termios", "error", &exc_Exception, NULL);
}

const ModuleDef module_termios = {
    .name = "termios",
    .doc = "Settings of terminals, as POSIX has them.",
    .functions = functions,
    .exec = termios_exec,
};
