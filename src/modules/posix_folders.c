// posix: what is in folders: listdir and scandir.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gc/heap.h"
#include "modules/_warnings.h"
#include "modules/posix_internal.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/sys_state.h"

static bool is_dot(const char *s) { return s[0] == '.' && (s[1] == '\0' || (s[1] == '.' && s[2] == '\0')); }

static DIR *open_folder(Thread *t, const PathArg *p) {
  DIR *d;
  int fd = p->name ? -1 : fcntl(p->fd, F_DUPFD_CLOEXEC, 0);
  DETACHED(d, p->name ? opendir(p->name) : fd < 0 ? NULL : fdopendir(fd));
  if (!d && fd >= 0) close(fd);
  if (d && fd >= 0) rewinddir(d);
  return d;
}

POSIX(listdir) {
  POSIX_UNUSED;
  if (sys_audit(t, "os.listdir", v_is_absent(args[0]) ? V_NONE : args[0]) < 0) return V_NULL;
  PathArg p;
  if (path_arg(t, args[0], "listdir", true, true, &p) < 0) return V_NULL;
  DIR *d = open_folder(t, &p);
  Value list = V_NULL;
  if (!d) {
    path_error(t, &p);
  } else {
    list = list_new(t, 0);
    for (struct dirent *e; !v_is_null(list) && (errno = 0, e = readdir(d)) != NULL;) {
      if (is_dot(e->d_name)) continue;
      Value name = path_result(t, &p, e->d_name, strlen(e->d_name));
      if (v_is_null(name) || list_append_steal(t, v_list(list), name) < 0) v_clear(t, &list);
    }
    closedir(d);
  }
  path_release(t, &p);
  return list;
}

// scandir's iterator: entries are read one by one; the stream belongs to one iterator under its stream lock-like critical use by one thread.
typedef struct ScandirIterator { Object ob; DIR *dir; Value path; bool is_bytes; int fd; a8 busy; } ScandirIterator;
typedef struct DirEntry { Object ob; Value name, path, stat, lstat; unsigned char type; int dir_fd; uint64_t inode; } DirEntry;
static Type type_scandir, type_direntry;

static Value entry_new(Thread *t, ScandirIterator *it, const struct dirent *e) {
  Value v = type_generic_alloc(t, &type_direntry, 0);
  if (v_is_null(v)) return V_NULL;
  DirEntry *d = (DirEntry *)v_obj(v);
  size_t n = strlen(e->d_name);
  d->type = e->d_type;
  d->inode = e->d_ino;
  d->dir_fd = it->fd;
  d->name = it->is_bytes ? bytes_from(t, e->d_name, n) : str_decode_fs(t, e->d_name, n);
  if (it->fd >= 0 || v_is_null(d->name)) {
    d->path = v_own(t, d->name);
  } else {
    const Bytes *base = v_bytes(it->path);
    bool slash = base->length > 0 && base->data[base->length - 1] == '/';
    char *joined = malloc((size_t)base->length + n + 2);
    if (joined) {
      int length = sprintf(joined, "%s%s%s", base->data, slash || base->length == 0 ? "" : "/", e->d_name);
      d->path = it->is_bytes ? bytes_from(t, joined, (size_t)length) : str_decode_fs(t, joined, (size_t)length);
      free(joined);
    } else {
      raise_no_memory(t);
    }
  }
  if (v_is_null(d->name) || v_is_null(d->path)) v_clear(t, &v);
  return v;
}

static void scandir_close_dir(ScandirIterator *it) {
  if (it->dir) closedir(it->dir);
  it->dir = NULL;
}

static Value scandir_next(Thread *t, Value self) {
  ScandirIterator *it = (ScandirIterator *)v_obj(self);
  if (!a8_cas_acq(&it->busy, 0, 1)) return raise_value_error(t, "scandir iterator already executing");
  Value r = V_NULL;
  while (it->dir) {
    errno = 0;
    struct dirent *e = readdir(it->dir);
    if (!e) {
      if (errno) posix_status(t, -1);
      scandir_close_dir(it);
      break;
    }
    if (is_dot(e->d_name)) continue;
    r = entry_new(t, it, e);
    break;
  }
  a8_store_rel(&it->busy, 0);
  return r;
}
POSIX(scandir_close) { POSIX_UNUSED; scandir_close_dir((ScandirIterator *)v_obj(self)); return V_NONE; }
POSIX(scandir_enter) { POSIX_UNUSED; return v_own(t, self); }
static Value scandir_iter(Thread *t, Value self) { return v_own(t, self); }
static void scandir_finalize(Thread *t, Value self) {
  ScandirIterator *it = (ScandirIterator *)v_obj(self);
  if (!it->dir) return;
  Object *pending = t->exc;
  t->exc = NULL;
  warnings_unclosed(t, self, "unclosed scandir iterator %R", self);
  t->exc = pending;
  scandir_close_dir(it);
}
static void scandir_dealloc(Thread *t, Object *o) {
  scandir_close_dir((ScandirIterator *)o);
  v_drop(t, ((ScandirIterator *)o)->path);
  heap_free_object(t, o);
}
static const NativeDef scandir_methods[] = {
    {"close($self, /)", posix_scandir_close, NULL, NATIVE_NO_SIGNATURE}, {"__enter__($self, /)", posix_scandir_enter, NULL, NATIVE_NO_SIGNATURE},
    {"__exit__($self, /, *args)", posix_scandir_close, NULL, NATIVE_NO_SIGNATURE}, {0}};
static const TypeSpec spec_scandir = {.name = "posix.ScandirIterator", .size = sizeof(ScandirIterator), .flags = TYPE_NO_INSTANTIATE | TYPE_HAS_FINALIZER,
    .slots = {.iter = scandir_iter, .iternext = scandir_next, .finalize = scandir_finalize, .dealloc = scandir_dealloc}, .methods = scandir_methods};

POSIX(scandir) {
  POSIX_UNUSED;
  if (sys_audit(t, "os.scandir", v_is_absent(args[0]) ? V_NONE : args[0]) < 0) return V_NULL;
  PathArg p;
  if (path_arg(t, args[0], "scandir", true, true, &p) < 0) return V_NULL;
  DIR *d = open_folder(t, &p);
  Value r = V_NULL;
  if (!d) {
    path_error(t, &p);
  } else {
    r = type_generic_alloc(t, &type_scandir, 0);
    if (v_is_null(r)) {
      closedir(d);
    } else {
      ScandirIterator *it = (ScandirIterator *)v_obj(r);
      it->dir = d;
      it->is_bytes = p.is_bytes;
      it->fd = p.name ? -1 : p.fd;
      it->path = bytes_from(t, p.name ? p.name : "", p.name ? strlen(p.name) : 0);
    }
  }
  path_release(t, &p);
  return r;
}

static DirEntry *v_entry(Value v) { return (DirEntry *)v_obj(v); }
static Value entry_stat(Thread *t, DirEntry *e, bool follow) {
  Value *slot = follow ? &e->stat : &e->lstat;
  if (!v_is_null(*slot)) return v_own(t, *slot);
  Value r = posix_do_stat(t, e->path, e->dir_fd >= 0 ? e->dir_fd : AT_FDCWD, follow, "stat", false);
  if (!v_is_null(r)) v_set(t, slot, v_own(t, r));
  return r;
}
// Whether the entry is of a kind (S_IFDIR...), from the folder's own record where that says enough.
static Value entry_is(Thread *t, Value self, Value follow_value, mode_t kind, unsigned char record) {
  DirEntry *e = v_entry(self);
  int follow = posix_follow_arg(t, follow_value);
  if (follow < 0) return V_NULL;
  bool known = e->type != DT_UNKNOWN && !(follow && e->type == DT_LNK);
  if (known) return v_from_bool(e->type == record);
  Value st = entry_stat(t, e, follow);
  if (v_is_null(st)) {
    if (!error_matches(t, &exc_FileNotFoundError)) return V_NULL;
    error_clear(t);
    return V_FALSE;
  }
  int64_t mode;
  int_as_i64(v_tuple(st)->items[0], &mode);
  v_drop(t, st);
  return v_from_bool((mode & S_IFMT) == kind);
}
POSIX(entry_is_dir) { POSIX_UNUSED; return entry_is(t, self, args[0], S_IFDIR, DT_DIR); }
POSIX(entry_is_file) { POSIX_UNUSED; return entry_is(t, self, args[0], S_IFREG, DT_REG); }
POSIX(entry_is_symlink) { POSIX_UNUSED; return entry_is(t, self, V_FALSE, S_IFLNK, DT_LNK); }
POSIX(entry_stat_) {
  POSIX_UNUSED;
  int follow = posix_follow_arg(t, args[0]);
  return follow < 0 ? V_NULL : entry_stat(t, v_entry(self), follow);
}
POSIX(entry_inode) { POSIX_UNUSED; return int_from_u64(t, v_entry(self)->inode); }
POSIX(entry_fspath) { POSIX_UNUSED; return v_own(t, v_entry(self)->path); }
POSIX(entry_class_getitem) { POSIX_UNUSED; return generic_alias_new(t, self, args[0]); }
static Value entry_repr(Thread *t, Value self) { return str_from_format(t, "<DirEntry %R>", v_entry(self)->name); }
static void entry_dealloc(Thread *t, Object *o) {
  DirEntry *e = (DirEntry *)o;
  v_drop(t, e->name);
  v_drop(t, e->path);
  v_drop(t, e->stat);
  v_drop(t, e->lstat);
  heap_free_object(t, o);
}
static const NativeDef entry_methods[] = {
    {"is_dir($self, /, *, follow_symlinks=True)", posix_entry_is_dir, "Whether it is a folder.", 0},
    {"is_file($self, /, *, follow_symlinks=True)", posix_entry_is_file, "Whether it is an ordinary file.", 0},
    {"is_symlink($self, /)", posix_entry_is_symlink, "Whether it is a symbolic link.", 0},
    {"stat($self, /, *, follow_symlinks=True)", posix_entry_stat_, "What os.stat() says of it; asked once.", 0},
    {"inode($self, /)", posix_entry_inode, "The number of its inode.", 0},
    {"__fspath__($self, /)", posix_entry_fspath, "Its path.", 0},
    {"__class_getitem__($type, item, /)", posix_entry_class_getitem, "See PEP 585", NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {0}};
static const MemberDef entry_members[] = {
    {"name", MEMBER_VALUE, offsetof(DirEntry, name), true, "The name within its folder."},
    {"path", MEMBER_VALUE, offsetof(DirEntry, path), true, "The name with the folder's path, as scandir() was given it."},
    {0}};
static const TypeSpec spec_direntry = {.name = "posix.DirEntry", .size = sizeof(DirEntry), .flags = TYPE_NO_INSTANTIATE,
    .slots = {.repr = entry_repr, .dealloc = entry_dealloc}, .methods = entry_methods, .members = entry_members};

const NativeDef posix_folder_functions[] = {
    {"listdir(path=None)", posix_listdir, "The names in a folder, in no special order.", 0},
    {"scandir(path=None)", posix_scandir, "An iterator over the entries of a folder, with what is known of each.", 0},
    {0},
};

int posix_folders_init(Thread *t, Value m) {
  if (!type_ready(t, &type_scandir, &spec_scandir, 0) || !type_ready(t, &type_direntry, &spec_direntry, 0)) return -1;
  return module_add_type(t, m, &type_direntry);
}
