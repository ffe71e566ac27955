/**
 * The errors of the expression worker: stable codes, each with the sentence that a person sees. None may ever carry a
 * picture or a reading.
 */

const EMOTION_ERRORS = {
  'analysis-assets-missing': 'The files that expression analysis needs could not be loaded.',
  'analysis-crashed': 'Expression analysis stopped. It will be started again at the next reading.',
  'analysis-disposed': 'Expression analysis has been switched off.',
  'analysis-not-loaded': 'Expression analysis has not been started.',
  'analysis-unsupported':
    'This browser lacks what expression analysis needs (WebAssembly or a canvas in a worker).',
  'picture-too-large': 'This picture is too large to be analysed.',
} as const

export type EmotionErrorCode = keyof typeof EMOTION_ERRORS

/** A refusal or failure of the reader. */
export class EmotionError extends Error {
  readonly code: EmotionErrorCode

  constructor(code: EmotionErrorCode, options?: ErrorOptions) {
    super(EMOTION_ERRORS[code], options)
    this.name = 'EmotionError'
    this.code = code
  }
}
