'use client'

/**
 * What the call measures of itself, for whoever wants to know: how packets travel, how long they
 * take, what is sent and received. It shows this device's own figures alone.
 */
import { Activity } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { Quality, QualityState, StreamFigures, WayFigures } from '../../_call/index.ts'
import { IconButton } from '../../_ui/button.tsx'
import { Dialog } from '../../_ui/dialog.tsx'
import { Cell, Row, Table } from '../../_ui/table.tsx'
import { useStore } from '../_state/use-store.ts'

/** A button, and the figures that it opens. */
export function Statistics({ quality }: { quality: Quality }): ReactNode {
  const t = useTranslations('quality')
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton
        label={t('button')}
        size="sm"
        round
        onClick={() => {
          setOpen(true)
        }}
      >
        <Activity aria-hidden="true" />
      </IconButton>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('title')}
        description={t('line')}
        closeLabel={t('close')}
        size="lg"
      >
        {open ? <Figures quality={quality} /> : null}
      </Dialog>
    </>
  )
}

function Figures({ quality }: { quality: Quality }): ReactNode {
  const t = useTranslations('quality')
  const state = useStore(quality.state)
  const { send, receive } = state
  if (send === null || receive === null) return <p className="text-ink-muted">{t('none')}</p>
  return (
    <div className="grid gap-5">
      <Summary state={state} send={send} receive={receive} />
      <Streams title={t('sent')} streams={send.streams} />
      <Streams title={t('received')} streams={receive.streams} />
    </div>
  )
}

function Summary(props: { state: QualityState; send: WayFigures; receive: WayFigures }): ReactNode {
  const t = useTranslations('quality')
  const { state, send, receive } = props
  const path = receive.path ?? send.path
  const trip = receive.roundTripMs ?? send.roundTripMs
  const lines: [string, string][] = [
    [t('connection'), state.own === null ? t('unknown') : t(`grade.${state.own}`)],
    [t('path'), path === null ? t('unknown') : t(`paths.${path}`)],
    [t('roundTrip'), trip === null ? t('unknown') : t('milliseconds', { count: trip })],
    [t('machine'), t(`strain.${String(state.strain) as '0' | '1' | '2'}`)],
  ]
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
      {lines.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-muted">{name}</dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Streams(props: { title: string; streams: readonly StreamFigures[] }): ReactNode {
  const t = useTranslations('quality')
  const format = useFormatter()
  const { title, streams } = props
  const number = (value: number | null): string => (value === null ? '–' : String(value))
  return (
    <Table
      caption={title}
      columns={[
        { key: 'stream', label: title },
        { key: 'rate', label: t('rate') },
        { key: 'frames', label: t('frames') },
        { key: 'height', label: t('height') },
        { key: 'loss', label: t('loss') },
      ]}
    >
      {streams.map((stream, index) => (
        <Row key={index}>
          <Cell>{t(`kinds.${stream.kind}`)}</Cell>
          <Cell>{t('kilobits', { count: stream.kilobits })}</Cell>
          <Cell>{number(stream.framesPerSecond)}</Cell>
          <Cell>{number(stream.height)}</Cell>
          <Cell>
            {stream.loss === null
              ? '–'
              : format.number(stream.loss, { style: 'percent', maximumFractionDigits: 1 })}
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
