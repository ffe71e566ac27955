/**
 * Verbs on cases: opens one for the people whom the student chose, reads it, adds to it. A helper's key is the one that
 * the course's signed roster has, where the helper belongs to a course; for staff of the whole school web's word is
 * taken. Content keys of cases that were read live in this worker until its keys are gone.
 */
import type { RouteAnswer } from '../../_wire/routes.ts'
import type { CaseAnswer } from '../../_wire/support.ts'
import type { OpenAccount } from '../account.ts'
import { VaultError } from '../errors.ts'
import { fromB64u } from '../format/bytes.ts'
import {
  CASE_KEY_BYTES,
  attachmentContent,
  markOf,
  messageContent,
  openPiece,
  sealPiece,
  signShare,
  verifyShare,
  type AttachmentContent,
  type CaseKind,
  type MessageContent,
  type OpenedPiece,
} from '../format/case.ts'
import { randomId } from '../format/random-id.ts'
import type { OwnClass } from '../history/my-readings.ts'
import type { Http } from '../http.ts'
import { forget } from '../keys/password.ts'
import { loadCourse } from '../roster/course-view.ts'
import { sodium, toB64u } from '../sodium.ts'
import { attachmentOf } from './attachment.ts'
import { caseKeys, type KeysOf } from './case-keys.ts'
import { inOrder, nextOrder, type OrderedMessage } from './case-order.ts'
import type { CaseMessage, CaseView, NewCase, SupportVerbs } from './verbs.ts'

export interface CaseDeps {
  readonly http: Http
  readonly now: () => number
  readonly require: () => OpenAccount
  readonly ownClasses: () => Promise<readonly OwnClass[]>
}

type Offers = RouteAnswer<'support'>['helpers']

interface ReadCase {
  readonly answer: CaseAnswer
  readonly contentKey: Uint8Array
  readonly keysOf: KeysOf
  /** Messages that opened, those of this worker included. */
  readonly ordered: OrderedMessage[]
}

export class Cases {
  readonly #deps: CaseDeps
  readonly #read = new Map<string, ReadCase>()

  constructor(deps: CaseDeps) {
    this.#deps = deps
  }

  /** Overwrites every content key. */
  forget(): void {
    for (const { contentKey } of this.#read.values()) forget(contentKey)
    this.#read.clear()
  }

  async open({ helpers, text, meeting, share }: NewCase): Promise<{ caseId: string }> {
    const { http } = this.#deps
    const me = this.#deps.require()
    const { helpers: offers } = await http('support', {}, null)
    const attachment = attachmentOf(share, share === 'nothing' ? [] : await this.#deps.ownClasses())
    const caseId = randomId()
    const contentKey = sodium.randombytes_buf(CASE_KEY_BYTES)
    const author = { caseId, authorId: me.account.accountId }
    const seal = (kind: CaseKind, content: MessageContent | AttachmentContent): string =>
      toB64u(sealPiece({ ...author, kind }, content, me.keys, contentKey))
    try {
      const shares = []
      for (const { accountId, courseId } of helpers) {
        const boxKey = await this.#helperKey(offers, accountId, courseId)
        shares.push(shareWith(me, caseId, accountId, boxKey, contentKey))
      }
      await http(
        'openCase',
        {},
        {
          id: caseId,
          courseId: helpers.find((helper) => helper.courseId !== null)?.courseId ?? null,
          studentKey: toB64u(sodium.crypto_box_seal(contentKey, me.keys.public.box)),
          helpers: shares,
          message: seal('message', { text, meeting }),
          attachment: seal('attachment', attachment),
        },
      )
    } finally {
      forget(contentKey)
    }
    return { caseId }
  }

  async read(caseId: string): Promise<CaseView> {
    const read = await this.#load(caseId)
    const { answer, keysOf } = read
    const me = this.#deps.require()
    const { messages, attachment } =
      read.contentKey.length > 0 ? piecesOf(read, me) : { messages: [], attachment: null }
    return {
      id: answer.id,
      role: answer.role,
      student: answer.student,
      helpers: answer.helpers,
      course: answer.course,
      suggested: answer.suggested,
      state: answer.state,
      createdAt: answer.createdAt,
      messages,
      gaps: !inOrder(read.ordered),
      attachment,
      notes: answer.notes.map((note) => {
        const content = attempt(() => {
          const key = me.keys.openSealed(fromB64u(note.key ?? ''))
          const place = { caseId, authorId: note.authorId, kind: 'note' as const }
          return openPiece(place, fromB64u(note.box), key, keysOf(note.authorId), messageContent)
        })
        return messageOf(answer, note, content?.content ?? null, me)
      }),
      openings: answer.openings,
    }
  }

  async write({
    caseId,
    text,
    meeting,
  }: SupportVerbs['writeToCase']['args']): Promise<CaseMessage> {
    const { answer, contentKey, ordered } = await this.#known(caseId)
    const me = this.#deps.require()
    const authorId = me.account.accountId
    const content = { text, meeting }
    const order = nextOrder(ordered, authorId)
    const place = { caseId, authorId, kind: 'message' as const }
    const box = sealPiece(place, content, me.keys, contentKey, order)
    await this.#deps.http('addToCase', { id: caseId }, { box: toB64u(box) })
    ordered.push({ authorId, ...order, mark: markOf(box) })
    return this.#own(answer, content)
  }

  /** A key of its own for each note, sealed to the helpers whom the student's signed word names. */
  async note({ caseId, text }: SupportVerbs['noteOnCase']['args']): Promise<CaseMessage> {
    const { answer, keysOf } = await this.#known(caseId)
    const me = this.#deps.require()
    if (answer.role !== 'helper') throw new VaultError('not-allowed')
    const noteKey = sodium.randombytes_buf(CASE_KEY_BYTES)
    const content = { text, meeting: null }
    const place = { caseId, authorId: me.account.accountId, kind: 'note' as const }
    const box = toB64u(sealPiece(place, content, me.keys, noteKey))
    const keys = answer.people.flatMap(({ id, share }) => {
      if (share === null) return []
      const boxKey = verifyShare(fromB64u(share), caseId, id, keysOf(answer.student.id))
      return [{ accountId: id, key: toB64u(sodium.crypto_box_seal(noteKey, boxKey)) }]
    })
    forget(noteKey)
    await this.#deps.http('addNote', { id: caseId }, { box, keys })
    return this.#own(answer, content)
  }

  async answerSuggestion({
    caseId,
    accountId,
    share,
  }: SupportVerbs['answerSuggestion']['args']): Promise<void> {
    const { http } = this.#deps
    const me = this.#deps.require()
    const { contentKey } = await this.#known(caseId)
    const { helpers: offers } = await http('support', {}, null)
    const shared = share
      ? shareWith(me, caseId, accountId, await this.#helperKey(offers, accountId, null), contentKey)
      : null
    await http('answerSuggestion', { id: caseId }, { suggestedId: accountId, share: shared })
    this.#drop(caseId)
  }

  #own(answer: CaseAnswer, content: MessageContent): CaseMessage {
    const me = this.#deps.require()
    const at = this.#deps.now()
    const row = { id: `own-${randomId()}`, authorId: me.account.accountId, at }
    return messageOf(answer, row, content, me)
  }

  /** @throws VaultError `not-allowed` when this person is not offered, or not vouched for where the course should */
  async #helperKey(
    offers: Offers,
    accountId: string,
    courseId: string | null,
  ): Promise<Uint8Array> {
    const offer = offers.find(
      ({ id, course }) => id === accountId && (course?.id ?? null) === courseId,
    )
    if (!offer) throw new VaultError('not-allowed')
    if (courseId === null) return fromB64u(offer.publicKeys.box, 32)
    const { roster, keysChanged } = await loadCourse(
      this.#deps.http,
      this.#deps.require(),
      courseId,
    )
    if (keysChanged) throw new VaultError('teacher-key-changed')
    const person = roster.person(accountId)
    if (person?.role !== 'teacher' && person?.role !== 'course-admin') {
      throw new VaultError('roster-broken')
    }
    return person.keys.box
  }

  async #known(caseId: string): Promise<ReadCase> {
    const known = this.#read.get(caseId) ?? (await this.#load(caseId))
    if (known.contentKey.length === 0) throw new VaultError('cannot-open')
    return known
  }

  #drop(caseId: string): void {
    const known = this.#read.get(caseId)
    if (known) forget(known.contentKey)
    this.#read.delete(caseId)
  }

  async #load(caseId: string): Promise<ReadCase> {
    const me = this.#deps.require()
    const answer = await this.#deps.http('case', { id: caseId }, null)
    if (answer.id !== caseId) throw new VaultError('wrong-class')
    this.#drop(caseId)
    const contentKey =
      answer.key === null ? new Uint8Array() : me.keys.openSealed(fromB64u(answer.key))
    const { http } = this.#deps
    const keysOf = await caseKeys(http, me, answer)
    const read: ReadCase = { answer, contentKey, keysOf, ordered: [] }
    if (contentKey.length > 0) {
      for (const { entry, opened } of openMessages(read)) {
        if (!opened) continue
        const { number, after } = opened
        const mark = markOf(fromB64u(entry.box))
        read.ordered.push({ authorId: entry.authorId, number, after, mark })
      }
    }
    this.#read.set(caseId, read)
    return read
  }
}

function shareWith(
  me: OpenAccount,
  caseId: string,
  accountId: string,
  boxPublicKey: Uint8Array,
  contentKey: Uint8Array,
) {
  return {
    accountId,
    key: toB64u(sodium.crypto_box_seal(contentKey, boxPublicKey)),
    share: toB64u(signShare({ caseId, helperId: accountId, boxPublicKey }, me.keys)),
  }
}

function openEntry<T>(
  { answer, contentKey, keysOf }: ReadCase,
  { authorId, box }: CaseAnswer['entries'][number],
  kind: CaseKind,
  schema: Parameters<typeof openPiece<T>>[4],
): OpenedPiece<T> | null {
  return attempt(() => {
    const place = { caseId: answer.id, authorId, kind }
    return openPiece(place, fromB64u(box), contentKey, keysOf(authorId), schema)
  })
}

function openMessages(read: ReadCase) {
  return read.answer.entries
    .filter(({ kind }) => kind === 'message')
    .map((entry) => ({ entry, opened: openEntry(read, entry, 'message', messageContent) }))
}

function piecesOf(
  read: ReadCase,
  me: OpenAccount,
): { messages: CaseMessage[]; attachment: AttachmentContent | null } {
  const { answer } = read
  const messages = openMessages(read).map(({ entry, opened }) =>
    messageOf(answer, entry, opened?.content ?? null, me),
  )
  const attached = answer.entries.find(
    ({ kind, authorId }) => kind === 'attachment' && authorId === answer.student.id,
  )
  const attachment = attached ? openEntry(read, attached, 'attachment', attachmentContent) : null
  return { messages, attachment: attachment?.content ?? null }
}

/** Null where a piece is damaged or forged: the others are shown all the same. */
function attempt<T>(open: () => T): T | null {
  try {
    return open()
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}

function messageOf(
  { people }: CaseAnswer,
  { id, authorId, at }: { readonly id: string; readonly authorId: string; readonly at: number },
  content: MessageContent | null,
  me: OpenAccount,
): CaseMessage {
  const author = { id: authorId, name: people.find((one) => one.id === authorId)?.name ?? '' }
  return { id, author, mine: authorId === me.account.accountId, at, content }
}
