'use client'

/**
 * The frame of what stands beside the people: beside the tiles on a wide screen, over them on a
 * narrow one, over everything on a phone. Escape closes it, and focus goes back to where it was.
 */
import { X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { IconButton } from '../../_ui/button.tsx'
import { cx } from '../../_ui/cx.ts'
import { isEscapeSpent } from '../../_ui/tooltip.tsx'

export interface SidePanelProps {
  title: string
  closeLabel: string
  /** Stands beside the title. */
  note?: ReactNode
  /** For what is read in lines. */
  wide?: boolean
  onClose: () => void
  /** Scrolls for itself below the title, as a whole or (chat) in a part. */
  children: ReactNode
}

/** A landmark named by its title. */
export function SidePanel(props: SidePanelProps): ReactNode {
  const { title, closeLabel, note, wide, onClose, children } = props
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={title}
      onKeyDown={(event) => {
        // Not where it closed something within.
        if (event.key === 'Escape' && !isEscapeSpent(event.nativeEvent)) onClose()
      }}
      className={cx(
        'fixed inset-0 z-40 flex animate-rise flex-col bg-raised focus-visible:outline-none',
        'sm:absolute sm:inset-y-0 sm:right-3 sm:left-auto sm:rounded-panel sm:border sm:border-line sm:shadow-over',
        'lg:static lg:z-auto lg:shrink-0 lg:shadow-resting',
        wide === true ? 'sm:w-96' : 'sm:w-84',
      )}
    >
      <div className="flex items-center gap-2 py-3 pr-3 pl-5">
        <h2 className="flex-1 font-semibold tracking-tight">{title}</h2>
        {note}
        <IconButton label={closeLabel} size="sm" round onClick={onClose}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {children}
    </aside>
  )
}
