/* Runs a command and reports its own wall time, CPU time, peak memory and context switches: measure FD COMMAND [ARG...]
 *
 * A process keeps its parent's size at fork as a floor of its peak memory, so Python cannot measure a program smaller than
 * itself. This one is small enough not to matter. The report is one line on file descriptor FD:
 *     wait-status wall_ns user_us system_us peak_kib voluntary involuntary
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <fcntl.h>

static long long now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static long long time_us(struct timeval time)
{
    return time.tv_sec * 1000000LL + time.tv_usec;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: measure FD COMMAND [ARG...]\n");
        return 64;
    }
    int report = atoi(argv[1]);
    fcntl(report, F_SETFD, FD_CLOEXEC);

    long long start = now_ns();
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        fprintf(stderr, "measure: %s: %s\n", argv[2], strerror(errno));
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("measure");
        return 71;
    }
    long long wall = now_ns() - start;
    dprintf(report, "%d %lld %lld %lld %ld %ld %ld\n", status, wall, time_us(usage.ru_utime), time_us(usage.ru_stime),
            usage.ru_maxrss, usage.ru_nvcsw, usage.ru_nivcsw);
    return 0;
}
