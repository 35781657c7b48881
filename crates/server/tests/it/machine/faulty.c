// A machine with faults, below the program (LD_PRELOAD): what it is asked to
// sync or write below one folder fails, or its clock is off, as the words in a
// file say: `fsync`, `full`, `clock=SECONDS`. An empty file means a sound machine.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <stdio.h>

static int words(char *text, size_t size) {
  const char *path = getenv("FAULTS");
  if (!path) return 0;
  long file = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (file < 0) return 0;
  long got = syscall(SYS_read, (int)file, text, size - 1);
  syscall(SYS_close, (int)file);
  text[got > 0 ? got : 0] = 0;
  return got > 0;
}

static int has(const char *word) {
  char text[128];
  return words(text, sizeof text) && strstr(text, word) != NULL;
}

// Only what lies below the folder, and never the log on standard error.
static int ours(int fd) {
  const char *folder = getenv("FAULTS_BELOW");
  char link[64], path[512];
  if (!folder || fd <= 2) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long got = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (got <= 0) return 0;
  path[got] = 0;
  return strncmp(path, folder, strlen(folder)) == 0;
}

static int fails_to_sync(int fd) { return has("fsync") && ours(fd); }
static int is_full(int fd) { return has("full") && ours(fd); }

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

int fsync(int fd) { REAL(fsync); if (fails_to_sync(fd)) { errno = EIO; return -1; } return real(fd); }
int fdatasync(int fd) { REAL(fdatasync); if (fails_to_sync(fd)) { errno = EIO; return -1; } return real(fd); }
ssize_t write(int fd, const void *from, size_t count) {
  REAL(write); if (is_full(fd)) { errno = ENOSPC; return -1; } return real(fd, from, count);
}
ssize_t pwrite(int fd, const void *from, size_t count, off_t at) {
  REAL(pwrite); if (is_full(fd)) { errno = ENOSPC; return -1; } return real(fd, from, count, at);
}
ssize_t pwrite64(int fd, const void *from, size_t count, off64_t at) {
  REAL(pwrite64); if (is_full(fd)) { errno = ENOSPC; return -1; } return real(fd, from, count, at);
}
int clock_gettime(clockid_t which, struct timespec *into) {
  long done = syscall(SYS_clock_gettime, which, into);
  char text[128];
  if (done == 0 && which == CLOCK_REALTIME && words(text, sizeof text)) {
    char *off = strstr(text, "clock=");
    if (off) into->tv_sec += atol(off + 6);
  }
  return (int)done;
}
