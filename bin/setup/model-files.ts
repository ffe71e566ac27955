/**
 * Puts everything that the analysis loads under public/models: tasks-vision's and tfjs's wasm files,
 * the face landmark bundle, the expression model. All of it comes from npm packages and from
 * models/; nothing is fetched. Files that are right already are left alone.
 */
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { EXPRESSION_MODELS, folderOfModel } from '../../app/_server/web/expression-model.ts'
import { buildFaceLandmarker, FACE_LANDMARKER_SHA256 } from './landmarker/face-landmarker.ts'
import type { Progress } from './progress.ts'

/** Wasm files that a browser with SIMD asks for, in a module worker and elsewhere. */
const VISION_FILES = [
  'vision_wasm_internal.js',
  'vision_wasm_internal.wasm',
  'vision_wasm_module_internal.js',
  'vision_wasm_module_internal.wasm',
]
const TFJS_FILES = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
]

function same(from: string, to: string): boolean {
  if (!existsSync(to)) return false
  // Weights of two versions may be of one size, and the newer version's files the older ones.
  return statSync(from).size === statSync(to).size && readFileSync(from).equals(readFileSync(to))
}

/** Copies in one step, so that a server that runs never gives out half a file. */
function copy(from: string, to: string): void {
  if (same(from, to)) return
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, `${to}.new`)
  renameSync(`${to}.new`, to)
}

/** Makes folder `to` hold exactly `names` of folder `from`. */
function mirror(from: string, to: string, names: readonly string[]): void {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(to)) {
    if (!names.includes(name)) rmSync(join(to, name), { recursive: true })
  }
  for (const name of names) copy(join(from, name), join(to, name))
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
}

function hashOf(file: string): string | null {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : null
}

/** Brings `<root>/public/models` up to date. */
export function prepareModelFiles(root: string, progress: Progress): void {
  const modules = join(root, 'node_modules')
  const target = join(root, 'public/models')
  mirror(join(modules, '@mediapipe/tasks-vision/wasm'), join(target, 'vision'), VISION_FILES)
  mirror(join(modules, '@tensorflow/tfjs-backend-wasm/dist'), join(target, 'tfjs'), TFJS_FILES)
  for (const name of EXPRESSION_MODELS.map(folderOfModel)) {
    const folder = join(root, 'models', name)
    mirror(folder, join(target, name), filesOf(folder))
  }
  const bundle = join(target, 'face_landmarker.task')
  if (hashOf(bundle) === FACE_LANDMARKER_SHA256) return
  const step = progress.step('Assembling the face landmark bundle')
  writeFileSync(`${bundle}.new`, buildFaceLandmarker())
  renameSync(`${bundle}.new`, bundle)
  step.done()
}
