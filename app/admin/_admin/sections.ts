/**
 * The desk's pages in the order of its navigation. `courses` pages are for course admins too, who see
 * their courses there. A new page is a line here and its name in `desk.nav`.
 */
export interface Section {
  readonly href: string
  readonly name:
    | 'people'
    | 'invitations'
    | 'courses'
    | 'results'
    | 'cases'
    | 'directory'
    | 'policy'
    | 'retention'
    | 'audit'
    | 'health'
  readonly who: 'school' | 'courses'
}

export const SECTIONS: readonly Section[] = [
  { href: '/admin', name: 'people', who: 'school' },
  { href: '/admin/invitations', name: 'invitations', who: 'school' },
  { href: '/admin/courses', name: 'courses', who: 'courses' },
  { href: '/admin/cases', name: 'cases', who: 'school' },
  { href: '/admin/directory', name: 'directory', who: 'school' },
  { href: '/admin/results', name: 'results', who: 'courses' },
  { href: '/admin/policy', name: 'policy', who: 'school' },
  { href: '/admin/retention', name: 'retention', who: 'school' },
  { href: '/admin/audit', name: 'audit', who: 'courses' },
  { href: '/admin/health', name: 'health', who: 'school' },
]

/** Pages that hang below a section without being in the navigation. */
const BELOW: Readonly<Record<string, string>> = {
  '/admin/people': '/admin',
  '/admin/import': '/admin/invitations',
}

/** The section that a path belongs to. */
export function sectionOf(path: string): Section | undefined {
  const [, , first] = path.split('/')
  const place = first === undefined ? path : `/admin/${first}`
  return SECTIONS.find(({ href }) => href === (BELOW[place] ?? place))
}

/** What the desk shows at a path: the page, the courses in its place, or that it is for others. */
export function deskAt(
  path: string,
  who: { readonly schoolAdmin: boolean; readonly courseAdmin: boolean },
): 'page' | 'courses' | 'refused' {
  if (who.schoolAdmin) return 'page'
  if (!who.courseAdmin) return 'refused'
  // A course admin's desk begins with the courses.
  if (path === '/admin') return 'courses'
  return sectionOf(path)?.who === 'courses' ? 'page' : 'refused'
}
