'use client'

/**
 * What a school admin may do for one person beyond rights: look up the consents, which the person sees, and issue a code
 * for starting with new keys. It must never look anything up before the admin asks for it.
 */
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Button } from '../../_ui/button.tsx'
import { Notice, Section } from '../../_ui/card.tsx'
import { CopyField } from '../../_ui/copy-field.tsx'
import { usePublicUrl } from '../../_ui/data/use-session.ts'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire } from '../../_ui/data/wire.ts'
import { EmptyState } from '../../_ui/states.tsx'
import { Cell, Row, Table } from '../../_ui/table.tsx'

/** Something that is asked for by a button: what came, what went wrong, whether it is under way. */
function useAsked<Answer>(ask: () => Promise<Answer>) {
  const [answer, setAnswer] = useState<Answer>()
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const run = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      setAnswer(await ask())
    } catch (cause) {
      setError(sentenceFor(cause))
    }
    setBusy(false)
  }
  return { answer, error, busy, run }
}

/** The section *Consents*: button *Look up the consents*, then a table. */
export function PersonConsents({ personId }: { personId: string }): ReactNode {
  const t = useTranslations('care')
  const { answer, error, busy, run } = useAsked(() =>
    callWire('personConsents', { id: personId }, {}),
  )
  return (
    <Section id="consents" title={t('consentsTitle')} description={t('consentsLine')}>
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      {answer ? (
        <Consents consents={answer.consents} />
      ) : (
        <Button
          variant="secondary"
          className="justify-self-start max-sm:w-full"
          busy={busy && t('consentsLooking')}
          onClick={run}
        >
          {t('consentsLook')}
        </Button>
      )}
    </Section>
  )
}

function Consents({ consents }: Pick<RouteAnswer<'personConsents'>, 'consents'>): ReactNode {
  const t = useTranslations('care')
  const locale = useLocale()
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  if (consents.length === 0) {
    return (
      <EmptyState level={3} title={t('consentsEmptyTitle')}>
        {t('consentsEmptyText')}
      </EmptyState>
    )
  }
  return (
    <Table
      caption={t('consentsTitle')}
      columns={[
        { key: 'course', label: t('columnCourse') },
        { key: 'answer', label: t('columnAnswer') },
        { key: 'giver', label: t('columnGiver') },
        { key: 'text', label: t('columnText') },
        { key: 'at', label: t('columnAt') },
      ]}
    >
      {consents.map((one) => (
        <Row key={`${one.courseId} ${one.at}`}>
          <Cell className="max-w-48 truncate">{one.courseName}</Cell>
          <Cell className="whitespace-nowrap">{t(one.decision)}</Cell>
          <Cell>
            {one.givenBy === 'self' ? t('giverSelf') : t('giverGuardian', { name: one.giverName })}
          </Cell>
          <Cell className="whitespace-nowrap" title={t('textHash', { hash: one.textHash })}>
            {t('textLanguage', { text: one.textId, language: one.language })}
          </Cell>
          <Cell className="whitespace-nowrap text-ink-muted">{when.format(one.at)}</Cell>
        </Row>
      ))}
    </Table>
  )
}

/** The section that issues a reset code: button *Issue a reset code*, then the textbox *Reset code*. */
export function IssueReset({ personId }: { personId: string }): ReactNode {
  const t = useTranslations('care')
  const locale = useLocale()
  const origin = usePublicUrl()
  const { answer, error, busy, run } = useAsked(() => callWire('issueReset', { id: personId }, {}))
  return (
    <Section id="reset" title={t('issueTitle')} description={t('issueLine')}>
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      {answer && origin !== null ? (
        <CopyField
          code
          label={t('issueCode')}
          hint={t('issueHint', {
            time: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(answer.expiresAt),
            address: `${origin}/reset`,
          })}
          value={answer.code}
        />
      ) : (
        <Button
          variant="secondary"
          className="justify-self-start max-sm:w-full"
          busy={busy && t('issueMaking')}
          onClick={run}
        >
          {t('issueButton')}
        </Button>
      )}
    </Section>
  )
}
