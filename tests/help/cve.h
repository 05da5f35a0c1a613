/* cve.h - for tests: CVE records with everything in them. */
#ifndef HELP_CVE_H
#define HELP_CVE_H

#include "formats/cve_record.h"

/* Published and rejected, of our own invention; every member that 5.2 has is there. */
struct cve_record cve_sample(struct arena *a);
struct cve_record cve_rejected_sample(struct arena *a);

/* A file as it is; aborts where it cannot be read. */
str help_file(struct arena *a, str path);

#endif
