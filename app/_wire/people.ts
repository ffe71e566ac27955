/**
 * The school's people as its admins see and change them: the list, one person, invitations, the import
 * of a CSV file, what is kept of a person, erasure. No answer here holds a reading or a key.
 */
import * as z from 'zod'
import { ageGroup } from './age.ts'
import { heldAnswer } from './own-account.ts'
import { courseRole } from './roles.ts'
import {
  accountId,
  b64uExactly,
  courseId,
  displayName,
  emailAddress,
  inviteToken,
  nothing,
  timestamp,
} from './primitives.ts'
import type { Route } from './routes.ts'

/** By which a list of people can be sorted on the server. */
export const PEOPLE_SORTS = ['name', 'email', 'createdAt'] as const
/** Which people a list is about. */
export const PEOPLE_FILTERS = ['all', 'teachers', 'admins', 'suspended'] as const

export const schoolPerson = z.object({
  id: accountId,
  name: z.string(),
  email: z.string(),
  schoolAdmin: z.boolean(),
  mayTeach: z.boolean(),
  suspended: z.boolean(),
  ageGroup,
  createdAt: timestamp,
})

export const peopleAnswer = z.object({
  people: z.array(schoolPerson),
  total: z.int(),
  next: z.string().nullable(),
})

export const personAnswer = schoolPerson.extend({
  sessions: z.int(),
  /** True while the school's age asks for a guardian, and false or null (not known) otherwise. */
  guardian: z.boolean().nullable(),
  courses: z.array(
    z.object({
      id: courseId,
      name: z.string(),
      role: courseRole,
      joinedAt: timestamp,
      removedAt: timestamp.nullable(),
    }),
  ),
})

export const personBody = z.strictObject({
  schoolAdmin: z.boolean(),
  mayTeach: z.boolean(),
  suspended: z.boolean(),
  /** Left as it is where it is not said. */
  ageGroup: ageGroup.optional(),
})

export const erasePersonBody = z.strictObject({
  /** Typed by the admin, so that nobody is erased by a slip. */
  email: emailAddress,
  /** Erases the last teacher of a course as well, whose history then cannot be opened any more. */
  evenLastTeacher: z.boolean(),
})

export const invitationState = z.enum(['open', 'used', 'expired', 'revoked'])

/** What the list of invitations is filtered and sorted by; the first is where nothing is said. */
export const INVITATION_FILTERS = ['any', ...invitationState.options] as const
export const INVITATION_SORTS = ['createdAt', 'name', 'expiresAt', 'sentAt'] as const

export const invitationsAnswer = z.object({
  invitations: z.array(
    z.object({
      id: accountId,
      name: z.string(),
      email: z.string().nullable(),
      mayTeach: z.boolean(),
      ageGroup,
      state: invitationState,
      createdAt: timestamp,
      expiresAt: timestamp,
      sentAt: timestamp.nullable(),
    }),
  ),
  /** Whether this server can send letters. */
  mail: z.boolean(),
  total: z.int(),
  next: z.string().nullable(),
})

export const inviteBody = z.strictObject({
  /** Absent for a link that works for whoever has it, once. */
  email: emailAddress.optional(),
  name: displayName.or(z.literal('')),
  mayTeach: z.boolean(),
  ageGroup,
  /** Sends the link by e-mail; needs an address and SMTP. */
  send: z.boolean(),
})
export const invitedAnswer = z.object({ token: inviteToken, sent: z.boolean() })

/** What an invitation shows before anyone has signed in. */
export const invitationAnswer = z.object({
  name: z.string(),
  email: z.string().nullable(),
  expiresAt: timestamp,
})

/** Courses that the school has invited the caller to. */
export const courseInvitationsAnswer = z.object({
  invitations: z.array(
    z.object({
      courseId,
      courseName: z.string(),
      teacherName: z.string(),
      inviteToken,
      /** Of the invite link that the admin gave, for the link's fragment. */
      rootFingerprint: b64uExactly(16),
    }),
  ),
})

/** What is wrong with a row of an import. */
export const importProblem = z.enum([
  'email-missing',
  'email-invalid',
  'email-twice',
  'name-missing',
  'name-invalid',
  'yes-or-no',
  'age-group-unknown',
  'link-incomplete',
  'link-unknown',
  'person-suspended',
  'removed-from-course',
])
export type ImportProblem = z.infer<typeof importProblem>

export const IMPORT_COLUMNS = ['name', 'email', 'may teach', 'age group', 'course'] as const
/** Rows of one file. */
export const MOST_IMPORT_ROWS = 2000

export const importBody = z.strictObject({
  csv: z.string().min(1).max(500_000),
  /** True: says what would happen and changes nothing. */
  dryRun: z.boolean(),
  /** Sends the links by e-mail; needs SMTP. */
  send: z.boolean(),
})

export const importRow = z.object({
  /** Line in the file, the header's being 1. */
  line: z.int(),
  name: z.string(),
  email: z.string(),
  /** `invite`: gets an invitation; `change`: has an account that is changed; `same`: nothing to do. */
  outcome: z.enum(['invite', 'change', 'same', 'refused']),
  courses: z.array(z.string()),
  problems: z.array(importProblem),
  /** Of the new invitation, once. */
  token: inviteToken.nullable(),
})
export const importAnswer = z.object({ rows: z.array(importRow), sending: z.boolean() })

export const peopleRoutes = {
  people: { method: 'GET', path: '/api/admin/people', body: null, answer: peopleAnswer },
  person: { method: 'GET', path: '/api/admin/people/:id', body: null, answer: personAnswer },
  savePerson: { method: 'PUT', path: '/api/admin/people/:id', body: personBody, answer: nothing },
  /** POST, since it is audited: no link may cause it. */
  exportPerson: {
    method: 'POST',
    path: '/api/admin/people/:id/export',
    body: nothing,
    answer: heldAnswer,
  },
  erasePerson: {
    method: 'POST',
    path: '/api/admin/people/:id/erase',
    body: erasePersonBody,
    answer: nothing,
  },
  invitations: {
    method: 'GET',
    path: '/api/admin/invitations',
    body: null,
    answer: invitationsAnswer,
  },
  inviteToSchool: {
    method: 'POST',
    path: '/api/admin/invitations',
    body: inviteBody,
    answer: invitedAnswer,
  },
  revokeInvitation: {
    method: 'DELETE',
    path: '/api/admin/invitations/:id',
    body: nothing,
    answer: nothing,
  },
  importPeople: {
    method: 'POST',
    path: '/api/admin/import',
    body: importBody,
    answer: importAnswer,
    bodyLimit: 1024 * 1024,
  },
  invitation: {
    method: 'GET',
    path: '/api/invitations/:token',
    body: null,
    answer: invitationAnswer,
  },
  courseInvitations: {
    method: 'GET',
    path: '/api/account/invitations',
    body: null,
    answer: courseInvitationsAnswer,
  },
} as const satisfies Record<string, Route>
