/** Builds signed rosters for tests of pure pieces, without a server. */
import { randomUUID } from 'node:crypto'
import { rosterAnswer, type RosterAnswer } from '../../_wire/courses.ts'
import { encodeGeneration } from '../format/course-key.ts'
import { encodeEnrolment, encodeGrant, rootFingerprint, type GrantedRole } from '../format/grant.ts'
import { keyId, signDocument } from '../format/signed.ts'
import { encodeTombstone } from '../format/tombstone.ts'
import { AccountKeys } from '../keys/account-keys.ts'
import type { WireKeyChange } from '../roster/key-chain.ts'
import { sodium, toB64u } from '../sodium.ts'

export interface TestPerson {
  readonly accountId: string
  readonly name: string
  readonly keys: AccountKeys
}

export function person(name: string): TestPerson {
  return { accountId: randomUUID(), name, keys: AccountKeys.create() }
}

/** A course whose signed words a test writes one by one. */
export class TestRoster {
  readonly courseId: string
  readonly coursePair: { publicKey: Uint8Array; privateKey: Uint8Array }
  root: Uint8Array
  /** What accounts say of their changes of keys. */
  readonly changes = new Map<string, WireKeyChange[]>()
  readonly #people: unknown[]
  readonly #grants: Record<string, unknown>[]
  readonly #generations: unknown[]
  readonly #tombstones: unknown[]

  /** @param from a course whose words so far this one shares */
  constructor(from?: TestRoster) {
    this.courseId = from?.courseId ?? randomUUID()
    this.coursePair = from?.coursePair ?? sodium.crypto_box_keypair()
    this.root = from?.root ?? new Uint8Array(16)
    this.#people = [...(from ? from.#people : [])]
    this.#grants = [...(from ? from.#grants : [])]
    this.#generations = [...(from ? from.#generations : [])]
    this.#tombstones = [...(from ? from.#tombstones : [])]
  }

  /** A grant; the first one is the root. */
  grant(granter: TestPerson, subject: TestPerson, role: GrantedRole, number = this.#grants.length) {
    const body = encodeGrant({
      courseId: this.courseId,
      number,
      accountId: subject.accountId,
      role,
      keys: subject.keys.public,
      name: subject.name,
      granterId: granter.accountId,
      granterKey: granter.keys.id,
      at: 0,
    })
    if (number === 0) this.root = rootFingerprint(body)
    this.#grants.push({
      subjectId: subject.accountId,
      granterId: granter.accountId,
      role: role === 'none' ? 'student' : role,
      signed: toB64u(signDocument('attune/grant/1', body, granter.keys.signKey)),
      grantedAt: number,
      endedAt: null,
    })
    return this
  }

  /** Web says that this person's grants have ended. */
  endGrants({ accountId }: TestPerson): this {
    for (const grant of this.#grants) if (grant.subjectId === accountId) grant.endedAt = 1
    return this
  }

  /** A person in web's list; students bring their own signed enrolment. */
  list(who: TestPerson, role: 'student' | 'teacher', root = this.root, signer = who): this {
    const body = encodeEnrolment({
      courseId: this.courseId,
      accountId: who.accountId,
      keys: who.keys.public,
      root,
      at: 0,
    })
    this.#people.push({
      accountId: who.accountId,
      name: who.name,
      role,
      publicKeys: { sign: toB64u(who.keys.public.sign), box: toB64u(who.keys.public.box) },
      retiredKeys: [],
      keyChanges: this.changes.get(who.accountId) ?? [],
      enrolment: toB64u(signDocument('attune/enrolment/1', body, signer.keys.signKey)),
      joinedAt: 0,
      removedAt: null,
    })
    return this
  }

  /** Generation 1, signed by this person. */
  generation(signer: TestPerson): this {
    const body = encodeGeneration({
      courseId: this.courseId,
      number: 1,
      policy: 'totals',
      consentTextId: 'check-ins/1',
      publicKey: this.coursePair.publicKey,
      previous: new Uint8Array(8),
      signerId: signer.accountId,
      signerKey: signer.keys.id,
      at: 0,
    })
    this.#generations.push({
      number: 1,
      publicKey: toB64u(this.coursePair.publicKey),
      consentText: 'check-ins/1',
      historyPolicy: 'totals',
      signed: toB64u(signDocument('attune/generation/1', body, signer.keys.signKey)),
      signerId: signer.accountId,
      createdAt: 0,
      box: null,
    })
    return this
  }

  /** This person's readings of classes that started up to then are erased; `signer` where another signs it. */
  tombstone(who: TestPerson, upTo: number, signer = who): this {
    const { courseId } = this
    const { accountId } = who
    const body = encodeTombstone({ courseId, accountId, signerKey: who.keys.id, upTo })
    const tombstone = toB64u(signDocument('attune/tombstone/1', body, signer.keys.signKey))
    this.#tombstones.push({ accountId, tombstone, at: 0 })
    return this
  }

  /** What web would answer. */
  answer(): RosterAnswer {
    return rosterAnswer.parse({
      courseId: this.courseId,
      people: this.#people,
      grants: this.#grants,
      generations: this.#generations,
      generationNeeded: false,
      tombstones: this.#tombstones,
    })
  }
}

/** Key id of a person's Ed25519 key. */
export function signerOf({ keys }: TestPerson): Uint8Array {
  return keyId(keys.public.sign)
}
