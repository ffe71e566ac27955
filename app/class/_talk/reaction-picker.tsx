'use client'

/** The few reactions in a row, to press one. */
import { useTranslations } from 'next-intl'
import * as Popover from 'radix-ui/popover'
import type { ReactNode } from 'react'
import { type Reaction, REACTIONS } from '../../../sfu/protocol/index.ts'
import { SIGNS } from './signs.ts'

/** Opens from `trigger`; `onPick` may be called several times while it is open. */
export function ReactionPicker(props: {
  trigger: ReactNode
  label: string
  /** Closes with the first choice. */
  once?: boolean
  /** Open from the beginning: its trigger was pressed before it was there. */
  defaultOpen?: boolean
  onPick: (reaction: Reaction) => void
}): ReactNode {
  const { trigger, label, once, defaultOpen = false, onPick } = props
  const t = useTranslations('talk.reactions')
  const Choice = once === true ? Popover.Close : 'button'
  return (
    <Popover.Root defaultOpen={defaultOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          side="top"
          sideOffset={10}
          collisionPadding={12}
          className="z-50 flex animate-rise gap-1 rounded-full border border-line bg-raised p-1.5 shadow-over"
        >
          {REACTIONS.map((reaction) => (
            <Choice
              key={reaction}
              type="button"
              aria-label={t(`names.${reaction}`)}
              title={t(`names.${reaction}`)}
              className="grid size-10 place-items-center rounded-full text-xl hover:bg-sunken"
              onClick={() => {
                onPick(reaction)
              }}
            >
              <span aria-hidden="true">{SIGNS[reaction]}</span>
            </Choice>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
