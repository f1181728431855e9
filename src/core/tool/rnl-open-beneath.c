/* rnl-open-beneath.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-open-beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef SYS_openat2
#include <linux/openat2.h>
#endif

/* O_NONBLOCK: opening a pipe must not wait for its writer. The caller looks at what it got. */
#define OPEN_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC)

static int
open_with_openat2 (int folder, const char *path)
{
#ifdef SYS_openat2
  struct open_how how = {
    .flags = OPEN_FLAGS,
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
  };
  long fd;

  do
    fd = syscall (SYS_openat2, folder, path, &how, sizeof how);
  while (fd < 0 && (errno == EINTR || errno == EAGAIN));

  return (int) fd;
#else
  errno = ENOSYS;
  return -1;
#endif
}

/* One step down. Whatever stands there is opened as itself, never as what it points to. */
static int
open_child (int parent, const char *name, dev_t device)
{
  struct stat info;
  int fd = openat (parent, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  int problem = 0;

  if (fd < 0)
    return -1;

  if (fstat (fd, &info) < 0)
    problem = errno;
  else if (S_ISLNK (info.st_mode))
    problem = ELOOP;
  else if (info.st_dev != device)
    problem = EXDEV;
  else if (!S_ISDIR (info.st_mode))
    problem = ENOTDIR;
  if (problem == 0)
    return fd;

  close (fd);
  errno = problem;

  return -1;
}

static int
open_last (int parent, const char *name, dev_t device)
{
  struct stat info;
  int fd = openat (parent, name, OPEN_FLAGS);

  if (fd < 0)
    return -1;
  if (fstat (fd, &info) == 0 && info.st_dev == device)
    return fd;

  close (fd);
  errno = EXDEV;

  return -1;
}

static int
open_by_walking (int folder, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  struct stat info;
  int parent = folder;
  int fd = -1;
  int problem;

  if (fstat (folder, &info) < 0)
    return -1;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (strcmp (names[i], "..") == 0 || (i == 0 && names[i][0] == '\0'))
        {
          errno = EXDEV;
          fd = -1;
        }
      else if (names[i + 1] == NULL)
        fd = open_last (parent, names[i], info.st_dev);
      else
        fd = open_child (parent, names[i][0] == '\0' ? "." : names[i], info.st_dev);

      problem = errno;
      if (parent != folder)
        close (parent);
      errno = problem;
      if (fd < 0)
        return -1;
      parent = fd;
    }

  return fd;
}

/**
 * rnl_open_beneath:
 * @folder: a descriptor of a folder
 * @path: relative to @folder; "." for the folder itself
 * @method: how to resolve it
 *
 * Opens @path for reading, if it is inside @folder by every look: no "..", no symbolic link on the
 * way or at the end, no other file system. Between the check and the opening nothing can be
 * exchanged, since there is no check on names: the kernel resolves beneath @folder, or each
 * component is opened as itself, relative to the one before.
 *
 * Errors, in errno: `ELOOP` for a link, `EXDEV` for a way out, else as open(2).
 *
 * Returns: a descriptor to close, non-blocking, of a file of any kind, or -1
 */
int
rnl_open_beneath (int folder, const char *path, RnlBeneathMethod method)
{
  int fd;

  if (method == RNL_BENEATH_BEST)
    {
      fd = open_with_openat2 (folder, path);
      /* EPERM: a sandbox that does not know the call. Walking gives the true answer. */
      if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
        return fd;
    }

  return open_by_walking (folder, path);
}
