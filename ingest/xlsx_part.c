/* Parts of a package as XML: see xlsx_private.h. */
#include "ingest/xlsx_private.h"

static gssize read_part(void *part, char *buffer, size_t size, Refusal *refusal)
{
    return xlsx_zip_read(part, buffer, size, refusal);
}

static void close_part(void *part)
{
    xlsx_zip_part_close(part);
}

Xml *xlsx_part_open(XlsxZip *zip, const char *name, const XmlHandler *handler, void *data, Refusal *fault)
{
    XlsxPart *part = xlsx_zip_part(zip, name, fault);
    if (part == NULL)
        return NULL;
    const XmlInput input = {read_part,       close_part, part, name, CONSTAT_XLSX_ABIME, CONSTAT_XLSX_DEMESURE,
                            CONSTAT_XLSX_DTD};
    return xml_open(&input, handler, data);
}

bool xlsx_part_read(XlsxZip *zip, const char *name, const XmlHandler *handler, void *data, Xml **handle, Refusal *fault)
{
    Xml *xml = xlsx_part_open(zip, name, handler, data, fault);
    if (xml == NULL)
        return false;
    if (handle != NULL)
        *handle = xml;
    XmlResult result = xml_run(xml, fault);
    g_assert(result != XML_PAUSED);
    xml_close(xml);
    return result == XML_ENDED;
}
