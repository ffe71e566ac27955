// Debian's libsrtp2 does its cryptography through NSS, whose token layer takes a lock and several allocations for every
// packet: more than a third of the worker's time while it forwards. OpenSSL is linked anyway, for DTLS.
//
// Linked with -Wl,--wrap=srtp_init: after libsrtp has started, its ciphers and its authentication are replaced by
// OpenSSL's through libsrtp's own srtp_replace_*_type(), which first hold each one to libsrtp's test vectors; one that
// does not pass fails srtp_init(), and with it the worker's start.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <srtp2/cipher.h>
#include <srtp2/srtp.h>

#include <cstdlib>
#include <cstring>
#include <initializer_list>

#include "srtp_openssl_hmac.h"

extern "C"
{
	// libsrtp's own, for their names and test vectors.
	extern const srtp_cipher_type_t srtp_aes_icm_128;
	extern const srtp_cipher_type_t srtp_aes_icm_256;
	extern const srtp_cipher_type_t srtp_aes_gcm_128;
	extern const srtp_cipher_type_t srtp_aes_gcm_256;

	srtp_err_status_t __real_srtp_init(void);
	srtp_err_status_t __wrap_srtp_init(void);
}

namespace
{
	constexpr int IcmSalt{ 14 };
	constexpr int GcmSalt{ 12 };

	struct Cipher
	{
		EVP_CIPHER_CTX* ctx;
		const EVP_CIPHER* evp;
		int keySize;
		int tagSize;
		bool encrypts;
		// Counter mode: the salt, which every initialization vector is combined with.
		uint8_t offset[16];
	};

	Cipher* stateOf(void* state)
	{
		return static_cast<Cipher*>(state);
	}

	srtp_err_status_t statusOf(int result)
	{
		return result == 1 ? srtp_err_status_ok : srtp_err_status_cipher_fail;
	}

	srtp_err_status_t make(
	  srtp_cipher_t** made,
	  const srtp_cipher_type_t* type,
	  const EVP_CIPHER* evp,
	  int keyLength,
	  int saltSize,
	  int tagSize)
	{
		const int keySize = EVP_CIPHER_get_key_length(evp);

		if (keyLength != keySize + saltSize)
		{
			return srtp_err_status_bad_param;
		}

		auto* cipher = static_cast<srtp_cipher_t*>(calloc(1, sizeof(srtp_cipher_t)));
		auto* state  = static_cast<Cipher*>(calloc(1, sizeof(Cipher)));
		auto* ctx    = EVP_CIPHER_CTX_new();

		if (!cipher || !state || !ctx)
		{
			free(cipher);
			free(state);
			EVP_CIPHER_CTX_free(ctx);

			return srtp_err_status_alloc_fail;
		}

		state->ctx        = ctx;
		state->evp        = evp;
		state->keySize    = keySize;
		state->tagSize    = tagSize;
		cipher->type      = type;
		cipher->state     = state;
		cipher->key_len   = keyLength;
		cipher->algorithm = static_cast<int>(type->id);
		*made             = cipher;

		return srtp_err_status_ok;
	}

	srtp_err_status_t dispose(srtp_cipher_t* cipher)
	{
		auto* state = stateOf(cipher->state);

		EVP_CIPHER_CTX_free(state->ctx);
		OPENSSL_cleanse(state, sizeof(*state));
		free(state);
		free(cipher);

		return srtp_err_status_ok;
	}

	// Counter mode.

	srtp_err_status_t icmInit(void* state, const uint8_t* key)
	{
		auto* c = stateOf(state);

		memset(c->offset, 0, sizeof(c->offset));
		memcpy(c->offset, key + c->keySize, IcmSalt);

		return statusOf(EVP_EncryptInit_ex(c->ctx, c->evp, nullptr, key, nullptr));
	}

	srtp_err_status_t icmSetIv(void* state, uint8_t* iv, srtp_cipher_direction_t)
	{
		auto* c = stateOf(state);
		uint8_t counter[16];

		for (int i{ 0 }; i < 16; ++i)
		{
			counter[i] = c->offset[i] ^ iv[i];
		}

		return statusOf(EVP_EncryptInit_ex(c->ctx, nullptr, nullptr, nullptr, counter));
	}

	srtp_err_status_t icmCrypt(void* state, uint8_t* data, unsigned int* length)
	{
		int done{ 0 };
		const int result =
		  EVP_EncryptUpdate(stateOf(state)->ctx, data, &done, data, static_cast<int>(*length));

		*length = static_cast<unsigned int>(done);

		return statusOf(result);
	}

	// Galois counter mode.

	srtp_err_status_t gcmInit(void* state, const uint8_t* key)
	{
		auto* c = stateOf(state);

		return statusOf(EVP_CipherInit_ex(c->ctx, c->evp, nullptr, key, nullptr, 1));
	}

	srtp_err_status_t gcmSetIv(void* state, uint8_t* iv, srtp_cipher_direction_t direction)
	{
		auto* c = stateOf(state);

		if (direction != srtp_direction_encrypt && direction != srtp_direction_decrypt)
		{
			return srtp_err_status_bad_param;
		}

		c->encrypts = direction == srtp_direction_encrypt;

		return statusOf(EVP_CipherInit_ex(c->ctx, nullptr, nullptr, nullptr, iv, c->encrypts ? 1 : 0));
	}

	srtp_err_status_t gcmSetAad(void* state, const uint8_t* aad, uint32_t length)
	{
		int done{ 0 };

		return statusOf(
		  EVP_CipherUpdate(stateOf(state)->ctx, nullptr, &done, aad, static_cast<int>(length)));
	}

	srtp_err_status_t gcmEncrypt(void* state, uint8_t* data, unsigned int* length)
	{
		auto* c = stateOf(state);
		int done{ 0 };

		if (!c->encrypts)
		{
			return srtp_err_status_bad_param;
		}

		return statusOf(EVP_CipherUpdate(c->ctx, data, &done, data, static_cast<int>(*length)));
	}

	srtp_err_status_t gcmGetTag(void* state, uint8_t* tag, uint32_t* length)
	{
		auto* c = stateOf(state);
		uint8_t nothing[16];
		int done{ 0 };

		*length = static_cast<uint32_t>(c->tagSize);

		if (EVP_CipherFinal_ex(c->ctx, nothing, &done) != 1)
		{
			return srtp_err_status_algo_fail;
		}

		return statusOf(EVP_CIPHER_CTX_ctrl(c->ctx, EVP_CTRL_AEAD_GET_TAG, c->tagSize, tag));
	}

	srtp_err_status_t gcmDecrypt(void* state, uint8_t* data, unsigned int* length)
	{
		auto* c = stateOf(state);
		uint8_t nothing[16];
		int done{ 0 };

		if (c->encrypts || *length < static_cast<unsigned int>(c->tagSize))
		{
			return srtp_err_status_bad_param;
		}

		const int size = static_cast<int>(*length) - c->tagSize;

		if (
		  EVP_CIPHER_CTX_ctrl(c->ctx, EVP_CTRL_AEAD_SET_TAG, c->tagSize, data + size) != 1 ||
		  (size > 0 && EVP_CipherUpdate(c->ctx, data, &done, data, size) != 1))
		{
			return srtp_err_status_algo_fail;
		}

		if (EVP_CipherFinal_ex(c->ctx, nothing, &done) != 1)
		{
			return srtp_err_status_auth_fail;
		}

		*length = static_cast<unsigned int>(size);

		return srtp_err_status_ok;
	}

	// The types: libsrtp's, with other functions.

	srtp_cipher_type_t icm128;
	srtp_cipher_type_t icm256;
	srtp_cipher_type_t gcm128;
	srtp_cipher_type_t gcm256;

	template<srtp_cipher_type_t* type, const EVP_CIPHER* (*evp)(), int saltSize>
	srtp_err_status_t alloc(srtp_cipher_t** made, int keyLength, int tagSize)
	{
		return make(made, type, evp(), keyLength, saltSize, tagSize);
	}

	srtp_cipher_type_t counterMode(const srtp_cipher_type_t& own, srtp_cipher_alloc_func_t allocate)
	{
		srtp_cipher_type_t type = own;

		type.alloc   = allocate;
		type.dealloc = dispose;
		type.init    = icmInit;
		type.set_aad = nullptr;
		type.encrypt = icmCrypt;
		type.decrypt = icmCrypt;
		type.set_iv  = icmSetIv;
		type.get_tag = nullptr;

		return type;
	}

	srtp_cipher_type_t galoisMode(const srtp_cipher_type_t& own, srtp_cipher_alloc_func_t allocate)
	{
		srtp_cipher_type_t type = own;

		type.alloc   = allocate;
		type.dealloc = dispose;
		type.init    = gcmInit;
		type.set_aad = gcmSetAad;
		type.encrypt = gcmEncrypt;
		type.decrypt = gcmDecrypt;
		type.set_iv  = gcmSetIv;
		type.get_tag = gcmGetTag;

		return type;
	}

	srtp_err_status_t replaceAll()
	{
		icm128   = counterMode(srtp_aes_icm_128, alloc<&icm128, EVP_aes_128_ctr, IcmSalt>);
		icm256   = counterMode(srtp_aes_icm_256, alloc<&icm256, EVP_aes_256_ctr, IcmSalt>);
		gcm128   = galoisMode(srtp_aes_gcm_128, alloc<&gcm128, EVP_aes_128_gcm, GcmSalt>);
		gcm256   = galoisMode(srtp_aes_gcm_256, alloc<&gcm256, EVP_aes_256_gcm, GcmSalt>);

		for (const auto* type : { &icm128, &icm256, &gcm128, &gcm256 })
		{
			const auto status = srtp_replace_cipher_type(type, type->id);

			if (status != srtp_err_status_ok)
			{
				return status;
			}
		}

		const auto* hmac = hmacByOpenSsl();

		return srtp_replace_auth_type(hmac, hmac->id);
	}
} // namespace

srtp_err_status_t __wrap_srtp_init(void)
{
	const auto status = __real_srtp_init();

	return status == srtp_err_status_ok ? replaceAll() : status;
}
