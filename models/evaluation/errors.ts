/**
 * The one error of the evaluation command: something that the person who typed it can put right. It must never stand for
 * a fault of the program.
 */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError'
}
