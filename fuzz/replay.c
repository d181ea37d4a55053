// The main function of fuzz targets in builds without libFuzzer: runs the inputs in the files and folders that it is given.
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long count;

static void replay_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(2);
  }
  uint8_t *data = NULL;
  size_t size = 0, got;
  do {
    data = realloc(data, size + 65536);
    if (!data) abort();
    size += got = fread(data + size, 1, 65536, file);
  } while (got);
  fclose(file);
  fprintf(stderr, "%s\n", path);    // the last one is at fault
  LLVMFuzzerTestOneInput(data, size);
  free(data);
  count++;
}

static int visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static void replay_path(const char *path) {
  struct dirent **entries;
  int n = scandir(path, &entries, visible, alphasort);
  if (n < 0) {
    replay_file(path);
    return;
  }
  for (int i = 0; i < n; i++) {
    char name[4096];
    snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
    replay_file(name);
    free(entries[i]);
  }
  free(entries);
}

int main(int argc, char **argv) {
  setenv("WEFT_FUZZ_LEAKS", "1", 1);
  LLVMFuzzerInitialize(&argc, &argv);
  for (int i = 1; i < argc; i++) replay_path(argv[i]);
  printf("%lu inputs\n", count);
  fflush(NULL);
  return count ? 0 : 1;
}
