/* The GError domain of prisme: see fault.h. */
#include "config/fault.h"

G_DEFINE_QUARK(prisme - fault, fault)
