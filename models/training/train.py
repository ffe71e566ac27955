"""Trains an expression network from one configuration file; checkpoints and resumes.

    python3 train.py configs/wide.toml --data FOLDER --out FOLDER --processes CORES [--resume]

(--processes 1, the default, uses a GPU if there is one). Checkpoints, history and caches go to
--out, outside the project. It must never put a picture there but in the cache, and never let the
averaged weights depend on anything but the configuration's file, --data, --init, --teacher and
--framing.
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
import torch.nn.functional as F

import workers
from augment import WHOLE, augment
from checkpoint import empty, load_checkpoint
from data import Pool, load, sampling_weights, squares_of
from measure import confusion, figures, logits
from network import ExpressionNet, TwoHeaded, load_face_trunk, normalise, resized
from normed import NormedNet, folded
from residual import ResidualNet, load_descriptor
from teachers import Teachers


def learning_rate(step: int, steps: int, warmup: float, hold: float) -> float:
    """Factor of the peak rate: linear warm-up, constant until `hold`, then cosine to zero."""
    done = step / steps
    if done < warmup:
        return max(done / warmup, 0.01)
    if done < hold:
        return 1.0
    # A plain number: newer versions of PyTorch refuse NumPy's in a checkpoint.
    return float(0.5 * (1 + np.cos(np.pi * (done - hold) / (1 - hold))))


def strength_at(done: float, picture: dict) -> float:
    """How strongly to disturb pictures after the part `done` of a run: on a line between the two
    numbers of `strength` in the configuration."""
    first, last = picture.get("strength", (1.0, 1.0))
    return first + (last - first) * done


class Average:
    """Exponential moving average of the weights: what is evaluated and shipped."""

    def __init__(self, net: torch.nn.Module, decay: float):
        self.decay = decay
        self.values = {k: v.detach().clone() for k, v in net.state_dict().items()
                       if v.is_floating_point()}

    def update(self, net: torch.nn.Module, times: int) -> None:
        decay = min(self.decay, (1 + times) / (10 + times))
        with torch.no_grad():
            state = net.state_dict()
            for key, value in self.values.items():
                value.mul_(decay).add_(state[key], alpha=1 - decay)


def build(config: dict, init: "Path | None", half: bool) -> TwoHeaded:
    """A network as the configuration wants it: from the face trunk, from the face descriptor, from a
    checkpoint, or from nothing (`start = "nothing"`, with its `widths`)."""
    model = config["model"]
    if model.get("start") == "checkpoint":
        net = load_checkpoint(init)
    elif model.get("start") == "nothing":
        if init:
            raise SystemExit("start = \"nothing\" takes no --init")
        net = NormedNet(tuple(model["widths"]))
    elif model.get("start") == "descriptor":
        if not init:
            raise SystemExit("start = \"descriptor\" wants its manifest as --init")
        net = ResidualNet()
        load_descriptor(net, init)
    else:
        net = ExpressionNet()
        if init:
            load_face_trunk(net, init)
    net.dropout.p = model["dropout"]
    net.frozen = model.get("frozen", 0)
    net.half = half
    return net


def loss_of(net: TwoHeaded, features: torch.Tensor, target: torch.Tensor, second: torch.Tensor,
            second_weight: float) -> torch.Tensor:
    """Cross-entropy with soft targets, and of the second head where there is a second opinion."""
    main, other = net.heads(features)
    loss = -(target * F.log_softmax(main, 1)).sum(1).mean()
    if second_weight:
        # Even where nothing of a batch has one: processes must all have the same gradients to average.
        extra = F.cross_entropy(other, second.clamp(min=0), reduction="none")
        loss = loss + second_weight * (extra * (second >= 0)).mean()
    return loss


def unlikeness(features: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Mean square of what features differ by from a teacher's, as a part of the teacher's variance
    (after Romero et al., FitNets, 2015)."""
    return F.mse_loss(features, wanted) / wanted.var(0).mean()


def _optimizer(net: TwoHeaded, training: dict) -> torch.optim.Optimizer:
    rate, groups = training["rate"], {True: [], False: []}
    for name, parameter in net.named_parameters():
        groups[name.startswith(("head", "second"))].append(parameter)
    head_rate = rate * training["head_factor"]
    return torch.optim.AdamW([
        {"params": groups[False], "lr": rate, "peak": rate},
        {"params": groups[True], "lr": head_rate, "peak": head_rate},
    ], weight_decay=training["weight_decay"])


def arguments_of_the_command() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--init", type=Path,
                        help="faceres-deep.json, the descriptor's manifest, or a checkpoint")
    parser.add_argument("--teacher", type=Path, nargs="+", default=[],
                        help="checkpoints whose opinion is learnt as well")
    parser.add_argument("--framing", type=Path, help="where browsers cut, see contact-sheet.ts")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--processes", type=int, default=1, help="on a CPU: one a core")
    parser.add_argument("--half", action="store_true", help="bfloat16: on a CPU with AMX")
    parser.add_argument("--threads", type=int, default=1, help="threads a process")
    return parser.parse_args()


class Run:
    """One training run, or the rest of one."""

    def __init__(self, config: dict, arguments: argparse.Namespace):
        self.config, self.out = config, arguments.out
        self.training, self.picture = config["training"], config["picture"]
        self.rank, self.count = workers.start(arguments.processes, arguments.threads)
        self.out.mkdir(parents=True, exist_ok=True)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        sets = self._load(arguments)
        # What begins at random must begin alike in every process, and at every time.
        workers.seed(self.training["seed"])
        self.net = build(config, arguments.init, arguments.half).to(self.device, memory_format=torch.channels_last)
        if isinstance(self.net, NormedNet) and self.count > 1:
            raise SystemExit("start = \"nothing\" takes one process: batch norms are not averaged")
        self.teachers, self.feature_weight = None, self.training.get("feature_weight", 0.0)
        if arguments.teacher:
            self.teachers = Teachers(arguments.teacher, self.training.get("teacher_sets", []),
                                     self.device, arguments.half)
            if self.feature_weight and self.teachers.width != self.net.widths[-1]:
                raise SystemExit("feature_weight needs a first teacher whose last layer is as wide")
            self.known = self.teachers.knowledge(sets)
        self.optimizer = _optimizer(self.net, self.training)
        self.average = Average(self.net, self.training["average"])
        self.per_epoch = self.training["pictures_per_epoch"] // self.training["batch"]
        self.steps = int(self.training["epochs"] * self.per_epoch)
        self.measured = self.per_epoch * self.training.get("measure_every", 1)
        self.step, self.history = 0, []
        if arguments.resume and (self.out / "last.pt").exists():
            self._resume()
        workers.seed(self.training["seed"] * 1000 + self.rank + 7919 * self.step)

    def _load(self, arguments: argparse.Namespace) -> list:
        """Reads the pictures; returns the sets to learn from."""
        cache = self.out.parent / "pictures"
        sets = [load(arguments.data, name, "train", self.picture["stored"], part["smoothing"],
                     part.get("soft_votes", False), cache)
                for name, part in self.config["sets"].items()]
        self.valid = [load(arguments.data, name, "valid", self.picture["size"], cache=cache,
                           view=self.picture.get("view", 1.0)) for name in self.config["valid"]]
        self.pool = Pool(sets)
        self.targets = torch.cat([part.targets for part in sets])
        self.squares = torch.cat([squares_of(part, arguments.data, arguments.framing)
                                  for part in sets])
        if self.picture.get("framed", 0) > 0 and (self.squares == torch.tensor(WHOLE)).all():
            raise SystemExit("framed needs --framing: no picture's square was found there")
        self.second = torch.cat([part.second for part in sets])
        shares = {name: part["share"] for name, part in self.config["sets"].items()}
        self.weights = sampling_weights(sets, shares, self.training["balance"])
        return sets

    def _resume(self) -> None:
        state = torch.load(self.out / "last.pt", map_location=self.device)
        self.net.load_state_dict(state["net"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average.values = state.get("unfolded", state["average"])
        self.step, self.history = state["step"], state["history"]

    def averaged(self) -> dict:
        """The averaged weights as the state of a network without batch norms."""
        values = self.average.values
        return folded(values) if isinstance(self.net, NormedNet) else values

    def save(self) -> None:
        """Writes last.pt whole or not at all."""
        if self.rank:
            return
        partial = self.out / "last.part"
        torch.save({"net": self.net.state_dict(), "average": self.averaged(),
                    "unfolded": self.average.values,
                    "widths": self.net.widths, "size": self.picture["size"],
                    "optimizer": self.optimizer.state_dict(),
                    "step": self.step, "history": self.history, "config": self.config}, partial)
        os.replace(partial, self.out / "last.pt")

    def see(self, rows: torch.Tensor) -> torch.Tensor:
        """The pictures of `rows`, disturbed as the configuration wants it."""
        squares, framed = None, self.picture.get("framed", 0.0)
        if framed > 0:
            squares = self.squares[rows]
            squares[torch.rand(len(rows)) >= framed] = torch.tensor(WHOLE)
        return augment(self.pool.take(rows.numpy()),
                       self.picture.get("teacher_size", self.picture["size"]),
                       tuple(self.picture["scale"]), self.picture.get("beyond", 0.0),
                       strength_at(self.step / self.steps, self.picture), squares)

    def one_step(self) -> float:
        """One optimiser step over this process's part of a batch; returns its loss."""
        rows = torch.multinomial(self.weights, self.training["batch"] // self.count, replacement=True)
        seen, target = self.see(rows).to(self.device), self.targets[rows].to(self.device)
        factor = learning_rate(self.step, self.steps, self.training["warmup"], self.training["hold"])
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        features, loss = self.net.features(normalise(resized(seen, self.picture["size"]))), 0.0
        if self.teachers:
            if self.training.get("teacher_mirror", False):
                # A coin a picture: what is learnt is the mean of what they say of both.
                turned = torch.rand(len(seen)) < 0.5
                seen[turned] = seen[turned].flip(3)
            wanted, told = self.teachers.say(seen, self.known[:, rows].to(self.device))
            share = self.training["teacher_share"]
            target = (1 - share) * target + share * told
            if self.feature_weight:
                loss = self.feature_weight * unlikeness(features, wanted)
        loss = loss + loss_of(self.net, features, target, self.second[rows].to(self.device),
                              self.training["second_weight"])
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        workers.average_gradients(list(self.net.parameters()), self.count)
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        if self.step % 4 == 0:
            self.average.update(self.net, self.step // 4)
        return loss.item()

    def evaluate(self) -> dict:
        """Figures of the averaged weights on every validation set."""
        probe = empty(self.net).to(self.device, memory_format=torch.channels_last)
        probe.load_state_dict(self.averaged())
        out = {}
        for part in self.valid:
            predicted = logits(probe, part.pictures[self.rank::self.count]).argmax(1)
            table = confusion(predicted, part.labels[self.rank::self.count])
            out[part.name] = figures(workers.total(table, self.count))
        return out

    def go(self) -> None:
        """Trains to the end, with a checkpoint at every epoch and every five minutes."""
        started, since, saved, loss = time.time(), self.step, time.time(), 0.0
        self.say(f"{len(self.pool)} training pictures, {self.steps} steps, from step {self.step}")
        while self.step < self.steps:
            now = self.one_step()
            loss = now if loss == 0 else 0.98 * loss + 0.02 * now
            self.progress(since, started, loss)
            if self.step % self.measured == 0 or self.step == self.steps:
                result = self.evaluate()
                self.history.append({"step": self.step, "epoch": self.step / self.per_epoch,
                                     "loss": loss, "minutes": (time.time() - started) / 60,
                                     "valid": result})
                self.say(f"epoch {self.step / self.per_epoch:.1f} " + ", ".join(
                    f"{name} {f['accuracy'] * 100:.1f} / {f['macroRecall'] * 100:.1f}"
                    for name, f in result.items()))
                if not self.rank:
                    (self.out / "history.json").write_text(json.dumps(self.history, indent=1))
                self.save()
            elif time.time() - saved > 300:
                self.save()
                saved = time.time()

    def say(self, line: str) -> None:
        if not self.rank:
            print(line, flush=True)

    def progress(self, since: int, started: float, loss: float) -> None:
        """A bar on a terminal; a line now and then in a log file."""
        terminal = sys.stdout.isatty()
        if self.rank or not terminal and self.step % 100:
            return
        each = (time.time() - started) / (self.step - since)
        bar = "#" * (30 * self.step // self.steps)
        line = (f"[{bar:<30}] {self.step}/{self.steps} loss {loss:.3f} "
                f"{each * 1000 / self.training['batch']:.1f} ms/picture, "
                f"{each * (self.steps - self.step) / 60:.0f} min left")
        print(line, end="\r" if terminal else "\n", flush=True)


if __name__ == "__main__":
    command = arguments_of_the_command()
    Run(tomllib.loads(command.config.read_text()), command).go()
