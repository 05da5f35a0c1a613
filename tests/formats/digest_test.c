/* digest_test.c - the examples of FIPS 180-4's companion page, and another implementation. */
#include "t.h"

#include "base/encode.h"
#include "formats/digest.h"
#include "formats/digest_own.h"

#include <string.h>

static str hex_of(struct arena *a, enum digest_kind kind, str text, size_t piece)
{
    struct digest d = digest_begin(kind);
    for (size_t at = 0; at < text.n; at += piece)
        digest_put(&d, str_sub(text, at, piece));
    return hex_encode(a, digest_end(&d, a));
}

static const struct {
    str text, sha1, sha256;
} known[] = {
    {S_INIT(""), S_INIT("da39a3ee5e6b4b0d3255bfef95601890afd80709"),
     S_INIT("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")},
    {S_INIT("abc"), S_INIT("a9993e364706816aba3e25717850c26c9cd0d89d"),
     S_INIT("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")},
    {S_INIT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
     S_INIT("84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
     S_INIT("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")},
};

TEST(the_standard_s_examples_come_out)
{
    for (size_t i = 0; i < COUNT(known); i++) {
        CHECK_STR(known[i].sha1, hex_of(a, DIGEST_SHA1, known[i].text, 64));
        CHECK_STR(known[i].sha256, hex_of(a, DIGEST_SHA256, known[i].text, 64));
    }
    buf million = {.a = a};
    for (size_t i = 0; i < 1000000; i++)
        buf_char(&million, 'a');
    CHECK_STR(S("34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
              hex_of(a, DIGEST_SHA1, buf_str(&million), 1000));
    CHECK_STR(S("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
              hex_of(a, DIGEST_SHA256, buf_str(&million), 1000));
}

/* By another implementation (Python's hashlib). */
static const struct {
    size_t n;
    str sha1, sha256;
} edges[] = {
    {55, S_INIT("accfa188bccab15065e9feaf805d00217e958ec0"),
     S_INIT("72fa96f64bf2dd082aafb08cf80ed17f5b3d2c6cd527c4b138b69506f5e5c173")},
    {56, S_INIT("edc9055eaab6e86d803e41dd99272b3da1468595"),
     S_INIT("67e4026bfbe6f1cd3f40518f324bcdf4426ae00faf5a0cddeae67a0e60ecf665")},
    {63, S_INIT("ef717286343f6da3f4e6f68c6de02a5148a801c4"),
     S_INIT("057ee79ece0b9a849552ab8d3c335fe9a5f1c46ef5f1d9b190c295728628299c")},
    {64, S_INIT("637a3b2c6720f682bc43017c7cec9abba42ef2e1"),
     S_INIT("89423b9ef9046a708eb6687f3b016e261b64c8bab7994a8a7be0702a6ff4399f")},
    {65, S_INIT("50d589c51c2144ca25cf4a0d8858c4bf79ba2fa3"),
     S_INIT("e908020d42681ccd7f7a28355da56f8cc206e8f391dffed80fb9db9b81dc1920")},
    {119, S_INIT("d977f58c3a822be97ba22ac166748fb274b0a258"),
     S_INIT("870ab5fb3207a4245c4af8d7fe056accb1cde032eb04e6afc1f0081f152d21d6")},
    {120, S_INIT("1b0af58554a9f08d8b1660bbad792f9dda674a72"),
     S_INIT("fe7565e402752b9264761f74a2bc62c52d1aa4623a00ef0547f4b73fe2e9195c")},
};

TEST(lengths_about_the_padding_s_edges_in_pieces_of_any_length)
{
    str text = S("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde"
                 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    for (size_t i = 0; i < COUNT(edges); i++)
        for (size_t piece = 1; piece < 200; piece += 33) {
            str part = str_sub(text, 0, edges[i].n);
            CHECK_STR(edges[i].sha1, hex_of(a, DIGEST_SHA1, part, piece));
            CHECK_STR(edges[i].sha256, hex_of(a, DIGEST_SHA256, part, piece));
        }
}

/* The tests above go the fastest way that this processor has. */
TEST(sha_256_is_the_same_on_a_processor_without_instructions_for_it)
{
    enum { BLOCKS = 7 };
    const unsigned char abc[64] = {'a', 'b', 'c', 0x80, [63] = 24};
    const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19},
                   want[8] = {0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223,
                              0xb00361a3, 0x96177a9c, 0xb410ff61, 0xf20015ad};
    uint32_t one[8], other[8];
    unsigned char bytes[BLOCKS * 64];
    memcpy(one, first, sizeof one);
    sha256_blocks_portable(one, abc, 1);
    CHECK(memcmp(one, want, sizeof one) == 0);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 37 + i / 64);
    memcpy(other, one, sizeof one);
    sha256_blocks_portable(one, bytes, BLOCKS);
    sha256_blocks(other, bytes, BLOCKS);
    CHECK(memcmp(one, other, sizeof one) == 0);
}
