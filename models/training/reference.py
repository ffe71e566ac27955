"""The two reference papers' own models, trained as they describe, for the table of experiments.

    python3 reference.py configs/paper-b.toml --data FOLDER --out FOLDER --processes CORES [--resume]

(rows with a frozen backbone also want --pretrained FOLDER, see pretrained.py; --half reckons in
bfloat16, on a CPU with AMX). One configuration file a row. It must never borrow a setting that improves on a paper: these rows
show what the papers' recipes reach on the data at hand.
"""

import argparse
import json
import os
import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import workers
from data import load
from labels import COUNT
from measure import confusion, figures
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
        self.frozen = frozen is not None
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
            self.trunk.requires_grad_(False)

    def train(self, mode: bool = True) -> "PaperA":
        """A frozen backbone also keeps the statistics that it came with."""
        super().train(mode)
        self.trunk.train(mode and not self.frozen)
        return self

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.trunk(x).mean((2, 3)))


def prepare(batch: torch.Tensor, grey: bool) -> torch.Tensor:
    """uint8 to the papers' scale of 0..1."""
    x = batch.float() / 255
    return x.mean(1, keepdim=True) if grey else x.contiguous(memory_format=torch.channels_last)


def disturb(x: torch.Tensor) -> torch.Tensor:
    """Both papers' augmentation: rotation, flip and zoom."""
    count = len(x)
    angle = (torch.rand(count) * 2 - 1) * 0.26
    zoom = 1 + (torch.rand(count) * 2 - 1) * 0.1
    mirror = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    theta = torch.zeros(count, 2, 3)
    theta[:, 0, 0], theta[:, 0, 1] = zoom * angle.cos() * mirror, -zoom * angle.sin()
    theta[:, 1, 0], theta[:, 1, 1] = zoom * angle.sin() * mirror, zoom * angle.cos()
    grid = F.affine_grid(theta, list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, padding_mode="border", align_corners=False)


def _optimizer(net: nn.Module, settings: dict) -> torch.optim.Optimizer:
    learning = [parameter for parameter in net.parameters() if parameter.requires_grad]
    if settings["optimizer"] == "sgd":
        return torch.optim.SGD(learning, settings["rate"], momentum=settings["momentum"])
    return torch.optim.Adam(learning, settings["rate"])


def _evaluate(net: nn.Module, part, grey: bool) -> dict:
    net.eval()
    with torch.no_grad():
        predicted = torch.cat([
            net(prepare(torch.from_numpy(part.pictures[i:i + 256].copy()), grey)).argmax(1)
            for i in range(0, len(part), 256)])
    net.train()
    table = confusion(predicted, part.labels)
    return {**figures(table), "confusion": table.tolist()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--pretrained", type=Path, help="package/dist/models/mobilenet_v2 of nsfwjs")
    parser.add_argument("--half", action="store_true", help="bfloat16: on a CPU with AMX")
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args()
    settings = tomllib.loads(arguments.config.read_text())
    rank, count = workers.start(arguments.processes, 1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    grey = settings["network"] == "paper-b"
    cache = arguments.out.parent / "pictures"
    train, valid = (load(arguments.data, settings["set"], split, settings["size"], cache=cache)
                    for split in ("train", "valid"))
    if grey:
        train, valid = (part.only(part.labels < SEVEN) for part in (train, valid))
    workers.seed(settings["seed"])
    frozen = arguments.pretrained if settings.get("frozen") else None
    if settings.get("frozen") and frozen is None:
        parser.error("this row's backbone is frozen: --pretrained is needed")
    net = PaperB() if grey else PaperA(settings["network"], frozen)
    optimizer = _optimizer(net, settings)
    epoch, history, last = 0, [], arguments.out / "last.pt"
    if arguments.resume and last.exists():
        state = torch.load(last)
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        epoch, history = state["epoch"], state["history"]
    batch, started = settings["batch"], time.time()
    first = epoch
    while epoch < settings["epochs"]:
        order = torch.randperm(len(train), generator=torch.Generator().manual_seed(epoch))
        torch.manual_seed(epoch * 100 + rank)
        losses = []
        starts = range(0, len(order) - batch + 1, batch)
        for done, start in enumerate(starts):
            rows = order[start:start + batch][rank::count].numpy()
            x = disturb(prepare(torch.from_numpy(train.pictures[rows].copy()), grey))
            with torch.autocast("cpu", torch.bfloat16, enabled=arguments.half):
                scores = net(x)
            loss = F.cross_entropy(scores.float(), train.labels[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            workers.average_gradients(list(net.parameters()), count)
            optimizer.step()
            losses.append(loss.item())
            if not rank and sys.stdout.isatty() and done % 10 == 0:
                print(f"epoch {epoch + 1}: {done}/{len(starts)}", end="\r", flush=True)
        epoch += 1
        result = _evaluate(net, valid, grey)
        each = (time.time() - started) / (epoch - first) / 60
        history.append({"epoch": epoch, "loss": float(np.mean(losses)), "minutes": each * epoch,
                        "valid": {settings["set"]: result}})
        if rank:
            continue
        print(f"epoch {epoch}/{settings['epochs']} loss {np.mean(losses):.3f} accuracy "
              f"{result['accuracy'] * 100:.1f} macro recall {result['macroRecall'] * 100:.1f}, "
              f"{each * (settings['epochs'] - epoch):.0f} min left", flush=True)
        (arguments.out / "history.json").write_text(json.dumps(history, indent=1))
        partial = arguments.out / "last.part"
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch,
                    "history": history}, partial)
        os.replace(partial, last)


if __name__ == "__main__":
    main()
