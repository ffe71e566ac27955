'use client'

/**
 * The way out: for a student at once, for a teacher a choice between leaving and ending the class
 * for all.
 */
import { PhoneOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { Button } from '../../_ui/button.tsx'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { Dialog, DialogActions } from '../../_ui/dialog.tsx'
import type { Classroom } from '../_state/classroom.ts'
import { ToolbarButton } from './toolbar-button.tsx'

/** The button *Leave*. */
export function LeaveButton(props: { classroom: Classroom; teacher: boolean }): ReactNode {
  const { classroom, teacher } = props
  const t = useTranslations('class.room')
  const [asking, setAsking] = useState(false)
  return (
    <>
      <ToolbarButton
        label={t('leave')}
        data-command="leave"
        tone="danger"
        icon={<PhoneOff aria-hidden="true" />}
        onClick={() => {
          if (teacher) setAsking(true)
          else classroom.leave()
        }}
      />
      <LeaveDialog classroom={classroom} open={asking} onOpenChange={setAsking} />
    </>
  )
}

function LeaveDialog(props: {
  classroom: Classroom
  open: boolean
  onOpenChange: (open: boolean) => void
}): ReactNode {
  const { classroom, open, onOpenChange } = props
  const t = useTranslations('class.room')
  const [ending, setEnding] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const endForAll = async (): Promise<void> => {
    setEnding(true)
    setProblem(null)
    try {
      await classroom.endForAll()
    } catch (error) {
      setEnding(false)
      setProblem(sentenceFor(error))
    }
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('leaveTitle')}
      description={t('leaveText')}
      closeLabel={t('cancel')}
    >
      {problem === null ? null : (
        <p role="alert" className="rounded-control bg-danger-soft p-3 text-sm text-danger-ink">
          {problem}
        </p>
      )}
      <DialogActions>
        <Button
          variant="secondary"
          onClick={() => {
            classroom.leave()
          }}
        >
          {t('leaveClass')}
        </Button>
        <Button variant="danger" busy={ending && t('ending')} onClick={endForAll}>
          {t('endForAll')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
