# Everything: `make`.  Tests: `make test` (T='domain io/jail' runs parts).  All that is checked: ./check.
# Variants: V=release (default), V=dev (ASan+UBSan, -Werror; tests), V=fuzz (clang, libFuzzer).
V   ?= release
B   := build/$(V)
CC  := $(if $(filter fuzz,$(V)),clang,gcc)
HOSTCC := gcc
VERSION := 0.1.0
MAKEFLAGS += --no-builtin-rules

PKGS := sqlite3 libsodium libutf8proc libseccomp zlib
# Opened when they are first called (docs/adr/0040): their headers are needed, and their names in a few tests.
LATE := libpq libmicrohttpd libcurl
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wundef -Wvla \
        -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wwrite-strings \
        -Wcast-qual -Wpointer-arith -Wnull-dereference -Wswitch-enum -Wredundant-decls \
        -Wnested-externs -Wno-missing-field-initializers -Wno-override-init
GCCWARN := -Wformat-signedness -Walloca -Wcast-align=strict -Wimplicit-fallthrough=5 \
        -Wduplicated-cond -Wduplicated-branches -Wlogical-op
# How much the debugger is told; ./check says -g1, which is enough for a sanitizer's report.
G   ?= -g
CFLAGS := -std=gnu2x $(G) -fno-common -fstack-protector-strong -D_GNU_SOURCE -pthread
ifeq ($(V),dev)
CFLAGS += -O1 -fPIC -fno-semantic-interposition -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer $(WARN) $(GCCWARN) -Werror
LDFLAGS += $(if $(shell command -v ld.lld),-fuse-ld=lld)
TESTED = $(B)/libtested.so
else ifeq ($(V),fuzz)
CFLAGS += -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -w
else
CFLAGS += -O2 -D_FORTIFY_SOURCE=3 -fPIE -fstack-clash-protection -fcf-protection \
          -fno-omit-frame-pointer $(WARN) $(GCCWARN)
LDFLAGS += -pie -Wl,-z,relro,-z,now
endif
CPPFLAGS := -Isrc -Itests -I$(B) -DKAKEHASHI_VERSION=\"$(VERSION)\" -MMD -MP $(shell pkg-config --cflags $(PKGS) $(LATE))
LDLIBS := $(shell pkg-config --libs $(PKGS)) -lmd4c -lm
TESTLIBS := $(shell pkg-config --libs $(LATE)) $(shell pkg-config --libs --silence-errors cmocka jansson) $(shell pkg-config --libs --silence-errors openssl) \
            $(shell pkg-config --libs --silence-errors libpcre2-8)

SRC   := $(filter-out src/main.c,$(wildcard src/*.c src/*/*.c src/*/*/*.c))
TPL   := $(wildcard templates/*/*.html)
GENC  := $(B)/gen/sql.c $(B)/gen/schema.c $(B)/gen/words.c $(B)/gen/forms.c $(B)/gen/facts.c $(TPL:templates/%.html=$(B)/gen/tpl/%.c)
GENH  := $(B)/gen/sql.h $(B)/gen/schema.h $(B)/gen/words.h
OBJ   := $(SRC:%.c=$(B)/%.o) $(GENC:.c=.o) $(B)/gen/assets.o
LIB   := $(B)/libkakehashi.a
BIN   := $(B)/kakehashi
TESTC := $(wildcard tests/*/*_test.c tests/*/*/*_test.c)
TESTS := $(TESTC:%.c=$(B)/%)
THELP := $(patsubst %.c,$(B)/%.o,$(wildcard tests/help/*.c))
REPLAY := $(patsubst %_fuzz.c,$(B)/%_replay,$(wildcard tests/fuzz/*_fuzz.c))
FUZZ  := $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/*_fuzz.c))
BENCH := $(patsubst %.c,$(B)/%,$(wildcard bench/*.c))
BLIB  := $(patsubst %.c,$(B)/%.o,$(wildcard bench/lib/*.c))
FORMS := $(wildcard schemas/*)
ASSETS := $(sort $(filter-out schemas/cve-%,$(filter %.json,$(FORMS))) $(shell find static process demo content facts -type f ! -name '.*' 2>/dev/null))

all: $(BIN)

$(BIN): $(B)/src/main.o $(LIB)
	@echo '  LD   $@'
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIB) $(LDLIBS)

$(LIB): $(OBJ)
	@rm -f $@
	@$(AR) qcs $@ $(OBJ)

$(B)/%.o: %.c Makefile | $(GENH)
	@mkdir -p $(@D)
	@echo '  CC   $<'
	@$(CC) $(CFLAGS) $(CPPFLAGS) -c -o $@ $<
$(B)/gen/%.o: $(B)/gen/%.c Makefile | $(GENH)
	@mkdir -p $(@D)
	@echo '  CC   $<'
	@$(CC) $(CFLAGS) $(CPPFLAGS) -c -o $@ $<

# What the generators in tools/ make.  Each stops the build on any doubt, with file and line.
TOOL := $(B)/tools
TOOLBASE := tools/gen.c tools/sqltok.c $(patsubst %,src/base/%.c,arena str vec utf8)
$(foreach t,sqlgen wordgen tplgen formgen,$(eval $(TOOL)/$t: $(wildcard tools/$t_*.c)))
$(TOOL)/formgen: $(wildcard src/formats/json*.c src/formats/regex*.c src/formats/schema_*.c src/formats/json*.h src/formats/regex*.h src/formats/schema*.h)
$(TOOL)/%: tools/%.c $(TOOLBASE) $(wildcard tools/*.h)
	@mkdir -p $(@D)
	@$(HOSTCC) -std=gnu2x -g -O1 -D_GNU_SOURCE -Wall -Wextra -Werror -Isrc -o $@ $(filter %.c,$^)
QUERIES := $(sort $(wildcard sql/query/*.sql))
SCHEMA  := $(sort $(wildcard sql/schema/*.sql))
$(B)/gen/sql.h: $(QUERIES) $(TOOL)/sqlgen ; @mkdir -p $(@D); $(TOOL)/sqlgen -h $(QUERIES) >$@.new && mv $@.new $@
$(B)/gen/sql.c: $(QUERIES) $(TOOL)/sqlgen ; @mkdir -p $(@D); $(TOOL)/sqlgen -c $(QUERIES) >$@.new && mv $@.new $@
$(B)/gen/schema.h: $(SCHEMA) $(TOOL)/schemagen ; @mkdir -p $(@D); $(TOOL)/schemagen -h $(SCHEMA) >$@.new && mv $@.new $@
$(B)/gen/schema.c: $(SCHEMA) $(TOOL)/schemagen ; @mkdir -p $(@D); $(TOOL)/schemagen -c $(SCHEMA) >$@.new && mv $@.new $@
$(B)/gen/words.h: po/en.po po/ja.po $(TOOL)/wordgen ; @mkdir -p $(@D); $(TOOL)/wordgen -h po/en.po po/ja.po >$@.new && mv $@.new $@
$(B)/gen/words.c: po/en.po po/ja.po $(TOOL)/wordgen ; @mkdir -p $(@D); $(TOOL)/wordgen -c po/en.po po/ja.po >$@.new && mv $@.new $@
$(B)/gen/tpl/%.c: templates/%.html $(TOOL)/tplgen ; @mkdir -p $(@D); $(TOOL)/tplgen $< >$@.new && mv $@.new $@
$(B)/gen/forms.c: $(FORMS) $(TOOL)/formgen ; @mkdir -p $(@D); $(TOOL)/formgen schemas >$@.new && mv $@.new $@
$(B)/gen/facts.c: $(ASSETS) $(TOOL)/factgen Makefile ; @mkdir -p $(@D); $(TOOL)/factgen $(ASSETS) >$@.new && mv $@.new $@
$(B)/gen/assets.S: $(ASSETS) $(TOOL)/embed Makefile ; @mkdir -p $(@D); $(TOOL)/embed $(ASSETS) >$@.new && mv $@.new $@
$(B)/gen/assets.o: $(B)/gen/assets.S $(ASSETS) ; @$(CC) $(CFLAGS) -c -o $@ $<

# Tests: one program a file; they run under the sanitizers, with all that they test in one library, which makes
# two hundred programs of 100 kB instead of 40 MB.  Those of the release have it inside.
TESTED ?= $(THELP) $(LIB)
$(B)/libtested.so: $(OBJ) $(THELP)
	@echo '  LD   $@'
	@$(CC) $(CFLAGS) $(LDFLAGS) -shared -o $@ $^ $(LDLIBS) $(TESTLIBS)
CHOSEN := $(if $(T),$(foreach t,$(T),$(filter $(B)/tests/$(t)%,$(TESTS))),$(TESTS))
test: $(CHOSEN)
	@tools/run-tests.sh $(CHOSEN)
tests: $(TESTS)
$(B)/tests/%_test: $(B)/tests/%_test.o $(TESTED)
	@echo '  LD   $@'
	@$(CC) $(CFLAGS) $(LDFLAGS) -Wl,-rpath,$(abspath $(B)) -o $@ $^ $(LDLIBS) $(TESTLIBS)
test-tools:
	tests/tools/run.sh
fuzzers: $(FUZZ)
$(B)/tests/fuzz/%_fuzz: $(B)/tests/fuzz/%_fuzz.o $(LIB)
	$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $< $(LIB) $(LDLIBS) $(TESTLIBS)
replays: $(REPLAY)
$(B)/tests/fuzz/%_replay: $(B)/tests/fuzz/%_fuzz.o $(B)/tests/fuzz/replay.o $(TESTED)
	@echo '  LD   $@'
	@$(CC) $(CFLAGS) $(LDFLAGS) -Wl,-rpath,$(abspath $(B)) -o $@ $^ $(LDLIBS) $(TESTLIBS)
benches: $(BENCH)
$(BENCH): CPPFLAGS += -Ibench
$(BENCH): %: %.o $(BLIB) $(LIB)
	@echo '  LD   $@'
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(BLIB) $(LIB) $(LDLIBS) $(TESTLIBS)

# Kills, hostile requests and fuzzing for SOAK_SECONDS (600).
soak:
	tests/soak/run.sh

# Costs beside yardsticks, one JSON object a line; bench/run.sh says what and how.
bench:
	@bench/run.sh

# What ./check asks besides the tests.
FORMATTED := $(wildcard bench/*.[ch] bench/*/*.[ch] src/*.[ch] src/*/*.[ch] src/*/*/*.[ch] tests/*/*.[ch] tests/*/*/*.[ch] tools/*.[ch])
fmt:
	clang-format -i $(FORMATTED)
fmt-check:
	clang-format --dry-run -Werror $(FORMATTED)
layers: $(OBJ) $(patsubst %.c,$(B)/%.o,$(wildcard src/main.c))
	tools/layers.sh $(B)
generated: $(GENH) $(TOOL)/wordgen
lint: generated
	@CLANG_FLAGS='-std=gnu2x -D_GNU_SOURCE $(filter-out -MMD -MP,$(CPPFLAGS))' tools/lint.sh $(B)
clean:
	rm -rf build

.PHONY: all test tests test-tools fuzzers replays benches bench soak fmt fmt-check generated layers lint clean
.DELETE_ON_ERROR:
.SECONDARY:
-include $(OBJ:.o=.d) $(TESTS:=.d) $(FUZZ:=.d) $(B)/tests/fuzz/replay.d $(BENCH:=.d) $(BLIB:.o=.d) $(THELP:.o=.d) $(B)/src/main.d
