"""Writes the tables of the model card from what was measured.

    python3 card.py ../emotion/MODEL_CARD.md --evaluations FOLDER --experiments ../experiments/standard

--evaluations holds NAME.json of each set as `npm run model:evaluate -- --json` prints it. A table
stands between `<!-- NAME -->` and `<!-- end -->`. It must never write a number that is not in those
files.
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np

from labels import EMOTIONS

SETS = ("ferplus", "rafdb", "affectnet96", "muxspace")


def _table(head: list, rows: list) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def _percent(value: float) -> str:
    return f"{value * 100:.1f} %"


def sets(evaluations: dict) -> str:
    """Accuracy and macro recall a set."""
    return _table(["set", "pictures", "accuracy", "macro recall"], [
        [name, f"{e['n']:,}", _percent(e["accuracy"]), _percent(e["macroRecall"])]
        for name, e in evaluations.items()])


def classes(evaluations: dict) -> str:
    """Recall and precision of each class on each set."""
    rows = []
    for index, emotion in enumerate(EMOTIONS):
        row = [emotion]
        for e in evaluations.values():
            counts = np.array(e["confusion"])
            n, right = counts[index].sum(), counts[index, index]
            precision = right / max(counts[:, index].sum(), 1)
            row.append(f"{right / n * 100:.1f} / {precision * 100:.1f} ({n})" if n else "–")
        rows.append(row)
    return _table(["recall / precision, %", *evaluations], rows)


def confidence(calibration: dict) -> str:
    """Calibration and what the threshold of *unclear* does."""
    return _table(["set", "gap before", "gap after", "clear readings", "right among them"], [
        [name, _percent(one["calibrationErrorBefore"]), _percent(one["calibrationError"]),
         _percent(one["coverage"]), _percent(one["accuracyOfClear"])]
        for name, one in calibration["sets"].items()])


def conditions(degraded: dict) -> str:
    """Accuracy (macro recall) under each disturbance."""
    return _table(["pictures", *degraded], [
        [what, *(f"{d[what]['accuracy'] * 100:.1f} ({d[what]['macroRecall'] * 100:.1f})"
                 for d in degraded.values())]
        for what in next(iter(degraded.values()))])


def failures(evaluations: dict) -> str:
    """Classes that are found less than half of the time somewhere, and the commonest mistakes."""
    weak, tables = [], {name: np.array(e["confusion"]) for name, e in evaluations.items()}
    for index, emotion in enumerate(EMOTIONS):
        recall = {name: table[index, index] / table[index].sum()
                  for name, table in tables.items() if table[index].sum()}
        if min(recall.values()) < 0.5:
            weak.append(f"*{emotion}* (" + ", ".join(
                f"{name} {_percent(value)}" for name, value in recall.items()) + ")")
    total = sum(tables.values())
    mistakes = sorted(((total[i, j] / total[i].sum(), EMOTIONS[i], EMOTIONS[j])
                       for i in range(len(EMOTIONS)) for j in range(len(EMOTIONS)) if i != j),
                      reverse=True)
    common = ", ".join(f"{a} as {b} ({_percent(share)} of them)" for share, a, b in mistakes[:4])
    return (f"- Recall under one half on at least one set: {'; '.join(weak)}.\n"
            f"- Most common mistakes over all validation sets: {common}.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("card", type=Path)
    parser.add_argument("--evaluations", type=Path, required=True)
    parser.add_argument("--experiments", type=Path, required=True)
    arguments = parser.parse_args()
    evaluations = {name: json.loads((arguments.evaluations / f"{name}.json").read_text())
                   for name in SETS}
    calibration, degraded = (json.loads((arguments.experiments / f"{name}.json").read_text())
                             for name in ("calibration", "degraded"))
    parts = {"sets": sets(evaluations), "classes": classes(evaluations),
             "confidence": confidence(calibration), "conditions": conditions(degraded),
             "failures": failures(evaluations)}
    card = arguments.card.read_text()
    for name, text in parts.items():
        card, count = re.subn(rf"(<!-- {name} -->\n).*?(\n<!-- end -->)",
                              lambda found: found[1] + text + found[2], card, flags=re.S)
        if count != 1:
            raise SystemExit(f"The card has {count} places for {name}.")
    arguments.card.write_text(card)


if __name__ == "__main__":
    main()
