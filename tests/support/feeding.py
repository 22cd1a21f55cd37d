"""`Network` driven by hand, without experta: leaves change, and heads are carried up stratum by stratum."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from assess.inference.network import Network
from assess.rules.nodes import Leaf
from assess.rules.strata import Program
from support.three_valued import Truth, number, pair


class Fed:
    """A network that holds one person's leaves."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.network = Network(program)
        self._settle()

    def tell(self, leaves: Mapping[Leaf, Truth]) -> None:
        """Change leaves, and everything above them."""
        places = self.network.leaves
        self.network.feed((places[leaf], pair(number(truth))) for leaf, truth in leaves.items() if leaf in places)
        self._settle()

    def _settle(self) -> None:
        for head in sorted(self._program.by_head, key=self._program.stratum.__getitem__):
            atom = self.network.key_of(head)
            if atom is not None:
                self.network.feed([(atom, self.network.state[self.network.refuters[head]])])

    def conclusions(self) -> dict[Hashable, tuple[bool, bool]]:
        """Every head with its pair."""
        return {head: self.network.state[node] for head, node in self.network.refuters.items()}
