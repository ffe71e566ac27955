'use client'

/** What the server holds about a person: handed out as a file, or erased after a name typed on purpose. */
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Button } from '../../_ui/button.tsx'
import { Notice, Section } from '../../_ui/card.tsx'
import { Checkbox } from '../../_ui/choice.tsx'
import { useVault } from '../../_ui/data/use-vault.ts'
import { codeOf, sentenceFor } from '../../_ui/data/failure.ts'
import { callWire, keys } from '../../_ui/data/wire.ts'
import { Dialog, DialogActions } from '../../_ui/dialog.tsx'
import { TextField } from '../../_ui/text-field.tsx'
import { saveFile } from '../../_ui/save-file.ts'

type Details = RouteAnswer<'person'>

/** The section *Data*. */
export function PersonData({ person }: { person: Details }): ReactNode {
  const t = useTranslations('desk.person')
  const { account } = useVault()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const [erasing, setErasing] = useState(false)
  const hand = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      const data = await callWire('exportPerson', { id: person.id }, {})
      saveFile('attune-person.json', 'application/json', JSON.stringify(data, null, 2))
    } catch (cause) {
      setError(sentenceFor(cause))
    }
    setBusy(false)
  }
  return (
    <Section id="data" title={t('dataTitle')} description={t('dataLine')}>
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-3">
        <Button variant="secondary" busy={busy && t('exporting')} onClick={hand}>
          {t('export')}
        </Button>
        {person.id === account?.accountId ? null : (
          <Button
            variant="dangerQuiet"
            onClick={() => {
              setErasing(true)
            }}
          >
            {t('erase')}
          </Button>
        )}
      </div>
      <p className="text-sm text-ink-muted">{t('exportHint')}</p>
      {erasing ? (
        <EraseDialog
          person={person}
          close={() => {
            setErasing(false)
          }}
        />
      ) : null}
    </Section>
  )
}

function EraseDialog({ person, close }: { person: Details; close: () => void }): ReactNode {
  const t = useTranslations('desk.person')
  const common = useTranslations('common')
  const cache = useQueryClient()
  const router = useRouter()
  const [email, setEmail] = useState('')
  const [last, setLast] = useState(false)
  const [evenLastTeacher, setEvenLastTeacher] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const erase = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      await callWire('erasePerson', { id: person.id }, { email, evenLastTeacher })
      await cache.invalidateQueries({ queryKey: keys.people })
      router.push('/admin')
    } catch (cause) {
      if (codeOf(cause) === 'still-last-teacher') setLast(true)
      setError(sentenceFor(cause))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      title={t('eraseTitle', { name: person.name })}
      description={t('eraseText')}
      closeLabel={common('close')}
    >
      <form onSubmit={erase} className="grid gap-5" noValidate>
        <TextField
          label={t('eraseEmail', { email: person.email })}
          value={email}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setEmail(event.currentTarget.value)
          }}
        />
        {last ? (
          <Checkbox
            label={t('eraseLast')}
            checked={evenLastTeacher}
            onCheckedChange={setEvenLastTeacher}
          />
        ) : null}
        {error ? (
          <Notice tone="danger" alert>
            {error}
          </Notice>
        ) : null}
        <DialogActions>
          <Button variant="secondary" onClick={close}>
            {common('cancel')}
          </Button>
          <Button
            type="submit"
            variant="danger"
            disabled={email.trim().toLowerCase() !== person.email}
            busy={busy && t('erasing')}
          >
            {t('eraseDo')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
