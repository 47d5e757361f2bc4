/* Tables of the web page: see page_table.h. */
#include "export/page_table.h"

#include "config/calendar.h"
#include "export/french.h"

#include <inttypes.h>

struct PageTable {
    Page *page;
    const PageColumn *columns;
    int n_columns, column;
    int64_t *totals;
};

PageTable *page_table_new(Page *page, const char *id, const char *caption, const PageColumn *columns, int n_columns)
{
    static const char letters[] = {[PAGE_TEXT] = 't', [PAGE_INTEGER] = 'i', [PAGE_AMOUNT] = 'a',
                                   [PAGE_DAY] = 'd',  [PAGE_RATIO] = 'r',   [PAGE_PICTURE] = 'p'};
    PageTable *table = g_new0(PageTable, 1);
    Html *html = page->html;
    table->page = page;
    table->columns = columns;
    table->n_columns = n_columns;
    table->totals = g_new0(int64_t, n_columns);
    html_format(html, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"%s-c\">", id);
    html_format(html, "<table class=\"data\" id=\"%s\"><caption id=\"%s-c\">%s</caption>\n<thead><tr>", id, id,
                caption);
    for (int i = 0; i < n_columns; i++) {
        html_format(html, "<th scope=\"col\" class=\"%c\"%s>%s</th>", letters[columns[i].kind],
                    columns[i].use == PAGE_SUM      ? " data-sum=\"1\""
                    : columns[i].use == PAGE_CHOOSE ? " data-choose=\"1\""
                                                    : "",
                    columns[i].title);
        /* a card of a phone names each of its lines; pictures are as wide as the card */
        if (i > 0 && columns[i].kind != PAGE_PICTURE)
            g_string_append_printf(
                page->style, "@media screen and (max-width:44rem){#%s td:nth-child(%d)::before{content:\"%s\"}}\n", id,
                i + 1, columns[i].title);
    }
    html_raw(html, "</tr></thead>\n<tbody>\n");
    return table;
}

static void begin(PageTable *table, PageKind kind)
{
    g_assert(table->column < table->n_columns && table->columns[table->column].kind == kind);
    html_raw(table->page->html, table->column == 0 ? "<tr><th scope=\"row\"" : "<td");
}

static void end(PageTable *table)
{
    html_raw(table->page->html, table->column++ == 0 ? "</th>" : "</td>");
}

void page_table_text(PageTable *table, const char *text)
{
    begin(table, PAGE_TEXT);
    html_raw(table->page->html, ">");
    html_text(table->page->html, text);
    end(table);
}

void page_table_open(PageTable *table, PageKind kind)
{
    begin(table, kind);
    html_raw(table->page->html, kind == PAGE_PICTURE ? " class=\"p\">" : ">");
}

void page_table_close(PageTable *table)
{
    end(table);
}

/* class: how the number is set; value: what it sorts and adds up as. */
static void put(PageTable *table, PageKind kind, char class, int64_t value, const char *text)
{
    begin(table, kind);
    html_format(table->page->html, " class=\"%c\" data-v=\"%" PRId64 "\">%s", class, value, text);
    table->totals[table->column] += value;
    end(table);
}

void page_table_integer(PageTable *table, int64_t value)
{
    g_autofree char *text = french_integer(value);
    put(table, PAGE_INTEGER, 'i', value, text);
}

void page_table_amount(PageTable *table, int64_t cents)
{
    g_autofree char *text = french_amount(cents);
    put(table, PAGE_AMOUNT, 'a', cents, text);
}

void page_table_day(PageTable *table, int32_t day)
{
    g_autofree char *text = french_day_short(day);
    put(table, PAGE_DAY, 'd', day, text);
}

void page_table_ratio(PageTable *table, int64_t part, int64_t whole)
{
    if (whole <= 0) {
        page_table_none(table);
        return;
    }
    Html *html = table->page->html;
    int64_t thousandths = part * 1000 / whole;
    g_autofree char *text = french_ratio(part, whole);
    begin(table, PAGE_RATIO);
    html_format(html,
                " class=\"r\" data-v=\"%" PRId64 "\"><svg class=\"part\" viewBox=\"0 0 1000 10\" "
                "preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"all\" width=\"1000\" height=\"10\"/>"
                "<rect class=\"some\" width=\"%" PRId64 "\" height=\"10\"/></svg>%s",
                thousandths, CLAMP(thousandths, 0, 1000), text);
    end(table);
}

void page_table_share(PageTable *table, const FiguresShare *share)
{
    page_table_integer(table, share->demande);
    page_table_integer(table, share->servi.effectif);
    page_table_ratio(table, share->servi.effectif, share->demande);
}

void page_table_none(PageTable *table)
{
    begin(table, table->columns[table->column].kind);
    html_raw(table->page->html, " class=\"none\">");
    end(table);
}

void page_table_end_row(PageTable *table)
{
    g_assert(table->column == table->n_columns);
    html_raw(table->page->html, "</tr>\n");
    table->column = 0;
}

void page_table_end(PageTable *table)
{
    g_assert(table->column == 0);
    Html *html = table->page->html;
    bool sums = false;
    for (int i = 0; i < table->n_columns; i++)
        sums = sums || table->columns[i].use == PAGE_SUM;
    html_raw(html, "</tbody>\n");
    if (sums) {
        html_raw(html, "<tfoot><tr><th scope=\"row\">Total</th>");
        for (int i = 1; i < table->n_columns; i++) {
            bool amount = table->columns[i].kind == PAGE_AMOUNT;
            g_autofree char *text = table->columns[i].use != PAGE_SUM ? g_strdup("")
                                    : amount                          ? french_amount(table->totals[i])
                                                                      : french_integer(table->totals[i]);
            html_format(html, "<td class=\"%s\">%s</td>", text[0] == '\0' ? "none" : amount ? "a" : "i", text);
        }
        html_raw(html, "</tr></tfoot>\n");
    }
    html_raw(html, "</table></div>\n");
    g_free(table->totals);
    g_free(table);
}
