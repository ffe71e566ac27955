import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { statementsOf } from './statements.ts'

/** Gives `text` in pieces of `size` letters. */
async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
  await Promise.resolve()
}

const cut = (text: string, size: number): Promise<string[]> =>
  Array.fromAsync(statementsOf(inPieces(text, size)))

/** Each holds what would end a statement, were it not quoted. */
const STATEMENTS = [
  "INSERT INTO t VALUES ('a;\nb''; -- c\n');\n",
  "INSERT INTO t VALUES (E'\\\\', E'it\\'s;\n '';\n');\n",
  'INSERT INTO "a;\n""b" VALUES (NULL);\n',
  "-- it's a comment;\nSELECT 1;\n",
  "/* Warnings:\n  - it's one;\n*/ SELECT 2;\n",
  "CREATE FUNCTION f() AS $x$ SELECT 'a;\n$y$' $x$ LANGUAGE sql;\n",
]

describe('statementsOf', () => {
  it.each(STATEMENTS)('keeps whole, however it comes: %j', async (statement) => {
    const text = `${statement}SELECT 3;\n`
    for (let size = 1; size <= text.length; size++) {
      const pieces = await cut(text, size)
      expect(pieces.join('')).toBe(text)
      // Given out before the next one has come, and never in part.
      expect([statement, text]).toContain(pieces[0])
    }
  })

  it('gives long texts out in parts, and what stands behind the last statement', async () => {
    const text = STATEMENTS.join('').repeat(3)
    const pieces = await cut(`${text}-- end\n`, 64)
    expect(pieces.length).toBeGreaterThan(4)
    expect(pieces.at(-1)).toBe('-- end\n')
    expect(pieces.join('')).toBe(`${text}-- end\n`)
  })

  it('never cuts inside what a person wrote', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("'", '\\', ';', '\n', '"', '--', '/*', '$$', 'E', 'x')),
        fc.integer({ min: 1, max: 40 }),
        async (signs, size) => {
          const written = signs.join('').replaceAll('\\', '\\\\').replaceAll("'", "''")
          const statement = `INSERT INTO t VALUES (E'${written}');\n`
          const pieces = await cut(statement.repeat(3), size)
          for (const piece of pieces) expect(piece.length % statement.length).toBe(0)
        },
      ),
    )
  })
})
