'use client'

/**
 * Says politely, to a screen reader alone, what others write, who raises a hand and what reactions
 * come: what comes close together in one go, and nothing while the person wants quiet.
 */
import { useTranslations } from 'next-intl'
import { useEffect, useState, type ReactNode } from 'react'
import type { Talk } from '../../_call/index.ts'
import { announcements } from '../_state/announcements.ts'

const GATHER_MS = 1_200
const MOST_LETTERS = 160
/** What is said in one go; more would still be read when it has long been over. */
const MOST_LINES = 5

/** An unseen live region. */
export function Announcer({ talk }: { talk: Talk }): ReactNode {
  const t = useTranslations('talk')
  const [said, setSaid] = useState('')

  useEffect(() => {
    let lines: string[] = []
    let timer: ReturnType<typeof setTimeout> | null = null
    const say = (line: string): void => {
      if (!announcements.getState().aloud) return
      lines = [...lines, line].slice(-MOST_LINES)
      timer ??= setTimeout(() => {
        setSaid(lines.join('\n'))
        lines = []
        timer = null
      }, GATHER_MS)
    }
    const ends = [
      talk.events.on('message', ({ name, text, privateWith }) => {
        const start = text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text
        say(t(privateWith === null ? 'chat.said' : 'chat.saidPrivately', { name, text: start }))
      }),
      talk.events.on('handRaised', ({ name }) => {
        say(t('hands.said', { name }))
      }),
      talk.events.on('reaction', ({ name, reaction }) => {
        say(t('reactions.said', { name, reaction: t(`reactions.names.${reaction}`) }))
      }),
    ]
    return () => {
      if (timer !== null) clearTimeout(timer)
      for (const end of ends) end()
    }
  }, [talk, t])

  return (
    <p aria-live="polite" className="sr-only whitespace-pre-line">
      {said}
    </p>
  )
}
