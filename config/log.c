/* stderr: see log.h. */
#include "config/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static struct {
    bool facts;    /* print log_info lines */
    bool progress; /* stderr is a terminal that may show a progress line */
    bool pending;  /* a progress line stands there now */
} state;

void log_setup(bool verbose, bool quiet)
{
    bool terminal = isatty(STDERR_FILENO) == 1;
    state.facts = !quiet && (verbose || terminal);
    state.progress = !quiet && terminal;
}

static void clear(void)
{
    if (state.pending)
        fputs("\r\033[K", stderr);
    state.pending = false;
}

static char *plain_text(const char *format, va_list arguments) G_GNUC_PRINTF(1, 0);

/* The text on one line; owned by the caller. File names and cells in it are what senders chose: none may move the
 * cursor, or begin a line that looks like prisme's. */
static char *plain_text(const char *format, va_list arguments)
{
    g_autofree char *given = g_strdup_vprintf(format, arguments), *valid = g_utf8_make_valid(given, -1);
    GString *text = g_string_new(NULL);
    for (const char *c = valid; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar character = g_utf8_get_char(c);
        g_string_append_unichar(text, g_unichar_iscntrl(character) ? '?' : character);
    }
    return g_string_free(text, FALSE);
}

static void line(const char *prefix, const char *format, va_list arguments) G_GNUC_PRINTF(2, 0);

static void line(const char *prefix, const char *format, va_list arguments)
{
    g_autofree char *text = plain_text(format, arguments);
    clear();
    fprintf(stderr, "%s%s\n", prefix, text);
}

void log_info(const char *format, ...)
{
    if (!state.facts)
        return;
    va_list arguments;
    va_start(arguments, format);
    line("", format, arguments);
    va_end(arguments);
}

void log_warning(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    line("prisme: warning: ", format, arguments);
    va_end(arguments);
}

void log_fault(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    line("prisme: ", format, arguments);
    va_end(arguments);
}

void log_progress(const char *format, ...)
{
    if (!state.progress)
        return;
    clear();
    if (format == NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = plain_text(format, arguments);
    va_end(arguments);
    fprintf(stderr, "\r%s", text);
    fflush(stderr);
    state.pending = true;
}
