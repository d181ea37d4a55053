// Reading and writing cached code for the bootstrap, and the rule for where importlib keeps it.
#include "system/bytecode_cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "code/marshal.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/config.h"

static uint32_t raw_magic(void) { return BYTECODE_MAGIC | (uint32_t)'\r' << 16 | (uint32_t)'\n' << 24; }

// ROOT/usr/lib/python3.11/__pycache__/name.weft-311.opt-N.pyc for the library's name.py. False: nowhere to keep it.
static bool cache_path(char *out, size_t size, const char *root, const char *source) {
  if (!root) return false;
  const char *slash = strrchr(source, '/'), *dot = strrchr(source, '.');
  if (!slash || !dot || dot < slash) return false;
  char opt[16] = "";
  if (sys_config.optimize) snprintf(opt, sizeof opt, ".opt-%d", sys_config.optimize);
  int n = snprintf(out, size, "%s%.*s/__pycache__/%.*s.weft-311%s.pyc", root, (int)(slash - source), source, (int)(dot - slash - 1), slash + 1, opt);
  return n > 0 && (size_t)n < size;
}

static uint32_t word_at(const char *p) {
  uint32_t w;
  memcpy(&w, p, sizeof w);
  return w;
}

bool bytecode_is_ours(const char *data, size_t n) { return n >= BYTECODE_HEADER && word_at(data) == raw_magic(); }

static bool fits_source(const char *data, size_t n, const struct stat *source) {
  return n > BYTECODE_HEADER && word_at(data) == raw_magic() && word_at(data + 4) == 0 && word_at(data + 8) == (uint32_t)source->st_mtime &&
         word_at(data + 12) == (uint32_t)source->st_size;
}

Value bytecode_cache_read(Thread *t, const char *data, size_t n, const struct stat *source) {
  if (!fits_source(data, n, source)) return V_NULL;
  Value code = marshal_loads(t, data + BYTECODE_HEADER, n - BYTECODE_HEADER);
  if (v_is_null(code)) error_clear(t);
  else if (!v_is_exact(code, SHAPE_CODE)) v_clear(t, &code);
  return code;
}

// The code that one cache folder holds for a source; V_NULL without an exception: none that fits.
static Value load_from(Thread *t, const char *root, const char *source_path, const struct stat *source) {
  char path[4096];
  struct stat cached;
  if (!cache_path(path, sizeof path, root, source_path)) return V_NULL;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return V_NULL;
  Value code = V_NULL;
  char *data = NULL;
  if (fstat(fd, &cached) == 0 && cached.st_size > BYTECODE_HEADER && (data = malloc((size_t)cached.st_size)) != NULL &&
      read(fd, data, (size_t)cached.st_size) == cached.st_size)
    code = bytecode_cache_read(t, data, (size_t)cached.st_size, source);
  free(data);
  close(fd);
  return code;
}

Value bytecode_cache_load(Thread *t, const char *source_path) {
  struct stat source;
  if (stat(source_path, &source) < 0) return V_NULL;
  Value code = load_from(t, sys_config.installed_cache, source_path, &source);
  return v_is_null(code) ? load_from(t, sys_config.cache_dir, source_path, &source) : code;
}

static void make_parents(char *path) {
  for (char *p = path + 1; *p; p++) {
    if (*p != '/') continue;
    *p = '\0';
    mkdir(path, 0777);
    *p = '/';
  }
}

void bytecode_cache_store(Thread *t, const char *source_path, const struct stat *source, Value code) {
  char path[4096], temporary[4200];
  if (sys_config.dont_write_bytecode || !cache_path(path, sizeof path, sys_config.cache_dir, source_path)) return;
  Value data = marshal_dumps(t, code);
  if (v_is_null(data)) {
    error_clear(t);
    return;
  }
  make_parents(path);
  snprintf(temporary, sizeof temporary, "%s.%ld", path, (long)getpid());
  uint32_t header[4] = {raw_magic(), 0, (uint32_t)source->st_mtime, (uint32_t)source->st_size};
  int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd >= 0) {
    // Written aside and renamed, so that a reader never sees half a file.
    const Bytes *b = v_bytes(data);
    bool ok = write(fd, header, BYTECODE_HEADER) == BYTECODE_HEADER && write(fd, b->data, (size_t)b->length) == b->length;
    ok = close(fd) == 0 && ok;
    if (!ok || rename(temporary, path) < 0) unlink(temporary);
  }
  v_drop(t, data);
}

// --- The rule for importlib -------------------------------------------------------------------------------------------------------------

static Value original_cache_from_source;

static bool is_system_path(const char *path) {
  size_t n = strlen(sys_config.stdlib);
  return (strncmp(path, sys_config.stdlib, n) == 0 && path[n] == '/') || strncmp(path, "/usr/lib/python3/", 17) == 0;
}

static Value cache_from_source(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self;
  Value r = object_call(t, original_cache_from_source, args, nargs, kwnames);
  if (v_is_null(r) || !v_is_str(r)) return r;
  const char *path = str_utf8(t, r, NULL);
  if (!path) {
    error_clear(t);
    return r;
  }
  if (!is_system_path(path)) return r;
  Value moved = sys_config.cache_dir ? str_from_format(t, "%s%U", sys_config.cache_dir, r)
                                     : raise_error(t, &exc_NotImplementedError, "no folder to keep compiled code in");
  v_drop(t, r);
  return moved;
}

static const NativeDef cache_from_source_def = {
    "cache_from_source(path, debug_override=None, *, optimization=None)", cache_from_source,
    "Given the path to a .py file, return the path to its .pyc file.", NATIVE_RAW};

int bytecode_cache_adopt(Thread *t, Value external) {
  Dict *d = v_dict(module_dict(external));
  uint32_t magic = raw_magic();
  Value bytes = bytes_from(t, &magic, sizeof magic);
  int r = v_is_null(bytes) ? -1 : dict_set_cstr(t, d, "MAGIC_NUMBER", bytes);
  v_drop(t, bytes);
  if (r < 0 || dict_set_cstr(t, d, "_RAW_MAGIC_NUMBER", v_from_smi((int64_t)magic)) < 0) return -1;
  if (dict_get_cstr(t, d, "cache_from_source", &original_cache_from_source) <= 0) return -1;
  Value name = N(_frozen_importlib_external);
  Value f = v_is_null(name) ? V_NULL : native_new(t, &cache_from_source_def, V_NULL, name);
  r = v_is_null(f) ? -1 : dict_set_cstr(t, d, "cache_from_source", f);
  v_drop(t, f);
  return r;
}
