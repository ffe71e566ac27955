/** Identifiers as the 16 bytes that binary formats carry. */

/** @param uuid a UUID in its usual writing */
export function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}
