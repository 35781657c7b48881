/* A disk that forgets. A file system in memory (FUSE) that knows of every write
 * and every name whether it was synced. When the power is cut (SIGUSR1) nothing
 * is answered any more but "input/output error"; at the unmounting it writes to
 * a folder, its platter, what such a disk may hold after the cut:
 *
 *   data    what fsync or fdatasync acknowledged, and of every later write each
 *           512-byte sector by chance: torn, missing and out of order
 *   names   what an fsync of the folder acknowledged, and of every folder's later
 *           creations, removals and renamings the first few, by chance
 *
 * The next mounting begins with the platter. An unmounting without a cut keeps
 * everything. With -n an fsync of a file makes the names that lead to it durable
 * too, as ext4, XFS and Btrfs do; without it they stay as uncertain as POSIX
 * leaves them.
 *
 * With LIES in the environment an fsync of a file does nothing, as on a disk with
 * a cache that only claims to be safe: whoever tests with it must find losses.
 *
 *   forgetful-disk PLATTER SEED [-n] MOUNTPOINT [options of FUSE]
 */
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512 };

/* A write or a new size that no fsync has made durable yet. */
struct change { off_t at; size_t length; char *bytes; struct change *next; };
struct bytes { char *data; size_t size, room; };
struct entry { char *name; struct node *node; struct entry *next; };

/* A file or a folder: as programs see it, and as the platter holds it. */
struct node {
  mode_t mode; uid_t uid; gid_t gid; struct timespec changed;
  int names;
  struct bytes now, durable;
  struct change *first, *last;
  struct entry *entries, *durable_entries;
  struct node *above;
  bool stopped, marked;
};

/* A name added, removed or moved. `from` is empty for an added one, `to` for a removed one. */
struct naming { struct node *from, *to; char *old_name, *new_name; struct node *node; bool chosen; struct naming *next; };

static struct node *root;
static struct naming *namings;
static const char *platter;
static bool names_with_files, lies;
static volatile sig_atomic_t cut;
static long sectors_open, sectors_kept, names_open, names_kept;

static void power_off(int signal) { (void)signal; cut = 1; }
#define POWERED if (cut) return -EIO

static void *must(void *got) { if (!got) { perror("forgetful-disk"); abort(); } return got; }
static double chance(void) { return drand48(); }

static void put(struct bytes *b, off_t at, const char *from, size_t length) {
  size_t end = (size_t)at + length;
  if (end > b->room) {
    b->room = end * 2;
    b->data = must(realloc(b->data, b->room));
  }
  if ((size_t)at > b->size) memset(b->data + b->size, 0, (size_t)at - b->size);
  memcpy(b->data + at, from, length);
  if (end > b->size) b->size = end;
}

static void resize(struct bytes *b, size_t size) {
  if (size > b->size) { char none = 0; put(b, (off_t)size - 1, &none, 1); }
  b->size = size;
}

static struct entry **find(struct entry **list, const char *name) {
  while (*list && strcmp((*list)->name, name)) list = &(*list)->next;
  return list;
}

static void set_name(struct entry **list, const char *name, struct node *node) {
  struct entry **place = find(list, name);
  if (!*place) {
    *place = must(calloc(1, sizeof **place));
    (*place)->name = must(strdup(name));
  }
  (*place)->node = node;
}

static void drop_name(struct entry **list, const char *name) {
  struct entry **place = find(list, name), *gone = *place;
  if (gone) { *place = gone->next; free(gone->name); free(gone); }
}

static struct node *walk(const char *path, char *last) {
  struct node *at = root;
  char copy[4096], *rest = copy, *part;
  snprintf(copy, sizeof copy, "%s", path);
  while ((part = strsep(&rest, "/"))) {
    if (!*part) continue;
    if (last && (!rest || !*rest)) { snprintf(last, 256, "%s", part); return at; }
    struct entry *e = *find(&at->entries, part);
    if (!e) return NULL;
    at = e->node;
  }
  return at;
}

static struct node *node_of(const char *path, struct fuse_file_info *fi) {
  return fi && fi->fh ? (struct node *)(uintptr_t)fi->fh : path ? walk(path, NULL) : NULL;
}

static struct node *new_node(mode_t mode, uid_t uid, gid_t gid) {
  struct node *n = must(calloc(1, sizeof *n));
  n->mode = mode; n->uid = uid; n->gid = gid;
  clock_gettime(CLOCK_REALTIME, &n->changed);
  return n;
}

static void remember(struct node *n, off_t at, const char *bytes, size_t length) {
  struct change *c = must(calloc(1, sizeof *c));
  c->at = at; c->length = length;
  if (bytes) { c->bytes = must(malloc(length ? length : 1)); memcpy(c->bytes, bytes, length); }
  if (n->last) n->last->next = c; else n->first = c;
  n->last = c;
}

static void name(struct node *from, const char *old_name, struct node *to, const char *new_name, struct node *node) {
  struct naming **end = &namings;
  while (*end) end = &(*end)->next;
  struct naming *m = must(calloc(1, sizeof *m));
  *m = (struct naming){.from = from, .to = to, .node = node};
  if (old_name) m->old_name = must(strdup(old_name));
  if (new_name) m->new_name = must(strdup(new_name));
  *end = m;
}

static void settle_name(struct naming *m) {
  if (m->from) drop_name(&m->from->durable_entries, m->old_name);
  if (m->to) set_name(&m->to->durable_entries, m->new_name, m->node);
}

/* Chooses, from the newest on, what an fsync of the marked folders makes durable. */
static void choose(struct naming *m) {
  if (!m) return;
  choose(m->next);
  if ((m->from && m->from->marked) || (m->to && m->to->marked)) {
    m->chosen = true;
    if (m->from) m->from->marked = true;
    if (m->to) m->to->marked = true;
  }
}

static void unmark(struct node *n) {
  n->marked = false;
  for (struct entry *e = n->entries; e; e = e->next) if (S_ISDIR(e->node->mode)) unmark(e->node);
}

static void settle_chosen(void) {
  for (struct naming **at = &namings; *at;) {
    struct naming *m = *at;
    if (m->chosen) { settle_name(m); *at = m->next; free(m->old_name); free(m->new_name); free(m); }
    else at = &m->next;
  }
  unmark(root);
}

static void sync_data(struct node *n) {
  n->durable.size = 0;
  put(&n->durable, 0, n->now.data, n->now.size);
  for (struct change *c = n->first, *next; c; c = next) { next = c->next; free(c->bytes); free(c); }
  n->first = n->last = NULL;
}

/* ---- what programs ask for ---- */

static void *fs_init(struct fuse_conn_info *conn, struct fuse_config *config) {
  (void)conn;
  config->hard_remove = 1; config->nullpath_ok = 1; config->kernel_cache = 1; config->use_ino = 0;
  return NULL;
}

static int fs_getattr(const char *path, struct stat *st, struct fuse_file_info *fi) {
  POWERED;
  struct node *n = node_of(path, fi);
  if (!n) return -ENOENT;
  memset(st, 0, sizeof *st);
  st->st_mode = n->mode; st->st_uid = n->uid; st->st_gid = n->gid;
  st->st_nlink = S_ISDIR(n->mode) ? 2 : (nlink_t)n->names;
  st->st_size = (off_t)n->now.size; st->st_blocks = (blkcnt_t)((n->now.size + 511) / 512);
  st->st_mtim = st->st_ctim = st->st_atim = n->changed;
  return 0;
}

static int fs_readdir(const char *path, void *buffer, fuse_fill_dir_t fill, off_t at, struct fuse_file_info *fi,
                      enum fuse_readdir_flags flags) {
  (void)at; (void)flags;
  POWERED;
  struct node *n = node_of(path, fi);
  if (!n) return -ENOENT;
  fill(buffer, ".", NULL, 0, 0); fill(buffer, "..", NULL, 0, 0);
  for (struct entry *e = n->entries; e; e = e->next) fill(buffer, e->name, NULL, 0, 0);
  return 0;
}

static int add(const char *path, mode_t mode, struct node **made) {
  char last[256];
  struct node *folder = walk(path, last);
  if (!folder) return -ENOENT;
  if (*find(&folder->entries, last)) return -EEXIST;
  struct fuse_context *who = fuse_get_context();
  struct node *n = new_node(mode, who->uid, who->gid);
  n->names = 1; n->above = folder;
  set_name(&folder->entries, last, n);
  name(NULL, NULL, folder, last, n);
  *made = n;
  return 0;
}

static int fs_mkdir(const char *path, mode_t mode) { POWERED; struct node *n; return add(path, mode | S_IFDIR, &n); }

static int fs_create(const char *path, mode_t mode, struct fuse_file_info *fi) {
  POWERED;
  struct node *n;
  int failed = add(path, mode | S_IFREG, &n);
  if (!failed) { fi->fh = (uintptr_t)n; fi->keep_cache = 1; }
  return failed;
}

static int fs_open(const char *path, struct fuse_file_info *fi) {
  POWERED;
  struct node *n = walk(path, NULL);
  if (!n) return -ENOENT;
  fi->fh = (uintptr_t)n; fi->keep_cache = 1;
  return 0;
}

static int take_away(const char *path, bool folder) {
  POWERED;
  char last[256];
  struct node *above = walk(path, last);
  struct entry *e = above ? *find(&above->entries, last) : NULL;
  if (!e) return -ENOENT;
  if (folder && e->node->entries) return -ENOTEMPTY;
  e->node->names--;
  name(above, last, NULL, NULL, e->node);
  drop_name(&above->entries, last);
  return 0;
}
static int fs_unlink(const char *path) { return take_away(path, false); }
static int fs_rmdir(const char *path) { return take_away(path, true); }

static int fs_rename(const char *from, const char *to, unsigned flags) {
  POWERED;
  if (flags & ~1u) return -EINVAL;
  char old_name[256], new_name[256];
  struct node *a = walk(from, old_name), *b = walk(to, new_name);
  struct entry *e = a ? *find(&a->entries, old_name) : NULL;
  if (!e || !b) return -ENOENT;
  struct entry *there = *find(&b->entries, new_name);
  struct node *n = e->node;
  if (there && flags) return -EEXIST;
  if (there && there->node == n) return 0;
  if (there) there->node->names--;
  drop_name(&a->entries, old_name);
  set_name(&b->entries, new_name, n);
  n->above = b;
  name(a, old_name, b, new_name, n);
  return 0;
}

static int fs_link(const char *from, const char *to) {
  POWERED;
  char last[256];
  struct node *n = walk(from, NULL), *b = walk(to, last);
  if (!n || !b) return -ENOENT;
  if (*find(&b->entries, last)) return -EEXIST;
  n->names++;
  set_name(&b->entries, last, n);
  name(NULL, NULL, b, last, n);
  return 0;
}

static int fs_read(const char *path, char *buffer, size_t length, off_t at, struct fuse_file_info *fi) {
  POWERED;
  struct node *n = node_of(path, fi);
  if ((size_t)at >= n->now.size) return 0;
  if (length > n->now.size - (size_t)at) length = n->now.size - (size_t)at;
  memcpy(buffer, n->now.data + at, length);
  return (int)length;
}

static int fs_write(const char *path, const char *bytes, size_t length, off_t at, struct fuse_file_info *fi) {
  POWERED;
  struct node *n = node_of(path, fi);
  put(&n->now, at, bytes, length);
  remember(n, at, bytes, length);
  clock_gettime(CLOCK_REALTIME, &n->changed);
  return (int)length;
}

static int fs_truncate(const char *path, off_t size, struct fuse_file_info *fi) {
  POWERED;
  struct node *n = node_of(path, fi);
  if (!n) return -ENOENT;
  resize(&n->now, (size_t)size);
  remember(n, size, NULL, 0);
  return 0;
}

static int fs_fallocate(const char *path, int mode, off_t at, off_t length, struct fuse_file_info *fi) {
  POWERED;
  if (mode) return -EOPNOTSUPP;
  struct node *n = node_of(path, fi);
  return (size_t)(at + length) > n->now.size ? fs_truncate(path, at + length, fi) : 0;
}

static int fs_fsync(const char *path, int data_only, struct fuse_file_info *fi) {
  (void)data_only;
  POWERED;
  if (lies) return 0;
  struct node *n = node_of(path, fi);
  sync_data(n);
  if (names_with_files) {
    for (struct node *above = n->above; above; above = above->above) above->marked = true;
    choose(namings);
    settle_chosen();
  }
  return 0;
}

static int fs_fsyncdir(const char *path, int data_only, struct fuse_file_info *fi) {
  (void)data_only;
  POWERED;
  struct node *n = node_of(path, fi);
  if (!n) return -ENOENT;
  n->marked = true;
  choose(namings);
  settle_chosen();
  return 0;
}

static int fs_opendir(const char *path, struct fuse_file_info *fi) { return fs_open(path, fi); }
static int fs_chmod(const char *path, mode_t mode, struct fuse_file_info *fi) {
  POWERED;
  struct node *n = node_of(path, fi);
  if (!n) return -ENOENT;
  n->mode = (n->mode & S_IFMT) | (mode & 07777);
  return 0;
}
static int fs_chown(const char *path, uid_t uid, gid_t gid, struct fuse_file_info *fi) {
  POWERED;
  struct node *n = node_of(path, fi);
  if (!n) return -ENOENT;
  if (uid != (uid_t)-1) n->uid = uid;
  if (gid != (gid_t)-1) n->gid = gid;
  return 0;
}
static int fs_utimens(const char *path, const struct timespec at[2], struct fuse_file_info *fi) {
  POWERED;
  struct node *n = node_of(path, fi);
  if (!n) return -ENOENT;
  if (at[1].tv_nsec == UTIME_NOW) clock_gettime(CLOCK_REALTIME, &n->changed);
  else if (at[1].tv_nsec != UTIME_OMIT) n->changed = at[1];
  return 0;
}

/* ---- what outlives it ---- */

/* Of the writes after the last fsync each sector by chance, with a share drawn for this file. */
static void survive(struct node *n) {
  static const double shares[] = {0.0, 0.1, 0.5, 0.9, 1.0};
  double share = shares[(int)(chance() * 5) % 5];
  for (struct change *c = n->first; c; c = c->next) {
    if (!c->bytes) { if (chance() < share) resize(&n->durable, (size_t)c->at); continue; }
    for (size_t done = 0; done < c->length;) {
      size_t in_sector = SECTOR - (size_t)(c->at + (off_t)done) % SECTOR;
      size_t piece = c->length - done < in_sector ? c->length - done : in_sector;
      sectors_open++;
      if (chance() < share) { put(&n->durable, c->at + (off_t)done, c->bytes + done, piece); sectors_kept++; }
      done += piece;
    }
  }
}

static void survive_names(void) {
  static const double ends[] = {1.0, 0.5, 0.1, 0.0};
  double end = ends[(int)(chance() * 4) % 4];
  for (struct naming *m = namings; m; m = m->next) {
    names_open++;
    bool stopped = (m->from && m->from->stopped) || (m->to && m->to->stopped) || chance() < end;
    if (stopped) {
      if (m->from) m->from->stopped = true;
      if (m->to) m->to->stopped = true;
    } else { settle_name(m); names_kept++; }
  }
}

static void store(struct node *n, const char *path) {
  for (struct entry *e = n->durable_entries; e; e = e->next) {
    char below[4096];
    snprintf(below, sizeof below, "%s/%s", path, e->name);
    struct node *c = e->node;
    if (S_ISDIR(c->mode)) {
      if (mkdir(below, 0700)) perror(below);
      store(c, below);
    } else {
      if (!c->marked) { c->marked = true; if (cut) survive(c); else sync_data(c); }
      FILE *out = must(fopen(below, "w"));
      if (c->durable.size && fwrite(c->durable.data, c->durable.size, 1, out) != 1) perror(below);
      if (fclose(out)) perror(below);
    }
    if (chown(below, c->uid, c->gid) || chmod(below, c->mode & 07777)) perror(below);
  }
}

static void fs_destroy(void *none) {
  (void)none;
  if (cut) survive_names();
  else for (struct naming *m = namings; m; m = m->next) settle_name(m);
  char command[4200];
  snprintf(command, sizeof command, "find '%s' -mindepth 1 -delete", platter);
  if (system(command)) perror(command);
  store(root, platter);
  if (cut) printf("cut: of %ld sectors not synced %ld survived, of %ld names %ld\n", sectors_open, sectors_kept,
                  names_open, names_kept);
  fflush(stdout);
}

static void load(struct node *n, const char *path) {
  DIR *folder = must(opendir(path));
  for (struct dirent *d; (d = readdir(folder));) {
    if (!strcmp(d->d_name, ".") || !strcmp(d->d_name, "..")) continue;
    char below[4096];
    snprintf(below, sizeof below, "%s/%s", path, d->d_name);
    struct stat st;
    if (lstat(below, &st)) { perror(below); continue; }
    struct node *c = new_node(st.st_mode, st.st_uid, st.st_gid);
    c->names = 1; c->above = n; c->changed = st.st_mtim;
    set_name(&n->entries, d->d_name, c);
    set_name(&n->durable_entries, d->d_name, c);
    if (S_ISDIR(st.st_mode)) { load(c, below); continue; }
    char *data = must(malloc((size_t)st.st_size + 1));
    int in = open(below, O_RDONLY);
    if (read(in, data, (size_t)st.st_size) != st.st_size) perror(below);
    close(in);
    put(&c->now, 0, data, (size_t)st.st_size);
    put(&c->durable, 0, data, (size_t)st.st_size);
    free(data);
  }
  closedir(folder);
}

int main(int count, char **words) {
  if (count < 4) { fprintf(stderr, "forgetful-disk PLATTER SEED [-n] MOUNTPOINT [options of FUSE]\n"); return 2; }
  platter = words[1];
  srand48(atol(words[2]));
  int used = 2;
  if (!strcmp(words[3], "-n")) { names_with_files = true; used = 3; }
  words[used] = words[0];
  struct stat st;
  if (stat(platter, &st)) { perror(platter); return 1; }
  root = new_node(st.st_mode, st.st_uid, st.st_gid);
  load(root, platter);
  signal(SIGUSR1, power_off);
  lies = getenv("LIES") != NULL;
  static const struct fuse_operations operations = {
      .init = fs_init, .destroy = fs_destroy, .getattr = fs_getattr, .readdir = fs_readdir, .opendir = fs_opendir,
      .mkdir = fs_mkdir, .create = fs_create, .open = fs_open, .unlink = fs_unlink, .rmdir = fs_rmdir,
      .rename = fs_rename, .link = fs_link, .read = fs_read, .write = fs_write, .truncate = fs_truncate,
      .fallocate = fs_fallocate, .fsync = fs_fsync, .fsyncdir = fs_fsyncdir, .chmod = fs_chmod, .chown = fs_chown,
      .utimens = fs_utimens};
  return fuse_main(count - used, words + used, &operations, NULL);
}
