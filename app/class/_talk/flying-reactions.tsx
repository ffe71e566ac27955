'use client'

/**
 * The newest reactions with their names, for those whose tiles are not in sight. They are said aloud
 * elsewhere, and stand still where motion is unwelcome.
 */
import type { ReactNode } from 'react'
import type { LiveReaction } from '../../_call/index.ts'
import { SIGNS } from './signs.ts'

const MOST = 5

/** A small stack in the corner. */
export function FlyingReactions(props: { reactions: readonly LiveReaction[] }): ReactNode {
  return (
    <ul
      aria-hidden="true"
      className="pointer-events-none absolute bottom-3 left-3 grid max-w-[60%] justify-items-start gap-1.5"
    >
      {props.reactions.slice(-MOST).map(({ key, name, reaction }) => (
        <li
          key={key}
          className="flex max-w-full animate-rise items-center gap-2 rounded-full bg-raised/95 py-1 pr-3.5 pl-2.5 text-sm shadow-floating"
        >
          <span className="text-lg">{SIGNS[reaction]}</span>
          <bdi className="truncate">{name}</bdi>
        </li>
      ))}
    </ul>
  )
}
