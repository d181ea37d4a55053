// posix: terminals and pseudo-terminals.
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utmp.h>

#include "modules/posix_internal.h"
#include "modules/process_hooks.h"
#include "objects/error.h"
#include "objects/str.h"
#include "system/sys_state.h"

POSIX(openpty) {
  POSIX_UNUSED;
  int master, slave;
  if (openpty(&master, &slave, NULL, NULL, NULL) < 0) return posix_status(t, -1);
  // Descriptors are not inherited unless asked for (PEP 446).
  if (fcntl(master, F_SETFD, FD_CLOEXEC) < 0 || fcntl(slave, F_SETFD, FD_CLOEXEC) < 0) {
    posix_status(t, -1);
    close(master);
    close(slave);
    return V_NULL;
  }
  return tuple_from_stolen(t, (Value[]){v_from_smi(master), v_from_smi(slave)}, 2);
}

POSIX(login_tty) {
  POSIX_UNUSED;
  int fd;
  return posix_int(t, args[0], &fd) < 0 ? V_NULL : posix_status(t, login_tty(fd));
}

POSIX(forkpty) {
  POSIX_UNUSED;
  if (sys_audit(t, "os.forkpty", V_NULL) < 0) return V_NULL;
  int master, slave;
  if (openpty(&master, &slave, NULL, NULL, NULL) < 0) return posix_status(t, -1);
  int pid = process_fork(t);
  if (pid == 0) {
    close(master);
    if (login_tty(slave) < 0) _exit(1);
    return tuple_from_stolen(t, (Value[]){v_from_smi(0), v_from_smi(-1)}, 2);
  }
  int err = errno;
  close(slave);
  if (pid < 0) {
    close(master);
    return raise_errno(t, err, V_NULL, V_NULL);
  }
  return tuple_from_stolen(t, (Value[]){v_from_smi(pid), v_from_smi(master)}, 2);
}

POSIX(ttyname) {
  POSIX_UNUSED;
  int fd;
  char name[256];
  if (posix_int(t, args[0], &fd) < 0) return V_NULL;
  int err = ttyname_r(fd, name, sizeof name);
  return err ? raise_errno(t, err, V_NULL, V_NULL) : str_decode_fs(t, name, strlen(name));
}

POSIX(ctermid) {
  POSIX_UNUSED;
  char name[L_ctermid];
  return str_decode_fs(t, name, strlen(ctermid(name)));
}

POSIX(tcgetpgrp) {
  POSIX_UNUSED;
  int fd;
  if (posix_int(t, args[0], &fd) < 0) return V_NULL;
  int group = tcgetpgrp(fd);
  return group < 0 ? posix_status(t, -1) : v_from_smi(group);
}

POSIX(tcsetpgrp) {
  POSIX_UNUSED;
  int fd, group;
  return posix_int(t, args[0], &fd) < 0 || posix_int(t, args[1], &group) < 0 ? V_NULL : posix_status(t, tcsetpgrp(fd, group));
}

static Type *terminal_size_type;

POSIX(get_terminal_size) {
  POSIX_UNUSED;
  int fd = 1;
  struct winsize size;
  if (!v_is_absent(args[0]) && posix_int(t, args[0], &fd) < 0) return V_NULL;
  if (ioctl(fd, TIOCGWINSZ, &size) < 0) return posix_status(t, -1);
  return structseq_new(t, terminal_size_type, (Value[]){v_from_smi(size.ws_col), v_from_smi(size.ws_row)}, 2);
}

const NativeDef posix_terminal_functions[] = {
    {"openpty($module, /)", posix_openpty, "A new pseudo-terminal: (master, slave), two descriptors.", 0},
    {"forkpty($module, /)", posix_forkpty, "Forks a child whose controlling terminal is new: (0, -1) in the child, (pid, master) in the parent.", 0},
    {"login_tty($module, fd, /)", posix_login_tty, "Makes fd the controlling terminal and the standard streams of a new session.", 0},
    {"ttyname($module, fd, /)", posix_ttyname, "The name of the terminal that fd is open on.", 0},
    {"ctermid($module, /)", posix_ctermid, "A name for the process's controlling terminal.", 0},
    {"tcgetpgrp($module, fd, /)", posix_tcgetpgrp, "The process group in the terminal's foreground.", 0},
    {"tcsetpgrp($module, fd, pgid, /)", posix_tcsetpgrp, "Puts a process group into the terminal's foreground.", 0},
    {"get_terminal_size(fd=None, /)", posix_get_terminal_size, "How many columns and lines the terminal has.", 0},
    {0},
};

int posix_terminal_init(Thread *t, Value m) {
  static const StructSeqField size_fields[] = {{"columns", "Columns on the screen"}, {"lines", "Lines on the screen"}, {NULL, NULL}};
  static const StructSeqDef size_def = {"os.terminal_size", "Columns and lines of a terminal", size_fields, 2};
  terminal_size_type = posix_add_structseq(t, m, &size_def, "terminal_size");
  return terminal_size_type ? 0 : -1;
}
