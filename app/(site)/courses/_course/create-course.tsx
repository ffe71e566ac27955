'use client'

/**
 * The dialog that creates a course. The vault makes the course's keys; the page learns the id alone.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { getVault } from '../../../_vault/client.ts'
import { Button } from '../../../_ui/button.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { keys } from '../../../_ui/data/wire.ts'
import { Dialog, DialogActions } from '../../../_ui/dialog.tsx'
import { TextField } from '../../../_ui/text-field.tsx'
import { textOf } from '../../_auth/form-values.ts'

export interface CreateCourseProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Textbox *Course name*, button *Create*; leads to the new course. */
export function CreateCourse({ open, onOpenChange }: CreateCourseProps): ReactNode {
  const t = useTranslations('courses')
  const common = useTranslations('common')
  const router = useRouter()
  const cache = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const name = textOf(new FormData(event.currentTarget), 'name').trim()
    if (name === '') {
      setError(t('nameMissing'))
      return
    }
    setBusy(true)
    setError(undefined)
    try {
      const { courseId } = await getVault().call('createCourse', { name })
      await cache.invalidateQueries({ queryKey: keys.courses })
      router.push(`/courses/${courseId}`)
    } catch (cause) {
      setError(sentenceFor(cause))
      setBusy(false)
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (busy) return
        setError(undefined)
        onOpenChange(next)
      }}
      title={t('createTitle')}
      description={t('createLine')}
      closeLabel={common('close')}
    >
      <form onSubmit={submit} noValidate className="grid gap-6">
        <TextField
          name="name"
          label={t('name')}
          hint={t('nameHint')}
          autoComplete="off"
          maxLength={100}
          error={error}
        />
        <DialogActions>
          <Button
            variant="secondary"
            disabled={busy}
            onClick={() => {
              onOpenChange(false)
            }}
          >
            {common('cancel')}
          </Button>
          <Button type="submit" busy={busy && t('creating')}>
            {t('createButton')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
