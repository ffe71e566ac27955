'use client'

/** The entries of a tile's menu. Later features add theirs. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { memberIdSchema } from '../../../sfu/protocol/index.ts'
import { type Focus, sameFocus } from '../../_call/index.ts'
import { Menu, MenuItem } from '../../_ui/menu.tsx'
import { useStore } from '../_state/use-store.ts'
import { useSaid } from '../_talk/use-said.ts'
import { TileMenuButton, type TileMenuProps } from './tile-menu-button.tsx'

/** The open menu of a tile. */
export function TileMenuList(props: TileMenuProps): ReactNode {
  const { visit, person, source } = props
  const { call, talk } = visit
  const t = useTranslations('talk.stage')
  const said = useSaid()
  const { role } = useStore(call.state)
  const { pin, spotlight, hands } = useStore(talk.state)
  const focus: Focus = { memberId: person.memberId, source }
  const pinned = sameFocus(pin, focus)
  const spotlit = sameFocus(spotlight, focus)
  return (
    <Menu defaultOpen trigger={<TileMenuButton person={person} source={source} />}>
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
  )
}
