"""What one or several trained networks say of the pictures that another one learns from. It must never
learn itself, nor ask a network about a set whose kind of faces it does not know.
"""

import torch

from checkpoint import load_checkpoint
from network import normalise, resized


class Teachers:
    """The first of `paths` knows every set; `sets` names those that each of the others knows."""

    def __init__(self, paths: list, sets: list, device: torch.device, half: bool):
        if len(sets) != len(paths) - 1:
            raise SystemExit("teacher_sets needs one list of sets for each --teacher but the first")
        self._nets = [load_checkpoint(path) for path in paths]
        for net in self._nets:
            net.to(device, memory_format=torch.channels_last).eval().half = half
        self._sets = sets
        self.width = self._nets[0].widths[-1]

    def knowledge(self, parts: list) -> torch.Tensor:
        """bool [teachers, pictures of all `parts` together]: which teacher knows which picture."""
        return torch.stack([
            torch.cat([torch.full((len(part),), known is None or part.name in known)
                       for part in parts])
            for known in (None, *self._sets)])

    @torch.no_grad()
    def say(self, seen: torch.Tensor, known: torch.Tensor) -> tuple:
        """(features of the first, mean of the probabilities of those who know [N, 8]) of pictures in
        0..255; known is bool [teachers, N]."""
        features = self._nets[0].features(normalise(resized(seen, self._nets[0].size)))
        told = self._nets[0].head(features).softmax(1)
        for net, rows in zip(self._nets[1:], known[1:]):
            if rows.any():
                shown = normalise(resized(seen[rows], net.size))
                told[rows] += net.head(net.features(shown)).softmax(1)
        return features, told / known.sum(0).to(told).unsqueeze(1)
