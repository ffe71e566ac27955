'use client'

/** How web, the database and the media server are doing. The page measures rates itself, between two answers. */
import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import { useRef, type ReactNode } from 'react'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Badge } from '../../_ui/badge.tsx'
import { Notice, Section } from '../../_ui/card.tsx'
import { callWire } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { Cell, Row, Table } from '../../_ui/table.tsx'
import { bytesText, durationText, loadBetween } from './amounts.ts'
import { Facts } from './facts.tsx'

type Health = RouteAnswer<'healthDetails'>
type Load = NonNullable<Health['sfu'][number]['load']>
const REFRESH_MS = 5000

/** The page `/admin/health`. */
export function HealthPage(): ReactNode {
  const t = useTranslations('desk.health')
  const common = useTranslations('common')
  const last = useRef<Health>(undefined)
  const query = useQuery({
    queryKey: ['health-details'],
    queryFn: async ({ signal }) => {
      const now = await callWire('healthDetails', {}, null, { signal })
      const before = last.current
      last.current = now
      return { now, before }
    },
    refetchInterval: REFRESH_MS,
  })
  if (query.isPending) return <LoadingState text={common('loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  const { now, before } = query.data
  return (
    <>
      <PageHeader title={t('title')} description={t('line')} />
      <div className="grid grid-cols-1 gap-6">
        <Web now={now} before={before} />
        <DatabasePart database={now.database} />
        {now.sfu.map(({ node, load }) => {
          const earlier = before?.sfu.find((other) => other.node === node)?.load ?? null
          const seconds = before ? (now.at - before.at) / 1000 : 0
          return <Node key={node} name={node} load={load} before={earlier} seconds={seconds} />
        })}
      </div>
    </>
  )
}

function State({ answers }: { answers: boolean }): ReactNode {
  const t = useTranslations('desk.health')
  return <Badge tone={answers ? 'success' : 'danger'}>{answers ? t('answers') : t('silent')}</Badge>
}

/** Processor time between two answers, in per cent of one core. */
function Cpu(props: { now: number; before: number | undefined; seconds: number }): ReactNode {
  const t = useTranslations('desk.health')
  const format = useFormatter()
  const load = loadBetween(props.now, props.before, props.seconds)
  if (load === null) return t('cpuMeasuring')
  return format.number(load, { style: 'percent', maximumFractionDigits: 0 })
}

function Web({ now, before }: { now: Health; before: Health | undefined }): ReactNode {
  const t = useTranslations('desk.health')
  const { web } = now
  const cpu = (
    <Cpu
      now={web.cpuMilliseconds}
      before={before?.web.cpuMilliseconds}
      seconds={before ? (now.at - before.at) / 1000 : 0}
    />
  )
  return (
    <Section id="web" title={t('web')} actions={<State answers />}>
      <Facts
        facts={[
          [t('uptime'), durationText(web.uptimeSeconds)],
          [t('cpu'), cpu],
          [t('memory'), bytesText(web.memoryBytes)],
          [t('version'), `Node ${web.node}`],
          [t('mail'), web.mail ? t('mailOn') : t('mailOff')],
        ]}
      />
    </Section>
  )
}

function DatabasePart({ database }: { database: Health['database'] }): ReactNode {
  const t = useTranslations('desk.health')
  return (
    <Section id="database" title={t('database')} actions={<State answers={database !== null} />}>
      {database === null ? (
        <Notice tone="danger">{t('silentDatabase')}</Notice>
      ) : (
        <Facts
          facts={[
            [t('latency'), t('milliseconds', { count: Math.round(database.answersInMs) })],
            [t('size'), bytesText(database.bytes)],
            [t('connections'), String(database.connections)],
            [t('version'), `PostgreSQL ${database.version}`],
          ]}
        />
      )}
    </Section>
  )
}

function Node(props: {
  name: string
  load: Load | null
  before: Load | null
  seconds: number
}): ReactNode {
  const { name, load, before, seconds } = props
  const t = useTranslations('desk.health')
  return (
    <Section
      id={`node-${name}`}
      title={t('node', { name })}
      actions={<State answers={load !== null} />}
    >
      {load === null ? (
        <Notice tone="danger">{t('silentSfu')}</Notice>
      ) : (
        <>
          <Facts
            facts={[
              [t('classes'), String(load.classes)],
              [t('members'), String(load.members)],
              [t('uptime'), durationText(load.uptimeSeconds)],
              [
                t('cpu'),
                <Cpu
                  key="cpu"
                  now={load.cpuMilliseconds}
                  before={before?.cpuMilliseconds}
                  seconds={seconds}
                />,
              ],
              [t('memory'), bytesText(load.memoryBytes)],
            ]}
          />
          <Workers name={name} load={load} before={before} seconds={seconds} />
        </>
      )}
    </Section>
  )
}

function Workers(props: {
  name: string
  load: Load
  before: Load | null
  seconds: number
}): ReactNode {
  const { name, load, before, seconds } = props
  const t = useTranslations('desk.health')
  const columns = [
    { key: 'port', label: t('port') },
    { key: 'state', label: t('state') },
    { key: 'routers', label: t('routers'), numeric: true },
    { key: 'cpu', label: t('cpu'), numeric: true },
    { key: 'memory', label: t('memory'), numeric: true },
  ]
  return (
    <Table caption={t('workers', { name })} columns={columns}>
      {load.workers.map((worker) => {
        const earlier = before?.workers.find(({ port }) => port === worker.port)
        return (
          <Row key={worker.port}>
            <Cell className="tabular-nums">{worker.port}</Cell>
            <Cell>
              <Badge tone={worker.running ? 'success' : 'warning'}>
                {worker.running ? t('running') : t('replaced')}
              </Badge>
            </Cell>
            <Cell numeric>{worker.routers}</Cell>
            <Cell numeric>
              <Cpu
                now={worker.cpuMilliseconds}
                before={earlier?.cpuMilliseconds}
                seconds={seconds}
              />
            </Cell>
            <Cell numeric>{bytesText(worker.memoryBytes)}</Cell>
          </Row>
        )
      })}
    </Table>
  )
}
