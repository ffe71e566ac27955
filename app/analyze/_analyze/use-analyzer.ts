'use client'

/**
 * One reader and one queue for the page, made at first use and ended with the page. Every use is told to web first,
 * which refuses it where the policy is off. It must never fetch the reader's code before that.
 */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Reader } from '../../_emotion/reader.ts'
import { callWire } from '../../_ui/data/wire.ts'
import { Analyzer, type AnalyzerDeps, type AnalyzerState } from './analyzer.ts'
import { openFile } from './files/open-file.ts'
import { sampleVideo } from './files/sample-video.ts'
import { readPicture } from './read-picture.ts'

/** What the page's parts work with. */
export interface Bench {
  readonly analyzer: Analyzer
  /** Tells web of a use and answers the loaded reader. */
  readonly begin: () => Promise<Reader>
  readonly dispose: () => void
}

function createBench(): Bench {
  let reader: Reader | null = null
  const begin = async (): Promise<Reader> => {
    await callWire('useAnalysis', {}, {})
    if (reader === null) {
      const { createReader } = await import('../../_emotion/reader.ts')
      reader = createReader()
    }
    await reader.load()
    return reader
  }
  const loaded = (): Reader => {
    if (reader === null) throw new TypeError('the reader is not loaded')
    return reader
  }
  const deps: AnalyzerDeps = {
    begin: async () => {
      await begin()
    },
    open: openFile,
    read: (bitmap) => readPicture(loaded(), bitmap),
    sample: (file, signal, onSample) => sampleVideo(file, { reader: loaded(), signal, onSample }),
    now: Date.now,
  }
  const analyzer = new Analyzer(deps)
  return {
    analyzer,
    begin,
    dispose: () => {
      analyzer.cancel()
      reader?.dispose()
      reader = null
    },
  }
}

export function useBench(): Bench {
  const [bench] = useState(createBench)
  useEffect(() => bench.dispose, [bench])
  return bench
}

export function useAnalyzer({ analyzer }: Bench): AnalyzerState {
  return useSyncExternalStore(analyzer.subscribe, analyzer.getState, analyzer.getState)
}
