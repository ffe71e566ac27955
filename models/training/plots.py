"""Draws training curves, confusion matrices and framings for EXPERIMENTS.md.

    python3 plots.py curves HISTORY.json --name again --to ../experiments/standard
    python3 plots.py confusion EVALUATION.json --name rafdb --to ../experiments/standard
    python3 plots.py framing FOLDER --name framing --to ../experiments

HISTORY is what train.py and reference.py write, EVALUATION what `npm run model:evaluate -- --json`
prints (or the history of reference.py, whose last epoch counts), FOLDER holds what
`models/contact-sheet.ts` writes for each set. It must never show a face.
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


def _corners(square: dict) -> np.ndarray:
    half = square["side"] / 2
    cos, sin = np.cos(square["angle"]), np.sin(square["angle"])
    around = np.array([[-half, -half], [half, -half], [half, half], [-half, half], [-half, -half]])
    return around @ np.array([[cos, sin], [-sin, cos]]) + [square["x"], square["y"]]


def framing(folder: Path, name: str, to: Path) -> None:
    """Where the browser cuts (thin: some faces; thick: the median), in the frame of the pictures."""
    parts = sorted(path.stem for path in folder.glob("*.json"))
    figure, panels = plt.subplots(1, len(parts), figsize=(2.6 * len(parts), 2.6), dpi=80)
    for panel, part in zip(panels, parts):
        squares = json.loads((folder / f"{part}.json").read_text())["squares"]
        for square in squares[::max(1, len(squares) // 40)]:
            panel.plot(*_corners(square).T, color="tab:blue", linewidth=0.5, alpha=0.35)
        keys = ("x", "y", "side", "angle")
        middle = {key: float(np.median([square[key] for square in squares])) for key in keys}
        panel.plot(*_corners(middle).T, color="tab:red", linewidth=2)
        panel.add_patch(plt.Rectangle((0, 0), 1, 1, fill=False, color="black"))
        panel.set(xlim=(-0.25, 1.25), ylim=(1.25, -0.25), title=f"{part}: {middle['side']:.2f}")
        panel.set_aspect("equal")
        panel.axis("off")
    figure.tight_layout()
    figure.savefig(to / f"{name}.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["curves", "confusion", "framing"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    if arguments.what == "framing":
        framing(arguments.file, arguments.name, arguments.to)
        return
    content = json.loads(arguments.file.read_text())
    if arguments.what == "curves":
        curves(content, arguments.name, arguments.to)
    else:
        if isinstance(content, list):
            content, = content[-1]["valid"].values()
        confusion(content["confusion"], arguments.name, arguments.to)


if __name__ == "__main__":
    main()
