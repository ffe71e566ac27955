/**
 * The vault's errors: stable codes, each with the sentence that a person sees. A refusal says what was wrong and never
 * carries key material, opened bytes or another person's reading.
 */

export const VAULT_ERRORS = {
  'bad-arguments':
    'The page asked the vault for something that it does not understand. Reload the page.',
  'bad-format': 'This data is damaged or was made by another version.',
  'bad-signature':
    'A signature does not match: this data was altered or was signed by somebody else.',
  'cannot-open': 'This data could not be opened with the keys of this account.',
  'chain-cut':
    'Later pieces of this class’s history were here before and are missing at the server now.',
  'chain-forked':
    'Another piece of this class’s history stands where one was seen before; it may have been exchanged.',
  'chunk-altered': 'A piece of this class’s history was altered and is not used.',
  'chunk-foreign':
    'A piece of another class or course was put into this class’s history and is not used.',
  'chunk-missing': 'A piece of this class’s history is missing at the server.',
  'chunk-unvouched':
    'A piece of this class’s history was signed by somebody who never taught the course, and is not used.',
  'class-key-not-vouched':
    'This class’s key was not made by a teacher of the course. No readings are sent.',
  'class-not-entered': 'This class is not open on this device.',
  'clock-wrong': 'The clock of this device and of the class differ. It is being measured again.',
  'consent-text-changed': 'The text to agree to has changed. Please read it again.',
  erased: 'These readings were erased at your wish. Nothing more of this class is kept.',
  'generation-broken': 'The course’s key is not one that its teachers vouched for.',
  'keys-tampered': 'The stored keys of this account were altered and are not used.',
  'key-missing': 'A key that opens a part of this class’s history is missing at the server.',
  'key-parameters-weak':
    'The server offered weak parameters for protecting the password, so nothing was sent.',
  internal: 'Something went wrong in this page. Reload it.',
  'name-not-confirmed': 'The confirmed name is not the name of this account.',
  network: 'The server could not be reached.',
  'not-allowed': 'This account may not do that here.',
  'not-a-holder': 'This account does not hold the course’s key.',
  'part-altered': 'A part of this class’s history was altered or exchanged and is not used.',
  'part-missing': 'A part of this class’s history is missing at the server.',
  'not-enrolled': 'The sender of a record is not enrolled in this course.',
  'password-weak': 'A password needs at least 10 characters.',
  'readings-off': 'Readings are off in this class.',
  'record-size': 'A record has a wrong size.',
  'recovery-code-malformed':
    'This is not a whole recovery code: check for a missing or mistyped character.',
  'root-mismatch':
    'This invitation does not belong to the course that the server showed. Ask for a new link.',
  'no-recipients': 'Choose at least one admin.',
  'recipient-key-changed':
    'An admin’s key is not the one that was shown. Look at the list again before you submit.',
  'result-too-large': 'This picture is too large to be submitted, even scaled down.',
  'roster-broken': 'The roles of this course are not properly signed.',
  'sequence-reused':
    'Another record came under the same number before. That one counts, and this one is not used.',
  server: 'The server could not do that.',
  'signed-out': 'You are signed out.',
  'storage-full':
    'This device has no room left. Readings stay in this tab until the server has them: keep it open, and free some space.',
  storage:
    'This browser would not store data. Check that the disk has room and that storage is allowed.',
  'teacher-key-changed': 'A teacher’s key has changed. Readings pause until you confirm it.',
  'vault-crashed': 'The vault of this page stopped. Reload the page.',
  'vault-locked': 'Please enter your password to unlock this device.',
  'wrong-class': 'This data belongs to another class.',
  'wrong-password': 'The password is not right.',
  'wrong-recovery-code': 'The recovery code is not right.',
} as const

export type VaultErrorCode = keyof typeof VAULT_ERRORS

/** A refusal of the vault. `code` is one of {@link VAULT_ERRORS}, or a code that web answered. */
export class VaultError extends Error {
  readonly code: string

  constructor(code: VaultErrorCode, options?: ErrorOptions)
  constructor(code: string, options: ErrorOptions | undefined, sentence: string)
  constructor(code: string, options?: ErrorOptions, sentence?: string) {
    super(sentence ?? sentenceOf(code), options)
    this.name = 'VaultError'
    this.code = code
  }
}

/** The sentence for a code; unknown codes get the one for `server`. */
export function sentenceOf(code: string): string {
  const known: Readonly<Record<string, string>> = VAULT_ERRORS
  return known[code] ?? VAULT_ERRORS.server
}

/** True when `error` is a vault refusal with one of `codes`. */
export function isVaultError(error: unknown, ...codes: readonly string[]): error is VaultError {
  return error instanceof VaultError && (codes.length === 0 || codes.includes(error.code))
}
