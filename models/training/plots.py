"""Draws training curves and confusion matrices for EXPERIMENTS.md.

    python3 plots.py curves HISTORY.json --name wide --to ../experiments
    python3 plots.py confusion EVALUATION.json --name shipped-rafdb --to ../experiments

HISTORY is what train.py and reference.py write, EVALUATION what `npm run model:evaluate -- --json`
prints. It must never show a picture of a face.
"""

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from labels import EMOTIONS


def curves(history: list, name: str, to: Path) -> None:
    """Loss, validation accuracy and macro recall by epoch."""
    epochs = [row["epoch"] for row in history]
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), dpi=80)
    left.plot(epochs, [row["loss"] for row in history], marker=".", color="black")
    left.set(xlabel="epoch", title=f"{name}: training loss")
    for part in history[0]["valid"]:
        line, = right.plot(epochs, [100 * row["valid"][part]["accuracy"] for row in history],
                           marker=".", label=part)
        right.plot(epochs, [100 * row["valid"][part]["macroRecall"] for row in history],
                   linestyle="--", color=line.get_color())
    right.set(xlabel="epoch", title="validation accuracy; dashed: macro recall (%)")
    right.legend(fontsize=8)
    plt.tight_layout()
    plt.savefig(to / f"{name}-curves.png")


def confusion(table: list, name: str, to: Path) -> None:
    """Row-normalised confusion with counts."""
    counts = np.array(table)
    seen = [index for index in range(len(EMOTIONS)) if counts[index].sum()]
    share = counts[seen] / counts[seen].sum(1, keepdims=True)
    figure, axes = plt.subplots(figsize=(5.2, 4.4), dpi=80)
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(EMOTIONS)), EMOTIONS, rotation=45, ha="right", fontsize=8)
    axes.set_yticks(range(len(seen)), [EMOTIONS[index] for index in seen], fontsize=8)
    for row, index in enumerate(seen):
        for column in range(len(EMOTIONS)):
            axes.text(column, row, str(counts[index][column]), ha="center", va="center",
                      fontsize=7, color="white" if share[row][column] > 0.5 else "black")
    axes.set(title=name, ylabel="label", xlabel="prediction")
    figure.tight_layout()
    figure.savefig(to / f"{name}-confusion.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["curves", "confusion"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    content = json.loads(arguments.file.read_text())
    if arguments.what == "curves":
        curves(content, arguments.name, arguments.to)
    else:
        confusion(content["confusion"], arguments.name, arguments.to)


if __name__ == "__main__":
    main()
