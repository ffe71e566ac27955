'use client'

/**
 * What can be done with one tile: pin it for oneself; for a teacher, put it in front of everyone, or
 * lower the hand. The menu itself is fetched when it is first opened.
 */
import type { ReactNode } from 'react'
import { useOnDemand } from '../_state/use-on-demand.ts'
import { TileMenuButton, type TileMenuProps } from './tile-menu-button.tsx'

const load = async () => (await import('./tile-menu-list.tsx')).TileMenuList

/** A button on the tile, there for the pointer, the finger and the keyboard. */
export function TileMenu(props: TileMenuProps): ReactNode {
  const [List, open] = useOnDemand(load)
  const { person, source } = props
  return (
    <div className="absolute top-2 right-2 opacity-0 transition-opacity group-hover/tile:opacity-100 focus-within:opacity-100 has-[[data-state=open]]:opacity-100 [@media(hover:none)]:opacity-100">
      {List === null ? (
        <TileMenuButton person={person} source={source} aria-haspopup="menu" onClick={open} />
      ) : (
        <List {...props} />
      )}
    </div>
  )
}
