"""Reads the weights of a TensorFlow.js model, ours or one that is started from. It must never guess: a way of
quantising that it does not know is an error.
"""

import json
from pathlib import Path

import numpy as np
import torch

_KINDS = {"float32": np.float32, "float16": np.float16, "uint8": np.uint8, "int8": np.int8,
          "int32": np.int32}


def read_weights(model: Path) -> dict:
    """Weights by name, as float32, of a graph model or of a manifest by itself (uint8 weights have a
    scale and a least value each, int8 kernels a scale an output channel before them).

    Raises ValueError where the files hold more than the manifest says.
    """
    document = json.loads(model.read_text())
    manifest = (document if isinstance(document, list) else document["weightsManifest"])[0]
    raw = b"".join((model.parent / path).read_bytes() for path in manifest["paths"])
    offset, out = 0, {}
    for entry in manifest["weights"]:
        shape = entry["shape"]
        stored = entry.get("quantization", entry)["dtype"]
        scales = np.float32(1)
        if stored == "int8":
            scales = np.frombuffer(raw, np.float32, shape[-1], offset)
            offset += scales.nbytes
        values = np.frombuffer(raw, _KINDS[stored], int(np.prod(shape)), offset)
        offset += values.nbytes
        numbers = np.asarray(values.reshape(shape).astype(np.float32) * scales)
        if stored == "uint8":
            affine = entry["quantization"]
            numbers = numbers * np.float32(affine["scale"]) + np.float32(affine["min"])
        out[entry["name"]] = torch.from_numpy(numbers)
    if offset != len(raw):
        raise ValueError(f"{model}: {len(raw) - offset} bytes of weights are not accounted for")
    return out
