/**
 * Reads the part of Markdown that our own documents use: headings, paragraphs, lists, tables, quotes,
 * code, pictures on lines of their own, emphasis, links. It gives data and never HTML: whatever it does not know stays plain text.
 */

export type Inline =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph' | 'quote'; readonly content: readonly Inline[] }
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly items: readonly (readonly Inline[])[]
    }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'picture'; readonly text: string; readonly source: string }
  | {
      readonly kind: 'table'
      readonly head: readonly (readonly Inline[])[]
      readonly rows: readonly (readonly (readonly Inline[])[])[]
    }

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/g
const PICTURE = /^!\[([^\]]*)\]\(([^)\s]+)\)\s*$/
const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/

/** Only these addresses become links; any other stays text. */
function isPlainAddress(href: string): boolean {
  return /^https:\/\//.test(href) || /^[#/](?![/\\])/.test(href)
}

/** The words of one paragraph. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = []
  let from = 0
  const plain = (until: number): void => {
    if (until > from) parts.push({ kind: 'text', text: text.slice(from, until) })
  }
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, emphasis, label, href] = match
    plain(match.index)
    from = match.index + whole.length
    if (code !== undefined) parts.push({ kind: 'code', text: code })
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong })
    else if (emphasis !== undefined) parts.push({ kind: 'emphasis', text: emphasis })
    else if (label !== undefined && href !== undefined && isPlainAddress(href)) {
      parts.push({ kind: 'link', text: label, href })
    } else parts.push({ kind: 'text', text: label ?? whole })
  }
  plain(text.length)
  return parts
}

function cellsOf(line: string): Inline[][] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '')
  return inner.split('|').map((cell) => parseInline(cell.trim()))
}

function levelOf(marks: string): 1 | 2 | 3 {
  if (marks.length === 1) return 1
  return marks.length === 2 ? 2 : 3
}

/** A document as blocks, in order. */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replaceAll(/<!--[\s\S]*?-->/g, '').split(/\r?\n/)
  const blocks: Block[] = []
  let at = 0
  const line = (): string => lines[at] ?? ''
  const takeWhile = (test: (text: string) => boolean): string[] => {
    const taken: string[] = []
    while (at < lines.length && test(line())) {
      taken.push(line())
      at += 1
    }
    return taken
  }
  while (at < lines.length) {
    const picture = PICTURE.exec(line())
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line())
    if (line().trim() === '') at += 1
    else if (picture) {
      const [, text = '', source = ''] = picture
      blocks.push({ kind: 'picture', text, source })
      at += 1
    } else if (line().startsWith('```')) {
      at += 1
      const text = takeWhile((next) => !next.startsWith('```')).join('\n')
      at += 1
      blocks.push({ kind: 'code', text })
    } else if (heading) {
      const [, marks = '#', words = ''] = heading
      blocks.push({ kind: 'heading', level: levelOf(marks), content: parseInline(words) })
      at += 1
    } else if (line().includes('|') && TABLE_RULE.test(lines[at + 1] ?? '')) {
      const head = cellsOf(line())
      at += 2
      const rows = takeWhile((next) => next.includes('|')).map(cellsOf)
      blocks.push({ kind: 'table', head, rows })
    } else if (ITEM.test(line())) blocks.push(listFrom(takeWhile((next) => next.trim() !== '')))
    else if (line().startsWith('>')) {
      const words = takeWhile((next) => next.startsWith('>')).map((next) =>
        next.replace(/^>\s?/, ''),
      )
      blocks.push({ kind: 'quote', content: parseInline(words.join(' ').trim()) })
    } else {
      const first = line()
      at += 1
      const rest = takeWhile(
        (next) => next.trim() !== '' && !/^(#{1,6}\s|```|>)/.test(next) && !ITEM.test(next),
      )
      const words = [first, ...rest].map((next) => next.trim()).join(' ')
      blocks.push({ kind: 'paragraph', content: parseInline(words) })
    }
  }
  return blocks
}

/** Lines of a list; a line that starts no item goes on with the one before. */
function listFrom(lines: readonly string[]): Block {
  const items: string[] = []
  let ordered = false
  for (const text of lines) {
    const item = ITEM.exec(text)
    if (item) {
      if (items.length === 0) ordered = item[1] !== undefined
      items.push(item[2] ?? '')
    } else items.push(`${items.pop() ?? ''} ${text.trim()}`)
  }
  return { kind: 'list', ordered, items: items.map((item) => parseInline(item)) }
}
