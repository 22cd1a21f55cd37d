"""How the proofs grow with the knowledge: each size in a process of its own, so that peaks and caches are its own."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path

SIZES = (1, 2, 4, 8)
BUDGET_S = 10


def proving(rows: list[tuple[str, str, str, str]]) -> None:
    """The whole audit as it is run; then building all that can be concluded and proving every claim, at each size."""
    audited = _audited()
    rows.append(
        ("`assess audit --prove`, all of it", f"{audited:.1f} s", f"under {BUDGET_S} s",
         f"user time; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    )  # fmt: skip
    found = {times: _measured(times) for times in SIZES}
    first, last = found[SIZES[0]], found[SIZES[-1]]
    whole = {times: one["build"] + one["claims"] for times, one in found.items()}
    rows.append(
        ("of that, building the proofs and every claim", f"{whole[1]:.1f} s", f"under {BUDGET_S} s",
         f"build {first['build']:.1f} s, {first['proved']} claims {first['claims']:.1f} s, "
         f"{first['nodes']:,} nodes, at most {first['peak_mb']:,} MB")
    )  # fmt: skip
    for times in SIZES[1:]:
        one = found[times]
        rows.append(
            (f"the same of {times} x the knowledge", f"{whole[times] / whole[1]:.1f} x", "written down",
             f"build {one['build']:.1f} s, {one['proved']} claims {one['claims']:.1f} s, "
             f"{one['nodes']:,} nodes, at most {one['peak_mb']:,} MB")
        )  # fmt: skip
    grown = {name: math.log(last[name] / first[name], SIZES[-1]) for name in ("build", "claims", "nodes")}
    power = math.log(whole[SIZES[-1]] / whole[1], SIZES[-1])
    rows.append(
        (f"growth up to {SIZES[-1]} x, as a power of the size", f"{power:.2f}", "written down",
         ", ".join(f"{name} {of:.2f}" for name, of in grown.items()))
    )  # fmt: skip


def _audited() -> float:
    """User time of the whole command in a process of its own."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([sys.executable, "-m", "assess", "audit", "--prove"], check=True, capture_output=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def _measured(times: int) -> dict[str, float]:
    command = [sys.executable, __file__, str(times)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # type: ignore[no-any-return]


def _measure(times: int) -> dict[str, float]:
    import resource

    from grown import grown

    from assess.audit.proof import claims
    from assess.audit.proof.proofs import Proofs
    from assess.loading.load import load

    knowledge = grown(load(), times)
    start = time.process_time()
    proofs = Proofs(knowledge)
    built = time.process_time()
    made = list(claims.every(proofs))
    done = time.process_time()
    assert all(claim.verdict == "proved" for claim in made), "a copy of proved knowledge is proved"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "build": built - start, "claims": done - built, "nodes": len(proofs.space.diagram),
        "proved": len(made), "peak_mb": peak,
    }  # fmt: skip


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent)]
    print(json.dumps(_measure(int(sys.argv[1]))))
