/* Writing and reading of serialized samples. */
#include <stdlib.h>

#include "internal.h"

/* How many samples one call of dds_takecdr may return; bounds the stack. */
#define BATCH 64

uint8_t *acd_loan(const acd_endpoint *writer, uint32_t size, void **loan)
{
  struct acd_serdata *d = acd_serdata_new(writer->type, SDK_DATA, size);
  *loan = d;
  return d == NULL ? NULL : d->data;
}

void acd_loan_cancel(void *loan)
{
  ddsi_serdata_unref(loan);
}

int32_t acd_write(const acd_endpoint *writer, void *loan)
{
  return dds_writecdr(writer->handle, loan);
}

int32_t acd_take(const acd_endpoint *reader, acd_sample *samples, int32_t capacity)
{
  struct ddsi_serdata *taken[BATCH];
  dds_sample_info_t info[BATCH];
  int32_t filled = 0;
  const uint32_t most = capacity < BATCH ? (uint32_t)capacity : BATCH;
  /* Metadata samples (a writer left) carry no data; look further, so that 0 means that the reader is empty. */
  while (filled == 0) {
    const dds_return_t n = dds_takecdr(reader->handle, taken, most, info, DDS_ANY_STATE);
    if (n <= 0)
      return n;
    for (dds_return_t i = 0; i < n; i++) {
      if (!info[i].valid_data || taken[i]->kind != SDK_DATA || taken[i]->ops != &acd_serdata_ops) {
        ddsi_serdata_unref(taken[i]);
        continue;
      }
      const struct acd_serdata *d = (const struct acd_serdata *)taken[i];
      samples[filled++] = (acd_sample){
        .data = d->data,
        .size = d->size,
        .source_timestamp = info[i].source_timestamp,
        .publication_handle = info[i].publication_handle,
        .loan = taken[i],
      };
    }
  }
  return filled;
}

void acd_return(acd_sample *samples, int32_t count)
{
  for (int32_t i = 0; i < count; i++) {
    ddsi_serdata_unref(samples[i].loan);
    samples[i].loan = NULL;
  }
}

uint32_t acd_reader_malformed(const acd_endpoint *reader)
{
  return ddsrt_atomic_ld32(&((struct acd_sertype *)reader->type)->malformed);
}
