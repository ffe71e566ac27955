/**
 * Everything that the database holds about a person, model by model, for exports. Rows come as they lie, sealed things
 * sealed. What would help to get into an account (hashes, wrapped keys, tokens) is never among them, nor is anybody's
 * address but the person's own. A test holds the lists below to the schema.
 */
import type { Transaction } from '../core/database.ts'
import { toB64u } from '../core/bytes.ts'

export type PlainRow = Record<string, unknown>

interface Holding {
  /** Columns, as `Model.column`, in which these rows name the person. */
  readonly named: readonly string[]
  readonly rows: (tx: Transaction, id: string, email: string) => Promise<readonly object[]>
}

/** Columns that name a person and whose rows no export of that person holds, with the reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'SupportCase.suggestedId':
    'a case is its student’s, who alone decides whether this helper learns of it',
}

const course = { select: { name: true } } as const

const account: Readonly<Record<string, Holding>> = {
  waysIn: {
    named: ['WayIn.accountId'],
    rows: (tx, accountId) => {
      const select = { kind: true, algorithm: true, passes: true, memoryBytes: true } as const
      return tx.wayIn.findMany({ where: { accountId }, select })
    },
  },
  sessions: {
    named: ['Session.accountId'],
    rows: (tx, accountId) => {
      const select = { device: true, createdAt: true, expiresAt: true } as const
      return tx.session.findMany({ where: { accountId }, select })
    },
  },
  resetCodes: {
    named: ['ResetCode.accountId', 'ResetCode.issuedById'],
    rows: (tx, id) => {
      const select = { accountId: true, issuedById: true, expiresAt: true } as const
      const where = { OR: [{ accountId: id }, { issuedById: id }] }
      return tx.resetCode.findMany({ where, select })
    },
  },
  retiredKeys: {
    named: ['RetiredKeys.accountId'],
    rows: (tx, accountId) => tx.retiredKeys.findMany({ where: { accountId } }),
  },
  keyChanges: {
    named: ['KeyChange.accountId'],
    rows: (tx, accountId) =>
      tx.keyChange.findMany({ where: { accountId }, orderBy: { number: 'asc' } }),
  },
  boxes: {
    named: ['AccountBox.accountId'],
    rows: (tx, accountId) => tx.accountBox.findMany({ where: { accountId } }),
  },
  events: {
    named: ['AuditEvent.actorId', 'AuditEvent.subjectId'],
    rows: (tx, id) => {
      const where = { OR: [{ subjectId: id }, { actorId: id }] }
      return tx.auditEvent.findMany({ where, orderBy: { id: 'asc' } })
    },
  },
}

const courses: Readonly<Record<string, Holding>> = {
  coursesCreated: {
    named: ['Course.creatorId'],
    rows: (tx, creatorId) => {
      const select = { id: true, name: true, createdAt: true } as const
      return tx.course.findMany({ where: { creatorId }, select })
    },
  },
  enrolments: {
    named: ['Enrolment.accountId'],
    rows: (tx, accountId) => tx.enrolment.findMany({ where: { accountId }, include: { course } }),
  },
  grants: {
    named: ['Grant.subjectId', 'Grant.granterId'],
    rows: (tx, id) => tx.grant.findMany({ where: { OR: [{ subjectId: id }, { granterId: id }] } }),
  },
  generationsSigned: {
    named: ['Generation.signerId'],
    rows: (tx, signerId) => tx.generation.findMany({ where: { signerId } }),
  },
  generationBoxes: {
    named: ['GenerationBox.accountId'],
    rows: (tx, accountId) => tx.generationBox.findMany({ where: { accountId } }),
  },
  courseInvitations: {
    named: ['CourseInvitation.email'],
    rows: (tx, _id, email) => tx.courseInvitation.findMany({ where: { email } }),
  },
  courseInvitationsMade: {
    named: ['CourseInvitation.invitedById'],
    rows: (tx, invitedById) => {
      const select = { courseId: true, invitedAt: true } as const
      return tx.courseInvitation.findMany({ where: { invitedById }, select })
    },
  },
  consents: {
    named: ['Consent.accountId'],
    rows: (tx, accountId) =>
      tx.consent.findMany({ where: { accountId }, include: { course }, orderBy: { id: 'asc' } }),
  },
  tombstones: {
    named: ['Tombstone.accountId'],
    rows: (tx, accountId) => tx.tombstone.findMany({ where: { accountId } }),
  },
}

const classes: Readonly<Record<string, Holding>> = {
  classesStarted: {
    named: ['Class.startedById'],
    rows: (tx, startedById) => {
      const select = { id: true, courseId: true, startedAt: true, endedAt: true } as const
      return tx.class.findMany({ where: { startedById }, select })
    },
  },
  classKeysSigned: {
    named: ['ClassKey.signerId'],
    rows: (tx, signerId) => {
      const select = { classId: true, publicKey: true, signed: true, acceptedAt: true } as const
      return tx.classKey.findMany({ where: { signerId }, select })
    },
  },
  chunksStored: {
    named: ['Chunk.storedBy'],
    rows: (tx, storedBy) => {
      const select = { classId: true, writer: true, number: true, storedAt: true } as const
      return tx.chunk.findMany({ where: { storedBy }, select, orderBy: { position: 'asc' } })
    },
  },
  parts: {
    named: ['ChunkPart.accountId'],
    rows: (tx, accountId) =>
      tx.chunkPart.findMany({
        where: { accountId },
        orderBy: [{ classId: 'asc' }, { writer: 'asc' }, { number: 'asc' }],
      }),
  },
  contentKeys: {
    named: ['ContentKey.accountId'],
    rows: (tx, accountId) => {
      // What opens the parts above; the same key sealed to the course is the teachers'.
      const select = { classId: true, writer: true, forStudent: true } as const
      return tx.contentKey.findMany({ where: { accountId }, select })
    },
  },
  lateRecords: {
    named: ['LateRecord.accountId'],
    rows: (tx, accountId) => tx.lateRecord.findMany({ where: { accountId } }),
  },
  notices: {
    named: ['Notice.accountId'],
    rows: (tx, accountId) => tx.notice.findMany({ where: { accountId } }),
  },
  noticeSetsMade: {
    named: ['NoticeSet.madeById'],
    rows: (tx, madeById) => tx.noticeSet.findMany({ where: { madeById } }),
  },
}

/** What a student's own cases hold comes with the case; what somebody did as a helper is that person's own alone. */
const support: Readonly<Record<string, Holding>> = {
  cases: {
    named: ['SupportCase.studentId'],
    rows: (tx, studentId) => tx.supportCase.findMany({ where: { studentId } }),
  },
  caseHelpers: {
    named: [],
    rows: (tx, studentId) => {
      const select = { caseId: true, accountId: true, share: true, addedAt: true } as const
      return tx.caseHelper.findMany({ where: { case: { studentId } }, select })
    },
  },
  helping: {
    named: ['CaseHelper.accountId'],
    rows: (tx, accountId) => tx.caseHelper.findMany({ where: { accountId } }),
  },
  caseEntries: {
    named: ['CaseEntry.authorId'],
    rows: (tx, id) => {
      const where = { OR: [{ authorId: id }, { case: { studentId: id } }] }
      return tx.caseEntry.findMany({ where, orderBy: { id: 'asc' } })
    },
  },
  caseOpenings: {
    named: ['CaseOpening.byId'],
    rows: (tx, id) => {
      const where = { OR: [{ byId: id }, { case: { studentId: id } }] }
      return tx.caseOpening.findMany({ where, orderBy: { id: 'asc' } })
    },
  },
  caseNotes: {
    named: ['CaseNote.authorId'],
    rows: (tx, id) => {
      const where = { OR: [{ authorId: id }, { case: { studentId: id } }] }
      return tx.caseNote.findMany({ where, orderBy: { id: 'asc' } })
    },
  },
  caseNoteKeys: {
    named: ['CaseNoteKey.accountId'],
    rows: (tx, accountId) => tx.caseNoteKey.findMany({ where: { accountId } }),
  },
}

const school: Readonly<Record<string, Holding>> = {
  results: {
    named: ['Result.senderId'],
    rows: (tx, senderId) => tx.result.findMany({ where: { senderId } }),
  },
  resultKeys: {
    named: ['ResultKey.accountId'],
    rows: (tx, accountId) => tx.resultKey.findMany({ where: { accountId } }),
  },
  invitations: {
    named: ['Invitation.email', 'Invitation.usedById'],
    rows: (tx, usedById, email) => {
      const where = { OR: [{ usedById }, { email }] }
      return tx.invitation.findMany({ where, omit: { tokenHash: true } })
    },
  },
  invitationsMade: {
    named: ['Invitation.createdById'],
    rows: (tx, createdById) => {
      const select = { id: true, createdAt: true, expiresAt: true, usedAt: true } as const
      return tx.invitation.findMany({ where: { createdById }, select })
    },
  },
  policyChanges: {
    named: ['PolicyChange.accountId'],
    rows: (tx, accountId) => tx.policyChange.findMany({ where: { accountId } }),
  },
  retentionChanges: {
    named: ['RetentionChange.accountId'],
    rows: (tx, accountId) => tx.retentionChange.findMany({ where: { accountId } }),
  },
  trustedStaff: {
    named: ['TrustedStaff.accountId', 'TrustedStaff.addedById'],
    rows: (tx, id) =>
      tx.trustedStaff.findMany({ where: { OR: [{ accountId: id }, { addedById: id }] } }),
  },
  directorySaved: {
    named: ['Directory.savedById'],
    rows: (tx, savedById) => {
      const select = { version: true, savedAt: true } as const
      return tx.directory.findMany({ where: { savedById }, select })
    },
  },
}

/** By the name that a list of rows has in an export. */
export const HOLDINGS = { ...account, ...courses, ...classes, ...support, ...school }

/** The account and every row about its person. */
export async function heldRecords(
  tx: Transaction,
  accountId: string,
): Promise<{ account: PlainRow; records: Record<string, PlainRow[]> }> {
  const omit = { privateBox: true } as const
  const row = await tx.account.findUniqueOrThrow({ where: { id: accountId }, omit })
  const lists = Object.entries(HOLDINGS).map(
    async ([name, { rows }]): Promise<[string, PlainRow[]]> => [
      name,
      (await rows(tx, accountId, row.email)).map(toPlain),
    ],
  )
  return { account: toPlain(row), records: Object.fromEntries(await Promise.all(lists)) }
}

/** A row with bytes, times and large numbers as text. */
function toPlain(row: object): PlainRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]): [string, unknown] => [name, plainValue(value)]),
  )
}

function plainValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return toB64u(value)
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'bigint') return String(value)
  return value
}
