"""Reads labelled face sets (a stored .zip of pictures and a .csv beside it) into memory.

Pictures become uint8 tensors of one size and are kept in a cache file, for a run reads them many
times. It must never write a picture anywhere but into that cache, which belongs outside the
project: the sets may not be passed on.
"""

import csv
import hashlib
import io
import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from augment import WHOLE
from labels import COUNT, EMOTIONS

_VOTE_COLUMNS = EMOTIONS
_MIN_VOTES = 4.0


@dataclass
class FaceSet:
    """One split of one set. `pictures` is uint8 [N, 3, S, S] RGB; `targets` float [N, 8]."""

    name: str
    files: list
    pictures: np.ndarray
    targets: torch.Tensor
    labels: torch.Tensor
    second: torch.Tensor
    """A second opinion on the label, where a set has one (column `folder`), else -1."""

    def __len__(self) -> int:
        return len(self.labels)

    def only(self, chosen: torch.Tensor) -> "FaceSet":
        """The pictures for which `chosen` is true."""
        rows = chosen.nonzero().flatten()
        return FaceSet(self.name, [self.files[row] for row in rows.tolist()],
                       self.pictures[rows.numpy()], self.targets[rows], self.labels[rows],
                       self.second[rows])


def _votes(row: dict) -> "np.ndarray | None":
    """FER+ votes as a distribution; single votes are dropped as outliers, as FER+'s authors do."""
    votes = np.array([float(row[name]) for name in _VOTE_COLUMNS], np.float32)
    votes[votes <= 1] = 0
    total = float(votes.sum())
    return votes / total if total >= _MIN_VOTES else None


def read_rows(data: Path, name: str, split: str) -> list:
    """Rows of one split as dictionaries. Raises FileNotFoundError with the path that is missing."""
    table = data / f"{name}.csv"
    with open(table, newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["split"] == split]


def _target(row: dict, smoothing: float, soft_votes: bool) -> "np.ndarray | None":
    if soft_votes and "unknown" in row:
        return _votes(row)
    if row["label"] not in EMOTIONS:
        return None
    target = np.full(COUNT, smoothing / COUNT, np.float32)
    target[EMOTIONS.index(row["label"])] += 1 - smoothing
    return target


def load(data: Path, name: str, split: str, size: int, smoothing: float = 0.0,
         soft_votes: bool = False, cache: "Path | None" = None, view: float = 1.0) -> FaceSet:
    """Loads one split, the middle `view` of each picture's sides resized to `size` with Pillow's
    antialiased bilinear filter (the browser's preprocessing is the same). Rows without a usable
    label are left out."""
    kept = [(row, target) for row in read_rows(data, name, split)
            if (target := _target(row, smoothing, soft_votes)) is not None]
    files = [row["file"] for row, _ in kept]
    pictures = _pictures(data / f"{name}.zip", files, size, cache, view)
    targets = np.stack([target for _, target in kept])
    hard = [EMOTIONS.index(row["label"]) if row["label"] in EMOTIONS else int(target.argmax())
            for row, target in kept]
    second = [EMOTIONS.index(row["folder"]) if row.get("folder") in EMOTIONS else -1
              for row, _ in kept]
    return FaceSet(name, files, pictures, torch.from_numpy(targets), torch.tensor(hard),
                   torch.tensor(second))


def middle(picture: Image.Image, size: int, view: float) -> Image.Image:
    """The middle of a picture, resized to a square."""
    width, height = picture.size
    box = (width * (1 - view) / 2, height * (1 - view) / 2,
           width * (1 + view) / 2, height * (1 + view) / 2)
    return picture.convert("RGB").resize((size, size), Image.BILINEAR, box=box)


def _pictures(archive: Path, files: list, size: int, cache: "Path | None",
              view: float) -> np.ndarray:
    what = [archive.name, size, files] + ([view] if view != 1 else [])
    digest = hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]
    kept = cache / f"{archive.stem}-{size}-{digest}.npy" if cache else None
    if kept and kept.exists():
        return np.load(kept, mmap_mode="r")
    out = np.empty((len(files), 3, size, size), np.uint8)
    with zipfile.ZipFile(archive) as pictures:
        for index, name in enumerate(files):
            with Image.open(io.BytesIO(pictures.read(name))) as picture:
                out[index] = np.asarray(middle(picture, size, view)).transpose(2, 0, 1)
    if kept:
        cache.mkdir(parents=True, exist_ok=True)
        partial = kept.with_suffix(f".{os.getpid()}.part.npy")
        np.save(partial, out)
        os.replace(partial, kept)
        return np.load(kept, mmap_mode="r")
    return out


def _in_the_middle(square: dict) -> bool:
    off = abs(square["x"] - 0.5), abs(square["y"] - 0.5)
    return square["side"] >= 0.6 and off[0] <= 0.2 and off[1] <= 0.25


def squares_of(part: FaceSet, data: Path, folder: "Path | None") -> torch.Tensor:
    """Where the browser cuts each picture of a set, [N, 4] as `augment` takes them, from NAME.json
    of `models/contact-sheet.ts`; the whole picture where no face was found, nothing is known, the
    picture is no square, since it is kept as one, or what was found there is hardly the face that
    the label means."""
    out = torch.tensor(WHOLE).repeat(len(part), 1)
    kept = folder / f"{part.name}.json" if folder else None
    if kept is None or not kept.exists():
        return out
    row_of = {file: row for row, file in enumerate(part.files)}
    with zipfile.ZipFile(data / f"{part.name}.zip") as archive:
        for square in json.loads(kept.read_text())["squares"]:
            row = row_of.get(square["file"])
            if row is None or not _in_the_middle(square):
                continue
            with Image.open(archive.open(square["file"])) as picture:
                if picture.width == picture.height:
                    out[row] = torch.tensor(
                        [square["x"], square["y"], square["side"], square["angle"]])
    return out


class Pool:
    """Pictures of several sets under one running number; nothing is copied until it is asked for."""

    def __init__(self, sets: list):
        self._parts = [part.pictures for part in sets]
        self._starts = np.cumsum([0] + [len(part) for part in self._parts])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def take(self, rows: np.ndarray) -> torch.Tensor:
        """uint8 [N, 3, S, S] for running numbers."""
        which = np.searchsorted(self._starts, rows, side="right") - 1
        out = np.stack([self._parts[w][row - self._starts[w]] for w, row in zip(which, rows)])
        return torch.from_numpy(out)


def sampling_weights(sets: list, shares: dict, power: float) -> torch.Tensor:
    """Weights for drawing pictures: each set gets its share; inside a set a class of n pictures
    gets a share in proportion to n ** (1 - power), so 0 keeps the imbalance and 1 removes it."""
    parts = []
    for part in sets:
        counts = torch.bincount(part.labels, minlength=COUNT).double()
        weight = counts.clamp(min=1).pow(-power)[part.labels]
        parts.append(weight / weight.sum() * shares[part.name])
    return torch.cat(parts)
