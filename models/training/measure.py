"""Accuracy, macro recall and confusion of a network over a face set.

It must never change the network: it puts it back into the mode it found it in.
"""

import numpy as np
import torch

from labels import COUNT
from network import normalise


def logits(net: torch.nn.Module, pictures: np.ndarray, batch: int = 128,
           mirror: bool = False) -> torch.Tensor:
    """Logits [N, 8] for uint8 pictures already at the network's input size."""
    was_training = net.training
    net.eval()
    out = []
    with torch.no_grad():
        for start in range(0, len(pictures), batch):
            part = torch.from_numpy(np.array(pictures[start:start + batch]))
            x = normalise(part.to(next(net.parameters()).device).float())
            y = net(x)
            out.append(((y + net(x.flip(3))) / 2 if mirror else y).cpu())
    net.train(was_training)
    return torch.cat(out)


def confusion(predicted: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Counts [8, 8]; rows are the labels."""
    return torch.bincount(labels * COUNT + predicted, minlength=COUNT * COUNT).view(COUNT, COUNT)


def figures(table: torch.Tensor) -> dict:
    """Accuracy and macro recall (over the labels that occur), as fractions of 1, of a confusion."""
    table = table.double()
    seen = table.sum(1) > 0
    recall = table.diag()[seen] / table.sum(1)[seen]
    return {"accuracy": float(table.diag().sum() / table.sum()), "macroRecall": float(recall.mean())}
