/**
 * The command line of `npm run model:evaluate`. It must never guess: an argument that it does not know is refused.
 */
import { parseArgs } from 'node:util'
import { EvaluationError } from './errors.ts'

export const USAGE =
  'npm run model:evaluate -- --images PATH --labels FILE.csv [--split NAME] [--faces crop|detect] [--json]'

/** What to evaluate. */
export interface EvaluationOptions {
  /** A folder or a .zip. */
  readonly images: string
  /** A csv file with the columns `file` and `label`, optionally `split`. */
  readonly labels: string
  /** Only rows of this split; all when absent. */
  readonly split: string | undefined
  /** Whether each picture is a face crop already, or the whole pipeline is to find the face. */
  readonly faces: 'crop' | 'detect'
  /** One JSON object alone on standard output. */
  readonly json: boolean
}

/**
 * Parses the command line.
 * @throws EvaluationError with the sentence to show
 */
export function parseArguments(words: readonly string[]): EvaluationOptions {
  const values = parseWords(words)
  const { images, labels, split, faces } = values
  if (images === undefined || labels === undefined)
    throw new EvaluationError(`--images and --labels are needed: ${USAGE}`)
  if (faces !== 'crop' && faces !== 'detect')
    throw new EvaluationError(`--faces is crop or detect, not ${faces}: ${USAGE}`)
  return { images, labels, split, faces, json: values.json }
}

function parseWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        images: { type: 'string' },
        labels: { type: 'string' },
        split: { type: 'string' },
        faces: { type: 'string', default: 'crop' },
        json: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new EvaluationError(`${reason} Usage: ${USAGE}`, { cause: error })
  }
}
