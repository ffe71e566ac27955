/**
 * The desk's pages in the order of its navigation. `courses` pages are for course admins too, who see
 * their courses there. A new page is a line here and its name in `desk.nav`.
 */
export interface Section {
  readonly href: string
  readonly name: 'people' | 'invitations' | 'courses' | 'policy' | 'retention' | 'audit' | 'health'
  readonly who: 'school' | 'courses'
}

export const SECTIONS: readonly Section[] = [
  { href: '/admin', name: 'people', who: 'school' },
  { href: '/admin/invitations', name: 'invitations', who: 'school' },
  { href: '/admin/courses', name: 'courses', who: 'courses' },
  { href: '/admin/policy', name: 'policy', who: 'school' },
  { href: '/admin/retention', name: 'retention', who: 'school' },
  { href: '/admin/audit', name: 'audit', who: 'courses' },
  { href: '/admin/health', name: 'health', who: 'school' },
]

/** The section that a path belongs to: the longest one that it lies under. */
export function sectionOf(path: string): Section | undefined {
  const fits = ({ href }: Section): boolean =>
    path === href ||
    (href === '/admin' ? path.startsWith('/admin/people') : path.startsWith(`${href}/`))
  return SECTIONS.find(fits)
}
