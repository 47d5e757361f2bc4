/* expat fed from a package's part: see xlsx_xml.h. */
#include "ingest/xlsx_xml.h"

#include <expat.h>
#include <string.h>

enum {
    BLOCK = 65536,
    TOKEN_MAX = 1 << 20, /* bytes of one tag or comment: expat keeps it whole, and begins it again at every block */
};

struct XlsxXml {
    XML_Parser parser;
    XlsxPart *part;
    const XlsxXmlHandler *handler;
    void *data;
    char *name;
    int depth;
    int64_t fed, heard; /* bytes given; of them when a handler was last called */
    bool paused, failed, ended;
    XlsxFault fault;
};

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon != NULL ? colon + 1 : name;
}

static void XMLCALL on_begin(void *data, const XML_Char *name, const XML_Char **attributes)
{
    XlsxXml *xml = data;
    xml->heard = xml->fed;
    if (++xml->depth > XLSX_XML_DEPTH)
        xlsx_xml_fail(xml, CONSTAT_XLSX_ABIME, xml->name);
    else if (!xml->failed)
        xml->handler->begin(xml->data, local(name), (const char *const *)attributes);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    XlsxXml *xml = data;
    xml->heard = xml->fed;
    xml->depth--;
    if (!xml->failed && xml->handler->end != NULL)
        xml->handler->end(xml->data, local(name));
}

static void XMLCALL on_text(void *data, const XML_Char *text, int n)
{
    XlsxXml *xml = data;
    xml->heard = xml->fed;
    if (!xml->failed)
        xml->handler->text(xml->data, text, n);
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id,
                               int has_internal_subset)
{
    (void)name, (void)system_id, (void)public_id, (void)has_internal_subset;
    XlsxXml *xml = data;
    xlsx_xml_fail(xml, CONSTAT_XLSX_DTD, xml->name);
}

XlsxXml *xlsx_xml_open(XlsxZip *zip, const char *name, const XlsxXmlHandler *handler, void *data, XlsxFault *fault)
{
    XlsxPart *part = xlsx_zip_part(zip, name, fault);
    if (part == NULL)
        return NULL;
    XlsxXml *xml = g_new0(XlsxXml, 1);
    xml->part = part;
    xml->handler = handler;
    xml->data = data;
    xml->name = g_strdup(name);
    xml->parser = XML_ParserCreate(NULL);
    if (xml->parser == NULL)
        g_error("out of memory");
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_begin, on_end);
    if (handler->text != NULL)
        XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    return xml;
}

void xlsx_xml_close(XlsxXml *xml)
{
    if (xml == NULL)
        return;
    XML_ParserFree(xml->parser);
    xlsx_zip_part_close(xml->part);
    g_free(xml->name);
    g_free(xml);
}

void xlsx_xml_pause(XlsxXml *xml)
{
    xml->paused = true;
    XML_StopParser(xml->parser, XML_TRUE);
}

void xlsx_xml_fail(XlsxXml *xml, ConstatId constat, const char *detail)
{
    if (xml->failed)
        return;
    xml->failed = true;
    xlsx_fault(&xml->fault, constat, detail);
    XML_StopParser(xml->parser, XML_FALSE);
}

/* Feeds one block more; what the parser says. */
static enum XML_Status feed(XlsxXml *xml)
{
    char *buffer = XML_GetBuffer(xml->parser, BLOCK);
    if (buffer == NULL || xml->fed - xml->heard > TOKEN_MAX) {
        xlsx_xml_fail(xml, CONSTAT_XLSX_DEMESURE, xml->name);
        return XML_STATUS_ERROR;
    }
    gssize n = xlsx_zip_read(xml->part, buffer, BLOCK, &xml->fault);
    if (n < 0) {
        xml->failed = true;
        return XML_STATUS_ERROR;
    }
    xml->ended = n == 0;
    xml->fed += n;
    return XML_ParseBuffer(xml->parser, (int)n, n == 0);
}

XlsxXmlResult xlsx_xml_run(XlsxXml *xml, XlsxFault *fault)
{
    enum XML_Status status = XML_STATUS_OK;
    if (xml->paused) {
        xml->paused = false;
        status = XML_ResumeParser(xml->parser);
    }
    while (status == XML_STATUS_OK && !xml->ended)
        status = feed(xml);
    if (status == XML_STATUS_SUSPENDED)
        return XLSX_XML_PAUSED;
    if (status == XML_STATUS_OK)
        return XLSX_XML_ENDED;
    if (xml->failed)
        *fault = xml->fault;
    else
        xlsx_fault(fault, CONSTAT_XLSX_ABIME, xml->name);
    return XLSX_XML_FAULT;
}

bool xlsx_xml_read(XlsxZip *zip, const char *name, const XlsxXmlHandler *handler, void *data, XlsxXml **handle,
                   XlsxFault *fault)
{
    XlsxXml *xml = xlsx_xml_open(zip, name, handler, data, fault);
    if (xml == NULL)
        return false;
    if (handle != NULL)
        *handle = xml;
    XlsxXmlResult result = xlsx_xml_run(xml, fault);
    g_assert(result != XLSX_XML_PAUSED);
    xlsx_xml_close(xml);
    return result == XLSX_XML_ENDED;
}

const char *xlsx_xml_attribute(const char *const *attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}
