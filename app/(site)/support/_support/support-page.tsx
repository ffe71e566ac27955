'use client'

/**
 * The page `/support`: three ways to help, messages, cases. Everything on it is there for everyone at any time, so that
 * opening it says nothing about anybody.
 */
import { Bot, MessagesSquare, PhoneCall } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ButtonLink } from '../../../_ui/button.tsx'
import { Card, Notice } from '../../../_ui/card.tsx'
import { LoadFailed } from '../../../_ui/load-failed.tsx'
import { PageHeader } from '../../../_ui/page-header.tsx'
import { LoadingState } from '../../../_ui/spinner.tsx'
import { VaultGate } from '../../../_ui/vault-gate.tsx'
import type { RouteAnswer } from '../../../_wire/routes.ts'
import { CaseLists } from './case-lists.tsx'
import { MessageSettings } from './message-settings.tsx'
import { useOffers } from './use-cases.ts'

/** The page `/support`. */
export function SupportPage(): ReactNode {
  return <VaultGate>{() => <Support />}</VaultGate>
}

function Support(): ReactNode {
  const t = useTranslations('support.page')
  const query = useOffers()
  if (query.isPending) return <LoadingState text={t('loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  return (
    <>
      <PageHeader title={t('title')} description={t('line')} />
      <div className="grid gap-8">
        <Notice tone="info">{t('urgent')}</Notice>
        <Ways offers={query.data} />
        <CaseLists />
        <MessageSettings />
      </div>
    </>
  )
}

function Ways({ offers }: { offers: RouteAnswer<'support'> }): ReactNode {
  const t = useTranslations('support.page')
  const someone = offers.helpers.length > 0
  return (
    <section aria-labelledby="ways-heading" className="grid gap-4">
      <h2 id="ways-heading" className="sr-only">
        {t('waysTitle')}
      </h2>
      <div className="grid gap-5 md:grid-cols-2 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none">
        <Way
          icon={<MessagesSquare aria-hidden="true" />}
          title={t('personTitle')}
          text={someone ? t('personText') : t('nobody')}
          action={someone ? { href: '/support/new', label: t('personAction') } : null}
        />
        <Way
          icon={<PhoneCall aria-hidden="true" />}
          title={t('directoryTitle')}
          text={t('directoryText')}
          action={{ href: '/support/directory', label: t('directoryAction') }}
        />
        {offers.assistant ? (
          <Way
            icon={<Bot aria-hidden="true" />}
            title={t('assistantTitle')}
            text={t('assistantText')}
            action={{ href: '/support/assistant', label: t('assistantAction') }}
          />
        ) : null}
      </div>
    </section>
  )
}

function Way(props: {
  icon: ReactNode
  title: string
  text: string
  action: { href: string; label: string } | null
}): ReactNode {
  const { icon, title, text, action } = props
  return (
    <Card className="grid content-between gap-5">
      <div className="grid gap-3">
        <span className="grid size-11 place-items-center rounded-full bg-accent-soft text-accent-ink [&_svg]:size-5.5">
          {icon}
        </span>
        <h3 className="text-lg font-semibold tracking-tight text-balance">{title}</h3>
        <p className="leading-relaxed text-ink-muted">{text}</p>
      </div>
      {action ? (
        <ButtonLink href={action.href} variant="secondary" className="justify-self-start">
          {action.label}
        </ButtonLink>
      ) : null}
    </Card>
  )
}
