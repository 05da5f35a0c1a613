/* json_scan_portable_test.c - json_scan_test.c for machines without SSE2. */
#define JSON_SCAN_PORTABLE 1
#include "json_scan_test.c"
