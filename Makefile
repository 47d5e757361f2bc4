# prisme: build, test, install. `make help` lists the targets; CC, OPT, BUILD, PREFIX and DESTDIR may be given, V=1 shows
# every command.
SHELL := /bin/bash
ifeq ($(origin CC),default)
CC := gcc
endif
BUILD ?= build
PREFIX ?= /usr/local
PKG := glib-2.0 libpq xlsxwriter libzip expat json-glib-1.0
VERSION := 1.0.0
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
Q := $(if $(V),,@)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wformat=2 -Wstrict-prototypes \
        -Wmissing-prototypes -Wundef -Wvla -Wnull-dereference -Wimplicit-fallthrough $(if $(WERROR),-Werror)
# clang sees into GLib's macros, whose casts drop const, and takes a variable kept for its cleanup for unused; gcc judges.
WARN += $(if $(findstring clang,$(CC)),-Wno-cast-qual -Wno-unused-variable)
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE -fstack-clash-protection
OPT ?= -O2 -g
SAN ?=
PKG_CFLAGS := $(shell pkg-config --cflags $(PKG) 2>/dev/null | sed 's/-I/-isystem /g')
PKG_LIBS := $(shell pkg-config --libs $(PKG) 2>/dev/null)
CPPFLAGS += -I. -I$(BUILD) -D_GNU_SOURCE -DPRISME_VERSION='"$(VERSION)"' $(PKG_CFLAGS)
CFLAGS += -std=c17 $(OPT) $(WARN) $(if $(SAN),$(SAN),$(HARDEN)) -pthread
LDLIBS += $(PKG_LIBS) -lcsv -lglpk -lm -pthread
LDFLAGS += $(if $(SAN),$(SAN),-pie -Wl,-z,relro,-z,now)

SRC := $(wildcard config/*.c sql/*.c ingest/*.c plan/*.c export/*.c)
OBJ := $(SRC:%.c=$(BUILD)/%.o)
LIB := $(BUILD)/libprisme.a
TESTLIB := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/lib/*.c))
UNIT := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
INTEGRATION := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/integration/test_*.c))
CLI := $(wildcard tests/cli/test_*.sh)
FAULTS := $(wildcard tests/fault/test_*.sh)
SHIM := $(patsubst %.c,$(BUILD)/%.so,$(wildcard tests/fault/*.c))
GENERATE := $(BUILD)/tests/bench/generate
BENCH := $(BUILD)/tests/bench/xlsx $(BUILD)/tests/bench/workbook
RIVAL := $(BUILD)/tests/bench/rival
PREUVE := $(wildcard tests/preuve/*.py) tests/lib/verify_region.py tests/lib/verify_rules.py
PROGRAM := $(if $(filter build,$(BUILD)),prisme,$(BUILD)/prisme)
RUN := BUILD=$(BUILD) PRISME=$(abspath $(PROGRAM)) tests/run.sh

.PHONY: all setup unit integration cli fault test tests demo lint format asan valgrind bench fuzz install uninstall clean help objects flags fuzzers

all: $(PROGRAM) ## build ./prisme
$(PROGRAM): $(BUILD)/prisme.o $(LIB)
	@echo "  LD $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Every text the program carries (queries, migrations, default settings, style and script of the web page) becomes one C file.
TEXTS := $(sort $(wildcard sql/schema/*.sql sql/query/*.sql)) config/prisme.conf export/page.css export/page.js
$(BUILD)/texts.c $(BUILD)/texts.h &: $(TEXTS) sql/embed.sh
	@mkdir -p $(BUILD)
	@bash sql/embed.sh $(BUILD) $(TEXTS)

$(LIB): $(OBJ) $(BUILD)/texts.o
	@rm -f $@ && ar rcs $@ $^
$(BUILD)/texts.o: $(BUILD)/texts.c
	@echo "  CC $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-overlength-strings -c -o $@ $<
$(BUILD)/%.o: %.c | $(BUILD)/texts.h
	@command -v pkg-config >/dev/null && pkg-config --exists $(PKG) || { echo "libraries are missing: run make setup" >&2; exit 1; }
	@mkdir -p $(@D)
	@echo "  CC $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
# GTest's assertions may return, so a pointer they passed stays doubtful to the compiler.
$(BUILD)/tests/%.o: WARN += -Wno-null-dereference
$(UNIT) $(INTEGRATION): %: %.o $(TESTLIB) $(LIB)
	@echo "  LD $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(BUILD)/tests/fault/%.so: tests/fault/%.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	$(Q)$(CC) $(CPPFLAGS) -std=c17 -O1 -g $(WARN) -fPIC -shared -o $@ $< -ldl
.SECONDARY:

setup: ## install the Debian packages that are missing (sudo when not root)
	@bash config/setup.sh build run test
unit: $(UNIT) ## run the unit tests
	@$(RUN) $(UNIT)
integration: $(INTEGRATION) $(PROGRAM) ## run the tests that need PostgreSQL
	@$(RUN) $(INTEGRATION)
cli: $(PROGRAM) $(SHIM) $(GENERATE) $(RIVAL) ## run the tests of the command line
	@$(RUN) $(CLI)
fault: $(PROGRAM) $(SHIM) ## run the fault injection tests
	@$(RUN) $(FAULTS)
test: ## set up, build with -Werror, run every test and the lint
	@$(MAKE) --no-print-directory setup
	@$(MAKE) --no-print-directory -j2 WERROR=1 all $(BUILD)/all-tests
	@$(MAKE) --no-print-directory tests
tests:
	@$(RUN) $(INTEGRATION) $(CLI) $(FAULTS) $(UNIT) tests/lint.sh
$(BUILD)/all-tests: $(UNIT) $(INTEGRATION) $(SHIM) $(GENERATE) $(RIVAL)
	@touch $@
demo: ## set up, build, plan the sample region, say where its workbook is
	@bash config/setup.sh build run
	@$(MAKE) --no-print-directory -j2 all
	@bash config/demo.sh $(abspath $(PROGRAM))

objects: $(OBJ) $(BUILD)/prisme.o $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/unit/*.c tests/integration/*.c tests/lib/*.c tests/bench/*.c))
flags:
	@echo "$(subst ",\",$(CPPFLAGS)) -std=c17 $(WARN)"
lint: $(PROGRAM) ## check structure, style, scripts and that README tells the truth
	@$(RUN) tests/lint.sh
format: ## rewrite the C files in the project's style
	clang-format-14 -i $$(git ls-files '*.c' '*.h')
asan: ## build with ASan and UBSan, run the unit and integration tests
	@$(MAKE) --no-print-directory -j2 BUILD=build-asan OPT='-O1 -g' \
	    SAN='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' unit integration
valgrind: $(UNIT) ## run the unit tests under valgrind
	@bash config/setup.sh extra
	@VALGRIND=1 $(RUN) $(UNIT)
# SEEDS (1), SIZE (small), LIMIT (60 s a solver and stage) and GROWTH (30,60 SIAE) may be given.
bench: $(PROGRAM) $(GENERATE) $(BENCH) $(RIVAL) ## measure times, compare with other solvers on made regions
	@bash config/setup.sh build run bench
	@for b in $(BENCH); do $$b || exit; done
	@GENERATE=$(abspath $(GENERATE)) PRISME=$(abspath $(PROGRAM)) bash tests/bench/run.sh
	@PRISME=$(abspath $(PROGRAM)) bash tests/bench/ingest.sh
	@GENERATE=$(GENERATE) RIVAL=$(RIVAL) PRISME=$(abspath $(PROGRAM)) python3 tests/bench/compare.py \
	    --size $(or $(SIZE),small) --seeds $(or $(SEEDS),1) --seconds $(or $(LIMIT),60)
	@GENERATE=$(GENERATE) RIVAL=$(RIVAL) PRISME=$(abspath $(PROGRAM)) python3 tests/bench/compare.py --growth $(or $(GROWTH),30,60)
$(GENERATE) $(BENCH) $(RIVAL): %: %.o $(TESTLIB) $(LIB)
	@echo "  LD $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
fuzz: $(PROGRAM) ## fuzz the readers for FUZZ_SECONDS (60) each
	@bash config/setup.sh build test extra
	@$(MAKE) --no-print-directory -j2 CC=clang-14 BUILD=build-fuzz OPT='-O1 -g' \
	    SAN='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=pointer-overflow -fno-sanitize-recover=all' \
	    fuzzers
	@bash tests/fuzz/run.sh build-fuzz/tests/fuzz $(or $(FUZZ_SECONDS),60)
FUZZ := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
fuzzers: $(FUZZ)
$(FUZZ): %: %.o $(TESTLIB) $(LIB)
	@echo "  LD $@"
	$(Q)$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)

install: $(PROGRAM) ## install below PREFIX (/usr/local), staged in DESTDIR
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/prisme
	install -D -m 644 config/prisme.conf $(DESTDIR)$(PREFIX)/share/prisme/prisme.conf
	install -D -m 755 -t $(DESTDIR)$(PREFIX)/share/prisme/preuve tests/preuve/prisme-preuve
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/prisme/preuve $(PREUVE)
	ln -sf ../share/prisme/preuve/prisme-preuve $(DESTDIR)$(PREFIX)/bin/prisme-preuve
	install -D -m 644 README.md $(DESTDIR)$(PREFIX)/share/doc/prisme/README.md
	install -D -m 644 config/GUIDE.md $(DESTDIR)$(PREFIX)/share/doc/prisme/GUIDE.md
	install -D -m 644 plan/PREUVE.md $(DESTDIR)$(PREFIX)/share/doc/prisme/PREUVE.md
uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/prisme $(DESTDIR)$(PREFIX)/bin/prisme-preuve
	rm -rf $(DESTDIR)$(PREFIX)/share/prisme $(DESTDIR)$(PREFIX)/share/doc/prisme
clean: ## remove everything built
	rm -rf build build-asan build-clang build-fuzz prisme
	find tests -name __pycache__ -prune -exec rm -rf {} +
help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r t d; do printf '  make %-12s %s\n' "$$t" "$$d"; done

-include $(shell [ -d $(BUILD) ] && find $(BUILD) -name '*.d')
