"""Writes a teacher's soft targets for every training picture, in the order that train.py reads.

    python3 distil.py CHECKPOINT --config configs/narrow.toml --data FOLDER --to soft.pt

The teacher sees each picture and its mirror image, undisturbed; the student learns from them
beside the labels. It must never read the validation part.
"""

import argparse
import tomllib
from pathlib import Path

import torch

import workers
from data import load
from measure import logits
from prune import load_checkpoint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    workers.start(1, arguments.threads)
    config = tomllib.loads(arguments.config.read_text())
    teacher = load_checkpoint(arguments.checkpoint).to(memory_format=torch.channels_last)
    parts = []
    for name, part in config["sets"].items():
        pictures = load(arguments.data, name, "train", config["picture"]["size"], part["smoothing"],
                        part.get("soft_votes", False), arguments.cache)
        soft = (logits(teacher, pictures.pictures, mirror=True) / arguments.temperature).softmax(1)
        agree = (soft.argmax(1) == pictures.labels).float().mean()
        print(f"{name}: {len(pictures)} pictures, {agree * 100:.1f} % as labelled", flush=True)
        parts.append(soft)
    torch.save(torch.cat(parts), arguments.to)


if __name__ == "__main__":
    main()
