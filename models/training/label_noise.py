"""Compares remedies for the noisy labels of affectnet96 on frozen features, in minutes.

    python3 label_noise.py CHECKPOINT --data FOLDER

A linear layer learns from each variant of the training targets and is judged on the validation
part. It must never be taken for the whole story: a network that learns end to end can also learn
the noise by heart.
"""

import argparse
import csv
import sys
from pathlib import Path

import torch
import torch.nn.functional as F

import workers
from checkpoint import load_checkpoint
from data import load, read_rows
from labels import COUNT
from measure import confusion, figures
from network import normalise

_FOLDS = 5


def features(net, pictures, batch: int = 128) -> torch.Tensor:
    net.eval()
    with torch.no_grad():
        parts = [net.features(normalise(torch.from_numpy(pictures[i:i + batch].copy()).float()))
                 for i in range(0, len(pictures), batch)]
    return torch.cat(parts)


def fit(x: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor) -> torch.nn.Linear:
    """A linear layer by L-BFGS with a little weight decay."""
    torch.manual_seed(1)
    layer = torch.nn.Linear(x.shape[1], COUNT)
    optimizer = torch.optim.LBFGS(layer.parameters(), lr=1, max_iter=60, history_size=10,
                                  line_search_fn="strong_wolfe")
    share = weights / weights.sum()

    def closure():
        optimizer.zero_grad()
        losses = -(targets * F.log_softmax(layer(x), 1)).sum(1)
        loss = (losses * share).sum() + 1e-3 * layer.weight.pow(2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return layer


def out_of_fold(x: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Each picture's probabilities by a layer that has not seen its label."""
    out = torch.zeros_like(targets)
    fold = torch.arange(len(x)) % _FOLDS
    for index in range(_FOLDS):
        layer = fit(x[fold != index], targets[fold != index], torch.ones(int((fold != index).sum())))
        with torch.no_grad():
            out[fold == index] = layer(x[fold == index]).softmax(1)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    workers.start(1, arguments.threads)
    net = load_checkpoint(arguments.checkpoint).to(memory_format=torch.channels_last)
    train = load(arguments.data, "affectnet96", "train", net.size, cache=arguments.cache)
    valid = load(arguments.data, "affectnet96", "valid", net.size, cache=arguments.cache)
    confidence = {row["file"]: float(row["confidence"] or 0)
                  for row in read_rows(arguments.data, "affectnet96", "train")}
    trust = torch.tensor([confidence[name] for name in train.files])
    x, test = features(net, train.pictures), features(net, valid.pictures)
    mean, spread = x.mean(0), x.std(0) + 1e-3
    x, test = (x - mean) / spread, (test - mean) / spread
    hard = F.one_hot(train.labels, COUNT).float()
    folder = torch.where(train.second.unsqueeze(1) >= 0,
                         F.one_hot(train.second.clamp(min=0), COUNT).float(), hard)
    agree = (train.second == train.labels).float()
    own, even, ones = out_of_fold(x, hard), torch.full_like(hard, 1 / COUNT), torch.ones(len(x))
    variants = {
        "labels as they are": (hard, ones),
        "smoothing 0.1": (0.9 * hard + 0.1 * even, ones),
        "smoothing 0.2": (0.8 * hard + 0.2 * even, ones),
        "folder as 30 %": (0.7 * hard + 0.3 * folder, ones),
        "folder as 15 %": (0.85 * hard + 0.15 * folder, ones),
        "only where folder agrees": (hard, agree + 1e-6),
        "half weight where it disagrees": (hard, 0.5 + 0.5 * agree),
        "weight by confidence": (hard, trust),
        "own opinion as 40 %": (0.6 * hard + 0.4 * own, ones),
        "own opinion as 60 %": (0.4 * hard + 0.6 * own, ones),
    }
    writer = csv.writer(sys.stdout)
    writer.writerow(["targets", "accuracy", "macro recall", "nll"])
    for name, (targets, weights) in variants.items():
        layer = fit(x, targets, weights)
        with torch.no_grad():
            scores = layer(test)
        result = figures(confusion(scores.argmax(1), valid.labels))
        writer.writerow([name, f"{result['accuracy']:.4f}", f"{result['macroRecall']:.4f}",
                         f"{F.cross_entropy(scores, valid.labels):.4f}"])


if __name__ == "__main__":
    main()
