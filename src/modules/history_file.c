// Cutting history files short and adding to them.
#include "modules/history_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// Where the last n of the lines begin.
static size_t last_lines(const char *text, size_t size, int n) {
  size_t at = size;
  while (n-- > 0 && at > 0) {
    const char *before = memrchr(text, '\n', at - 1);
    at = before ? (size_t)(before - text) + 1 : 0;
  }
  return at;
}

// The whole of a file, malloc'd; NULL and errno.
static char *read_whole(int fd, size_t *size) {
  struct stat st;
  if (fstat(fd, &st) < 0) return NULL;
  char *text = malloc((size_t)st.st_size + 1);
  ssize_t n = text ? pread(fd, text, (size_t)st.st_size, 0) : -1;
  if (n >= 0) {
    *size = (size_t)n;
    return text;
  }
  free(text);
  return NULL;
}

// After a call that wrote n bytes of the size given.
static int error_of_write(ssize_t n, size_t size) { return n < 0 ? errno : (size_t)n == size ? 0 : ENOSPC; }

static int truncate_open(int fd, int entries) {
  size_t size;
  char *text = read_whole(fd, &size);
  if (!text) return errno;
  const char *end = memchr(text, '\n', size);
  size_t head = end ? (size_t)(end - text) + 1 : size, from = last_lines(text, size, entries), kept = size - from;
  int err = 0;
  if (from > head) {
    err = error_of_write(pwrite(fd, text + from, kept, (off_t)head), kept);
    if (!err && ftruncate(fd, (off_t)(head + kept)) < 0) err = errno;
  }
  free(text);
  return err;
}

int history_file_truncate(const char *path, int entries) {
  int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return errno;
  int err = truncate_open(fd, entries);
  close(fd);
  return err;
}

static int append_text(const char *path, const char *text, size_t size) {
  int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
  if (fd < 0) return errno;
  int err = error_of_write(write(fd, text, size), size);
  close(fd);
  return err;
}

// By way of a file in memory, as only libedit knows how it writes an entry.
int history_file_append(const char *path, int entries, int (*write_history)(const char *path)) {
  int fd = memfd_create("history", MFD_CLOEXEC);
  if (fd < 0) return errno;
  char memory[40];
  snprintf(memory, sizeof memory, "/proc/self/fd/%d", fd);
  size_t size;
  int err = write_history(memory);
  char *text = err ? NULL : read_whole(fd, &size);
  if (!err && !text) err = errno;
  if (!err) {
    size_t from = last_lines(text, size, entries);
    err = append_text(path, text + from, size - from);
  }
  free(text);
  close(fd);
  return err;
}
