'use client'

/**
 * A message's text, as text: its direction is its own, addresses become links that take nothing along
 * and load nothing. It must never render markup from people.
 */
import type { ReactNode } from 'react'
import { piecesOf } from '../../_call/index.ts'

/** The whole text. */
export function MessageText({ text }: { text: string }): ReactNode {
  return (
    <p
      dir="auto"
      className="overflow-hidden text-[0.9375rem] leading-relaxed wrap-anywhere whitespace-pre-wrap"
    >
      {piecesOf(text).map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <a
            key={index}
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer"
            className="text-accent-ink underline underline-offset-2"
          >
            <bdi>{piece.text}</bdi>
          </a>
        ),
      )}
    </p>
  )
}
