"""mkdocs hook: adds the generated pages and their navigation, and keeps the theme's unused assets out of the site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT, ROOT / "backend"):  # mkdocs loads a hook by its file name, without the project's path
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from scripts.guide.place import read_places  # noqa: E402
from scripts.guide.render import menu, render  # noqa: E402
from scripts.guide.templates import day  # noqa: E402

UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/", "sitemap.xml")
"""What the theme would publish: assets that no page asks for, and a map of the site with the day of the build."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    places = read_places(ROOT / config.extra["matters"])
    site = places[0].data["site"]
    generated = render(places)
    config.site_name = site["name"]
    config.nav = [{site["home"]: "index.md"}, *({place.data["name"]: menu(place, generated)} for place in places)]
    config.extra.update(generated=generated, site=site, places={place.slug: place.data for place in places})
    config.theme.static_templates.discard("sitemap.xml")
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
        files.remove(file)
    for path, text in config.extra["generated"].items():
        files.append(File.generated(config, path, content=text))
    return files


def on_env(env: Any, **_: Any) -> Any:
    env.trim_blocks = env.lstrip_blocks = True
    env.filters["day"] = day
    return env


def on_page_context(context: dict[str, Any], *, page: Any, config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    context["place"] = config.extra["places"].get(page.meta.get("place"))
    return context
