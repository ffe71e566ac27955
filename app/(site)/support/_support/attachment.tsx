'use client'

/** What a student chose to share of the own history, in figures that a reader cannot take for more than they are. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { AttachmentContent } from '../../../_vault/support/verbs.ts'
import { EMOTIONS, type Emotion } from '../../../_wire/emotions.ts'
import { Section } from '../../../_ui/card.tsx'
import { useWhen } from './use-when.ts'

const COLOURS: Readonly<Record<Emotion | 'unclear', string>> = {
  neutral: 'bg-emotion-neutral',
  happy: 'bg-emotion-happy',
  sad: 'bg-emotion-sad',
  surprise: 'bg-emotion-surprise',
  fear: 'bg-emotion-fear',
  disgust: 'bg-emotion-disgust',
  anger: 'bg-emotion-anger',
  contempt: 'bg-emotion-contempt',
  unclear: 'bg-emotion-unclear',
}
const NAMES = [...EMOTIONS, 'unclear'] as const

export function Attachment({ attachment }: { attachment: AttachmentContent | null }): ReactNode {
  const t = useTranslations('support.case')
  return (
    <Section id="attached" title={t('attached')}>
      {attachment === null ? <p className="text-ink-muted">{t('attachedDamaged')}</p> : null}
      {attachment?.share === 'nothing' ? (
        <p className="text-ink-muted">{t('attachedNothing')}</p>
      ) : null}
      {attachment && attachment.share !== 'nothing' ? (
        <div className="grid gap-5">
          <p className="text-sm text-ink-muted">{t('caution')}</p>
          {attachment.classes.length === 0 ? <p>{t('noReadings')}</p> : null}
          {attachment.share === 'summary'
            ? attachment.classes.map((one) => <Summary key={one.classId} {...one} />)
            : attachment.classes.map((one) => <Readings key={one.classId} {...one} />)}
          {attachment.share === 'readings' && attachment.cut ? <p>{t('cut')}</p> : null}
        </div>
      ) : null}
    </Section>
  )
}

type SummaryClass = Extract<AttachmentContent, { share: 'summary' }>['classes'][number]
type ReadingsClass = Extract<AttachmentContent, { share: 'readings' }>['classes'][number]

function Summary({ startedAt, counts }: SummaryClass): ReactNode {
  const t = useTranslations('support.case')
  const when = useWhen()
  const total = NAMES.reduce((sum, name) => sum + counts[name], 0)
  return (
    <div className="grid gap-2">
      <h3 className="text-sm font-medium">{when(startedAt)}</h3>
      <div aria-hidden="true" className="flex h-3 overflow-hidden rounded-full bg-sunken">
        {NAMES.map((name) => (
          <span
            key={name}
            className={COLOURS[name]}
            style={{ width: `${(100 * counts[name]) / Math.max(1, total)}%` }}
          />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {NAMES.filter((name) => counts[name] > 0).map((name) => (
          <li key={name} className="flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className={`size-2.5 rounded-full ring-1 ring-ink/15 ${COLOURS[name]}`}
            />
            {name === 'unclear' ? t('unclear') : name} {counts[name]}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Readings({ startedAt, readings }: ReadingsClass): ReactNode {
  const t = useTranslations('support.case')
  const when = useWhen()
  return (
    <div className="grid gap-2">
      <h3 className="text-sm font-medium">{when(startedAt)}</h3>
      <ol className="flex flex-wrap gap-1">
        {readings.map(([interval, emotion]) => {
          const name = EMOTIONS[emotion] ?? 'unclear'
          const label = `${t('minute')} ${interval}: ${name === 'unclear' ? t('unclear') : name}`
          return (
            <li key={interval}>
              <span
                role="img"
                aria-label={label}
                title={label}
                className={`block size-4 rounded ring-1 ring-ink/15 ${COLOURS[name]}`}
              />
            </li>
          )
        })}
      </ol>
    </div>
  )
}
