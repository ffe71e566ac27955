'use client'

/**
 * Imports people from a CSV file: choose, see row by row what would happen, then do it. Nothing is
 * changed before the button that says so.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useId, useState, type ReactNode } from 'react'
import { IMPORT_COLUMNS } from '../../_wire/people.ts'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Button } from '../../_ui/button.tsx'
import { Card, Notice } from '../../_ui/card.tsx'
import { Checkbox } from '../../_ui/choice.tsx'
import { usePublicUrl } from '../../_ui/data/use-session.ts'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire, keys } from '../../_ui/data/wire.ts'
import { controlStyle } from '../../_ui/field.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { Spinner } from '../../_ui/spinner.tsx'
import { cx } from '../../_ui/cx.ts'
import { ImportRows } from './import-rows.tsx'
import { useList } from './list-tools.tsx'
import { saveFile } from '../../_ui/save-file.ts'

type Answer = RouteAnswer<'importPeople'>
type Step =
  | { readonly name: 'choose' | 'reading' }
  | { readonly name: 'preview' | 'importing'; readonly csv: string; readonly answer: Answer }
  | { readonly name: 'done'; readonly answer: Answer }

const LARGEST = 500_000
const TEMPLATE = `${IMPORT_COLUMNS.join(',')}\n`

/** The page `/admin/import`. */
export function ImportPage(): ReactNode {
  const t = useTranslations('desk.import')
  const desk = useTranslations('desk')
  const cache = useQueryClient()
  const origin = usePublicUrl()
  const [step, setStep] = useState<Step>({ name: 'choose' })
  const [error, setError] = useState<string>()
  const [send, setSend] = useState(true)
  const mail =
    useList('invitations', keys.invitations, { search: '' }).data?.pages[0]?.mail ?? false
  const fileId = useId()

  const preview = async (file: File): Promise<void> => {
    setError(undefined)
    if (file.size > LARGEST) {
      setError(t('tooLarge'))
      return
    }
    setStep({ name: 'reading' })
    try {
      const csv = await file.text()
      const answer = await callWire('importPeople', {}, { csv, dryRun: true, send: false })
      setStep({ name: 'preview', csv, answer })
    } catch (cause) {
      setError(sentenceFor(cause))
      setStep({ name: 'choose' })
    }
  }
  const run = async (csv: string, answer: Answer): Promise<void> => {
    setError(undefined)
    setStep({ name: 'importing', csv, answer })
    try {
      const body = { csv, dryRun: false, send: send && mail }
      setStep({ name: 'done', answer: await callWire('importPeople', {}, body) })
      await cache.invalidateQueries({ queryKey: keys.people })
      await cache.invalidateQueries({ queryKey: keys.invitations })
    } catch (cause) {
      setError(sentenceFor(cause))
      setStep({ name: 'preview', csv, answer })
    }
  }

  const rows = 'answer' in step ? step.answer.rows : []
  const count = (outcome: string): number => rows.filter((row) => row.outcome === outcome).length
  const counts = { invite: count('invite'), change: count('change'), refused: count('refused') }
  const useful = counts.invite + counts.change
  return (
    <>
      <PageHeader
        back={{ href: '/admin/invitations', label: desk('invitations.title') }}
        title={t('title')}
        description={t('line')}
      />
      <div className="grid grid-cols-1 gap-6">
        <Card className="grid gap-4">
          <p className="max-w-prose text-ink-muted">{t('columns')}</p>
          <div className="flex flex-wrap items-end gap-3">
            <div className="grid min-w-0 flex-1 basis-64 gap-1.5">
              <label htmlFor={fileId} className="text-sm font-medium">
                {step.name === 'done' ? t('another') : t('choose')}
              </label>
              <input
                id={fileId}
                type="file"
                accept=".csv,text/csv"
                className={cx(controlStyle, 'py-2 text-sm file:mr-3 file:font-medium')}
                onChange={(event) => {
                  const file = event.currentTarget.files?.[0]
                  // The same file can be chosen again after it was mended.
                  event.currentTarget.value = ''
                  if (file) void preview(file)
                }}
              />
            </div>
            <Button
              variant="secondary"
              onClick={() => {
                saveFile('attune-people.csv', 'text/csv', TEMPLATE)
              }}
            >
              {t('template')}
            </Button>
          </div>
          {step.name === 'reading' ? <Spinner text={t('reading')} /> : null}
        </Card>
        {error ? (
          <Notice tone="danger" alert>
            {error}
          </Notice>
        ) : null}
        {step.name === 'preview' || step.name === 'importing' ? (
          <>
            <Notice title={t('preview')} alert>
              {t('previewLine', counts)}
            </Notice>
            <ImportRows rows={rows} />
            <div className="flex flex-wrap items-center gap-6">
              <Button
                disabled={useful === 0}
                busy={step.name === 'importing' && t('doing')}
                onClick={() => run(step.csv, step.answer)}
              >
                {t('do', { count: useful })}
              </Button>
              <Checkbox
                label={t('send')}
                hint={mail ? undefined : desk('invitations.noMail')}
                checked={send && mail}
                disabled={!mail}
                onCheckedChange={setSend}
              />
            </div>
          </>
        ) : null}
        {step.name === 'done' ? (
          <>
            <Notice tone="success" alert>
              {t('doneLine', counts)} {step.answer.sending ? t('doneSending') : ''}
            </Notice>
            {origin !== null && rows.some(({ token }) => token !== null) ? (
              <Button
                variant="secondary"
                className="justify-self-start"
                onClick={() => {
                  saveFile('attune-invitations.csv', 'text/csv', linksOf(step.answer, origin))
                }}
              >
                {t('links')}
              </Button>
            ) : null}
            <ImportRows rows={rows} />
          </>
        ) : null}
      </div>
    </>
  )
}

/** A cell that no spreadsheet takes for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

function linksOf({ rows }: Answer, origin: string): string {
  const lines = rows
    .filter(({ token }) => token !== null)
    .map(({ name, email, token }) =>
      [name, email, `${origin}/welcome/${token ?? ''}`].map(cell).join(','),
    )
  return ['name,email,link', ...lines, ''].join('\r\n')
}
