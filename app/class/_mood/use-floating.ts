'use client'

/**
 * Lets an element float over the people: dragged by pointer or arrow keys, kept in sight, beside an
 * open panel and above the toolbar, its place remembered. The place that a person chose is kept even while a small window
 * does not allow it.
 */
import {
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
} from 'react'
import { positionSchema, recall, remember } from '../_state/remembered.ts'
import {
  clampPlace,
  firstPlace,
  freeArea,
  mostHeight,
  moveByKey,
  type Place,
  type Size,
} from './place.ts'

export interface Floating {
  /** Where the element stands; null until its size is known. */
  place: Place | null
  /** For the element: its place, and no more height than there is. */
  style: CSSProperties
  /** For the element that is dragged by. */
  handle: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void
    onPointerMove: (event: PointerEvent<HTMLElement>) => void
    onPointerUp: (event: PointerEvent<HTMLElement>) => void
    onPointerCancel: (event: PointerEvent<HTMLElement>) => void
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  }
}

/** @param key under which the place is remembered */
export function useFloating(element: RefObject<HTMLElement | null>, key: string): Floating {
  const [chosen, setChosen] = useState<Place | null>(() => recall(key, positionSchema))
  const [bounds, setBounds] = useState<{ size: Size; area: Size } | null>(null)
  const grip = useRef<Place | null>(null)

  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return
    // The people stand first; a panel beside them and the toolbar below them keep their room.
    const people = current.closest('main')?.firstElementChild ?? document.body
    const measure = (): void => {
      const { offsetWidth: width, offsetHeight: height } = current
      const window = { width: innerWidth, height: innerHeight }
      const area = freeArea(window, people.getBoundingClientRect())
      setBounds({ size: { width, height }, area })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    observer.observe(people)
    window.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', measure)
    }
  }, [element])

  const place =
    bounds === null
      ? null
      : chosen === null
        ? firstPlace(bounds.size, bounds.area)
        : clampPlace(chosen, bounds.size, bounds.area)

  function moveTo(wanted: Place): void {
    if (bounds === null) return
    const next = clampPlace(wanted, bounds.size, bounds.area)
    setChosen(next)
    remember(key, next)
  }

  function letGo(): void {
    grip.current = null
  }

  return {
    place,
    style:
      place === null || bounds === null
        ? { visibility: 'hidden' }
        : {
            transform: `translate(${String(place.x)}px, ${String(place.y)}px)`,
            maxHeight: mostHeight(bounds.area),
          },
    handle: {
      onPointerDown(event) {
        if (place === null || event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        grip.current = { x: event.clientX - place.x, y: event.clientY - place.y }
      },
      onPointerMove(event) {
        if (grip.current === null) return
        moveTo({ x: event.clientX - grip.current.x, y: event.clientY - grip.current.y })
      },
      onPointerUp: letGo,
      onPointerCancel: letGo,
      onKeyDown(event) {
        const next = place === null ? null : moveByKey(place, event.key, event.shiftKey)
        if (next === null) return
        event.preventDefault()
        moveTo(next)
      },
    },
  }
}
