/* XML as a stream of elements. The only user of expat. No document type is accepted, so no entity can be declared;
 * elements nest at most XML_DEPTH_MAX deep, and a tag is bounded. */
#ifndef INGEST_XML_H
#define INGEST_XML_H

#include "ingest/refusal.h"

#include <glib.h>
#include <stdint.h>

#define XML_DEPTH_MAX 32

/* What is read, and what is said of it when it cannot be. */
typedef struct {
    /* The next bytes into buffer: their number, 0 at the end, -1 with *refusal. */
    gssize (*read)(void *source, char *buffer, size_t size, Refusal *refusal);
    void (*close)(void *source);
    void *source;     /* closed with the Xml */
    const char *name; /* detail of the refusals; copied */
    ConstatId damaged, too_large, doctype;
} XmlInput;

typedef struct Xml Xml;

/* Names come without their namespace prefix; attributes: name, value, ..., NULL. end and text may be NULL. */
typedef struct {
    void (*begin)(void *data, const char *name, const char *const *attributes);
    void (*end)(void *data, const char *name);
    void (*text)(void *data, const char *text, int n);
} XmlHandler;

typedef enum {
    XML_PAUSED, /* a handler called xml_pause() */
    XML_ENDED,
    XML_REFUSED, /* *refusal is set */
} XmlResult;

/* Begins to read. Free with xml_close(). */
Xml *xml_open(const XmlInput *input, const XmlHandler *handler, void *data);
void xml_close(Xml *xml);

/* Reads until a pause, the end or a fault. */
XmlResult xml_run(Xml *xml, Refusal *refusal);

/* From within a handler of an element's end: xml_run() returns, and goes on from here when it is called again. */
void xml_pause(Xml *xml);

/* From within any handler: xml_run() ends with that fault. */
void xml_fail(Xml *xml, ConstatId constat, const char *detail);

/* The value of an attribute by its name without prefix, or NULL. */
const char *xml_attribute(const char *const *attributes, const char *name);

#endif
