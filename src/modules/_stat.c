// _stat: what the bits of st_mode mean.
#include <stdio.h>
#include <sys/stat.h>

#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"

#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// 0, or -1 with an exception.
static int as_mode(Thread *t, Value v, mode_t *mode) {
  if (!v_is_int(v)) {
    raise_type_error(t, "an integer is required");
    return -1;
  }
  uint64_t u = 0;
  bool fits = int_as_u64(v, &u), negative = int_sign(v) < 0;
  if (!fits && negative) raise_overflow(t, "can't convert negative value to unsigned int");
  else if (!fits) raise_overflow(t, "Python int too large to convert to C unsigned long");
  else if (u > UINT32_MAX) raise_overflow(t, "mode out of range");
  else {
    *mode = (mode_t)u;
    return 0;
  }
  return -1;
}

#define KIND_TEST(NAME, TEST)                                                                                     \
  static Value stat_##NAME(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {               \
    UNUSED;                                                                                                       \
    mode_t mode;                                                                                                  \
    return as_mode(t, args[0], &mode) < 0 ? V_NULL : v_from_bool(TEST);                                           \
  }
KIND_TEST(S_ISDIR, S_ISDIR(mode))
KIND_TEST(S_ISCHR, S_ISCHR(mode))
KIND_TEST(S_ISBLK, S_ISBLK(mode))
KIND_TEST(S_ISREG, S_ISREG(mode))
KIND_TEST(S_ISFIFO, S_ISFIFO(mode))
KIND_TEST(S_ISLNK, S_ISLNK(mode))
KIND_TEST(S_ISSOCK, S_ISSOCK(mode))
KIND_TEST(S_ISDOOR, ((void)mode, false))   // Linux has no doors, event ports or whiteouts
KIND_TEST(S_ISPORT, ((void)mode, false))
KIND_TEST(S_ISWHT, ((void)mode, false))

static Value stat_S_IMODE(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  UNUSED;
  mode_t mode;
  return as_mode(t, args[0], &mode) < 0 ? V_NULL : v_from_smi(mode & 07777);
}
static Value stat_S_IFMT(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  UNUSED;
  mode_t mode;
  return as_mode(t, args[0], &mode) < 0 ? V_NULL : v_from_smi(mode & S_IFMT);
}

static char kind_letter(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG: return '-';
    case S_IFDIR: return 'd';
    case S_IFLNK: return 'l';
    case S_IFBLK: return 'b';
    case S_IFCHR: return 'c';
    case S_IFIFO: return 'p';
    case S_IFSOCK: return 's';
    default: return '?';
  }
}

static Value stat_filemode(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  UNUSED;
  mode_t mode;
  if (as_mode(t, args[0], &mode) < 0) return V_NULL;
  char text[11];
  snprintf(text, sizeof text, "%c---------", kind_letter(mode));
  static const char letters[] = "rwxrwxrwx";
  for (int i = 0; i < 9; i++)
    if (mode & (0400u >> i)) text[1 + i] = letters[i];
  if (mode & S_ISUID) text[3] = mode & S_IXUSR ? 's' : 'S';
  if (mode & S_ISGID) text[6] = mode & S_IXGRP ? 's' : 'S';
  if (mode & S_ISVTX) text[9] = mode & S_IXOTH ? 't' : 'T';
  return str_from_ascii(t, text, 10);
}

static const NativeDef functions[] = {
    {"S_ISDIR(mode, /)", stat_S_ISDIR, "Whether the mode is that of a folder.", NATIVE_NO_SIGNATURE},
    {"S_ISCHR(mode, /)", stat_S_ISCHR, "Whether the mode is that of a character device.", NATIVE_NO_SIGNATURE},
    {"S_ISBLK(mode, /)", stat_S_ISBLK, "Whether the mode is that of a block device.", NATIVE_NO_SIGNATURE},
    {"S_ISREG(mode, /)", stat_S_ISREG, "Whether the mode is that of an ordinary file.", NATIVE_NO_SIGNATURE},
    {"S_ISFIFO(mode, /)", stat_S_ISFIFO, "Whether the mode is that of a fifo.", NATIVE_NO_SIGNATURE},
    {"S_ISLNK(mode, /)", stat_S_ISLNK, "Whether the mode is that of a symlink.", NATIVE_NO_SIGNATURE},
    {"S_ISSOCK(mode, /)", stat_S_ISSOCK, "Whether the mode is that of a socket.", NATIVE_NO_SIGNATURE},
    {"S_ISDOOR(mode, /)", stat_S_ISDOOR, "Whether the mode is that of a door.", NATIVE_NO_SIGNATURE},
    {"S_ISPORT(mode, /)", stat_S_ISPORT, "Whether the mode is that of an event port.", NATIVE_NO_SIGNATURE},
    {"S_ISWHT(mode, /)", stat_S_ISWHT, "Whether the mode is that of a whiteout.", NATIVE_NO_SIGNATURE},
    {"S_IMODE(mode, /)", stat_S_IMODE, "The permission bits of the mode.", NATIVE_NO_SIGNATURE},
    {"S_IFMT(mode, /)", stat_S_IFMT, "The bits of the mode for the kind of file.", NATIVE_NO_SIGNATURE},
    {"filemode(mode, /)", stat_filemode, "The mode as ls -l shows it.", NATIVE_NO_SIGNATURE},
    {0},
};

static const struct { const char *name; int64_t number; } constants[] = {
    {"S_IFDIR", S_IFDIR}, {"S_IFCHR", S_IFCHR}, {"S_IFBLK", S_IFBLK}, {"S_IFREG", S_IFREG}, {"S_IFIFO", S_IFIFO}, {"S_IFLNK", S_IFLNK},
    {"S_IFSOCK", S_IFSOCK}, {"S_IFDOOR", 0}, {"S_IFPORT", 0}, {"S_IFWHT", 0}, {"S_ISUID", S_ISUID}, {"S_ISGID", S_ISGID}, {"S_ISVTX", S_ISVTX},
    {"S_ENFMT", S_ISGID}, {"S_IREAD", S_IRUSR}, {"S_IWRITE", S_IWUSR}, {"S_IEXEC", S_IXUSR}, {"S_IRWXU", S_IRWXU}, {"S_IRUSR", S_IRUSR},
    {"S_IWUSR", S_IWUSR}, {"S_IXUSR", S_IXUSR}, {"S_IRWXG", S_IRWXG}, {"S_IRGRP", S_IRGRP}, {"S_IWGRP", S_IWGRP}, {"S_IXGRP", S_IXGRP},
    {"S_IRWXO", S_IRWXO}, {"S_IROTH", S_IROTH}, {"S_IWOTH", S_IWOTH}, {"S_IXOTH", S_IXOTH},
    // BSD's file flags, which programs name even where the system has none of them.
    {"UF_NODUMP", 0x1}, {"UF_IMMUTABLE", 0x2}, {"UF_APPEND", 0x4}, {"UF_OPAQUE", 0x8}, {"UF_NOUNLINK", 0x10}, {"UF_COMPRESSED", 0x20},
    {"UF_HIDDEN", 0x8000}, {"SF_ARCHIVED", 0x10000}, {"SF_IMMUTABLE", 0x20000}, {"SF_APPEND", 0x40000}, {"SF_NOUNLINK", 0x100000}, {"SF_SNAPSHOT", 0x200000},
    // Places in os.stat_result.
    {"ST_MODE", 0}, {"ST_INO", 1}, {"ST_DEV", 2}, {"ST_NLINK", 3}, {"ST_UID", 4}, {"ST_GID", 5}, {"ST_SIZE", 6}, {"ST_ATIME", 7}, {"ST_MTIME", 8}, {"ST_CTIME", 9},
};

static int stat_exec(Thread *t, Value m) {
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].number) < 0) return -1;
  return 0;
}

const ModuleDef module__stat = {.name = "_stat", .doc = "S_IFMT_: file type bits; S_I* bits: file modes; UF_* and SF_*: file flags.", .functions = functions, .exec = stat_exec};
