"""Checks that the exported model says what the trained network says, on 500 validation pictures.

    python3 verify.py CALIBRATED --data FOLDER --model ../emotion

PyTorch sees the pictures as training does (Pillow), the exported model as browsers do (the
evaluation command in Node: another decoder, our own resize, WebAssembly). It must fail, with exit
code 1, where a probability differs by 0.02 or more than one in a hundred pictures changes class.
"""

import argparse
import csv
import json
import os
import subprocess
import tempfile
from pathlib import Path

import torch

import workers
from checkpoint import load_checkpoint
from data import load
from labels import EMOTIONS
from measure import logits

SETS = {"ferplus": 170, "rafdb": 165, "affectnet96": 165}
_ROOT = Path(__file__).resolve().parents[2]


def in_node(images: Path, files: list, labels: list, model: Path, node: str) -> torch.Tensor:
    """Probabilities [N, 8] by the evaluation command."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as table:
        writer = csv.writer(table)
        writer.writerow(["file", "label"])
        writer.writerows(zip(files, labels))
        table.flush()
        answer = subprocess.run(
            [node, str(_ROOT / "models" / "evaluate.ts"), "--images", str(images), "--labels",
             table.name, "--json"], check=True, stdout=subprocess.PIPE,
            env={**os.environ, "ATTUNE_MODEL": str(model.resolve())})
    return torch.tensor([row["probabilities"] for row in json.loads(answer.stdout)["predictions"]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--node", default="node")
    arguments = parser.parse_args()
    workers.start(1, 1)
    net = load_checkpoint(arguments.checkpoint).to(memory_format=torch.channels_last)
    largest, same, count = 0.0, 0, 0
    for name, wanted in SETS.items():
        part = load(arguments.data, name, "valid", net.size, cache=arguments.cache,
                    view=net.view)
        step = len(part) // wanted
        rows = list(range(0, len(part), step))[:wanted]
        trained = logits(net, part.pictures[rows]).softmax(1)
        exported = in_node(arguments.data / f"{name}.zip", [part.files[row] for row in rows],
                           [EMOTIONS[part.labels[row]] for row in rows], arguments.model,
                           arguments.node)
        difference = (trained - exported).abs().max(1).values
        largest = max(largest, float(difference.max()))
        same += int((trained.argmax(1) == exported.argmax(1)).sum())
        count += len(rows)
        print(f"{name}: largest difference {difference.max():.4f}, median {difference.median():.4f}")
    print(f"{count} pictures: largest difference {largest:.4f}, same class {same / count:.1%}")
    if largest >= 0.02 or same / count < 0.99:
        raise SystemExit("The exported model is not the trained one.")


if __name__ == "__main__":
    main()
