'use client'

/** One entry of the directory in a form; nothing is saved before the whole directory is. */
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { directoryEntry, type DirectoryEntry } from '../../_wire/support.ts'
import { countryOptions } from '../_admin/country-names.ts'
import { Button } from '../../_ui/button.tsx'
import { Notice } from '../../_ui/card.tsx'
import { Dialog, DialogActions } from '../../_ui/dialog.tsx'
import { Select } from '../../_ui/select.tsx'
import { TextArea, TextField } from '../../_ui/text-field.tsx'

const EMPTY: DirectoryEntry = {
  name: '',
  kind: 'help-line',
  country: '',
  languages: [],
  topics: [],
  phone: '',
  email: '',
  website: '',
  hours: '',
  about: '',
}

type Draft = Record<keyof DirectoryEntry, string>

const draftOf = (entry: DirectoryEntry): Draft => ({
  ...entry,
  languages: entry.languages.join(', '),
  topics: entry.topics.join(', '),
})

const list = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)

export interface EntryDialogProps {
  entry: DirectoryEntry | null
  onTake: (entry: DirectoryEntry) => void
  onClose: () => void
}

export function EntryDialog({ entry, onTake, onClose }: EntryDialogProps): ReactNode {
  const t = useTranslations('support.admin.entry')
  const kinds = useTranslations('support.directory.kinds')
  const directory = useTranslations('support.directory')
  const common = useTranslations('common')
  const locale = useLocale()
  const [draft, setDraft] = useState<Draft>(draftOf(entry ?? EMPTY))
  const [wrong, setWrong] = useState<keyof DirectoryEntry>()
  const set = (part: Partial<Draft>): void => {
    setDraft({ ...draft, ...part })
  }
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const parsed = directoryEntry.safeParse({
      ...draft,
      languages: list(draft.languages.toLowerCase()),
      topics: list(draft.topics),
    })
    if (parsed.success) onTake(parsed.data)
    else setWrong(parsed.error.issues[0]?.path[0] as keyof DirectoryEntry)
  }
  const field = (name: keyof DirectoryEntry, hint?: string): ReactNode => (
    <TextField
      label={t(name)}
      hint={hint}
      value={draft[name]}
      error={wrong === name ? t('wrong', { field: t(name) }) : undefined}
      onChange={(event) => {
        set({ [name]: event.currentTarget.value })
      }}
    />
  )
  return (
    <Dialog open onOpenChange={onClose} title={t('title')} size="lg" closeLabel={common('close')}>
      <form onSubmit={submit} noValidate className="grid gap-5">
        {field('name')}
        <div className="grid gap-5 sm:grid-cols-2">
          <Select
            label={t('kind')}
            value={draft.kind}
            options={directoryEntry.shape.kind.options.map((value) => ({
              value,
              label: kinds(value),
            }))}
            onValueChange={(kind) => {
              set({ kind })
            }}
          />
          <Select
            label={t('country')}
            value={draft.country}
            options={[{ value: '', label: directory('everywhere') }, ...countryOptions(locale)]}
            onValueChange={(country) => {
              set({ country })
            }}
          />
          {field('languages', t('languagesHint'))}
          {field('topics', t('topicsHint'))}
          {field('phone')}
          {field('email')}
          {field('website')}
          {field('hours')}
        </div>
        <TextArea
          label={t('about')}
          maxLength={600}
          value={draft.about}
          onChange={(event) => {
            set({ about: event.currentTarget.value })
          }}
        />
        {wrong === 'kind' || wrong === 'country' || wrong === 'about' ? (
          <Notice tone="danger" alert>
            {t('wrong', { field: t(wrong) })}
          </Notice>
        ) : null}
        <DialogActions>
          <Button variant="secondary" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit">{t('take')}</Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
