'use client'

/** Runs what a person asked of the class, and says in a sentence what came of it where that failed. */
import { useTranslations } from 'next-intl'
import { codeOf } from '../../_call/index.ts'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { toast } from '../../_ui/toaster.tsx'

/** The sentence for anything that a request of the class threw. */
export function useSentence(): (error: unknown) => string {
  const t = useTranslations('talk')
  return (error) => {
    const code = codeOf(error)
    const cut = code === 'connection-closed' || code === 'request-timeout'
    return cut ? t('noConnection') : sentenceFor(error)
  }
}

/** @returns a function that runs `ask` and shows what went wrong */
export function useSaid(): (ask: () => Promise<void>) => Promise<void> {
  const sentence = useSentence()
  return async (ask) => {
    try {
      await ask()
    } catch (error) {
      toast.error(sentence(error))
    }
  }
}
