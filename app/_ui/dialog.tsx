'use client'

/**
 * A dialog over the page: named, described, closed by Escape, focus kept inside and given back. It
 * must never open by itself over what a person is typing.
 */
import { X } from 'lucide-react'
import * as Radix from 'radix-ui/dialog'
import { useRef, type ReactNode } from 'react'
import { cx } from './cx.ts'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  /** Name of the cross that closes; without it the dialog closes by its own buttons alone. */
  closeLabel?: string
  /** Set where a choice must be made: neither Escape nor a click beside it closes. */
  mustChoose?: boolean
  size?: 'sm' | 'md' | 'lg'
  children: ReactNode
}

const widths = { sm: 'max-w-md', md: 'max-w-lg', lg: 'max-w-2xl' }

/** A modal dialog. Its buttons go into `DialogActions`. */
export function Dialog(props: DialogProps): ReactNode {
  const { open, onOpenChange, title, description, closeLabel, mustChoose, size = 'md' } = props
  /** What had the focus when it opened: Radix gives it back to a trigger of its own alone, and here is none. */
  const before = useRef<readonly HTMLElement[]>([])
  const hold = (event: Event): void => {
    if (mustChoose) event.preventDefault()
  }
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 grid animate-fade overflow-y-auto bg-scrim p-4">
          <Radix.Content
            onOpenAutoFocus={() => {
              before.current = focusPlaces()
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              before.current.find(({ isConnected }) => isConnected)?.focus()
            }}
            onEscapeKeyDown={hold}
            onInteractOutside={hold}
            {...(description ? {} : { 'aria-describedby': undefined })}
            className={cx(
              'relative z-50 m-auto grid w-full animate-rise gap-5 rounded-panel border border-line bg-raised p-6 shadow-over sm:p-8',
              'focus-visible:outline-none',
              widths[size],
            )}
          >
            <div className="grid gap-2">
              <Radix.Title
                className={cx('text-xl font-semibold tracking-tight', closeLabel && 'pr-10')}
              >
                {title}
              </Radix.Title>
              {description ? (
                <Radix.Description asChild>
                  <div className="text-[0.9375rem] leading-relaxed text-ink-muted">
                    {description}
                  </div>
                </Radix.Description>
              ) : null}
            </div>
            {props.children}
            {closeLabel ? (
              <Radix.Close
                aria-label={closeLabel}
                className="absolute top-5 right-5 grid size-9 place-items-center rounded-full text-ink-muted hover:bg-sunken hover:text-ink"
              >
                <X aria-hidden="true" className="size-5" />
              </Radix.Close>
            ) : null}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** What has the focus, and what around it can have it: the line of a list may be gone when it is given back. */
function focusPlaces(): readonly HTMLElement[] {
  const { activeElement } = document
  const places: HTMLElement[] = []
  for (let at = activeElement; at !== null; at = at.parentElement) {
    const canHaveIt = at === activeElement || at.hasAttribute('tabindex')
    if (canHaveIt && at instanceof HTMLElement) places.push(at)
  }
  return places
}

/** The row of buttons that ends a dialog; on a telephone they stand above each other. */
export function DialogActions({ children }: { children: ReactNode }): ReactNode {
  return (
    <div className="flex flex-col-reverse gap-3 pt-1 sm:flex-row sm:justify-end">{children}</div>
  )
}
