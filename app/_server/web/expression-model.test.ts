import { describe, expect, it } from 'vitest'
import { EXPRESSION_MODELS as CHECKED } from '../../../bin/setup/settings.mjs'
import { EXPRESSION_MODELS, servedUrl } from './expression-model.ts'

describe('servedUrl', () => {
  it('answers for the model with the one that is served, and for all else with itself', () => {
    expect(servedUrl('/models/emotion/weights.bin?v=1', 'open')).toBe(
      '/models/emotion-open/weights.bin?v=1',
    )
    expect(servedUrl('/models/emotion/weights.bin', 'standard')).toBe('/models/emotion/weights.bin')
    for (const url of ['/models/tfjs/a.wasm', '/models/emotion', '/a?b=/models/emotion/c'])
      expect(servedUrl(url, 'open')).toBe(url)
  })
})

describe('EXPRESSION_MODEL', () => {
  it('is checked by set-up for the models that there are', () => {
    expect(CHECKED).toEqual(EXPRESSION_MODELS)
  })
})
