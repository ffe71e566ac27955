/**
 * Judges a course's roster: who is a teacher, who is enrolled, which generations hold, all by signatures with a chain
 * to the course's root. What web says may take trust away (a role that ended, a person removed), never give it. A
 * grant, enrolment or generation that does not verify counts for nothing; without a sound root nothing does.
 */
import type { RosterAnswer } from '../../_wire/courses.ts'
import { VaultError } from '../errors.ts'
import { fromB64u, hex } from '../format/bytes.ts'
import { decodeGeneration, type Generation } from '../format/course-key.ts'
import {
  decodeEnrolment,
  decodeGrant,
  rootFingerprint,
  type Grant,
  type GrantedRole,
  type PublicKeys,
} from '../format/grant.ts'
import { keyId, unverifiedBody, verifyDocument } from '../format/signed.ts'
import { hash, same } from '../sodium.ts'
import { KeyChanges, idOf, type KeyChain } from './key-chain.ts'
import { readTombstones } from './tombstones.ts'

/** A person whose standing is vouched for. */
export interface RosterPerson {
  readonly accountId: string
  readonly name: string
  readonly role: GrantedRole
  readonly keys: PublicKeys
  /** Keys after a reset that this person's browser has not confirmed; until then the role counts for nothing new. */
  readonly unconfirmed: PublicKeys | null
}

/** Whether keys after a reset, by account and key id, are confirmed on this side. */
export type Confirmed = (accountId: string, id: string) => boolean

const NOTHING_CONFIRMED: Confirmed = () => false

export interface RosterGeneration extends Generation {
  /** The private half sealed to the caller, or null. */
  readonly box: Uint8Array | null
}

interface CheckedGrant {
  readonly grant: Grant
  readonly document: Uint8Array
  readonly order: string
  readonly ended: boolean
}

interface Standing extends CheckedGrant {
  readonly chain: KeyChain
}

export class Roster {
  readonly courseId: string
  readonly root: Uint8Array
  /** Number of the newest grant that verified. */
  readonly newestGrant: number
  /** What the next grant has to be numbered. */
  readonly nextGrant: number
  /** Sound generations, oldest first. */
  readonly generations: readonly RosterGeneration[]
  /** By account: the start of the newest class whose readings this person's own signed word erased. */
  readonly #erased: ReadonlyMap<string, number>
  readonly #people: ReadonlyMap<string, RosterPerson>
  readonly #students: ReadonlyMap<string, RosterPerson>
  /** Students by every key that they ever had here. */
  readonly #everStudents: ReadonlyMap<string, RosterPerson>
  readonly #everTeachers: ReadonlyMap<string, PublicKeys>
  readonly #changes: ReadonlyMap<string, KeyChanges>
  /** Every key that this person's standing vouches for, by account. */
  readonly #keysEver: ReadonlyMap<string, readonly PublicKeys[]>

  /**
   * @param answer what web says
   * @param root the fingerprint that this person pinned, or null to take the root as it stands
   * @param confirmed which keys of teachers after a reset this person knows
   * @throws VaultError `roster-broken` (no sound root), `root-mismatch`
   */
  constructor(
    answer: RosterAnswer,
    root: Uint8Array | null,
    confirmed: Confirmed = NOTHING_CONFIRMED,
  ) {
    this.courseId = answer.courseId
    const changes = new Map<string, KeyChanges>(
      answer.people.map((row) => [row.accountId, new KeyChanges(row.accountId, row.keyChanges)]),
    )
    this.#changes = changes
    const chainOf = ({ accountId, keys }: Pick<Grant, 'accountId' | 'keys'>): KeyChain => {
      const chain = changes.get(accountId)?.follow(keys, (id) => confirmed(accountId, id))
      return chain ?? { keys: [keys], sinceReset: [keys], unconfirmed: null }
    }
    const grants = answer.grants.flatMap((row) => readGrant(row, answer.courseId))
    grants.sort((a, b) => a.grant.number - b.grant.number || (a.order < b.order ? -1 : 1))
    const first = grants.find((candidate) => isRoot(candidate, root))
    if (!first)
      throw new VaultError(root && grants.some(isAnyRoot) ? 'root-mismatch' : 'roster-broken')
    this.root = rootFingerprint(unverifiedBody(first.document))

    const standing = new Map<string, Standing>()
    const everTeachers = new Map<string, PublicKeys>()
    const admit = (candidate: CheckedGrant): void => {
      const { grant } = candidate
      const chain = chainOf(grant)
      standing.set(grant.accountId, { ...candidate, chain })
      if (grant.role !== 'teacher') return
      for (const keys of chain.keys) everTeachers.set(`${grant.accountId}/${idOf(keys)}`, keys)
    }
    admit(first)
    let newest = 0
    for (const candidate of grants) {
      if (candidate === first || !isGranted(candidate, standing)) continue
      admit(candidate)
      newest = Math.max(newest, candidate.grant.number)
    }
    this.newestGrant = newest
    this.nextGrant = Math.max(...grants.map(({ grant }) => grant.number)) + 1
    this.#everTeachers = everTeachers

    const people = new Map<string, RosterPerson>()
    const students = new Map<string, RosterPerson>()
    const everStudents = new Map<string, RosterPerson>()
    const keysEver = new Map<string, readonly PublicKeys[]>()
    for (const row of answer.people) {
      const { accountId, name } = row
      const enrolled = enrolledKeys(row.enrolment, answer.courseId, accountId, this.root)
      // A student's keys rest on the student's own word from the start: a reset is no weaker.
      const chain = enrolled && changes.get(accountId)?.follow(enrolled, 'all')
      const once = { accountId, name, role: 'student' as const, unconfirmed: null }
      for (const keys of chain?.keys ?? []) everStudents.set(idOf(keys), { ...once, keys })
      const granted = standing.get(row.accountId)
      const ever = granted
        ? [...(changes.get(accountId)?.before(granted.grant.keys) ?? []), ...granted.chain.keys]
        : (chain?.keys ?? [])
      keysEver.set(accountId, ever)
      if (row.removedAt !== null) continue
      const role = granted && !granted.ended ? granted.grant.role : 'student'
      if (granted && (role === 'teacher' || role === 'course-admin')) {
        // The keys and the name are those that the granter vouched for, not those that web names.
        const { keys, unconfirmed } = granted.chain
        const vouched = granted.grant.name
        people.set(accountId, {
          accountId,
          name: vouched,
          role,
          keys: presentOf(keys),
          unconfirmed,
        })
        continue
      }
      if (!chain) continue
      const person = { ...once, role, keys: presentOf(chain.keys) }
      people.set(accountId, person)
      if (row.role !== 'student') continue
      // Parts are sealed to the present keys: what keys before a reset sign must not get there.
      for (const keys of chain.sinceReset) students.set(idOf(keys), { ...person, keys })
    }
    this.#people = people
    this.#students = students
    this.#everStudents = everStudents
    this.#keysEver = keysEver
    this.#erased = readTombstones(answer, everStudents)
    this.generations = this.#soundGenerations(answer)
  }

  person(accountId: string): RosterPerson | undefined {
    return this.#people.get(accountId)
  }

  /** Keys by which this person signs or once signed here, whatever the role; empty when nobody vouches for any. */
  keysOf(accountId: string): readonly PublicKeys[] {
    return this.#keysEver.get(accountId) ?? []
  }

  /** Teachers as of now, with a chain to the root. */
  teachers(): readonly RosterPerson[] {
    return [...this.#people.values()].filter((person) => person.role === 'teacher')
  }

  /** Who holds a generation's key under a policy; nobody whose keys are still to be confirmed. */
  holders(policy: Generation['policy']): readonly RosterPerson[] {
    return [...this.#people.values()].filter(
      ({ role, unconfirmed }) =>
        unconfirmed === null &&
        (role === 'teacher' || (policy === 'full-history' && role === 'course-admin')),
    )
  }

  /** Teachers and course admins whose keys after a reset are to be confirmed here. */
  unconfirmed(): readonly RosterPerson[] {
    return [...this.#people.values()].filter((person) => person.unconfirmed !== null)
  }

  /** Whether these keys of a person came from earlier ones, by their id, through ordinary changes alone. */
  renewedFrom(accountId: string, earlier: string, keys: PublicKeys): boolean {
    return this.#changes.get(accountId)?.leads(earlier, keys) ?? false
  }

  /** The enrolled student whose Ed25519 key has this id; `keys` are those of that id. */
  studentBySigner(signer: Uint8Array): RosterPerson | undefined {
    return this.#students.get(hex(signer))
  }

  /** Whoever is or once was enrolled under the Ed25519 key with this id: what was stored of them stays theirs. */
  everStudentBySigner(signer: Uint8Array): RosterPerson | undefined {
    return this.#everStudents.get(hex(signer))
  }

  /** Accounts whose readings of a class that started then were erased, by their own signed word. */
  erasedIn(startedAt: number): ReadonlySet<string> {
    const erased = [...this.#erased].filter(([, upTo]) => upTo >= startedAt)
    return new Set(erased.map(([accountId]) => accountId))
  }

  /** True for an enrolled student. */
  isStudent(accountId: string): boolean {
    return [...this.#students.values()].some((person) => person.accountId === accountId)
  }

  /** Keys by which this account signed as a teacher, now or once; undefined when it never was one. */
  teacherKeys(accountId: string, signer: Uint8Array): PublicKeys | undefined {
    return this.#everTeachers.get(`${accountId}/${hex(signer)}`)
  }

  /** Keys of a teacher as of now. */
  currentTeacherKeys(accountId: string, signer: Uint8Array): PublicKeys | undefined {
    const person = this.#people.get(accountId)
    if (person?.role !== 'teacher' || person.unconfirmed !== null) return undefined
    if (!same(keyId(person.keys.sign), signer)) return undefined
    return person.keys
  }

  generation(number: number): RosterGeneration | undefined {
    return this.generations.find((generation) => generation.number === number)
  }

  newestGeneration(): RosterGeneration | undefined {
    return this.generations.at(-1)
  }

  #soundGenerations(answer: RosterAnswer): readonly RosterGeneration[] {
    const rows = [...answer.generations].sort((a, b) => a.number - b.number)
    const sound: RosterGeneration[] = []
    for (const row of rows) {
      // One that a teacher made whose new keys are not confirmed here: nothing to judge it by yet.
      if (this.#isUnconfirmed(row)) break
      const generation = this.checkGeneration(row)
      const before = sound.at(-1)
      const follows = before
        ? generation.number === before.number + 1 &&
          same(generation.previous, keyId(before.publicKey))
        : generation.number === 1
      if (!follows) throw new VaultError('generation-broken')
      sound.push(generation)
    }
    return sound
  }

  #isUnconfirmed(row: RosterAnswer['generations'][number]): boolean {
    const { signerId, signerKey } = decodeGeneration(unverifiedBody(fromB64u(row.signed)))
    if (this.teacherKeys(signerId, signerKey)) return false
    return (this.#people.get(signerId)?.unconfirmed ?? null) !== null
  }

  /**
   * Checks one generation against what web says beside it and against the roster.
   * @throws VaultError `generation-broken`
   */
  checkGeneration(row: RosterAnswer['generations'][number]): RosterGeneration {
    const document = fromB64u(row.signed)
    const claimed = decodeGeneration(unverifiedBody(document))
    const signer = this.teacherKeys(claimed.signerId, claimed.signerKey)
    const agrees =
      claimed.courseId === this.courseId &&
      claimed.number === row.number &&
      claimed.policy === row.historyPolicy &&
      claimed.consentTextId === row.consentText &&
      same(claimed.publicKey, fromB64u(row.publicKey))
    if (!signer || !agrees) throw new VaultError('generation-broken')
    verifyDocument('attune/generation/1', document, signer.sign)
    return { ...claimed, box: row.box === null ? null : fromB64u(row.box) }
  }
}

/** Keys and fingerprint of a root grant, verified by its own key: what an invitation shows. */
export function checkRootGrant(
  document: Uint8Array,
  courseId: string,
): { readonly fingerprint: Uint8Array; readonly grant: Grant } {
  const grant = decodeGrant(unverifiedBody(document))
  if (grant.courseId !== courseId || !isAnyRoot({ grant, document, order: '', ended: false })) {
    throw new VaultError('roster-broken')
  }
  return { fingerprint: rootFingerprint(unverifiedBody(document)), grant }
}

function readGrant(row: RosterAnswer['grants'][number], courseId: string): CheckedGrant[] {
  try {
    const document = fromB64u(row.signed)
    const grant = decodeGrant(unverifiedBody(document))
    if (grant.courseId !== courseId || grant.accountId !== row.subjectId) return []
    return [{ grant, document, order: hex(hash(document)), ended: row.endedAt !== null }]
  } catch (error) {
    if (error instanceof VaultError) return []
    throw error
  }
}

function isAnyRoot(candidate: CheckedGrant): boolean {
  const { grant, document } = candidate
  const self =
    grant.number === 0 &&
    grant.role === 'teacher' &&
    grant.granterId === grant.accountId &&
    same(grant.granterKey, keyId(grant.keys.sign))
  return self && isSigned(document, grant.keys.sign)
}

function isRoot(candidate: CheckedGrant, pinned: Uint8Array | null): boolean {
  if (!isAnyRoot(candidate)) return false
  return !pinned || same(rootFingerprint(unverifiedBody(candidate.document)), pinned)
}

function isGranted(candidate: CheckedGrant, standing: ReadonlyMap<string, Standing>): boolean {
  const { grant, document } = candidate
  const granter = standing.get(grant.granterId)
  if (granter?.grant.role !== 'teacher' || grant.number === 0) return false
  const keys = granter.chain.keys.find(({ sign }) => same(grant.granterKey, keyId(sign)))
  return keys !== undefined && isSigned(document, keys.sign)
}

function isSigned(document: Uint8Array, key: Uint8Array): boolean {
  try {
    verifyDocument('attune/grant/1', document, key)
    return true
  } catch (error) {
    if (error instanceof VaultError) return false
    throw error
  }
}

function enrolledKeys(
  signed: string | null,
  courseId: string,
  accountId: string,
  root: Uint8Array,
): PublicKeys | null {
  if (signed === null) return null
  try {
    const document = fromB64u(signed)
    const enrolment = decodeEnrolment(unverifiedBody(document))
    verifyDocument('attune/enrolment/1', document, enrolment.keys.sign)
    const holds =
      enrolment.courseId === courseId &&
      enrolment.accountId === accountId &&
      same(enrolment.root, root)
    return holds ? enrolment.keys : null
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}

/** The last of a person's keys. */
function presentOf(keys: readonly PublicKeys[]): PublicKeys {
  const present = keys.at(-1)
  if (!present) throw new VaultError('roster-broken')
  return present
}
