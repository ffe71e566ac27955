'use client'

/** One result at large: the picture with its boxes or the video's timeline, why a face is unclear, all eight probabilities. */
import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '../../../_ui/button.tsx'
import { annotate } from '../draw.ts'
import { saveBlob } from '../../../_ui/save-file.ts'
import { SubmitButton } from '../submit/submit-dialog.tsx'
import { useWords } from '../use-words.ts'
import { FacePicture } from './face-picture.tsx'
import { Probabilities } from './probabilities.tsx'
import type { ResultRow } from './result.ts'
import { Timeline } from './timeline.tsx'

export function ResultDetails({ row }: { row: ResultRow }): ReactNode {
  const t = useTranslations('analyze')
  const words = useWords()
  const { result, reading } = row
  return (
    <div className="grid min-w-0 content-start gap-5">
      {result.kind === 'picture' ? (
        <>
          <FacePicture
            picture={result.preview}
            width={result.width}
            height={result.height}
            faces={result.faces}
            current={row.face - 1}
            alt={t('pictureAlt', { file: row.file, count: result.faces.length })}
          />
          <div className="flex flex-wrap gap-2">
            <Button
              size="sm"
              variant="secondary"
              onClick={() => {
                void annotate(result.preview, result.faces.map(words.labelled)).then((blob) => {
                  saveBlob(`${row.file.replace(/\.\w+$/, '')}-annotated.jpg`, blob)
                })
              }}
            >
              <Download aria-hidden="true" />
              {t('annotated')}
            </Button>
            <SubmitButton result={result} />
          </div>
        </>
      ) : (
        <Timeline file={row.file} samples={result.samples} />
      )}
      <p className="text-[0.9375rem]">
        <span className="font-medium">{t('faceNumber', { face: row.face })}: </span>
        {words.quality(reading.quality)}
      </p>
      <details aria-label={t('probabilities')}>
        <summary className="rounded-lg text-sm font-medium">{t('probabilities')}</summary>
        <Probabilities values={reading.probabilities} />
      </details>
    </div>
  )
}
