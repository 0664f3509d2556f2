/* Whether Cyclone can secure participants: the plugins of DDS Security are libraries of their own. */
#include <dlfcn.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"

/* Part of a libddsc that was built with security; its address is null where it was not. */
extern void dds_security_load_security_library(void) __attribute__((weak));

/* Debian puts the plugins into a folder named after the library, upstream beside it. */
static const char *const folders[] = {"/libddsc*/", "/"};

static bool loads(const char *path)
{
  void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
  if (library == NULL)
    return false;
  (void)dlclose(library);
  return true;
}

static bool find(const char *pattern, char *path, size_t size)
{
  glob_t found;
  const bool any = glob(pattern, 0, NULL, &found) == 0 && loads(found.gl_pathv[0]);
  if (any)
    snprintf(path, size, "%s", found.gl_pathv[0]);
  globfree(&found);
  return any;
}

int32_t acd_security_library(const char *plugin, char *path, int32_t size)
{
  char folder[PATH_MAX];
  char pattern[PATH_MAX + 64];
  const char *version;
  if (dds_security_load_security_library == NULL)
    return DDS_RETCODE_UNSUPPORTED;
  acd_loaded_library(folder, &version);
  char *last = strrchr(folder, '/');
  if (last != NULL)
    *last = 0;
  for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
    snprintf(pattern, sizeof(pattern), "%s%slibdds_security_%s.so", folder, folders[i], plugin);
    if (find(pattern, path, (size_t)size))
      return DDS_RETCODE_OK;
  }
  snprintf(path, (size_t)size, "libdds_security_%s.so", plugin); /* wherever the loader looks */
  return loads(path) ? DDS_RETCODE_OK : DDS_RETCODE_UNSUPPORTED;
}
