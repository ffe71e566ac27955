'use client'

/**
 * The people who wait to be let in, and those who were removed, in the panel *People*: for teachers
 * alone.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Moderation } from '../../_call/index.ts'
import { Button } from '../../_ui/button.tsx'
import { useStore } from '../_state/use-store.ts'
import { useCommand } from './run-command.ts'

/** Two lists; nothing where both are empty. */
export function DoorLists({ moderation }: { moderation: Moderation }): ReactNode {
  const t = useTranslations('moderation.door')
  const { waiting, removed } = useStore(moderation.state)
  const command = useCommand()
  return (
    <>
      {waiting.length === 0 ? null : (
        <section
          aria-label={t('waiting')}
          className="grid grid-cols-1 gap-1 border-b border-line px-5 pb-4"
        >
          <div className="flex items-center justify-between gap-3">
            <h3 className="text-sm font-medium">{t('waitingCount', { count: waiting.length })}</h3>
            <Button
              size="sm"
              variant="quiet"
              className="-mr-3"
              onClick={() => command(() => moderation.admitAll())}
            >
              {t('admitAll')}
            </Button>
          </div>
          <ul className="grid grid-cols-1 gap-1">
            {waiting.map(({ accountId, name, role }) => (
              <li key={accountId} className="flex min-h-11 items-center gap-2">
                <bdi className="min-w-0 flex-1 truncate text-[0.9375rem]">
                  {role === 'guest' ? t('guest', { name }) : name}
                </bdi>
                <Button
                  size="sm"
                  variant="quiet"
                  aria-label={t('declineNamed', { name })}
                  onClick={() => command(() => moderation.answerDoor(accountId, 'decline'))}
                >
                  {t('decline')}
                </Button>
                <Button
                  size="sm"
                  aria-label={t('admitNamed', { name })}
                  onClick={() => command(() => moderation.answerDoor(accountId, 'admit'))}
                >
                  {t('admit')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {removed.length === 0 ? null : (
        <section
          aria-label={t('removed')}
          className="grid grid-cols-1 gap-1 border-b border-line px-5 py-3"
        >
          <h3 className="text-sm font-medium">{t('removed')}</h3>
          <ul className="grid grid-cols-1 gap-1">
            {removed.map(({ accountId, name }) => (
              <li key={accountId} className="flex min-h-11 items-center gap-2">
                <bdi className="min-w-0 flex-1 truncate text-[0.9375rem]">{name}</bdi>
                <Button
                  size="sm"
                  variant="quiet"
                  aria-label={t('letBackInNamed', { name })}
                  onClick={() => command(() => moderation.letBackIn(accountId))}
                >
                  {t('letBackIn')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
