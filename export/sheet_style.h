/* How cells look: one row of a table a style. */
#ifndef EXPORT_SHEET_STYLE_H
#define EXPORT_SHEET_STYLE_H

#include <stdint.h>

typedef enum {
    SHEET_PLAIN,
    SHEET_TITLE,    /* of a sheet */
    SHEET_SUBTITLE, /* the line below it */
    SHEET_HEADING,  /* of a part of a sheet */
    SHEET_NOTE,     /* small print */
    SHEET_SENTENCE, /* prose of one line, which goes on beyond its cell */
    SHEET_PROSE,    /* sentences over several lines */
    SHEET_LINK,     /* leads to another sheet */
    SHEET_HEADER,   /* of a column of text */
    SHEET_HEADER_RIGHT,
    SHEET_HEADER_CENTRE,
    SHEET_HEADER_WEEKS, /* of the weeks of a month */
    SHEET_CARD_LABEL,   /* a figure that stands alone: its name, itself, what to compare it with */
    SHEET_CARD_INTEGER,
    SHEET_CARD_AMOUNT,
    SHEET_CARD_NOTE,
    /* the cells of tables, and below in the same order those of their total rows */
    SHEET_TEXT,
    SHEET_WRAP, /* long text over several lines */
    SHEET_CENTRE,
    SHEET_INTEGER,
    SHEET_AMOUNT, /* euros */
    SHEET_RATE,   /* euros, four decimals */
    SHEET_TENTHS, /* one decimal */
    SHEET_HOURS,
    SHEET_PERCENT,
    SHEET_DAY,
    SHEET_FILL_IN, /* empty, grey: for the reader to fill in */
    SHEET_TOTAL_TEXT,
    SHEET_TOTAL_WRAP,
    SHEET_TOTAL_CENTRE,
    SHEET_TOTAL_INTEGER,
    SHEET_TOTAL_AMOUNT,
    SHEET_TOTAL_RATE,
    SHEET_TOTAL_TENTHS,
    SHEET_TOTAL_HOURS,
    SHEET_TOTAL_PERCENT,
    SHEET_TOTAL_DAY,
    SHEET_TOTAL_FILL_IN,
    /* the weeks of a calendar; colours told apart by the colour-blind (Okabe and Ito), neighbours in grey print too */
    SHEET_WEEK,
    SHEET_WEEK_HOLIDAY,
    SHEET_WEEK_COLOUR, /* the first of SHEET_WEEK_COLOURS */
    SHEET_WEEK_LAST = SHEET_WEEK_COLOUR + 7,
    SHEET_KEY, /* what a colour stands for */
    /* the cells of a form that may be filled in (sheet_input.h), and what stands beside them */
    SHEET_INPUT,
    SHEET_INPUT_CENTRE,
    SHEET_INPUT_INTEGER,
    SHEET_INPUT_DAY,
    SHEET_INPUT_LABEL,
    SHEET_INPUT_NUMBER, /* of the row */
    SHEET_INPUT_FACT,   /* what the form knows already */
    /* the cells of a sender's own table that something is wrong with */
    SHEET_WRONG,
    SHEET_DOUBTFUL,
    SHEET_N_STYLES
} SheetStyle;

typedef enum { SHEET_LINES_NONE, SHEET_LINES_BELOW, SHEET_LINES_TOTAL, SHEET_LINES_BOX, SHEET_LINES_CARD } SheetLines;
#define SHEET_WEEK_COLOURS 8
enum { SHEET_BOLD = 1, SHEET_ITALIC = 2, SHEET_WRAPPED = 4, SHEET_UNDERLINE = 8, SHEET_UNLOCKED = 16 };

typedef struct {
    const char *num_format; /* NULL = none */
    int size;               /* points */
    unsigned marks;         /* SHEET_BOLD... */
    uint32_t colour;        /* RGB of the text */
    uint32_t fill;          /* RGB, 0 = none */
    char align;             /* l c r, i: left with an indent */
    char vertical;          /* t c b */
    SheetLines lines;
} SheetLook;

/* How the header above cells of this style (SHEET_TEXT..SHEET_FILL_IN) looks. */
SheetStyle sheet_style_header(SheetStyle style);

/* How a cell of this style (SHEET_TEXT..SHEET_FILL_IN) looks in a total row. */
SheetStyle sheet_style_total(SheetStyle style);

extern const SheetLook sheet_style_looks[SHEET_N_STYLES];

/* Axes of charts: euros, and thousands of them. */
#define SHEET_EUROS "[$-40C]#,##0\\ \"€\""
#define SHEET_KILO_EUROS "[>=10000][$-40C]#,##0,\\ \"k€\";[$-40C]#,##0\\ \"€\""
#define SHEET_COUNT "[$-40C]#,##0"

/* Colours that stay apart for the colour-blind and in grey print. */
#define SHEET_NAVY 0x1F3864
#define SHEET_BLUE 0x2F75B5
#define SHEET_LIGHT 0xBDD7EE
#define SHEET_PALE 0xDDEBF7
#define SHEET_GREY 0x595959
#define SHEET_LINE 0xBFBFBF

#endif
