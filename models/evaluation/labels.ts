/**
 * Reads the csv of a labelled set. It must never let a row pass whose label is no emotion of ours: a typing mistake would
 * look like a mistake of the model.
 */
import { EMOTIONS } from '../../app/_emotion/emotions.ts'
import type { EmotionName } from '../../app/_emotion/emotions.ts'
import { EvaluationError } from './errors.ts'

/** One picture and what it shows. */
export interface LabelledPicture {
  readonly file: string
  readonly label: EmotionName
}

/** Rows to evaluate, and how many were left out because they have no label. */
export interface LabelledSet {
  readonly pictures: readonly LabelledPicture[]
  readonly unlabelled: number
}

/**
 * Splits csv text (RFC 4180: quoted fields, doubled quotes, either line ending) into rows of fields; empty lines are
 * left out.
 * @throws EvaluationError when a quote is never closed
 */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  const endField = (): void => {
    row.push(field)
    field = ''
  }
  const endRow = (): void => {
    endField()
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  for (let at = 0; at < body.length; at += 1) {
    const letter = body.charAt(at)
    if (quoted) {
      if (letter !== '"') field += letter
      else if (body.charAt(at + 1) === '"') {
        field += '"'
        at += 1
      } else quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === ',') endField()
    else if (letter === '\n') endRow()
    else if (letter !== '\r') field += letter
  }
  if (quoted) throw new EvaluationError('The labels file has a quote that is never closed.')
  endRow()
  return rows
}

const isEmotion = (name: string): name is EmotionName =>
  EMOTIONS.some((emotion) => emotion === name)

/**
 * Reads the rows of a labels file.
 * @param text the file's text
 * @param split only rows of this split; all when undefined
 * @throws EvaluationError when a column is missing, a label is unknown, or no row is left
 */
export function readLabels(text: string, split: string | undefined): LabelledSet {
  const [header = [], ...rows] = parseCsv(text)
  const column = (name: string): number => {
    const index = header.indexOf(name)
    if (index < 0) throw new EvaluationError(`The labels file has no column "${name}".`)
    return index
  }
  const [file, label] = [column('file'), column('label')]
  const chosen =
    split === undefined
      ? rows
      : ((index: number) => rows.filter((row) => row[index] === split))(column('split'))
  if (chosen.length === 0)
    throw new EvaluationError(
      split === undefined ? 'The labels file has no rows.' : `No row has the split "${split}".`,
    )
  const pictures: LabelledPicture[] = []
  for (const row of chosen) {
    const name = row[label] ?? ''
    if (name === '') continue
    if (!isEmotion(name))
      throw new EvaluationError(`"${name}" is no label: use ${EMOTIONS.join(', ')}.`)
    pictures.push({ file: row[file] ?? '', label: name })
  }
  if (pictures.length === 0) throw new EvaluationError('No row has a label.')
  return { pictures, unlabelled: chosen.length - pictures.length }
}
