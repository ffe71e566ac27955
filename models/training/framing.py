"""Figures of a network by how large the browser cuts a face out of a picture.

    python3 framing.py CHECKPOINT --data FOLDER --framing FOLDER [--spans 0.6,0.66,0.71,0.76,0.82]

--framing holds NAME.json of sets as `models/contact-sheet.ts` writes it: where the browser cut.
A span is how much of the crop's side the face takes (`FACE_SPAN` of app/_emotion/geometry.ts). It
must never train.
"""

import argparse
import csv
import io
import json
import math
import zipfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

import workers
from checkpoint import load_checkpoint
from data import middle
from labels import EMOTIONS
from measure import confusion, figures, logits

def cut(picture: Image.Image, square: dict, was: dict, span: float, size: int,
        view: float) -> np.ndarray:
    """A face of the given span, upright, as the network is shown it: uint8 [3, size, size].
    `was` holds the span and the height of the face's middle that the square was cut with."""
    width = picture.width
    angle, side = square["angle"], square["side"] * width * was["span"] / span
    down = (0.5 - was["middleY"]) * (side - square["side"] * width)
    x = square["x"] * width - math.sin(angle) * down
    y = square["y"] * width + math.cos(angle) * down
    pixels = min(256, max(48, round(side)))
    edge = int(side)
    around = Image.fromarray(np.pad(np.asarray(picture.convert("RGB")),
                                    ((edge, edge), (edge, edge), (0, 0)), mode="edge"))
    scale = side / pixels
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    half = pixels / 2
    turned = around.transform(
        (pixels, pixels), Image.AFFINE,
        (cos, -sin, x + edge - cos * half + sin * half,
         sin, cos, y + edge - sin * half - cos * half), Image.BILINEAR)
    return np.asarray(middle(turned, size, view)).transpose(2, 0, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--framing", type=Path, required=True)
    parser.add_argument("--spans", default="0.6,0.66,0.71,0.76,0.82")
    arguments = parser.parse_args()
    workers.start(1, 1)
    net = load_checkpoint(arguments.checkpoint).to(memory_format=torch.channels_last)
    for name in ("ferplus", "rafdb", "affectnet96", "muxspace"):
        kept = arguments.framing / f"{name}.json"
        if not kept.exists():
            continue
        was = json.loads(kept.read_text())
        squares = was["squares"]
        with open(arguments.data / f"{name}.csv", newline="", encoding="utf-8") as file:
            label_of = {row["file"]: row["label"] for row in csv.DictReader(file)}
        labels = torch.tensor([EMOTIONS.index(label_of[square["file"]]) for square in squares])
        with zipfile.ZipFile(arguments.data / f"{name}.zip") as archive:
            pictures = [Image.open(io.BytesIO(archive.read(square["file"]))) for square in squares]
        shown = {"as it is": [np.asarray(middle(picture, net.size, net.view))
                              .transpose(2, 0, 1) for picture in pictures]}
        for span in map(float, arguments.spans.split(",")):
            shown[span] = [cut(picture, square, was, span, net.size, net.view)
                           for picture, square in zip(pictures, squares)]
        for what, crops in shown.items():
            said = logits(net, np.stack(crops))
            reached = figures(confusion(said.argmax(1), labels))
            print(f"{name} {what}: accuracy {reached['accuracy'] * 100:.1f}, macro recall "
                  f"{reached['macroRecall'] * 100:.1f}, negative log-likelihood "
                  f"{F.cross_entropy(said, labels):.3f}", flush=True)


if __name__ == "__main__":
    main()
