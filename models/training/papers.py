"""The two reference papers' own networks; `reference.py` trains them. They must never borrow from ours."""

from pathlib import Path

import torch
import torch.nn as nn

from labels import COUNT
from pretrained import load_mobilenet_v2

SEVEN = 7
"""Paper B has no contempt, which is the last of our eight."""


class PaperB(nn.Module):
    """48x48 grey; convolutions of 32, 64, 128 and 128, each with ReLU, max pooling and dropout; dense
    1024; softmax of seven. Filters of 3x3 with SAME padding and the rates of dropout are ours: the
    paper does not give them."""

    def __init__(self):
        super().__init__()

        def stage(into: int, out: int) -> list:
            return [nn.Conv2d(into, out, 3, padding=1), nn.ReLU(True), nn.MaxPool2d(2), nn.Dropout(0.25)]

        self.trunk = nn.Sequential(*stage(1, 32), *stage(32, 64), *stage(64, 128), *stage(128, 128))
        self.head = nn.Sequential(nn.Flatten(), nn.Linear(128 * 3 * 3, 1024), nn.ReLU(True),
                                  nn.Dropout(0.5), nn.Linear(1024, SEVEN))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.trunk(x))


class PaperA(nn.Module):
    """A torchvision backbone, global average pooling, three dense layers of 1024, softmax of 8."""

    def __init__(self, backbone: str, frozen: "Path | None" = None):
        super().__init__()
        import torchvision.models as models
        if backbone == "resnet50":
            full = models.resnet50(weights=None)
            self.trunk, width = nn.Sequential(*list(full.children())[:-2]), 2048
        elif backbone == "mobilenet_v2":
            self.trunk, width = models.mobilenet_v2(weights=None).features, 1280
        elif backbone == "efficientnet_b0":
            self.trunk, width = models.efficientnet_b0(weights=None).features, 1280
        else:
            raise ValueError(f"unknown backbone {backbone}")
        dense = [layer for into in (width, 1024, 1024)
                 for layer in (nn.Linear(into, 1024), nn.ReLU(True))]
        self.head = nn.Sequential(*dense, nn.Linear(1024, COUNT))
        if frozen:
            load_mobilenet_v2(self.trunk, frozen)

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """Pictures to pooled features [N, width]; of a frozen backbone they never change."""
        return self.trunk(x).mean((2, 3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(x))
