/**
 * Every route of the HTTP interface: method, path, body, answer. The server parses bodies and the
 * browser parses answers with what stands here; a route that is not here does not exist. `:name` parts
 * of a path are filled in by {@link routePath}.
 */
import * as z from 'zod'
import * as accounts from './accounts.ts'
import { auditRoutes } from './audit.ts'
import * as classes from './classes.ts'
import { connectionTestRoutes } from './connection-test.ts'
import * as courses from './courses.ts'
import { deskRoutes } from './desk.ts'
import { historyRoutes } from './history.ts'
import { peopleRoutes } from './people.ts'
import { noticeRoutes } from './notices.ts'
import { ownAccountRoutes } from './own-account.ts'
import { nothing } from './primitives.ts'
import { resultRoutes } from './results.ts'
import { scheduleRoutes } from './schedule.ts'
import * as school from './school.ts'
import { supportRoutes } from './support.ts'
import { visitRoutes } from './visit.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Mutating routes have a body (perhaps `{}`); GET routes have none. */
export interface Route {
  readonly method: Method
  readonly path: string
  readonly body: z.ZodType | null
  readonly answer: z.ZodType
  /** Largest body, in bytes; 64 KiB where it is not said. */
  readonly bodyLimit?: number
}

const MEBIBYTE = 1024 * 1024
const done = nothing

export const routes = {
  signUp: {
    method: 'POST',
    path: '/api/sign-up',
    body: accounts.signUpBody,
    answer: accounts.signUpAnswer,
  },
  signInSalt: {
    method: 'POST',
    path: '/api/sign-in/salt',
    body: accounts.saltBody,
    answer: accounts.saltAnswer,
  },
  signIn: {
    method: 'POST',
    path: '/api/sign-in',
    body: accounts.signInBody,
    answer: accounts.signInAnswer,
  },
  signOut: { method: 'POST', path: '/api/sign-out', body: nothing, answer: done },
  accountKeys: {
    method: 'GET',
    path: '/api/account/keys',
    body: null,
    answer: accounts.accountKeysAnswer,
  },
  changePassword: {
    method: 'PUT',
    path: '/api/account/password',
    body: accounts.passwordBody,
    answer: accounts.passwordAnswer,
  },
  readBox: {
    method: 'GET',
    path: '/api/account/boxes/:name',
    body: null,
    answer: accounts.boxAnswer,
  },
  writeBox: {
    method: 'PUT',
    path: '/api/account/boxes/:name',
    body: accounts.boxBody,
    answer: accounts.boxWritten,
    bodyLimit: 128 * 1024,
  },
  ownParts: {
    method: 'GET',
    path: '/api/account/parts',
    body: null,
    answer: accounts.ownPartsAnswer,
  },

  listCourses: {
    method: 'GET',
    path: '/api/courses',
    body: null,
    answer: courses.courseListAnswer,
  },
  createCourse: {
    method: 'POST',
    path: '/api/courses',
    body: courses.createCourseBody,
    answer: courses.createCourseAnswer,
    bodyLimit: 128 * 1024,
  },
  course: { method: 'GET', path: '/api/courses/:id', body: null, answer: courses.courseAnswer },
  saveSettings: {
    method: 'PUT',
    path: '/api/courses/:id/settings',
    body: courses.settingsBody,
    answer: done,
    bodyLimit: 128 * 1024,
  },
  roster: {
    method: 'GET',
    path: '/api/courses/:id/roster',
    body: null,
    answer: courses.rosterAnswer,
  },
  addGeneration: {
    method: 'POST',
    path: '/api/courses/:id/generations',
    body: courses.generationBody,
    answer: done,
    bodyLimit: 128 * 1024,
  },
  renewInvite: {
    method: 'POST',
    path: '/api/courses/:id/invite',
    body: nothing,
    answer: courses.newInviteAnswer,
  },
  setRole: {
    method: 'PUT',
    path: '/api/courses/:id/people/:accountId',
    body: courses.roleBody,
    answer: done,
    bodyLimit: 128 * 1024,
  },
  removePerson: {
    method: 'DELETE',
    path: '/api/courses/:id/people/:accountId',
    body: courses.removeBody,
    answer: done,
    bodyLimit: 128 * 1024,
  },
  giveConsent: {
    method: 'POST',
    path: '/api/courses/:id/consent',
    body: courses.consentBody,
    answer: done,
  },
  eraseOwn: {
    method: 'POST',
    path: '/api/courses/:id/erase',
    body: accounts.eraseBody,
    answer: done,
  },
  invite: { method: 'GET', path: '/api/invites/:token', body: null, answer: courses.inviteAnswer },
  joinCourse: {
    method: 'POST',
    path: '/api/invites/:token/join',
    body: courses.joinBody,
    answer: courses.joinAnswer,
  },

  ...scheduleRoutes,

  startClass: {
    method: 'POST',
    path: '/api/courses/:id/classes',
    body: nothing,
    answer: classes.startClassAnswer,
  },
  readings: {
    method: 'GET',
    path: '/api/classes/:id/readings',
    body: null,
    answer: classes.readingsAnswer,
  },
  putClassKey: {
    method: 'PUT',
    path: '/api/classes/:id/key',
    body: classes.classKeyBody,
    answer: classes.classKeyWritten,
  },
  chunks: {
    method: 'GET',
    path: '/api/classes/:id/chunks',
    body: null,
    answer: classes.chunksAnswer,
  },
  writeChunk: {
    method: 'POST',
    path: '/api/classes/:id/chunks',
    body: classes.chunkBody,
    answer: classes.chunkWritten,
    bodyLimit: 2 * MEBIBYTE,
  },
  lateRecords: {
    method: 'GET',
    path: '/api/classes/:id/late-records',
    body: null,
    answer: classes.lateRecordsAnswer,
  },
  sendLateRecords: {
    method: 'POST',
    path: '/api/classes/:id/late-records',
    body: classes.lateRecordsBody,
    answer: classes.lateRecordsStored,
    bodyLimit: 128 * 1024,
  },
  dropLateRecords: {
    method: 'DELETE',
    path: '/api/classes/:id/late-records',
    body: classes.lateRecordsTaken,
    answer: done,
  },

  policy: { method: 'GET', path: '/api/admin/policy', body: null, answer: school.policyAnswer },
  savePolicy: { method: 'PUT', path: '/api/admin/policy', body: school.policyBody, answer: done },
  health: { method: 'GET', path: '/api/health', body: null, answer: school.healthAnswer },
  ...visitRoutes,
  ...auditRoutes,
  ...deskRoutes,
  ...historyRoutes,
  ...peopleRoutes,
  ...noticeRoutes,
  ...connectionTestRoutes,
  ...supportRoutes,
  ...resultRoutes,
  ...ownAccountRoutes,
} as const satisfies Record<string, Route>

export type Routes = typeof routes
export type RouteName = keyof Routes
export type RouteOf<N extends RouteName> = Routes[N]
/** What a caller hands in; null for GET. */
export type RouteInput<N extends RouteName> = RouteOf<N>['body'] extends z.ZodType
  ? z.input<RouteOf<N>['body']>
  : null
/** What the server works with. */
export type RouteBody<N extends RouteName> = RouteOf<N>['body'] extends z.ZodType
  ? z.output<RouteOf<N>['body']>
  : null
/** What a caller gets. */
export type RouteAnswer<N extends RouteName> = z.output<RouteOf<N>['answer']>

/** Names of the `:parts` of a path. */
export type PathParameter<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathParameter<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never
export type RouteParameters<N extends RouteName> = Readonly<
  Record<PathParameter<RouteOf<N>['path']>, string>
>
