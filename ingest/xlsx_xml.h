/* A part of a workbook as XML elements. The only user of expat. No document type is accepted, so no entity can be
 * declared; elements nest at most XLSX_XML_DEPTH deep. */
#ifndef INGEST_XLSX_XML_H
#define INGEST_XLSX_XML_H

#include "ingest/xlsx_zip.h"

#define XLSX_XML_DEPTH 32

typedef struct XlsxXml XlsxXml;

/* Names come without their namespace prefix; attributes: name, value, ..., NULL. end and text may be NULL. */
typedef struct {
    void (*begin)(void *data, const char *name, const char *const *attributes);
    void (*end)(void *data, const char *name);
    void (*text)(void *data, const char *text, int n);
} XlsxXmlHandler;

typedef enum {
    XLSX_XML_PAUSED, /* a handler called xlsx_xml_pause() */
    XLSX_XML_ENDED,
    XLSX_XML_FAULT, /* *fault is set */
} XlsxXmlResult;

/* Begins to read a part of the package; NULL with *fault. Free with xlsx_xml_close(). */
XlsxXml *xlsx_xml_open(XlsxZip *zip, const char *name, const XlsxXmlHandler *handler, void *data, XlsxFault *fault);
void xlsx_xml_close(XlsxXml *xml);

/* Reads until a pause, the end or a fault. */
XlsxXmlResult xlsx_xml_run(XlsxXml *xml, XlsxFault *fault);

/* From within a handler of an element's end: xlsx_xml_run() returns, and goes on from here when it is called again. */
void xlsx_xml_pause(XlsxXml *xml);

/* From within any handler: xlsx_xml_run() ends with that fault. */
void xlsx_xml_fail(XlsxXml *xml, ConstatId constat, const char *detail);

/* Reads a whole part, from begin to end; false with *fault. data gets the open XlsxXml in *handle, if not NULL. */
bool xlsx_xml_read(XlsxZip *zip, const char *name, const XlsxXmlHandler *handler, void *data, XlsxXml **handle,
                   XlsxFault *fault);

/* The value of an attribute by its name without prefix, or NULL. */
const char *xlsx_xml_attribute(const char *const *attributes, const char *name);

#endif
