'use client'

/**
 * One conversation with the assistant. It lives in this page's memory and nowhere else; stopping ends the request, and
 * leaving the page ends it all.
 */
import { useLocale } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { errorAnswer } from '../../../_wire/errors.ts'
import {
  chatPiece,
  type ChatMessage,
  type ChatPiece,
  type DirectoryEntry,
} from '../../../_wire/support.ts'

export type ChatEntry =
  | { readonly kind: 'person' | 'assistant'; readonly text: string }
  | { readonly kind: 'help-lines'; readonly entries: readonly DirectoryEntry[] }
  | { readonly kind: 'stopped' }

export type ChatFailure = 'failed' | 'too-often'

export interface Chat {
  readonly entries: readonly ChatEntry[]
  readonly busy: boolean
  readonly failure: ChatFailure | null
  readonly send: (text: string) => void
  readonly stop: () => void
  readonly clear: () => void
}

/** Pieces of a stream of JSON lines, as they come. */
export async function* readPieces(body: ReadableStream<Uint8Array>): AsyncGenerator<ChatPiece> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line !== '') yield chatPiece.parse(JSON.parse(line))
    }
  } finally {
    await reader.cancel()
  }
}

const MOST_PASSED_ON = 40

function messagesOf(entries: readonly ChatEntry[]): ChatMessage[] {
  return entries
    .flatMap((entry): ChatMessage[] =>
      (entry.kind === 'person' || entry.kind === 'assistant') && entry.text.trim() !== ''
        ? [{ role: entry.kind, text: entry.text.slice(0, 8_000) }]
        : [],
    )
    .slice(-MOST_PASSED_ON)
}

export function useChat(): Chat {
  const language = useLocale()
  const [entries, setEntries] = useState<readonly ChatEntry[]>([])
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ChatFailure | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(
    () => () => {
      running.current?.abort()
    },
    [],
  )

  const answer = async (asked: readonly ChatEntry[], signal: AbortSignal): Promise<void> => {
    const response = await fetch('/api/support/chat', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: messagesOf(asked), language }),
      cache: 'no-store',
      signal,
    })
    if (!response.ok || response.body === null) {
      const refused = errorAnswer.safeParse(await response.json())
      setFailure(refused.data?.error.code === 'too-many-requests' ? 'too-often' : 'failed')
      return
    }
    let text = ''
    for await (const piece of readPieces(response.body)) {
      if (signal.aborted) return
      if (piece.kind === 'text') {
        text += piece.text
        setEntries([...asked, { kind: 'assistant', text }])
      } else if (piece.kind === 'help-lines') {
        setEntries([...asked, { kind: 'help-lines', entries: piece.entries }])
      } else {
        if (piece.kind === 'failed') setFailure('failed')
        return
      }
    }
    // The stream broke off without its last word.
    setFailure('failed')
  }

  return {
    entries,
    busy,
    failure,
    send: (text) => {
      const asked: ChatEntry[] = [...entries, { kind: 'person', text }]
      const controller = new AbortController()
      running.current = controller
      setEntries(asked)
      setFailure(null)
      setBusy(true)
      answer(asked, controller.signal)
        .catch(() => {
          if (!controller.signal.aborted) setFailure('failed')
        })
        .finally(() => {
          if (running.current === controller) setBusy(false)
        })
    },
    stop: () => {
      running.current?.abort()
      running.current = null
      setBusy(false)
      setEntries((now) => [...now, { kind: 'stopped' }])
    },
    clear: () => {
      running.current?.abort()
      running.current = null
      setBusy(false)
      setFailure(null)
      setEntries([])
    },
  }
}
