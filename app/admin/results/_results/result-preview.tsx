'use client'

/** One opened result: the picture with its boxes, each face's reading, and the picture to keep. It stays on this device. */
import { Download } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useState, type ReactNode } from 'react'
import { annotate } from '../../../analyze/_analyze/draw.ts'
import { FacePicture } from '../../../analyze/_analyze/results/face-picture.tsx'
import { saveBlob } from '../../../_ui/save-file.ts'
import { useWords } from '../../../analyze/_analyze/use-words.ts'
import type { FaceReading, Quality, Engagement } from '../../../_emotion/reader.ts'
import type { OpenedResult } from '../../../_vault/results/verbs.ts'
import { Button } from '../../../_ui/button.tsx'
import { Dialog, DialogActions } from '../../../_ui/dialog.tsx'
import { Cell, Row, Table } from '../../../_ui/table.tsx'

interface Picture {
  readonly blob: Blob
  readonly width: number
  readonly height: number
}

export function ResultPreview(props: { result: OpenedResult; close: () => void }): ReactNode {
  const { result, close } = props
  const t = useTranslations('analyze.review')
  const words = useTranslations('analyze')
  const common = useTranslations('common')
  const said = useWords()
  const format = useFormatter()
  const [picture, setPicture] = useState<Picture>()
  useEffect(() => {
    let shown = true
    const blob = new Blob([new Uint8Array(result.picture)], { type: 'image/jpeg' })
    createImageBitmap(blob).then(
      ({ width, height }) => {
        if (shown) setPicture({ blob, width, height })
      },
      (error: unknown) => {
        console.debug('preview() [picture:damaged]', error)
      },
    )
    return () => {
      shown = false
    }
  }, [result])
  const faces = picture === undefined ? [] : facesIn(result, picture)
  const time = format.dateTime(result.takenAt, { dateStyle: 'long', timeStyle: 'short' })
  return (
    <Dialog
      open
      onOpenChange={close}
      size="lg"
      title={t('preview', { name: result.senderName })}
      description={
        <>
          <p>{t('takenAt', { date: time })}</p>
          {result.note === '' ? null : <p className="pt-2 text-ink">“{result.note}”</p>}
        </>
      }
      closeLabel={common('close')}
    >
      {picture === undefined ? null : (
        <FacePicture
          picture={picture.blob}
          width={picture.width}
          height={picture.height}
          faces={faces}
          alt={t('previewAlt', { count: faces.length })}
        />
      )}
      <Table
        caption={t('faces')}
        columns={[
          { key: 'face', label: words('columns.face') },
          { key: 'emotion', label: words('columns.emotion') },
          { key: 'confidence', label: words('columns.confidence'), numeric: true },
          { key: 'engagement', label: words('columns.engagement') },
        ]}
      >
        {result.faces.map((face, index) => (
          <Row key={index}>
            <Cell>{index + 1}</Cell>
            <Cell>{said.emotion(face.emotion)}</Cell>
            <Cell numeric>{said.percent(face.confidence)}</Cell>
            <Cell>{said.engagement(face.engagement)}</Cell>
          </Row>
        ))}
      </Table>
      <DialogActions>
        <Button variant="secondary" onClick={close}>
          {common('close')}
        </Button>
        <Button
          disabled={picture === undefined}
          onClick={() => {
            if (picture === undefined) return
            void annotate(picture.blob, faces.map(said.labelled)).then((blob) => {
              saveBlob('submitted-result.jpg', blob)
            })
          }}
        >
          <Download aria-hidden="true" />
          {words('annotated')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Boxes back in pixels; codes were checked when the result was opened. */
function facesIn(result: OpenedResult, { width, height }: Picture): readonly FaceReading[] {
  return result.faces.map(({ box, engagement, quality, confidence, probabilities }) => ({
    confidence,
    probabilities,
    engagement: engagement as Engagement,
    quality: quality as Quality,
    box: {
      x: box.x * width,
      y: box.y * height,
      width: box.width * width,
      height: box.height * height,
    },
  }))
}
