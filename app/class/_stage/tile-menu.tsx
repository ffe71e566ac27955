'use client'

/**
 * What can be done with one tile: pin it for oneself; for a teacher, put it in front of everyone, or
 * lower the hand. Later features add their entries.
 */
import { Ellipsis } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { memberIdSchema } from '../../../sfu/protocol/index.ts'
import { type Focus, type Person, sameFocus } from '../../_call/index.ts'
import { IconButton } from '../../_ui/button.tsx'
import { Menu, MenuItem } from '../../_ui/menu.tsx'
import type { Visit } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'
import { useSaid } from '../_talk/use-said.ts'

/** A button on the tile, there for the pointer, the finger and the keyboard. */
export function TileMenu(props: {
  visit: Visit
  person: Person
  source: Focus['source']
}): ReactNode {
  const { visit, person, source } = props
  const { call, talk } = visit
  const t = useTranslations('talk.stage')
  const said = useSaid()
  const { role } = useStore(call.state)
  const { pin, spotlight, hands } = useStore(talk.state)
  const focus: Focus = { memberId: person.memberId, source }
  const pinned = sameFocus(pin, focus)
  const spotlit = sameFocus(spotlight, focus)
  const name = source === 'screen' ? t('screenOf', { name: person.name }) : person.name
  return (
    <div className="absolute top-2 right-2 opacity-0 transition-opacity group-hover/tile:opacity-100 focus-within:opacity-100 has-[[data-state=open]]:opacity-100 [@media(hover:none)]:opacity-100">
      <Menu
        trigger={
          <IconButton
            label={t('optionsFor', { name })}
            side="left"
            size="sm"
            round
            className="size-8 bg-raised/85"
          >
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem
          onSelect={() => {
            talk.setPin(pinned ? null : focus)
          }}
        >
          {pinned ? t('unpin') : t('pin')}
        </MenuItem>
        {role === 'teacher' ? (
          <MenuItem
            onSelect={() => {
              const memberId = memberIdSchema.parse(person.memberId)
              void said(() => talk.setSpotlight(spotlit ? null : { memberId, source }))
            }}
          >
            {spotlit ? t('endSpotlight') : t('spotlight')}
          </MenuItem>
        ) : null}
        {role === 'teacher' && hands.includes(person.accountId) ? (
          <MenuItem
            onSelect={() => {
              void said(() => talk.lowerHandOf(person.accountId))
            }}
          >
            {t('lowerHand')}
          </MenuItem>
        ) : null}
      </Menu>
    </div>
  )
}
