/**
 * The model card, from the very file that lies beside the model that is served, so that the two cannot drift apart.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BookOpenText } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import openCalibration from '../../../models/experiments/open/calibration.png'
import standardCalibration from '../../../models/experiments/standard/calibration.png'
import wideCalibration from '../../../models/experiments/wide/calibration.png'
import { expressionModelSchema, folderOfModel } from '../../_server/web/expression-model.ts'
import { PageHeader } from '../../_ui/page-header.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { Document } from './_card/document.tsx'
import { parseMarkdown } from './_card/parse-markdown.ts'

export const metadata: Metadata = { title: 'How readings are made' }

const PICTURES = {
  '../experiments/open/calibration.png': openCalibration,
  '../experiments/standard/calibration.png': standardCalibration,
  '../experiments/wide/calibration.png': wideCalibration,
}

/** The card's text; null where no model is installed. */
async function readCard(): Promise<string | null> {
  try {
    const model = expressionModelSchema.parse(process.env['EXPRESSION_MODEL'])
    const folder = join(process.cwd(), 'models', folderOfModel(model))
    return await readFile(join(folder, 'MODEL_CARD.md'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

export default async function ModelCardPage(): Promise<ReactNode> {
  const t = await getTranslations('modelCard')
  const card = await readCard()
  return (
    <>
      <PageHeader title={t('title')} description={t('line')} />
      {card === null ? (
        <EmptyState icon={<BookOpenText aria-hidden="true" />} title={t('missingTitle')}>
          {t('missingText')}
        </EmptyState>
      ) : (
        <Document blocks={parseMarkdown(card)} pictures={PICTURES} />
      )}
    </>
  )
}
