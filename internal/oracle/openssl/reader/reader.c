/*
 * reader answers what OpenSSL makes of certificates and private keys.
 *
 * A question on standard input is a letter, a length (32 bits, big-endian) and so many
 * bytes. An answer on standard output is a byte of flags, a byte that has the length of a
 * text, and the text: the reason of the first failure in OpenSSL's words.
 *
 *   C  PEM text of a chain. Flags: 1 SSL_CTX_use_certificate_chain_file loads it at
 *      security level 0; 2 X509_check_purpose calls the first one an SSL server;
 *      4 its extensions are valid; 8 its public key is of a kind that signs in TLS
 *      (RSA up to 16384 bits, ECDSA on P-224 to P-521 by name, Ed25519).
 *   K  PEM text of a key. Flags: 1 PEM_read_bio_PrivateKey reads it; 2
 *      SSL_CTX_use_PrivateKey takes it, of a context without certificates; 4 SSL_CTX_check_private_key says that it is the
 *      key of the chain of the last C; 8 it is consistent (EVP_PKEY_check).
 */
#define _GNU_SOURCE
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static SSL_CTX *ctx, *empty;
static int keyed; /* the context has seen a key */
static int file;
static char path[64];

/* A certificate takes the place of another, but not beside a key that is not its own. */
static SSL_CTX *fresh(SSL_CTX *old)
{
    SSL_CTX *new = SSL_CTX_new(TLS_server_method());

    if (new == NULL)
        exit(3);
    SSL_CTX_free(old);
    SSL_CTX_set_security_level(new, 0);
    return new;
}

static int signs(EVP_PKEY *key)
{
    int curve;

    switch (key == NULL ? 0 : EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
        return EVP_PKEY_get_bits(key) <= 16384;
    case EVP_PKEY_ED25519:
        return 1;
    case EVP_PKEY_EC: {
        char name[64];
        size_t len;
        char encoding[32] = "";
        if (!EVP_PKEY_get_group_name(key, name, sizeof name, &len))
            return 0;
        if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING, encoding, sizeof encoding, &len)
            && strcmp(encoding, "explicit") == 0)
            return 0;
        curve = OBJ_sn2nid(name);
        return curve == NID_secp224r1 || curve == NID_X9_62_prime256v1 || curve == NID_secp384r1 || curve == NID_secp521r1;
    }
    default:
        return 0;
    }
}

static int chain(const unsigned char *text, size_t len)
{
    int flags = 0;
    X509 *leaf;

    if (keyed)
        ctx = fresh(ctx);
    keyed = 0;
    if (ftruncate(file, 0) != 0 || pwrite(file, text, len, 0) != (ssize_t)len)
        exit(4);
    if (SSL_CTX_use_certificate_chain_file(ctx, path) != 1)
        return 0;
    flags = 1;
    leaf = SSL_CTX_get0_certificate(ctx);
    if (leaf == NULL)
        return flags;
    if (X509_check_purpose(leaf, X509_PURPOSE_SSL_SERVER, 0) == 1)
        flags |= 2;
    if (!(X509_get_extension_flags(leaf) & EXFLAG_INVALID))
        flags |= 4;
    if (signs(X509_get0_pubkey(leaf)))
        flags |= 8;
    return flags;
}

static int private_key(const unsigned char *text, size_t len)
{
    int flags = 0;
    BIO *in = BIO_new_mem_buf(text, (int)len);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(in, NULL, NULL, (void *)"");

    BIO_free(in);
    if (key == NULL)
        return 0;
    flags = 1;
    if (SSL_CTX_use_PrivateKey(empty, key) == 1)
        flags |= 2;
    keyed = 1;
    if (SSL_CTX_use_PrivateKey(ctx, key) == 1 && SSL_CTX_check_private_key(ctx) == 1)
        flags |= 4;
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC) { /* of RSA keys it would test the primes */
        EVP_PKEY_CTX *check = EVP_PKEY_CTX_new(key, NULL);
        if (check != NULL && EVP_PKEY_check(check) == 1)
            flags |= 8;
        EVP_PKEY_CTX_free(check);
    } else {
        flags |= 8;
    }
    EVP_PKEY_free(key);
    return flags;
}

static void answer(int flags)
{
    char text[256] = "";
    unsigned long first = ERR_get_error();
    const char *reason = first == 0 ? NULL : ERR_reason_error_string(first);

    if (reason != NULL)
        snprintf(text, sizeof text, "%s", reason);
    ERR_clear_error();
    putchar(flags);
    putchar((int)strlen(text));
    fputs(text, stdout);
    fflush(stdout);
}

int main(void)
{
    unsigned char head[5], *text = NULL;

    file = memfd_create("chain", MFD_CLOEXEC);
    if (file < 0)
        return 2;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    ctx = fresh(NULL);
    empty = fresh(NULL);
    while (fread(head, 1, sizeof head, stdin) == sizeof head) {
        uint32_t len = (uint32_t)head[1] << 24 | (uint32_t)head[2] << 16 | (uint32_t)head[3] << 8 | head[4];
        text = realloc(text, len + 1);
        if (text == NULL || fread(text, 1, len, stdin) != len)
            return 5;
        ERR_clear_error();
        answer(head[0] == 'C' ? chain(text, len) : private_key(text, len));
    }
    return 0;
}
