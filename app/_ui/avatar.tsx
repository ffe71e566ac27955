/**
 * A person's initials on a quiet colour of their own, the same everywhere. It must never load a
 * picture: a classroom asks no third party for faces.
 */
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** Up to two initials of a name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u)
  const first = Array.from(words[0] ?? '')[0] ?? ''
  const last = words.length > 1 ? (Array.from(words.at(-1) ?? '')[0] ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

/** A hue from 0 to 359 that stays with a name. */
export function hueOf(name: string): number {
  let sum = 7
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973
  return (sum * 47) % 360
}

const sizes = {
  sm: 'size-8 text-xs',
  md: 'size-10 text-sm',
  lg: 'size-16 text-xl',
  xl: 'size-24 text-3xl',
}

/** Initials in a circle; decoration beside the written name. */
export function Avatar(props: {
  name: string
  size?: keyof typeof sizes
  className?: string
}): ReactNode {
  const { name, size = 'md', className } = props
  return (
    <span
      aria-hidden="true"
      className={cx(
        'grid shrink-0 place-items-center rounded-full font-semibold select-none',
        // Generated content: letters that decorate are no part of a button's visible name.
        'before:content-[attr(data-initials)]',
        'bg-[oklch(0.91_0.045_var(--hue))] text-[oklch(0.36_0.07_var(--hue))]',
        'dark:bg-[oklch(0.36_0.05_var(--hue))] dark:text-[oklch(0.92_0.04_var(--hue))]',
        sizes[size],
        className,
      )}
      style={{ '--hue': hueOf(name) }}
      data-initials={initialsOf(name)}
    />
  )
}
