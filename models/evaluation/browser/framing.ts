/**
 * The page that shows how the product frames a face: for a picture of a labelled set, the crop that the product's own
 * pipeline cuts from it, and what the network says of the crop and of the picture as it is. It must never cut or read in
 * another way than a class would.
 */
import { Cropper } from '../../../app/_emotion/crop.ts'
import { FaceFinder } from '../../../app/_emotion/landmarker.ts'
import { Pipeline } from '../../../app/_emotion/pipeline.ts'
import { loadOurs } from './ours.ts'
import { pixelsOf } from './pixels.ts'
import type { Picture } from '../../../app/_emotion/crop.ts'
import type { Classifier } from '../../../app/_emotion/classifier.ts'
import type { CropSquare } from '../../../app/_emotion/geometry.ts'

/** What the product cuts out of one picture. */
export interface Framed {
  /** Where, as fractions of the picture's width. */
  readonly square: CropSquare
  /** The crop as a data address of a PNG. */
  readonly crop: string
  readonly probabilities: readonly number[]
}

/** One picture, read both ways. */
export interface Look {
  /** The picture itself as the crop. */
  readonly asItIs: readonly number[]
  /** The largest face as the product frames it; null where it finds none. */
  readonly framed: Framed | null
}

declare global {
  interface Window {
    framing: {
      readonly load: () => Promise<void>
      /** Null when the browser cannot decode the picture. */
      readonly look: (address: string) => Promise<Look | null>
    }
  }
}

interface Cut {
  readonly square: CropSquare
  readonly pixels: ImageData
}

/** The product's cropper, which also remembers what it cut last. */
class WatchedCropper extends Cropper {
  #last: Cut | null = null

  /** What was cut since the last call; null when nothing was. */
  takeLast(): Cut | null {
    const last = this.#last
    this.#last = null
    return last
  }

  override cut(picture: Picture, square: CropSquare): ImageData {
    const pixels = super.cut(picture, square)
    this.#last = { square, pixels }
    return pixels
  }
}

const cropper = new WatchedCropper()
let loaded: { readonly classifier: Classifier; readonly pipeline: Pipeline } | null = null

function parts() {
  if (loaded === null) throw new TypeError('load() first')
  return loaded
}

async function bitmapOf(address: string): Promise<ImageBitmap | null> {
  const response = await fetch(address)
  return createImageBitmap(await response.blob()).catch(() => null)
}

async function asPng(pixels: ImageData): Promise<string> {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height)
  canvas.getContext('2d')?.putImageData(pixels, 0, 0)
  const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
  return `data:image/png;base64,${btoa(String.fromCharCode(...bytes))}`
}

async function framedFace(bitmap: ImageBitmap): Promise<Framed | null> {
  cropper.takeLast()
  const [face] = await parts().pipeline.readPicture(bitmap, 1, 'thorough')
  const cut = cropper.takeLast()
  if (face === undefined || cut === null) return null
  const { x, y, side, angle } = cut.square
  const unit = bitmap.width
  return {
    square: { x: x / unit, y: y / unit, side: side / unit, angle },
    crop: await asPng(cut.pixels),
    probabilities: face.probabilities,
  }
}

window.framing = {
  load: async () => {
    const classifier = await loadOurs()
    const finder = await FaceFinder.create('/models/')
    const pipeline = new Pipeline(finder, cropper, classifier, () => performance.now())
    loaded = { classifier, pipeline }
  },
  look: async (address) => {
    const bitmap = await bitmapOf(address)
    if (bitmap === null) return null
    const asItIs = await parts().classifier.classify(pixelsOf(bitmap))
    return { asItIs, framed: await framedFace(bitmap) }
  },
}
