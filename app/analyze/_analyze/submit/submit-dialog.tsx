'use client'

/**
 * Submitting one picture for review: to whom, with which keys, in which words. Sealing happens in the vault; this part
 * hands over the small copy and nothing else. It must never send without the person's click.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { getVault } from '../../../_vault/client.ts'
import type { ResultRecipient } from '../../../_vault/results/verbs.ts'
import { emotionOf } from '../../../_emotion/reading.ts'
import { RESULT_DAYS } from '../../../_wire/results.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice } from '../../../_ui/card.tsx'
import { Checkbox } from '../../../_ui/choice.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { useCourses } from '../../../_ui/data/wire.ts'
import { Dialog, DialogActions } from '../../../_ui/dialog.tsx'
import { Select } from '../../../_ui/select.tsx'
import { Spinner } from '../../../_ui/spinner.tsx'
import { TextField } from '../../../_ui/text-field.tsx'
import type { PictureResult } from '../results/result.ts'

const SCHOOL = 'school'

export function SubmitButton({ result }: { result: PictureResult }): ReactNode {
  const t = useTranslations('analyze')
  const [open, setOpen] = useState(false)
  const [sent, setSent] = useState(false)
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        onClick={() => {
          setOpen(true)
        }}
      >
        <Send aria-hidden="true" />
        {t('submit')}
      </Button>
      <p role="status" className="self-center text-sm text-ink-muted">
        {sent ? t('sent') : ''}
      </p>
      {open ? (
        <SubmitDialog
          result={result}
          close={(done) => {
            setOpen(false)
            if (done) setSent(true)
          }}
        />
      ) : null}
    </>
  )
}

function SubmitDialog(props: { result: PictureResult; close: (sent: boolean) => void }): ReactNode {
  const { result, close } = props
  const t = useTranslations('analyze')
  const common = useTranslations('common')
  const cache = useQueryClient()
  const courses = useCourses()
  const [place, setPlace] = useState(SCHOOL)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [note, setNote] = useState('')
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<string>()
  const courseId = place === SCHOOL ? null : place
  const query = useQuery({
    queryKey: ['result-recipients', place],
    queryFn: () => getVault().call('resultRecipients', { courseId }),
    gcTime: 0,
  })
  const recipients = query.data?.recipients ?? []
  const chosen = recipients.filter(({ accountId }) => !left.has(accountId))

  const send = async (): Promise<void> => {
    setError(undefined)
    setSending(true)
    try {
      await getVault().call('submitResult', {
        courseId,
        recipients: chosen.map(({ accountId, fingerprint }) => ({ accountId, fingerprint })),
        content: await contentOf(result, note),
      })
      await cache.invalidateQueries({ queryKey: ['own-results'] })
      close(true)
    } catch (cause) {
      setError(sentenceFor(cause))
      await query.refetch()
    } finally {
      setSending(false)
    }
  }

  return (
    <Dialog
      open
      onOpenChange={() => {
        close(false)
      }}
      title={t('submitTitle')}
      description={t('submitText', { days: RESULT_DAYS })}
      closeLabel={common('close')}
    >
      <Select
        label={t('submitTo')}
        value={place}
        options={[
          { value: SCHOOL, label: t('school') },
          ...(courses.data?.courses ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onValueChange={setPlace}
      />
      <fieldset className="grid gap-3">
        <legend className="pb-2 text-sm font-medium">{t('recipients')}</legend>
        {query.isPending ? <Spinner text={t('recipientsLoading')} /> : null}
        {query.error ? (
          <Notice tone="danger" alert>
            {sentenceFor(query.error)}
          </Notice>
        ) : null}
        {query.data?.recipients.length === 0 ? <Notice>{t('noRecipients')}</Notice> : null}
        {recipients.map((one) => (
          <Recipient
            key={one.accountId}
            recipient={one}
            checked={!left.has(one.accountId)}
            onChange={(checked) => {
              const next = new Set(left)
              if (checked) next.delete(one.accountId)
              else next.add(one.accountId)
              setLeft(next)
            }}
          />
        ))}
      </fieldset>
      <TextField
        label={t('note')}
        hint={t('noteHint')}
        maxLength={500}
        value={note}
        onChange={(event) => {
          setNote(event.currentTarget.value)
        }}
      />
      {error === undefined ? null : (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      )}
      <DialogActions>
        <Button
          variant="secondary"
          onClick={() => {
            close(false)
          }}
        >
          {common('cancel')}
        </Button>
        <Button
          busy={sending && t('sending')}
          disabled={chosen.length === 0}
          onClick={() => {
            void send()
          }}
        >
          {t('send')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Recipient(props: {
  recipient: ResultRecipient
  checked: boolean
  onChange: (checked: boolean) => void
}): ReactNode {
  const { name, fingerprint, trust } = props.recipient
  const t = useTranslations('analyze')
  return (
    <Checkbox
      label={name}
      hint={`${fingerprint} · ${t(`trust.${trust}`)}`}
      checked={props.checked}
      onCheckedChange={props.onChange}
    />
  )
}

/** Leaves room for the numbers and the padding. */
const MOST_PICTURE_BYTES = 960_000

async function contentOf(result: PictureResult, note: string) {
  const { width, height, faces, at } = result
  const picture = new Uint8Array(await (await smallEnough(result.preview)).arrayBuffer())
  return {
    takenAt: at,
    note: note.trim(),
    picture,
    faces: faces.slice(0, 100).map((face) => ({
      emotion: emotionOf(face),
      confidence: unit(face.confidence),
      engagement: face.engagement,
      quality: face.quality,
      probabilities: face.probabilities.map(unit),
      box: {
        x: face.box.x / width,
        y: face.box.y / height,
        width: face.box.width / width,
        height: face.box.height / height,
      },
    })),
  }
}

function unit(value: number): number {
  return Math.min(1, Math.max(0, value))
}

/** The copy, at a lower quality where it is still too large. */
async function smallEnough(picture: Blob): Promise<Blob> {
  let blob = picture
  for (const scale of [0.75, 0.5]) {
    if (blob.size <= MOST_PICTURE_BYTES) break
    const bitmap = await createImageBitmap(picture)
    const canvas = new OffscreenCanvas(
      Math.round(bitmap.width * scale),
      Math.round(bitmap.height * scale),
    )
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })
  }
  return blob
}
