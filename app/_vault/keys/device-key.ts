/**
 * Keeps the account key between page loads: in IndexedDB, encrypted under a key derived from a non-extractable
 * WebCrypto key of this device and a share that web gives only to the live session. Either half alone opens nothing.
 * This is the one place that uses WebCrypto instead of libsodium, because only WebCrypto keeps a key from being read.
 */
import { VaultError } from '../errors.ts'
import { sodium } from '../sodium.ts'
import type { DeviceSlot, VaultStore } from '../store.ts'

const INFO = new TextEncoder().encode('attune/device/1')
const IV_BYTES = 12

/**
 * Stores the account key for this account on this device, replacing what was there.
 * @param share 32 bytes from the live session
 */
export async function keepOnDevice(
  store: VaultStore,
  accountId: string,
  accountKey: Uint8Array,
  share: Uint8Array,
): Promise<void> {
  // A page that came without HTTPS has no WebCrypto: the password is then asked for on every load.
  if (!('subtle' in crypto)) return
  const raw = owned(sodium.randombytes_buf(32))
  const deviceKey = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey'])
  sodium.memzero(raw)
  const iv = owned(sodium.randombytes_buf(IV_BYTES))
  const key = await combined(deviceKey, share, 'encrypt')
  const parameters = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(accountId) }
  const box = await crypto.subtle.encrypt(parameters, key, owned(accountKey))
  const slot: DeviceSlot = { accountId, deviceKey, iv, box: new Uint8Array(box) }
  await store.putDevice(slot)
}

/**
 * The account key of this account, or null when this device does not hold it or the share is another session's.
 */
export async function openFromDevice(
  store: VaultStore,
  accountId: string,
  share: Uint8Array,
): Promise<Uint8Array | null> {
  const slot = await store.getDevice()
  if (slot?.accountId !== accountId || !('subtle' in crypto)) return null
  const key = await combined(slot.deviceKey, share, 'decrypt')
  const parameters = {
    name: 'AES-GCM',
    iv: owned(slot.iv),
    additionalData: new TextEncoder().encode(accountId),
  }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, owned(slot.box)))
  } catch (error) {
    // A share of another session, or an altered box: the password is asked for, which is all that can be done.
    if (error instanceof DOMException && error.name === 'OperationError') return null
    throw new VaultError('storage', { cause: error })
  }
}

async function combined(
  deviceKey: CryptoKey,
  share: Uint8Array,
  use: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: owned(share), info: INFO }
  return crypto.subtle.deriveKey(parameters, deviceKey, { name: 'AES-GCM', length: 256 }, false, [
    use,
  ])
}

/** WebCrypto's types want bytes that own a plain buffer. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
