#include <sqlite3.h>

// `SQLITE_TRANSIENT` is a cast, which Swift does not see: the text is copied while it is bound.
static inline int plumb_sqlite_bind_text(
    sqlite3_stmt *statement, int place, const char *text, int count) {
  return sqlite3_bind_text(statement, place, text, count, SQLITE_TRANSIENT);
}

#ifdef __linux__
#include <sys/vfs.h>

// The number of the file system a path lies on, which Swift's module of glibc leaves out; 0 where
// it cannot be told.
static inline unsigned plumb_file_system(const char *path) {
  struct statfs found;
  return statfs(path, &found) == 0 ? (unsigned)found.f_type : 0;
}
#endif
