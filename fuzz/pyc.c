// Fuzz target: the content of a .pyc file through the three readers there are: that of the bootstrap's cache, importlib's for files without
// source, importlib's for files that a source stands beside. The code they give is looked at from all sides and translated, but not run.
//
// The first byte: 0, the rest is the file; else the rest stands behind our magic number.
#include <stdlib.h>
#include <string.h>

#include "code/code.h"
#include "fuzz/target.h"
#include "objects/bytes.h"
#include "objects/object.h"
#include "system/bytecode_cache.h"

static const char helpers[] =
    "import sys\n"
    "external = sys.modules['_frozen_importlib_external']\n"
    "class Sourceless(external.SourcelessFileLoader):\n"
    "    def get_data(self, path): return self.data\n"
    "class Source(external.SourceFileLoader):\n"
    "    def get_data(self, path): return self.data if path.endswith('.pyc') else b'pass'\n"
    "    def path_stats(self, path): return {'mtime': external._unpack_uint32(self.data[8:12]), 'size': external._unpack_uint32(self.data[12:16])}\n"
    "    def _cache_bytecode(self, *args): pass\n"
    "def look_at(code):\n"
    "    for start, end, line in code.co_lines(): pass\n"
    "    for position in code.co_positions(): pass\n"
    "    repr(code), code.co_varnames, code.co_cellvars, code.co_freevars\n"
    "    try: code.replace(co_name='renamed', co_filename='moved')\n"
    "    except (ValueError, SystemError): pass\n"
    "    for item in code.co_consts:\n"
    "        if type(item) is type(code): look_at(item)\n"
    "def read(data):\n"
    "    codes = []\n"
    "    for loader in Sourceless('fuzzed', '/nowhere/fuzzed.pyc'), Source('fuzzed', '/nowhere/fuzzed.py'):\n"
    "        loader.data = data\n"
    "        if loader.__class__ is Source and len(data) < 16: continue\n"
    "        try: code = loader.get_code('fuzzed')\n"
    "        except (ImportError, EOFError, ValueError, TypeError, SystemError): continue\n"
    "        look_at(code)\n"
    "        codes.append(code)\n"
    "    return codes\n";

static Value read_function;

bool target_start(Thread *t) {
  Value space = fuzz_python(t, helpers);
  if (v_is_null(space)) return false;
  read_function = fuzz_global(t, space, "read");
  v_drop(t, space);
  return true;
}

static void read_by_bootstrap(Thread *t, const char *data, size_t size) {
  struct stat source = {0};
  uint32_t words[2] = {0, 0};
  if (size >= BYTECODE_HEADER) memcpy(words, data + BYTECODE_HEADER - sizeof words, sizeof words);
  source.st_mtime = words[0];
  source.st_size = words[1];
  Value code = bytecode_cache_read(t, data, size, &source);
  if (error_pending(t)) fuzz_fail(t, "the bootstrap's reader raises");
  if (!v_is_null(code)) fuzz_check_code(t, code, false);
  v_drop(t, code);
}

static void read_by_importlib(Thread *t, const char *data, size_t size) {
  Value content = bytes_from(t, data, size), codes = v_is_null(content) ? V_NULL : object_call1(t, read_function, content);
  v_drop(t, content);
  if (v_is_null(codes)) fuzz_expect(t, &exc_RecursionError, NULL);
  int64_t n = v_is_null(codes) ? 0 : object_length(t, codes);
  for (int64_t i = 0; i < n; i++) {
    Value code = object_getitem(t, codes, v_from_smi(i));
    fuzz_check_code(t, code, false);
    v_drop(t, code);
  }
  v_drop(t, codes);
}

void target_run(Thread *t, const uint8_t *data, size_t size) {
  static const char magic[4] = {(char)(BYTECODE_MAGIC & 0xFF), (char)(BYTECODE_MAGIC >> 8), '\r', '\n'};
  if (size == 0) return;
  size_t before = data[0] ? sizeof magic : 0, n = before + size - 1;
  char *content = malloc(n + 1);
  if (!content) abort();
  memcpy(content, magic, before);
  memcpy(content + before, data + 1, size - 1);
  read_by_bootstrap(t, content, n);
  read_by_importlib(t, content, n);
  free(content);
}
