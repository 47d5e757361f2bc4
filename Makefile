# prisme: build, test, install. `make help` lists the targets.
SHELL := /bin/bash
CC ?= gcc
BUILD ?= build
PREFIX ?= /usr/local
PKG := glib-2.0 libpq xlsxwriter
VERSION := 1.0.0

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wformat=2 -Wstrict-prototypes \
        -Wmissing-prototypes -Wundef -Wvla -Wnull-dereference -Wimplicit-fallthrough
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE -fstack-clash-protection
OPT ?= -O2 -g
SAN ?=
CPPFLAGS += -I. -I$(BUILD) -D_GNU_SOURCE -DPRISME_VERSION='"$(VERSION)"' $(shell pkg-config --cflags $(PKG) | sed 's/-I/-isystem /g')
CFLAGS += -std=c17 $(OPT) $(WARN) $(if $(SAN),$(SAN),$(HARDEN)) -pthread
LDLIBS += $(shell pkg-config --libs $(PKG)) -lcsv -lglpk -lm -pthread
LDFLAGS += $(if $(SAN),$(SAN),-pie -Wl,-z,relro,-z,now)

SRC := $(wildcard config/*.c sql/*.c ingest/*.c plan/*.c export/*.c)
OBJ := $(SRC:%.c=$(BUILD)/%.o)
LIB := $(BUILD)/libprisme.a
TESTLIB := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/lib/*.c))
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/test_*.c))

all: prisme
.PHONY: all unit clean
prisme: $(BUILD)/prisme.o $(LIB)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Every text the program carries (queries, migrations, default settings) becomes one C file.
TEXTS := $(sort $(wildcard sql/schema/*.sql sql/query/*.sql)) config/prisme.conf
$(BUILD)/texts.c $(BUILD)/texts.h &: $(TEXTS) sql/embed.sh
	@mkdir -p $(BUILD)
	bash sql/embed.sh $(BUILD) $(TEXTS)

$(LIB): $(OBJ) $(BUILD)/texts.o
	rm -f $@ && ar rcs $@ $^
$(BUILD)/texts.o: $(BUILD)/texts.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-overlength-strings -c -o $@ $<
$(BUILD)/%.o: %.c $(BUILD)/texts.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(TESTLIB) $(LIB)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

unit: $(UNIT)
	@for t in $(UNIT); do $$t --tap || exit 1; done
clean:
	rm -rf $(BUILD) prisme
-include $(shell [ -d $(BUILD) ] && find $(BUILD) -name '*.d')
