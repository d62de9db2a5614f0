"""mkdocs hook of the plain build: gives the theme the names that it prints, and renders nothing."""

from __future__ import annotations

import json
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from scripts.guide.hook import on_env, on_files, on_page_context

__all__ = ["on_config", "on_env", "on_files", "on_page_context"]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    given = json.loads(Path(config.extra["given"]).read_text("utf-8"))
    config.site_name = given["site"]["name"]
    config.nav = given["nav"]
    config.extra.update(generated={}, site=given["site"], places=given["places"])
    config.theme.static_templates.discard("sitemap.xml")
    return config
