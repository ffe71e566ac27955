'use client'

/**
 * The space that an element has, followed as it changes. Whole CSS pixels, so that a fraction more or
 * less draws nothing anew.
 */
import { useLayoutEffect, useState, type RefObject } from 'react'
import type { Space } from '../../_call/index.ts'

/** Width and height of the element's content box; a phone's until it is known. */
export function useSpace(element: RefObject<HTMLElement | null>): Space {
  const [space, setSpace] = useState<Space>({ width: 360, height: 480 })
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return
      const width = Math.floor(entry.contentRect.width)
      const height = Math.floor(entry.contentRect.height)
      setSpace((known) =>
        known.width === width && known.height === height ? known : { width, height },
      )
    })
    observer.observe(current)
    return () => {
      observer.disconnect()
    }
  }, [element])
  return space
}
