'use client'

/**
 * Writing to someone at school: whom, what, and what of the own history goes along. The vault seals it to the chosen
 * people; nothing that is typed here is sent in any other way.
 */
import { UsersRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { getVault } from '../../../_vault/client.ts'
import type { AttachmentContent } from '../../../_vault/support/verbs.ts'
import { Button, ButtonLink } from '../../../_ui/button.tsx'
import { Card, Notice } from '../../../_ui/card.tsx'
import { Checkbox, RadioGroup, Switch } from '../../../_ui/choice.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { FieldError } from '../../../_ui/field.tsx'
import { LoadFailed } from '../../../_ui/load-failed.tsx'
import { PageHeader } from '../../../_ui/page-header.tsx'
import { LoadingState } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { NumberField, TextArea, TextField } from '../../../_ui/text-field.tsx'
import { VaultGate } from '../../../_ui/vault-gate.tsx'
import { type OfferedPerson, offeredPeople } from './offered-people.ts'
import { supportKeys, useOffers } from './use-cases.ts'

/** The page `/support/new`. */
export function NewCasePage(): ReactNode {
  return <VaultGate>{() => <NewCase />}</VaultGate>
}

function NewCase(): ReactNode {
  const t = useTranslations('support')
  const query = useOffers()
  if (query.isPending) return <LoadingState text={t('page.loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  return (
    <>
      <PageHeader
        back={{ href: '/support', label: t('page.title') }}
        title={t('new.title')}
        description={t('new.line')}
      />
      {query.data.helpers.length > 0 ? (
        <Form people={offeredPeople(query.data.helpers)} />
      ) : (
        <EmptyState
          icon={<UsersRound aria-hidden="true" />}
          title={t('new.emptyTitle')}
          action={<ButtonLink href="/support/directory">{t('page.directoryAction')}</ButtonLink>}
        >
          {t('new.emptyText')}
        </EmptyState>
      )}
    </>
  )
}

type Share = AttachmentContent['share']

function Form({ people }: { people: readonly OfferedPerson[] }): ReactNode {
  const t = useTranslations('support.new')
  const router = useRouter()
  const cache = useQueryClient()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [text, setText] = useState('')
  const [share, setShare] = useState<Share>('nothing')
  const [meet, setMeet] = useState(false)
  const [when, setWhen] = useState('')
  const [minutes, setMinutes] = useState('30')
  const [tried, setTried] = useState(false)
  const [sending, setSending] = useState(false)
  const [failed, setFailed] = useState<string>()

  const startsAt = when === '' ? Number.NaN : new Date(when).getTime()
  const length = Number(minutes)
  const errors = {
    who: chosen.length === 0 && t('whoMissing'),
    text: text.trim() === '' && t('textMissing'),
    meet:
      meet &&
      (Number.isNaN(startsAt) || !Number.isInteger(length) || length < 5 || length > 240) &&
      t('meetMissing'),
  }
  const shown = (error: string | false): string | undefined => (tried && error ? error : undefined)

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (errors.who || errors.text || errors.meet) return
    setSending(true)
    setFailed(undefined)
    try {
      const { caseId } = await getVault().call('openCase', {
        helpers: people
          .filter(({ id }) => chosen.includes(id))
          .map(({ id, courseId }) => ({ accountId: id, courseId })),
        text: text.trim(),
        meeting: meet ? { startsAt, minutes: length } : null,
        share,
      })
      await cache.invalidateQueries({ queryKey: supportKeys.cases })
      router.push(`/support/cases/${caseId}`)
    } catch (cause) {
      setFailed(sentenceFor(cause))
      setSending(false)
    }
  }

  return (
    <Card className="max-w-3xl">
      <form onSubmit={submit} noValidate className="grid gap-8">
        <fieldset className="grid gap-3" aria-describedby="who-error">
          <legend className="pb-1 text-sm font-medium">{t('who')}</legend>
          <p className="text-sm text-ink-muted">{t('whoHint')}</p>
          {people.map(({ id, name, standings }) => (
            <Checkbox
              key={id}
              label={name}
              hint={standings
                .map(({ standing, course }) =>
                  t(`standing.${standing}`, { course: course?.name ?? '' }),
                )
                .join(' · ')}
              checked={chosen.includes(id)}
              onCheckedChange={(on) => {
                setChosen(on ? [...chosen, id] : chosen.filter((one) => one !== id))
              }}
            />
          ))}
          <FieldError id="who-error" error={shown(errors.who)} />
        </fieldset>
        <TextArea
          label={t('text')}
          hint={t('textHint')}
          rows={6}
          maxLength={4000}
          value={text}
          error={shown(errors.text)}
          onChange={(event) => {
            setText(event.currentTarget.value)
          }}
        />
        <RadioGroup
          label={t('share')}
          value={share}
          onValueChange={setShare}
          options={[
            { value: 'nothing', label: t('shareNothing'), hint: t('shareNothingHint') },
            { value: 'summary', label: t('shareSummary'), hint: t('shareSummaryHint') },
            { value: 'readings', label: t('shareReadings'), hint: t('shareReadingsHint') },
          ]}
        />
        <div className="grid gap-4">
          <Switch label={t('meet')} hint={t('meetHint')} checked={meet} onCheckedChange={setMeet} />
          {meet ? (
            <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_10rem]">
              <TextField
                label={t('meetWhen')}
                type="datetime-local"
                value={when}
                error={shown(errors.meet)}
                onChange={(event) => {
                  setWhen(event.currentTarget.value)
                }}
              />
              <NumberField
                label={t('meetMinutes')}
                min={5}
                max={240}
                value={minutes}
                onChange={(event) => {
                  setMinutes(event.currentTarget.value)
                }}
              />
            </div>
          ) : null}
        </div>
        {failed ? (
          <Notice tone="danger" alert>
            {failed}
          </Notice>
        ) : null}
        <Button
          type="submit"
          className="justify-self-start max-sm:w-full"
          busy={sending && t('sending')}
        >
          {t('send')}
        </Button>
      </form>
    </Card>
  )
}
