/**
 * What a set of predictions amounts to: accuracy, macro recall, precision and recall a class, confusion. Figures are
 * fractions of 1; it must never leave out a picture that could not be read: it counts as wrong.
 */
import { EMOTIONS, EMOTION_COUNT } from '../../app/_emotion/emotions.ts'
import type { EmotionName } from '../../app/_emotion/emotions.ts'

/** One picture's outcome; null probabilities mean that it could not be read, or had no face. */
export interface Prediction {
  readonly file: string
  readonly label: EmotionName
  readonly probabilities: readonly number[] | null
}

/** Figures of one class. */
export interface ClassFigures {
  readonly name: EmotionName
  /** Pictures with this label. */
  readonly n: number
  /** Null when nothing was predicted to be of this class. */
  readonly precision: number | null
  /** Null when no picture has this label. */
  readonly recall: number | null
}

/** Figures of a set. */
export interface Figures {
  readonly n: number
  readonly accuracy: number
  /** Mean recall over the labels that occur. */
  readonly macroRecall: number
  readonly classes: readonly ClassFigures[]
  /** Rows are labels, columns predictions, in the order of `EMOTIONS`; unread pictures stand in no column. */
  readonly confusion: readonly (readonly number[])[]
  /** Pictures without a prediction. */
  readonly unread: number
}

/** Index of the largest value; the first of equal ones. */
export function largest(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0)
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** Figures of a list of predictions; all zero for an empty one. */
export function figuresOf(predictions: readonly Prediction[]): Figures {
  const confusion = EMOTIONS.map(() => new Array<number>(EMOTION_COUNT).fill(0))
  for (const { label, probabilities } of predictions) {
    if (probabilities === null) continue
    const row = confusion[EMOTIONS.indexOf(label)]
    const column = largest(probabilities)
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1
  }
  const classes = EMOTIONS.map((name, index): ClassFigures => {
    const n = predictions.filter((prediction) => prediction.label === name).length
    const right = confusion[index]?.[index] ?? 0
    const predicted = sum(confusion.map((row) => row[index] ?? 0))
    return {
      name,
      n,
      precision: predicted === 0 ? null : right / predicted,
      recall: n === 0 ? null : right / n,
    }
  })
  const recalls = classes.flatMap(({ recall }) => (recall === null ? [] : [recall]))
  const right = sum(confusion.map((row, index) => row[index] ?? 0))
  return {
    n: predictions.length,
    accuracy: predictions.length === 0 ? 0 : right / predictions.length,
    macroRecall: recalls.length === 0 ? 0 : sum(recalls) / recalls.length,
    classes,
    confusion,
    unread: predictions.filter(({ probabilities }) => probabilities === null).length,
  }
}
