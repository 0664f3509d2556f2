/* Is the Cyclone DDS loaded the one this file was compiled against? Its structures, which serdata.c extends, change
 * with build options while the SONAME does not, so their layout is looked at, not only the version. */
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dds/version.h"
#include "internal.h"

#define UNTOUCHED 0xA5

int32_t acd_abi(void)
{
  return ACD_ABI;
}

int32_t acd_has_shared_memory(void)
{
#ifdef DDS_HAS_SHM
  return 1;
#else
  return 0;
#endif
}

void acd_loaded_library(char path[PATH_MAX], const char **version)
{
  Dl_info info;
  path[0] = 0;
  *version = "";
  if (dladdr((void *)dds_create_participant, &info) == 0 || realpath(info.dli_fname, path) == NULL)
    return;
  const char *suffix = strstr(path, ".so.");
  if (suffix != NULL && strchr(suffix + 4, '.') != NULL)
    *version = suffix + 4;
}

/* How many bytes the loaded library takes a ddsi_serdata to have: those its initialiser writes to. */
static size_t loaded_serdata_size(bool *fields_agree)
{
  union {
    struct ddsi_serdata serdata;
    uint8_t bytes[sizeof(struct ddsi_serdata) + ACD_RESERVE];
  } probe;
  struct ddsi_sertype type;
  memset(&type, 0, sizeof(type));
  type.serdata_ops = &acd_serdata_ops;
  memset(&probe, UNTOUCHED, sizeof(probe));
  ddsi_serdata_init(&probe.serdata, &type, SDK_KEY);
  *fields_agree = probe.serdata.ops == &acd_serdata_ops && probe.serdata.type == &type &&
                  probe.serdata.kind == SDK_KEY && probe.serdata.hash == 0 && probe.serdata.statusinfo == 0 &&
                  ddsrt_atomic_ld32(&probe.serdata.refc) == 1;
  size_t size = sizeof(probe);
  while (size > 0 && probe.bytes[size - 1] == UNTOUCHED)
    size--;
  return size;
}

int32_t acd_check(char *message, int32_t size)
{
  char path[PATH_MAX];
  const char *version;
  bool fields_agree;
  acd_loaded_library(path, &version);
  if (*version != 0 && strcmp(version, DDS_VERSION) != 0) {
    snprintf(message, (size_t)size, "built for Cyclone DDS %s, but %s is loaded: rebuild the native part", DDS_VERSION,
             path);
    return DDS_RETCODE_UNSUPPORTED;
  }
  const size_t found = loaded_serdata_size(&fields_agree);
  if (found != sizeof(struct ddsi_serdata) || !fields_agree) {
    snprintf(message, (size_t)size,
             "built for a Cyclone DDS whose ddsi_serdata has %zu bytes, but %s has %zu%s: rebuild the native part",
             sizeof(struct ddsi_serdata), path, found, fields_agree ? "" : " in another order");
    return DDS_RETCODE_UNSUPPORTED;
  }
  snprintf(message, (size_t)size, "Cyclone DDS %s (%s)", DDS_VERSION, path);
  return DDS_RETCODE_OK;
}
