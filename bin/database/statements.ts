/**
 * Cuts SQL that comes in pieces after whole statements, since a dump may be longer than a string can
 * be. It knows PostgreSQL's quotes and comments, so that nothing that a person wrote into a row is
 * ever taken for SQL; nested comments, which no dump has, it does not know.
 */

const OPENS = /--|\/\*|\be'|'|"|\$\w*\$|;\n?/gi

/** What ends that which `open` began; matches of more than the end are passed over. */
function endOf(open: string): { readonly mark: string; readonly search: RegExp } {
  if (open === '--') return { mark: '\n', search: /\n/g }
  if (open === '/*') return { mark: '*/', search: /\*\//g }
  if (open.startsWith('$')) {
    return { mark: open, search: new RegExp(open.replaceAll('$', '\\$'), 'g') }
  }
  // A doubled quote ends nothing; in E'…' a backslash takes the next sign along.
  if (open.length === 2) return { mark: "'", search: /\\[^]|''|'/g }
  return { mark: open, search: new RegExp(`${open}${open}|${open}`, 'g') }
}

/** The same SQL in pieces that end with a statement; what stands behind the last one comes last. */
export async function* statementsOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let text = ''
  let scanned = 0
  let inside: ReturnType<typeof endOf> | null = null
  for await (const piece of pieces) {
    text += piece
    // Whole lines only, so that no sign of several letters is looked at in part.
    const limit = text.lastIndexOf('\n') + 1
    let whole = 0
    while (scanned < limit) {
      const search: RegExp = inside?.search ?? OPENS
      search.lastIndex = scanned
      const found = search.exec(text)
      if (found === null || found.index >= limit) {
        scanned = limit
        break
      }
      scanned = search.lastIndex
      const [mark] = found
      if (inside !== null) {
        if (mark === inside.mark) inside = null
      } else if (mark.startsWith(';')) whole = scanned
      else inside = endOf(mark)
    }
    if (whole > 0) {
      yield text.slice(0, whole)
      text = text.slice(whole)
      scanned -= whole
    }
  }
  if (text !== '') yield text
}
