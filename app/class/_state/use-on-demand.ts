'use client'

/**
 * A part of the page that is fetched when it is first wanted. A failed fetch is tried again with the
 * next press; it must never break what is on the page.
 */
import { useState, type ComponentType } from 'react'

/** @returns the component, null until it is there, and what fetches it */
export function useOnDemand<Props>(
  load: () => Promise<ComponentType<Props>>,
): readonly [ComponentType<Props> | null, () => void] {
  const [loaded, setLoaded] = useState<ComponentType<Props> | null>(null)
  const want = (): void => {
    load().then(
      (component) => {
        setLoaded(() => component)
      },
      // The button is there for another press.
      () => undefined,
    )
  }
  return [loaded, want]
}
