/**
 * Everything that can be wrong with a file, and everything worth knowing about one, by stable codes whose sentences are
 * in `app/_messages/en/analyze.json`. It must never carry a file's content.
 */

/** A file that cannot be read. */
export const PROBLEMS = [
  'empty',
  'wrong-type',
  'truncated',
  'damaged',
  'not-decodable',
  'too-large',
  'no-face',
  'too-many-files',
  'video-not-playable',
  'video-without-picture',
  'video-no-face',
  'analysis-failed',
  'camera-refused',
  'camera-missing',
] as const
export type Problem = (typeof PROBLEMS)[number]

/** A file that was read, with something to say about how. */
export const NOTES = [
  'animated',
  'deep',
  'cmyk',
  'rotated',
  'scaled',
  'many-faces',
  'most-faces',
  'small-faces',
] as const
export type Note = (typeof NOTES)[number]

export class FileProblem extends Error {
  readonly code: Problem
  /** What the file is instead, where that is known. */
  readonly found: string

  constructor(code: Problem, found = '', options?: ErrorOptions) {
    super(code, options)
    this.name = 'FileProblem'
    this.code = code
    this.found = found
  }
}
