'use client'

/**
 * The connection test as a page: one button, a line a check, and the result as text to send. Devices
 * are asked for only once the button is pressed.
 */
import { CircleCheck, CircleDashed, CircleX, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState, type ReactNode } from 'react'
import {
  type Check,
  CHECKS,
  type CheckState,
  ConnectionTest,
} from '../../../_call/trial/connection-test.ts'
import { Button } from '../../../_ui/button.tsx'
import { Card, Notice } from '../../../_ui/card.tsx'
import { callWire } from '../../../_ui/data/wire.ts'
import { PageHeader } from '../../../_ui/page-header.tsx'
import { SpinnerRing } from '../../../_ui/spinner.tsx'
import { WireError } from '../../../_wire/client.ts'
import { useStore } from '../../../class/_state/use-store.ts'
import { asText, sentenceOf, verdictOf } from './words.ts'

const TONES = { good: 'success', slow: 'info', bad: 'warning' } as const

/** The page. */
export function TestPage(): ReactNode {
  const t = useTranslations('connectionTest')
  const [test] = useState(
    () =>
      new ConnectionTest({
        devices: typeof navigator === 'undefined' ? undefined : navigator.mediaDevices,
        fetchTickets,
      }),
  )
  const state = useStore(test.state)
  const { phase, checks } = state
  return (
    <>
      <PageHeader title={t('title')} description={t('line')} />
      <div className="grid max-w-2xl gap-6">
        <Button
          size="lg"
          className="justify-self-start"
          disabled={phase === 'running'}
          onClick={() => {
            void test.run()
          }}
        >
          {phase === 'running' ? t('running') : t(phase === 'done' ? 'again' : 'start')}
        </Button>
        <div role="status">
          {phase === 'done' ? (
            <Notice tone={TONES[verdictOf(state)]}>{t(`verdict.${verdictOf(state)}`)}</Notice>
          ) : null}
        </div>
        <Card>
          <ul className="grid gap-1">
            {CHECKS.map((check) => (
              <Line key={check} check={check} result={checks[check]} />
            ))}
          </ul>
        </Card>
        {phase === 'done' ? (
          <Result text={asText(t, state, { at: new Date(), browser: navigator.userAgent })} />
        ) : null}
      </div>
    </>
  )
}

function Line({ check, result }: { check: Check; result: CheckState }): ReactNode {
  const t = useTranslations('connectionTest')
  return (
    <li className="flex min-h-14 items-center gap-4 py-1">
      <Sign state={result.state} />
      <div className="grid">
        <span className="font-medium">{t(`checks.${check}`)}</span>
        <span className="text-sm text-ink-muted">{sentenceOf(t, check, result)}</span>
      </div>
    </li>
  )
}

function Sign({ state }: { state: CheckState['state'] }): ReactNode {
  const look = 'size-5 shrink-0'
  if (state === 'running') return <SpinnerRing className={look} />
  if (state === 'passed')
    return <CircleCheck aria-hidden="true" className={`${look} text-success-ink`} />
  if (state === 'failed')
    return <CircleX aria-hidden="true" className={`${look} text-danger-ink`} />
  return <CircleDashed aria-hidden="true" className={`${look} text-ink-muted`} />
}

function Result({ text }: { text: string }): ReactNode {
  const t = useTranslations('connectionTest')
  const [copied, setCopied] = useState(false)
  const id = useId()
  return (
    <section className="grid gap-3" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="text-xl font-semibold tracking-tight">
        {t('resultTitle')}
      </h2>
      <p className="text-ink-muted">{t('resultLine')}</p>
      <textarea
        aria-label={t('result')}
        readOnly
        value={text}
        rows={text.split('\n').length}
        className="w-full resize-y rounded-control border border-line bg-sunken p-4 font-mono text-xs leading-relaxed"
      />
      <Button
        variant="secondary"
        className="justify-self-start"
        onClick={() => {
          // Where the clipboard is closed the text stands there to be marked.
          navigator.clipboard.writeText(text).then(
            () => {
              setCopied(true)
            },
            () => undefined,
          )
        }}
      >
        <Copy aria-hidden="true" />
        {copied ? t('copied') : t('copy')}
      </Button>
    </section>
  )
}

async function fetchTickets(): ReturnType<
  ConstructorParameters<typeof ConnectionTest>[0]['fetchTickets']
> {
  try {
    return await callWire('connectionTest', {}, {})
  } catch (error) {
    if (error instanceof WireError && error.code === 'not-signed-in') return null
    throw error
  }
}
