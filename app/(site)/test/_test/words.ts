/** The connection test's results as sentences, and as the text that a person sends. Pure. */
import type { useTranslations } from 'next-intl'
import {
  type Check,
  CHECKS,
  type CheckState,
  type TestState,
} from '../../../_call/trial/connection-test.ts'

type Translate = ReturnType<typeof useTranslations<'connectionTest'>>

const KNOWN = [
  'device-permission-refused',
  'device-not-found',
  'device-in-use',
  'device-unavailable',
  'connection-closed',
  'request-timeout',
  'no-media',
] as const

/** What became of one check. */
export function sentenceOf(t: Translate, check: Check, result: CheckState): string {
  switch (result.state) {
    case 'waiting':
    case 'running':
      return t(`states.${result.state}`)
    case 'skipped':
      return t(`skipped.${result.code}`)
    case 'failed': {
      const known = KNOWN.find((code) => code === result.code)
      return known === undefined ? t('failed.other', { code: result.code }) : t(`failed.${known}`)
    }
    case 'passed':
      return passed(t, check, result)
  }
}

function passed(
  t: Translate,
  check: Check,
  { label, milliseconds, kilobits, lossPercent = 0 }: Extract<CheckState, { state: 'passed' }>,
): string {
  if (kilobits !== undefined) {
    return milliseconds === undefined
      ? t('arrives', { kilobits, lossPercent })
      : t('arrivesIn', { kilobits, lossPercent, milliseconds })
  }
  if (milliseconds !== undefined) {
    return t(check === 'signalling' ? 'answers' : 'connectedIn', { milliseconds })
  }
  return label === undefined || label === '' ? t('works') : t('worksAs', { label })
}

export type Verdict = 'good' | 'slow' | 'bad'

/** Whether a class works from here. */
export function verdictOf({ checks }: TestState): Verdict {
  if (checks.media.state !== 'passed') return 'bad'
  const devices = checks.camera.state === 'passed' && checks.microphone.state === 'passed'
  if (!devices) return 'bad'
  return checks.udp.state === 'passed' ? 'good' : 'slow'
}

/** The result as lines of text. */
export function asText(
  t: Translate,
  state: TestState,
  where: { at: Date; browser: string },
): string {
  const lines = CHECKS.map((check) => {
    return `${t(`checks.${check}`)}: ${sentenceOf(t, check, state.checks[check])}`
  })
  const head = `${t('title')}, ${where.at.toISOString()}`
  return [head, where.browser, t(`verdict.${verdictOf(state)}`), ...lines].join('\n')
}
