/**
 * The shipped expression model in Chromium and in Node: the same crops, the same probabilities, so that figures measured
 * in Node hold for browsers; and plainly expressive faces read as a person would, by the network alone and by the whole
 * pipeline.
 */
import { expect, test } from '@playwright/test'
import { EMOTIONS } from '../app/_emotion/emotions.ts'
import { openPage } from '../models/evaluation/browser/browser.ts'
import { loadModel } from '../models/evaluation/classifier.ts'
import { largest } from '../models/evaluation/figures.ts'
import { decode } from '../models/evaluation/pictures.ts'
import { PLAIN_FACES, cropOf } from '../models/evaluation/plain-faces.ts'
import type { OpenPage } from '../models/evaluation/browser/browser.ts'
import type { Look } from '../models/evaluation/browser/framing.ts'

/** What rounding alone may do: browsers may compute sums in another order. */
const ROUNDING = 1e-4

let open: OpenPage
let crops: readonly Buffer[]

test.beforeAll(async () => {
  crops = await Promise.all(PLAIN_FACES.map(cropOf))
  open = await openPage('framing.html', {
    picture: (index) => Promise.resolve(crops[index] ?? null),
  })
  await open.page.evaluate(() => window.framing.load())
})

test.afterAll(() => open.close())

const look = (index: number): Promise<Look | null> =>
  open.page.evaluate((where) => window.framing.look(where), `/picture/${index}`)

test('says the same of the same crops in Node and in Chromium', async () => {
  const inNode = await loadModel()
  for (const [index, crop] of crops.entries()) {
    const expected = await inNode.classify(await decode(crop))
    const found = (await look(index))?.asItIs ?? []
    expect(found).toHaveLength(EMOTIONS.length)
    for (const [emotion, value] of expected.entries())
      expect(Math.abs((found[emotion] ?? 0) - value)).toBeLessThan(ROUNDING)
  }
  inNode.dispose()
})

test('reads plainly expressive faces as a person would, framed by itself', async () => {
  const said = []
  for (const index of PLAIN_FACES.keys()) {
    const framed = (await look(index))?.framed
    said.push(
      framed === undefined || framed === null ? 'nothing' : EMOTIONS[largest(framed.probabilities)],
    )
  }
  expect(said).toEqual(PLAIN_FACES.map(({ shows }) => shows))
})
