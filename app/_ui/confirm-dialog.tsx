'use client'

/**
 * Asks once before something that cannot be taken back. It must never close while it is being done, nor hide that it
 * failed.
 */
import { useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Notice } from './card.tsx'
import { sentenceFor } from './data/failure.ts'
import { Dialog, DialogActions } from './dialog.tsx'

export interface ConfirmDialogProps {
  title: string
  description: ReactNode
  /** What else there is to know. */
  children?: ReactNode
  cancel: string
  /** Words of the button that does it, before and meanwhile; without them it can only be closed. */
  confirm?: { label: string; doing: string; disabled?: boolean }
  /** Does it, and closes the dialog in the end; a rejection's sentence is shown, and it can be tried again. */
  act: () => Promise<void>
  close: () => void
}

/** A dialog with a button that does what its title asks, and one that does not. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  const { title, description, children, cancel, confirm, act, close } = props
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const run = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await act()
    } catch (cause) {
      setError(sentenceFor(cause))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => {
        if (!open && !busy) close()
      }}
      title={title}
      description={description}
    >
      {children}
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      <DialogActions>
        <Button variant="secondary" disabled={busy} onClick={close}>
          {cancel}
        </Button>
        {confirm ? (
          <Button
            variant="danger"
            disabled={confirm.disabled ?? false}
            busy={busy && confirm.doing}
            onClick={run}
          >
            {confirm.label}
          </Button>
        ) : null}
      </DialogActions>
    </Dialog>
  )
}
