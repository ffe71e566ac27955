"""Figures of a network by how much of a crop it is shown: the middle part of width and height.

    python3 view.py CHECKPOINT --data FOLDER [--views 1,0.95,0.9,0.85,0.8]

Training shows faces closer by on average than the sets cut them (`scale` of the configuration), and
a network reads best what looks like its training. It must never train.
"""

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F

import workers
from checkpoint import load_checkpoint
from data import load
from measure import confusion, figures, logits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--views", default="1,0.95,0.9,0.85,0.8")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--size", type=int, help="pixels a side, if others than it learnt from")
    parser.add_argument("--mirror", action="store_true", help="average with the mirror image")
    arguments = parser.parse_args()
    workers.start(1, 1)
    net = load_checkpoint(arguments.checkpoint).to(memory_format=torch.channels_last)
    for name in ("ferplus", "rafdb", "affectnet96", "muxspace"):
        for view in map(float, arguments.views.split(",")):
            part = load(arguments.data, name, "valid", arguments.size or net.size, cache=arguments.cache,
                        view=view)
            said = logits(net, part.pictures, mirror=arguments.mirror)
            reached = figures(confusion(said.argmax(1), part.labels))
            print(f"{name} {view}: accuracy {reached['accuracy'] * 100:.1f}, macro recall "
                  f"{reached['macroRecall'] * 100:.1f}, negative log-likelihood "
                  f"{F.cross_entropy(said, part.labels):.3f}", flush=True)


if __name__ == "__main__":
    main()
