// History files of libedit: a head line, then a line for each entry.
//
// libedit's own history_truncate_file and append_history (3.1-20221030) forget the head and write one line too many. Functions return 0 or an errno;
// the caller sees to it that a file is not changed by two threads at once.
#ifndef WEFT_MODULES_HISTORY_FILE_H
#define WEFT_MODULES_HISTORY_FILE_H

// Leaves the head and the last `entries` entries (not negative).
int history_file_truncate(const char *path, int entries);
// Puts the last `entries` of the lines that write_history(path) would write behind those of a file that is there.
int history_file_append(const char *path, int entries, int (*write_history)(const char *path));

#endif
