'use client'

/** How wide an element is, so that a drawing can keep the size of its words on every screen. */
import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** @param first before it was measured */
export function useWidth(first: number): [RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(first)
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return
    const measure = (): void => {
      setWidth(Math.max(1, Math.floor(current.clientWidth)))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => {
      observer.disconnect()
    }
  }, [])
  return [element, width]
}
