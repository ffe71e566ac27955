'use client'

/** The directory of professionals and help lines, edited as a whole and saved at once. It never holds made-up people. */
import { useQueryClient } from '@tanstack/react-query'
import { Download, Pencil, Plus, Trash2, Upload } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState, type ReactNode } from 'react'
import type { RouteAnswer } from '../../_wire/routes.ts'
import type { DirectoryEntry } from '../../_wire/support.ts'
import { saveFile } from '../../_ui/save-file.ts'
import { supportKeys } from '../../(site)/support/_support/use-cases.ts'
import { Badge } from '../../_ui/badge.tsx'
import { Button, IconButton } from '../../_ui/button.tsx'
import { Notice, Section } from '../../_ui/card.tsx'
import { useSaving } from '../../_ui/data/use-saving.ts'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire } from '../../_ui/data/wire.ts'
import { SavedStatus } from '../../_ui/saved-status.tsx'
import { readCsv, writeCsv } from './directory-csv.ts'
import { EntryDialog } from './entry-dialog.tsx'

export function DirectoryEditor({ saved }: { saved: RouteAnswer<'directory'> }): ReactNode {
  const t = useTranslations('support.admin')
  const common = useTranslations('common')
  const cache = useQueryClient()
  const saving = useSaving()
  const file = useRef<HTMLInputElement>(null)
  const [entries, setEntries] = useState<readonly DirectoryEntry[]>(saved.entries)
  const [version, setVersion] = useState(saved.version)
  const [changed, setChanged] = useState(false)
  const [editing, setEditing] = useState<number | null>(null)
  const [told, setTold] = useState<{ tone: 'info' | 'danger'; text: string }>()

  const change = (next: readonly DirectoryEntry[]): void => {
    setEntries(next)
    setChanged(true)
    setTold(undefined)
    saving.forget()
  }
  const take = async (chosen: File): Promise<void> => {
    const result = readCsv(await chosen.text())
    if ('entries' in result) {
      change(result.entries)
      setTold({ tone: 'info', text: t('imported', { count: result.entries.length }) })
    } else {
      const { problem } = result
      setTold({
        tone: 'danger',
        text: problem ? t('importFailed', { ...problem }) : t('importUnreadable'),
      })
    }
  }
  const save = async (): Promise<void> => {
    setTold(undefined)
    try {
      const answer = await saving.run(() =>
        callWire('saveDirectory', {}, { replaces: version, entries: [...entries] }),
      )
      setVersion(answer.version)
      setChanged(false)
      cache.setQueryData(supportKeys.directory, { version: answer.version, entries: [...entries] })
    } catch (cause) {
      setTold({ tone: 'danger', text: sentenceFor(cause) })
    }
  }

  return (
    <Section id="entries" title={t('entriesTitle')} description={t('entriesLine')}>
      <div className="grid gap-6">
        {entries.length === 0 ? <Guide /> : null}
        <div className="flex flex-wrap gap-3">
          <Button
            size="sm"
            variant="secondary"
            onClick={() => {
              setEditing(entries.length)
            }}
          >
            <Plus aria-hidden="true" />
            {t('add')}
          </Button>
          <Button
            size="sm"
            variant="secondary"
            onClick={() => {
              file.current?.click()
            }}
          >
            <Upload aria-hidden="true" />
            {t('import')}
          </Button>
          <input
            ref={file}
            type="file"
            accept=".csv,text/csv"
            aria-label={t('import')}
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? []
              if (chosen) void take(chosen)
              event.currentTarget.value = ''
            }}
          />
          <Button
            size="sm"
            variant="secondary"
            onClick={() => {
              saveFile('directory.csv', 'text/csv;charset=utf-8', writeCsv(entries))
            }}
          >
            <Download aria-hidden="true" />
            {entries.length === 0 ? t('template') : t('export')}
          </Button>
        </div>
        {told ? (
          <Notice tone={told.tone} alert={told.tone === 'danger'}>
            {told.text}
          </Notice>
        ) : null}
        <ul className="grid divide-y divide-line">
          {entries.map((entry, at) => (
            <li key={`${entry.name} ${at}`} className="flex items-center gap-3 py-3">
              <span className="grid min-w-0 flex-1 gap-0.5">
                <span className="truncate font-medium">{entry.name}</span>
                <span className="truncate text-sm text-ink-muted">
                  {[entry.phone, entry.email, entry.website].filter(Boolean).join(' · ')}
                </span>
              </span>
              <KindBadge entry={entry} />
              <IconButton
                label={t('edit', { name: entry.name })}
                size="sm"
                onClick={() => {
                  setEditing(at)
                }}
              >
                <Pencil aria-hidden="true" />
              </IconButton>
              <IconButton
                label={t('remove', { name: entry.name })}
                size="sm"
                onClick={() => {
                  change(entries.filter((_, other) => other !== at))
                }}
              >
                <Trash2 aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-center gap-4">
          <Button
            busy={saving.state === 'saving' && common('saving')}
            disabled={!changed}
            onClick={save}
          >
            {t('save')}
          </Button>
          {changed ? <p className="text-sm text-ink-muted">{t('unsaved')}</p> : null}
        </div>
      </div>
      {editing === null ? null : (
        <EntryDialog
          entry={entries[editing] ?? null}
          onTake={(entry) => {
            change([...entries.slice(0, editing), entry, ...entries.slice(editing + 1)])
            setEditing(null)
          }}
          onClose={() => {
            setEditing(null)
          }}
        />
      )}
      <SavedStatus state={saving.state} />
    </Section>
  )
}

function KindBadge({ entry }: { entry: DirectoryEntry }): ReactNode {
  const t = useTranslations('support.directory.kinds')
  return (
    <span className="max-sm:hidden">
      <Badge tone={entry.kind === 'help-line' ? 'accent' : 'neutral'}>{t(entry.kind)}</Badge>
    </span>
  )
}

function Guide(): ReactNode {
  const t = useTranslations('support.admin')
  return (
    <Notice tone="info" title={t('guideTitle')}>
      <ol className="grid list-decimal gap-1.5 pl-5">
        <li>{t('guide1')}</li>
        <li>{t('guide2')}</li>
        <li>{t('guide3')}</li>
        <li>{t('guide4')}</li>
      </ol>
    </Notice>
  )
}
