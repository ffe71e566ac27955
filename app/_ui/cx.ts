/**
 * Joins class names, the later of two conflicting utilities winning, so that a caller's `className`
 * overrules a component's own. It must never hold a component's look.
 */
import { clsx, type ClassValue } from 'clsx'
import { twMerge } from 'tailwind-merge'

/** Joins class names and drops the ones that a later one overrules. */
export function cx(...values: ClassValue[]): string {
  return twMerge(clsx(values))
}
