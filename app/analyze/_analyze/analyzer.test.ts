import { describe, expect, it } from 'vitest'
import { ENGAGEMENT, QUALITY, type FaceReading } from '../../_emotion/reading.ts'
import { Analyzer, MANY_FACES, MOST_FACES, MOST_FILES, type AnalyzerDeps } from './analyzer.ts'
import { FileProblem } from './files/problems.ts'

const FACE: FaceReading = {
  box: { x: 0, y: 0, width: 10, height: 10 },
  probabilities: [0, 1, 0, 0, 0, 0, 0, 0],
  confidence: 1,
  engagement: ENGAGEMENT.engaged,
  quality: QUALITY.good,
}

const read = { faces: [FACE], preview: new Blob(), width: 10, height: 10 }
const BITMAP: ImageBitmap = { width: 1, height: 1, close: () => undefined }

function make(deps: Partial<AnalyzerDeps>): Analyzer {
  const all: AnalyzerDeps = {
    begin: () => Promise.resolve(),
    open: () => Promise.resolve({ kind: 'picture', bitmap: BITMAP, notes: [] }),
    read: () => Promise.resolve(read),
    sample: () => Promise.resolve(),
    now: () => 0,
    ...deps,
  }
  return new Analyzer(all)
}

const files = (...names: string[]) => names.map((name) => ({ name, blob: new Blob([name]) }))

describe('Analyzer', () => {
  it('goes on after a bad file, and says what was wrong with it', async () => {
    const analyzer = make({
      open: async (blob) => {
        if ((await blob.text()) === 'b') throw new FileProblem('truncated')
        return { kind: 'picture', bitmap: BITMAP, notes: ['rotated'] }
      },
    })
    await analyzer.add(files('a', 'b', 'c'))
    const { results, messages, progress } = analyzer.getState()
    expect(results.map(({ file }) => file)).toEqual(['a', 'c'])
    expect(messages.map(({ file, code }) => `${file} ${code}`)).toEqual([
      'a rotated',
      'b truncated',
      'c rotated',
    ])
    expect(progress).toBeNull()
  })

  it('counts up to the total, with files that are added meanwhile', async () => {
    const seen: string[] = []
    const analyzer = make({})
    analyzer.subscribe(() => {
      const { progress } = analyzer.getState()
      if (progress !== null && !progress.loading) seen.push(`${progress.done}/${progress.total}`)
    })
    const first = analyzer.add(files('a', 'b'))
    await analyzer.add(files('c'))
    await first
    expect(new Set(seen)).toEqual(new Set(['0/3', '1/3', '2/3']))
  })

  it('stops where it is cancelled and keeps what was read', async () => {
    const analyzer = make({
      read: () => {
        if (analyzer.getState().results.length === 1) analyzer.cancel()
        return Promise.resolve(read)
      },
    })
    await analyzer.add(files('a', 'b', 'c', 'd'))
    expect(analyzer.getState().results.map(({ file }) => file)).toEqual(['a', 'b'])
  })

  it('leaves out what is more than a batch, and says so', async () => {
    const analyzer = make({})
    const many = Array.from({ length: MOST_FILES + 3 }, (_, index) => String(index))
    await analyzer.add(files(...many))
    expect(analyzer.getState().results).toHaveLength(MOST_FILES)
    expect(analyzer.getState().messages).toMatchObject([{ code: 'too-many-files', found: '3' }])
  })

  it('says of a crowd how many were found, how many are too small, and that not all were read', async () => {
    const small = { ...FACE, quality: QUALITY.tooSmall }
    const found = [MANY_FACES, MOST_FACES].map((count) => [
      ...Array.from({ length: count - 2 }, () => FACE),
      small,
      small,
    ])
    const analyzer = make({
      read: () => Promise.resolve({ ...read, faces: found.shift() ?? [small] }),
    })
    await analyzer.add(files('class', 'school', 'one'))
    expect(
      analyzer.getState().messages.map(({ file, code, found }) => `${file} ${code} ${found}`),
    ).toEqual([
      'class many-faces 30',
      'class small-faces 2',
      'school most-faces 100',
      'school small-faces 2',
    ])
  })

  it('reads nothing where it may not begin', async () => {
    const analyzer = make({ begin: () => Promise.reject(new Error('not allowed')) })
    await analyzer.add(files('a'))
    expect(analyzer.getState()).toMatchObject({ failure: 'not allowed', results: [] })
  })

  it('says that a video shows no face, and keeps what a cancelled one showed', async () => {
    const analyzer = make({
      open: () => Promise.resolve({ kind: 'video' }),
      sample: async (blob, signal, onSample) => {
        const empty = (await blob.text()) === 'empty'
        onSample({ at: 1, face: empty ? null : FACE }, 1, 2)
        if (empty) return
        analyzer.cancel()
        signal.throwIfAborted()
      },
    })
    await analyzer.add(files('empty', 'cut'))
    expect(analyzer.getState().messages.map(({ code }) => code)).toEqual(['video-no-face'])
    expect(analyzer.getState().results).toMatchObject([{ file: 'cut', samples: [{ at: 1 }] }])
  })
})
