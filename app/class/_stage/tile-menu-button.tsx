'use client'

/** The button of a tile's menu, the same before the menu was fetched and after. */
import { Ellipsis } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ComponentProps, ReactNode } from 'react'
import type { Focus, Person } from '../../_call/index.ts'
import { IconButton } from '../../_ui/button.tsx'
import type { Visit } from '../_state/classroom.ts'

export interface TileMenuProps {
  visit: Visit
  person: Person
  source: Focus['source']
}

/** *Options for NAME*. */
export function TileMenuButton(
  props: Pick<TileMenuProps, 'person' | 'source'> & ComponentProps<'button'>,
): ReactNode {
  const { person, source, ...rest } = props
  const t = useTranslations('talk.stage')
  const name = source === 'screen' ? t('screenOf', { name: person.name }) : person.name
  return (
    <IconButton
      label={t('optionsFor', { name })}
      side="left"
      size="sm"
      round
      className="size-8 bg-raised/85"
      {...rest}
    >
      <Ellipsis aria-hidden="true" />
    </IconButton>
  )
}
