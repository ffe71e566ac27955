"""The two reference papers' own models, trained as they describe, for the table of experiments.

    python3 reference.py configs/paper-b.toml --data FOLDER --out FOLDER --processes CORES [--resume]

(rows with a frozen backbone also want --pretrained FOLDER, see pretrained.py; --half reckons in
bfloat16, ResNet-50 alone, on a CPU that can). One configuration file a row; a run that was ended
goes on with --resume, and --epochs ends one sooner. It must never borrow a setting that improves on
a paper: these rows show what the papers' recipes reach on the data at hand.
"""

import argparse
import json
import os
import sys
import time
import tomllib
from pathlib import Path
from typing import Callable

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import workers
from data import FaceSet, load
from measure import confusion, figures
from papers import SEVEN, PaperA, PaperB


def prepare(batch: torch.Tensor, grey: bool) -> torch.Tensor:
    """uint8 to the papers' scale of 0..1."""
    x = batch.float() / 255
    return x.mean(1, keepdim=True) if grey else x.contiguous(memory_format=torch.channels_last)


def disturb(x: torch.Tensor) -> torch.Tensor:
    """Paper B's augmentation: rotation, flip and zoom."""
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
    if settings["optimizer"] == "sgd":
        return torch.optim.SGD(net.parameters(), settings["rate"], momentum=settings["momentum"])
    return torch.optim.Adam(net.parameters(), settings["rate"])


def _evaluate(net: nn.Module, inputs: Callable, part: FaceSet) -> dict:
    net.eval()
    with torch.no_grad():
        predicted = torch.cat([net(inputs(part, rows)).argmax(1)
                               for rows in torch.arange(len(part)).split(256)])
    net.train()
    table = confusion(predicted, part.labels)
    return {**figures(table), "confusion": table.tolist()}


def pictures(part: FaceSet, rows: torch.Tensor, grey: bool) -> torch.Tensor:
    """Rows of a set as the networks take them."""
    return prepare(torch.from_numpy(part.pictures[rows.numpy()]), grey)


def remembered(net: PaperA, parts: list) -> Callable:
    """A frozen backbone's features of every picture, reckoned once: a function of (set, rows)."""
    net.eval()
    with torch.no_grad():
        features = {id(part): torch.cat([
            net.features(pictures(part, rows, False)) for rows in torch.arange(len(part)).split(256)])
            for part in parts}
    return lambda part, rows: features[id(part)][rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--pretrained", type=Path, help="package/dist/models/mobilenet_v2 of nsfwjs")
    parser.add_argument("--half", action="store_true", help="bfloat16, for ResNet-50 on a CPU that can")
    parser.add_argument("--epochs", type=int, help="fewer than the configuration's")
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args()
    settings = tomllib.loads(arguments.config.read_text())
    if arguments.half and settings["network"] != "resnet50":
        parser.error("--half is for ResNet-50")
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
    if frozen:
        inputs = remembered(net, [train, valid])
        net = net.head
    else:
        # Paper A names no augmentation; a backbone that learns from so few pictures has B's.
        def inputs(part: FaceSet, rows: torch.Tensor) -> torch.Tensor:
            x = pictures(part, rows, grey)
            return disturb(x) if part is train else x
    optimizer = _optimizer(net, settings)
    epoch, history, last = 0, [], arguments.out / "last.pt"
    if arguments.resume and last.exists():
        state = torch.load(last)
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        epoch, history = state["epoch"], state["history"]
    epochs = min(settings["epochs"], arguments.epochs or settings["epochs"])
    batch, started, first = settings["batch"], time.time(), epoch
    while epoch < epochs:
        order = torch.randperm(len(train), generator=torch.Generator().manual_seed(epoch))
        torch.manual_seed(epoch * 100 + rank)
        losses = []
        starts = range(0, len(order) - batch + 1, batch)
        for done, start in enumerate(starts):
            rows = order[start:start + batch][rank::count]
            with torch.autocast("cpu", torch.bfloat16, enabled=arguments.half):
                scores = net(inputs(train, rows))
            loss = F.cross_entropy(scores.float(), train.labels[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            workers.average_gradients(list(net.parameters()), count)
            optimizer.step()
            losses.append(loss.item())
            if not rank and sys.stdout.isatty() and done % 10 == 0:
                print(f"epoch {epoch + 1}: {done}/{len(starts)}", end="\r", flush=True)
        epoch += 1
        result = _evaluate(net, inputs, valid)
        each = (time.time() - started) / (epoch - first) / 60
        history.append({"epoch": epoch, "loss": float(np.mean(losses)), "minutes": each * epoch,
                        "valid": {settings["set"]: result}})
        if rank:
            continue
        print(f"epoch {epoch}/{epochs} loss {np.mean(losses):.3f} accuracy "
              f"{result['accuracy'] * 100:.1f} macro recall {result['macroRecall'] * 100:.1f}, "
              f"{each * (epochs - epoch):.0f} min left", flush=True)
        (arguments.out / "history.json").write_text(json.dumps(history, indent=1))
        partial = arguments.out / "last.part"
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch,
                    "history": history}, partial)
        os.replace(partial, last)


if __name__ == "__main__":
    main()
