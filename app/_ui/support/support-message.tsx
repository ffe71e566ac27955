'use client'

/**
 * The message that asks a student whether help is welcome, over whatever page is open. Showing it, and either
 * answer, must not cause a request: no link that is fetched ahead, no code or picture that is loaded for it alone.
 */
import { HeartHandshake } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { getVault } from '../../_vault/client.ts'
import { Button } from '../button.tsx'
import { sentenceFor } from '../data/failure.ts'
import { useSupport } from '../data/use-support.ts'

const HEADING = 'support-message-title'

/** Shows the message, where there is one; it floats, so that nothing on the page moves. */
export function SupportMessage(): ReactNode {
  const t = useTranslations('support.message')
  const { message } = useSupport()
  const router = useRouter()
  const [failed, setFailed] = useState<string>()
  const answer = async (flag: string, given: 'yes' | 'no'): Promise<void> => {
    try {
      await getVault().call('answerSupportMessage', { flag, answer: given })
      if (given === 'yes') router.push('/support')
    } catch (cause) {
      setFailed(sentenceFor(cause))
    }
  }
  return (
    <div aria-live="polite">
      {message ? (
        <article
          aria-labelledby={HEADING}
          className="fixed inset-x-3 bottom-3 z-30 grid max-h-[calc(100dvh-1.5rem)] animate-rise gap-4 overflow-y-auto rounded-panel border border-line bg-raised p-5 shadow-over sm:inset-x-auto sm:right-6 sm:bottom-6 sm:w-104 sm:p-6"
        >
          <div className="flex items-start gap-4">
            <span className="grid size-11 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-ink">
              <HeartHandshake aria-hidden="true" className="size-5.5" />
            </span>
            <div className="grid gap-2">
              <h2 id={HEADING} className="text-lg font-semibold tracking-tight">
                {t('title')}
              </h2>
              <p className="leading-relaxed">{t('text')}</p>
              <p className="text-sm text-ink-muted">
                {t('private')} {t('doubt')}
              </p>
            </div>
          </div>
          {failed ? (
            <p role="alert" className="text-sm text-danger-ink">
              {failed}
            </p>
          ) : null}
          <div className="flex flex-col gap-2.5 sm:flex-row sm:justify-end">
            <Button onClick={() => answer(message.flag, 'yes')} className="sm:order-2">
              {t('yes')}
            </Button>
            <Button
              variant="secondary"
              onClick={() => answer(message.flag, 'no')}
              className="sm:order-1"
            >
              {t('no')}
            </Button>
          </div>
        </article>
      ) : null}
    </div>
  )
}
