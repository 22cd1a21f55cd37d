"""Build hook: put the knowledge into the wheel, and beside its YAML what was parsed of it, under the hash of that YAML.

Not into an editable install: that reads the checkout, and a copy would only grow old.
"""

import sys
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface):
    def initialize(self, version, build_data):
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from assess.loading.load import bundle_text
        finally:
            sys.path.pop(0)
        build_data["force_include"][str(Path(self.root) / "knowledge")] = "assess/_knowledge"
        target = Path(tempfile.mkdtemp()) / "_knowledge.json"
        target.write_text(bundle_text(str(Path(self.root) / "knowledge")), encoding="utf-8")
        build_data["force_include"][str(target)] = "assess/_knowledge.json"
