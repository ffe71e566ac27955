/**
 * Every page below `app`, from the tree of files, and its door: the route that the page asks first, so
 * that who may open the page is decided by who is answered. Null for pages that ask nothing of anyone.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RouteName } from '../../_wire/routes.ts'

const APP = fileURLToPath(new URL('../..', import.meta.url))

export const pageDoors: Readonly<Record<string, RouteName | null>> = {
  '/': null,
  '/account': 'accountKeys',
  '/admin': 'people',
  '/admin/audit': 'audit',
  '/admin/cases': 'adminCases',
  '/admin/courses': 'deskCourses',
  '/admin/courses/[id]': 'deskCourse',
  '/admin/directory': 'adminCases',
  '/admin/courses/[id]/history': 'deskCourse',
  '/admin/health': 'healthDetails',
  '/admin/import': 'invitations',
  '/admin/invitations': 'invitations',
  '/admin/people/[id]': 'person',
  '/admin/policy': 'policy',
  '/admin/results': 'submittedResults',
  '/admin/retention': 'retention',
  '/analyze': 'ownResults',
  '/class/[classId]': 'class',
  '/courses': 'listCourses',
  '/courses/[id]': 'course',
  '/invite/[token]': null,
  '/model-card': null,
  '/reset': null,
  '/sign-in': null,
  '/sign-up': null,
  '/support': 'support',
  '/support/assistant': 'support',
  '/support/cases/[id]': 'case',
  '/support/directory': 'directory',
  '/support/new': 'support',
  '/test': null,
  '/welcome/[token]': null,
}

/** The path of every `page.tsx`; groups in brackets are no part of it, folders with `_` have none. */
export function pageFiles(folder = APP, path = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const { name } = entry
    if (!entry.isDirectory()) return name === 'page.tsx' ? [path === '' ? '/' : path] : []
    if (name.startsWith('_') || name === 'api') return []
    const part = name.startsWith('(') ? '' : `/${name}`
    return pageFiles(join(folder, name), path + part)
  })
}
