/**
 * Which of the shipped models is looked at: the one that EXPRESSION_MODEL names, as for browsers.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  EXPRESSION_MODELS,
  expressionModelSchema,
  folderOfModel,
} from '../../app/_server/web/expression-model.ts'
import type { ExpressionModel } from '../../app/_server/web/expression-model.ts'
import { EvaluationError } from './errors.ts'

/**
 * The model that the environment names.
 * @throws EvaluationError where there is none of that name
 */
export function namedModel(env: Readonly<NodeJS.ProcessEnv> = process.env): ExpressionModel {
  const parsed = expressionModelSchema.safeParse(env['EXPRESSION_MODEL'] || undefined)
  if (parsed.success) return parsed.data
  throw new EvaluationError(`EXPRESSION_MODEL must be one of ${EXPRESSION_MODELS.join(', ')}.`)
}

/** Folder of a model's weights. */
export function shippedModel(model: ExpressionModel = namedModel()): string {
  return fileURLToPath(new URL(join('..', folderOfModel(model)), import.meta.url))
}
