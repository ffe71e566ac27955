'use client'

/** Files by choice, by drop and by paste, and how far the queue is. It must never upload one. */
import { ImagePlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useState, type ReactNode } from 'react'
import { Button } from '../../_ui/button.tsx'
import { cx } from '../../_ui/cx.ts'
import type { Analyzer, AnalyzerState } from './analyzer.ts'

function take(analyzer: Analyzer, files: Iterable<File>): void {
  const named = [...files].map((file) => ({ name: file.name, blob: file }))
  if (named.length > 0) void analyzer.add(named)
}

export function FileSource(props: {
  analyzer: Analyzer
  progress: AnalyzerState['progress']
}): ReactNode {
  const { analyzer, progress } = props
  const t = useTranslations('analyze')
  const id = useId()
  const [over, setOver] = useState(false)

  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      if (event.clipboardData) take(analyzer, event.clipboardData.files)
    }
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('paste', paste)
    }
  }, [analyzer])

  return (
    <div
      className={cx(
        'relative grid justify-items-center gap-3 rounded-card border-2 border-dashed px-6 py-10 text-center transition-colors',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong/60 bg-raised',
      )}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => {
        setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(analyzer, event.dataTransfer.files)
      }}
    >
      <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent-ink">
        <ImagePlus aria-hidden="true" className="size-6" />
      </span>
      <p className="font-medium">{over ? t('dropNow') : t('dropHere')}</p>
      <p className="max-w-md text-sm text-ink-muted">{t('dropHint')}</p>
      <div className="grid w-full max-w-md gap-2 pt-1">
        <label htmlFor={id} className="sr-only">
          {t('choose')}
        </label>
        <input
          id={id}
          type="file"
          multiple
          accept="image/*,video/*"
          className="w-full cursor-pointer rounded-control border border-line-strong/60 bg-raised p-1.5 text-sm text-ink-muted file:mr-3 file:cursor-pointer file:rounded-lg file:border-0 file:bg-accent file:px-4 file:py-2 file:font-medium file:text-on-accent hover:file:bg-accent-hover"
          onChange={(event) => {
            take(analyzer, event.currentTarget.files ?? [])
            // The same file can be chosen again.
            event.currentTarget.value = ''
          }}
        />
      </div>
      <div className="min-h-16 w-full max-w-md pt-2">
        {progress === null ? null : <Progress analyzer={analyzer} progress={progress} />}
      </div>
    </div>
  )
}

function Progress(props: {
  analyzer: Analyzer
  progress: NonNullable<AnalyzerState['progress']>
}): ReactNode {
  const { done, total, file, part, loading } = props.progress
  const t = useTranslations('analyze')
  const fraction = total === 0 ? 0 : Math.min(1, (done + part) / total)
  return (
    <div className="grid gap-2 text-left">
      <div className="flex items-center justify-between gap-4">
        <p role="status" className="truncate text-sm">
          {loading
            ? t('loadingModel')
            : t('progressOf', { file, done: Math.min(done + 1, total), total })}
        </p>
        <Button
          size="sm"
          variant="quiet"
          onClick={() => {
            props.analyzer.cancel()
          }}
        >
          {t('cancel')}
        </Button>
      </div>
      <progress
        aria-label={t('progress')}
        max={1}
        value={loading ? undefined : fraction}
        className="h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken indeterminate:animate-pulse [&:indeterminate::-webkit-progress-bar]:bg-accent/40 [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  )
}
