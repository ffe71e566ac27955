"""How much of a fitted bias a class to keep: fitted on one half of the validation pictures, judged
on the other.

    python3 bias.py CHECKPOINT --data FOLDER [--view 0.87]

`calibrate.py` keeps half. It must never judge pictures that it fitted to.
"""

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F

import workers
from calibrate import SETS, fit_scaling
from checkpoint import load_checkpoint
from data import load
from measure import confusion, figures, logits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--view", type=float, default=1.0)
    arguments = parser.parse_args()
    workers.start(1, 1)
    net = load_checkpoint(arguments.checkpoint).to(memory_format=torch.channels_last)
    fitted, judged = {}, {}
    for name in (*SETS, "muxspace"):
        part = load(arguments.data, name, "valid", net.size, cache=arguments.cache,
                    view=arguments.view)
        said = logits(net, part.pictures)
        order = torch.randperm(len(said), generator=torch.Generator().manual_seed(0))
        first, second = order[:len(order) // 2], order[len(order) // 2:]
        fitted[name] = (said[first], part.labels[first])
        judged[name] = (said[second], part.labels[second])
    for share in (0.0, 0.5, 1.0):
        factor, bias = fit_scaling([fitted[name] for name in SETS], share)
        for name, (said, labels) in judged.items():
            scaled = said * factor + bias
            reached = figures(confusion(scaled.argmax(1), labels))
            print(f"{share:.0%} of the bias, {name}: accuracy {reached['accuracy'] * 100:.1f}, "
                  f"macro recall {reached['macroRecall'] * 100:.1f}, negative log-likelihood "
                  f"{F.cross_entropy(scaled, labels):.3f}", flush=True)


if __name__ == "__main__":
    main()
