'use client'

/** Runs a teacher's command and says it where it could not be done; what was wanted may be tried again. */
import { useTranslations } from 'next-intl'
import { signalingErrors } from '../../../sfu/protocol/index.ts'
import { toast } from '../../_ui/toaster.tsx'
import { codeOfAny } from '../_state/classroom.ts'

/** @returns a function that answers whether the command was carried out */
export function useCommand(): (command: () => Promise<void>) => Promise<boolean> {
  const t = useTranslations('moderation')
  return async (command) => {
    try {
      await command()
      return true
    } catch (error) {
      const code = codeOfAny(error)
      const sentence = Object.entries(signalingErrors).find(([known]) => known === code)?.[1]
      toast.error(sentence ?? t('failed'))
      return false
    }
  }
}
