'use client'

/**
 * A button of the call's toolbar: an icon with its words, large enough for a finger. Words stand
 * below the icon where there is room, and are the name in any case.
 */
import type { ComponentProps, ReactNode } from 'react'
import { cx } from '../../_ui/cx.ts'
import { Tooltip } from '../../_ui/tooltip.tsx'

export interface ToolbarButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** The accessible name: what a press does. */
  label: string
  icon: ReactNode
  /** What the button stands for is switched off. */
  off?: boolean
  /** It opens something that is open now. */
  open?: boolean
  tone?: 'plain' | 'danger'
  onPicture?: boolean
  /** The name by which a keyboard shortcut presses it. */
  'data-command'?: string
}

/** A round button with a tooltip. */
export function ToolbarButton(props: ToolbarButtonProps): ReactNode {
  const { label, icon, off, open, tone = 'plain', onPicture, className, ...rest } = props
  return (
    <Tooltip text={label} side="top">
      <button
        type="button"
        aria-label={label}
        className={cx(
          'grid size-12 shrink-0 place-items-center rounded-full transition-colors duration-150 [&_svg]:size-5.5',
          tone === 'danger' && 'bg-danger text-on-danger hover:bg-danger-hover',
          tone === 'plain' &&
            'bg-sunken text-ink hover:bg-line dark:bg-line dark:hover:bg-line-strong/60',
          onPicture && 'bg-raised/90 hover:bg-raised dark:bg-raised/90 dark:hover:bg-raised',
          off &&
            'bg-danger-soft text-danger-ink hover:bg-danger-soft/80 dark:bg-danger-soft dark:hover:bg-danger-soft/80',
          open &&
            'bg-accent-soft text-accent-ink hover:bg-accent-soft dark:bg-accent-soft dark:hover:bg-accent-soft',
          className,
        )}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
