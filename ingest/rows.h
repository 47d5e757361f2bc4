/* One file → typed rows. Rows with a wrong cell are kept, marked, so that what names them can be told why it falls. */
#ifndef INGEST_ROWS_H
#define INGEST_ROWS_H

#include "ingest/completion.h"
#include "ingest/reject.h"
#include "ingest/source.h"
#include "ingest/tables.h"

#include <glib.h>

/* Rows of one file, at most: beyond, memory rather than the file would be the limit. */
#define ROWS_MAX 50000000

typedef enum {
    ROWS_KEPT,
    ROWS_REJECTED,   /* wrong, or depends on something wrong */
    ROWS_MERGED,     /* a repetition of another row, or replaced by a later version of it */
    ROWS_INCOMPLETE, /* of a partial source: right as far as it goes, kept out of the Model until it is completed */
} RowsState;

/* A file, or a sheet of one, that gave rows: from the row `first` on, up to the next part's. */
typedef struct {
    int32_t first;
    int32_t account; /* in the report */
    int32_t *cells;  /* where each column of the table stands in the sender's, 1 = A; 0 = nowhere; owned */
    char *sender;    /* "" = the coordinator; owned */
    int64_t version; /* of two parts of a sender, rows of the higher version replace those of the same key */
    bool partial;    /* source_is_partial() */
} RowsPart;

/* What a row of a partial part says. */
typedef struct {
    int32_t row;
    uint32_t missing;   /* bit c: the mandatory cell of column c is empty */
    uint32_t waiting;   /* bit c: column c names a row that is itself incomplete */
    const char **cells; /* by column, NULL = empty; owned, the texts are not */
} RowsDraft;

/* The text of a KIND_LATE cell (at most one a file), to be explained once the file is read. */
typedef struct {
    int32_t row;
    const char *text;
} RowsLate;

typedef struct {
    const TablesFile *file;
    int32_t account; /* of the table itself, in the report */
    bool read;       /* at least one part was read, or the file may be missing */
    GArray *parts;   /* RowsPart, by first row */
    char *data;      /* n rows of file->row_size bytes; references are positions in the target's rows as read */
    int32_t n, room;
    int32_t *lines;  /* of each row */
    uint8_t *states; /* RowsState of each row */
    GArray *late;    /* RowsLate, by row */
    GArray *drafts;  /* RowsDraft, by row */
    uint32_t *slots; /* hash of keys: position + 1 of the first row with a key; n_slots a power of two */
    uint32_t n_slots;
} Rows;

typedef enum { ROWS_FOUND, ROWS_UNKNOWN, ROWS_FALLEN, ROWS_WAITING, ROWS_UNCHECKED } RowsAnswer;

/* Where the rows of a file go and whom its cells may ask. */
typedef struct {
    IngestReport *report;
    GStringChunk *strings;   /* owns the texts of rows */
    GPtrArray *blocks;       /* owns their lists, freed by g_free */
    GHashTable *lists;       /* joined text → interned list of KIND_TEXTS; rows_context_clear() */
    GString *scratch, *list; /* of the cell being read */
    /* The row of file `target` with that key: its position, or why there is none (ROWS_FALLEN, ROWS_WAITING: *file and
     * *line say where). */
    RowsAnswer (*find)(void *data, int target, const char *key, int32_t *position, const char **file, int64_t *line);
    /* The kind of the key of file `target`. */
    const TablesFile *(*target)(void *data, int target);
    /* Rules of one row, called when every cell was good; reports with rows_reject(). May complete the row. NULL: none.
     */
    void (*check)(void *data, Rows *rows, int32_t row);
    void *data;
    const GPtrArray *completions; /* Completion: what fills empty cells of the table being read, the first that can */
    int32_t seuil_rejets; /* % of the rows of a sender's part that may be rejected; above, the part is refused */
} RowsContext;

void rows_context_init(RowsContext *context, IngestReport *report, GStringChunk *strings, GPtrArray *blocks);
void rows_context_clear(RowsContext *context);

void rows_init(Rows *rows, const TablesFile *file);
void rows_clear(Rows *rows);

/* Adds the rows of table number `table` of the file at path; everything wrong goes to the report under `account`. False
 * when the part is refused: then none of its rows is left. Of a sender's part ("": of the coordinator) more than
 * seuil_rejets % of rejected rows refuse it too. False with FAULT_INPUT when the machine could not read the file. */
bool rows_read(Rows *rows, RowsContext *context, const char *path, int table, int32_t account, const char *sender,
               int64_t version, GError **error);

/* The part a row came from. */
const RowsPart *rows_part(const Rows *rows, int32_t row);

/* Where a cell of a row stands, as the report tells it. column: a name of the file's columns, or "". */
RejectPlace rows_place(const Rows *rows, int32_t row, const char *column, const char *value);

void *rows_at(const Rows *rows, int32_t row);

/* Marks a row as rejected, once, and says why in a line. column: a name of the file's columns, or "". */
void rows_reject(Rows *rows, IngestReport *report, int32_t row, const char *column, const char *value,
                 ConstatId constat, const char *first, const char *second);
/* The same without a line: the row goes with another about which a line was written. */
void rows_drop(Rows *rows, IngestReport *report, int32_t row);

/* A cell the row needs is empty: rejects the row, or leaves it incomplete where it is of a partial part. */
void rows_miss(Rows *rows, IngestReport *report, int32_t row, const char *column, ConstatId constat);

/* Tells every incomplete row, once it is known which stay. */
void rows_tell_incomplete(const Rows *rows, IngestReport *report);

/* Reports a repetition or an oddity of a row that stays. */
void rows_warn(const Rows *rows, IngestReport *report, int32_t row, const char *column, const char *value,
               ConstatId constat, const char *first, const char *second);

/* Builds the hash of keys. Repeated keys: identical rows count once, others are all rejected. */
void rows_index(Rows *rows, IngestReport *report);

/* The first row with that text key (whatever its state), or -1. After rows_index(). */
int32_t rows_find(const Rows *rows, const char *key);

/* The text of a row's KIND_LATE cell, "" when it is empty. */
const char *rows_late(const Rows *rows, int32_t row);

/* The key of a row as it is quoted in the report. Caller frees. */
char *rows_key_text(const Rows *rows, int32_t row);

#endif
