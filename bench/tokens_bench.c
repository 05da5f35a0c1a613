/* tokens_bench.c - microseconds to normalise 2 kB of Japanese and of English and to make their
 * keyed tokens.  Prints one JSON object a line. */
#include "formats/tokens.h"

#include <sodium.h>
#include <stdio.h>
#include <time.h>

static const str japanese = S_INIT(
    "本脆弱性は、影響を受ける製品のウェブ管理画面において、利用者が入力した値を適切に検証しないまま"
    "ＯＳコマンドの引数として使用することに起因します。遠隔の第三者が細工したリクエストを送信した場"
    "合、当該製品上で任意のOSコマンドを管理者権限で実行される可能性があります。対策方法として、開発"
    "者が提供する情報をもとに、ファームウェアを最新版へアップデートしてください。アップデートを適用"
    "できない場合は、管理画面へのアクセスを信頼できるネットワークに限定する、初期パスワードを変更す"
    "る、インターネットから直接接続できないようにファイアウォールを設置するなどの回避策を検討してく"
    "ださい。CVSS v3.1 による基本値は 9.8 "
    "です。報告者は製品開発者に連絡し、調整機関が公表日を調整し"
    "ました。なお、本件は情報セキュリティ早期警戒パートナーシップに基づき届け出られたもので、詳細は"
    "CVE-2023-5915 および KKH#41827360 を参照してください。影響を受けるバージョンは 10.0.1 "
    "以前です。");

static const str english = S_INIT(
    "The affected products do not check the length of a value that a remote client sends in the "
    "header of a request before they copy it to a buffer on the stack. A remote attacker who can "
    "reach the service over the network could send a specially crafted request and run arbitrary "
    "code with the rights of the service, or stop the controller until it is restarted by hand. ");

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static str two_kilobytes(struct arena *a, str s)
{
    buf b = {.a = a};
    while (b.n < 2000)
        buf_put(&b, s);
    size_t n = 2000;
    while (((unsigned char)b.p[n] & 0xC0) == 0x80)
        n--;
    return (str){b.p, n};
}

static void measure(const char *name, str s, const unsigned char *key)
{
    enum { TURNS = 2000 };
    double normal = 1e9, hash = 1e9;
    size_t count = 0;
    for (int i = 0; i < TURNS; i++) {
        struct arena *a = arena_new();
        double t0 = now();
        str n = tokens_normal(a, s);
        double t1 = now();
        count = tokens_of(a, n, key).n;
        double t2 = now();
        normal = t1 - t0 < normal ? t1 - t0 : normal;
        hash = t2 - t1 < hash ? t2 - t1 : hash;
        arena_free(a);
    }
    (void)printf("{\"bench\":\"tokens\",\"text\":\"%s\",\"bytes\":%zu,\"tokens\":%zu,"
                 "\"normal_us\":%.1f,\"tokens_us\":%.1f}\n",
                 name, s.n, count, normal, hash);
}

int main(void)
{
    static const unsigned char key[TOKEN_KEY] = "a key for the bench, 32 bytes..";
    struct arena *a = arena_new();
    must(sodium_init() >= 0);
    measure("japanese", two_kilobytes(a, japanese), key);
    measure("english", two_kilobytes(a, english), key);
    arena_free(a);
    return 0;
}
