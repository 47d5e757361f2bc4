/* expat fed from a package's part: see xlsx_xml.h. */
#include "ingest/xml.h"

#include <expat.h>
#include <string.h>

enum {
    BLOCK = 65536,
    TOKEN_MAX = 1 << 20, /* bytes of one tag or comment: expat keeps it whole, and begins it again at every block */
};

struct Xml {
    XML_Parser parser;
    XmlInput input;
    const XmlHandler *handler;
    void *data;
    char *name;
    int depth;
    int64_t fed, heard; /* bytes given; of them when a handler was last called */
    bool paused, failed, ended;
    Refusal refusal;
};

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon != NULL ? colon + 1 : name;
}

static void XMLCALL on_begin(void *data, const XML_Char *name, const XML_Char **attributes)
{
    Xml *xml = data;
    xml->heard = xml->fed;
    if (++xml->depth > XML_DEPTH_MAX)
        xml_fail(xml, xml->input.damaged, xml->name);
    else if (!xml->failed)
        xml->handler->begin(xml->data, local(name), (const char *const *)attributes);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    Xml *xml = data;
    xml->heard = xml->fed;
    xml->depth--;
    if (!xml->failed && xml->handler->end != NULL)
        xml->handler->end(xml->data, local(name));
}

static void XMLCALL on_text(void *data, const XML_Char *text, int n)
{
    Xml *xml = data;
    xml->heard = xml->fed;
    if (!xml->failed)
        xml->handler->text(xml->data, text, n);
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id,
                               int has_internal_subset)
{
    (void)name, (void)system_id, (void)public_id, (void)has_internal_subset;
    Xml *xml = data;
    xml_fail(xml, xml->input.doctype, xml->name);
}

Xml *xml_open(const XmlInput *input, const XmlHandler *handler, void *data)
{
    Xml *xml = g_new0(Xml, 1);
    xml->input = *input;
    xml->name = g_strdup(input->name);
    xml->handler = handler;
    xml->data = data;
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

void xml_close(Xml *xml)
{
    if (xml == NULL)
        return;
    XML_ParserFree(xml->parser);
    xml->input.close(xml->input.source);
    g_free(xml->name);
    g_free(xml);
}

void xml_pause(Xml *xml)
{
    xml->paused = true;
    XML_StopParser(xml->parser, XML_TRUE);
}

void xml_fail(Xml *xml, ConstatId constat, const char *detail)
{
    if (xml->failed)
        return;
    xml->failed = true;
    refusal_set(&xml->refusal, constat, detail);
    XML_StopParser(xml->parser, XML_FALSE);
}

/* Feeds one block more; what the parser says. */
static enum XML_Status feed(Xml *xml)
{
    char *buffer = XML_GetBuffer(xml->parser, BLOCK);
    if (buffer == NULL || xml->fed - xml->heard > TOKEN_MAX) {
        xml_fail(xml, xml->input.too_large, xml->name);
        return XML_STATUS_ERROR;
    }
    gssize n = xml->input.read(xml->input.source, buffer, BLOCK, &xml->refusal);
    if (n < 0) {
        xml->failed = true;
        return XML_STATUS_ERROR;
    }
    xml->ended = n == 0;
    xml->fed += n;
    return XML_ParseBuffer(xml->parser, (int)n, n == 0);
}

XmlResult xml_run(Xml *xml, Refusal *refusal)
{
    enum XML_Status status = XML_STATUS_OK;
    if (xml->paused) {
        xml->paused = false;
        status = XML_ResumeParser(xml->parser);
    }
    while (status == XML_STATUS_OK && !xml->ended)
        status = feed(xml);
    if (status == XML_STATUS_SUSPENDED)
        return XML_PAUSED;
    if (status == XML_STATUS_OK)
        return XML_ENDED;
    if (xml->failed)
        *refusal = xml->refusal;
    else
        refusal_set(refusal, xml->input.damaged, xml->name);
    return XML_REFUSED;
}

const char *xml_attribute(const char *const *attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}
