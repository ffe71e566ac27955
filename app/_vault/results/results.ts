/**
 * The vault's part in submitting results for review and in opening those that came. The keys of course admins are
 * those of the signed roster; those of school admins nobody vouches for: each is pinned at first use, shown by its
 * fingerprint before anything is sealed to it, and a changed one is refused until the person confirms it. One that the
 * pinned key signed for, step by step, is no other.
 */
import * as z from 'zod'
import type { OpenAccount } from '../account.ts'
import { VaultError } from '../errors.ts'
import { bytesToId, fromB64u, hex } from '../format/bytes.ts'
import type { PublicKeys } from '../format/grant.ts'
import type { Http } from '../http.ts'
import { forget } from '../keys/password.ts'
import { loadCourse } from '../roster/course-view.ts'
import { KeyChanges } from '../roster/key-chain.ts'
import { SelfBox } from '../roster/pins.ts'
import { keyRing, toldKeys } from '../roster/told-keys.ts'
import { hash, same, sodium, toB64u } from '../sodium.ts'
import { openSealedResult, sealResult, type ResultContent } from './content.ts'
import type { OpenedResult, ResultRecipient } from './verbs.ts'

interface Deps {
  readonly http: Http
  readonly me: OpenAccount
}

/** Account id to fingerprint. */
const pinsSchema = z.record(z.string(), z.string())

function adminPins({ http, me }: Deps): SelfBox<Record<string, string>> {
  return new SelfBox(http, me.keys, 'pins:school-admins', pinsSchema)
}

/** Of both public keys of an account, as people compare it: four groups of four. */
function fingerprintOf(keys: PublicKeys): string {
  const digest = hex(hash(Uint8Array.of(...keys.sign, ...keys.box), 8))
  return (digest.match(/.{4}/g) ?? []).join(' ')
}

interface Told {
  readonly accountId: string
  readonly name: string
  readonly keys: PublicKeys
  readonly fingerprint: string
  /** Of the keys that these came from by ordinary renewals. */
  readonly earlier: readonly string[]
}

interface Found extends ResultRecipient {
  readonly keys: PublicKeys
}

async function find(deps: Deps, courseId: string | null): Promise<readonly Found[]> {
  const query = courseId === null ? {} : { query: { course: courseId } }
  const { recipients } = await deps.http('resultRecipients', {}, null, query)
  const told = recipients.map(({ accountId, name, publicKeys, keyChanges }): Told => {
    const keys = { sign: fromB64u(publicKeys.sign, 32), box: fromB64u(publicKeys.box, 32) }
    const earlier = new KeyChanges(accountId, keyChanges).renewedTo(keys).map(fingerprintOf)
    return { accountId, name, keys, fingerprint: fingerprintOf(keys), earlier }
  })
  return courseId === null ? comparePinned(deps, told) : vouchedFor(deps, courseId, told)
}

async function comparePinned(deps: Deps, told: readonly Told[]): Promise<readonly Found[]> {
  const pins = (await adminPins(deps).read()).value ?? {}
  return told.map((one) => {
    const pinned = pins[one.accountId]
    if (pinned === undefined) return { ...one, trust: 'first-use' }
    const known = [one.fingerprint, ...one.earlier].includes(pinned)
    return { ...one, trust: known ? 'known' : 'changed' }
  })
}

/** Only those whom the course's signed roster names as its admins, by the keys that stand there. */
async function vouchedFor(
  { http, me }: Deps,
  courseId: string,
  told: readonly Told[],
): Promise<readonly Found[]> {
  const { roster } = await loadCourse(http, me, courseId)
  return told.flatMap((one) => {
    const person = roster.person(one.accountId)
    const right =
      person?.role === 'course-admin' &&
      same(person.keys.box, one.keys.box) &&
      same(person.keys.sign, one.keys.sign)
    return right ? [{ ...one, trust: 'vouched' as const }] : []
  })
}

/** Who would receive a result, for the person to look at first. */
export async function resultRecipients(
  deps: Deps,
  courseId: string | null,
): Promise<readonly ResultRecipient[]> {
  return (await find(deps, courseId)).map(({ accountId, name, fingerprint, trust }) => ({
    accountId,
    name,
    fingerprint,
    trust,
  }))
}

/**
 * Seals a result to the recipients that the person saw, by the very fingerprints that were shown.
 * @throws VaultError `recipient-key-changed` when one is not what was shown, `no-recipients`, or web's refusal
 */
export async function submitResult(
  deps: Deps,
  courseId: string | null,
  confirmed: readonly { readonly accountId: string; readonly fingerprint: string }[],
  content: ResultContent,
): Promise<string> {
  const found = await find(deps, courseId)
  const chosen = confirmed.map(({ accountId, fingerprint }) => {
    const one = found.find((person) => person.accountId === accountId)
    if (one?.fingerprint !== fingerprint) throw new VaultError('recipient-key-changed')
    return one
  })
  if (chosen.length === 0) throw new VaultError('no-recipients')
  const { http, me } = deps
  const id = bytesToId(sodium.randombytes_buf(16))
  const recipients = chosen.map(({ accountId }) => accountId)
  const address = { id, senderId: me.account.accountId, recipients }
  const { box, contentKey } = sealResult(content, address, me.keys)
  const keys = chosen.map(({ accountId, keys: theirs }) => ({
    accountId,
    key: toB64u(sodium.crypto_box_seal(contentKey, theirs.box)),
  }))
  forget(contentKey)
  if (courseId === null) {
    const seen = Object.fromEntries(chosen.map((one) => [one.accountId, one.fingerprint]))
    await adminPins(deps).update((pins) => ({ ...pins, ...seen }))
  }
  await http('submitResult', {}, { id, courseId, keys, box: toB64u(box) })
  return id
}

/** What senders are shown of this account's keys. */
export function ownFingerprint({ me }: Deps): Promise<{ fingerprint: string }> {
  return Promise.resolve({ fingerprint: fingerprintOf(me.keys.public) })
}

/** Opens a result that was sent to this account; web notes that it was opened. */
export async function openResult({ http, me }: Deps, id: string): Promise<OpenedResult> {
  const answer = await http('openResult', { id }, {})
  const { sender } = answer
  const content = openSealedResult(
    {
      id,
      senderId: sender.id,
      senderKey: keyRing(toldKeys(sender)),
      key: fromB64u(answer.key),
      box: fromB64u(answer.box),
    },
    {
      accountId: me.account.accountId,
      openSealed: (box) => me.keys.openSealed(box),
    },
  )
  return { ...content, senderName: sender.name, sentAt: answer.sentAt }
}
