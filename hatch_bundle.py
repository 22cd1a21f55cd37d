"""Build hook: put the parsed, validated knowledge beside its YAML in the wheel, under the hash of that YAML."""

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
        target = Path(tempfile.mkdtemp()) / "_knowledge.json"
        target.write_text(bundle_text(str(Path(self.root) / "knowledge")), encoding="utf-8")
        build_data["force_include"][str(target)] = "assess/_knowledge.json"
