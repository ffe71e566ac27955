// HMAC-SHA1 by OpenSSL in the form of libsrtp's authentication, for srtp_openssl.cpp alone. The key's two blocks are
// hashed once, not for every packet.
#pragma once
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <srtp2/auth.h>

#include <cstdlib>
#include <cstring>

extern "C"
{
	// libsrtp's own, for its name and test vectors.
	extern const srtp_auth_type_t srtp_hmac;
}

namespace
{
	srtp_auth_type_t hmacSha1;

	struct Hmac
	{
		SHA_CTX inner;
		SHA_CTX outer;
		SHA_CTX running;
	};

	srtp_err_status_t hmacDealloc(srtp_auth_t* auth)
	{
		OPENSSL_cleanse(auth->state, sizeof(Hmac));
		free(auth->state);
		free(auth);

		return srtp_err_status_ok;
	}

	srtp_err_status_t hmacStart(void* state)
	{
		auto* hmac = static_cast<Hmac*>(state);

		hmac->running = hmac->inner;

		return srtp_err_status_ok;
	}

	srtp_err_status_t hmacInit(void* state, const uint8_t* key, int keyLength)
	{
		auto* hmac = static_cast<Hmac*>(state);
		uint8_t inner[SHA_CBLOCK];
		uint8_t outer[SHA_CBLOCK];

		memset(inner, 0x36, sizeof(inner));
		memset(outer, 0x5c, sizeof(outer));

		for (int i{ 0 }; i < keyLength; ++i)
		{
			inner[i] ^= key[i];
			outer[i] ^= key[i];
		}

		SHA1_Init(&hmac->inner);
		SHA1_Update(&hmac->inner, inner, sizeof(inner));
		SHA1_Init(&hmac->outer);
		SHA1_Update(&hmac->outer, outer, sizeof(outer));
		OPENSSL_cleanse(inner, sizeof(inner));
		OPENSSL_cleanse(outer, sizeof(outer));

		return hmacStart(state);
	}

	srtp_err_status_t hmacUpdate(void* state, const uint8_t* data, int length)
	{
		SHA1_Update(&static_cast<Hmac*>(state)->running, data, static_cast<size_t>(length));

		return srtp_err_status_ok;
	}

	srtp_err_status_t hmacCompute(
	  void* state, const uint8_t* data, int length, int tagLength, uint8_t* tag)
	{
		auto* hmac = static_cast<Hmac*>(state);
		uint8_t digest[SHA_DIGEST_LENGTH];

		if (tagLength > SHA_DIGEST_LENGTH)
		{
			return srtp_err_status_bad_param;
		}

		SHA1_Update(&hmac->running, data, static_cast<size_t>(length));
		SHA1_Final(digest, &hmac->running);

		SHA_CTX outer = hmac->outer;

		SHA1_Update(&outer, digest, sizeof(digest));
		SHA1_Final(digest, &outer);
		memcpy(tag, digest, static_cast<size_t>(tagLength));

		return srtp_err_status_ok;
	}

	srtp_err_status_t hmacAlloc(srtp_auth_t** made, int keyLength, int tagLength)
	{
		if (keyLength > SHA_DIGEST_LENGTH || tagLength > SHA_DIGEST_LENGTH)
		{
			return srtp_err_status_bad_param;
		}

		auto* auth  = static_cast<srtp_auth_t*>(calloc(1, sizeof(srtp_auth_t)));
		auto* state = static_cast<Hmac*>(calloc(1, sizeof(Hmac)));

		if (!auth || !state)
		{
			free(auth);
			free(state);

			return srtp_err_status_alloc_fail;
		}

		auth->type    = &hmacSha1;
		auth->state   = state;
		auth->key_len = keyLength;
		auth->out_len = tagLength;
		*made         = auth;

		return srtp_err_status_ok;
	}

	// Libsrtp's type, with other functions.
	const srtp_auth_type_t* hmacByOpenSsl()
	{
		hmacSha1 = srtp_hmac;

		hmacSha1.alloc   = hmacAlloc;
		hmacSha1.dealloc = hmacDealloc;
		hmacSha1.init    = hmacInit;
		hmacSha1.compute = hmacCompute;
		hmacSha1.update  = hmacUpdate;
		hmacSha1.start   = hmacStart;

		return &hmacSha1;
	}
} // namespace
