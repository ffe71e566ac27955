/**
 * A document of ours as React elements. Nothing of it is ever inserted as HTML.
 */
import Image from 'next/image'
import type { StaticImageData } from 'next/image'
import type { ReactNode } from 'react'
import type { Block, Inline } from './parse-markdown.ts'

/** Pictures that a document may show, by the address that it calls them by. */
export type Pictures = Readonly<Record<string, StaticImageData>>

/** Blocks one after another. */
export function Document({
  blocks,
  pictures,
}: {
  blocks: readonly Block[]
  pictures: Pictures
}): ReactNode {
  return (
    <div className="grid max-w-3xl gap-5 leading-relaxed [&>h2]:pt-6 [&>h3]:pt-3">
      {blocks.map((block, index) => (
        // A document does not change while it is shown: the place of a block is its identity.
        <BlockView key={index} block={block} pictures={pictures} />
      ))}
    </div>
  )
}

function BlockView({ block, pictures }: { block: Block; pictures: Pictures }): ReactNode {
  switch (block.kind) {
    case 'heading': {
      // The page has an h1 of its own.
      if (block.level === 3) {
        return <h3 className="font-semibold">{words(block.content)}</h3>
      }
      return <h2 className="text-2xl font-semibold tracking-tight">{words(block.content)}</h2>
    }
    case 'paragraph':
      return <p>{words(block.content)}</p>
    case 'quote':
      return (
        <blockquote className="border-l-2 border-accent pl-4 text-ink-muted">
          {words(block.content)}
        </blockquote>
      )
    case 'code':
      return (
        <pre
          tabIndex={0}
          className="overflow-x-auto rounded-control bg-sunken p-4 font-mono text-sm leading-normal"
        >
          {block.text}
        </pre>
      )
    case 'picture': {
      const picture = pictures[block.source]
      if (picture === undefined) return <p className="text-ink-muted">{block.text}</p>
      return (
        // Plots are drawn on white, in the dark as well.
        <div className="overflow-hidden rounded-card border border-line bg-white p-2">
          <Image src={picture} alt={block.text} unoptimized className="h-auto w-full" />
        </div>
      )
    }
    case 'list': {
      const items = block.items.map((item, index) => <li key={index}>{words(item)}</li>)
      return block.ordered ? (
        <ol className="grid list-decimal gap-2 pl-6 marker:text-ink-muted">{items}</ol>
      ) : (
        <ul className="grid list-disc gap-2 pl-6 marker:text-ink-muted">{items}</ul>
      )
    }
    case 'table':
      return (
        <div
          role="group"
          aria-label={block.head.map((cell) => cell.map((part) => part.text).join('')).join(', ')}
          tabIndex={0}
          className="overflow-x-auto rounded-card border border-line bg-raised"
        >
          <table className="w-full text-left text-[0.9375rem]">
            <thead>
              <tr className="border-b border-line text-sm text-ink-muted">
                {block.head.map((cell, index) => (
                  <th key={index} scope="col" className="px-4 py-2.5 font-medium">
                    {words(cell)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {block.rows.map((row, index) => (
                <tr key={index} className="border-b border-line/70 last:border-0">
                  {row.map((cell, column) => (
                    <td key={column} className="px-4 py-2.5 align-top">
                      {words(cell)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
  }
}

function words(content: readonly Inline[]): ReactNode[] {
  return content.map((part, index) => {
    switch (part.kind) {
      case 'text':
        return part.text
      case 'strong':
        return <strong key={index}>{part.text}</strong>
      case 'emphasis':
        return <em key={index}>{part.text}</em>
      case 'code':
        return (
          <code key={index} className="rounded bg-sunken px-1.5 py-0.5 font-mono text-[0.875em]">
            {part.text}
          </code>
        )
      case 'link':
        return (
          <a
            key={index}
            href={part.href}
            rel="noreferrer"
            className="font-medium break-words text-accent-ink underline underline-offset-4"
          >
            {part.text}
          </a>
        )
    }
  })
}
