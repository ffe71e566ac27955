"""Calibrates a network and chooses the threshold of *unclear* on validation data; draws both.

    python3 calibrate.py CHECKPOINT --data FOLDER --to CALIBRATED --pictures ../experiments/standard

Vector scaling (Guo et al., On Calibration of Modern Neural Networks, 2017) with one temperature and
a bias a class, of which half is taken: training draws rare classes more often than they occur, and
all of the bias would take back what recall that gave them. Both are folded into the last layer of
the checkpoint that is written. The sets count alike, whatever their size. It must never be given
data that results are reported on as unseen.
"""

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

import workers
from checkpoint import load_checkpoint, save_checkpoint
from data import load
from labels import COUNT, EMOTIONS
from measure import logits
from network import ExpressionNet

SETS = ("ferplus", "rafdb", "affectnet96")
_BINS = 12
_FEW = 20


def fit_scaling(parts: list, share: float = 0.5) -> tuple:
    """(factor of the logits, bias [8]) with the least mean negative log-likelihood once only `share`
    of the bias is kept; parts are (logits, labels)."""
    bias = torch.zeros(COUNT, requires_grad=True)
    factor = torch.ones((), requires_grad=True)

    def fit(parameters: list) -> None:
        optimizer = torch.optim.LBFGS(parameters, max_iter=200)

        def loss_of() -> torch.Tensor:
            optimizer.zero_grad()
            losses = [F.cross_entropy(x * factor + bias, y) for x, y in parts]
            loss = torch.stack(losses).mean()
            loss.backward()
            return loss
        optimizer.step(loss_of)

    fit([bias, factor])
    with torch.no_grad():
        bias *= share
    fit([factor])
    return float(factor), bias.detach()


def write_calibrated(net: ExpressionNet, factor: float, bias: torch.Tensor, to: Path) -> None:
    """A checkpoint whose last layer has the scaling in it."""
    with torch.no_grad():
        net.head.weight.mul_(factor)
        net.head.bias.mul_(factor).add_(bias)
    save_checkpoint(net, to)


def calibration_error(confidence: torch.Tensor, right: torch.Tensor) -> tuple:
    """(expected calibration error, [(mean confidence, accuracy, share) a bin])."""
    points, error = [], 0.0
    for low in torch.arange(_BINS) / _BINS:
        inside = (confidence > low) & (confidence <= low + 1 / _BINS)
        share = float(inside.float().mean())
        if share:
            point = float(confidence[inside].mean()), float(right[inside].float().mean())
            error += share * abs(point[0] - point[1])
            points.append((*point, share))
    return error, points


def coverage(confidence: torch.Tensor, right: torch.Tensor, threshold: float) -> tuple:
    """(share of pictures above the threshold, accuracy among them)."""
    above = confidence >= threshold
    return float(above.float().mean()), float(right[above].float().mean()) if above.any() else 1.0


def choose_threshold(rows: list, wanted: float) -> float:
    """The lowest threshold from which on the sets' mean accuracy of clear readings is `wanted`."""
    for step in range(0, 100):
        threshold = step / 100
        kept = [coverage(confidence, right, threshold) for confidence, right in rows]
        if sum(accuracy for _, accuracy in kept) / len(kept) >= wanted:
            return threshold
    return 0.99


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True, help="the calibrated checkpoint")
    parser.add_argument("--pictures", type=Path, required=True, help="where plots and figures go")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--sets", nargs="+", default=SETS, help="on which to fit and choose")
    parser.add_argument("--view", type=float, default=1.0, help="see view.py")
    parser.add_argument("--wanted", type=float, default=0.8, help="accuracy of clear readings")
    arguments = parser.parse_args()
    workers.start(1, 2)
    net = load_checkpoint(arguments.checkpoint).to(memory_format=torch.channels_last)
    net.view = arguments.view
    parts = []
    for name in arguments.sets:
        part = load(arguments.data, name, "valid", net.size, cache=arguments.cache,
                    view=net.view)
        parts.append((logits(net, part.pictures), part.labels))
    factor, bias = fit_scaling(parts)
    write_calibrated(net, factor, bias, arguments.to)
    rows, figure = [], {"view": net.view, "temperature": round(1 / factor, 3), "sets": {}, "bias": {
        name: round(value, 3) for name, value in zip(EMOTIONS, bias.tolist())}}
    _, (left, right_axes) = plt.subplots(1, 2, figsize=(9, 4), dpi=90)
    for name, (x, y) in zip(arguments.sets, parts):
        before = x.softmax(1).max(1)
        after = (x * factor + bias).softmax(1).max(1)
        right = after.indices == y
        rows.append((after.values, right))
        error, points = calibration_error(after.values, right)
        figure["sets"][name] = {
            "calibrationErrorBefore": calibration_error(before.values, right)[0],
            "calibrationError": error}
        # A bin with a handful of pictures says nothing.
        filled = [p for p in points if p[2] * len(y) >= _FEW]
        left.plot([p[0] for p in filled], [p[1] for p in filled], marker="o", label=name)
        steps = [t / 100 for t in range(20, 96, 5)]
        kept = [coverage(after.values, right, t) for t in steps]
        right_axes.plot([k[0] for k in kept], [k[1] for k in kept], marker=".", label=name)
    threshold = choose_threshold(rows, arguments.wanted)
    figure["unclearThreshold"] = threshold
    for name, (confidence, right) in zip(arguments.sets, rows):
        share, accuracy = coverage(confidence, right, threshold)
        figure["sets"][name] |= {"coverage": share, "accuracyOfClear": accuracy,
                                 "accuracy": float(right.float().mean())}
    left.plot([0, 1], [0, 1], color="grey", linewidth=0.8)
    left.set(xlabel="confidence", ylabel="share that was right", title="Calibration, validation data")
    right_axes.set(xlabel="share of pictures read as clear", ylabel="accuracy among them",
                   title="Leaving out the unclear")
    left.legend()
    plt.tight_layout()
    arguments.pictures.mkdir(parents=True, exist_ok=True)
    plt.savefig(arguments.pictures / "calibration.png")
    (arguments.pictures / "calibration.json").write_text(json.dumps(figure, indent=2) + "\n")
    print(json.dumps(figure, indent=2))


if __name__ == "__main__":
    main()
