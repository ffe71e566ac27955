'use client'

/** The page's parts: whose faces it is for, where files come from, the camera, what went wrong, the results, what was submitted. */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { Button } from '../../_ui/button.tsx'
import { Notice } from '../../_ui/card.tsx'
import { FileSource } from './file-source.tsx'
import { LiveCamera } from './live-camera.tsx'
import { MessageList } from './message-list.tsx'
import { ResultsSection } from './results/results-section.tsx'
import { OwnResults } from './submit/own-results.tsx'
import { useAnalyzer, useBench } from './use-analyzer.ts'

export function Workbench(): ReactNode {
  const t = useTranslations('analyze')
  const bench = useBench()
  const state = useAnalyzer(bench)
  const [source, setSource] = useState<'files' | 'camera'>('files')
  return (
    <div className="grid gap-8">
      <Notice title={t('whoseTitle')}>{t('whoseText')}</Notice>
      <div role="group" aria-label={t('sources')} className="flex flex-wrap gap-2">
        {(['files', 'camera'] as const).map((one) => (
          <Button
            key={one}
            size="sm"
            variant={source === one ? 'primary' : 'secondary'}
            aria-pressed={source === one}
            onClick={() => {
              setSource(one)
            }}
          >
            {t(one)}
          </Button>
        ))}
      </div>
      {source === 'files' ? (
        <FileSource analyzer={bench.analyzer} progress={state.progress} />
      ) : (
        <LiveCamera bench={bench} />
      )}
      {state.failure === null ? null : (
        <Notice tone="danger" alert title={t('failed')}>
          {state.failure}
        </Notice>
      )}
      <MessageList analyzer={bench.analyzer} messages={state.messages} />
      <ResultsSection analyzer={bench.analyzer} results={state.results} />
      <OwnResults />
    </div>
  )
}
