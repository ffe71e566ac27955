/**
 * Which of the expression models browsers get. They ask for it in one place, `/models/emotion/`, whichever it is, so
 * that files of two models can lie beside each other and a running server keeps to its own.
 */
import * as z from 'zod'

/** What EXPRESSION_MODEL may say. */
export const EXPRESSION_MODELS = ['standard', 'wide', 'open'] as const

export const expressionModelSchema = z.enum(EXPRESSION_MODELS).default('standard')

export type ExpressionModel = z.infer<typeof expressionModelSchema>

const FOLDERS = { standard: 'emotion', wide: 'emotion-wide', open: 'emotion-open' } as const

const ASKED = '/models/emotion/'

/** The folder of a model, under `models/` and `public/models/`. */
export const folderOfModel = (model: ExpressionModel): string => FOLDERS[model]

/** The address to answer by when `url` is asked for. */
export function servedUrl(url: string, model: ExpressionModel): string {
  return url.startsWith(ASKED) ? `/models/${FOLDERS[model]}/${url.slice(ASKED.length)}` : url
}
